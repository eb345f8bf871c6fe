"use strict";
// What the page knows, and how it speaks. Nothing of a report is ever taken for markup: texts are set as text.

const facts = JSON.parse(document.getElementById("facts").textContent);
const { cells, rules, findings, words, statuses, signs } = facts;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const root = document.documentElement;

const language = () => (root.dataset.language === "en" ? 1 : 0);

// One of the page's words, with {n} filled in.
const say = (key, n = "") => words[key][language()].replace("{n}", n);

// An element with a class, and with texts and elements inside; what is null is left out.
function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  if (tag === "button") element.type = "button";
  return element;
}

function shownFigure(cell) {
  if (cell.state === "absent") return say("absent");
  if (cell.state === "unread") return say("unread");
  return cell.printed === "" ? say("blank") : cell.printed;
}

const nameOf = (index) => cells[index].name[language()];
// A cell without its table, for sums that stay in one.
const shortName = (index) => nameOf(index).replace(/^(表[^“]*|table \S+ )/, "");

// What people decide. The list only grows: to undo is to add that. What a server has not taken yet, and on a page that
// is a file all that was added here, is kept by the browser under the digest of the source, so that nothing is lost.

const STORE = `gongkai:${facts.source}:${facts.number}`;
const CHOICES = ["accepted", "corrected", "rejected"];
const POLL = 4000;
const record = { all: [...facts.decisions], pending: [], trouble: "", picking: null, saving: false, waiting: null };

// A browser may keep nothing (a private window, a full disk): the page works without, and says that it isn't saved.
function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    if (value !== undefined) record.trouble = say("not_kept");
  }
  return null;
}

function keepPending() {
  stored(STORE, JSON.stringify(record.pending));
}

function take(decisions) {
  const known = new Set(record.all.map((one) => one.id));
  const mine = decisions.filter((one) => !known.has(one.id));
  record.all.push(...mine);
  return mine.length > 0;
}

// The last choice on each cell that isn't undone, by address; decisions on other bytes, or on what was read otherwise, are void.
function choicesNow() {
  const undone = new Set(record.all.filter((one) => one.kind === "undone").map((one) => one.undoes));
  const found = new Map();
  for (const one of record.all) {
    const holds = one.source === facts.source && one.report === facts.number && CHOICES.includes(one.kind);
    if (holds && !undone.has(one.id)) found.set(one.address, one);
  }
  return found;
}

let choices = new Map();

function choiceOn(index) {
  const one = choices.get(cells[index].address);
  return one && one.read === cells[index].printed ? one : undefined;
}

const historyOf = (index) => record.all.filter((one) => one.address === cells[index].address
  && one.source === facts.source && one.report === facts.number);

const voidCount = () => record.all.filter((one) => CHOICES.includes(one.kind) && one.source !== facts.source).length;

function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const nameTyped = () => (byId("by") ? byId("by").value.trim() : stored("gongkai:by") ?? "");

// Adds decisions on some cells; false if nobody says who decides.
function decide(indexes, kind, more = {}) {
  const by = nameTyped();
  if (!by) {
    const asked = byId("by");
    if (asked) {
      asked.focus();
      asked.classList.add("asked");
      asked.placeholder = say("name_first");
    }
    return false;
  }
  stored("gongkai:by", by);
  const note = byId("note") ? byId("note").value.trim() : "";
  const at = new Date().toISOString();
  const made = indexes.map((index) => ({
    id: freshId(), source: facts.source, report: facts.number, address: cells[index].address, kind,
    read: cells[index].printed, printed: null, span: null, note, by, at, undoes: null, ...more,
  }));
  record.all.push(...made);
  record.pending.push(...made);
  keepPending();
  decided();
  save();
  return true;
}

// After every change: what the cells look like, and what is left.
function decided() {
  choices = choicesNow();
  cells.forEach((cell, index) => {
    const one = choiceOn(index);
    const kind = one ? one.kind : cell.status;
    for (const element of [figureOf(index), ...boxesOf(index)]) {
      if (!element) continue;
      element.classList.remove(...[...element.classList].filter((name) => name.startsWith("s-")));
      element.classList.add(`s-${kind}`);
      const sign = element.querySelector(".sign, text");
      if (sign) sign.textContent = signs[kind];
      const shown = element.matches(".figure") ? element.querySelector(".printed") : null;
      if (shown && one && one.kind === "corrected") shown.replaceChildren(make("s", "", shownFigure(cell)), ` ${one.printed}`);
      else if (shown) shown.replaceChildren(make("span", cell.printed === "" || cell.state === "unread" ? "nothing" : "", shownFigure(cell)));
    }
  });
  showBar();
  showFilter();
  nameFigures();
  if (state.chosen !== null) showCard();
}

// Of a cell that isn't on the page, a figure can be named; there is nothing to accept or reject.
// Of one that the form hasn't got, nothing is kept.
const canBe = (index, kind) => !cells[index].extra && (cells[index].state !== "absent" || kind === "corrected");

// Decides, and goes on to the next cell that is to be looked at.
function decideAndGo(kind, indexes = [state.chosen]) {
  const able = state.chosen === null ? [] : indexes.filter((index) => canBe(index, kind));
  if (!able.length) return;
  if (!decide(able, kind)) {
    // It is done when the name is there.
    record.waiting = () => decideAndGo(kind, indexes);
    return;
  }
  const order = wanted();
  const next = order.find((index) => index > state.chosen) ?? order[0];
  choose(next ?? state.chosen, { focus: true });
}

function acceptRow() {
  if (state.chosen === null) return;
  const row = rowOf(state.chosen);
  decideAndGo("accepted", cells.map((_, index) => index).filter((index) => isOpen(index) && rowOf(index) === row));
}

const rowOf = (index) => cells[index].address.slice(0, cells[index].address.lastIndexOf("."));

function undo(one) {
  const index = cells.findIndex((cell) => cell.address === one.address);
  if (index >= 0 && decide([index], "undone", { undoes: one.id, note: "" })) choose(index, { focus: true });
}

function undoLast() {
  const undone = new Set(record.all.filter((one) => one.kind === "undone").map((one) => one.undoes));
  const by = nameTyped();
  const own = record.all.findLast((one) => CHOICES.includes(one.kind) && one.by === by && !undone.has(one.id)
    && one.source === facts.source && one.report === facts.number);
  if (own) undo(own);
}

// --- picking the right figure ------------------------------------------------------------------------------

function startPicking() {
  if (state.chosen === null || !canBe(state.chosen, "corrected")) return;
  record.picking = state.chosen;
  root.classList.add("picking");
  if (getComputedStyle(byId("tabs")).display !== "none") showTab("source");
  showCard();
}

function stopPicking() {
  record.picking = null;
  root.classList.remove("picking");
  showCard();
}

function pick(box) {
  const index = record.picking;
  const [own] = box.dataset.cells.split(" ").filter(Boolean).map(Number);
  const printed = own === undefined ? box.dataset.text ?? box.textContent : cells[own].printed;
  stopPicking();
  decide([index], "corrected", { printed, span: box.dataset.span.split(" ").map(Number) });
  choose(index);
}

// --- keeping them ------------------------------------------------------------------------------------------

async function exchange(options) {
  const answer = await fetch("decisions", options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.zh ? [told.zh, told.en][language()] : String(answer.status));
  return told.decisions;
}

async function save() {
  if (!facts.served || record.saving || !record.pending.length) return showSaved();
  record.saving = true;
  const sent = [...record.pending];
  try {
    const now = await exchange({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
    const known = new Set(now.map((one) => one.id));
    record.pending = record.pending.filter((one) => !known.has(one.id));
    record.trouble = "";
    keepPending();
    if (take(now)) decided();
  } catch (error) {
    record.trouble = `${say("not_saved")} ${error instanceof TypeError ? "" : error.message}`;
  }
  record.saving = false;
  return showSaved();
}

// What others decided meanwhile.
async function look() {
  if (document.hidden || record.saving) return;
  try {
    if (take(await exchange({}))) decided();
    if (record.pending.length) await save();
    else { record.trouble = ""; showSaved(); }
  } catch (error) {
    record.trouble = `${say("not_saved")} ${error instanceof TypeError ? "" : error.message}`;
    showSaved();
  }
}

function download() {
  const text = JSON.stringify({ format: 1, name: facts.file, decisions: record.all }, null, 1);
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${facts.file}.gongkai.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function showSaved() {
  const count = choices.size;
  const lost = voidCount();
  const parts = [];
  if (lost) parts.push(make("span", "void", say("void", lost)));
  if (record.trouble) parts.push(make("span", "trouble", record.trouble));
  else if (facts.served) parts.push(make("span", "", count ? say("saved", count) : ""));
  else if (record.pending.length) parts.push(make("span", "", say("in_browser", record.pending.length)));
  byId("saved").replaceChildren(...parts);
  byId("download").hidden = record.all.length === 0 || (facts.served && !record.trouble);
}

function beginDecisions() {
  try {
    record.pending = JSON.parse(stored(STORE) ?? "[]");
  } catch {
    record.pending = [];
  }
  // What came into the file since needs keeping here no more.
  const known = new Set(record.all.map((one) => one.id));
  record.pending = record.pending.filter((one) => !known.has(one.id));
  take(record.pending);
  decided();
  showSaved();
  if (!facts.served) return;
  save();
  look();
  setInterval(look, POLL);
}

// Two tabs of one page that is a file.
window.addEventListener("storage", (event) => {
  if (event.key !== STORE || event.newValue === null) return;
  const others = JSON.parse(event.newValue);
  take(others);
  const known = new Set(record.pending.map((one) => one.id));
  record.pending.push(...others.filter((one) => !known.has(one.id)));
  decided();
  showSaved();
});

// --- on the card -------------------------------------------------------------------------------------------

function decisionForm(index) {
  const box = make("div", "decide");
  if (record.picking !== null) {
    const cancel = make("button", "", say("cancel"));
    cancel.addEventListener("click", stopPicking);
    box.append(make("p", "pick", say("pick"), " ", cancel));
    return box;
  }
  const by = make("input", "");
  by.id = "by"; by.placeholder = say("your_name"); by.value = stored("gongkai:by") ?? ""; by.maxLength = 100;
  by.setAttribute("aria-label", say("your_name"));
  by.addEventListener("change", () => stored("gongkai:by", by.value.trim()));
  const note = make("input", "");
  note.id = "note"; note.placeholder = say("note"); note.maxLength = 1000;
  note.setAttribute("aria-label", say("note"));
  const buttons = [
    ["accept", "a", () => decideAndGo("accepted"), "accepted"], ["correct", "c", startPicking, "corrected"],
    ["reject", "r", () => decideAndGo("rejected"), "rejected"],
    ["only_note", "", () => note.value.trim() && decide([index], "note")],
  ].map(([key, shortcut, act, kind]) => {
    const button = make("button", key, say(key), shortcut ? make("kbd", "", shortcut) : null);
    if (shortcut) button.setAttribute("aria-keyshortcuts", shortcut);
    button.disabled = kind !== undefined && !canBe(index, kind);
    button.addEventListener("click", act);
    return button;
  });
  box.append(make("div", "row", ...buttons, note, by), history(index));
  return box;
}

function history(index) {
  const own = historyOf(index);
  const undone = new Set(own.filter((one) => one.kind === "undone").map((one) => one.undoes));
  const list = make("ul", "history");
  own.filter((one) => one.kind !== "undone").forEach((one) => {
    const figure = one.kind === "corrected" ? ` ${one.printed}` : "";
    const item = make("li", undone.has(one.id) ? "undone" : "", make("b", "", `${say(`did_${one.kind}`)}${figure}`),
      ` ${one.by} · ${new Date(one.at).toLocaleString(language() ? "en" : "zh-CN")}`, one.note ? ` · ${one.note}` : "");
    if (CHOICES.includes(one.kind) && !undone.has(one.id)) {
      const back = make("button", "undo", say("undo"));
      back.addEventListener("click", () => undo(one));
      item.append(" ", back);
    }
    list.append(item);
  });
  return list;
}

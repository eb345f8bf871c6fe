// Which cell is looked at, and which are shown: the boxes on the source, the figures of the form, the findings.

// Of more findings, the first are shown until more are asked for.
const SHOWN_AT_ONCE = 200;
const state = { chosen: null, status: null, rule: "", shown: SHOWN_AT_ONCE };

// What a person decided stands before what the evidence says.
const statusOf = (index) => choiceOn(index)?.kind ?? cells[index].status;
// What the form hasn't got is shown, and nothing rests on it.
const isOpen = (index) => !cells[index].extra && facts.open.includes(statusOf(index));
const boxesOf = (index) => all(`.box[data-cells~="${index}"]`);
const figureOf = (index) => byId(`f${index}`);

// The cells that Next and Previous go through: those of the filter, or else what is to be looked at.
function wanted() {
  const named = state.rule === "" ? null : cellsOfRule(state.rule);
  return cells.map((_, index) => index).filter((index) => {
    if (named !== null && !named.has(index)) return false;
    if (state.status !== null) return statusOf(index) === state.status;
    return named !== null || isOpen(index);
  });
}

function cellsOfRule(id) {
  const named = new Set();
  for (const rule of rules) if (rule.id === id) rule.cells.forEach((index) => named.add(index));
  for (const one of findings) if (one.rule === id) [...one.suspects, ...one.about].forEach((index) => named.add(index));
  return named;
}

function choose(index, { from = null, focus = false } = {}) {
  state.chosen = index;
  record.waiting = null;
  all(".chosen").forEach((one) => one.classList.remove("chosen"));
  all(".related").forEach((one) => one.classList.remove("related"));
  if (index !== null) {
    boxesOf(index).forEach((box) => box.classList.add("chosen"));
    const figure = figureOf(index);
    all('.figure[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    if (figure) {
      figure.tabIndex = 0;
      figure.classList.add("chosen");
    }
    relatedTo(index).forEach((other) => figureOf(other)?.classList.add("related"));
    all("#entries > li[data-cells]").forEach((item) => {
      item.classList.toggle("chosen", item.dataset.cells.split(" ").includes(String(index)));
    });
    // The card takes its room before it is seen what that leaves in view.
    showCard();
    if (from !== "source") reveal(boxesOf(index)[0]);
    if (from !== "form") reveal(figure);
    if (focus) figure?.focus({ preventScroll: true });
  } else {
    showCard();
  }
}

// The other cells of the sums that don't hold.
function relatedTo(index) {
  const related = new Set();
  for (const rule of rules) {
    if (rule.outcome === "violated" && rule.cells.includes(index)) rule.cells.forEach((one) => related.add(one));
  }
  related.delete(index);
  return related;
}

// Into the middle of its own pane; the page itself stays where it is.
function reveal(element) {
  if (!element) return;
  for (let pane = element.parentElement; pane && pane !== document.body; pane = pane.parentElement) {
    const styled = getComputedStyle(pane);
    const scrolls = [styled.overflowY, styled.overflowX].some((how) => how === "auto" || how === "scroll");
    if (!scrolls || (pane.scrollHeight <= pane.clientHeight && pane.scrollWidth <= pane.clientWidth)) continue;
    const inner = element.getBoundingClientRect();
    const outer = pane.getBoundingClientRect();
    if (inner.top < outer.top + 20 || inner.bottom > outer.bottom - 20) {
      pane.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }
    if (inner.left < outer.left || inner.right > outer.right) {
      pane.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    }
  }
}

function step(by) {
  const order = wanted();
  if (order.length === 0) return;
  const now = state.chosen === null ? -1 : state.chosen;
  const next = by > 0 ? order.find((index) => index > now) : order.findLast((index) => index < now);
  choose(next ?? (by > 0 ? order[0] : order[order.length - 1]), { focus: true });
}

// --- the bar and the findings --------------------------------------------------------------------------

function showBar() {
  const open = cells.filter((_, index) => isOpen(index)).length;
  byId("left").textContent = `${open ? say("left", open) : say("left_none")} · ${say("of_cells", cells.filter((cell) => !cell.extra).length)}`;
  byId("by-evidence").hidden = choices.size === 0;
  const meter = byId("meter");
  meter.replaceChildren();
  meter.setAttribute("aria-label", byId("left").textContent);
  const counts = new Map();
  cells.forEach((_, index) => counts.set(statusOf(index), (counts.get(statusOf(index)) ?? 0) + 1));
  let begin = 0;
  for (const name of Object.keys(signs)) {
    const count = counts.get(name) ?? 0;
    if (!count) continue;
    const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    part.setAttribute("class", `s-${name}`);
    for (const [key, value] of [["x", begin], ["y", 0], ["width", count], ["height", 1]]) part.setAttribute(key, value);
    meter.append(part);
    begin += count;
  }
  all("[data-name]").forEach((one) => { one.textContent = statuses[one.dataset.name][language()].replace(/（.*）/, ""); });
  all(".key").forEach((key) => {
    const count = counts.get(key.dataset.status) ?? 0;
    key.setAttribute("aria-pressed", String(key.dataset.status === state.status));
    key.hidden = count === 0 && key.dataset.status !== state.status;
    key.querySelector(".count").textContent = count;
  });
}

function showFilter() {
  const select = byId("rule");
  const ids = [...new Set([...findings.map((one) => one.rule), ...rules.map((one) => one.id)])];
  select.replaceChildren(new Option(say("all"), ""), ...ids.map((id) => new Option(id, id)));
  select.value = state.rule;
  const lit = state.status !== null || state.rule !== "" ? new Set(wanted()) : null;
  root.classList.toggle("dim", lit !== null);
  all(".figure, .box").forEach((one) => {
    const own = one.dataset.cells.split(" ").filter(Boolean).map(Number);
    one.classList.toggle("lit", lit !== null && own.some((index) => lit.has(index)));
  });
  showFindings();
}

// One entry for the cells that are suspected together, with all that names them.
function grouped() {
  const groups = new Map();
  findings.forEach((finding, number) => {
    if (state.rule !== "" && finding.rule !== state.rule) return;
    const own = finding.suspects.length ? finding.suspects : finding.about;
    const key = own.length ? own.join(" ") : `- ${number}`;
    if (!groups.has(key)) groups.set(key, { cells: own, findings: [] });
    groups.get(key).findings.push(finding);
  });
  return [...groups.values()];
}

function severityName(finding) {
  return finding.cause ? say(`cause_${finding.cause}`) : say(finding.severity);
}

function told(indexes) {
  if (indexes.length <= 3) return indexes.map(nameOf).join(say("or"));
  return `${nameOf(indexes[0])} … ${nameOf(indexes[indexes.length - 1])}（${indexes.length}）`;
}

// How an entry is marked, and in the colour of which status.
const MARKS = { hard: ["!", "as_printed"], soft: ["△", "unchecked"], hint: ["i", "unchecked"] };

function entry(group) {
  const first = group.findings[0];
  const [mark, status] = first.cause === "unresolved" ? ["?", "disputed"] : MARKS[first.severity];
  const what = group.findings.map((one) => make("p", "what", one.message[language()],
    make("span", "tag", `${severityName(one)} · ${one.rule}`)));
  const item = make("li", `s-${status}`, ...what);
  if (group.cells.length) {
    const who = make("button", "who", make("b", "", mark), make("span", "", told(group.cells)));
    who.addEventListener("click", () => choose(group.cells[0]));
    item.prepend(who);
  }
  item.dataset.cells = group.cells.join(" ");
  item.classList.toggle("done", group.cells.length > 0 && group.cells.every((index) => choiceOn(index)));
  return item;
}

function showFindings() {
  const groups = grouped();
  const entries = groups.slice(0, state.shown).map(entry);
  if (!groups.length) entries.push(make("li", "nothing", say("no_findings")));
  if (groups.length > state.shown) {
    const more = make("button", "", say("more", groups.length - state.shown));
    more.addEventListener("click", () => {
      state.shown += SHOWN_AT_ONCE;
      showFindings();
    });
    entries.push(make("li", "more", more));
  }
  byId("entries").replaceChildren(...entries);
}

function nameFigures() {
  cells.forEach((cell, index) => {
    const label = `${nameOf(index)} ${shownFigure(cell)} ${statuses[statusOf(index)][language()]}`;
    figureOf(index)?.setAttribute("aria-label", label);
    boxesOf(index).forEach((box) => box.setAttribute("aria-label", label));
  });
}

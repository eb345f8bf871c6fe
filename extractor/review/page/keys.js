// Clicks and keys, and the beginning.

const KEYS = [["j n", "next"], ["k p", "previous"], ["← ↑ ↓ →", "neighbours"], ["a", "accept"], ["A", "accept_row"], ["c", "correct"], ["r", "reject"], ["u", "undo"], ["Esc", "close"], ["l", "language"], ["?", "help"]];

function showAll() {
  showBar();
  showFilter();
  showCard();
  nameFigures();
  showSaved();
}

function switchLanguage() {
  root.dataset.language = language() ? "zh" : "en";
  root.lang = language() ? "en" : "zh-CN";
  const chosen = state.chosen;
  showAll();
  if (chosen !== null) choose(chosen);
}

function showTab(name) {
  document.querySelector("main").dataset.tab = name;
  all("#tabs button").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.tab === name)));
  if (state.chosen !== null) choose(state.chosen);
}

function showHelp() {
  const list = make("dl", "");
  for (const [keys, what] of KEYS) row(list, make("span", "", ...keys.split(" ").map((key) => make("kbd", "", key))), say(what));
  const close = make("button", "", say("close"));
  close.addEventListener("click", () => byId("keys").close());
  byId("keys").replaceChildren(make("h2", "", say("help")), list, close);
  byId("keys").showModal();
}

// The neighbour in the form: along a row, or in the same column of another row.
function move(by) {
  const figure = state.chosen === null ? null : figureOf(state.chosen);
  if (!figure) return;
  const td = figure.closest("td");
  if (by === "ArrowLeft" || by === "ArrowRight") {
    const next = cells[state.chosen + (by === "ArrowRight" ? 1 : -1)] ? state.chosen + (by === "ArrowRight" ? 1 : -1) : state.chosen;
    choose(next, { focus: true });
    return;
  }
  const place = [...td.parentElement.children].indexOf(td);
  const lines = all("#form tbody tr:not(.group)");
  const line = lines[lines.indexOf(td.parentElement) + (by === "ArrowDown" ? 1 : -1)];
  const other = line && (line.children[place] ?? line.lastElementChild).querySelector(".figure");
  if (other) choose(Number(other.dataset.cells), { focus: true });
}

const COMMANDS = {
  j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1), l: switchLanguage, "?": showHelp,
  a: () => decideAndGo("accepted"), A: acceptRow, c: startPicking, r: () => decideAndGo("rejected"), u: undoLast,
  Escape: () => (record.picking === null ? choose(null) : stopPicking()), ArrowLeft: move, ArrowRight: move, ArrowUp: move, ArrowDown: move,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest(".figure")) return;
  const command = Object.hasOwn(COMMANDS, event.key) ? COMMANDS[event.key] : null;
  if (command) {
    event.preventDefault();
    command(event.key);
  }
});

document.addEventListener("keydown", (event) => {
  // The Enter that takes what an input method offers is not yet the name's; some browsers say so by this code only.
  if (event.isComposing || event.keyCode === 229) return;
  if (["Enter", "Escape"].includes(event.key) && event.target.closest("#by, #note")) {
    const asked = event.key === "Enter" && nameTyped() ? record.waiting : null;
    record.waiting = null;
    event.target.blur();
    if (asked) asked();
    else if (state.chosen !== null) figureOf(state.chosen)?.focus({ preventScroll: true });
  }
});

document.addEventListener("click", (event) => {
  const one = event.target.closest(".box, .figure");
  if (!one) return;
  event.preventDefault();
  if (record.picking !== null && one.matches(".box")) {
    pick(one);
    return;
  }
  const own = one.dataset.cells.split(" ").filter(Boolean).map(Number);
  if (!own.length) return;
  // Of several cells that claim one place, each click shows the next.
  const index = own[(own.indexOf(state.chosen) + 1) % own.length];
  choose(index, { from: one.matches(".figure") ? "form" : "source" });
});

byId("next").addEventListener("click", () => step(1));
byId("previous").addEventListener("click", () => step(-1));
byId("print").addEventListener("click", () => window.print());
byId("help").addEventListener("click", showHelp);
byId("language").addEventListener("click", switchLanguage);
byId("rule").addEventListener("change", (event) => { state.rule = event.target.value; showFilter(); });
all(".key").forEach((key) => key.addEventListener("click", () => {
  state.status = state.status === key.dataset.status ? null : key.dataset.status;
  showBar();
  showFilter();
}));
all("#tabs button").forEach((tab) => tab.addEventListener("click", () => showTab(tab.dataset.tab)));
byId("download").addEventListener("click", download);
if (figureOf(0)) figureOf(0).tabIndex = 0;
showAll();
beginDecisions();

// The evidence for a cell, in words.

function row(list, term, ...inside) {
  list.append(make("dt", "", term), make("dd", "", ...inside));
}

function showCard() {
  const card = byId("card");
  const index = state.chosen;
  card.classList.toggle("empty", index === null);
  if (index === null) {
    card.replaceChildren(make("p", "", say("choose")));
    return;
  }
  const cell = cells[index];
  const status = statusOf(index);
  const lead = make("div", "lead", make("h3", "", nameOf(index), cell.page ? make("span", "page-number", say("page", cell.page)) : null),
    make("span", "big", figureNow(index) === cell.printed ? shownFigure(cell) : figureNow(index), cell.unit ? ` ${cell.unit}` : ""),
    make("span", `status s-${status}`, `${signs[status]} ${statuses[status][language()]}`));
  const by = status === cell.status ? "" : ` ${say("evidence", statuses[cell.status][language()])}`;
  card.replaceChildren(lead, make("p", "why", say(`why_${status}`), by), decisionForm(index), ...foundAbout(index), evidence(index));
  card.scrollTop = 0;
}

function foundAbout(index) {
  return findings
    .filter((one) => one.suspects.includes(index) || one.about.includes(index))
    .map((one) => make("p", "found", one.message[language()], make("span", "cite", `${severityName(one)} · ${one.rule}`)));
}

function evidence(index) {
  const cell = cells[index];
  const list = make("dl", "");
  if (cell.state !== "absent") row(list, say("basis"), say(`basis_${cell.basis}`));
  if (cell.span) {
    row(list, say("grounding"), say(`grounding_${cell.grounding}`));
    row(list, say("where"), cell.place[language()]);
  }
  if (cell.readers) row(list, say("readers"), cell.readers.map((one) => (one === "layout" ? say("layout") : one)).join(", "));
  if (cell.confidence !== undefined) row(list, say("confidence"), `${Math.round(cell.confidence * 100)}%`);
  if (cell.remarks) row(list, say("besides"), cell.remarks.join("; "));
  const own = rules.filter((rule) => rule.cells.includes(index));
  // What doesn't hold first.
  own.sort((one, other) => (one.outcome === "violated" ? 0 : 1) - (other.outcome === "violated" ? 0 : 1));
  row(list, say("sums"), ...(own.length ? own.map((rule) => sum(rule, index)) : [say("no_sums")]));
  return list;
}

// The figure of a cell as a person corrected it, or else as it was read.
function figureNow(index) {
  const one = choiceOn(index);
  return one && one.kind === "corrected" ? one.printed : cells[index].printed;
}

// Whether a rule holds with the figures as they are corrected.
function outcomeNow(rule) {
  const [left, right] = rule.sides;
  const isChanged = rule.cells.some((index) => figureNow(index) !== cells[index].printed);
  if (!isChanged || !left || !right || rule.relation !== "=") return rule.outcome;
  const difference = apart(left, right);
  if (difference === null) return "undecided";
  return difference === "0" ? "satisfied" : "violated";
}

function sum(rule, index) {
  const outcome = outcomeNow(rule);
  const line = make("p", "sum", make("span", `outcome ${outcome}`, say(outcome)));
  const [left, right] = rule.sides;
  if (left && right) {
    line.append(...terms(left, index), ` ${rule.relation} `, ...terms(right, index));
    const difference = outcome === "violated" ? apart(left, right) : null;
    if (difference !== null) line.append(make("b", "", ` ${say("differs_by", difference)}`));
  } else {
    line.append(...rule.cells.flatMap((one, place) => [place ? "、" : "", term(one, index)]));
  }
  if (outcome !== rule.outcome) line.append(make("span", "by-page", ` ${say("as_it_was", say(rule.outcome))}`));
  line.append(make("span", "cite", `${rule.id}${rule.severity === "hard" ? "" : ` · ${say("only_soft")}`} · ${rule.citation}`));
  return line;
}

// Zeros and blanks say nothing in a long sum: they are told as so many.
function terms(side, index) {
  const shown = [];
  const isLong = side.length > 8;
  const told = side.filter(([, other]) => !isLong || other === undefined || other === index || Number(figureNow(other)) !== 0);
  const left = side.length - told.length;
  told.forEach(([count, other], place) => {
    const isMinus = count.startsWith("-");
    const times = isMinus ? count.slice(1) : count;
    if (place || isMinus) shown.push(isMinus ? " − " : " + ");
    if (other === undefined) shown.push(times);
    else shown.push(times === "1" ? "" : `${times} × `, term(other, index));
  });
  if (left) shown.push(`${told.length ? " + " : ""}${say("zeros", left)}`);
  return shown.filter((one) => one !== "");
}

function term(other, index) {
  const button = make("button", other === index ? "term own" : "term", figureNow(other) === "" ? "□" : figureNow(other), make("small", "", ` ${termName(other, index)}`));
  button.title = nameOf(other);
  button.addEventListener("click", () => choose(other));
  return button;
}

// In a sum along a row only the column tells the cells apart, and the other way round.
function termName(other, index) {
  const [row, column] = parts(other);
  const [ownRow, ownColumn] = parts(index);
  if (row === ownRow) return column;
  return column === ownColumn ? row : `${row}×${column}`;
}

function parts(index) {
  const short = shortName(index);
  const cut = short.lastIndexOf("×");
  return [short.slice(0, cut).trim().replace(/^[“]|[”]$/g, ""), short.slice(cut + 1).trim()];
}

// How far the two sides are apart; null where a term is no plain number.
function apart(left, right) {
  let total = 0;
  for (const [side, sign] of [[left, 1], [right, -1]]) {
    for (const [count, other] of side) {
      const value = other === undefined ? 1 : Number(figureNow(other) || 0);
      if (Number.isNaN(value)) return null;
      total += sign * Number(count) * value;
    }
  }
  return String(Math.abs(Math.round(total * 1e6) / 1e6));
}

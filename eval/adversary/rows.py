"""Mutations of rows: exchanged, shifted, lost, doubled, strangers between them, other years beside them."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from eval.adversary.page import (
    TRACELESS,
    Atom,
    Grid,
    Line,
    Medium,
    Page,
    Part,
    figure_columns,
    figure_rows,
    figures_of,
    label_place,
    labelled,
    pick_row,
    place_of_two,
)
from eval.adversary.registry import EVERYWHERE, SEEN, Stage, mutation
from eval.zoo.generation import INSTRUCTIONS
from eval.zoo.tables import Shape

_WITH_TRACES = EVERYWHERE - TRACELESS
_SUB_ROWS = ("其中：网上申请", "其中：涉及土地征收", "其中：当面申请", "其中：省级", "其中：重复件")
_LOCAL_ROWS = (
    "其他主动公开文件",
    "转送其他机关办理",
    "9.其他法定不予公开情形",
    "申请人撤回",
    "并案处理",
    "咨询类",
)
_NOTES = (
    "注：本表数据截至12月31日，其中网上申请 {} 件，当面申请 {} 件",
    "说明：上年结转 {} 件中，有 {} 件已于本年办结",
    "（续表）",
    "— {} —",
    "第 {} 页 共 9 页",
)


# --- exchanged -----------------------------------------------------------------------------------


def _pair(page: Page, rng: Random) -> tuple[Line, Line, int] | None:
    """Two rows of one group of table 3, or of one block of table 2, and where the label of both stands."""
    grid, row = pick_row(rng, page) or (page.matrix(), figure_rows(page.matrix())[0])
    under = {f"{t.id}.{r.id}": (b.id, r.under) for t in page.form.tables for b in t.blocks for r in b.rows}
    own = _row_of(grid[row])
    others = [
        other
        for other in labelled(grid)
        if other != row
        and under[_row_of(grid[other])] == under[own]
        and label_place(grid[other]) == label_place(grid[row])
        and len(grid[other]) == len(grid[row])
    ]
    place = label_place(grid[row])
    return (grid[row], grid[rng.choice(others)], place) if others and place is not None else None


def _row_of(line: Line) -> str:
    return next((atom.address.rpartition(".")[0] for atom in line if atom.address), "")


def _start(line: Line, place: int) -> int:
    """Where the atom at a place begins."""
    return next(i for i, atom in enumerate(line) if atom is line[place])


def _exchange(first: Line, second: Line, place: int) -> None:
    start = _start(first, place)
    first[start:], second[start:] = second[start:], first[start:]


@mutation("rows-exchanged")
def exchange_rows(page: Page, rng: Random) -> bool:
    """Two rows of a group exchanged, each with its label."""
    pair = _pair(page, rng)
    if pair is None:
        return False
    _exchange(*pair)
    return True


@mutation("rows-exchanged-torn")
def exchange_rows_torn(page: Page, rng: Random) -> bool:
    """Two rows of a group exchanged, and their labels lost: nobody can tell."""
    pair = _pair(page, rng)
    if pair is None:
        return False
    first, second, place = pair
    _exchange(first, second, place)
    for line in (first, second):
        line[place].text = ""
        page.leave_open(line)
    return True


@mutation("groups-exchanged")
def exchange_groups(page: Page, _: Random) -> bool:
    """Table 3: the rows of （四）无法提供 before those of （三）不予公开, with their group's label."""
    grid = page.matrix()
    of_group = {
        name: [row for row in figure_rows(grid) if _row_of(grid[row]).startswith(f"requests.{name}.")]
        for name in ("refused", "unavailable")
    }
    refused, unavailable = of_group["refused"], of_group["unavailable"]
    if not refused or not unavailable:
        return False
    lines = [grid[row] for row in (*unavailable, *refused)]
    places = sorted((*refused, *unavailable))
    for row, line in zip(places, lines, strict=True):
        grid[row] = line
    return True


@mutation("two-labels")
def join_labels(page: Page, rng: Random) -> bool:
    """The labels of two rows in one cell beside the figures of one; the other's are lost: nobody can tell."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    following = [other for other in labelled(grid) if other == row + 1]
    place, other_place = label_place(grid[row]), label_place(grid[row + 1]) if following else None
    if place is None or other_place is None or place != other_place:
        return False
    label, other = grid[row][place], grid[row + 1][other_place]
    # In a text, the second would stand on the figures' line alone.
    label.text += rng.choice(("", " ", "、", "\n" if page.medium in SEEN else "及")) + other.text
    _forget(grid[row] if rng.random() < 0.5 else grid[row + 1])
    kept = grid[row] if figures_of(grid[row]) else grid[row + 1]
    start = figure_columns(grid)[0]
    grid[row] = [*grid[row][:start], *kept[start:]]
    _forget(grid[row])
    del grid[row + 1]
    return True


def _forget(line: Iterable[Atom]) -> None:
    """Make of figures what no row of the form has."""
    for atom in line:
        atom.address = None


@mutation("lying-rowspan", media=SEEN)
def spread_label(page: Page, rng: Random) -> bool:
    """A row's label merged over the next row, whose own is lost: nobody can tell."""
    if page.shape is not Shape.MERGED:
        return False
    grid = page.matrix()
    rows = [row for row in labelled(grid)[:-1] if label_place(grid[row]) == label_place(grid[row + 1])]
    row = rng.choice(rows)
    place = label_place(grid[row])
    if place is None:
        return False
    start = max(_start(grid[row], place), _start(grid[row + 1], place))
    for column in range(start, place + 1):
        grid[row + 1][column] = grid[row][place]
    page.leave_open((*grid[row], *grid[row + 1]))
    return True


@mutation("lying-group", media=SEEN)
def spread_group(page: Page, _: Random) -> bool:
    """The label of （四）无法提供 merged over the first row of （五）不予处理, too."""
    grid = page.matrix()
    rows = {_row_of(grid[row]): row for row in figure_rows(grid)}
    own = [row for name, row in rows.items() if name.startswith("requests.unavailable.")]
    others = [row for name, row in rows.items() if name.startswith("requests.not_processed.")]
    if page.shape is not Shape.MERGED or not own or not others or others[0] != own[-1] + 1:
        return False
    place = label_place(grid[own[-1]])
    if not place or grid[own[0]][place - 1] is not grid[own[-1]][place - 1]:
        return False
    grid[others[0]][place - 1] = grid[own[-1]][place - 1]
    return True


# --- strangers between them ----------------------------------------------------------------------


def _insert_row(page: Page, rng: Random, label: str) -> bool:
    """Insert a row of figures below another, with a label of its own."""
    grid, row = pick_row(rng, page) or (page.matrix(), figure_rows(page.matrix())[0])
    line = grid[row]
    place = label_place(line)
    if place is None:
        return False
    start = _start(line, place)
    own = Atom(label)
    is_inside = row + 1 < len(grid) and len(grid[row + 1]) > start
    new: Line = []
    for column, atom in enumerate(line):
        if atom is line[place]:
            new.append(own)
        elif atom.address:
            new.append(Atom(str(rng.randint(0, 400))))
        elif column < start:
            new.append(atom if is_inside and grid[row + 1][column] is atom else Atom())
        else:
            new.append(Atom())
    grid.insert(row + 1, new)
    return True


@mutation("sub-row")
def add_sub_row(page: Page, rng: Random) -> bool:
    """A row of its own below one of the form's: 其中：网上申请, with figures."""
    return _insert_row(page, rng, rng.choice(_SUB_ROWS))


@mutation("local-row")
def add_local_row(page: Page, rng: Random) -> bool:
    """A row that the form doesn't have between others, with figures."""
    return _insert_row(page, rng, rng.choice(_LOCAL_ROWS))


def _insert_text(page: Page, rng: Random, text: str) -> bool:
    part = page.part(rng.choice(("disclosure", "requests", "requests", "disputes")))
    grid = rng.choice(part.grids)
    width = max(len(line) for line in grid)
    rows = figure_rows(grid)
    at = rng.choice((*rows, len(grid)))
    own = Atom(text)
    grid.insert(at, [own] * width)
    # What is merged over rows above and below is cut in two there.
    if 0 < at < len(grid) - 1:
        _cut_atoms(grid, at)
    return True


def _cut_atoms(grid: Grid, at: int) -> None:
    """Give atoms that stand above and below a row another identity, and no text, below it."""
    above = {id(atom) for line in grid[:at] for atom in line}
    copies: dict[int, Atom] = {}
    for line in grid[at + 1 :]:
        for column, atom in enumerate(line):
            if id(atom) in above:
                line[column] = copies.setdefault(id(atom), Atom())


@mutation("note-row")
def add_note(page: Page, rng: Random) -> bool:
    """A row over the whole width with a note, or a page number, in which numbers stand."""
    note = rng.choice(_NOTES).format(rng.randint(1, 99), rng.randint(1, 99))
    return _insert_text(page, rng, note)


@mutation("text-inside")
def add_text(page: Page, rng: Random) -> bool:
    """A row over the whole width with a sentence that is no part of the table."""
    return _insert_text(page, rng, rng.choice(INSTRUCTIONS))


# --- cut, lost and doubled -----------------------------------------------------------------------


@mutation("split-table")
def split(page: Page, rng: Random) -> bool:
    """Table 3 goes on in a second table, with its header again or without, its groups' labels blank."""
    part = page.part("requests")
    grid = part.grids[0]
    rows = figure_rows(grid)
    at = rng.choice(rows[2:])
    header = [list(line) for line in grid[: rows[0]]] if rng.random() < 0.5 else []
    copies: dict[int, Atom] = {}
    for line in header:
        for column, atom in enumerate(line):
            line[column] = copies.setdefault(id(atom), Atom(atom.text))
    above = {id(atom) for line in grid[:at] for atom in line}
    blanks: dict[int, Atom] = {}
    rest = [[blanks.setdefault(id(a), Atom()) if id(a) in above else a for a in line] for line in grid[at:]]
    del grid[at:]
    part.grids[0:1] = [grid, header + rest]
    return True


@mutation("row-shifted-left", Stage.CELLS, _WITH_TRACES)
def shift_left(page: Page, rng: Random) -> bool:
    """A row has lost a blank cell, or a part of its merged label, before its figures."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    line = grid[row]
    place, columns = label_place(line), [i for i, atom in enumerate(line) if atom.address]
    if place is None or not columns:
        return False
    # Every place before the figures but the last one of the label.
    idle = [i for i in range(columns[0]) if not line[i].text or (i != place and line[i] is line[place])]
    if not idle:
        return False
    if not all(atom.text for atom in figures_of(line)):
        page.leave_open(line)
    del line[rng.choice(idle)]
    return True


@mutation("row-shifted-right", Stage.CELLS, _WITH_TRACES)
def shift_right(page: Page, rng: Random) -> bool:
    """A row has a blank cell too many before its figures, and reaches beyond the table."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    columns = [i for i, atom in enumerate(grid[row]) if atom.address]
    if not columns:
        return False
    grid[row].insert(columns[0], Atom())
    page.leave_open(grid[row])
    return True


# On a printed page, what stands below a header word is its figure.
@mutation("cell-lost", Stage.CELLS, EVERYWHERE - {Medium.PDF})
def lose_cell(page: Page, rng: Random) -> bool:
    """A figure is lost with its cell, so that those behind it stand further left: nobody can tell."""
    grid, row = _line_of_figures(page, rng)
    columns = [i for i, atom in enumerate(grid[row]) if atom.address]
    page.leave_open(grid[row])
    del grid[row][rng.choice(columns)]
    return True


@mutation("row-lost")
def lose_row(page: Page, rng: Random) -> bool:
    """A row is lost with its label and its figures."""
    found = pick_row(rng, page)
    if found is None or len(figure_rows(found[0])) < 3:
        return False
    del found[0][found[1]]
    return True


@mutation("row-doubled", Stage.CELLS)
def double_row(page: Page, rng: Random) -> bool:
    """A row stands twice, label, figures and all."""
    found = pick_row(rng, page)
    if found is None or any(atom in line for atom in found[0][found[1]] for line in _beside(*found)):
        return False
    grid, row = found
    copies = {id(atom): Atom(atom.text, atom.address) for atom in grid[row]}
    grid.insert(row + 1, [copies[id(atom)] for atom in grid[row]])
    return True


def _beside(grid: Grid, row: int) -> list[Line]:
    return [line for at, line in enumerate(grid) if abs(at - row) == 1]


@mutation("pipe-dropped", Stage.CELLS, frozenset({Medium.ROWS}))
def drop_pipe(page: Page, rng: Random) -> bool:
    """What parts two figures of a row is lost: nobody can tell their cells."""
    grid, row = _line_of_figures(page, rng)
    line = grid[row]
    at = place_of_two(rng, line)
    if at is None:
        return False
    page.leave_open(line)
    page.lose(line[at : at + 2])
    line[at : at + 2] = [Atom(f"{line[at].text} {line[at + 1].text}".strip())]
    return True


def _line_of_figures(page: Page, rng: Random) -> tuple[Grid, int]:
    """A row of table 3, or the line of table 4."""
    rows = figure_rows(page.wide())
    if rows and rng.random() < 0.3:
        return page.wide(), rows[0]
    return page.matrix(), rng.choice(figure_rows(page.matrix()))


# --- other years ---------------------------------------------------------------------------------


def _other_year(rng: Random, grid: Grid) -> Grid:
    """The same table with figures of another year, which are none of the form's."""
    copies: dict[int, Atom] = {}

    def copied(atom: Atom) -> Atom:
        text = str(rng.randint(0, 600)) if atom.address and atom.text else atom.text
        return copies.setdefault(id(atom), Atom(text))

    return [[copied(atom) for atom in line] for line in grid]


@mutation("last-year-table")
def add_last_years_table(page: Page, rng: Random) -> bool:
    """Last year's table 3 or 4 before or behind this year's, each below its year."""
    own = page.part(rng.choice(("requests", "disputes")))
    grids = [_other_year(rng, grid) for grid in own.grids]
    title = own.heading.partition("、")[2]
    other = Part(f"附：{page.year - 1}年{title}", "", grids)
    at = page.parts.index(own)
    if rng.random() < 0.5:
        page.parts.insert(at + 1, other)
        return True
    other.heading, own.heading = f"{own.heading}\n{page.year - 1}年：", f"{page.year}年："
    page.parts.insert(at, other)
    return True


@mutation("last-year-instead")
def replace_by_last_year(page: Page, rng: Random) -> bool:
    """Table 4 says that there was nothing this year, and shows last year's figures with their year."""
    own = page.part("disputes")
    own.heading += f"\n{page.year}年未发生行政复议、行政诉讼案件。{page.year - 1}年情况如下："
    own.grids = [_other_year(rng, grid) for grid in own.grids]
    return True


@mutation("years-beside")
def add_year_beside(page: Page, rng: Random) -> bool:
    """Table 3 with the columns of last year beside this year's, each below its year."""
    grid = page.matrix()
    columns = figure_columns(grid)
    first, last = columns[0], columns[-1]
    if any(len(line) <= last for line in grid):
        return False
    other = _other_year(rng, [line[first : last + 1] for line in grid])
    is_own_first = rng.random() < 0.5
    years = [Atom(f"{page.year}年"), Atom(f"{page.year - 1}年")]
    for line, beside in zip(grid, other, strict=True):
        at = last + 1 if is_own_first else first
        line[at:at] = beside
    width = last - first + 1
    above = [*grid[0][:first], *[years[not is_own_first]] * width, *[years[is_own_first]] * width]
    grid.insert(0, [*above, *(Atom() for _ in grid[0][first + 2 * width :])])
    return True

"""Mutations of rows: exchanged, their labels torn or joined, strangers between them."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from eval.adversary.page import (
    Atom,
    Grid,
    Line,
    Page,
    figure_columns,
    figure_rows,
    figures_of,
    label_place,
    labelled,
    pick_row,
)
from eval.adversary.registry import SEEN, mutation
from eval.zoo.generation import INSTRUCTIONS
from eval.zoo.tables import Shape

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

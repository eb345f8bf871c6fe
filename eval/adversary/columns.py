"""Mutations of columns and of the header above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from eval.adversary.page import (
    REMARKS,
    TRACELESS,
    Atom,
    Grid,
    Page,
    figure_columns,
    figure_rows,
    figures_of,
)
from eval.adversary.registry import EVERYWHERE, mutation

_NATURAL, _GROUP, _TOTAL = [0], [1, 2, 3, 4, 5], [6]
_WITH_TRACES = EVERYWHERE - TRACELESS


# --- exchanged with their header -----------------------------------------------------------------


def _reorder(grid: Grid, order: Sequence[int], first_row: int = 0) -> bool:
    """Put the columns of figures into an order: the numbers of those that come first, second, …"""
    columns = figure_columns(grid)
    if len(columns) != len(order) or list(order) == sorted(order):
        return False
    for line in grid[first_row:]:
        if len(line) > columns[-1]:
            for column, atom in zip(columns, [line[columns[i]] for i in order], strict=True):
                line[column] = atom
    return True


def _shuffled(rng: Random, numbers: Sequence[int]) -> list[int]:
    """Another order of these numbers than the one they are in."""
    order = list(numbers)
    while order == list(numbers):
        rng.shuffle(order)
    return order


@mutation("columns-leaves")
def exchange_leaves(page: Page, rng: Random) -> bool:
    """Table 3: columns within 法人或其他组织 exchanged, with their header words."""
    if rng.random() < 0.5:
        first, second = rng.sample(_GROUP, 2)
        group = [{first: second, second: first}.get(column, column) for column in _GROUP]
    else:
        group = _shuffled(rng, _GROUP)
    return _reorder(page.matrix(), _NATURAL + group + _TOTAL)


@mutation("columns-group-first")
def put_group_first(page: Page, _: Random) -> bool:
    """Table 3: 法人或其他组织 before 自然人."""
    return _reorder(page.matrix(), _GROUP + _NATURAL + _TOTAL)


@mutation("columns-total-first")
def put_total_first(page: Page, rng: Random) -> bool:
    """Table 3: the total before the others, or between 自然人 and 法人或其他组织."""
    orders = (
        _TOTAL + _NATURAL + _GROUP,
        _TOTAL + _GROUP + _NATURAL,
        _NATURAL + _TOTAL + _GROUP,
        _GROUP + _TOTAL + _NATURAL,
    )
    return _reorder(page.matrix(), rng.choice(orders))


@mutation("columns-scattered")
def scatter_columns(page: Page, rng: Random) -> bool:
    """Table 3: columns in any order, the group's label over each part of it."""
    return _reorder(page.matrix(), _shuffled(rng, range(7)))


@mutation("columns-unheaded")
def exchange_unheaded(page: Page, rng: Random) -> bool:
    """Table 3: columns exchanged, and the header lost: nobody can tell."""
    grid = page.matrix()
    return _reorder(grid, _shuffled(rng, range(7))) and _drop_header(page, grid)


@mutation("litigation-first")
def put_litigation_first(page: Page, rng: Random) -> bool:
    """Table 4: litigation before reconsideration."""
    groups = rng.choice(((1, 2, 0), (2, 1, 0), (1, 0, 2)))
    if groups == (1, 0, 2) and len({id(atom) for atom in page.wide()[0][5:]}) == 1:
        # 行政诉讼 would stand over both sides of 行政复议, in two cells.
        groups = (1, 2, 0)
    return _reorder(page.wide(), [5 * group + i for group in groups for i in range(5)])


@mutation("direct-after-exchanged")
def exchange_litigation(page: Page, _: Random) -> bool:
    """Table 4: 复议后起诉 before 未经复议直接起诉."""
    grid = page.wide()
    columns = figure_columns(grid)
    # Behind 行政复议: else that would come to stand between the two.
    is_behind = bool(columns) and (grid[-1][columns[0]].address or "").startswith("disputes.reconsideration.")
    return is_behind and _reorder(grid, [*range(5), *range(10, 15), *range(5, 10)])


@mutation("outcomes-exchanged")
def exchange_outcomes(page: Page, rng: Random) -> bool:
    """Table 4: the outcomes within the groups in another order, the same in each or not."""
    is_same = rng.random() < 0.5
    order = _shuffled(rng, range(5))
    orders = [order if is_same else _shuffled(rng, range(5)) for _ in range(3)]
    # The groups' labels stay where they are.
    return _reorder(page.wide(), [5 * group + i for group in range(3) for i in orders[group]], first_row=1)


@mutation("disclosure-columns")
def exchange_disclosure(page: Page, rng: Random) -> bool:
    """Table 2: columns of a block exchanged, with their header words."""
    for grid in page.part("disclosure").grids:
        rows = figure_rows(grid)
        block = [row for row in rows if row < rows[0] + 1 + _run_length(rows)]
        figures = figures_of(grid[rows[0]])
        if len(figures) < 2:
            continue
        columns = [column for column, atom in enumerate(grid[rows[0]]) if atom in figures]
        if len(columns) != len(figures):
            continue
        order = _shuffled(rng, range(len(columns)))
        for row in [rows[0] - 1, *block]:
            line = grid[row]
            for column, atom in zip(columns, [line[columns[i]] for i in order], strict=True):
                line[column] = atom
        return True
    return False


def _run_length(rows: Sequence[int]) -> int:
    """How many rows follow the first one without a gap."""
    return next((i for i, row in enumerate(rows) if row != rows[0] + i), len(rows)) - 1


# --- columns more --------------------------------------------------------------------------------


def _insert(grid: Grid, place: int, header: str, cells: Callable[[int], str]) -> None:
    """Insert a column.

    Args:
        grid: that gets it.
        place: before which column.
        header: its own.
        cells: the text beside each row.
    """
    top = figure_rows(grid)[0]
    own = Atom(header)
    for row, line in enumerate(grid):
        if len(line) < place:
            continue
        is_inside = 0 < place < len(line) and line[place - 1] is line[place]
        if is_inside:
            line.insert(place, line[place])
        else:
            line.insert(place, own if row < top else Atom(cells(row)))


def _place(rng: Random, grid: Grid) -> int:
    """Before the columns of figures, among them or behind."""
    columns = figure_columns(grid)
    return rng.choice((columns[0], rng.choice(columns), columns[-1] + 1))


def _tables(page: Page, rng: Random) -> Grid:
    """Table 3 mostly; table 4 if it has figures of this year."""
    is_wide = rng.random() < 0.2 and bool(figure_rows(page.wide()))
    return page.wide() if is_wide else page.matrix()


@mutation("column-last-year")
def add_last_year(page: Page, rng: Random) -> bool:
    """A column of last year's figures under its own header, left, among or right of the form's."""
    grid = _tables(page, rng)
    words = ("上年总计", "上年同期", f"{page.year - 1}年", f"{page.year - 1}年总计", "上年度数据")
    _insert(grid, _place(rng, grid), rng.choice(words), lambda _: str(rng.randint(0, 999)))
    return True


@mutation("column-share")
def add_share(page: Page, rng: Random) -> bool:
    """A column of shares or growth under its own header."""
    grid = _tables(page, rng)
    header = rng.choice(("占比", "占比（%）", "同比增长", "比重"))
    end = "" if "%" in header else "%"
    _insert(grid, _place(rng, grid), header, lambda _: f"{rng.randint(0, 999) / 10}{end}")
    return True


@mutation("column-number")
def add_number(page: Page, rng: Random) -> bool:
    """A column of row numbers under its own header."""
    grid = page.matrix()
    top = figure_rows(grid)[0]
    place = rng.choice((0, figure_columns(grid)[0], _place(rng, grid)))
    _insert(grid, place, rng.choice(("序号", "行次", "编号")), lambda row: str(row - top + 1))
    return True


@mutation("column-remark")
def add_remarks(page: Page, rng: Random) -> bool:
    """A column of remarks under its own header, blank for the most part."""
    grid = _tables(page, rng)
    _insert(grid, _place(rng, grid), rng.choice(("备注", "说明")), lambda _: rng.choice(REMARKS))
    return True


@mutation("column-empty", media=_WITH_TRACES)
def add_empty(page: Page, rng: Random) -> bool:
    """An empty column without a header, left, among or right of the form's."""
    grid = _tables(page, rng)
    _insert(grid, _place(rng, grid), "", lambda _: "")
    return True


@mutation("column-unheaded")
def add_unheaded(page: Page, rng: Random) -> bool:
    """A column of figures without a header: nobody can tell which is the stranger."""
    grid = _tables(page, rng)
    _insert(grid, _place(rng, grid), "", lambda _: str(rng.randint(0, 999)))
    page.leave_open(atom for line in grid for atom in line)
    return True


@mutation("spacer-columns", media=_WITH_TRACES)
def add_spacers(page: Page, rng: Random) -> bool:
    """Empty columns between the columns of figures: some of them, or all."""
    grid = _tables(page, rng)
    columns = figure_columns(grid)[1:]
    chosen = columns if rng.random() < 0.5 else rng.sample(columns, rng.randint(1, 3))
    for place in sorted(chosen, reverse=True):
        _insert(grid, place, "", lambda _: "")
    return True


@mutation("two-values")
def double_columns(page: Page, rng: Random) -> bool:
    """Table 3: two values under every header word, this year's and a cumulative one, each headed."""
    grid = page.matrix()
    columns, top = figure_columns(grid), figure_rows(grid)[0]
    if top == 0:
        return False
    words = rng.choice((("本年", "累计"), ("本年", "历年累计"), ("本年数", "上年数")))
    is_own_first = rng.random() < 0.7
    first, last = columns[0], columns[-1]
    for row, line in enumerate(grid):
        if len(line) <= last:
            continue
        doubled: list[Atom] = []
        for atom in line[first : last + 1]:
            other = atom if row < top else Atom(str(rng.randint(0, 2000)))
            doubled += [atom, other] if is_own_first else [other, atom]
        line[first : last + 1] = doubled
    names = words if is_own_first else words[::-1]
    grid.insert(
        top, [*grid[top - 1][:first], *(Atom(name) for _ in range(first, last + 1) for name in names)]
    )
    return True


# --- the header ----------------------------------------------------------------------------------


@mutation("numbered-header")
def number_header(page: Page, rng: Random) -> bool:
    """A line of numbers 1, 2, 3, … below the header, over the figures alone or over labels, too."""
    grid = _tables(page, rng)
    columns, top = figure_columns(grid), figure_rows(grid)[0]
    if top == 0:
        return False
    is_over_all = columns[0] > 0 and rng.random() < 0.5
    before = [Atom("1")] * columns[0] if is_over_all else grid[top - 1][: columns[0]]
    start = 2 if is_over_all else 1
    bracket = rng.choice(("{}", "({})", "{}栏"))
    grid.insert(top, before + [Atom(bracket.format(start + i)) for i in range(len(grid[top]) - columns[0])])
    return True


def _drop_header(page: Page, grid: Grid) -> bool:
    del grid[: figure_rows(grid)[0]]
    page.leave_open(atom for line in grid for atom in line)
    return True


@mutation("header-lost")
def lose_header(page: Page, rng: Random) -> bool:
    """All of a table's header lost; the columns are in the form's order, which the page doesn't say."""
    return _drop_header(page, _tables(page, rng))


def _header_words(page: Page) -> list[Atom]:
    """The words over the figures of tables 3 and 4, but those over all of them."""
    found: dict[Atom, None] = {}
    for grid in (page.matrix(), page.wide()):
        columns = figure_columns(grid)
        for line in grid[: figure_rows(grid)[0] if columns else 0]:
            found |= {line[c]: None for c in columns if c < len(line) and len(line[c].text) > 1}
    return [
        atom for atom in found if not any(one.isdigit() for one in atom.text) and atom.text != "申请人情况"
    ]


@mutation("header-word-lost", media=_WITH_TRACES)
def lose_header_word(page: Page, rng: Random) -> bool:
    """A word of a header lost, its cell blank."""
    words = _header_words(page)
    if not words:
        return False
    rng.choice(words).text = ""
    return True


@mutation("header-misprint")
def misprint_header(page: Page, rng: Random) -> bool:
    """A character of one to three header words is another one."""
    words = [atom for atom in _header_words(page) if len(atom.text) > 2]
    for atom in rng.sample(words, min(len(words), rng.randint(1, 3))):
        at = rng.randrange(len(atom.text))
        atom.text = atom.text[:at] + rng.choice("料枓杜叶令仝咨亊柤") + atom.text[at + 1 :]
    return bool(words)


@mutation("header-char-lost")
def lose_header_character(page: Page, rng: Random) -> bool:
    """A character of one to three header words lost."""
    words = [atom for atom in _header_words(page) if len(atom.text) > 2]
    for atom in rng.sample(words, min(len(words), rng.randint(1, 3))):
        at = rng.randrange(len(atom.text))
        atom.text = atom.text[:at] + atom.text[at + 1 :]
    return bool(words)


@mutation("header-broken")
def break_header(page: Page, rng: Random) -> bool:
    """Header words broken over lines inside their cells."""
    words = _header_words(page)
    for atom in words:
        if rng.random() < 0.7:
            at = rng.randint(1, len(atom.text) - 1)
            atom.text = f"{atom.text[:at]}\n{atom.text[at:]}"
    return any("\n" in atom.text for atom in words)

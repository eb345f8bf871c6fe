"""What stands in the cells of a page besides their text: notes, struck figures, pictures, form fields."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from extractor.documents.asides import Mark, marked
from extractor.documents.document import UNREADABLE
from extractor.documents.pages.measures import (
    CELL_EDGE,
    CONTRAST,
    IN_CELL,
    LEANING,
    NOTE_GAP,
    SHIFTED_MOST,
    SIGHT_HEIGHT,
    SMALLEST_SIGHT,
    SPECKS,
    STROKES_MEET,
    THROUGH_CELL,
    UPON,
)
from extractor.documents.pages.page import Aside, Box, Glyph, Picture, RawPage, Ruling
from extractor.documents.pages.ruled import RuledTable
from extractor.documents.pages.tables import PageTable

#: Paints a page of the document that is read, by its number.
Look: TypeAlias = Callable[[int], Picture]
# What is no text, but may show some; what says nothing of what is behind it.
_SIGHTS = frozenset({Mark.PICTURE, Mark.BACKDROP})
_BARRIERS = frozenset({Mark.PICTURE, Mark.CONTROL, Mark.OVERLAY, Mark.REVERSED})
# What is set as notes are.
_NOTES = frozenset({Mark.RAISED, Mark.SHIFTED})


def besides_in(
    page: RawPage,
    number: int,
    tables: Sequence[RuledTable],
    glyphs: Sequence[Sequence[list[Glyph]]],
    look: Look | None,
) -> tuple[list[dict[int, str]], list[Aside]]:
    """What stands in the cells of ruled tables besides their text, and the asides that stand in none.

    Args:
        page: with its asides.
        number: of the page, counted from 1.
        tables: on it.
        glyphs: of each cell of each table.
        look: paints a page, where a picture or a drawing reaches into blank cells; None if nothing can.

    Returns:
        Of each table, what stands in some of its cells, marked, by their positions; and the others.
    """
    found: list[dict[int, str]] = [defaultdict(str) for _ in tables]
    others = []
    sights = [aside for aside in page.asides if aside.mark in _SIGHTS]
    if tables and look is not None:
        sights += _strays(page.rulings, tables, glyphs)
    for aside in page.asides:
        place = None if aside.mark in _SIGHTS else _cell_of(aside.box, tables)
        if place is not None:
            table, cell = place
            found[table][cell] += marked(_mark_of(aside, _digit_boxes(glyphs[table][cell])), aside.text)
        elif aside.mark not in _SIGHTS or _cell_of(aside.box, tables) is None:
            others.append(aside)
    if sights and tables and look is not None:
        _add_sights(sights, page, tables, glyphs, found, lambda: look(number))
    return found, others


def _cell_of(box: Box, tables: Sequence[RuledTable]) -> tuple[int, int] | None:
    """The table and the cell that the middle of a box stands in, in the innermost table."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for number in range(len(tables) - 1, -1, -1):
        table = tables[number]
        if table.ys[0] <= y <= table.ys[-1] and (cell := table.cell_at(x, y)) is not None:
            return number, cell
    return None


def _digit_boxes(glyphs: Iterable[Glyph]) -> list[Box]:
    return [glyph[2:] for glyph in glyphs if glyph.text.isdigit()]


def _mark_of(aside: Aside, digits: Sequence[Box]) -> Mark:
    """How an aside is told in a cell with these digits.

    A note stands beside a figure. What stands above or below one may be a line of that figure.
    """
    is_of_figure = aside.mark in _NOTES and digits and not any(_is_noted(one, aside.box) for one in digits)
    return Mark.SMALL if is_of_figure else aside.mark


def _is_noted(digit: Box, note: Box) -> bool:
    """Whether something stands beside a digit, as a note on it does, and not above or below it."""
    across, down = (
        min(digit[end], note[end]) - max(digit[start], note[start]) for start, end in ((0, 2), (1, 3))
    )
    is_level = down > (1 - SHIFTED_MOST) * min(digit[3] - digit[1], note[3] - note[1])
    return is_level and across <= UPON * min(digit[2] - digit[0], note[2] - note[0])


# --- pictures and drawings -------------------------------------------------------------------------------


def _add_sights(
    sights: Sequence[Aside],
    page: RawPage,
    tables: Sequence[RuledTable],
    glyphs: Sequence[Sequence[list[Glyph]]],
    found: Sequence[dict[int, str]],
    look: Callable[[], Picture],
) -> None:
    """Tell of pictures in cells: where no text stands, if there is ink; else, if one stands beside the text.

    Args:
        sights: pictures and drawings.
        page: that they are on.
        tables: on it.
        glyphs: of each cell of each table.
        found: what stands in cells; what is found is added.
        look: paints the page.
    """
    painted: list[Picture] = []

    def has_ink(sight: Aside, cell: Box) -> bool:
        painted[:] = painted or [look()]
        return _has_ink(painted[0], page, sight.box, cell)

    for number, table in enumerate(tables):
        for position, (cell, own) in enumerate(zip(table.cells, glyphs[number], strict=True)):
            over = [aside for aside in sights if _common(aside.box, cell.box) > 0]
            if not over or any(_common(part, cell.box) > 0 for part in page.recognised):
                continue
            if _is_shown(over, cell.box, own, has_ink):
                found[number][position] += marked(Mark.PICTURE)


def _is_shown(
    sights: Sequence[Aside], cell: Box, glyphs: Sequence[Glyph], has_ink: Callable[[Aside, Box], bool]
) -> bool:
    """Whether any of some pictures and drawings shows something in a cell.

    Args:
        sights: those that reach into it.
        cell: its box.
        glyphs: in it; a picture behind or around them is none of it.
        has_ink: whether something is painted where a picture stands in a cell.
    """
    if glyphs:
        sights = [one for one in sights if _is_beside(one.box, cell, glyphs)]
        if any(one.mark is Mark.PICTURE for one in sights):
            return True
    return any(has_ink(one, cell) for one in sights)


def _strays(
    rulings: Iterable[Ruling], tables: Sequence[RuledTable], glyphs: Sequence[Sequence[list[Glyph]]]
) -> Iterator[Aside]:
    """The lines in cells that rule no table: figures may be drawn with such.

    What goes through a whole cell says that it isn't to be filled in, and a level line is drawn below text.

    Args:
        rulings: of the page.
        tables: on it.
        glyphs: of each cell of each table.
    """
    columns = sorted(x for table in tables for x in table.xs)
    rows = sorted(y for table in tables for y in table.ys)
    for x0, y0, x1, y1 in rulings:
        width, height = abs(x1 - x0), abs(y1 - y0)
        is_level = height <= LEANING
        is_upright = width <= LEANING
        if (is_level and _is_among(y0, rows, STROKES_MEET)) or (
            is_upright and _is_among(x0, columns, LEANING)
        ):
            continue
        place = _cell_of((x0, y0, x1, y1), tables)
        if place is None or (is_level and glyphs[place[0]][place[1]]):
            continue
        left, top, right, bottom = tables[place[0]].cells[place[1]].box
        if width < THROUGH_CELL * (right - left) and height < THROUGH_CELL * (bottom - top):
            yield Aside(Mark.BACKDROP, "", _widened((x0, y0, x1, y1)))


def _widened(line: Box) -> Box:
    """The box of what a line shows, which has some width."""
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    across, down = (
        max(abs(end - start), SMALLEST_SIGHT) / 2 for start, end in zip(line[:2], line[2:], strict=True)
    )
    return x - across, y - down, x + across, y + down


def _is_among(place: float, sides: Sequence[float], most: float) -> bool:
    """Whether a line stands where one of some lines does, which are sorted, or apart by so much at most."""
    nearest = bisect_left(sides, place - most)
    return nearest < len(sides) and sides[nearest] <= place + most


def _is_beside(sight: Box, cell: Box, glyphs: Sequence[Glyph]) -> bool:
    """Whether a picture stands in a cell, beside its text."""
    area = (sight[2] - sight[0]) * (sight[3] - sight[1])
    if (
        min(sight[2] - sight[0], sight[3] - sight[1]) < SMALLEST_SIGHT
        or _common(sight, cell) < IN_CELL * area
    ):
        return False
    return not any(
        sight[0] <= (one.left + one.right) / 2 <= sight[2]
        and sight[1] <= (one.top + one.bottom) / 2 <= sight[3]
        for one in glyphs
    )


def _has_ink(picture: Picture, page: RawPage, sight: Box, cell: Box) -> bool:
    """Whether what is painted in and around a part of a cell isn't of one colour; its edges are left out.

    Args:
        picture: of the page.
        page: that the cell is on.
        sight: what may show something.
        cell: the cell that it reaches into.
    """
    around = sight[0] - CELL_EDGE, sight[1] - CELL_EDGE, sight[2] + CELL_EDGE, sight[3] + CELL_EDGE
    inside = cell[0] + CELL_EDGE, cell[1] + CELL_EDGE, cell[2] - CELL_EDGE, cell[3] - CELL_EDGE
    box = _shared(around, inside)
    across, down = picture.columns / page.width, picture.rows / page.height
    left, right = round(box[0] * across), round(box[2] * across)
    top, bottom = round(box[1] * down), round(box[3] * down)
    columns, grey = picture.columns, picture.grey
    left, top = max(0, left), max(0, top)
    lines = [grey[row * columns + left : row * columns + min(right, columns)] for row in range(top, bottom)]
    pixels = sorted(b"".join(lines))
    if not pixels:
        return False
    usual = pixels[len(pixels) // 2]
    return sum(abs(pixel - usual) > CONTRAST for pixel in pixels) > SPECKS


def _shared(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _common(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    left, top, right, bottom = _shared(one, other)
    return (right - left) * (bottom - top) if left < right and top < bottom else 0.0


# --- outside of ruled tables -----------------------------------------------------------------------------


def stand_ins(asides: Iterable[Aside], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs for what can't be read, where it may stand in the place of a figure.

    A figure that is struck through is such, unless another one stands beside it, and so are digits that are
    set as notes are, beside nothing.

    Args:
        asides: those that stand in no ruled table.
        glyphs: that stand in none.
    """
    found, struck, notes = [], [], []
    for aside in asides:
        if aside.mark is Mark.STRUCK:
            struck.append(aside.box)
        elif aside.mark in _NOTES and aside.text.isdigit():
            notes.append(aside.box)
        elif aside.mark is Mark.REVERSED or _is_sight(aside, glyphs):
            found.append(Glyph(UNREADABLE, 0, *aside.box))
    digits = _digit_boxes(glyphs) if struck else []
    alone = [box for box in _figures(struck) if all(_gap(digit, box) is None for digit in digits)]
    alone += [box for box in _figures(notes) if not any(_has_note(glyph, box) for glyph in glyphs)]
    return [*found, *(Glyph(UNREADABLE, 0, *box) for box in alone)]


def _is_sight(aside: Aside, glyphs: Iterable[Glyph]) -> bool:
    """Whether something that can't be read is of a figure's size."""
    width, height = aside.box[2] - aside.box[0], aside.box[3] - aside.box[1]
    is_there = aside.mark in _BARRIERS or _is_drawn_alone(aside, glyphs)
    return is_there and width >= SMALLEST_SIGHT <= height <= SIGHT_HEIGHT


def _has_note(glyph: Glyph, note: Box) -> bool:
    """Whether a note stands beside a glyph with ink."""
    box = glyph[2:]
    return not glyph.text.isspace() and _gap(box, note) is not None and _is_noted(box, note)


def _is_drawn_alone(aside: Aside, glyphs: Iterable[Glyph]) -> bool:
    """Whether something is a drawing around or upon which no text stands."""
    left, top, right, bottom = aside.box
    return aside.mark is Mark.BACKDROP and not any(
        left <= (one.left + one.right) / 2 <= right and top <= (one.top + one.bottom) / 2 <= bottom
        for one in glyphs
    )


def _figures(struck: Iterable[Box]) -> list[Box]:
    """The boxes around characters that stand beside each other."""
    figures: list[Box] = []
    for box in struck:
        if figures and _gap(figures[-1], box) is not None:
            figures[-1] = _around(figures[-1], box)
        else:
            figures.append(box)
    return figures


def tell_besides(tables: Iterable[PageTable], asides: Sequence[Aside]) -> None:
    """Tell tables without lines what stands beside the text of their cells.

    Args:
        tables: whose cells are told.
        asides: those that stand in no ruled table.
    """
    notes = [aside for aside in asides if aside.mark not in _BARRIERS and aside.mark is not Mark.BACKDROP]
    if not notes:
        return
    cells = [cell for table in tables for row in table.rows for cell in row if cell.is_figure]
    for aside in notes:
        near = [(gap, i) for i, cell in enumerate(cells) if (gap := _gap(cell.box, aside.box)) is not None]
        if near:
            _, i = min(near)
            cells[i].besides += marked(_mark_of(aside, [cells[i].box]), aside.text)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _gap(figure: Box, box: Box) -> float | None:
    """How far something stands beside a figure, if it is on a level with it and near."""
    left, top, right, bottom = figure
    height = bottom - top
    if not top - height / 2 <= (box[1] + box[3]) / 2 <= bottom + height / 2:
        return None
    gap = max(left - box[2], box[0] - right, 0.0)
    return gap if gap <= NOTE_GAP * height else None

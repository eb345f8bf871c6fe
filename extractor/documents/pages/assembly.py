"""Pages put together to a document: lines as paragraphs, rulings as grids, tables over page breaks.

A page may be of a PDF or of a scan: from here on they are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat, takewhile
from typing import TypeAlias

from extractor.documents.builder import DocumentBuilder
from extractor.documents.document import Document, Sureness, least_sure
from extractor.documents.pages.apart import set_apart
from extractor.documents.pages.besides import Look, besides_in, stand_ins, tell_besides
from extractor.documents.pages.lines import Line, are_apart, lines_of
from extractor.documents.pages.lists_beside import lists_beside
from extractor.documents.pages.margins import parted_from_margins
from extractor.documents.pages.page import Box, Glyph, RawPage
from extractor.documents.pages.paragraphs import Furniture, Paragraph, paragraphs_of
from extractor.documents.pages.ruled import RuledTable, ruled_tables
from extractor.documents.pages.stamps import noted, words_beside
from extractor.documents.pages.tables import PageTable, close, filled, goes_on, grids_of, join
from extractor.documents.pages.unruled.tables import HandedOn, Part, aligned_tables, header_at_end
from extractor.documents.source import Source

_REPLACEMENT = "\ufffd"
# What holds no ink is as sure as anything.
_BLANK = Sureness(1.0, is_agreed=True)

_IN_NUMBERS = frozenset("0123456789.,")

_Element: TypeAlias = Paragraph | PageTable
# A table of a page, and a cell of it.
_Place: TypeAlias = tuple[int, int]


def document_of(
    pages: Iterable[RawPage], source: Source, encoding: str, look: Look | None = None
) -> Document:
    """Make a document of pages.

    Args:
        pages: in order.
        source: the file that they are of.
        encoding: the name of its format.
        look: paints a page, by its number; None if pages are pictures themselves.

    Raises:
        TooLargeError: if a page has more ruling lines than a report can have.
    """
    assembly = _Assembly(source, look)
    for page in pages:
        assembly.add(page)
    assembly.finish()
    builder = DocumentBuilder()
    tables = 0
    for element in assembly.elements:
        if isinstance(element, PageTable):
            tables += 1
            builder.add_table(element.built(tables), is_grid=True, sureness=element.sureness())
        else:
            builder.add_lines(
                element.built(),
                [assembly.sureness(page, box) for _, page, box in element.lines],
                indent=element.indent,
            )
    return noted(builder.document(source.name, encoding), assembly.beside)


class _Assembly:
    """Takes the pages one by one and joins what goes on from page to page."""

    def __init__(self, source: Source, look: Look | None) -> None:
        self.elements: list[_Element] = []
        self._source = source
        self._look = look
        self._furniture = Furniture()
        self._above: HandedOn | None = None
        # The end of the page before, while it may be the header of a table on the next one.
        self._held: list[Line] = []
        # What stands in the margins beside tables, which it isn't to part from what goes on below.
        self._marginal: list[Paragraph] = []
        self._number = 0
        self._width = 0.0
        self._pages: list[RawPage] = []
        #: What stands beside the text of each page.
        self.beside: list[list[str]] = []

    def sureness(self, page: int, box: Box) -> Sureness | None:
        """How sure what stands in a box of a page is; None if it wasn't recognised from a picture."""
        return _sureness(self._pages[page - 1], box)

    def add(self, page: RawPage) -> None:
        """Add a page."""
        self._number += 1
        self.beside.append(words_beside(page))
        page = set_apart(page) if not page.recognised else page
        self._pages.append(page)
        self._take(self._elements(page))

    def finish(self) -> None:
        """Add what is held back, after the last page."""
        rest = paragraphs_of(self._held, self._number, self._width)
        if not rest:
            self._close()
        self._take(rest)
        # Before all sections, where it is in none.
        self.elements = [*self._marginal, *self.elements]

    def _close(self) -> None:
        """Tell that the table that a page ends with doesn't go on on the next one."""
        if self.elements and isinstance(self.elements[-1], PageTable):
            close(self.elements[-1])

    def _take(self, elements: Sequence[_Element]) -> None:
        """Add what stands on a page, in order."""
        above = list(takewhile(lambda one: isinstance(one, Paragraph), elements))
        if above and not any(isinstance(one, Paragraph) and one.is_figures for one in above):
            self._close()
        is_first = True
        for element in elements:
            last = self.elements[-1] if self.elements else None
            if isinstance(element, Paragraph):
                if isinstance(last, Paragraph) and last.takes(element):
                    last.lines += element.lines
                    last.goes_on = element.goes_on
                else:
                    self.elements.append(element)
            elif is_first and isinstance(last, PageTable) and goes_on(last, element):
                join(last, element)
            else:
                self.elements.append(element)
            is_first = False

    def _elements(self, page: RawPage) -> list[_Element]:
        """What stands on a page, from the top; before it, what was held back and no table has taken."""
        tables = grids_of(ruled_tables(self._source, page.rulings), page.glyphs)
        inside, outside = _by_cell(page.glyphs, tables)
        besides, asides = besides_in(page, self._number, tables, inside, self._look)
        lines = self._furniture.without(lines_of([*outside, *stand_ins(asides, outside)]), page)
        lines, marginal = parted_from_margins(lines, tables, is_picture=bool(page.recognised))
        self._marginal += paragraphs_of(marginal, self._number, page.width)
        before, parts = self._with_aligned_tables(lines, page)
        self._held = self._header_at_end(parts, tables, page)
        elements: list[_Element] = [
            filled(table, own, self._number, beside)
            for table, own, beside in zip(tables, inside, besides, strict=True)
        ]
        aligned = self._tables_and_paragraphs(parts[: len(parts) - len(self._held)], page)
        tell_besides((one for one in aligned if isinstance(one, PageTable)), asides)
        elements += aligned
        if page.recognised:
            _tell_sureness(elements, page)
        elements.sort(key=lambda one: one.top)
        started = paragraphs_of(before, self._number - 1, self._width)
        self._width = page.width
        return [*started, *elements]

    def _with_aligned_tables(self, lines: Sequence[Line], page: RawPage) -> tuple[list[Line], list[Part]]:
        """The lines held back that are of no table, and those of a page with the tables among them."""
        parts, self._above = self._of_lists_beside(lines, page) or aligned_tables(
            lines, self._number, page.width, self._above, self._held
        )
        before = [part for part in parts if isinstance(part, Line) and part in self._held]
        return before, parts[len(before) :]

    def _of_lists_beside(
        self, lines: Sequence[Line], page: RawPage
    ) -> tuple[list[Part], HandedOn | None] | None:
        """What :func:`aligned_tables` gives of two lists side by side, if there are such."""
        beside = lists_beside(lines) if not page.recognised else None
        if beside is None:
            return None
        right, handed_on = aligned_tables(beside.right, self._number, page.width, None)
        if not any(isinstance(part, PageTable) for part in right):
            return None
        left, _ = aligned_tables(beside.left, self._number, page.width, self._above, self._held)
        return [*left, *right], handed_on

    def _header_at_end(
        self, parts: Sequence[Part], tables: Sequence[RuledTable], page: RawPage
    ) -> list[Line]:
        """The lines that a page ends with, where they may be the header of a table on the next one."""
        if page.recognised:
            return []
        held = header_at_end(parts, self._number, page.width)
        if held and any(table.ys[-1] > held[0].top for table in tables):
            return []
        return held

    def _tables_and_paragraphs(self, parts: Sequence[Part], page: RawPage) -> list[_Element]:
        lines = [part for part in parts if isinstance(part, Line)]
        tables = [part for part in parts if isinstance(part, PageTable)]
        return [*tables, *paragraphs_of(lines, self._number, page.width)]


def _by_cell(
    glyphs: Sequence[Glyph], tables: Sequence[RuledTable]
) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """The glyphs in each cell of each table, and those outside of all."""
    inside: list[list[list[Glyph]]] = [[[] for _ in table.cells] for table in tables]
    outside = []
    for glyph, place in _placed(glyphs, tables):
        if place is None:
            outside.append(glyph)
        else:
            table, cell = place
            inside[table][cell].append(glyph)
    return inside, outside


def _tell_sureness(elements: Iterable[_Element], page: RawPage) -> None:
    for element in elements:
        for cell in chain.from_iterable(element.rows) if isinstance(element, PageTable) else ():
            cell.sureness = _sureness(page, cell.box)


def _sureness(page: RawPage, box: Box) -> Sureness | None:
    """How sure what stands in a box is: as sure as the least sure word in it; if it is blank, wholly.

    None if it is no part of a picture.
    """
    if not any(_overlap(box, part) for part in page.recognised):
        return None
    left, top, right, bottom = box
    words = (
        sureness
        for (x0, y0, x1, y1), sureness in page.words
        if left < (x0 + x1) / 2 < right and top < (y0 + y1) / 2 < bottom
    )
    return least_sure(words) or _BLANK


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _placed(glyphs: Sequence[Glyph], tables: Sequence[RuledTable]) -> Iterator[tuple[Glyph, _Place | None]]:
    """Each glyph and its place; all digits of a number that is wider than its cell stand in one."""
    if not tables:
        yield from zip(glyphs, repeat(None))
        return
    places = _places(glyphs, tables)
    borders = (i for i, (one, other) in enumerate(pairwise(places)) if one != other)
    if not any(_is_one_number(glyphs[i], glyphs[i + 1]) for i in borders):
        yield from zip(glyphs, places, strict=True)
        return
    start = 0
    for end in range(1, len(glyphs) + 1):
        if end < len(glyphs) and _is_one_number(glyphs[end - 1], glyphs[end]):
            continue
        number, own = glyphs[start:end], places[start:end]
        start = end
        if all(place == own[0] for place in own):
            yield from zip(number, own, strict=True)
        elif _reaches_over_cells(number, own, tables):
            # It may be two numbers that touch each other.
            yield from zip(number, own, strict=True)
            yield from ((number[0]._replace(text=_REPLACEMENT), place) for place in dict.fromkeys(own))
        else:
            most, _ = Counter(own).most_common(1)[0]
            yield from ((glyph, most) for glyph in number)


def _reaches_over_cells(
    number: Sequence[Glyph], places: Sequence[_Place | None], tables: Sequence[RuledTable]
) -> bool:
    """Whether a number covers the middle of more than one cell."""
    boxes = [tables[place[0]].cells[place[1]].box for place in set(places) if place is not None]
    return sum(number[0].left <= (box[0] + box[2]) / 2 <= number[-1].right for box in boxes) > 1


def _is_one_number(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs are neighbours in a number: what is drawn next may stand at the start of its row."""
    if not (one.text in _IN_NUMBERS and other.text in _IN_NUMBERS and one.turn == other.turn):
        return False
    if one.turn == 0 and other.left < one.left:
        return False
    return not are_apart(one, other) and one.top < (other.top + other.bottom) / 2 < one.bottom


def _places(glyphs: Sequence[Glyph], tables: Sequence[RuledTable]) -> list[_Place | None]:
    """The table and the cell in it that each glyph stands in, in the innermost table."""
    places: list[_Place | None] = []
    innermost = [(i, table.ys[0], table.ys[-1], table.cell_at) for i, table in enumerate(tables)][::-1]
    for _, _, left, top, right, bottom in glyphs:
        x, y = (left + right) / 2, (top + bottom) / 2
        place = None
        for i, first, last, cell_at in innermost:
            if first <= y <= last and (cell := cell_at(x, y)) is not None:
                place = i, cell
                break
        places.append(place)
    return places

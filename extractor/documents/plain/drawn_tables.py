"""Tables that are drawn with characters, cell by cell: merged ones, too, and those of several lines.

So text browsers (w3m, links, elinks) and converters write the tables of a page. Its cells are told by what is
drawn around them, if it is known how wide each character was taken to be. Programs disagree on that: a way to
measure fits where all lines of a table are equally wide, and what they draw stands below each other.

A row is put on the first of its lines, the others are left blank, so that lines stay the lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias
from unicodedata import category, east_asian_width

from extractor.documents.plain.joining import joined, may_be_broken_figures
from extractor.text.figures import is_figure
from extractor.text.folding import BLANK, INVISIBLE, indent_of

_BARS, _RULES = "|｜│┃║", "-=─━═"
_JOINTS = "+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╰╯"
_EDGE = _BARS + _JOINTS
_DRAWN = _EDGE + _RULES
_STRIPPED = BLANK + INVISIBLE + "\t\r"
# Programs fill cells with others; these are of the text.
_WIDE_BLANKS = ("\u3000", "\u2003")
_UNSEEN = ("Mn", "Me", "Cf")
# What begins a table, and any line of one.
_TOP = re.compile(rf"\s*[{_JOINTS}][{_RULES}:{_EDGE}]{{2,}}[{_JOINTS}]\s*")
_LINE = re.compile(rf"\s*[{_EDGE}].*[{_EDGE}]\s*")
# A line between two cells: from a joint or a bar to the next one.
_RULED = re.compile(rf"(?<=[{_EDGE}]):?[{_RULES}]+:?(?=[{_EDGE}])")
# Programs draw joints also as bars: |----|. Dashes between two bars may be a mark, if there are no more.
_LONG = 4
# Between fewer borders, each line may be a row: a table whose header alone is underlined.
_FEWEST_BANDS = 3
# No table of a report is so long, or so wide.
_MOST_LINES, _MOST_BARS = 2000, 200
# A line of a cell goes on on the next one if so few columns are left in it: a blank at both ends, and one
# character that is wide, with a mark that no line begins with.
_MOST_LEFT = 5
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")

# How wide a character is taken to be.
_Measure: TypeAlias = Callable[[str], int]


class DrawnCell(NamedTuple):
    """A cell of a drawn table.

    Attributes:
        text: what stands in it, as one line.
        column: the column that it begins at, counted from 1.
        indent: how far in that begins, in blanks, of which a wide one counts as two; 0 where it stands in the
            middle or on the right.
    """

    text: str
    column: int
    indent: int = 0


class DrawnTable(NamedTuple):
    """A table that is drawn with characters.

    Attributes:
        start, stop: its first line, and the line behind its last.
        rows: of each row its own cells, by the line that it begins on.
    """

    start: int
    stop: int
    rows: Mapping[int, tuple[DrawnCell, ...]]


class _Region(NamedTuple):
    """A cell of a table: its first and its last band, and the places of the separators on both sides."""

    first: int
    last: int
    left: int
    right: int


class _Words(NamedTuple):
    """What stands on a line of a cell, how wide and how far in, and where the separators beside it stand."""

    left: int
    right: int
    text: str
    width: int
    indent: int


class _Line(NamedTuple):
    """A line of a drawn table.

    Attributes:
        bars: the places of the separators on it.
        ruled: from where to where something is drawn between two rows.
        words: what stands between two separators, with their places, and how wide it is.
    """

    bars: tuple[int, ...]
    ruled: tuple[tuple[int, int], ...]
    words: tuple[_Words, ...]


class _Band(NamedTuple):
    """Lines of a table between two on which something is drawn.

    Attributes:
        first: how many lines of the table stand before it.
        lines: what stands on each.
        below: the line below it, on which something is drawn; None where the text ends before.
    """

    first: int
    lines: tuple[_Line, ...]
    below: _Line | None

    @property
    def bars(self) -> tuple[int, ...]:
        """Where the separators of each of its lines stand."""
        return self.lines[0].bars


def drawn_tables(text: str) -> list[DrawnTable]:
    """The tables of a text whose cells are told by what is drawn around them.

    Args:
        text: of a file.
    """
    if "+-" not in text and "+=" not in text and not any(joint in text for joint in "┌┏╔╭"):
        return []
    lines = text.split("\n")
    return [table for block in _blocks(lines) if (table := _table(lines, block)) is not None]


def with_rows_on_lines(text: str, tables: Sequence[DrawnTable]) -> str:
    """A text with each row of its drawn tables on the line that it begins on, with tabs between its cells.

    Args:
        text: of a file.
        tables: those that are drawn in it.
    """
    if not tables:
        return text
    lines = text.split("\n")
    for table in tables:
        for line in range(table.start, table.stop):
            lines[line] = "\t".join(cell.text for cell in table.rows.get(line, ()))
    return "\n".join(lines)


def _blocks(lines: Sequence[str]) -> Iterator[range]:
    """Of each table that may be drawn, its lines: from one that is drawn on to the last that begins so."""
    start: int | None = None
    for place, line in enumerate(lines):
        is_top = _TOP.fullmatch(line) is not None
        if start is None:
            start = place if is_top else None
        elif (is_top and _TOP.fullmatch(lines[place - 1])) or _LINE.fullmatch(line) is None:
            yield range(start, place)
            start = place if is_top else None
    if start is not None:
        yield range(start, len(lines))


def _table(lines: Sequence[str], block: range) -> DrawnTable | None:
    """The table on some lines; None if its cells aren't told, or not by all ways to measure that fit."""
    if len(block) > _MOST_LINES:
        return None
    own = [lines[place] for place in block]
    told = [rows for measure in _MEASURES if (rows := _rows(own, measure)) is not None]
    if not told or any(rows != told[0] for rows in told):
        return None
    return DrawnTable(block.start, block.stop, {block[line]: cells for line, cells in told[0].items()})


# --- how wide characters are ---------------------------------------------------------------------------


def _measure(wide: str, drawing: int, unseen: int) -> _Measure:
    """How wide a character is taken to be.

    Args:
        wide: what Unicode calls characters that are as wide as two others.
        drawing: how wide those are that the table is drawn with.
        unseen: how wide those are that nothing is seen of.
    """

    @lru_cache(maxsize=4096)
    def width(character: str) -> int:
        if character in _DRAWN:
            return drawing
        if category(character) in _UNSEEN:
            return unseen
        return 2 if east_asian_width(character) in wide else 1

    return width


# As terminals have it; those of East Asia, whose lines may be as wide as characters; by number of characters.
_MEASURES = [
    _measure(wide, drawing, unseen)
    for wide, drawing in (("WF", 1), ("WFA", 1), ("WFA", 2), ("", 1))
    for unseen in (0, 1)
]


# --- the lines of a table ------------------------------------------------------------------------------


def _rows(lines: Sequence[str], measure: _Measure) -> dict[int, tuple[DrawnCell, ...]] | None:
    """The rows of a table, by the line that each begins on; None if that isn't told by what is drawn."""
    bands = _bands(lines, measure)
    regions = _regions(bands)
    cells = _cells(bands, regions) if regions is not None else None
    return (
        {band.first: tuple(row) for band, row in zip(bands, cells, strict=True)}
        if cells is not None
        else None
    )


def _line(text: str, measure: _Measure) -> _Line:
    """What stands where on a line."""
    places = list(accumulate(map(measure, text), initial=0))
    ruled = _ruled(text)
    ends = {offset for start, end in ruled for offset in (start - 1, end)}
    bars = [offset for offset, character in enumerate(text) if character in _BARS or offset in ends]
    begins = {start for start, _ in ruled}
    cells = [(left, right) for left, right in pairwise(bars) if left + 1 not in begins]
    words = [(left, right, text[left + 1 : right]) for left, right in cells]
    return _Line(
        tuple(places[bar] for bar in bars),
        tuple((places[start - 1], places[end]) for start, end in ruled),
        tuple(_words(places[left], places[right], own, measure) for left, right, own in words),
    )


def _words(left: int, right: int, text: str, measure: _Measure) -> _Words:
    """What stands between two separators at some places."""
    if not text:
        return _Words(left, right, "", 0, 0)
    own = text.strip(_STRIPPED)
    behind = len(text) - len(text.rstrip(_STRIPPED))
    before = indent_of(text)
    is_left = text[:1] in _WIDE_BLANKS or before < behind - 1
    return _Words(left, right, own, sum(map(measure, own)), before if is_left else 0)


def _ruled(text: str) -> list[tuple[int, int]]:
    """From where to where something is drawn between two rows on a line.

    A single dash between two bars, or a few on a line of figures, may be a mark.
    """
    runs = [(match.start(), match.end(), _has_joint(text, match)) for match in _RULED.finditer(text)]
    if not any(end - start >= _LONG or has_joint for start, end, has_joint in runs):
        return []
    return [(start, end) for start, end, has_joint in runs if end - start > 1 or has_joint]


def _has_joint(text: str, run: re.Match[str]) -> bool:
    """Whether a run of dashes has a joint at an end."""
    return text[run.start() - 1] in _JOINTS or text[run.end()] in _JOINTS


def _bands(lines: Sequence[str], measure: _Measure) -> list[_Band]:
    """The bands of a table; none if its lines are not equally wide, or separators of a band don't agree."""
    bands: list[_Band] = []
    own: list[_Line] = []
    edges: tuple[int, int] | None = None
    for place, text in enumerate(lines):
        line = _line(text, measure)
        edges = edges or (line.bars[0], line.bars[-1])
        are_agreed = line.ruled or not own or line.bars == own[0].bars
        if (line.bars[0], line.bars[-1]) != edges or not are_agreed or len(line.bars) > _MOST_BARS:
            return []
        if not line.ruled:
            own.append(line)
        elif own:
            bands.append(_Band(place - len(own), tuple(own), line))
            own = []
    if own:
        bands.append(_Band(len(lines) - len(own), tuple(own), None))
    return bands


# --- the cells of a table ------------------------------------------------------------------------------


def _regions(bands: Sequence[_Band]) -> list[_Region] | None:
    """The cells of a table, each once, from above and from the left; None if one is no rectangle."""
    regions: list[_Region] = []
    taken: set[tuple[int, int]] = set()
    edges = [frozenset(pairwise(band.bars)) for band in bands]
    for first, band in enumerate(bands):
        for left, right in pairwise(band.bars):
            if (first, left) in taken:
                continue
            last = first
            while (is_open := _is_open(bands[last], left, right)) and last + 1 < len(bands):
                last += 1
                if (left, right) not in edges[last]:
                    return None
                taken.add((last, left))
            if is_open is None:
                return None
            regions.append(_Region(first, last, left, right))
    # One of a single column is a frame around lines.
    return regions if len({region.left for region in regions}) > 1 else None


def _is_open(band: _Band, left: int, right: int) -> bool | None:
    """Whether a cell of a band goes on below it; None if something is drawn below a part of it only."""
    if band.below is None:
        return False
    ruled = sum(max(0, min(end, right) - max(start, left)) for start, end in band.below.ruled)
    if ruled == right - left:
        return False
    return True if ruled == 0 else None


def _cells(bands: Sequence[_Band], regions: Sequence[_Region]) -> list[list[DrawnCell]] | None:
    """What stands in each cell, a list a band; None if the lines of one may be several rows."""
    borders = sorted({bar for band in bands for bar in band.bars})
    column_at = {border: column for column, border in enumerate(borders, 1)}
    rows: list[list[DrawnCell]] = [[] for _ in bands]
    for region in regions:
        words = _words_in(bands, region)
        if words is None or may_be_broken_figures([one.text for one in words]):
            return None
        text = joined([one.text for one in words])
        indent = next((one.indent for one in words if one.text), 0)
        rows[region.first].append(DrawnCell(text, column_at[region.left], indent))
    return rows if all(_is_one_row(band, len(bands)) for band in bands) else None


def _words_in(bands: Sequence[_Band], region: _Region) -> list[_Words] | None:
    """What stands on each line of a cell; None if something stands across its edges."""
    words: list[_Words] = []
    for number, band in enumerate(bands[region.first : region.last + 1], region.first):
        lines = band.lines if number == region.last or band.below is None else (*band.lines, band.below)
        for line in lines:
            own = [one for one in line.words if one.left < region.right and one.right > region.left]
            if [(one.left, one.right) for one in own] != [(region.left, region.right)]:
                return None
            words += own
    return words


def _is_one_row(band: _Band, count: int) -> bool:
    """Whether the lines of a band are surely those of one row.

    They may be several rows where few lines are drawn in a table, where figures stand on more than one of
    them, or where a label begins on another line than the first.
    """
    if len(band.lines) == 1:
        return True
    with_figures = [
        line for line in band.lines if any(one.text and is_figure(one.text) for one in line.words)
    ]
    if not with_figures:
        return True
    if count < _FEWEST_BANDS or len(with_figures) > 1:
        return False
    columns = zip(*(line.words for line in band.lines), strict=True)
    return all(
        _goes_on(upper, lower)
        for column in columns
        for upper, lower in pairwise([one for one in column if one.text])
    )


def _goes_on(upper: _Words, lower: _Words) -> bool:
    """Whether what stands on a line of a cell goes on below: there is no room, and no other label begins."""
    left = upper.right - upper.left - 1 - upper.width
    return left <= _MOST_LEFT and _ORDINAL.match(lower.text) is None

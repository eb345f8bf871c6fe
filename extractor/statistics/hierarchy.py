"""What each row of a statistics table stands below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.statistics.letters import with_letters
from extractor.statistics.line import Line
from extractor.statistics.numbers_within import with_numbers_within
from extractor.statistics.parts import (
    with_headings,
    with_parts,
    with_parts_that_add_up,
    with_parts_that_count_on,
    with_wholes_that_add_up,
)
from extractor.statistics.raw_cells import INDENTED
from extractor.statistics.table import TableRow
from extractor.statistics.words import (
    Words,
    is_first_ordinal,
    is_of_group,
    is_total,
    next_ordinal,
    taken_apart,
)

# A heading without a number: rows that are no further in stand below it, up to the next one.
_OF_HEADING, _OF_TOTAL = -0.5, -1.0
# A row without a number that stands below one that has one: not as deep as the next number.
_OF_ROW = 0.25


class _Open(NamedTuple):
    """A row that the next one may stand below.

    Attributes:
        position: among the rows.
        depth: how deep it is.
        indent: how far in its words begin.
        begins: how far in a part begins, with 其中.
        has_figures: whether it is no heading alone.
        is_part: whether 其中 says that it is a part.
    """

    position: int
    depth: float
    indent: int
    begins: int = 0
    has_figures: bool = True
    is_part: bool = False


class _Counted(NamedTuple):
    """A row with a number: the one that follows it, and what it stands below."""

    following: str | None
    below: tuple[_Open, ...]


def rows_of(lines: Sequence[Line]) -> Iterator[TableRow]:
    """The rows, each with what it stands below.

    Args:
        lines: from top to bottom.
    """
    lines = with_letters(lines)
    hierarchy = _Hierarchy(min((line.indent for line in lines), default=0))
    lines = [*with_wholes_that_add_up(with_numbers_within([*with_headings(lines)]))]
    lines = [*with_parts_that_count_on(lines)]
    for line in with_parts(with_parts_that_add_up(lines)):
        yield from hierarchy.groups_of(line)
        yield hierarchy.row_of(line)


class _Hierarchy:
    """What rows stand below, row after row.

    Numbering tells it: (一) stands below 一、, 1. below (一), 2. beside 1., whatever stands between them; and
    rows without a number below a numbered heading that they follow. Behind 其中 a row is a part of the row
    before it, and rows without a number that follow it are, too, where that row has one. Elsewhere what is
    further in stands below what isn't, and what a merged cell stands beside stands below it.
    """

    def __init__(self, base: int) -> None:
        self._base = base
        self._opened: list[_Open] = []
        self._whole: int | None = None
        self._part_depth = 0.0
        self._parts: list[_Open] = []
        self._groups: dict[tuple[str, ...], int] = {}
        self._numbered: list[bool] = []
        self._counted: dict[float, _Counted] = {}
        self._heading: _Open | None = None

    def groups_of(self, line: Line) -> Iterator[TableRow]:
        """The rows that the cells beside a row are, where they weren't there before."""
        for count in range(1, len(line.groups) + 1):
            key = tuple(cell.text for cell in line.groups[:count])
            if key in self._groups:
                continue
            words = taken_apart(line.groups[count - 1].text)
            self._groups[key] = len(self._numbered)
            self._numbered.append(words.number is not None)
            self._opened, self._whole, self._heading = [], None, None
            self._counted.clear()
            span, above = line.groups[count - 1].span, self._groups.get(key[:-1])
            yield TableRow(words.words, span, words.number, words.unit, (), above)

    def row_of(self, line: Line) -> TableRow:
        """The row that a line is."""
        words, total = line.words, is_total(line.words.words)
        depth = _depth(line, self._base)
        if words.is_part and words.level is None and self._opened and not self._is_within_parts(line, depth):
            self._whole, self._part_depth, self._parts = self._opened[-1].position, depth, []
        elif not (self._goes_on(words, depth) and not total):
            self._whole = None
        is_part = words.is_part or self._whole is not None
        parent = (
            self._open(line, depth, is_total=total) if self._whole is None else self._open_part(line, depth)
        )
        self._numbered.append(words.number is not None)
        unit = line.unit or words.unit
        is_told = words.level is not None or depth > 0 or is_part or total or bool(line.groups)
        is_told = is_told or self._heading is not None
        return TableRow(
            words.words,
            line.label,
            words.number,
            unit,
            line.figures,
            parent,
            is_part,
            total,
            not is_told,
            is_disputed=line.is_disputed,
        )

    def _is_within_parts(self, line: Line, depth: float) -> bool:
        """Whether a row with 其中 is further in than one of the parts above it, which is then its whole.

        It is if the words of that begin further out than it, or the whole row with 其中 does, or it begins
        right below them.
        """
        is_further = any(part.begins <= line.indent - INDENTED for part in self._parts)
        is_further = is_further or self._is_of_last_part(line)
        return self._whole is not None and is_further and self._goes_on(line.words, depth)

    def _open_part(self, line: Line, depth: float) -> int | None:
        """What a part stands below: what the one beside it does, else the part that it is further in than.

        A row without 其中 stands beside one without it that begins as far in, else beside one with it that
        does, else where the words of that begin; one with it stands below the row whose words it begins right
        below.
        """
        beside = [abs(part.begins - line.indent) < INDENTED for part in self._parts]
        plain = [own and not part.is_part for own, part in zip(beside, self._parts, strict=True)]
        beside = plain if any(plain) and not line.words.is_part else beside
        if self._is_of_last_part(line):
            pass
        elif any(beside):
            del self._parts[len(beside) - 1 - beside[::-1].index(True) :]
        else:
            while self._parts and _begin(self._parts[-1], line) > line.indent - INDENTED:
                self._parts.pop()
        parent = self._parts[-1].position if self._parts else self._whole
        is_part = line.words.is_part
        self._parts.append(_Open(len(self._numbered), depth, line.words_indent, line.indent, is_part=is_part))
        return parent

    def _is_of_last_part(self, line: Line) -> bool:
        """Whether 其中 begins right below the words of the last part, which has none before them."""
        last = self._parts[-1] if self._parts else None
        is_below = last is not None and abs(last.indent - line.indent) < INDENTED
        return line.words.is_part and is_below and not self._parts[-1].is_part

    def _goes_on(self, words: Words, depth: float) -> bool:
        """Whether a row without a number goes on with the parts of a whole: as far in as these, if they are
        further in than others, else where the whole has a number."""
        whole = self._whole
        if whole is None or words.level is not None:
            return False
        return depth >= self._part_depth if self._part_depth > 0 else self._numbered[whole] and depth <= 0

    def _open(self, line: Line, depth: float, *, is_total: bool) -> int | None:
        """What a row stands below, by its depth or merged cells beside it; the next may stand below it.

        A total of a group, 小计, is that of the heading that is left open: what follows it stands beside it.
        """
        if is_total and self._is_of_group(line):
            return self._opened[-1].position if self._opened else self._beside(line)
        level, has_figures = line.words.level, bool(line.figures)
        if level is None:
            depth = self._depth_of_words(line, depth, is_total=is_total)
        else:
            self._go_on(level, line)
        while self._opened and self._opened[-1].depth >= depth:
            self._opened.pop()
        parent = self._opened[-1].position if self._opened else self._beside(line)
        # No row stands below one with figures, or a total, only because it follows it.
        deep = max(depth, 0.0) if has_figures or is_total else depth
        opened = _Open(len(self._numbered), deep, line.indent, has_figures=has_figures)
        if level is not None:
            self._counted = {one: counted for one, counted in self._counted.items() if one < level}
            self._counted[level] = _Counted(next_ordinal(line.words), (*self._opened,))
            self._heading = self._heading_above(depth) if has_figures and not line.is_heading else opened
        self._opened.append(opened)
        return parent

    def _beside(self, line: Line) -> int | None:
        """The merged cell that a row stands beside, if there is one."""
        return self._groups.get(tuple(cell.text for cell in line.groups))

    def _is_of_group(self, line: Line) -> bool:
        """Whether a total is a group's, which a merged cell or a heading tells; closes what it adds up."""
        if not is_of_group(line.words.words):
            return False
        while self._opened and self._opened[-1].has_figures:
            self._opened.pop()
        return bool(self._opened or line.groups)

    def _heading_above(self, depth: float) -> _Open | None:
        """The heading that a row with a number stands below, and rows behind it without one, too."""
        return self._heading if self._heading is not None and self._heading.depth < depth else None

    def _go_on(self, level: float, line: Line) -> None:
        """Closes what stands between a number and the one before it, or before one that begins no list."""
        before = self._counted.get(level)
        if before is not None and before.following == line.words.number:
            self._opened = [*before.below]
        elif not is_first_ordinal(line.words):
            self._leave_plain(line)

    def _leave_plain(self, line: Line) -> None:
        """Closes rows without a number that one whose list began before them can't stand below."""
        while self._opened and not self._numbered[self._opened[-1].position]:
            if self._opened[-1].indent <= line.indent - INDENTED or self._opened[-1].depth < 0:
                break
            self._opened.pop()

    def _depth_of_words(self, line: Line, depth: float, *, is_total: bool) -> float:
        """How deep a row without a number is; behind a heading without one no earlier number goes on."""
        has_figures = bool(line.figures)
        if depth <= 0 and (is_total or not has_figures):
            self._heading = None
            if not has_figures:
                self._counted.clear()
            return _OF_TOTAL if is_total else _OF_HEADING
        if depth <= 0 and self._is_left(line):
            return _OF_HEADING
        if depth > 0:
            above = (one for one in reversed(self._opened) if one.indent <= line.indent - INDENTED)
            depth = max(depth, next((one.depth + _OF_ROW for one in above), depth))
        return max(depth, self._heading.depth + _OF_ROW) if self._heading is not None else depth

    def _is_left(self, line: Line) -> bool:
        """Whether a row stands behind those below a heading, which are further in than that and the row."""
        heading = self._heading.position if self._heading is not None else None
        return any(
            (outer.depth == _OF_HEADING or outer.position == heading)
            and row.indent >= max(line.indent, outer.indent) + INDENTED
            for outer, row in pairwise(self._opened)
        )


def _begin(part: _Open, line: Line) -> int:
    """Where a part begins, compared with a row behind it: with one that has 其中, too, at its own 其中."""
    return part.begins if line.words.is_part else part.indent


def _depth(line: Line, base: int) -> float:
    """How deep a row is: by its number, else by how far in it begins."""
    if line.words.level is not None:
        return line.words.level + 1.0
    further = line.indent - base
    return 0.5 + further / 10 if further >= INDENTED else 0.0

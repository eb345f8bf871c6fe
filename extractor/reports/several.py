"""Several reports in one document: where each of them stands.

A document is cut only on strong evidence, as a table given to the wrong report would be read without any
doubt: the table that decides on the edition is there again with most of its rows; all tables stand in the
order in which the form has them, once for each report; and between the tables of one report and those of
the next, and nowhere else, stand the words that a report begins with, or the tables alone make two rounds.
Anything else stays one document, in which every figure is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.document import Document, Grid, Span
from extractor.layout.reader import Stretch, read_layout, stretches_of
from extractor.layout.reading import Doubt, Reading, ReadRow, Standing
from extractor.reports.header_facts import find_beginning, read_facts
from extractor.reports.side_by_side import halves_of
from extractor.result.header import Header
from extractor.text.folding import fold_figure
from rules.form import Form

# A table is there whole with so many of the rows that a form has.
_WHOLE = 0.5
# More reports than any page holds: each is read on its own, beside a copy of the text.
_MOST_REPORTS = 50
_NO_LINE_END = re.compile(r"[^\r\n]")


class Report(NamedTuple):
    """A report of several.

    Attributes:
        document: nothing but the report; all offsets and lines are as they were.
        reading: what its layout gives.
        header: the header facts.
    """

    document: Document
    reading: Reading
    header: Header


def read_apart(document: Document, forms: tuple[Form, ...]) -> tuple[Report, ...]:
    """The reports of a document that holds some tables twice; none if it can't be told which is which.

    A report that is there again with the same figures is given once.

    Args:
        document: the input.
        forms: editions of one family.
    """
    stretches = stretches_of(document, forms)
    if halves := _read_halves(document, stretches, forms):
        return halves
    rounds = _rounds(stretches, forms)
    if not 1 < len(rounds) <= _MOST_REPORTS:
        return ()
    if any(_is_broken(document.text, one) for one in rounds):
        return ()
    borders = [_border(document.text, *pair, forms) for pair in pairwise(rounds)]
    if borders == [None]:
        return _read_copies(document, rounds[0], rounds[1], forms)
    if None in borders:
        return ()
    ends = [0, *(border for border in borders if border is not None), len(document.text)]
    parts = [(start, _between(document, start, end)) for start, end in pairwise(ends)]
    return _told([_Found(own, read_layout(own, forms), read_facts(own), start) for start, own in parts])


def _read_halves(
    document: Document, stretches: Sequence[Stretch], forms: tuple[Form, ...]
) -> tuple[Report, ...]:
    """Two reports side by side."""
    found = []
    for half in halves_of(document, stretches):
        reading = read_layout(half.document, forms)
        if not half.holds(reading):
            return ()
        found.append(_Found(half.document, reading, read_facts(half.own), half.start))
    return _told(found)


class _Found(NamedTuple):
    """A report of several, and where it begins."""

    document: Document
    reading: Reading
    header: Header
    start: int
    is_copied: bool = False


def _told(found: Sequence[_Found]) -> tuple[Report, ...]:
    """The reports, told apart by their names; none if one of them still seems to be several."""
    if any(report.reading.is_repeated for report in found):
        return ()
    reports = []
    several = _with_differences(_without_copies(found))
    for number, (document, reading, header, start, is_copied) in enumerate(several, 1):
        standing = Standing(number, len(several), Span(start, start), is_copied)
        name = f"{document.name}#{number}" if len(several) > 1 else document.name
        reports.append(Report(replace(document, name=name), replace(reading, standing=standing), header))
    return tuple(reports)


# --- the same figures twice --------------------------------------------------------------------------


def _without_copies(reports: Sequence[_Found]) -> list[_Found]:
    """Of every report that is there several times, the one that leaves the fewest doubts."""
    found: list[_Found] = []
    for report in reports:
        same = next((i for i, other in enumerate(found) if _are_same(report, other)), None)
        if same is None:
            found.append(report)
        else:
            better = min(found[same], report, key=lambda one: _doubts(one.reading))
            found[same] = better._replace(is_copied=True)
    return found


def _with_differences(reports: Sequence[_Found]) -> list[_Found]:
    """Reports of one organ on one year are versions of one report: where they differ, none is right."""
    versions: dict[tuple[str | None, str | None], list[int]] = {}
    for i, report in enumerate(reports):
        organ, year = report.header.organ, report.header.year
        if organ is not None and year is not None:
            versions.setdefault((organ.value, year.value), []).append(i)
    found = list(reports)
    for same in versions.values():
        figures = [_figures(reports[i].document, reports[i].reading) for i in same]
        addresses = {address for one in figures for address in one}
        differing = {a for a in addresses if len({one.get(a) for one in figures}) > 1}
        for i in same:
            found[i] = reports[i]._replace(reading=_doubted(reports[i].reading, differing))
    return found


def _are_same(one: _Found, other: _Found) -> bool:
    """Whether two reports are one: they say nothing different, and the same figures without a gap.

    Empty reports of two organs have the same figures too: without a figure, both must name the organ.
    """
    figures = _figures(one.document, one.reading)
    if None in figures.values() or figures != _figures(other.document, other.reading):
        return False
    facts = [(one.header.organ, other.header.organ), (one.header.year, other.header.year)]
    if any(a and b and a.value != b.value for a, b in facts):
        return False
    return any(map(_counts, figures.values())) or all(a and b for a, b in facts)


def _counts(figure: str | None) -> bool:
    return figure is not None and any(digit in figure for digit in "123456789")


def _figures(document: Document, reading: Reading) -> dict[str, str | None]:
    """What is printed at every address; None where the reading has nothing."""
    found: dict[str, str | None] = {}
    for row in (row for block in reading.blocks for row in block.found):
        spans = row.spans or (None,) * len(row.addresses)
        for address, span in zip(row.addresses, spans, strict=True):
            found[address] = fold_figure(document.text[span.start : span.end]) if span is not None else None
    return found


def _doubts(reading: Reading) -> int:
    return sum(bool(row.doubts) for block in reading.blocks for row in block.found)


def _read_copies(
    document: Document, above: Sequence[Stretch], below: Sequence[Stretch], forms: tuple[Form, ...]
) -> tuple[Report, ...]:
    """A document whose deciding table is there twice in a row: read once, where both say the same."""
    table = forms[0].edition_from
    if not above[-1].table == below[0].table == table:
        return ()
    first, second = (
        replace(document, grids=tuple(_without(document.grids, [s for s in one if s.table == table])))
        for one in (below, above)
    )
    reading, other = read_layout(first, forms), read_layout(second, forms)
    if reading.is_repeated or other.is_repeated:
        return ()
    figures, others = _figures(document, reading), _figures(document, other)
    differing = {
        address for address in figures.keys() | others if figures.get(address) != others.get(address)
    }
    start = Span(below[0].start, below[0].start)
    standing = Standing(1, 1, start, is_copied=not differing)
    reading = replace(_doubted(reading, differing), standing=standing)
    return (Report(first, reading, read_facts(document)),)


def _doubted(reading: Reading, differing: Set[str]) -> Reading:
    """A reading in which the rows are in doubt that differ from another copy of them."""
    blocks = tuple(
        replace(block, found=tuple(_doubted_row(row, differing) for row in block.found))
        for block in reading.blocks
    )
    return replace(reading, blocks=blocks)


def _doubted_row(row: ReadRow, differing: Set[str]) -> ReadRow:
    if differing.isdisjoint(row.addresses):
        return row
    return row._replace(doubts=row.doubts | {Doubt.COPIES_DIFFER})


def _without(grids: Sequence[Grid], left_out: Sequence[Stretch]) -> Iterator[Grid]:
    for grid in grids:
        cells = [c for c in grid.cells if not any(one.start <= c.start <= one.end for one in left_out)]
        if cells:
            yield replace(grid, cells=tuple(cells))


# --- where a report begins ---------------------------------------------------------------------------


def _rounds(stretches: Sequence[Stretch], forms: tuple[Form, ...]) -> list[list[Stretch]]:
    """The stretches of each report, or nothing unless every one has its deciding table whole."""
    tables = [table.id for table in forms[0].tables]
    deciding = tables.index(forms[0].edition_from)
    rounds: list[list[Stretch]] = [[]]
    for stretch in stretches:
        before = rounds[-1]
        last = tables.index(before[-1].table) if before else 0
        is_next = tables.index(stretch.table) < last
        if stretch.table == tables[deciding] == (before[-1].table if before else ""):
            shown = {row for one in before if one.table == stretch.table for row in one.rows}
            is_next = not shown.isdisjoint(stretch.rows)
        if is_next:
            rounds.append([])
        rounds[-1].append(stretch)
    are_whole = all(_is_whole([s for s in one if s.table == tables[deciding]], forms) for one in rounds)
    return rounds if are_whole else []


def _is_whole(stretches: Sequence[Stretch], forms: tuple[Form, ...]) -> bool:
    """Whether most rows of a table are there, as an edition has them."""
    shown = {row for stretch in stretches for row in stretch.rows}
    for form in forms:
        blocks = [block for (table, _), (_, block) in form.blocks.items() if table == form.edition_from]
        rows = {row.id for block in blocks for row in block.rows}
        if len(shown & rows) >= _WHOLE * len(rows):
            return True
    return False


def _border(
    text: str, above: Sequence[Stretch], below: Sequence[Stretch], forms: tuple[Form, ...]
) -> int | None:
    """Where the report below begins; None if it can't be told that there is one."""
    start, end = above[-1].end, below[0].start
    beginning = find_beginning(text, start, end)
    if beginning is not None:
        return beginning
    # Without any words, tables on either side of the deciding one make a round.
    deciding = forms[0].edition_from
    return end if above[-1].table != deciding != below[0].table else None


def _is_broken(text: str, stretches: Sequence[Stretch]) -> bool:
    """Whether a report begins between the tables that are taken for those of one report."""
    return any(find_beginning(text, one.end, other.start) is not None for one, other in pairwise(stretches))


def _between(document: Document, start: int, end: int) -> Document:
    """A document with nothing but a stretch of it; before it stands as much of blanks and lines."""
    blanks = _NO_LINE_END.sub(" ", document.text[:start])
    grids = tuple(_within(document.grids, start, end))
    return replace(document, text=blanks + document.text[start:end], grids=grids)


def _within(grids: Sequence[Grid], start: int, end: int) -> Iterator[Grid]:
    for grid in grids:
        cells = tuple([cell for cell in grid.cells if start <= cell.start < end])
        if cells:
            yield grid if len(cells) == len(grid.cells) else replace(grid, cells=cells)

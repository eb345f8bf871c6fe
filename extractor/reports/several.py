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
from extractor.forms import Family
from extractor.layout.reader import read_layout
from extractor.layout.reading import Doubt, Reading, ReadRow, Standing
from extractor.layout.sections import Stretch, stretches_of
from extractor.reports.header_facts import begins_again, find_beginning, read_facts
from extractor.reports.reading import ReportReading
from extractor.reports.side_by_side import halves_of
from extractor.text.folding import fold_figure

# A table is there whole with so many of the rows that a form has.
_WHOLE = 0.5
# More reports than any page holds: each is read on its own, beside a copy of the text.
_MOST_REPORTS = 50
_NO_LINE_END = re.compile(r"[^\r\n]")


def read_apart(document: Document, forms: Family) -> tuple[ReportReading, ...]:
    """The reports of a document that holds some tables twice; none if it can't be told which is which.

    A report that is there again with the same figures is given once.

    Args:
        document: the input.
        forms: editions of one family.

    Returns:
        The reports in page order, all offsets and lines as they are in ``document``.
    """
    stretches = stretches_of(document, forms)
    if halves := _read_halves(document, stretches, forms):
        return halves
    rounds = _rounds(stretches, forms)
    if not 1 < len(rounds) <= _MOST_REPORTS:
        return ()
    if any(_is_broken(document.text, tables) for tables in rounds):
        return ()
    borders = [_border(document.text, *pair, forms) for pair in pairwise(rounds)]
    if borders == [None]:
        return _read_copies(document, rounds[0], rounds[1], forms)
    if None in borders:
        return ()
    ends = [0, *(border for border in borders if border is not None), len(document.text)]
    parts = []
    titled, last = Span(0, 0), 0
    for (start, end), tables in zip(pairwise(ends), rounds, strict=True):
        part = _between(document, start, end)
        first = tables[0].start
        # Tables that begin without any words stand under the title of those above, and in its annex.
        is_untitled = start == first
        titled = titled if is_untitled else Span(start, first)
        words = (titled, Span(last, first)) if is_untitled else ()
        reading = read_layout(_with_words(part, document.text, words), forms)
        parts.append(_Part(ReportReading(part, forms, reading, read_facts(part)), start))
        last = tables[-1].end
    return _told_apart(parts)


def without_another_report(text: str, reading: Reading) -> Reading:
    """A reading whose rows are all in doubt if its tables stand in two reports, each in one of them.

    Args:
        text: the document's text.
        reading: of all tables of the document, none of which is there twice.
    """
    rows = [row for block in reading.blocks for row in block.found]
    places = [span for row in rows for span in row.spans if span is not None]
    if not places or not begins_again(text, min(places).start, max(places).end):
        return reading
    blocks = tuple(
        replace(
            block, found=tuple(row._replace(doubts=row.doubts | {Doubt.TWO_REPORTS}) for row in block.found)
        )
        for block in reading.blocks
    )
    return replace(reading, blocks=blocks)


def _read_halves(
    document: Document, stretches: Sequence[Stretch], forms: Family
) -> tuple[ReportReading, ...]:
    """Two reports side by side."""
    parts = []
    for half in halves_of(document, stretches):
        reading = read_layout(half.document, forms)
        if not half.holds(reading):
            return ()
        report = ReportReading(half.document, forms, reading, read_facts(half.alone))
        parts.append(_Part(report, half.start))
    return _told_apart(parts)


class _Part(NamedTuple):
    """A report of several.

    Attributes:
        report: what its layout gives.
        start: the offset at which it begins.
        is_copied: whether it is there again, with the same figures.
    """

    report: ReportReading
    start: int
    is_copied: bool = False


def _told_apart(parts: Sequence[_Part]) -> tuple[ReportReading, ...]:
    """The reports, told apart by their names; none if one of them still seems to be several."""
    if any(part.report.reading.is_repeated for part in parts):
        return ()
    reports = []
    parts = _with_differences(_without_copies(parts))
    for number, (report, start, is_copied) in enumerate(parts, 1):
        standing = Standing(number, len(parts), Span(start, start), is_copied)
        document = report.document
        if len(parts) > 1:
            document = replace(document, name=f"{document.name}#{number}")
        reading = replace(report.reading, standing=standing)
        reports.append(report._replace(document=document, reading=reading))
    return tuple(reports)


# --- the same figures twice --------------------------------------------------------------------------


def _without_copies(parts: Sequence[_Part]) -> list[_Part]:
    """Of every report that is there several times, the one that leaves the fewest doubts."""
    kept: list[_Part] = []
    for part in parts:
        same = next((i for i, other in enumerate(kept) if _are_same(part.report, other.report)), None)
        if same is None:
            kept.append(part)
        else:
            better = min(kept[same], part, key=lambda copy: _doubts(copy.report.reading))
            kept[same] = better._replace(is_copied=True)
    return kept


def _with_differences(parts: Sequence[_Part]) -> list[_Part]:
    """Reports of one organ on one year are versions of one report: where they differ, none is right.

    One that names neither, beside one that does, stands under the same title: a draft, last year's tables.
    """
    versions: dict[tuple[str | None, str | None], list[int]] = {}
    untitled: list[int] = []
    for i, part in enumerate(parts):
        organ, year = part.report.header.organ, part.report.header.year
        if organ is not None and year is not None:
            versions.setdefault((organ.value, year.value), []).append(i)
        elif organ is None and year is None:
            untitled.append(i)
    if len(versions) == 1:
        next(iter(versions.values())).extend(untitled)
    changed = list(parts)
    for same in versions.values():
        figures = [_figures(parts[i].report.document, parts[i].report.reading) for i in same]
        addresses = {address for version in figures for address in version}
        differing = {a for a in addresses if len({version.get(a) for version in figures}) > 1}
        for i in same:
            report = parts[i].report
            report = report._replace(reading=_doubted(report.reading, differing))
            changed[i] = parts[i]._replace(report=report)
    return changed


def _are_same(report: ReportReading, other: ReportReading) -> bool:
    """Whether two reports are one: they say nothing different, and the same figures without a gap.

    Empty reports of two organs have the same figures too: without a figure, both must name the organ.
    """
    figures = _figures(report.document, report.reading)
    if None in figures.values() or figures != _figures(other.document, other.reading):
        return False
    facts = [(report.header.organ, other.header.organ), (report.header.year, other.header.year)]
    if any(a and b and a.value != b.value for a, b in facts):
        return False
    return any(map(_counts, figures.values())) or all(a and b for a, b in facts)


def _counts(figure: str | None) -> bool:
    """Whether a printed figure is more than zero."""
    return figure is not None and any(digit in figure for digit in "123456789")


def _figures(document: Document, reading: Reading) -> dict[str, str | None]:
    """What is printed at every address; None where the reading has nothing."""
    figures: dict[str, str | None] = {}
    for row in (row for block in reading.blocks for row in block.found):
        spans = row.spans or (None,) * len(row.addresses)
        for address, span in zip(row.addresses, spans, strict=True):
            figures[address] = fold_figure(document.text[span.start : span.end]) if span is not None else None
    return figures


def _doubts(reading: Reading) -> int:
    """In how many rows there is a doubt."""
    return sum(bool(row.doubts) for block in reading.blocks for row in block.found)


def _read_copies(
    document: Document, above: Sequence[Stretch], below: Sequence[Stretch], forms: Family
) -> tuple[ReportReading, ...]:
    """A document whose deciding table is there twice in a row: read once, where both say the same."""
    deciding = forms[0].edition_from
    if not above[-1].table == below[0].table == deciding:
        return ()
    first, second = (
        without_tables(document, [Span(s.start, s.end) for s in copy if s.table == deciding])
        for copy in (below, above)
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
    whole = document if differing else None
    return (ReportReading(first, forms, reading, read_facts(document), whole),)


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


def without_tables(document: Document, left_out: Sequence[Span]) -> Document:
    """A document without the cells of some tables; its text is as it was.

    Args:
        document: the input.
        left_out: from the header to the last figure of each.
    """
    grids = []
    for grid in document.grids:
        cells = [c for c in grid.cells if not any(s.start <= c.start <= s.end for s in left_out)]
        if cells:
            grids.append(replace(grid, cells=tuple(cells)))
    return replace(document, grids=tuple(grids))


# --- where a report begins ---------------------------------------------------------------------------


def _rounds(stretches: Sequence[Stretch], forms: Family) -> list[list[Stretch]]:
    """The stretches of each report, or nothing unless every one has its deciding table whole."""
    tables = [table.id for table in forms[0].tables]
    deciding = tables.index(forms[0].edition_from)
    rounds: list[list[Stretch]] = [[]]
    for stretch in stretches:
        before = rounds[-1]
        last = tables.index(before[-1].table) if before else 0
        is_next = tables.index(stretch.table) < last
        if stretch.table == tables[deciding] == (before[-1].table if before else ""):
            shown = {row for other in before if other.table == stretch.table for row in other.rows}
            is_next = not shown.isdisjoint(stretch.rows)
        if is_next:
            rounds.append([])
        rounds[-1].append(stretch)
    of_deciding = [[stretch for stretch in round_ if stretch.table == tables[deciding]] for round_ in rounds]
    return rounds if all(_is_whole(stretches, forms) for stretches in of_deciding) else []


def _is_whole(stretches: Sequence[Stretch], forms: Family) -> bool:
    """Whether most rows of a table are there, as an edition has them."""
    shown = {row for stretch in stretches for row in stretch.rows}
    for form in forms:
        blocks = [block for (table, _), (_, block) in form.blocks.items() if table == form.edition_from]
        rows = {row.id for block in blocks for row in block.rows}
        if len(shown & rows) >= _WHOLE * len(rows):
            return True
    return False


def _border(text: str, above: Sequence[Stretch], below: Sequence[Stretch], forms: Family) -> int | None:
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
    pairs = pairwise(stretches)
    return any(find_beginning(text, above.end, below.start) is not None for above, below in pairs)


def _between(document: Document, start: int, end: int) -> Document:
    """A document with nothing but a stretch of it; before it stands as much of blanks and lines."""
    blanks = _NO_LINE_END.sub(" ", document.text[:start])
    grids = tuple(_within(document.grids, start, end))
    notes = tuple([note for note in document.notes if note[0] < end and note[1] >= start])
    return replace(document, text=blanks + document.text[start:end], grids=grids, notes=notes)


def _with_words(part: Document, text: str, words: Sequence[Span]) -> Document:
    """A stretch of a document below words of its text that stand somewhere above it."""
    shown = part.text
    for start, end in words:
        shown = shown[:start] + text[start:end] + shown[end:]
    return replace(part, text=shown)


def _within(grids: Sequence[Grid], start: int, end: int) -> Iterator[Grid]:
    for grid in grids:
        cells = tuple([cell for cell in grid.cells if start <= cell.start < end])
        if cells:
            yield grid if len(cells) == len(grid.cells) else replace(grid, cells=cells)

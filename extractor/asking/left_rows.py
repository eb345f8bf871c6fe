"""Rows of a table that the layout finds, and that neither it nor a question about single rows can settle.

Their labels are in pieces around their figures, or lost; figures stand there that are no row's. A model may
say which words and figures are theirs. The rows that the page settles stand beside them: theirs are the
columns, and what is told of the others must fit in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import units_of
from extractor.asking.series import is_ordinal_at
from extractor.asking.told_series import SeriesRefusal, ToldTable
from extractor.asking.two_readings import can_change, is_beside_strays
from extractor.documents.document import Document, Span
from extractor.layout.reading import Doubt, ReadBlock, Reading, ReadRow
from extractor.text.figures import numbers_in
from rules.form import Row

# Whose figures these are is in doubt, and not where they stand: to be told where is no help.
_NOT_ASKED = frozenset(
    {
        Doubt.COPIES_DIFFER,
        Doubt.DISOWNED,
        Doubt.READERS_DIFFER,
        Doubt.SIDE_BY_SIDE,
        Doubt.TWO_LABELS,
        Doubt.TWO_REPORTS,
        Doubt.UNREAD,
    }
)
# A header has no more lines above the labels that are known of it.
_MOST_ABOVE = 6


def left_rows(document: Document, reading: Reading, block: ReadBlock) -> tuple[Row, ...]:
    """The rows of a block that are open, if there is one of which nothing else can be asked.

    Args:
        document: the report.
        reading: what is known of it.
        block: of it.
    """
    if not _can_be_told(block):
        return ()
    changing = (unit for unit in units_of(reading) if can_change(unit, document.text))
    asked_by_row = {row.addresses for unit in changing for row in unit.rows}
    left = [row for row in block.found if not _is_settled(row)]
    if all(row.addresses in asked_by_row or _is_placed(row) for row in left):
        return ()
    names = _with_alternatives(block, {row.row.id for row in left})
    return tuple(row for row in block.block.rows if row.id in names)


def _can_be_told(block: ReadBlock) -> bool:
    in_doubt = any(not row.doubts.isdisjoint(_NOT_ASKED) for row in block.found)
    return block.is_on_page and block.block.orientation == "rows" and not in_doubt


def _with_alternatives(block: ReadBlock, names: set[str]) -> set[str]:
    """Names of open rows, and of all alternatives that a block can have as long as the page settles none."""
    found = {row.row.id for row in block.found}
    alternatives = [set(chain(*choices)) for choices in block.block.one_of]
    return names.union(*(rows for rows in alternatives if names.issuperset(rows & found)))


def _is_settled(row: ReadRow) -> bool:
    return bool(row.spans) and not row.doubts and not row.open


def _is_placed(row: ReadRow) -> bool:
    """Whether a row has figures, and is in doubt for those of others beside it, or as they stand apart.

    It is settled with these others, or by who finds the same place; what stands behind its label is known.
    """
    return is_beside_strays(row) or (bool(row.spans) and Doubt.TORN in row.doubts)


def settled_columns(block: ReadBlock) -> tuple[tuple[str, Span | None], ...]:
    """The columns of a block, in the order of the figures of settled rows, and where their labels stand.

    Args:
        block: any; nothing is known if no row is settled whose figures have one place.
    """
    for row in (one for one in block.found if _is_settled(one) and not one.moving):
        named = [
            (span, column.id, label.span)
            for span, column, label in zip(row.spans, block.block.columns, row.columns, strict=True)
            if span is not None
        ]
        if len(named) == len(block.block.columns):
            return tuple((name, label) for _, name, label in sorted(named, key=lambda one: one[0]))
    return ()


def lines_of(
    document: Document, lines: NumberedLines, block: ReadBlock, rows: Sequence[Row]
) -> tuple[int, ...]:
    """The numbers of the lines that some rows of a block can stand on, with the header's.

    No lines if all figures there are those of settled rows.

    Args:
        document: the report.
        lines: of it.
        block: that is on the page.
        rows: of it.
    """
    on = {row.row.id: {lines.at(span.start).number for span in _places(row)} for row in block.found}
    header = {lines.at(label.span.start).number for row in block.found for label in row.columns if label.span}
    if not any(on.values()):
        return ()
    first_row, last_row = min(chain(*on.values())), max(chain(*on.values()))
    first_of_table = min(header | {first_row})
    shown = _between_settled(block, {row.id for row in rows}, on, (first_of_table, last_row))
    settled = {span.start for row in block.found if _is_settled(row) for span in _figures(row)}
    if len(_figures_on(document, lines, shown) - settled) < len(block.block.columns):
        return ()
    # Where no row is settled, the header may be lost, or above what is known of it.
    above = 0 if settled_columns(block) else _MOST_ABOVE
    return tuple(sorted(shown.union(range(max(1, first_of_table - above), first_row))))


def _between_settled(
    block: ReadBlock, asked: set[str], on: Mapping[str, set[int]], ends: tuple[int, int]
) -> set[int]:
    """The lines from the settled row before each asked one to that behind it, or to the ends of the table."""
    shown: set[int] = set()
    for i, row in enumerate(block.found):
        if row.row.id in asked:
            before = [max(on[one.row.id]) for one in block.found[:i] if _is_settled(one)]
            after = [min(on[one.row.id]) for one in block.found[i + 1 :] if _is_settled(one)]
            shown.update(range(max(before, default=ends[0]), min(after, default=ends[1]) + 1))
    return shown


def _figures_on(document: Document, lines: NumberedLines, shown: Iterable[int]) -> set[int]:
    """Where the numbers on some lines begin, but for the ordinals of labels."""
    numbered = (line for number in shown if (line := lines.numbered(number)) is not None)
    return {
        start
        for line in numbered
        for start, _ in numbers_in(document.text, line.start, line.end)
        if not is_ordinal_at(document.text, start)
    }


def _places(row: ReadRow) -> list[Span]:
    return [*_figures(row), *([] if row.label is None else [row.label])]


def refusal_beside(block: ReadBlock, told: ToldTable, reading: Reading) -> SeriesRefusal | None:
    """Why what was told of some rows of a block doesn't fit beside the others; None if it does.

    Args:
        block: as it was before.
        told: of some of its rows.
        reading: with these.
    """
    names = _names(told)
    figures = {span for one in told.series for span in one.cells}
    others = [row for row in block.found if row.row.id not in names]
    settled = [row for row in others if _is_settled(row)]
    if any(not figures.isdisjoint(row.spans) for row in settled):
        return SeriesRefusal.OTHER_LABEL
    starts = _starts(block, reading, names.union(row.row.id for row in settled))
    if starts != sorted(starts):
        return SeriesRefusal.ORDER
    # Figures before a label that are no row's may be its own, and those behind it the next one's.
    loose = _loose([row for row in others if row not in settled], reading) - figures
    inside = _between(loose, starts)
    return SeriesRefusal.WIDTH if len(inside) >= len(block.block.columns) and not told.labelled else None


def _between(figures: Iterable[Span], starts: Sequence[int]) -> list[Span]:
    """Those of some figures that stand between the first and the last row."""
    return [span for span in figures if starts[0] < span.start < starts[-1]]


def _loose(rows: Iterable[ReadRow], reading: Reading) -> set[Span]:
    """The figures of open rows, and of none."""
    return {*chain(*map(_figures, rows)), *chain(*(stray.figures for stray in reading.strays))}


def _names(told: ToldTable) -> set[str]:
    """The rows that were told."""
    return {one.name for one in told.series} if told.by_rows else {name for name, _ in told.across}


def _starts(block: ReadBlock, reading: Reading, names: set[str]) -> list[int]:
    """Where the figures of some rows begin, in the order of the form."""
    found = next(one.found for one in reading.blocks if one.block is block.block)
    return [min(_figures(row)).start for row in found if row.row.id in names and _figures(row)]


def _figures(row: ReadRow) -> list[Span]:
    return [span for span in row.spans if span is not None]

"""One reading of two: what the layout reader read and what a model says, row by row.

A model's figures are already known to stand on the lines that it cites. Whose they are is settled by
the page's own labels where these tell (the layout reading then has no doubt); two readers that read
the same place independently of each other settle it where the figures are only torn from their label. Where
the layout only can't tell which figures are a row's, the model alone settles it, if the row's label stands
whole right before the figures that it cites, below a header that is read. In any other case the row stays a
proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.asking.answers import Answer, layout_spans
from extractor.asking.options import WhoReads
from extractor.asking.schemas import Unit
from extractor.asking.series import end_of_gap, first_number, is_ordinal_at
from extractor.documents.document import Span
from extractor.layout.reading import Doubt, Reading, ReadRow
from extractor.result.cells import LAYOUT
from extractor.text.figures import is_figure

# Figures that are only torn from their label: two readers that have the same settle whose they are.
_SETTLED_BY_AGREEMENT = frozenset({Doubt.TORN})
# Doubts about where the figures of a row are, and not about what the page's labels or its header say.
_SETTLED_BY_LABEL = frozenset(
    {Doubt.TORN, Doubt.BESIDE_STRAYS, Doubt.UNLABELLED, Doubt.CHOSEN_BY_RULES, Doubt.VALUES_FIRST}
)


@dataclass(frozen=True)
class Known:
    """What is known from a model so far; units are named as in its answers.

    Attributes:
        answers: what it says of each unit that it was asked for and has answered.
        reread: units that were read again and stand as before.
        wavering: units that the model has read in two ways: it is no second reader of these.
        preferred: units of which the model's place is shown, where the readers differ.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    reread: frozenset[str] = frozenset()
    wavering: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()


def can_change(unit: Unit, text: str) -> bool:
    """Whether a second reader can settle anything about a unit that the layout reader read.

    A token is spent only where it can change the answer.

    Args:
        unit: as the layout reader has it.
        text: of the document.
    """
    return any(
        _can_be_settled(row, unit) and not is_beside_strays(row) and (row.spans or _has_figures(row, text))
        for row in unit.rows
    )


def _has_figures(row: ReadRow, text: str) -> bool:
    """Whether a figure stands right behind the label of a row; no other could be told to be its."""
    if row.label is None:
        return False
    start = end_of_gap(text, row.label.end)
    number = first_number(text, start)
    is_number = number is not None and number.start == start
    return (is_number or is_figure(text[start : start + 1])) and not is_ordinal_at(text, start)


def _can_be_settled(row: ReadRow, unit: Unit) -> bool:
    if row.label is None or not row.doubts:
        return False
    by_label = row.doubts <= _SETTLED_BY_LABEL and bool(unit.columns) and not row.open
    return by_label or (bool(row.spans) and row.doubts <= _SETTLED_BY_AGREEMENT)


def settles(unit: Unit, answer: Answer) -> bool:
    """Whether an answer settles a unit that the layout reader leaves open, as far as the page is concerned.

    Args:
        unit: as the layout reader has it.
        answer: what a model says of it.
    """
    first = 0
    for row in unit.rows:
        spans = answer.spans[first : first + len(row.addresses)]
        first += len(row.addresses)
        if not spans or not _is_settled(row, unit, answer, spans):
            return False
    return True


def _is_settled(row: ReadRow, unit: Unit, answer: Answer, spans: tuple[Span, ...]) -> bool:
    """Whether an answer, which has these spans of a row, settles it."""
    if not _can_be_settled(row, unit):
        return False
    is_same = spans == row.spans and row.doubts <= _SETTLED_BY_AGREEMENT
    return is_same or (answer.is_labelled and bool(unit.columns) and not row.open)


def is_certain(unit: Unit) -> bool:
    """Whether the page's labels leave no doubt about a unit."""
    return bool(layout_spans(unit)) and not any(row.doubts for row in unit.rows)


def agreed_rows(units: Iterable[Unit], known: Known, who_reads: WhoReads, model: str) -> Iterator[ReadRow]:
    """Put a model's answers beside the layout reading.

    Args:
        units: the units that the model was asked for, as the layout reader has them.
        known: what it said.
        who_reads: who reads the tables.
        model: what the model is called where readers are named.

    Returns:
        The rows of these units as both readers have them.
    """
    for unit in units:
        answer = known.answers.get(unit.name)
        first = 0
        for row in unit.rows:
            columns = slice(first, first + len(row.addresses))
            first = columns.stop
            agreed = _agreed(unit, row, answer, columns, who_reads, model)
            yield _as_read_again(agreed, unit.name, known, answer, columns)


def _agreed(
    unit: Unit, row: ReadRow, answer: Answer | None, cells: slice, who_reads: WhoReads, model: str
) -> ReadRow:
    """One row of a unit; ``columns`` are its cells among those of the answer."""
    if row.is_absent or None in row.spans:
        return row
    spans = answer.spans[cells] if answer is not None else ()
    if answer is None or not spans:
        return _without_answer(row, who_reads)
    both = (LAYOUT, model)
    if _is_settled(row, unit, answer, spans):
        readers = both if spans == row.spans else (model,)
        columns = row.columns if row.spans else unit.columns
        return row._replace(spans=spans, columns=columns, moving=frozenset(), is_agreed=True, readers=readers)
    if not row.spans:
        return row._replace(spans=spans, doubts=row.doubts | {Doubt.TORN}, readers=(model,))
    if spans != row.spans:
        pairs = zip(row.addresses, spans, row.spans, strict=True)
        differing = frozenset(address for address, span, other in pairs if span != other)
        return row._replace(differing=differing, readers=both)
    return row._replace(readers=(model,) if who_reads is WhoReads.MODEL and not row.doubts else both)


def is_beside_strays(row: ReadRow) -> bool:
    """Whether a row has figures of its own, and may only have those of no row beside it, too."""
    return bool(row.spans) and Doubt.BESIDE_STRAYS in row.doubts and row.doubts <= _SETTLED_BY_LABEL


def rows_without_strays(reading: Reading, agreed: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The rows in doubt for the figures of no row beside them, where other rows have all of these now.

    Args:
        reading: as the layout has it.
        agreed: rows as both readers have them.
    """
    taken = _starts(row for row in agreed if row.is_agreed)
    known = {row.addresses for row in agreed}
    left = [figure.start for stray in reading.strays for figure in stray.figures if figure.start not in taken]
    for block in reading.blocks if taken else ():
        starts = _starts(block.found)
        is_left = any(min(starts) <= start <= max(starts) for start in left) if starts else False
        for row in () if is_left else block.found:
            if is_beside_strays(row) and row.addresses not in known:
                yield row._replace(is_agreed=not row.open)


def _starts(rows: Iterable[ReadRow]) -> set[int]:
    """Where the figures of some rows begin."""
    return {span.start for row in rows for span in row.spans if span is not None}


def _without_answer(row: ReadRow, who_reads: WhoReads) -> ReadRow:
    """A row of which the model says nothing, or nothing that stands where it says.

    What the page itself proves stays proved.
    """
    if who_reads is WhoReads.MODEL and row.doubts:
        return row._replace(spans=(), doubts=row.doubts | {Doubt.UNREAD}, readers=())
    if who_reads is WhoReads.BOTH and not row.doubts:
        return row._replace(differing=frozenset(row.addresses))
    return row


def _as_read_again(row: ReadRow, name: str, known: Known, answer: Answer | None, columns: slice) -> ReadRow:
    """What reading a unit again has changed about one of its rows, which two readings have been made one."""
    if row.differing and answer is not None and name in known.preferred:
        row = row._replace(spans=answer.spans[columns])
    if row.is_agreed and name in known.wavering:
        row = row._replace(is_agreed=False, differing=frozenset(row.addresses))
    # What one reader alone has placed is no independent reading of the page, however often it is repeated.
    is_settled = not row.doubts or (row.is_agreed and LAYOUT in row.readers)
    return row._replace(is_reread=is_settled and name in known.reread)

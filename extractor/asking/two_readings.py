"""One reading of two: what the layout reader read and what a model says, row by row.

A model's figures are already known to stand on the lines that it cites. Whose they are is settled by
the page's own labels where these tell (the layout reading then has no doubt); two readers that read
the same place independently of each other settle it where the figures are only torn from their label;
in any other case the row stays a proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from extractor.asking.answers import Answer, layout_spans
from extractor.asking.options import WhoReads
from extractor.asking.schemas import Unit
from extractor.layout.reading import Doubt, ReadRow
from extractor.result.cells import LAYOUT

# Doubts that are about where the figures of a row are, and not about what the page's labels say.
_SETTLED_BY_AGREEMENT = frozenset({Doubt.TORN})


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


def can_change(unit: Unit) -> bool:
    """Whether a second reader can settle anything about a unit that the layout reader read.

    A token is spent only where it can change the answer.
    """
    return any(not row.spans or _can_be_settled(row) for row in unit.rows if not row.is_absent)


def _can_be_settled(row: ReadRow) -> bool:
    return row.label is not None and bool(row.doubts) and row.doubts <= _SETTLED_BY_AGREEMENT


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
            agreed = _agreed(row, answer, columns, who_reads, model)
            yield _as_read_again(agreed, unit.name, known, answer, columns)


def _agreed(row: ReadRow, answer: Answer | None, columns: slice, who_reads: WhoReads, model: str) -> ReadRow:
    """One row of a unit; ``columns`` are its cells among those of the answer."""
    if row.is_absent or None in row.spans:
        return row
    spans = answer.spans[columns] if answer is not None else ()
    if not spans:
        return _without_answer(row, who_reads)
    if not row.spans:
        return row._replace(spans=spans, doubts=row.doubts | {Doubt.TORN}, readers=(model,))
    if spans != row.spans:
        pairs = zip(row.addresses, spans, row.spans, strict=True)
        differing = frozenset(address for address, span, other in pairs if span != other)
        return row._replace(differing=differing, readers=(LAYOUT, model))
    if row.doubts:
        return row._replace(is_agreed=_can_be_settled(row), readers=(LAYOUT, model))
    return row._replace(readers=(model,) if who_reads is WhoReads.MODEL else (LAYOUT, model))


def _without_answer(row: ReadRow, who_reads: WhoReads) -> ReadRow:
    """A row of which the model says nothing, or nothing that stands where it says."""
    if who_reads is WhoReads.MODEL:
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
    is_settled = not row.doubts or row.is_agreed
    return row._replace(is_reread=is_settled and name in known.reread)

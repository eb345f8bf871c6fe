"""One reading of two: what the layout reader found and what a model says, row by row.

A model's figures are already known to stand on the lines that it cites. Whose they are is settled by
the page's own labels where these tell (the layout reading then has no doubt); two readers that find
the same place independently of each other settle it where the figures are only torn from their label;
in any other case the row stays a proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from extractor.asking.answers import Claim, layout_spans
from extractor.asking.schemas import Unit
from extractor.layout.placement import Doubt
from extractor.layout.reading import Reader, Reading, ReadRow
from extractor.result.cells import LAYOUT

# Doubts that are about where the figures of a row are, and not about what the page's labels say.
_SETTLED_BY_AGREEMENT = frozenset({Doubt.TORN})


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


def agreed_reading(
    reading: Reading,
    units: Collection[Unit],
    claims: Mapping[str, Claim],
    reader: Reader,
    model: str,
    *,
    reread: Collection[str] = (),
    wavering: Collection[str] = (),
    preferred: Collection[str] = (),
) -> Reading:
    """Put a model's claims beside the layout reading.

    Args:
        reading: the layout reading.
        units: the units that the model was asked for.
        claims: what it said, by unit.
        reader: who reads.
        model: what the model is called where readers are named.
        reread: names of units that were read again and stand as before.
        wavering: names of units that the model has read in two ways: it is no second reader of these.
        preferred: names of units of which the model's place is shown, where the readers differ.
    """
    rows: dict[tuple[str, ...], ReadRow] = {}
    for unit in units:
        claim = claims.get(unit.name)
        for i, row in enumerate(unit.rows):
            first = sum(len(before.addresses) for before in unit.rows[:i])
            own = slice(first, first + len(row.addresses))
            agreed = _agreed(row, claim, own, reader, model)
            if agreed.differing and claim is not None and unit.name in preferred:
                agreed = agreed._replace(spans=claim.spans[own])
            if agreed.is_agreed and unit.name in wavering:
                agreed = agreed._replace(is_agreed=False, differing=frozenset(row.addresses))
            is_settled = not agreed.doubts or agreed.is_agreed
            rows[row.addresses] = agreed._replace(is_reread=is_settled and unit.name in reread)
    blocks = [
        replace(block, found=tuple(rows.get(row.addresses, row) for row in block.found))
        for block in reading.blocks
    ]
    return replace(reading, blocks=tuple(blocks))


def _agreed(row: ReadRow, claim: Claim | None, own: slice, reader: Reader, model: str) -> ReadRow:
    """One row of a unit; ``own`` are its cells among those of the claim."""
    if row.is_absent or None in row.spans:
        return row
    spans = claim.spans[own] if claim is not None else ()
    if not spans:
        return _without_claim(row, reader)
    if not row.spans:
        return row._replace(spans=spans, doubts=row.doubts | {Doubt.TORN}, readers=(model,))
    if spans != row.spans:
        pairs = zip(row.addresses, spans, row.spans, strict=True)
        differing = frozenset(address for address, span, other in pairs if span != other)
        return row._replace(differing=differing, readers=(LAYOUT, model))
    if row.doubts:
        return row._replace(is_agreed=_can_be_settled(row), readers=(LAYOUT, model))
    return row._replace(readers=(model,) if reader is Reader.MODEL else (LAYOUT, model))


def _without_claim(row: ReadRow, reader: Reader) -> ReadRow:
    """A row of which the model says nothing, or nothing that stands where it says."""
    if reader is Reader.MODEL:
        return row._replace(spans=(), doubts=row.doubts | {Doubt.UNREAD}, readers=())
    if reader is Reader.BOTH and not row.doubts:
        return row._replace(differing=frozenset(row.addresses))
    return row

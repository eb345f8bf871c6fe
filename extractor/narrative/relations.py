"""What claims say of each other and of the tables: wholes and parts, shares, growth, cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.extraction import Cell, Header
from extractor.narrative.cells import cells_of
from extractor.narrative.claims import Claim, Measure, Relation, RelationKind
from extractor.narrative.mentions import Mention
from extractor.narrative.partitions import Partition, partitions, shares
from rules.interval import share_agrees


def relations(
    found: Sequence[Mention], claims: Sequence[Claim], header: Header, cells: Mapping[str, Cell]
) -> Iterator[Relation]:
    """The relations of the claims of one stretch of text, undecided.

    Args:
        found: its mentions, in order.
        claims: the claim of each of them.
        header: what the report says about itself.
        cells: of the tables, by address.
    """
    known = partitions(found)
    for partition in known:
        kind = RelationKind.CLOSED if partition.is_closed else RelationKind.OPEN
        if (
            kind is RelationKind.OPEN
            and partition.is_media
            and partition.total > partition.whole.quantity.value
        ):
            # One item went out on two channels: no contradiction.
            continue
        yield Relation(kind, partition.whole.index, tuple(part.index for part in partition.parts))
    yield from _shares(found, known)
    yield from _growths(found, claims, known)
    for mention, claim in zip(found, claims, strict=True):
        addresses = cells_of(found, mention, claim, header, cells)
        if addresses:
            yield Relation(RelationKind.CELL, mention.index, addresses=addresses)


def _shares(found: Sequence[Mention], known: Sequence[Partition]) -> Iterator[Relation]:
    wholes = {part.index: partition.whole for partition in known for part in partition.parts}
    for part, share in shares(found):
        candidates = [wholes[part.index]] if part.index in wholes else []
        candidates += [
            one
            for one in reversed(found[: part.index])
            if one.is_count
            and one.unit == part.unit
            and part.sentence - one.sentence <= 1
            and one.depth <= part.depth
            and one.index not in wholes
            and one.quantity.value >= part.quantity.value
            and one not in candidates
        ]
        if candidates:
            agreeing = (one for one in candidates if _agrees(part, one, share))
            whole = next(agreeing, candidates[0])
            yield Relation(RelationKind.SHARE, share.index, (part.index, whole.index))


def _agrees(part: Mention, whole: Mention, share: Mention) -> bool:
    value = whole.quantity.value
    return bool(value) and share_agrees(part.quantity.value, value, Decimal(share.quantity.value))


def _growths(
    found: Sequence[Mention], claims: Sequence[Claim], known: Sequence[Partition]
) -> Iterator[Relation]:
    """A growth is that of the count before it in its sentence; behind a list of parts, of their whole."""
    wholes = {part.index: partition.whole for partition in known for part in partition.parts}
    for mention, claim in zip(found, claims, strict=True):
        if claim.measure is not Measure.GROWTH:
            continue
        before = mention.index - 1
        while before >= 0 and not found[before].is_count and found[before].sentence == mention.sentence:
            before -= 1
        if before < 0 or found[before].sentence != mention.sentence:
            continue
        counted = wholes.get(before, found[before])
        yield Relation(RelationKind.GROWTH, mention.index, (counted.index,))

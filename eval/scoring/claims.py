"""How the claims that were read compare with those that a person read."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractor.result.narrative import Claim, Narrative, RelationKind

# Where a claim stands; as printed; its value, unit, approximation and measure.
Figure = tuple[int, str, Decimal, str, str, str]
# What a relation says, with claims named by where they stand: kind, claim, other claims, rows of cells.
Related = tuple[str, int, tuple[int, ...], tuple[str, ...]]


@dataclass(frozen=True)
class GoldClaim:
    """A claim as the page has it.

    Attributes:
        id: its name in the file.
        section: ``preamble`` or the number of its section.
        start: the offset of the printed number in the document's text.
        relations: as written in the file (``closed c2 c3``, ``cell a+b``).
        is_optional: whether a reader may leave it out or take it.
    """

    id: str
    section: str
    start: int
    printed: str
    value: Decimal
    unit: str
    approximation: str
    measure: str
    what: str
    scope: str
    period: str
    relations: tuple[str, ...]
    is_optional: bool


@cache
def gold_claims(path: Path, text: str) -> tuple[GoldClaim, ...]:
    """The claims of a case.

    Args:
        path: of its ``claims.csv``.
        text: of its document.

    Raises:
        ValueError: if a claim doesn't stand in the text exactly once.
    """
    return tuple(_gold(path, text))


def _gold(path: Path, text: str) -> Iterator[GoldClaim]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            place = row["before"] + row["printed"]
            if text.count(place) != 1:
                raise ValueError(
                    f"{path}: {row['id']}: {place!r} stands {text.count(place)} times in the text"
                )
            yield GoldClaim(
                row["id"],
                row["section"],
                text.index(place) + len(row["before"]),
                row["printed"],
                Decimal(row["value"]),
                row["unit"],
                row["approximation"],
                row["measure"],
                row["what"],
                row["scope"],
                row["period"],
                tuple(one.strip() for one in row["relations"].split(";") if one.strip()),
                row["optional"] == "1",
            )


def gold_relations(gold: Sequence[GoldClaim]) -> set[Related]:
    """The relations of a case's claims."""
    starts = {claim.id: claim.start for claim in gold}
    found: set[Related] = set()
    for claim in gold:
        for one in claim.relations:
            kind, *words = one.split(" ", 1)
            if kind == RelationKind.CELL:
                found.add((kind, claim.start, (), _rows(words[0].split("+"))))
            else:
                found.add((kind, claim.start, tuple(starts[name] for name in words[0].split()), ()))
    return found


def _rows(addresses: Sequence[str]) -> tuple[str, ...]:
    """The rows of cells: a total and the cells that it is the total of are one thing."""
    return tuple(sorted({address.rpartition(".")[0] for address in addresses}))


def read_relations(narrative: Narrative) -> set[Related]:
    """The relations that were read, in the same form."""
    start = [claim.span.start for claim in narrative.claims]
    return {
        (one.kind.value, start[one.claim], tuple(start[other] for other in one.others), _rows(one.addresses))
        for one in narrative.relations
    }


class ClaimScore(NamedTuple):
    """Claims and relations against gold; ``wrong`` are both spurious and missed.

    Attributes:
        right: claims with the same place, number, unit, approximation and measure.
        missed, spurious: what the page has and wasn't read; what was read and isn't there (optional ones
            are neither).
        related, unrelated, misrelated: relations read right; missed; read and not there.
    """

    right: int
    missed: tuple[GoldClaim, ...]
    spurious: tuple[str, ...]
    related: int
    unrelated: tuple[Related, ...]
    misrelated: tuple[Related, ...]

    @property
    def precision(self) -> float:
        """The share of the claims read that are right."""
        return self.right / max(1, self.right + len(self.spurious))

    @property
    def recall(self) -> float:
        """The share of the page's claims that were read."""
        return self.right / max(1, self.right + len(self.missed))


def figure_of(claim: Claim) -> Figure:
    """What a claim that was read is compared by."""
    return (
        claim.span.start,
        claim.printed,
        Decimal(claim.value),
        claim.unit or "",
        claim.approximation.value,
        claim.measure.value,
    )


def score_claims(narrative: Narrative, gold: Sequence[GoldClaim]) -> ClaimScore:
    """Compare what was read with what a person read."""
    read = Counter(figure_of(claim) for claim in narrative.claims)
    wanted = {
        (one.start, one.printed, one.value, one.unit, one.approximation, one.measure): one for one in gold
    }
    optional = {one.start for one in gold if one.is_optional}
    right = [key for key in wanted if key in read and key[0] not in optional]
    missed = tuple(one for key, one in wanted.items() if key not in read and not one.is_optional)
    spurious = tuple(f"{key}" for key in read if key not in wanted and key[0] not in optional)
    relations, known = read_relations(narrative), gold_relations(gold)
    return ClaimScore(
        len(right),
        missed,
        spurious,
        len(relations & known),
        tuple(sorted(known - relations)),
        tuple(sorted(relations - known)),
    )

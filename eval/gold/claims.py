"""The claims of a case's free text, as a person read them: its ``claims.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from extractor.result.narrative import RelationKind

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
                found.add((kind, claim.start, (), rows_of(words[0].split("+"))))
            else:
                found.add((kind, claim.start, tuple(starts[name] for name in words[0].split()), ()))
    return found


def rows_of(addresses: Sequence[str]) -> tuple[str, ...]:
    """The rows of cells by their addresses: a total and what it is the total of are one thing."""
    return tuple(sorted({address.rpartition(".")[0] for address in addresses}))

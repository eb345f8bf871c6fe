"""A relation that its terms contradict, what stands around it, and how likely chance makes something fit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from extractor.narrative.admitted.passage import Number, Passage
from extractor.narrative.checks.contract import ReportText
from extractor.result.narrative import Approximation, Claim, Relation
from rules.interval import rounded

# What chance gives more often than once in so many sentences says nothing.
_RARE = Fraction(1, 20)
_ALL = 100


class Case(NamedTuple):
    """A violated relation and what stands around it.

    Attributes:
        text: of the report.
        relation: that is violated.
        claim: that it is about.
        passage: the sentence of the claim.
        held: the relations of the passage that hold.
        follows: what the claim should be by its terms.
    """

    text: ReportText
    relation: Relation
    claim: Claim
    passage: Passage
    held: Sequence[Relation]
    follows: Fraction | None

    def pairs(self) -> list[tuple[Number, Number]]:
        """The pairs of the passage, but for the relation's own and those of which another claim is right."""
        own = set(self.relation.others)
        taken = {one.others for one in self.held if one.kind is self.relation.kind}
        return [
            (one, two)
            for one, two in self.passage.pairs()
            if {one.place, two.place} != own and (one.place, two.place) not in taken
        ]

    @property
    def is_exact(self) -> bool:
        """Whether the claim is printed to its last digit."""
        return self.claim.approximation is Approximation.EXACT


def unit_of(claim: Claim) -> Fraction:
    """What the last digit that a claim prints stands for: of 4.3 a tenth."""
    close = rounded(claim.value)
    return close.high - close.low


def is_rare(tried: int, of_each: Fraction) -> bool:
    """Whether chance hardly makes one of so many tries fit.

    Args:
        tried: how many.
        of_each: how likely each of them is to.
    """
    return tried * of_each < _RARE


def of_percentage(claim: Claim, whole: Number) -> Fraction:
    """How likely a share of a whole is just this percentage: a small whole has few, and few digits do."""
    return max(unit_of(claim) / _ALL, 1 / Fraction(whole.claim.value))

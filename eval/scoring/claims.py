"""How the claims that were read compare with those that a person read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from eval.gold.claims import GoldClaim, Related, gold_relations, rows_of
from extractor.result.narrative import Claim, Narrative

# Where a claim stands; as printed; its value, unit, approximation and measure.
Figure = tuple[int, str, Decimal, str, str, str]


def read_relations(narrative: Narrative) -> set[Related]:
    """The relations that were read, in the same form."""
    start = [claim.span.start for claim in narrative.claims]
    return {
        (
            relation.kind.value,
            start[relation.claim],
            tuple(start[other] for other in relation.others),
            rows_of(relation.addresses),
        )
        for relation in narrative.relations
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

"""One thing that two sentences count: they state the same number."""

from __future__ import annotations

from fractions import Fraction

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, amount, by_language
from extractor.narrative.checks.numbers import about, quantity, rounded_quantity
from extractor.narrative.claims.taken_up import TAKEN_UP
from extractor.result.narrative import Approximation, Claim, Relation, RelationKind
from rules.claims import Judgement, same

_LONGEST = 6


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, (other,) = text.claim(relation), text.others(relation)
    claimed, before = rounded_quantity(text.document, claim), quantity(other)
    if claimed is None and claim.approximation is Approximation.ABOUT:
        claimed = about(claim.value)
    if claimed is None or before is None:
        return None
    return same(claimed, before, "narrative-taken-up" if _is_taken_up(text, claim) else "narrative-twice")


def _is_taken_up(text: ReportText, claim: Claim) -> bool:
    """Whether the words before a number refer it back to one that was stated: 上述37份."""
    before = text.document.text[max(0, claim.span.start - _LONGEST) : claim.span.start]
    return TAKEN_UP.search(before) is not None


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    unit = text.claim(relation).unit
    return judgement, by_language(
        actual=amount(judgement.follows or Fraction(0), unit),
        difference=amount(abs(judgement.difference or Fraction(0)), unit),
    )


CHECK = RelationCheck(
    frozenset({RelationKind.SAME}), ("narrative-twice", "narrative-taken-up"), _judge, _words
)

"""One thing that two sentences count: they state the same number."""

from __future__ import annotations

from fractions import Fraction

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, amount, by_language
from extractor.narrative.checks.numbers import about, quantity, rounded_quantity
from extractor.result.narrative import Approximation, Relation, RelationKind
from rules.claims import Judgement, same


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, (other,) = text.claim(relation), text.others(relation)
    claimed, before = rounded_quantity(text.document, claim), quantity(other)
    if claimed is None and claim.approximation is Approximation.ABOUT:
        claimed = about(claim.value)
    return None if claimed is None or before is None else same(claimed, before, "narrative-twice")


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    unit = text.claim(relation).unit
    return judgement, by_language(
        actual=amount(judgement.follows or Fraction(0), unit),
        difference=amount(abs(judgement.difference or Fraction(0)), unit),
    )


CHECK = RelationCheck(frozenset({RelationKind.SAME}), ("narrative-twice",), _judge, _words)

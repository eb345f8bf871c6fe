"""Wholes and their parts: all of them sum to the whole, some of them to no more than it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, amount, by_language, listed
from extractor.narrative.checks.numbers import in_one_unit, percentage, quantity, rounded_quantity
from extractor.narrative.claims.units import MONEY
from extractor.result.narrative import Claim, Measure, Relation, RelationKind
from rules.claims import AtLeast, Judgement, closed, open_parts
from rules.confront import Outcome
from rules.interval import rounded

_YUAN = "元"
_AND_MORE = re.compile(r"\s*[^\W\d]{0,4}?等")


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    whole, parts = text.claim(relation), text.others(relation)
    if all(one.measure is Measure.SHARE for one in (whole, *parts)):
        return _percentages(relation, whole, parts)
    if any(one.measure is not Measure.COUNT for one in (whole, *parts)):
        return None
    total = rounded_quantity(text.document, whole)
    counts = [count for part in parts if (count := rounded_quantity(text.document, part)) is not None]
    if total is None or len(counts) < len(parts):
        return None
    total, *counts = in_one_unit((total, *counts), (whole, *parts))
    if relation.kind is RelationKind.CLOSED:
        return closed(total, counts)
    judgement = open_parts(total, counts)
    if judgement.rule == "narrative-open-under" and _says_more(text, parts[-1]):
        return judgement._replace(rule="narrative-open-over", outcome=Outcome.SATISFIED)
    return judgement


def _percentages(relation: Relation, whole: Claim, parts: Sequence[Claim]) -> Judgement | None:
    """Whether shares are, together, what another is told to be, each as it is rounded."""
    exact = [value for one in (whole, *parts) if (value := percentage(one)) is not None]
    if relation.kind is not RelationKind.CLOSED or len(exact) <= len(parts):
        return None
    total, *shares = map(rounded, exact)
    return closed(total, shares)


def _says_more(text: ReportText, last: Claim) -> bool:
    """Whether 等 behind the last of some parts says that there are others."""
    return _AND_MORE.match(text.document.text, last.span.end) is not None


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    whole, parts = text.claim(relation), text.others(relation)
    are_alike = all(part.unit not in MONEY or part.unit == whole.unit for part in parts)
    unit = whole.unit if are_alike else _YUAN
    is_bound = any(isinstance(quantity(part), AtLeast) for part in parts)
    return judgement, by_language(
        parts=listed(parts),
        sum=amount(judgement.follows or Fraction(0), unit, is_bound=is_bound),
        difference=amount(abs(judgement.difference or Fraction(0)), unit),
    )


CHECK = RelationCheck(
    frozenset({RelationKind.CLOSED, RelationKind.OPEN}),
    ("narrative-closed", "narrative-open-over", "narrative-open-under"),
    _judge,
    _words,
)

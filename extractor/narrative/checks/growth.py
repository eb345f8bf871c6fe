"""Growth: a whole number last year gives it, and nothing falls by more than all."""

from __future__ import annotations

from extractor.narrative.checks.check import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, as_printed, by_language, joined
from extractor.narrative.checks.numbers import percentage, quantity
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.claims import Judgement, growth


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, (count,) = text.claim(relation), text.others(relation)
    if claim.measure is not Measure.GROWTH or count.measure is not Measure.COUNT:
        return None
    printed, current = percentage(claim), quantity(count)
    return None if printed is None or current is None else growth(printed, current)


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    (count,) = text.others(relation)
    judgement, words = as_printed(text.claim(relation), judgement)
    return judgement, joined(words, by_language(current=count.printed, previous=str(judgement.nearest)))


CHECK = RelationCheck(
    frozenset({RelationKind.GROWTH}), ("narrative-growth", "narrative-fall"), _judge, _words
)

"""Growth: last year's number beside it, else some whole number, gives it; nothing falls by more than all."""

from __future__ import annotations

from functools import partial

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, as_printed, by_language, joined
from extractor.narrative.checks.numbers import (
    as_printed_together,
    in_one_unit,
    in_tenths,
    percentage,
    percentage_of,
    quantity,
    rounded_quantity,
)
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.claims import Judgement, growth, growth_against


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, counts = text.claim(relation), text.others(relation)
    if claim.measure not in (Measure.GROWTH, Measure.TENTHS) or any(
        one.measure is not Measure.COUNT for one in counts
    ):
        return None
    read = quantity if len(counts) == 1 else partial(rounded_quantity, text.document)
    printed, known = percentage(claim), as_printed_together([read(one) for one in counts], counts)
    numbers = in_one_unit([one for one in known if one is not None], counts)
    if len(numbers) < len(known):
        return None
    if claim.measure is Measure.TENTHS:
        rate = percentage_of(numbers[0], numbers[1], less=100)
        return None if rate is None else in_tenths("narrative-growth-stated", claim, rate)
    if printed is None:
        return None
    if len(numbers) > 1:
        return growth_against(printed, numbers[0], numbers[1], "narrative-growth-stated")
    return growth(printed, numbers[0])


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    current, *stated = [count.printed for count in text.others(relation)]
    previous = stated[0] if stated else str(judgement.nearest)
    judgement, words = as_printed(text.claim(relation), judgement)
    return judgement, joined(words, by_language(current=current, previous=previous))


CHECK = RelationCheck(
    frozenset({RelationKind.GROWTH}),
    ("narrative-growth", "narrative-growth-stated", "narrative-fall"),
    _judge,
    _words,
)

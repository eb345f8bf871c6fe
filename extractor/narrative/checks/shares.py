"""Shares: each is its part of its whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, as_printed, by_language, joined, names
from extractor.narrative.checks.numbers import (
    in_tenths,
    percentage,
    percentage_of,
    rounded_quantity,
    stated,
    summed,
)
from extractor.result.narrative import Approximation, Measure, Relation, RelationKind
from extractor.verify.words import figure_text
from rules.claims import Judgement, Quantity, share, share_of_cells
from rules.confront import Outcome
from rules.words import Language

_ALL = 100


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, counts = text.claim(relation), text.others(relation)
    if claim.measure not in (Measure.SHARE, Measure.TENTHS) or any(
        one.measure is not Measure.COUNT for one in counts
    ):
        return None
    part = (
        rounded_quantity(text.document, counts[0]) if counts else stated(relation.part_addresses, text.cells)
    )
    whole = summed(text.document, counts[1:]) if len(counts) > 1 else stated(relation.addresses, text.cells)
    if part is None or whole is None:
        return None
    if claim.measure is Measure.TENTHS:
        rate = percentage_of(part, whole)
        return None if rate is None else in_tenths("narrative-share", claim, rate)
    if relation.addresses:
        return share_of_cells(
            Decimal(claim.value),
            part,
            whole,
            is_least=claim.approximation is Approximation.AT_LEAST,
            is_about=claim.approximation is Approximation.ABOUT,
        )
    printed = percentage(claim)
    return None if printed is None else _of_whole(printed, part, whole)


def _of_whole(printed: Decimal, part: Quantity, whole: Quantity) -> Judgement:
    """Whether a share is right; no part is more than its whole, however little, but for 115 % of a plan."""
    judgement = share(printed, part, whole)
    if isinstance(part, int) and isinstance(whole, int) and part > whole and printed <= _ALL:
        return judgement._replace(outcome=Outcome.VIOLATED)
    return judgement


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    part, *wholes = (one.printed for one in text.others(relation)) if relation.others else ("",)
    judgement, words = as_printed(text.claim(relation), judgement)
    return judgement, joined(
        words,
        by_language(
            part=_of_cells(text, relation.part_addresses) if relation.part_addresses else part,
            whole=_of_cells(text, relation.addresses) if relation.addresses else "+".join(wholes),
        ),
    )


def _of_cells(text: ReportText, addresses: Sequence[str]) -> dict[Language, str]:
    """The sum of some cells, with what people call them."""
    value = sum(cell.value or 0 for cell in map(text.cells.__getitem__, addresses))
    called = names(text.forms, addresses)
    return {
        "zh": f"表中“{called['zh']}”{figure_text(Fraction(value))}",
        "en": f"{figure_text(Fraction(value))} ({called['en']})",
    }


CHECK = RelationCheck(frozenset({RelationKind.SHARE}), ("narrative-share",), _judge, _words)

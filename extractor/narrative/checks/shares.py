"""Shares: each is its part of its whole, and those of all parts sum to 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.narrative.checks.contract import Judged, RelationCheck, ReportText, TextCheck
from extractor.narrative.checks.messages import Words, as_printed, by_language, joined, listed, names, told
from extractor.narrative.checks.numbers import (
    in_tenths,
    percentage,
    percentage_of,
    rounded_quantity,
    stated,
    summed,
)
from extractor.result.findings import Finding
from extractor.result.narrative import Approximation, Claim, Measure, Relation, RelationKind
from extractor.verify.words import figure_text
from rules.claims import Judgement, Quantity, share, share_of_cells, shares_total
from rules.confront import Outcome
from rules.words import Language

_ALL = 100
# What differs from all by more per cent is no misprint, but of something else.
_MISPRINTED = 15
# 办结95.2%,其余4.8%
_REST = re.compile(r"(?:其余|剩余|余下|另外?)的?(?:约|近)*")
_SENTENCE_END = re.compile(r"[。!?！？\n;；]")


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


def _of_all_parts(partition: Relation, judged: Sequence[Judged]) -> list[Judged]:
    """The shares that are stated of the parts of a whole; none if a part has none."""
    shares = {
        one.relation.others[0]: one
        for one in judged
        if one.relation.kind is RelationKind.SHARE and one.relation.others[1:] == (partition.claim,)
    }
    return [shares[part] for part in partition.others] if shares.keys() >= set(partition.others) else []


def _to_be_summed(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """The shares of all parts of a whole, where neither they nor the parts are wrong by themselves."""
    for partition in judged:
        if partition.relation.kind is RelationKind.CLOSED:
            shares = _of_all_parts(partition.relation, judged)
            outcomes = {one.judgement.outcome for one in (partition, *shares)}
            # Where the parts sum to the whole and each share is right, their sum is right, too.
            if shares and Outcome.VIOLATED not in outcomes and outcomes != {Outcome.SATISFIED}:
                yield shares


def _totals(text: ReportText, judged: Sequence[Judged]) -> Iterator[Finding]:
    """Shares of all parts of a whole that don't sum to 100, though each may be right by itself."""
    for shares in _to_be_summed(judged):
        claims = [text.claim(one.relation) for one in shares]
        printed = [value for claim in claims if (value := percentage(claim)) is not None]
        if len(printed) == len(claims):
            yield from _not_all(text, claims, printed)


def _not_all(text: ReportText, claims: Sequence[Claim], printed: Sequence[Decimal]) -> Iterator[Finding]:
    """What is told of shares that should be of all, and don't sum to 100."""
    total = shares_total(printed)
    if total.outcome is Outcome.VIOLATED:
        words = by_language(
            parts=listed(claims, "%"),
            sum=figure_text(total.says or Fraction(0)),
            difference=figure_text(abs(total.difference or Fraction(0))),
        )
        yield told(text.document, total, claims[0].span, words, text.cause())


def _with_rests(text: ReportText) -> Iterator[Finding]:
    """Shares that don't leave what is told to be the rest: 办结95.2%,其余5.8%.

    Those further in front may be of something else: 满意率90%,现场办理60%,其余40%.
    """
    for place, claim in enumerate(text.claims):
        if claim.measure is not Measure.SHARE or not _REST.fullmatch(claim.what):
            continue
        before = [] if _is_share_behind(text, place) else _shares_before(text, place)
        claims = [*before, claim]
        printed = [value for one in claims if (value := percentage(one)) is not None]
        if not before or len(printed) < len(claims):
            continue
        missed = [abs(sum(printed[first:], Decimal(0)) - _ALL) for first in range(len(before))]
        nearest = missed.index(min(missed))
        totals = [shares_total(printed[first:]) for first in range(len(before))]
        is_missed = all(total.outcome is Outcome.VIOLATED for total in totals)
        if is_missed and missed[nearest] <= _MISPRINTED:
            yield from _not_all(text, claims[nearest:], printed[nearest:])


def _is_share_behind(text: ReportText, place: int) -> bool:
    """Whether the next claim is a share in the same sentence: 其余6%未评价,3%不满意."""
    here, *behind = text.claims[place : place + 2]
    return any(
        one.measure is Measure.SHARE
        and not _SENTENCE_END.search(text.document.text, here.span.end, one.span.start)
        for one in behind
    )


def _shares_before(text: ReportText, place: int) -> list[Claim]:
    """The shares in front of one in its sentence; none if percentages of other kinds are among them."""
    shares: list[Claim] = []
    for before, claim in zip(text.claims[place - 1 :: -1], text.claims[place:0:-1], strict=False):
        if _SENTENCE_END.search(text.document.text, before.span.end, claim.span.start):
            break
        if before.measure is Measure.GROWTH:
            return []
        if before.measure is Measure.SHARE:
            shares.insert(0, before)
    return shares


def _all_totals(text: ReportText, judged: Sequence[Judged]) -> Iterator[Finding]:
    yield from _totals(text, judged)
    yield from _with_rests(text)


TOTALS = TextCheck(("narrative-shares-total",), _all_totals)

"""The shares of all parts of a whole: they sum to 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from extractor.narrative.checks.contract import Judged, ReportText, TextCheck
from extractor.narrative.checks.messages import by_language, listed, told
from extractor.narrative.checks.numbers import percentage
from extractor.narrative.claims.misprints import is_mended
from extractor.result.findings import Finding
from extractor.result.narrative import Claim, Measure, Relation, RelationKind
from extractor.verify.words import figure_text
from rules.claims import shares_total
from rules.confront import Outcome
from rules.phrases import phrase_book

_ALL = 100
# What differs from all by more per cent is no misprint, but of something else.
_MISPRINTED = 15
# 办结95.2%,其余4.8%
_REST = re.compile(r"(?:其余|剩余|余下|另外?)的?(?:约|近)*")
_SENTENCE_END = re.compile(r"[。!?！？\n;；]")
# 文字解读占52.5%,图解占31.1%,其他形式占16.4%
_OTHERS = re.compile(r"、?(?:和|及|以及)?其[他它][^,;:()占]{0,8}占比?(?:为|达)?")
_VIEWED, _VIEW, _FEWEST = (
    re.compile(r"[从按](?:照)?[^，,；;：:()（）]{1,10}(?:看|分|划分|统计|区分)[，,：:]"),
    40,
    3,
)
# Of a question with several answers, shares may sum to more.
_CHOSEN = re.compile("多选|交叉|重叠|可重复")
# What stands between the shares of a scale says no more than the name of the next.
_LONGEST_NAME = 16
_OF_SOME = re.compile(r"其中|[(（)）]|含")


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


def _with_scales(text: ReportText) -> Iterator[Finding]:
    """Shares of all grades of a scale that don't sum to 100: 满意90%、基本满意6%、不满意5%.

    Less may be left to a grade that isn't named, unless two exchanged digits make it up.
    """
    shares = [place for place, claim in enumerate(text.claims) if claim.measure is Measure.SHARE]
    for place in shares[:-1]:
        for scale in phrase_book().grades:
            claims = text.claims[place : place + len(scale)]
            if len(claims) < len(scale) or not _is_scale(text, claims, scale):
                continue
            printed = [value for one in claims if (value := percentage(one)) is not None]
            missed = sum(printed, Decimal(0)) - _ALL
            is_over = 0 < missed <= _MISPRINTED
            if len(printed) == len(scale) and (is_over or any(is_mended(one, -missed) for one in printed)):
                yield from _not_all(text, claims, printed)


def _is_scale(text: ReportText, claims: Sequence[Claim], scale: Sequence[re.Pattern[str]]) -> bool:
    """Whether claims are shares that follow each other, each of the next grade of a scale."""
    are_grades = all(
        claim.measure is Measure.SHARE and grade.fullmatch(claim.what)
        for claim, grade in zip(claims, scale, strict=True)
    )
    between = (text.document.text[one.span.end : other.span.start] for one, other in pairwise(claims))
    return are_grades and not any(
        len(words) > _LONGEST_NAME or _SENTENCE_END.search(words) or _OF_SOME.search(words)
        for words in between
    )


def _with_others(text: ReportText) -> Iterator[Finding]:
    """Shares of a list that ends with what is called 其他, which don't sum to 100: it is all that is left."""
    for place, claim in enumerate(text.claims):
        if claim.measure is not Measure.SHARE or not _OTHERS.fullmatch(claim.what):
            continue
        claims = [*_listed_before(text, place), claim]
        printed = [value for one in claims if (value := percentage(one)) is not None]
        missed = sum(printed, Decimal(0)) - _ALL
        is_misprint = any(is_mended(one, -missed) for one in printed)
        before = text.document.text[max(0, claims[0].span.start - _VIEW) : claims[0].span.start]
        is_near = is_misprint or (_VIEWED.search(before) is not None and abs(missed) <= _MISPRINTED)
        if len(printed) == len(claims) >= _FEWEST and is_near and not _CHOSEN.search(before):
            yield from _not_all(text, claims, printed)


def _listed_before(text: ReportText, place: int) -> list[Claim]:
    """The shares right in front of one that are listed with it, each with a short name."""
    listed: list[Claim] = []
    for before, claim in zip(text.claims[place - 1 :: -1], text.claims[place:0:-1], strict=False):
        between = text.document.text[before.span.end : claim.span.start]
        is_next = len(between) <= _LONGEST_NAME and not _SENTENCE_END.search(between)
        if before.measure is not Measure.SHARE or not is_next or "占" not in before.what:
            break
        listed.insert(0, before)
    return listed


def _all_totals(text: ReportText, judged: Sequence[Judged]) -> Iterator[Finding]:
    yield from _totals(text, judged)
    yield from _with_rests(text)
    yield from _with_scales(text)
    yield from _with_others(text)


CHECK = TextCheck(("narrative-shares-total",), _all_totals)

"""Lists that a passage means otherwise: of fewer parts, of more, or of another number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, takewhile

from extractor.narrative.admitted.case import Case, is_rare, of_percentage
from extractor.narrative.admitted.pairs import has_share_of
from extractor.narrative.admitted.passage import alike
from extractor.narrative.checks.registry import CHECK_OF
from extractor.result.narrative import Approximation, Claim, Measure, RelationKind
from rules.confront import Outcome

_LEFT_OVER = re.compile("[结剩节]余|余下|其余|尚余")
_CARRIED = re.compile("结转|遗留|上年|往年")
# …的120件中有6件
_AMONG = re.compile("[件条项个]?中,?(?:有|的|,)?")
_REACH = 6
# A number and another one are no list.
_FEWEST = 2
_TOGETHER = re.compile("[共总]|合计|小计")
# How many numbers behind a list may be of it, too.
_MOST_MORE = 3


def is_list_of_fewer(case: Case) -> bool:
    """Whether a list is none, or holds, without those of its parts that are of something else.

    上半年412条,下半年538条,下半年较上半年多126条 lists two; of 受理131件,…10件,占受理数的7.6% the 10 are
    some of the 131; 18件、13件、9件,三个街道共40件 lists three; and in 119件中,结转5件、新收114件;120件中有
    6件结转 the 6 are some of the 120.
    """
    own = case.relation.others
    for index in (*_told_otherwise(case), *_shared_out(case), *_subtotals(case), *_among_others(case)):
        left = tuple(one for one in own if one != index)
        if not left:
            return True
        fewer = replace(case.relation, others=left)
        judgement = CHECK_OF[fewer.kind].judge(case.text, fewer)
        if judgement is not None and judgement.outcome is Outcome.SATISFIED:
            return True
    return False


def is_of_more_before(case: Case) -> bool:
    """Whether parts that exceed what is left over are of what that is left of.

    安排经费50万元,实际支出46.8万元,结余3.2万元,其中25万元用于网站升级.
    """
    own = case.claim
    words = case.text.document.text[max(0, own.span.start - _REACH) : own.span.start]
    if case.relation.kind is not RelationKind.OPEN or _LEFT_OVER.search(words) is None:
        return False
    total = sum(case.text.claims[index].value for index in case.relation.others)
    before = (one for one in case.passage.numbers if one.place < case.relation.claim)
    return any(one.claim.value >= total for one in before if alike(one.claim, own))


def _told_otherwise(case: Case) -> Iterator[int]:
    """The parts of a list that other relations take for a difference, an average, or of another whole."""
    own, whole = set(case.relation.others), case.relation.claim
    for one in case.held:
        if one.kind in (RelationKind.DIFFERENCE, RelationKind.AVERAGE) and one.claim in own:
            yield one.claim
        if one.kind is RelationKind.SHARE and len(one.others) > 1 and whole not in one.others:
            yield from own.intersection(one.others)


def _shared_out(case: Case) -> Iterator[int]:
    """The parts of a list that a percentage, of which nothing is known yet, is a share of or in."""
    own = set(case.relation.others)
    told = {one.claim for one in case.held}
    pairs = [(one, two) for one, two in case.passage.pairs() if one.claim.value < two.claim.value]
    rates = (case.text.claims[index] for index in case.passage.claims if index not in told)
    for rate in filter(_is_exact_share, rates):
        for part, whole in pairs:
            if is_rare(len(pairs), of_percentage(rate, whole)) and has_share_of(rate, [(part, whole)]):
                yield from own.intersection((part.place, whole.place))


def _subtotals(case: Case) -> Iterator[int]:
    """The parts of a list that are said to be what those before them come to."""
    own, claims = case.relation.others, case.text.claims
    for number in range(2, len(own)):
        before, part = [claims[index] for index in own[:number]], claims[own[number]]
        words = case.text.document.text[before[-1].span.end : part.span.start]
        if _TOGETHER.search(words) is not None and part.value == sum(one.value for one in before):
            yield own[number]


def _among_others(case: Case) -> Iterator[int]:
    """The parts of a list that are said to be among a number right before them that is none of it."""
    own, claims = set(case.relation.others), case.text.claims
    for index in case.relation.others:
        before = index - 1
        if before in case.passage.claims and before not in own and before != case.relation.claim:
            words = case.text.document.text[claims[before].span.end : claims[index].span.start]
            if _AMONG.fullmatch(words) is not None:
                yield index


def _is_exact_share(claim: Claim) -> bool:
    return claim.measure is Measure.SHARE and claim.approximation is Approximation.EXACT


def is_with_carried(case: Case) -> bool:
    """Whether parts are those of a whole and of what was carried over from before, which is told beside them.

    受理1,800件,办结1,812件(含上年结转20件),年末在办8件.
    """
    values, whole = _exact_numbers(case), case.claim.value
    own = case.relation.others
    if not isinstance(whole, int) or not values.keys() >= set(own):
        return False
    missing = sum(values[index] for index in own) - whole
    beside = (index for index in values if index not in own and values[index] == missing)
    claims, text = case.text.claims, case.text.document.text
    starts = (claims[index].span.start for index in beside)
    return any(_CARRIED.search(text[max(0, start - _REACH) : start]) for start in starts)


def is_other_list(case: Case) -> bool:
    """Whether parts make up another number, two before them, or the same with those that follow.

    受理125件,其中新收120件,结转5件,办结119件 · 建议104件、提案131件,除22件…外,213件 · 164篇、97篇和18篇.
    """
    values = _exact_numbers(case)
    own, whole = case.relation.others, case.claim.value
    if not isinstance(whole, int) or not values.keys() >= set(own):
        return False
    total = sum(values[index] for index in own)
    others = {index: value for index, value in values.items() if index not in own}
    before = [value for index, value in {case.relation.claim: whole, **others}.items() if index < min(own)]
    is_of_another = total in others.values() or total in map(sum, combinations(before, 2))
    return is_of_another or _goes_on(values, max(own), whole - total) or _is_part_itself(case)


def _exact_numbers(case: Case) -> dict[int, int]:
    """The whole numbers of a passage that are counted as a claim is, by their places."""
    numbers = {one.place: one.exact for one in case.passage.numbers if alike(one.claim, case.claim)}
    return {place: value for place, value in numbers.items() if value is not None}


def _is_part_itself(case: Case) -> bool:
    """Whether what is taken for a whole is itself what one of its parts comes to with the others.

    培训已覆盖36家单位,占应参训40家单位的90%,未参训的4家 are 40 together.
    """
    parts = [case.text.claims[index] for index in case.relation.others]
    values = [part.value for part in parts if part.approximation is Approximation.EXACT]
    if len(values) < len(parts) or len(parts) < _FEWEST:
        return False
    return 2 * max(values) == sum(values) + case.claim.value and max(values) > case.claim.value


def _goes_on(values: dict[int, int], last: int, missing: int) -> bool:
    """Whether the next numbers behind a list come to what its parts miss of their whole.

    Args:
        values: of the counts around it, by their places.
        last: the place of its last part.
        missing: what it misses.
    """
    behind = takewhile(values.__contains__, range(last + 1, last + 1 + _MOST_MORE))
    more = [values[place] for place in behind]
    return missing in (sum(more[:number]) for number in range(1, len(more) + 1))

"""A claim is false only if no reading that its passage admits makes it true.

What the grammar binds a claim to is the likeliest of its terms, but not always what was meant: where other
numbers of the sentence make it exactly right, it is no error. Fits by chance grow with the number of
quantities and with coarse precision, so each is weighed: a pair must be one that chance would hardly give,
or else the contradiction one that no misprint of a single digit explains.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from extractor.narrative.admitted.case import Case
from extractor.narrative.admitted.lists import (
    is_list_of_fewer,
    is_of_more_before,
    is_other_list,
    is_with_carried,
)
from extractor.narrative.admitted.misprints import is_one_misprint
from extractor.narrative.admitted.pairs import has_average, has_difference, has_growth, has_product, has_share
from extractor.narrative.admitted.passage import alike, passage_of
from extractor.narrative.checks.contract import Judged, ReportText
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.claims import UNDECIDED
from rules.confront import Outcome

_LISTS = frozenset({RelationKind.CLOSED, RelationKind.OPEN})
# Of these, two numbers say the same of the same two terms.
_OF_TWO = frozenset(
    {RelationKind.SHARE, RelationKind.GROWTH, RelationKind.CHANGE_RATE, RelationKind.DIFFERENCE}
)

# A list of two parts comes to a number before it more often by chance.
_FEWEST_PARTS = 2
_AVERAGE = re.compile("(?:[日月周季年人户]均|平均每?.{0,2})(?:为|约|达)?$")
_REACH = 8
# How many percentage points a rate may be off what it is taken for the rate of.
_FAR = 10

_Fits: TypeAlias = Callable[[Case], bool]


def admitted(text: ReportText, judged: Sequence[Judged]) -> list[Judged]:
    """Judgements of relations, where those are open by which a claim is wrong that its passage makes right.

    Args:
        text: of the report.
        judged: its relations.
    """
    held = sorted((one.relation for one in judged if one.judgement.outcome is Outcome.SATISFIED), key=_claim)
    return [
        Judged(one.relation, UNDECIDED)
        if one.judgement.outcome is Outcome.VIOLATED and _is_right_otherwise(text, one, held)
        else one
        for one in judged
    ]


def _is_right_otherwise(text: ReportText, violated: Judged, held: Sequence[Relation]) -> bool:
    """Whether other numbers of its passage make a claim right, or are what its terms belong to.

    Args:
        text: of the report.
        violated: a relation that doesn't hold.
        held: all that do, in the order of the claims that they are about.
    """
    relation = violated.relation
    passage = passage_of(text, relation.claim)
    first, last = (
        bisect_left(held, place, key=_claim) for place in (passage.claims.start, passage.claims.stop)
    )
    follows = violated.judgement.follows
    case = Case(text, relation, text.claim(relation), passage, held[first:last], follows)
    if _is_of_another(case) or any(fits(case) for fits in _LIKELY.get(relation.kind, ())):
        return True
    unlikely = _UNLIKELY.get(relation.kind)
    return unlikely is not None and unlikely(case) and not is_one_misprint(text, relation)


def _claim(relation: Relation) -> int:
    return relation.claim


def _is_of_another(case: Case) -> bool:
    """Whether another claim of the passage is right of the same terms: 金额整改率96.2%,件数整改率97.4%."""
    own = case.relation
    return own.kind in _OF_TWO and any(
        one.kind is own.kind
        and one.others == own.others
        and len(one.others) > 1
        and one.claim != own.claim
        and case.text.claim(one).measure is case.claim.measure
        for one in case.held
    )


def _is_part_of_list(case: Case) -> bool:
    """Whether a number is a part of a term that it should be the product of: 175、235,共800,每期200."""
    own = case.relation
    return any(
        one.kind in _LISTS and own.claim in one.others and one.claim in own.others for one in case.held
    )


def _is_beside_cell(case: Case) -> bool:
    """Whether a number is a cell's with another, or what is left of one cell without another.

    街道收到46件,区直部门收到74件 are 120 together · 办结119件,其中上年结转5件、本年新收114件.
    """
    value = case.claim.value
    if not isinstance(value, int) or not value or case.follows is None:
        return False
    numbers = {
        one.place: one.exact for one in case.passage.numbers if one.exact and alike(one.claim, case.claim)
    }
    if case.follows - value in numbers.values():
        return True
    of_cells = [one.claim for one in case.held if one.kind is RelationKind.CELL and one.claim in numbers]
    return any(abs(numbers[one] - numbers[two]) == value for one, two in combinations(of_cells, 2))


def _is_told_beside(case: Case) -> bool:
    """Whether the sentence has the cell's number, too, and what a number misses of it.

    当年办结114件,加上上年结转的5件,全年共办结119件.
    """
    told = [
        one.claim
        for one in case.held
        if one.kind is RelationKind.CELL and one.addresses == case.relation.addresses
    ]
    values = [one.exact for one in case.passage.numbers if alike(one.claim, case.claim)]
    return bool(told) and case.follows is not None and case.follows - Fraction(case.claim.value) in values


def _is_of_smaller_whole(case: Case) -> bool:
    """Whether a number is one of a list that comes to a number before it, of which the cell's is no part.

    上年结转的5件中,予以公开3件、部分公开1件、无法提供1件.
    """
    own, follows = case.relation.claim, case.follows
    values = {one.place: one.exact for one in case.passage.numbers if alike(one.claim, case.claim)}
    values[own] = case.claim.value if isinstance(case.claim.value, int) else None
    if follows is None:
        return False
    for first in range(case.passage.claims.start, own):
        whole, total = values.get(first), 0
        for place in range(first + 1, case.passage.claims.stop):
            part = values.get(place)
            if whole is None or part is None or whole >= follows:
                break
            total += part
            if total == whole and place >= own and place - first > _FEWEST_PARTS:
                return True
    return False


def _is_of_average(case: Case) -> bool:
    """Whether a share would be one of an average: 日均12件,其中8项高频事项占六成."""
    starts = [case.text.claims[index].span.start for index in case.relation.others]
    words = case.text.document.text
    return any(_AVERAGE.search(words[max(0, start - _REACH) : start]) is not None for start in starts)


def _is_of_unstated(case: Case) -> bool:
    """Whether a percentage is far from what its terms give, and behind a number that is none of them.

    入户36.5万户,实际完成29.86万户,发现隐患2.7万处,整改率93% is no rate of households.
    """
    if case.claim.measure is not Measure.SHARE or case.follows is None or not case.relation.others:
        return False
    before = range(case.relation.claim - 1, case.passage.claims.start - 1, -1)
    nearest = next((one for one in before if case.text.claims[one].measure is Measure.COUNT), None)
    is_far = abs(case.follows - Fraction(case.claim.value)) > _FAR
    return is_far and nearest is not None and nearest not in case.relation.others


# What makes a claim right is weighed by chance, or is no chance at all.
_LIKELY: Mapping[RelationKind, Sequence[_Fits]] = {
    RelationKind.SHARE: (has_share, _is_of_average),
    RelationKind.GROWTH: (has_growth,),
    RelationKind.DIFFERENCE: (has_difference,),
    RelationKind.PRODUCT: (_is_part_of_list,),
    RelationKind.CELL: (_is_told_beside, _is_of_smaller_whole),
    **dict.fromkeys(_LISTS, (is_list_of_fewer, is_of_more_before, is_with_carried)),
}
# What may be chance, or a guess, is heeded only where no single misprint explains the contradiction.
_UNLIKELY: Mapping[RelationKind, _Fits] = {
    RelationKind.SHARE: _is_of_unstated,
    RelationKind.AVERAGE: has_average,
    RelationKind.PRODUCT: has_product,
    RelationKind.CELL: _is_beside_cell,
    **dict.fromkeys(_LISTS, is_other_list),
}

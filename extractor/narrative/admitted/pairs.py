"""Two other numbers of a passage that make a claim exactly right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from extractor.narrative.admitted.case import Case, is_rare, of_percentage, unit_of
from extractor.narrative.admitted.passage import Number, alike
from extractor.result.narrative import Approximation, Claim, Measure
from rules.arithmetic import average, difference, product
from rules.claims import growth_against, share
from rules.confront import Outcome
from rules.interval import exactly, rounded


def has_share(case: Case) -> bool:
    """Whether a percentage is that of two other numbers: 专职318人、兼职946人,专职占25.2%."""
    return case.is_exact and case.claim.measure is Measure.SHARE and has_share_of(case.claim, case.pairs())


def has_share_of(claim: Claim, pairs: Sequence[tuple[Number, Number]]) -> bool:
    """Whether a percentage is that of one of some pairs, and not by chance."""
    possible = [(one, two) for one, two in pairs if one.claim.value < two.claim.value]
    return any(
        share(Decimal(claim.value), one.value, two.value).outcome is Outcome.SATISFIED
        and is_rare(len(possible), of_percentage(claim, two))
        for one, two in possible
    )


def has_growth(case: Case) -> bool:
    """Whether a growth is that of two other numbers: 2022年96件,2023年120件,比2022年多25%."""
    claim = case.claim
    if not case.is_exact or claim.measure is not Measure.GROWTH:
        return False
    possible = [
        (one, two)
        for one, two in case.pairs()
        if two.claim.value > 0 and (one.claim.value > two.claim.value) is (claim.value > 0)
    ]
    return any(
        growth_against(Decimal(claim.value), one.value, two.value).outcome is Outcome.SATISFIED
        and is_rare(len(possible), of_percentage(claim, two))
        for one, two in possible
    )


def has_difference(case: Case) -> bool:
    """Whether a difference is that of two other numbers: 最高96.2分,我县88.9分,与第一名相差7.3分."""
    numbers = _rates(case) if case.claim.measure is Measure.POINTS else case.passage.numbers
    own = set(case.relation.others)
    possible = [
        (one, two)
        for one, two in combinations(numbers, 2)
        if {one.place, two.place} != own and alike(one.claim, two.claim)
    ]
    if not case.is_exact or not possible:
        return False
    values = [Fraction(one.claim.value) for pair in possible for one in pair]
    spread = max(values) - min(values) or Fraction(1)
    stated = abs(Decimal(case.claim.value))
    says = exactly(stated) if case.claim.measure is Measure.COUNT else rounded(stated)
    return any(
        difference(says, one.value, two.value).outcome is Outcome.SATISFIED
        and is_rare(len(possible), unit_of(case.claim) / spread)
        for one, two in possible
    )


def _rates(case: Case) -> list[Number]:
    """The percentages of a passage that are printed to their last digit."""
    rates = ((index, case.text.claims[index]) for index in case.passage.claims)
    return [
        Number(index, rate, rounded(Decimal(rate.value)))
        for index, rate in rates
        if rate.measure is Measure.SHARE and rate.approximation is Approximation.EXACT
    ]


def has_average(case: Case) -> bool:
    """Whether an average is that of two other numbers: 由46个整合为38个,推送1.9万条,平均每个500条."""
    pairs = ((one, two) for one, two in _any_pairs(case) if two.value.low > 0)
    return case.is_exact and any(
        average(case.claim.value, one.value, two.value).outcome is Outcome.SATISFIED for one, two in pairs
    )


def has_product(case: Case) -> bool:
    """Whether a number is the product of two others: 出版12期,刊登文件96件,每期印发2,000册,共24,000册."""
    return case.is_exact and any(
        product(case.claim.value, (one.value, two.value)).outcome is Outcome.SATISFIED
        for one, two in _any_pairs(case)
    )


def _any_pairs(case: Case) -> Iterator[tuple[Number, Number]]:
    """Each two counts of the passage but for the relation's own, whatever they count."""
    for one in case.passage.numbers:
        for two in case.passage.numbers:
            if one is not two and (one.place, two.place) != case.relation.others:
                yield one, two

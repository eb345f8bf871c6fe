"""Numbers that a sentence relates: differences, multiples, products, averages, balances."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, amount, by_language, digits_of, listed, to_digits
from extractor.narrative.checks.numbers import (
    about,
    as_printed_together,
    in_one_unit,
    in_tenths,
    percentage,
    percentage_of,
    rounded_quantity,
    times,
)
from extractor.narrative.claims.ranks import places_in
from extractor.narrative.claims.ratios import scale_of
from extractor.narrative.claims.units import MONEY
from extractor.result.narrative import Approximation, Claim, Measure, Relation, RelationKind
from extractor.text.folding import fold_label
from extractor.text.numerals import value_of
from rules.arithmetic import (
    PERIODS,
    average,
    balance,
    change_rate,
    difference,
    doubled,
    mean_growth,
    multiple,
    product,
)
from rules.claims import AtLeast, Judgement, Quantity
from rules.confront import Outcome
from rules.interval import Interval, exactly, rounded, total

_DOUBLING, _YUAN, _WEIGHT = "番", "元", "权重"
# 每季度至少检查2次
_AT_LEAST = re.compile("至少|不少于|不低于|以上")
_PERIOD = re.compile("|".join(PERIODS))
_DAYS, _WORKDAY = frozenset("日天"), "工作日"
# 开放308天,日均15人次 · 日均860件,全年21.5万件(按250个工作日计)
_DAYS_TOLD = re.compile(r"(?<![\d.])(\d{2,3})(?:个?工作日|天)")
# 平均每个窗口每天24件 is shared out twice.
_OF_EACH_OF_EACH = re.compile("每.+每")
_EACH_PERIOD = re.compile(f"每个?({_PERIOD.pattern})")
# How many of the shorter a longer period has, days on which an office works included.
_WITHIN = {
    **{("周", day): range(5, 8) for day in "日天"},
    **{("月", day): range(20, 32) for day in "日天"},
    ("月", "周"): (4,),
    ("季", "月"): (3,),
}
_EACH_KIND = re.compile("(?:各|均|每[个家村镇])(?P<kinds>[^各均]*[、和与及][^各均]*)$")
_KIND_PARTED = re.compile("[、和与及]")
# The two numbers of a growth over several years.
_ENDS = ("first", "last")
_PERIOD_OF_YEARS = re.compile(r"(?P<first>20\d\d)年?[至到—~-](?P<last>20\d\d)年")
_SEVERAL_YEARS = re.compile("([两二三四五])年")
_YEARS_TOGETHER = re.compile("([两二三四五六七八九十])年")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_FURTHEST = 80
_ADDED = re.compile(r"(?:增长|增加|提高|提升|上升|扩大|增|多)(?:了|约|近)*$")


class _Stated(NamedTuple):
    """A claim that is to be judged.

    Attributes:
        claim: the number.
        quantity: what it stands for (2.8万 is rounded); None if its words leave that open.
        known: what it is related to.
        is_before: whether the first of these is told to be of another year.
        words: of its sentence before it.
        behind: those of it that stand behind.
        first: what names the first of those that it is related to; empty if there are none.
        is_of_list: whether all that it is related to is counted as it is, and three or more.
    """

    claim: Claim
    quantity: Quantity | None
    known: Sequence[Quantity]
    is_before: bool
    words: str
    behind: str
    first: str
    is_of_list: bool


_Judge = Callable[[_Stated], Judgement | None]


def _difference(stated: _Stated) -> Judgement | None:
    if stated.quantity is None or len(stated.known) < len(_ENDS):
        return None
    return difference(stated.quantity, stated.known[0], stated.known[1])


def _change_rate(stated: _Stated) -> Judgement | None:
    if stated.claim.measure is Measure.MULTIPLE:
        return _multiplied(stated)
    if stated.claim.measure is Measure.TENTHS:
        return _changed_by_tenths(stated)
    printed = percentage(stated.claim)
    if printed is None:
        return None
    return change_rate(printed, stated.known[0], stated.known[1], is_before=stated.is_before)


def _changed_by_tenths(stated: _Stated) -> Judgement | None:
    """Whether a difference is so many tenths of the number before it: 比上年增加6期,增幅达三分之一."""
    current, changed_by = stated.known
    if not isinstance(current, int) or not isinstance(changed_by, int):
        return None
    is_less = stated.claim.value < 0
    before = current if stated.is_before else current + changed_by if is_less else current - changed_by
    rate = percentage_of(-changed_by if is_less else changed_by, before)
    return None if rate is None else in_tenths("narrative-change-rate", stated.claim, rate)


def _multiplied(stated: _Stated) -> Judgement | None:
    """Whether a difference is so many times the number before it: 比上年多出4,200人次,增长了两倍."""
    (current, changed_by), claim = stated.known, stated.claim
    if not isinstance(current, int) or not isinstance(changed_by, int) or claim.unit == _DOUBLING:
        return None
    before = current if stated.is_before else current - changed_by
    if claim.approximation is not Approximation.EXACT or _ADDED.search(claim.what) is None:
        return None
    return multiple(claim.value, changed_by, before, is_added=False)


def _multiple(stated: _Stated) -> Judgement | None:
    claim, known = stated.claim, stated.known
    if claim.approximation is Approximation.AT_LEAST:
        return None
    is_about = claim.approximation is Approximation.ABOUT
    if claim.unit == _DOUBLING:
        return None if is_about else doubled(int(claim.value), known[0], known[1])
    return multiple(
        about(claim.value) if is_about else claim.value,
        known[0],
        known[1],
        is_added=_ADDED.search(claim.what) is not None,
    )


def _product(stated: _Stated, each: Claim) -> Judgement | None:
    """Whether a number is the product of others; 每月 before the last may say that it comes twelve times."""
    claimed, known = stated.quantity, stated.known
    if claimed is None or _AT_LEAST.search(each.what):
        return None
    periods = _PERIOD.findall(each.what)
    is_once = not periods and len(known) == 1
    if is_once:
        # 36个村每季度公布一次: once each needs no number.
        periods = _EACH_PERIOD.findall(stated.words)
        if not periods:
            return None
    numbers = PERIODS[periods[-1]] if periods else ()
    readings = [product(claimed, (*known, of_year)) for of_year in numbers]
    if is_once:
        # 对36个村每季度检查一次 may be four times in all.
        readings += [product(claimed, (of_year,)) for of_year in numbers]
    elif len(known) > 1:
        readings.append(product(claimed, known))
        # 每季度检查1次,每次抽查10家,全年共40家次
        for period in () if periods else _EACH_PERIOD.findall(stated.words):
            readings += [product(claimed, (*known, of_year)) for of_year in PERIODS[period]]
        kinds = _EACH_KIND.search(each.what)
        if kinds is not None:
            # 92家单位各公开预算、决算1份 are two of each.
            number = 1 + len(_KIND_PARTED.findall(kinds["kinds"]))
            readings.append(product(claimed, (*known, number)))
    return min(readings, key=lambda one: one.outcome is Outcome.VIOLATED)


def _average(stated: _Stated) -> Judgement | None:
    claim = stated.claim
    known = _listed(stated.known) if stated.is_of_list else _shared(stated.known)
    if claim.approximation is Approximation.AT_LEAST or not known or _OF_EACH_OF_EACH.search(claim.what):
        return None
    whole, *sharers = known
    printed: int | Decimal | Interval = claim.value
    if isinstance(stated.quantity, Interval):
        printed = stated.quantity
    is_about = claim.approximation is Approximation.ABOUT and not isinstance(printed, Interval)
    shared = times(whole, scale_of(claim.what) or 1)
    judged = partial(average, about(claim.value) if is_about else printed, shared, is_about=is_about)
    if sharers:
        return judged(sharers[0])
    readings = [judged(number) for number in _sharers(stated)]
    return min(readings, key=lambda one: one.outcome is Outcome.VIOLATED, default=None)


def _shared(known: Sequence[Quantity]) -> Sequence[Quantity]:
    """What is shared out and, if it is stated, among how many; what a list counts is summed up."""
    *listed, number = known
    if len(listed) <= 1:
        return known
    # 3场,分别有25人、32人和27人,平均每场28人
    counts = [one for one in listed if isinstance(one, int)]
    return (sum(counts), number) if len(counts) == len(listed) else ()


def _listed(known: Sequence[Quantity]) -> Sequence[Quantity]:
    """The sum of the numbers of a list, and how many these are; none if one of them is open."""
    closed = [
        one if isinstance(one, Interval) else exactly(one) for one in known if not isinstance(one, AtLeast)
    ]
    return (total(closed), len(closed)) if len(closed) == len(known) else ()


def _sharers(stated: _Stated) -> Sequence[int]:
    """Among how many an average shares out what a year, or so many years, had: 过去五年…,年均128件."""
    claim = stated.claim
    if "年均" in claim.what:
        years = _YEARS_TOGETHER.findall(stated.words)
        return [int(value_of(years[-1]) or 1)] if years else ()
    periods = _PERIOD.findall(claim.what)
    numbers = PERIODS[periods[-1]] if periods else ()
    told_of = _EACH_PERIOD.findall(stated.first)
    if periods and told_of:
        # 每周开放63小时,平均每日9小时 is of a week.
        return _WITHIN.get((told_of[-1], periods[-1]), numbers)
    # 日均约35人次 may be of the days on which an office works.
    may_be_of_work = claim.approximation is Approximation.ABOUT and stated.quantity is None
    if not periods or periods[-1] not in _DAYS:
        return numbers
    told = (int(days) for days in _DAYS_TOLD.findall(stated.words + stated.behind))
    return (*numbers, *(PERIODS[_WORKDAY] if may_be_of_work else ()), *told)


def _points(claim: Claim, rates: Sequence[Claim]) -> Judgement | None:
    """Whether two rates differ by so many percentage points, each as it is rounded; weights are exact."""
    if any(one.approximation is not Approximation.EXACT for one in (claim, *rates)):
        return None
    if any(_WEIGHT in one.what for one in rates):
        return difference(abs(Decimal(claim.value)), *(Decimal(one.value) for one in rates))
    return difference(rounded(abs(Decimal(claim.value))), *(rounded(one.value) for one in rates))


def _mean_growth(stated: _Stated) -> Judgement | None:
    printed = percentage(stated.claim)
    if printed is None:
        return None
    if len(stated.known) > len(_ENDS):
        return mean_growth(printed, stated.known)
    # Whether the first number is of the first of 三年, or of the year before, isn't said.
    readings = [mean_growth(printed, stated.known, years) for years in _years(stated.words)]
    return min(readings, key=lambda one: one.outcome is Outcome.VIOLATED, default=None)


def _years(words: str) -> Sequence[int]:
    """How many years lie between two numbers, by the words before the second and its growth."""
    if (period := _PERIOD_OF_YEARS.search(words)) is not None:
        between = int(period["last"]) - int(period["first"])
        return (between, between + 1)
    several = _SEVERAL_YEARS.findall(words)
    number = int(value_of(several[-1]) or 0) if several else 0
    return (number - 1, number) if number > 1 else ()


def _balance(stated: _Stated) -> Judgement | None:
    received, known = stated.quantity, stated.known
    return None if received is None else balance((received, known[0]), known[1:])


_JUDGES: Mapping[RelationKind, _Judge] = {
    RelationKind.DIFFERENCE: _difference,
    RelationKind.CHANGE_RATE: _change_rate,
    RelationKind.MULTIPLE: _multiple,
    RelationKind.AVERAGE: _average,
    RelationKind.MEAN_GROWTH: _mean_growth,
    RelationKind.BALANCE: _balance,
}


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, others = text.claim(relation), text.others(relation)
    if claim.measure is Measure.POINTS:
        return _points(claim, others)
    stated = [rounded_quantity(text.document, one) for one in (claim, *others)]
    if relation.kind is RelationKind.DIFFERENCE:
        stated = as_printed_together(stated, (claim, *others))
    claimed, known = stated[0], [number for number in stated[1:] if number is not None]
    if len(known) < len(others):
        return None
    if claimed is not None:
        claimed, *known = in_one_unit((claimed, *known), (claim, *others))
    elif claim.unit == _YUAN:
        # What 约766元 leaves open is judged by its words; what it is of is counted in yuan, too.
        known = list(in_one_unit((0, *known), (claim, *others))[1:])
    elif len({one.unit for one in (claim, *others)} & MONEY.keys()) > 1:
        return None
    words = _words_before(text, claim)
    behind = _SENTENCE_END.split(text.document.text[claim.span.end : claim.span.end + _FURTHEST])[0]
    is_before = bool(others) and others[0].period is not None
    first = others[0].what if others else ""
    known = known or [*places_in(fold_label(words))]
    judged = _Stated(claim, claimed, known, is_before, words, behind, first, _is_of_list(claim, others))
    if relation.kind is RelationKind.PRODUCT:
        return _product(judged, others[-1])
    return _JUDGES[relation.kind](judged)


def _is_of_list(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether all that a number is related to is a list of numbers that are counted as it is."""
    return len(others) > len(_ENDS) and all(one.unit == claim.unit for one in others)


def _words_before(text: ReportText, claim: Claim) -> str:
    """What stands before a number in its sentence, as printed."""
    before = text.document.text[max(0, claim.span.start - _FURTHEST) : claim.span.start]
    return _SENTENCE_END.split(before)[-1]


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    claim, others = text.claim(relation), text.others(relation)
    digits = max(digits_of(claim.value), *(digits_of(one.value) for one in others), 1)
    places = "、".join(f"第{one}" for one in places_in(fold_label(_words_before(text, claim))))
    follows = None if judgement.follows is None else to_digits(judgement.follows, digits)
    judgement = judgement._replace(follows=follows)
    gap = abs(judgement.difference or Fraction(0))
    unit = None if relation.kind is RelationKind.BALANCE else claim.unit
    return judgement, by_language(
        parts=listed(others) if others else places,
        actual=amount(follows, unit) if follows is not None else "",
        sum=amount(judgement.says, unit) if judgement.says is not None else "",
        difference=amount(to_digits(gap, digits), None) if gap else "",
    )


CHECK = RelationCheck(
    frozenset({*_JUDGES, RelationKind.PRODUCT}),
    (
        "narrative-difference",
        "narrative-change-rate",
        "narrative-multiple",
        "narrative-product",
        "narrative-average",
        "narrative-mean-growth",
        "narrative-balance",
    ),
    _judge,
    _words,
)

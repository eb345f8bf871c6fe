"""The numbers of several years and how much each has grown: 近三年20场、26场、39场,增速依次为30%和50%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.narrative.claims.changes import is_next
from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.phrases import is_alike
from extractor.narrative.claims.skeleton import Sentence
from extractor.result.narrative import Relation, RelationKind
from extractor.text.numerals import value_of

_GROWTHS = re.compile(
    r"(?:增[长速幅加]|上升|提[高升]|环比|同比)[^,;()]{0,6}$|(?:分别|依次|逐年)[^,;()]{0,10}增[长加]了?$"
)
_IN_TURN = re.compile("分别|依次|逐年|先后")
# Of one of several years that were named together, the last if it names none.
_OF_ONE_YEAR = re.compile(
    r"^,(?:其中)?(?:20\d\d年|[今本当]年)?(?:同比|比上年|较上年)?(?:增长|上升|提高|下降|减少)$"
)
# 2023年较2021年增长50%
_AGAINST_YEAR = re.compile(
    r"^[,、;](?:其中)?(?P<year>20\d\d)年度?[较比](?P<base>20\d\d)年度?(?:增[长加]|上升|提高|下降|减少)了?$"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年|(?P<words>[今本去上前]年)")
_YEARS_BACK = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2}
_SEVERAL_YEARS = re.compile(r"(?:[近前过去]{1,2}|连续)(?P<number>[三四五])年")
_FEWEST = 2


def growth_series(sentence: Sentence, year: str | None) -> Iterator[Relation]:
    """The growths of a sentence that are listed behind the numbers of as many years and one.

    Args:
        sentence: its skeleton.
        year: of the report, if that is known.
    """
    stated = list(sentence.mentions.values())
    for place, mention in enumerate(stated):
        if not mention.is_percentage or is_next(mention):
            continue
        rates = _listed(stated, place)
        against = _AGAINST_YEAR.match(mention.gap)
        if against is not None:
            yield from _between_years(stated, place, against, year)
        elif len(rates) == 1 and _OF_ONE_YEAR.search(mention.gap):
            yield from _of_year(stated, place, year)
        elif len(rates) >= _FEWEST and _GROWTHS.search(mention.lead) and _IN_TURN.search(mention.lead):
            counts = _in_order(stated[:place], len(rates) + 1, year)
            grown = list(pairwise(counts))
            is_backwards = bool(grown) and all(one.index > other.index for one, other in grown)
            # 今年120件、去年100件、前年80件,分别增长20%、25%: the rates may go back, too.
            for order in (grown[::-1], grown) if is_backwards else (grown,):
                for rate, (previous, current) in zip(rates, order, strict=False):
                    yield Relation(RelationKind.GROWTH, rate.index, (current.index, previous.index))


def _between_years(
    stated: Sequence[Mention], place: int, told: re.Match[str], year: str | None
) -> Iterator[Relation]:
    """Growth from one named year to another: 2021年80件、2022年90件、2023年120件,2023年较2021年增长50%."""
    last, first = int(told["year"]), int(told["base"])
    before = [one for one in stated[:place] if one.is_count]
    # 两年分别为240万元和300万元: as many as there are years, in their order.
    counts = before[-(last - first + 1) :]
    years = _years(before, int(year) if year is not None else None)
    if len(set(years)) == len(before) and {first, last} <= set(years):
        counts = [before[years.index(one)] for one in (first, last)]
    elif not _are_in_turn(counts, last - first + 1):
        return
    if is_alike(counts[0], counts[-1]):
        yield Relation(RelationKind.GROWTH, stated[place].index, (counts[-1].index, counts[0].index))


def _are_in_turn(counts: Sequence[Mention], number: int) -> bool:
    """Whether counts are so many, listed behind 分别 or the like."""
    if len(counts) != number or number < _FEWEST or _IN_TURN.search(counts[0].gap) is None:
        return False
    return all(is_next(one) for one in counts[1:])


def _of_year(stated: Sequence[Mention], place: int, year: str | None) -> Iterator[Relation]:
    """The growth of one of the years before it, of the last if none is named: 210次、260次,2023年增长24%."""
    before = [one for one in stated[:place] if one.is_count]
    counts = _in_order(before, len(before), year) if len(before) > _FEWEST else ()
    named = _YEAR.search(stated[place].gap)
    back = 0
    if named is not None:
        told = _of(named, int(year) if year is not None else None)
        back = int(year) - told if year is not None and told is not None else len(counts)
    if 0 <= back < len(counts) - 1:
        current, previous = counts[-1 - back], counts[-2 - back]
        yield Relation(RelationKind.GROWTH, stated[place].index, (current.index, previous.index))


def _listed(stated: Sequence[Mention], place: int) -> Sequence[Mention]:
    """A percentage and those that nothing but a mark parts from it."""
    end = place + 1
    while end < len(stated) and stated[end].is_percentage and is_next(stated[end]):
        end += 1
    return stated[place:end]


def _in_order(before: Sequence[Mention], number: int, year: str | None) -> Sequence[Mention]:
    """So many counts of following years, the earliest first; none if it isn't told which."""
    counts = [one for one in before if one.is_count]
    if len(counts) != number or not all(is_alike(counts[0], one) for one in counts):
        return ()
    years = [one for one in _years(counts, int(year) if year is not None else None) if one is not None]
    first = min(years, default=0)
    if sorted(years) == list(range(first, first + number)):
        return [counts[years.index(one)] for one in sorted(years)]
    return counts if _are_of_last_years(counts) else ()


def _are_of_last_years(counts: Sequence[Mention]) -> bool:
    """Whether counts are of as many years, told together: 近三年80件、100件、120件."""
    several = _SEVERAL_YEARS.search(counts[0].before)
    is_told = several is not None and value_of(several["number"]) == len(counts)
    return is_told and _YEAR.search(counts[0].gap) is None


def _years(counts: Sequence[Mention], year: int | None) -> Sequence[int | None]:
    """The year of each count: that before it, or the next of several that are named before the first."""
    result: list[int | None] = []
    ahead: list[int | None] = []
    for count in counts:
        named = [_of(one, year) for one in _YEAR.finditer(count.gap)]
        ahead = named or ahead
        # What is told without a year is of the report's.
        result.append(ahead.pop(0) if ahead else year)
    return result


def _of(named: re.Match[str], year: int | None) -> int | None:
    if named["year"]:
        return int(named["year"])
    return None if year is None else year - _YEARS_BACK[named["words"]]

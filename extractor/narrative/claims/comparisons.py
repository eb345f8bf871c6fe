"""Numbers that a sentence compares: each is told by the words before it, in whatever order they stand.

较上年的100件增加20件 · 2022年100件，今年120件，增长20% · 由100件增至120件，增幅20% · 下降16%（上年1000条）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from operator import attrgetter
from typing import NamedTuple

from extractor.narrative.claims.changes import repeats
from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.phrases import CHANGES, is_alike, is_comparable
from extractor.narrative.claims.skeleton import Sentence
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.phrases import phrase_book

# What a number is told by stands no further before it.
_FURTHEST = 40
# Numbers that are compared stand no further apart.
_LONGEST = 90
_BRACKETS = re.compile(r"[()]")
# 总数较上年的95件增加12件 is said of several numbers together.
_OF_ALL = re.compile(r"总[数量]|[合共总]计|[两二三]者|[两二三][项类]|平均")
_RESULT = re.compile(r"^[,)]*[^,;()]{0,10}?(?:达到?|增?至|为|共计?|[总合]计|总数|总量)[^,;()]{0,4}$")
_STARTS = re.compile(r"^[,(:]?(?:即|也就是|具体(?:为|是|来说)?)?,?(?:累计|总[数量])?(?:由|从)")
# 较去年多减3个 compares two changes, and 年均增长 is no change from the one number to the other.
_NO_CHANGE = re.compile(
    r"[年月季]均|[多少](?:增[加长]?|减少?|[上下]?[升降]|涨|跌|压[减缩]|精简)(?:了|出)?(?:约|近)?$"
)
_AGAINST = re.compile(r"(?<![相同环])[较比](?P<name>[^,;()例重较率]{2,12}?)[高低多少快慢]了?$")
_OTHER = re.compile("^,[较比](?P<name>[\u4e00-\u9fff]{2,12})$")
_BEFORE = re.compile(r"(?:我|全|本)?.?(?:[上去前往]|20\d\d年|此前|原来|原先|同期|年初|期初|[一二三四]季)")
_IN_ONE_CLAUSE = re.compile("[\u4e00-\u9fff]{2,14}")
_NAME = 2
_OF_THIS_YEAR = re.compile("[,、](?:[今本]年|当年)")
_FURTHER = re.compile("相应|同步|随之|分别|同时|进一步|则|另")
_STATES_BEFORE = re.compile(r"^[,()]*(?:而)?(?:[上去前]一?年|20\d\d年|[较比与]|是|为|此前|原来)")
_TIMES_OF = re.compile(r"年[^,;()]{0,4}的$")
# 2022年100件,增长25%,2023年120件,增长20%: the number of each year is its own sentence, as it were.
_THIS_YEAR = re.compile(r"今年|本年|20\d\d年")
# What says nothing of which thing is counted.
_NAMELESS = re.compile(
    r"[较比与和同在]?(?:20\d\d|[上去前]一?)年(?:度|同期|全年|[底末])?|同比|环比|相比|相较|基础上|"
    r"增[加长幅]?|减[少幅]?|下降|上升|提[高升]|降[低幅]?|新增|回落|有所|大幅|明显|数量?|总量|总体|[^\u4e00-\u9fff]|"
    r"基本持平|持平|略有?|今年|本年|全年|[的了为是达到约近共上下又均又也比较与个份件条次期名家场篇]"
)


class Role(Enum):
    """What a number is in a comparison."""

    PLAIN = auto()
    PREVIOUS = auto()
    STARTED = auto()
    REACHED = auto()
    CHANGE = auto()


def comparisons(sentence: Sentence, year: str | None) -> Iterator[Relation]:
    """The changes of a sentence of which it states both numbers.

    Args:
        sentence: its skeleton.
        year: of the report, if that is known.
    """
    stated = list(sentence.mentions.values())
    roles = _roles(stated, year)
    for place, role in enumerate(roles):
        gap = stated[place].gap
        if role is Role.CHANGE and not _NO_CHANGE.search(gap) and not _is_against_another(gap):
            yield from _change(stated, roles, place)


def _is_against_another(words: str) -> bool:
    """Whether a change is one against something that the words name, and no time before: 比第1名低0.8分."""
    told = _AGAINST.search(words)
    return told is not None and _BEFORE.match(told["name"]) is None


def _roles(stated: Sequence[Mention], year: str | None) -> list[Role]:
    roles = [_role(mention, year) for mention in stated]
    for place, role in enumerate(roles):
        if role is Role.STARTED and Role.REACHED not in roles[place + 1 : place + 3]:
            roles[place] = Role.PLAIN
    for place in range(1, len(stated)):
        if roles[place - 1] is Role.PREVIOUS and roles[place] is Role.PLAIN and _is_of_same(stated, place):
            roles[place] = Role.PREVIOUS
    return roles


def _is_of_same(stated: Sequence[Mention], place: int) -> bool:
    """Whether a number is of last year, too, and named as a later one: 去年5个中心公开9.6万条."""
    one, *later = stated[place:]
    if _IN_ONE_CLAUSE.fullmatch(one.gap) is None or is_alike(stated[place - 1], one):
        return False
    return any(is_alike(one, other) and one.lead[-_NAME:] in other.lead for other in later)


def _role(mention: Mention, year: str | None) -> Role:
    words = mention.gap[-_FURTHEST:]
    told = phrase_book().compared
    measure = mention.quantity.measure
    if measure is Measure.MULTIPLE:
        is_told = told["times"].search(words) or told["changed"].search(words) or words[-1:] == "翻"
        return Role.CHANGE if is_told else Role.PLAIN
    if told["reached"].search(words):
        return Role.REACHED
    if told["changed"].search(words) and not words.endswith("新增"):
        return Role.CHANGE
    if told["against"].search(words):
        return Role.PREVIOUS
    before = told["stated_before"].search(words)
    if before is not None and (before["year"] is None or (year is not None and before["year"] < year)):
        return Role.PREVIOUS
    return Role.STARTED if told["started"].search(words) else Role.PLAIN


def _change(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> Iterator[Relation]:
    change = stated[place]
    pair = _before(stated, roles, place) or _behind(stated, roles, place)
    if pair is None:
        return
    current, previous = pair
    if _names_another(change, pair):
        return
    kind = (
        RelationKind.DIFFERENCE
        if change.quantity.measure is Measure.POINTS
        else CHANGES.get(change.quantity.measure)
    )
    is_of_rates = change.quantity.measure is Measure.POINTS
    if kind is None or is_of_rates is not previous.is_percentage or not is_comparable(current, previous):
        return
    if change.is_count and not is_comparable(change, current):
        return
    if abs(change.quantity.start - previous.quantity.start) > _LONGEST:
        return
    yield Relation(kind, change.index, (current.index, previous.index))
    # 从2021年的60件、2022年的90件增长到120件: it may be against an earlier number.
    for other, role in zip(stated, roles, strict=True):
        if role in (Role.PREVIOUS, Role.STARTED) and other not in pair and is_alike(other, previous):
            yield Relation(kind, change.index, (current.index, other.index))


class _Pair(NamedTuple):
    """Two numbers that are compared."""

    current: Mention
    previous: Mention


def _before(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> _Pair | None:
    """What a change is of, where the number of before stands in front of it."""
    between: Mention | None = None
    reached: Mention | None = None
    for index in range(place - 1, -1, -1):
        if _is_parted(stated[index + 1]):
            return None
        one, role = stated[index], roles[index]
        if role is Role.CHANGE:
            if between is not None and _THIS_YEAR.search(between.gap) is None:
                return None
        elif role is Role.REACHED:
            reached = reached or _unless_of_another(one, between)
        elif role is Role.STARTED:
            reached = reached or _reached_behind(stated, roles, place)
            return None if reached is None else _Pair(reached, one)
        elif role is Role.PREVIOUS:
            return _of_previous(stated, roles, _Places(index, place), reached, between)
        elif one.depth <= stated[place].depth:
            if between is not None:
                return None
            between = one
    return None


def _unless_of_another(one: Mention, between: Mention | None) -> Mention | None:
    """A number, unless what a change stands behind counts something else: 扩充到7个,公开13万条,增长40%."""
    return one if between is None or is_comparable(one, between) else None


class _Places(NamedTuple):
    """Where the number of before, and the change, stand among those of a sentence."""

    previous: int
    change: int


def _of_previous(
    stated: Sequence[Mention],
    roles: Sequence[Role],
    places: _Places,
    reached: Mention | None,
    between: Mention | None,
) -> _Pair | None:
    previous = stated[places.previous]
    if reached is not None:
        return _Pair(reached, previous)
    current = None
    if not _OF_ALL.search(previous.gap) and not _is_of_list(stated, places.previous):
        current = _plain_before(stated, roles, places.previous, previous)
    elif between is not None and not _THIS_YEAR.search(between.gap):
        return None
    if current is not None and between is not None:
        # Which of the two has changed isn't said.
        return None
    current = current or between or _reached_behind(stated, roles, places.change)
    if current is None or not _is_of_one_thing(current, previous, stated[places.change]):
        return None
    return _Pair(current, previous)


def _is_of_list(stated: Sequence[Mention], place: int) -> bool:
    """Whether a number of before is of all of a list in front of it: 4件、5件,较上年同期累计20件减少25%."""
    if "累计" not in stated[place].gap or place == 0:
        return False
    return stated[place - 1].gap[:1] == "、" and "累计" not in stated[place - 1].gap


def _plain_before(
    stated: Sequence[Mention], roles: Sequence[Role], place: int, like: Mention
) -> Mention | None:
    """The nearest number in front of a place that can be compared with another."""
    for index in range(place - 1, -1, -1):
        if _is_parted(stated[index + 1]):
            return None
        one = stated[index]
        if (
            roles[index] in (Role.PLAIN, Role.REACHED)
            and one.depth <= like.depth
            and is_comparable(one, like)
        ):
            return one
    return None


def _reached_behind(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> Mention | None:
    """The number behind a change that is told to be what came of it: 增长三成,达到650条."""
    for index in range(place + 1, len(stated)):
        if _is_parted(stated[index]):
            return None
        if roles[index] is not Role.CHANGE:
            is_told = roles[index] is Role.REACHED or _RESULT.match(stated[index].gap) is not None
            return stated[index] if is_told else None
    return None


def _behind(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> _Pair | None:
    """What a change is of, where the number of before stands behind it: 下降16%(上年1000条)."""
    if place + 1 == len(stated):
        return None
    following = stated[place + 1]
    if _is_said_again(stated, roles, place):
        # 同比减少4件,下降25%,上年为16件
        place, following = place + 1, stated[place + 2]
    if roles[place + 1 : place + 3] == [Role.STARTED, Role.REACHED] and _STARTS.match(following.gap):
        return _Pair(stated[place + 2], following)
    is_of_before = roles[place + 1] is Role.PREVIOUS and _states_before(following.gap)
    if not is_of_before and not (_TIMES_OF.search(stated[place].gap) and following.gap == "("):
        return None
    current = (
        _plain_before(stated, roles, place, following)
        or _reached_behind(stated, roles, place + 1)
        or _this_years(stated, roles, place + 2)
    )
    if current is None or (_ends_list(stated, current) and "其中" not in stated[place].before):
        # 微信7个、微博3个,较上年减少3个(上年13个) is said of both.
        return None
    return _Pair(current, following)


def _states_before(words: str) -> bool:
    """Whether words lead on to the number of before, which a change in front of them is against.

    比上年提高3.6分,比全市平均分86.4分高4.8分 goes on with one that is against no time.
    """
    other = _OTHER.search(words)
    is_time = other is None or _BEFORE.match(other["name"]) is not None
    return is_time and _STATES_BEFORE.match(words) is not None


def _this_years(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> Mention | None:
    """The number of this year that stands right behind that of last year: 翻了一番,上年45篇,本年90篇."""
    if place >= len(stated) or roles[place] is not Role.PLAIN or _is_parted(stated[place]):
        return None
    return stated[place] if _OF_THIS_YEAR.match(stated[place].gap) else None


def _is_said_again(stated: Sequence[Mention], roles: Sequence[Role], place: int) -> bool:
    """Whether what stands behind a change is the same otherwise, and not of another thing by its name."""
    behind, last = place + 1, place + 2
    if last >= len(stated) or roles[behind] is not Role.CHANGE or _is_parted(stated[last]):
        return False
    return len(_name(stated[behind])) < _NAME


def _ends_list(stated: Sequence[Mention], current: Mention) -> bool:
    """Whether a number is one of several beside each other, which are counted alike."""
    before = stated[current.index - stated[0].index - 1] if current is not stated[0] else None
    return before is not None and current.gap[:1] == "、" and is_alike(before, current)


def _is_parted(mention: Mention) -> bool:
    """Whether what stands before a number parts it from those before it; in brackets, semicolons don't."""
    is_inside = mention.depth > 0 and not _BRACKETS.search(mention.gap)
    return "其中" in mention.gap or (";" in mention.gap and not is_inside)


def _is_of_one_thing(current: Mention, previous: Mention, change: Mention) -> bool:
    """Whether nothing that stands between them names something else than the current number's words do."""
    words = set(current.lead + current.behind)
    between = [one for one in (previous, change) if one.index > current.index]
    return all(len(name) <= 1 or not words.isdisjoint(name) for name in map(_name, between))


def _names_another(change: Mention, pair: _Pair) -> bool:
    """Whether a change names something else than what a sentence compared, and told the change of, before it.

    网络占比由58.3%提高至65.0%,提高6.7个百分点,当面占比下降4.2个百分点
    """
    last = max(pair, key=attrgetter("index"))
    is_further = last.index + 1 < change.index
    name = _FURTHER.sub("", _name(change))
    first = min(pair, key=attrgetter("index"))
    words = "".join(one.lead + one.gap + one.behind for one in (first, last))
    return is_further and len(name) >= _NAME and not repeats(name, words)


def _name(mention: Mention) -> str:
    """What the words before a number name, beside what tells its role."""
    told = phrase_book().compared
    words = mention.gap
    for role in ("changed", "against", "stated_before"):
        words = told[role].sub("", words)
    return _NAMELESS.sub("", words)

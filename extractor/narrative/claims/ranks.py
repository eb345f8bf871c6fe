"""How many places something has moved: 由第9位升至第4位，前移5位 · 列第3名，较上年的第5名上升2名.

The places themselves are ordinals, which count nothing; so the words before the number tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Relation, RelationKind
from extractor.text.numerals import CHINESE, value_of

_NUMBER = rf"\d{{1,3}}|[{CHINESE}]{{1,3}}"
_FIRST = rf"第(?P<first>{_NUMBER})(?:位|名)(?!次)"
_LAST = rf"第(?P<last>{_NUMBER})(?:位|名)?(?![次条届期个款季类轮批卷场项])(?P<rest>[^第;]{{0,30}})$"
_MOVED = (
    "前移|前进|[提上]升|进步|跃[升居]|晋[升级]|[升进]|提高|后移|[下滑]降|[下后]滑|[后倒]退|下跌|退步|[降跌退]"
)
_LAST_YEAR = r"(?:[上去]一?年|20\d\d年|上[次期])"
# What may stand beside the places; nothing of a third thing does.
_WORDS = r"[^,;、。第\d]{0,8}"
_PLACES = (
    # 由第9位升至第4位 · 由第7名跃升第4名
    re.compile(rf"{_FIRST}{_WORDS}(?:{_MOVED}|跃|变){_WORDS}{_LAST}"),
    # 列第3位,较上年的第5位
    re.compile(rf"{_FIRST}{_WORDS},{_WORDS}[较比]{_LAST_YEAR}{_WORDS}{_LAST}"),
    # 排全区第3,去年第7
    re.compile(
        rf"(?:[排列居]|位次)[^,;第\d]{{0,8}}第(?P<first>{_NUMBER})[位名]?{_WORDS},[较比]?{_LAST_YEAR}{_WORDS}{_LAST}"
    ),
    # 2022年列第9位,2023年列第4位
    re.compile(rf"{_LAST_YEAR}{_WORDS}{_FIRST}{_WORDS},(?:[今本]年|20\d\d年){_WORDS}{_LAST}"),
)
_BY = re.compile(rf"(?:{_MOVED})(?:了|约)?$")
_FEWEST = 2
_UNITS, _BEHIND = frozenset("位名个"), ("位次", "名次", "名", "位")


def moved(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The numbers that tell by how many places something has moved.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        unit = mention.quantity.unit
        is_of_places = unit in _UNITS and (unit != "个" or mention.behind.startswith(_BEHIND))
        if is_of_places and mention.is_count and _BY.search(mention.lead) and places_in(mention.before):
            yield [Relation(RelationKind.DIFFERENCE, mention.index, ())]


def places_in(words: str) -> tuple[int, ...]:
    """The two places in the words before a number that something has moved between; none if they don't say.

    Args:
        words: of its sentence, folded.
    """
    if words.count("第") < _FEWEST:
        return ()
    found = next(filter(None, (pattern.search(words) for pattern in _PLACES)), None)
    numbers = () if found is None else tuple(value_of(one) for one in found.group("first", "last"))
    return tuple(one for one in numbers if isinstance(one, int))

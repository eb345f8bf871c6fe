"""Averages over what a sentence counts: 4期,培训260人次,平均每期65人次 · 30人,人均40条,共1200条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter

from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Relation, RelationKind

_EACH = re.compile(
    r"平均每(?P<each>[期场次批届件项条份篇人名位家户个处类轮](?![月年日天周季]))(?P<noun>[\u4e00-\u9fff]{0,2})|(?P<per>[场期人户次篇家])均"
    r"|(?P<body>[村镇校站县局](?=均)|(?:部门|单位|乡镇|镇街|街道)(?=平均(?!每)))"
)
_SAME = (frozenset("人名位"), frozenset("个家"), frozenset("件条项篇份"))
_BODIES = frozenset("个家所")
_EXTREME = re.compile("最[长短高低多少快慢大小早晚]")
_SUM = re.compile("^(?:一|总|合)?共计?$|^[合总]计$")
_MOST_WHOLES = 2


def averages(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each average can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        each = _EACH.search(mention.lead) if mention.is_count and "均" in mention.lead else None
        if each is not None and (readings := list(_readings(mentions, mention, each))):
            yield readings


def _readings(mentions: Sequence[Mention], average: Mention, each: re.Match[str]) -> Iterator[Relation]:
    before = (one for one in earlier(mentions, average) if one.sentence == average.sentence)
    counts = [
        one
        for one in chain(before, later(mentions, average))
        if one.is_count and _EACH.search(one.lead) is None
    ]
    numbers = _of_all(sorted((one for one in counts if _is_number(one, each)), key=attrgetter("index")))
    wholes = [one for one in counts if one not in numbers and _is_whole(one, average)]
    # Of several numbers, or of many, it may be another that the average is of.
    if len(numbers) == 1 and len(wholes) <= _MOST_WHOLES:
        for whole in wholes:
            yield Relation(RelationKind.AVERAGE, average.index, (whole.index, numbers[0].index))


def _of_all(numbers: Sequence[Mention]) -> Sequence[Mention]:
    """Of several numbers the one that the others are parts of: 9场,其中区级3场、镇街6场 · 3场、8场,共11场."""
    if len(numbers) > 1 and "其中" in numbers[1].gap:
        return numbers[:1]
    return [one for one in numbers if _SUM.search(one.lead)] or numbers


def _is_whole(count: Mention, average: Mention) -> bool:
    """Whether a count can be what is shared out; the longest of some times isn't."""
    is_less = count.quantity.value < average.quantity.value
    return is_alike(count, average) and not is_less and _EXTREME.search(count.lead) is None


def _is_number(count: Mention, each: re.Match[str]) -> bool:
    """Whether a count is of those that an average is over."""
    if each["body"]:
        return count.quantity.unit in _BODIES and each["body"] in count.lead + count.behind
    unit = each["each"] or each["per"]
    printed = count.quantity.unit or ""
    # 5个批次,平均每批224户
    is_other = printed != unit and not any({printed, unit} <= same for same in _SAME)
    if is_other and not (printed == "个" and count.behind.startswith(unit)):
        return False
    # 平均每个部门: the things counted must be these.
    return unit != "个" or each["noun"] in count.lead + count.behind

"""What comes upon so many of something: 平均每千件投诉3件; how many times another: 来电量为来信量的5倍."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Measure, Relation, RelationKind

_TIMES = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,8}?)(?:[数总]?量|数)?(?:仅?是|仅?为|相当于|达到?)(?P<other>[\u4e00-\u9fff]{2,8}?)(?:[数总]?量|数)?的(?:约|近)?$"
)
# How a number that tells how many times another one is does so.
_KINDS = {
    Measure.MULTIPLE: RelationKind.MULTIPLE,
    Measure.SHARE: RelationKind.SHARE,
    Measure.TENTHS: RelationKind.SHARE,
}
UPON = re.compile(r"每(?P<number>十万|百万|[百千万])(?P<unit>[件人名户条份个])")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6}
_NAMELESS = re.compile(
    "常住|人口|引发|产生|发生|收到|拥有|平均|申请量|约|近|仅|不到|有|为|的|[^\u4e00-\u9fff]"
)
_PIECE = 2


def scale_of(words: str) -> int | None:
    """Upon how many of something a number comes; None if the words don't say.

    Args:
        words: before the number, folded.
    """
    told = UPON.search(words)
    return None if told is None else _SCALES[told["number"]]


def ratios(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each number that comes upon so many of something is of.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if mention.quantity.measure in _KINDS:
            times = _times(mentions, mention)
            if times is not None:
                yield [times]
        told = UPON.search(mention.lead) if mention.is_count and "每" in mention.lead else None
        relation = _ratio(mentions, mention, told) if told is not None else None
        if relation is not None:
            yield [relation, *_of_list(mentions, relation)]


def _times(mentions: Sequence[Mention], mention: Mention) -> Relation | None:
    """How many times another a number is, or what share of it; None if their names tell no two counts."""
    told = _TIMES.search(mention.lead)
    if told is None or told["one"] == told["other"]:
        return None
    counts = [one for one in earlier(mentions, mention) if one.sentence == mention.sentence and one.is_count]
    one, other = ([count for count in counts if told[name] in count.lead] for name in ("one", "other"))
    if len(one) != 1 or len(other) != 1 or one == other:
        return None
    return Relation(_KINDS[mention.quantity.measure], mention.index, (one[0].index, other[0].index))


def _ratio(mentions: Sequence[Mention], mention: Mention, told: re.Match[str]) -> Relation | None:
    """What comes, and the greatest number of that upon which it does; None if that isn't clear."""
    before = (one for one in earlier(mentions, mention) if one.sentence == mention.sentence)
    counts = [one for one in (*before, *later(mentions, mention)) if one.is_count]
    upon = max((one for one in counts if one.quantity.unit == told["unit"]), key=_value, default=None)
    words = mention.lead[told.end() :]
    come = [one for one in counts if one is not upon and is_alike(one, mention) and _are_called(words, one)]
    if upon is None or len(come) != 1:
        return None
    return Relation(RelationKind.AVERAGE, mention.index, (come[0].index, upon.index))


def _of_list(mentions: Sequence[Mention], one: Relation) -> Iterator[Relation]:
    """The same of all that is listed with what comes: 错别字312处、错链87个、暗链0个,平均每千个…16.6个."""
    come, upon = one.others
    behind = takewhile(
        lambda count: count.is_count and count.gap[:1] == "、", later(mentions, mentions[come])
    )
    more = tuple(count.index for count in behind if count.index not in (upon, one.claim))
    if more:
        yield Relation(one.kind, one.claim, (come, *more, upon))


def _value(mention: Mention) -> int | Decimal:
    return mention.quantity.value


def _are_called(words: str, count: Mention) -> bool:
    """Whether a piece of some words names a count, if they name anything: 平均每万人2件."""
    name = _NAMELESS.sub("", words)
    if not name:
        return True
    pieces = (name[at : at + _PIECE] for at in range(len(name) - 1))
    return any(piece in count.lead + count.behind for piece in pieces)

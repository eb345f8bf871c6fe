"""Sums of which a sentence says that all of their parts are in them, and parts that are more than all.

38件、47件，85件均已答复 · 建议67件、提案103件，全部公开答复，共公开答复170件 · 收到留言17条，已办结71条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.complete_lists import OTHER, is_near
from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.misprints import is_one_digit_off
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Approximation, Relation, RelationKind

_ALL = re.compile("(?:均|全部|都|悉数)(?=[已予按获得由依进]|公开|答复|办|完成|通过)")
# …均编制了年度报告,共24份 · …,全部公开答复,共公开答复170件
_ALL_DID = re.compile(
    "[^;:()]{0,20}?(?:均|全部|都)(?P<did>[^,;:()]{2,16}),(?:全年|累计|一|总)*共(?:计)?(?P<of>[^,;:()]{0,8})"
)
_NAMELESS = re.compile("^(?:已|予以?|按[期时]|依法|有|为)+|(?:有|为|达)+$")
_COORDINATED = re.compile(r"(?:[^,;:、()和及与]{0,12}(?:\([^()]{0,12}\))?)?(?:、|和|及|与|以及)")
_LISTED = re.compile("其中|每|各|分别|[较比]|由|从")
_BODIES, _OF_EACH = frozenset("个家"), frozenset("个家份名处块台")
# The least and the most, in per cent of the parts, that their sum can be by a misprint.
_NEAR = (60, 167)
_FEWEST = 2
# What came, and what was done with it.
_CAME = re.compile("收到|收集|征集到?|受理|接收|审查|审核|接到|接访|监测到|排查出|查出|发现|梳理出")
_DONE = re.compile(
    "^,(?:目前|现|全部|已经?|均|经审[查核]|依法|及时|按期|按时)*"
    "(?:办结|办理|答复|回复|处理|处置|整改|完成整改|采纳|吸收|解决|公开)(?:完成|完毕|了)?(?:的|意见|信息)?$"
)
# What may be done beside what came.
_MORE = re.compile(
    r"[\d一二三四五六七八九十当本]月|季度|半年|结转|[上去]一?年|往年|历年|含|遗留|存量|累计|以来|此前|年初|主动|另|还|再|多次|每|拆分|合并|涉及"
)
# What is done to one thing may be done more than once, or by many.
_REPEATED = frozenset({"次", "人次", "场", "场次", "人"})


def sums_of_all(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The sums behind lists of which all is told together.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if not mention.is_count or mention.depth or mention.index < _FEWEST:
            continue
        is_bare = mention.gap == "," and _ALL.match(mention.behind) is not None
        did = _ALL_DID.fullmatch(mention.gap)
        if is_bare or (did is not None and _is_of_what_was_done(did)):
            parts = _coordinated(mentions, mention)
            if len(parts) >= _FEWEST and _can_be_sum(mention, parts, is_bare=is_bare):
                others = tuple(part.index for part in parts)
                yield [Relation(RelationKind.CLOSED, mention.index, others)]


def _is_of_what_was_done(did: re.Match[str]) -> bool:
    """Whether a sum is called by nothing but what was done with all of its parts."""
    of = _NAMELESS.sub("", did["of"])
    return not of or of in did["did"]


def _coordinated(mentions: Sequence[Mention], whole: Mention) -> list[Mention]:
    """The counts right in front of a sum that words like 和 join, which are of one kind."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        is_of_list = mention.sentence == whole.sentence and mention.is_count and mention.depth == whole.depth
        if not is_of_list or (parts and not is_alike(mention, parts[0])) or is_difference(mention):
            break
        parts.insert(0, mention)
        if not _COORDINATED.match(mention.gap):
            break
    is_list = parts and not any(_LISTED.search(part.gap) or OTHER.search(part.gap) for part in parts)
    return parts if is_list else []


def _can_be_sum(whole: Mention, parts: Sequence[Mention], *, is_bare: bool) -> bool:
    """Whether a number can be the sum of parts but for a misprint; of bodies, what each did is counted."""
    are_bodies = all(part.quantity.unit in _BODIES for part in parts)
    if is_alike(whole, parts[0]) and (is_bare or not are_bodies):
        return is_near(whole, parts, _NEAR)
    is_of_each = whole.quantity.unit in _OF_EACH and are_bodies
    total = sum(part.quantity.value for part in parts)
    return is_of_each and (
        total == whole.quantity.value or is_one_digit_off(Decimal(whole.quantity.value), Decimal(total))
    )


def more_than_came(mentions: Sequence[Mention]) -> Iterator[Relation]:
    """The counts of what came behind which more is told to be done with it: 收到17条,已办结71条.

    Args:
        mentions: of a stretch of text, in order.
    """
    for came, done in pairwise(mentions):
        if (
            came.is_count
            and done.is_count
            and done.quantity.value > came.quantity.value
            and came.sentence == done.sentence
            and came.depth == done.depth == 0
            and done.quantity.unit == came.quantity.unit
            and done.quantity.unit not in _REPEATED
            and _are_exact(came, done)
            and _CAME.search(came.lead)
            and _DONE.fullmatch(done.gap)
            and not _MORE.search(done.before + done.following)
        ):
            yield Relation(RelationKind.OPEN, came.index, (done.index,))


def _are_exact(*counts: Mention) -> bool:
    return all(one.quantity.approximation is Approximation.EXACT for one in counts)

"""Shares that are printed behind the counts that they are of: 106件,占比67.5%."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from extractor.narrative.claims.changes import is_next, repeats
from extractor.narrative.claims.mentions import Mention, later, names_class
from extractor.result.narrative import Approximation, Measure

# The share of each count, by the count's index.
Shares: TypeAlias = Mapping[int, Mention]

SHARE_WORDS = re.compile(r"占|比例|比重")
_SUM = re.compile("[,、;)][^,;]{0,6}(?:共|[合总]计)(?:计|有|为|达)?$")
# 78件、30件、12件,分别占全年120件的65%、25%和10%
_OF_WHOLE, _OF_IT = re.compile("分别占[^,;]{0,6}$"), re.compile("[^,;]{0,4}的")
_CHANGE = re.compile(r"增|减|下降|上升|提高|提升|同比|[上去]年(?:同期)?的?$")
_NAMELESS = re.compile(
    r"(?:约|各|分别|均|共|其|所|已)*(?:占比?|比例|比重)|总数量?|总量|总计|总|全部|所有|全年|案件|比例|比重|的|为|达到?|约|近|比|"
    r"分别|各|[(),、;:]|百分之"
)
_LONGEST_NAME = 24
_DENYING = ("不", "未", "非", "不予", "未予", "未能", "无法")


def shares_of(mentions: Sequence[Mention]) -> Shares:
    """The shares of a stretch of text by the counts that they are printed behind.

    Of an approximate share nothing follows, so it is left out.
    """
    result: dict[int, Mention] = {}
    for mention in mentions:
        if mention.index in result or is_next(mention) or not _is_share(mentions, mention):
            continue
        run = [mention, *_run_behind(mentions, mention)]
        if len(run) == 1 and ("分别" in mention.gap or _is_behind_whole(mentions, mention)):
            continue
        counts = _counts_before(mentions, run)
        if len(counts) == len(run) and _are_counted(counts, mention):
            result |= {
                count.index: share
                for count, share in zip(counts, run, strict=True)
                if share.quantity.approximation is Approximation.EXACT
            }
    return result


def _is_share(mentions: Sequence[Mention], mention: Mention) -> bool:
    """Whether a percentage says of how much of something a number is."""
    is_told = SHARE_WORDS.search(mention.gap) is not None or _is_behind_whole(mentions, mention)
    is_short = len(mention.gap) <= _LONGEST_NAME and _CHANGE.search(mention.gap) is None
    return mention.quantity.measure is Measure.SHARE and is_told and is_short


def _counts_before(mentions: Sequence[Mention], run: Sequence[Mention]) -> Sequence[Mention]:
    """As many numbers in front of some percentages, but for the sum of a list.

    32件、68件、20件,合计120件,分别占26.7%、56.7%和16.7%
    """
    end = run[0].index
    if (
        len(run) > 1
        and end
        and (_SUM.search(mentions[end - 1].gap) or _OF_WHOLE.search(mentions[end - 1].gap))
    ):
        end -= 1
    counts: list[Mention] = []
    while end and len(counts) < len(run):
        end -= 1
        # 其余7个街道2,835条: the 7 only tell which.
        if not counts or len(run) == 1 or not names_class(mentions[end], counts[0]):
            counts.insert(0, mentions[end])
    return counts


def _is_behind_whole(mentions: Sequence[Mention], first: Mention) -> bool:
    """Whether a percentage is the first of a list behind what all of them are of: 分别占120件的65%、25%."""
    whole = mentions[first.index - 1] if first.index else None
    is_of_it = whole is not None and whole.is_count and _OF_IT.fullmatch(first.gap) is not None
    return is_of_it and whole is not None and _OF_WHOLE.search(whole.gap) is not None


def _run_behind(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    """The percentages that are listed behind one: 分别占60%、40%."""
    run: list[Mention] = []
    for following in later(mentions, first):
        if not following.is_percentage or not is_next(following):
            break
        run.append(following)
    return run


def _is_denied(named: str, part: Mention) -> bool:
    """Whether a count is of what isn't as words of its share name it: 不公开12份,公开比例91.4%."""
    own = _NAMELESS.sub("", named)
    return len(own) > 1 and any(f"{word}{own}" in part.lead for word in _DENYING)


def _are_counted(counts: Sequence[Mention], share: Mention) -> bool:
    """Whether numbers in front of some percentages are counts of one kind, which these can be of."""
    are_alike = all(
        count.is_count and count.sentence == share.sentence and count.unit == counts[-1].unit
        for count in counts
    )
    return are_alike and not _is_denied(share.lead, counts[-1])


def names_part(share: Mention, part: Mention) -> bool:
    """Whether the words of a share name its count again: 个人申请100件、企业申请20件,企业占比16.7%."""
    own = _NAMELESS.sub("", share.lead)
    return len(own) > 1 and repeats(own, part.lead + part.behind)


def is_named_for(share: Mention, part: Mention) -> bool:
    """Whether what a share is said to be of, by 占, is said of its count: not of 予以公开, behind 办结119件.

    Args:
        share: the share.
        part: the count in front of it.
    """
    before, told, _ = share.gap.rpartition("占")
    own = _NAMELESS.sub("", re.split("[,;]", before)[-1])
    return told != "" and (len(own) <= 1 or repeats(own, part.lead + part.behind))


def whole_named(share: Mention) -> str:
    """What the words of a share say that it is of; empty if nothing but all."""
    _, told, after = share.gap.rpartition("占")
    return _NAMELESS.sub("", after) if told else ""


def names_another(share: Mention, part: Mention) -> bool:
    """Whether the words of a share, before 占, name something else than a count: 兼职65人,专职人员占32.3%.

    Args:
        share: the share.
        part: the count in front of it.
    """
    own = _NAMELESS.sub("", share.gap.rpartition("占")[0].rpartition(",")[2])
    if _is_denied(share.gap.rpartition("占")[0], part):
        return True
    return len(own) > 1 and not repeats(own, part.lead + part.behind)


def is_share_of(share: Mention, part: Mention, whole: Mention) -> bool:
    """Whether the words of a share leave it to the count before it and to this whole.

    网上申请占比60%, behind another count, and 占全市的5% name something else.
    """
    if names_another(share, part):
        return False
    before, _, after = share.gap.rpartition("占")
    of = _NAMELESS.sub("", after if before or after else share.gap).removesuffix("数")
    return len(of) <= 1 or repeats(of, whole.lead + whole.behind)

"""What claims say of each other and of the tables: wholes and parts, shares, growth, cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from extractor.narrative.claims.cells import cells_of
from extractor.narrative.claims.changes import is_compared, is_difference, is_growth_of, is_next
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.partitions import partitions
from extractor.narrative.claims.repeated import repeated
from extractor.narrative.claims.shares import Shares, is_share_of, shares_of
from extractor.narrative.claims.tables import Tables
from extractor.result.header import Header
from extractor.result.narrative import Approximation, Claim, Measure, Relation, RelationKind
from rules.claims import growth as judge_growth
from rules.confront import Outcome
from rules.interval import share_agrees

# A growth in a list of growths that go up and down.
_NEXT_CHANGE = re.compile(
    r"(?:[、,]|和|及|与|以及)(?:同比)?(?:增加|增长|减少|下降|上升|提高|降低)(?:了|百分之)*"
)
_MOST_WHOLES = 6
# One case is counted in either.
_CASES = frozenset({"件", "起"})
# Amounts, times and averages needn't be whole numbers.
_MEASURES = re.compile(r"元|小时|分钟|工作日|天|公里|千米|平方|立方|公斤|公顷|亩|吨|米|秒|岁")
_AVERAGE = re.compile(r"平均|[日周月年人户]均|每[天日周月年人]")
_OTHER_YEAR = re.compile(r"^(?:20\d\d年|[上去]年|历年)")


def relations(
    found: Sequence[Mention], claims: Sequence[Claim], text: str, header: Header, tables: Tables
) -> Iterator[Relation]:
    """The relations of the claims of one stretch of text, undecided.

    Args:
        found: its mentions, in order.
        claims: the claim of each of them.
        text: the stretch, folded.
        header: what the report says about itself.
        tables: of the report.
    """
    shares = shares_of(found)
    known = partitions(found, shares)
    wholes = {part.place: partition.whole for partition in known for part in partition.parts}
    for partition in known:
        kind = RelationKind.CLOSED if partition.is_closed else RelationKind.OPEN
        if partition.may_overlap and partition.total > partition.whole.quantity.value:
            # One item went out on two channels: no contradiction.
            continue
        yield Relation(kind, partition.whole.place, tuple(part.place for part in partition.parts))
    yield from _shares(found, shares, wholes)
    yield from _growths(found, claims, text, wholes)
    yield from repeated(found, claims)
    for mention, claim in zip(found, claims, strict=True):
        addresses = cells_of(found, mention, claim, header, tables)
        if addresses:
            yield Relation(RelationKind.CELL, mention.place, addresses=addresses)


def _shares(found: Sequence[Mention], shares: Shares, wholes: Mapping[int, Mention]) -> Iterator[Relation]:
    for index, share in shares.items():
        part = found[index]
        whole = _whole(found, part, share, shares, wholes)
        if whole is not None:
            yield Relation(RelationKind.SHARE, share.place, (index, whole.place))


def _whole(
    found: Sequence[Mention], part: Mention, share: Mention, shares: Shares, wholes: Mapping[int, Mention]
) -> Mention | None:
    """What a share is of: the whole that the part is listed under, or a count before it."""
    known = wholes.get(part.place)
    likely: Mention | None = None
    if known is not None and is_share_of(share, part, known):
        if _agrees(part, known, share):
            return known
        likely = known
    for one in earlier(found, part):
        if (
            one.is_count
            and one.unit == part.unit
            and one.depth <= part.depth
            and one.place not in wholes
            and one.place not in shares
            and one.quantity.value >= part.quantity.value
            and is_share_of(share, part, one)
        ):
            if _agrees(part, one, share):
                return one
            # Across sentences only what agrees is taken for the whole, unless the parts are announced.
            if likely is None and one.sentence == part.sentence:
                likely = one
    return None if likely is None or _is_of_a_sum(found, part, share, shares) else likely


def _is_of_a_sum(found: Sequence[Mention], part: Mention, share: Mention, shares: Shares) -> bool:
    """Whether a share is of two counts together: of what was received and what was carried in."""
    counts = [
        one
        for one in earlier(found, part)
        if one.is_count and one.unit == part.unit and one.place not in shares
    ]
    value, rate = part.quantity.value, Decimal(share.quantity.value)
    return any(
        share_agrees(value, one.quantity.value + other.quantity.value, rate)
        for one, other in pairwise(counts[:_MOST_WHOLES])
        if one.quantity.value + other.quantity.value
    )


def _agrees(part: Mention, whole: Mention, share: Mention) -> bool:
    value = whole.quantity.value
    return bool(value) and share_agrees(part.quantity.value, value, Decimal(share.quantity.value))


def _growths(
    found: Sequence[Mention], claims: Sequence[Claim], text: str, wholes: Mapping[int, Mention]
) -> Iterator[Relation]:
    """A growth is that of the count before it in its sentence; behind a list of parts, of their whole."""
    grown: set[int] = set()
    listed = -2
    for mention, claim in zip(found, claims, strict=True):
        if claim.measure is not Measure.GROWTH or is_next(mention):
            continue
        if listed == mention.place - 1 and _NEXT_CHANGE.fullmatch(mention.gap):
            listed = mention.place
            continue
        run = [mention]
        for one in later(found, mention):
            if claims[one.place].measure is not Measure.GROWTH or not is_next(one):
                break
            run.append(one)
        compared = found[mention.place - 1] if mention.place else None
        if compared is not None and is_compared(mention, compared):
            yield from _growth_from(found, mention, compared)
            continue
        following = found[run[-1].place + 1 : run[-1].place + 2]
        if "分别" in mention.gap and following and _NEXT_CHANGE.fullmatch(following[0].gap):
            # 分别增长5%、下降6%
            listed = run[-1].place
            continue
        counted = [one for one in _counted(found, claims, mention, len(run)) if _is_whole_number(one)]
        if len(run) == 1 and len(counted) == 1:
            counted = [_whole_or_part(counted[0], claim, wholes, grown)]
        if len(counted) < len(run):
            continue
        for one, growth in zip(counted, run, strict=True):
            between = text[one.quantity.after : growth.quantity.start]
            if growth.quantity.approximation is Approximation.EXACT and (
                len(run) > 1 or is_growth_of(one, between)
            ):
                grown.add(one.place)
                yield Relation(RelationKind.GROWTH, growth.place, (one.place,))


def _growth_from(found: Sequence[Mention], growth: Mention, compared: Mention) -> Iterator[Relation]:
    """A growth beside last year's number: that of the one count before both in its sentence."""
    counts = [
        one
        for one in earlier(found, compared)
        if one.sentence == growth.sentence and one.is_count and one.depth <= growth.depth
    ]
    names = growth.gap.lstrip(")")
    if len(counts) == 1 and _is_one_unit(counts[0], compared) and is_growth_of(counts[0], names):
        yield Relation(RelationKind.GROWTH, growth.place, (counts[0].place, compared.place))


def _is_one_unit(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _CASES


def _is_whole_number(one: Mention) -> bool:
    """Whether what is counted comes in whole numbers, so that last year's was one."""
    return _MEASURES.search(one.unit or "") is None and _AVERAGE.search(one.lead) is None


def _counted(
    found: Sequence[Mention], claims: Sequence[Claim], growth: Mention, number: int
) -> list[Mention]:
    """The counts in front of a growth in its sentence, but for those of other years."""
    counts: list[Mention] = []
    for one in earlier(found, growth):
        if one.sentence != growth.sentence or len(counts) == number:
            break
        if (
            one.is_count
            and one.depth <= growth.depth
            and not _OTHER_YEAR.search(claims[one.place].period or "")
            and not is_difference(one)
        ):
            counts.insert(0, one)
    return counts


def _whole_or_part(
    counted: Mention, growth: Claim, wholes: Mapping[int, Mention], grown: Set[int]
) -> Mention:
    """What has grown, where a growth stands behind the last of a list of parts."""
    whole = wholes.get(counted.place)
    if whole is None or whole.place in grown:
        return counted
    parts = {index for index, one in wholes.items() if one is whole}
    if len(parts) < 2 or parts & grown or counted.place < max(parts):
        return counted
    rate = Decimal(growth.value)
    of_whole, of_part = (judge_growth(rate, one.quantity.value).outcome for one in (whole, counted))
    return counted if of_whole is Outcome.VIOLATED and of_part is not Outcome.VIOLATED else whole

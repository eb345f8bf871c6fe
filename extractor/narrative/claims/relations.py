"""What claims say of each other and of the tables: wholes and parts, shares, growth, cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.narrative.claims.all_of_them import more_than_came
from extractor.narrative.claims.cells import are_apart, cells_of, is_own
from extractor.narrative.claims.changes import is_next
from extractor.narrative.claims.doubt import RESIDUAL, says_overlap
from extractor.narrative.claims.each_of import each_of
from extractor.narrative.claims.growths import growths
from extractor.narrative.claims.mentions import Mention, earlier, head_of_list
from extractor.narrative.claims.partitions import Partition, partitions
from extractor.narrative.claims.repeated import repeated
from extractor.narrative.claims.restated import restated
from extractor.narrative.claims.shares import Shares, is_named_for, is_share_of, names_part, shares_of
from extractor.narrative.claims.tables import Tables
from extractor.narrative.claims.taken_up import taken_up
from extractor.result.header import Header
from extractor.result.narrative import Claim, Measure, Relation, RelationKind
from rules.interval import share_agrees

_MOST_WHOLES = 6
# What open parts can come to by a misprint, in per cent of their whole.
_WHOLE, _MOST_OF_WHOLE = 100, 150
_TENTHS = re.compile("[,(]?(?:约|大约)?占")
_DISPUTES = "disputes."
_EXACTLY = frozenset({"(", "以上(", "多("})
_COORDINATING = frozenset("、和及与")
# 去年全区受理申请98件,予以公开50件: all that follows is of that year, up to what is told to be of another.
_BEGINS_BEFORE = re.compile(
    r"[,、]?(?:而|其中)?(?P<period>[上去]一?年(?!度?结转)|(?P<year>20\d\d)年(?!以来|底))"
)
# 结转2023年继续办理 is of what that year left, too.
_THIS_YEAR = re.compile(
    r"今年|本年|(?<!转)(?<!转[至到入])(?<!留待)20\d\d年|[较比](?![例重率])|[与同](?=20\d\d|[上去前]一?年|比|期)"
)


def relations(
    mentions: Sequence[Mention], claims: Sequence[Claim], text: str, header: Header, tables: Tables
) -> Iterator[Relation]:
    """The relations of the claims of one stretch of text, undecided.

    Args:
        mentions: its mentions, in order.
        claims: the claim of each of them.
        text: the stretch, folded.
        header: what the report says about itself.
        tables: of the report.
    """
    shares = shares_of(mentions)
    known = partitions(mentions, shares, lambda one, other: are_apart(mentions, one, other, tables))
    wholes = {part.index: partition.whole for partition in known for part in partition.parts}
    for partition in known:
        kind = RelationKind.CLOSED if partition.is_closed else RelationKind.OPEN
        is_more = partition.total > partition.whole.quantity.value
        if is_more and (
            partition.may_overlap
            or says_overlap(text, partition.whole, partition.parts)
            or _is_on_another_line(text, partition.whole, partition.parts[0])
            or _is_far_more(partition)
        ):
            # One item went out on two channels: no contradiction.
            continue
        yield Relation(kind, partition.whole.index, tuple(part.index for part in partition.parts))
    yield from _shares(mentions, shares, wholes, tables)
    yield from _in_tenths(mentions, tables)
    yield from growths(mentions, claims, text, wholes)
    yield from repeated(mentions, claims)
    yield from restated(mentions)
    yield from taken_up(mentions)
    of_cells = _cell_relations(mentions, claims, header, tables)
    yield from of_cells
    # Of what the tables have, what was carried over may be done, too.
    in_tables = {one.claim for one in of_cells}
    yield from (one for one in more_than_came(mentions) if one.claim not in in_tables)


def _cell_relations(
    mentions: Sequence[Mention], claims: Sequence[Claim], header: Header, tables: Tables
) -> list[Relation]:
    """The relations of counts to the cells that they repeat."""
    return [
        Relation(RelationKind.CELL, mention.index, addresses=addresses)
        for mention, claim in zip(mentions, claims, strict=True)
        for addresses in _of_cells(
            mentions, mention, _inherited(claim, mentions, mention, claims, header), header, tables
        )
    ]


def _of_cells(
    mentions: Sequence[Mention], mention: Mention, claim: Claim, header: Header, tables: Tables
) -> Iterator[tuple[str, ...]]:
    """The cells whose sum a count repeats, or those each of which it does."""
    addresses = cells_of(mentions, mention, claim, header, tables)
    if addresses:
        yield addresses
    elif claim.period is None and is_own(claim.scope, header):
        yield from each_of(mentions, mention, header, tables)


def _is_on_another_line(text: str, whole: Mention, part: Mention) -> bool:
    """Whether a line ends between a whole and a part, and no sentence: what that is of may stand above."""
    between = text[whole.quantity.after : part.quantity.start]
    return "\n" in between and "。" not in between


def _is_far_more(partition: Partition) -> bool:
    """Whether parts that need not be all exceed their whole by so much that they must overlap."""
    whole = partition.whole.quantity.value
    are_less = all(part.quantity.value < whole for part in partition.parts)
    is_far = partition.total * _WHOLE > whole * _MOST_OF_WHOLE
    return is_far and are_less and not partition.is_closed


def _inherited(
    claim: Claim, mentions: Sequence[Mention], mention: Mention, claims: Sequence[Claim], header: Header
) -> Claim:
    """A claim with the scope and the period that its sentence or its list has, where it has none."""
    scoped = _with_scope(claim, mentions, mention, claims)
    return _with_period(scoped, mentions, mention, claims, header)


def _with_scope(
    claim: Claim, mentions: Sequence[Mention], mention: Mention, claims: Sequence[Claim]
) -> Claim:
    """A claim with the scope that the counts before it in its sentence have, if it has none of its own."""
    if claim.scope is not None:
        return claim
    scopes = (
        claims[one.index].scope for one in earlier(mentions, mention) if one.sentence == mention.sentence
    )
    scope = next((one for one in scopes if one is not None), None)
    return claim if scope is None else replace(claim, scope=scope)


def _with_period(
    claim: Claim, mentions: Sequence[Mention], mention: Mention, claims: Sequence[Claim], header: Header
) -> Claim:
    """A claim with the period of the number in front of its list, or of its sentence, if it has none."""
    if claim.period is not None:
        return claim
    head = head_of_list(mentions, mention)
    if head is not None and claims[head.index].period is not None:
        return replace(claim, period=claims[head.index].period)
    begins = _BEGINS_BEFORE.match(mention.before)
    year = header.year.value if header.year is not None else None
    if begins is None or begins["year"] == year or _THIS_YEAR.search(mention.before, begins.end()):
        return claim
    return replace(claim, period=begins["period"])


def _shares(
    mentions: Sequence[Mention], shares: Shares, wholes: Mapping[int, Mention], tables: Tables
) -> Iterator[Relation]:
    for index, share in shares.items():
        part = mentions[index]
        if _may_be_of_all(mentions, part, share, shares):
            continue
        whole = _whole(mentions, part, share, shares, wholes)
        if whole is not None:
            yield Relation(RelationKind.SHARE, share.index, (index, whole.index))
            continue
        named = _first_of_list(mentions, share)
        addresses = _total(part, share, tables, named.gap) if is_named_for(named, part) else ()
        if addresses and _may_be_of_cells(part, addresses, tables):
            yield Relation(RelationKind.SHARE, share.index, (index,), addresses)


def _first_of_list(mentions: Sequence[Mention], share: Mention) -> Mention:
    """The share whose words tell what another is of: 分别占办结总数的50.4%和6.7%."""
    while share.index and is_next(share) and mentions[share.index - 1].is_percentage:
        share = mentions[share.index - 1]
    return share


def _may_be_of_cells(part: Mention, addresses: Sequence[str], tables: Tables) -> bool:
    """Whether a count can be of what some cells are: of all disputes (行政复议总数) others may be told of."""
    rows = {address.rpartition(".")[0] for address in addresses if address.startswith(_DISPUTES)}
    known = {cell.value for address, cell in tables.cells.items() if address.rpartition(".")[0] in rows}
    return not rows or part.quantity.value in known


def _in_tenths(mentions: Sequence[Mention], tables: Tables) -> Iterator[Relation]:
    """The shares in tenths behind counts that name a total of the tables: 24件,占全部新收申请的两成."""
    for part, share in pairwise(mentions):
        is_behind = part.is_count and part.sentence == share.sentence and _TENTHS.match(share.gap)
        if is_behind and share.quantity.measure is Measure.TENTHS:
            totals = tables.totals_named(share.gap.rpartition("占")[2])
            yield from (Relation(RelationKind.SHARE, share.index, (part.index,), one) for one in totals[:1])
            exactly = mentions[share.index + 1 : share.index + 2]
            if totals and exactly and exactly[0].is_percentage and exactly[0].gap in _EXACTLY:
                # 占办结总数的一半以上(50.4%)
                total = _total(part, exactly[0], tables, share.gap)
                yield Relation(RelationKind.SHARE, exactly[0].index, (part.index,), total)


def _may_be_of_all(mentions: Sequence[Mention], part: Mention, share: Mention, shares: Shares) -> bool:
    """Whether a share behind a list, of which only the last part has one, can be that of all parts."""
    before = mentions[part.index - 1] if part.index else None
    is_parted = part.gap[:1] in _COORDINATING or share.gap[:1] == part.gap[:1] == ";"
    is_listed = before is not None and is_parted and before.is_count and before.index not in shares
    return is_listed and not names_part(share, part)


def _total(part: Mention, share: Mention, tables: Tables, named: str) -> tuple[str, ...]:
    """The cells of the total that words name: those that a share agrees with, else the likeliest."""
    totals = tables.totals_named(named.rpartition("占")[2])
    return next(
        (one for one in totals if (value := tables.sum_of(one)) and _agrees_with(part, value, share)),
        totals[0] if totals else (),
    )


def _whole(
    mentions: Sequence[Mention], part: Mention, share: Mention, shares: Shares, wholes: Mapping[int, Mention]
) -> Mention | None:
    """What a share is of: the whole that the part is listed under, or a count before it."""
    known = wholes.get(part.index)
    likely: Mention | None = None
    if known is not None and is_share_of(share, part, known):
        if _agrees(part, known, share):
            return known
        likely = known
    for count in earlier(mentions, part):
        if _may_be_whole(count, part, share, shares, wholes):
            if _agrees(part, count, share):
                return count
            # Across sentences only what agrees is taken for the whole, unless the parts are announced.
            # What is left over (其他类型23件,占19.2%) is of none of those that it stands beside.
            is_beside = count.sentence == part.sentence and not RESIDUAL.search(part.lead)
            if likely is None and is_beside:
                likely = count
    return None if likely is None or _is_of_a_sum(mentions, part, share, shares) else likely


def _may_be_whole(
    count: Mention, part: Mention, share: Mention, shares: Shares, wholes: Mapping[int, Mention]
) -> bool:
    """Whether a count before a part can be what its share is of: no part itself, and no smaller."""
    return (
        count.is_count
        and count.unit == part.unit
        and count.depth <= part.depth
        and count.index not in wholes
        and count.index not in shares
        and count.quantity.value >= part.quantity.value
        and is_share_of(share, part, count)
    )


def _is_of_a_sum(mentions: Sequence[Mention], part: Mention, share: Mention, shares: Shares) -> bool:
    """Whether a share is of two counts together: of what was received and what was carried in."""
    counts = [
        count
        for count in earlier(mentions, part)
        if count.is_count and count.unit == part.unit and count.index not in shares
    ]
    value, rate = part.quantity.value, Decimal(share.quantity.value)
    return any(
        share_agrees(value, count.quantity.value + other.quantity.value, rate)
        for count, other in pairwise(counts[:_MOST_WHOLES])
        if count.quantity.value + other.quantity.value
    )


def _agrees(part: Mention, whole: Mention, share: Mention) -> bool:
    value = whole.quantity.value
    return bool(value) and _agrees_with(part, value, share)


def _agrees_with(part: Mention, whole: int | Decimal, share: Mention) -> bool:
    return share_agrees(part.quantity.value, whole, Decimal(share.quantity.value))

"""Shares in brackets: 自然人(100件,83.3%) · 征地拆迁45件(37.5%) · 八成以上为自然人申请(100件)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from extractor.narrative.claims.changes import repeats
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.narrative.claims.shares import SHARE_WORDS, Shares, names_another, whole_named
from extractor.narrative.claims.tables import Tables
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.interval import share_agrees
from rules.phrases import phrase_book

_SHARE = re.compile(r"[(](?:占比?|约|比例)?|[,、](?:占比?)?")
_TENTHS = re.compile(
    r"[^,;()]{0,16}[,(](?:正好|恰好|刚好|足足|几乎|大致|大约)?占(?:比|到|了|总[数量]的?)?(?:为|达到?|约|近|超过?)*"
)
# A count that a share in front of it is of: 占80%(96件) · 占八成,即96件.
_BESIDE = re.compile(r"[^,]*[(]|(?:[^,;()]{0,6},)?(?:即|合|具体为|也就是|为|计|共)+")
_FRAME = re.compile("[^,;()]{0,6}[中里],")
_OUT_OF = re.compile("[^,;()]{0,6}[中里]的?")
_AMONG = re.compile(r"其中|[件条项个篇份次人期场名家][^,;]{0,8}[中里](?:[,:]|(?=[\u4e00-\u9fff]))")
# In tenths.
_ALL_TENTHS, _NEAR = 10, Decimal("2.5")
_SHARES = frozenset({Measure.SHARE, Measure.TENTHS})
_FEW, _SEVERAL = 2, 3


class _Pair(NamedTuple):
    """A count and its share."""

    part: Mention
    share: Mention


class _Whole(NamedTuple):
    """What shares can be of: the counts or the cells that sum to it."""

    value: int | Decimal
    others: tuple[int, ...]
    addresses: tuple[str, ...]
    is_in_sentence: bool


def bracketed(
    mentions: Sequence[Mention], shares: Shares, tables: Tables, known: Set[int]
) -> Iterator[Relation]:
    """The relations of shares that stand in a row behind their counts, and whose whole most of them give.

    Args:
        mentions: of a stretch of text, in order.
        shares: those that words like 占 announce, by the index of their count.
        tables: of the report.
        known: the shares of which it is known what they are of.
    """
    pairs = [
        _Pair(mentions[index], share)
        for index, share in shares.items()
        if share.index not in known
        and not names_another(share, mentions[index])
        and not _is_of_another(mentions[index], share, tables)
    ]
    pairs += _in_brackets(mentions, shares)
    pairs.sort(key=lambda pair: pair.part.index)
    for _, row in groupby(pairs, key=lambda pair: (pair.part.sentence, pair.part.unit)):
        yield from _of_one_whole(mentions, list(row), tables)


def _is_of_another(part: Mention, share: Mention, tables: Tables) -> bool:
    """Whether a share names what it is of, and nothing before it speaks of that: 占法人类的75%."""
    named = whole_named(share)
    if len(named) <= 1 or repeats(named, part.before):
        return False
    return not tables.totals_named(share.gap.rpartition("占")[2])


def _in_brackets(mentions: Sequence[Mention], shares: Shares) -> Iterator[_Pair]:
    for part, share in pairwise(mentions):
        if (
            part.is_count
            and part.index not in shares
            and share.quantity.measure is Measure.SHARE
            and share.sentence == part.sentence
            and share.depth > 0
            and _SHARE.fullmatch(share.gap)
        ):
            yield _Pair(part, share)


def _of_one_whole(mentions: Sequence[Mention], row: Sequence[_Pair], tables: Tables) -> Iterator[Relation]:
    wholes = list(_wholes(mentions, row, tables))
    if not wholes:
        return
    agreeing = [sum(_agrees(pair, whole) for pair in row) for whole in wholes]
    most = max(agreeing)
    whole = wholes[agreeing.index(most)]
    if most < len(row) and not _is_certain(len(row), most, whole, wholes):
        return
    for pair in row:
        yield Relation(
            RelationKind.SHARE, pair.share.index, (pair.part.index, *whole.others), whole.addresses
        )


def _is_certain(number: int, agreeing: int, whole: _Whole, wholes: Sequence[_Whole]) -> bool:
    """Whether shares that don't agree with a whole are wrong, and not of another."""
    if number >= _SEVERAL:
        return agreeing >= number - 1
    if number == _FEW:
        return agreeing == 1
    return whole.is_in_sentence and sum(one.is_in_sentence for one in wholes) == 1


def _agrees(pair: _Pair, whole: _Whole) -> bool:
    return share_agrees(pair.part.quantity.value, whole.value, Decimal(pair.share.quantity.value))


def _wholes(mentions: Sequence[Mention], row: Sequence[_Pair], tables: Tables) -> Iterator[_Whole]:
    """What the shares of a row can be of, the likeliest first."""
    first = row[0].part
    parts = [pair.part for pair in row]
    greatest = max(part.quantity.value for part in parts)
    if not greatest:
        return
    for count in earlier(mentions, first):
        if count.is_count and is_alike(count, first) and count.quantity.value >= greatest:
            is_in_sentence = count.sentence == first.sentence and "其中" in mentions[count.index + 1].gap
            yield _Whole(count.quantity.value, (count.index,), (), is_in_sentence)
    if len(parts) > 1:
        total = sum(part.quantity.value for part in parts)
        yield _Whole(total, tuple(part.index for part in parts), (), is_in_sentence=False)
    yield from _totals(first, greatest, tables)


def _totals(first: Mention, greatest: int | Decimal, tables: Tables) -> Iterator[_Whole]:
    """The totals of the tables that shares can be of."""
    totals = tables.told_as.totals if tables.told_as is not None and first.unit == "件" else ()
    for cells in dict.fromkeys(cells for one in totals for cells in one.cells):
        addresses = tables.addresses_of(cells)
        value = tables.sum_of(addresses) if addresses else None
        if value is not None and value >= greatest:
            yield _Whole(value, (), addresses, is_in_sentence=False)


def beside_counts(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each share that stands in front of its count in brackets can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    yield from _among(mentions)
    for mention, part in pairwise(mentions):
        if (
            _is_share(mention)
            and part.is_count
            and part.sentence == mention.sentence
            and (_BESIDE.fullmatch(part.gap) or _is_right_behind(mentions, mention, part))
        ):
            readings = [
                Relation(RelationKind.SHARE, mention.index, (part.index, count.index))
                for count in (*earlier(mentions, mention), *later(mentions, part))
                if count.depth <= mention.depth and _can_be_whole(count, part)
            ]
            if readings:
                yield readings


def _is_right_behind(mentions: Sequence[Mention], share: Mention, part: Mention) -> bool:
    """Whether a count ends the clause of a share, in a list of them: 120件申请里,…占三成,36件;…."""
    if part.gap != "," or part.following[:1] not in ("", ";") or "占" not in share.lead:
        return False
    return any(
        _FRAME.match(one.following) for one in earlier(mentions, share) if one.sentence == share.sentence
    )


def _among(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The shares behind which the whole and the part are told: 四分之三由自然人提出,即120件中的90件."""
    for mention, whole, part in zip(mentions, mentions[1:], mentions[2:], strict=False):
        is_told = _BESIDE.fullmatch(whole.gap) is not None or whole.gap.endswith(",即")
        if (
            (_is_share(mention) or whole.gap.endswith(",即"))
            and mention.quantity.measure in _SHARES
            and is_told
            and part.sentence == mention.sentence
            and _OUT_OF.fullmatch(part.gap)
            and _can_be_whole(whole, part)
        ):
            yield [Relation(RelationKind.SHARE, mention.index, (part.index, whole.index))]


def in_tenths(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each share in tenths behind its count can be of, the likeliest first: 其中120人,占三分之一.

    Args:
        mentions: of a stretch of text, in order.
    """
    pairs = [_Pair(*pair) for pair in pairwise(mentions) if _is_in_tenths_of(*pair)]
    # 线上400条,占八成;线下100条,占两成: no part is of another.
    parts = {part.index for part, _ in pairs}
    for part, mention in pairs:
        readings = [
            Relation(RelationKind.SHARE, mention.index, (part.index, count.index))
            for count in earlier(mentions, part)
            if count.index not in parts and _can_be_whole(count, part)
        ]
        if readings and _AMONG.search(part.before):
            yield readings
        elif len(readings) == 1 and _is_near(mentions, readings[0]):
            # 主办80件,协办20件,占两成: it may be of both.
            yield [*readings, _of_both(readings[0])]


def _is_near(mentions: Sequence[Mention], reading: Relation) -> bool:
    """Whether a share in tenths comes near what a reading gives: else it is of something else."""
    part, whole = (mentions[index].quantity.value for index in reading.others)
    share = Decimal(mentions[reading.claim].quantity.value)
    return whole > 0 and abs(Decimal(part) * _ALL_TENTHS / Decimal(whole) - share) <= _NEAR


def _of_both(reading: Relation) -> Relation:
    """A share of a part in a whole, as one of both together."""
    part, whole = reading.others
    return Relation(reading.kind, reading.claim, (part, whole, part))


def _is_in_tenths_of(part: Mention, mention: Mention) -> bool:
    """Whether a number behind another is its share in tenths."""
    is_behind = part.is_count and part.sentence == mention.sentence
    return (
        is_behind
        and mention.quantity.measure is Measure.TENTHS
        and _TENTHS.fullmatch(mention.gap) is not None
    )


def _can_be_whole(count: Mention, part: Mention) -> bool:
    """Whether a part can be one of what a number of its sentence counts."""
    is_counted = count.is_count and count.sentence == part.sentence and is_alike(count, part)
    return is_counted and count.quantity.value >= part.quantity.value


def _is_share(mention: Mention) -> bool:
    """Whether a number is a share by its words; one in tenths is one, unless something fell by it."""
    measure = mention.quantity.measure
    if phrase_book().compared["changed"].search(mention.lead):
        # 下降三成,为560件
        return False
    return measure is Measure.TENTHS or (
        measure is Measure.SHARE and SHARE_WORDS.search(mention.lead) is not None
    )

"""Shares and rates of which only the tables state the part or the whole: 自然人占83.3% · 维持6件,维持率60%.

How texts name them stands in the form (``told_as``). A share that may be of another body's, another year's or
a part's numbers is none of these: each count beside it must be a figure of the tables, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from extractor.narrative.claims.cells import is_own, speaks_of
from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.partial import frame_of, is_of_other_time
from extractor.narrative.claims.tables import Tables
from extractor.result.header import Header
from extractor.result.narrative import Claim, Measure, Relation, RelationKind
from rules.claims import share_of_cells
from rules.confront import Outcome
from rules.wordings import CellShare

_LEADS_UP = r"(?:均|都|已|为|是|达到?|到|高达|约|将?近|接近|超过?|逾|不足|不到|[了至的:]|百分之)*"
_SHARE = re.compile(
    rf"(?P<name>[^占]*?)[的所]?占(?P<whole>[^占]*?)(?:的?(?:比例?|比重))?{_LEADS_UP}"
    rf"|(?P<named>[^占]*?)的?(?:比例|比重){_LEADS_UP}"
)
_RATE = re.compile(rf"(?P<name>[^占]+?率){_LEADS_UP}")
# What may stand before the name, and says nothing of what it is a share of.
_IN_FRONT = re.compile(
    r"(?:其中|[而且并由以在从就按对、的]|所有|全部|全年|本?年度?|当年|今年|目前|主要|提出|来自|属于|作出|给予|依法|因|引发|提起|20\d\d年度?|"
    r"申请人(?:类型)?[为中是]?|办理结果[为中]?|[我本全][省市县区旗州盟乡镇局委厅办]|"
    r"(?:收到|受理|新收|办理|办结|答复|处理)的?(?:件)?(?=.*申请.)|(?:依申请公开|(?:政府)?信息公开)|申请件?(?=.)中?)*"
)
_BEHIND = re.compile(r"(?:[合共总]计|[的有为共了:])*$")
_ALL = re.compile(r"(?:总[数量]?量?|全部|所有)?")
_LAST_YEAR = re.compile(r"[上去前]一?年(?!度?结转)|往年|同期|平均")
_BODY = re.compile(
    r"局|委(?!托)|办公室|厅|[乡镇]|街道|部门"
    r"|单位|[院处]|所(?![占有述])|科(?![研技])|中心|[省市县区]级|本级|下属"
)
# What 在…申请中 may name for all of them to be meant; 网络申请中 and 上年结转的申请中 are of some.
_ALL_APPLICATIONS = re.compile(
    r"(?:[在从对按就以的了其已新共总各\d]|所有|全部|全年|本?年度?|当年|今年|年内|[我本全]?[省市县区旗州盟乡镇](?:人民)?(?:政府)?"
    r"|[我本](?:机关|单位|局|委|厅|办|院|校)|行政机关|新?收到?|受理|接收|办理|办结|答复|处理|完毕|提出|依申请公开|(?:政府)?信息公开"
    r"|政务公开|申请人?|类型|情况|结果|工作|事项|件数?|数量?)*"
)
_MEASURES = frozenset({Measure.SHARE, Measure.TENTHS})
_WHOLE = 100


class _Named(NamedTuple):
    """A share as a text names it.

    Attributes:
        share: the form's entry for it.
        whole: the words for what it is of; empty if there are none.
        part: the count in front of it that is its part, if the text states it.
    """

    share: CellShare
    whole: str
    part: Mention | None


class _Reading(NamedTuple):
    """The cells that a share can be of."""

    part: tuple[str, ...]
    whole: tuple[str, ...]


def cell_shares(
    mentions: Sequence[Mention], claims: Sequence[Claim], header: Header, tables: Tables, known: Set[int]
) -> Iterator[Sequence[Relation]]:
    """What each share and rate can be of by the cells, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
        claims: the claim of each of them.
        header: what the report says about itself.
        tables: of the report.
        known: the indexes of those of which it is known what they are of.
    """
    shares = tables.told_as.shares if tables.told_as is not None else ()
    for mention, claim in zip(mentions, claims, strict=True) if shares else ():
        if claim.measure not in _MEASURES or mention.index in known:
            continue
        named = _named(mentions, mention, shares)
        if (
            named is not None
            and _is_of_all(mentions, claims, mention, header)
            and _is_beside_figures(mentions, mention, named.share.units, tables)
        ):
            readings = list(_readings(named, tables))
            if readings and not _is_excused(claim, named.share, tables):
                yield [_relation(mention, named, one) for one in readings]


def _relation(mention: Mention, named: _Named, reading: _Reading) -> Relation:
    others = () if named.part is None else (named.part.index,)
    part = reading.part if named.part is None else ()
    return Relation(RelationKind.SHARE, mention.index, others, reading.whole, part_addresses=part)


def _named(mentions: Sequence[Mention], mention: Mention, shares: Sequence[CellShare]) -> _Named | None:
    """How a percentage is named; None if the form knows no such share."""
    told = _SHARE.fullmatch(mention.lead) or _RATE.fullmatch(mention.lead)
    if told is None:
        return None
    words = told.groupdict()
    name, part = _bare(words["name"] or words.get("named") or ""), None
    if not name:
        part = mentions[mention.index - 1] if mention.index else None
        if part is None or not part.is_count or part.sentence != mention.sentence:
            return None
        name = _bare(part.lead)
    share = next((one for one in shares if _is_named(one, name, mentions, mention)), None)
    return None if share is None else _Named(share, words.get("whole") or "", part)


def _is_named(share: CellShare, name: str, mentions: Sequence[Mention], mention: Mention) -> bool:
    names, subject, unless = share.patterns
    return (
        names.fullmatch(name) is not None
        and (subject is None or speaks_of(subject, mentions, mention))
        and (unless is None or unless.search(mention.before) is None)
    )


def _bare(words: str) -> str:
    """The name in the words before a number."""
    front = _IN_FRONT.match(words)
    return _BEHIND.sub("", words[front.end() if front else 0 :])


def _is_of_all(
    mentions: Sequence[Mention], claims: Sequence[Claim], mention: Mention, header: Header
) -> bool:
    """Whether a share is of the whole year's and the whole body's numbers, as far as the words tell."""
    if is_of_other_time(mention.before) or _LAST_YEAR.search(mention.before):
        return False
    frame = frame_of(mention.before)
    if frame is not None and not _ALL_APPLICATIONS.fullmatch(frame):
        return False
    if mention.behind.startswith("的"):
        # 自然人申请占90%的部门有5个
        return False
    beside = (one for one in earlier(mentions, mention) if one.sentence == mention.sentence)
    stated = (claims[one.index] for one in (mention, *beside))
    return all(one.period is None and is_own(one.scope, header) for one in stated)


def _is_beside_figures(
    mentions: Sequence[Mention], mention: Mention, units: Sequence[str], tables: Tables
) -> bool:
    """Whether all counts beside a share are figures of the tables, and no other body is named."""
    before = [one for one in earlier(mentions, mention) if one.quantity.unit in units]
    beside = [one for one in before if one.sentence == mention.sentence]
    # A count of theirs can be a figure of the tables by chance.
    if _BODY.search(mention.before):
        return False
    figures = _figures(tables)
    return all(one.quantity.value in figures for one in beside or before)


def _figures(tables: Tables) -> frozenset[int | Decimal]:
    """What the cells state, and the sums of those that are told of together."""
    told_as = tables.told_as
    if told_as is None:
        return frozenset()
    sums = [cells for total in told_as.totals for cells in total.cells]
    sums += [cells for share in told_as.shares for one in share.readings for cells in (one.part, one.whole)]
    told = {tables.sum_of(cells) for named in sums if (cells := tables.addresses_of(named))}
    stated = {cell.value for cell in tables.cells.values()}
    return frozenset(value for value in told | stated if value is not None)


def _readings(named: _Named, tables: Tables) -> Iterator[_Reading]:
    """The cells that a share can be of, as far as it names its whole, and its part is theirs."""
    for reading in _of_whole(named, tables):
        part, whole = (tables.sum_of(one) if one else None for one in reading)
        is_share = part is not None and whole is not None and 0 <= part <= whole and whole > 0
        if is_share and (named.part is None or named.part.quantity.value == part):
            yield reading


def _of_whole(named: _Named, tables: Tables) -> Sequence[_Reading]:
    """The readings of a share that are of what it says; all, if it names nothing."""
    readings = [
        _Reading(tables.addresses_of(one.part), tables.addresses_of(one.whole))
        for one in named.share.readings
        if not one.less
    ]
    if _ALL.fullmatch(named.whole):
        return readings
    wholes = tables.totals_named(named.whole)
    parts = dict.fromkeys(one.part for one in readings)
    return [one for one in readings if one.whole in wholes] or [
        _Reading(part, whole) for part in parts for whole in wholes
    ]


def _is_excused(claim: Claim, share: CellShare, tables: Tables) -> bool:
    """Whether a percentage is one that says something else than its cells: all of what was due."""
    rate = Decimal(claim.value)
    if share.is_of_due and rate == _WHOLE:
        return True
    for reading in share.readings:
        sums = [
            tables.sum_of(tables.addresses_of(cells)) for cells in (reading.part, reading.less, reading.whole)
        ]
        part, less, whole = sums
        if reading.less and part is not None and less is not None and whole is not None:
            judgement = share_of_cells(rate, part - less, whole)
            if judgement.outcome is Outcome.SATISFIED:
                return True
    return False

"""Sentences that repeat figures of the tables: which cells a count is the sum of.

Only where the words leave no other reading; a count of another body, or of another year, is no cell's.
The wordings themselves stand in the form (``told_as``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.narrative.claims.changes import repeats
from extractor.narrative.claims.columns import are_all, columns_of, in_columns, is_total_of
from extractor.narrative.claims.listed import tags_of
from extractor.narrative.claims.mentions import Mention, earlier, head_of_list
from extractor.narrative.claims.partial import is_of_a_kind, is_partial, without_organ
from extractor.narrative.claims.tables import Tables
from extractor.result.header import Header
from extractor.result.narrative import Approximation, Claim, Measure
from rules.wordings import Statement, ToldAs, Topic

_OFFICE = re.compile(r"办公?[室厅]?$|政府办")
_WHOLE_AREA = re.compile(r"^全[省市县区旗州盟乡镇]$|^[我本](?:省|市|县|区|旗|州|盟|乡|镇)$|政府$|政府及其")
_WHOLE_OF = re.compile(r"[全我本](?P<level>[省市县区旗州盟乡镇])")
# Counties, districts and banners stand on one level.
_COUNTY = re.compile("[区旗]")
_AREA = re.compile(r"(?P<level>[省市县区旗州盟乡镇])(?:人民政府|政府)$")
_WHOLE_SYSTEM = re.compile(r"^全(?:局|系统|委|厅|校)$")
_GOVERNMENT = ("人民政府", "办事处", "管委会")
# What is counted in these may have decimals.
_AMOUNTS = frozenset({"元", "万元", "亿元"})
_CARRIED_IN = re.compile(r"(?:其中)?(?:含|包[括含])(?:[上去]一?年度?|往年)结转")
# 连同上年结转的5件,125件申请中自然人105件 · 应办理的125件申请中,自然人105件
_WITH_CARRIED = re.compile(
    r"(?:连同|加上|含|包括|计入)(?:[上去]一?年度?|往年)结转|[应需](?:当|要)?(?:办理|办结|答复|处理)"
)
# 上年结转的诉讼案件2件: table 4 has none of these apart.
_LAST_YEARS, _DISPUTES = re.compile("(?:[上去]一?年度?|往年)[^,;]{0,4}结转"), "disputes."
# 各类行政复议142件,其中信息公开类10件;行政诉讼64件: parts say nothing of what stands behind their list.
_OF_PARTS = re.compile("其中[^;]*;")
_MATTERS = re.compile("事项|内容|信息(?!公开)|问题|条目|答复书|文书|告知书|材料")
_OF_SOME = re.compile("类(?!型|别)|领域|方面|(?:涉及|关于)(?!政府信息公开|信息公开)")
# What is listed with others, and how many of them are figures of the tables by no chance.
_JOINED, _MANY = re.compile("(?:、|和|及|与|以及)(?![^,;]*其中)"), 10
_TOPIC = re.compile("信息公开|政务公开")
_OF_TOPIC_ONLY = re.compile(r"[^,;()\d]{0,8}[,(]?(?:其中[^,;()]{0,6}|涉及?(?:政府)?)(?:信息公开|政务公开)")
# 我委, in the report of a government, is somebody else's.
_OWN_BODY = re.compile(r"[我本](?:局|委|厅|院|校)")
_BODY = re.compile(r"(?:局|委|委员会|厅|部|院|办公室|办公厅|政府办|中心|办)$")


class _Told(NamedTuple):
    """What a count can mean, by a statement of the form."""

    topic: Topic
    statement: Statement
    addresses: tuple[str, ...]


def cells_of(
    mentions: Sequence[Mention], mention: Mention, claim: Claim, header: Header, tables: Tables
) -> tuple[str, ...]:
    """The cells whose sum a count repeats; empty if there are none, or it isn't sure which.

    Args:
        mentions: those of its stretch of text.
        mention: the count.
        claim: what it claims.
        header: what the report says about itself.
        tables: of the report.
    """
    told_as = tables.told_as
    if told_as is None or not _may_be_of_cells(claim, header):
        return ()
    readings = _with_columns(mentions, mention, told_as, tables)
    for reading in readings:
        if tables.sum_of(reading.addresses) == claim.value:
            return reading.addresses
    head = head_of_list(mentions, mention)
    if (
        not readings
        or _is_of_more_or_fewer(mentions, mention, head)
        or _is_among_all(head, readings[0], tables)
    ):
        return ()
    if _is_of_other_columns(mentions, mention, readings[0], told_as, header, tables):
        return ()
    beside = [one for one in earlier(mentions, mention) if one.sentence == mention.sentence or one is head]
    if beside and _may_be_among(mentions, mention, beside[0], tables):
        return ()
    return _unless_partial(mentions, mention, readings[0], beside, header, tables)


def _is_among_all(head: Mention | None, reading: _Told, tables: Tables) -> bool:
    """Whether what is listed is worded as the figure that its list is of: 办结119件,其中新收申请办结114件."""
    return head is not None and tables.sum_of(reading.addresses) == head.quantity.value


def _unless_partial(
    mentions: Sequence[Mention],
    mention: Mention,
    reading: _Told,
    beside: Sequence[Mention],
    header: Header,
    tables: Tables,
) -> tuple[str, ...]:
    """The cells of a reading, unless a count may be of a part of them by its words, or by those before it."""
    topic, statement, addresses = reading
    told_as = tables.told_as
    if told_as is None or _are_figures_beside(mentions, mention, reading, tables):
        return addresses
    if is_partial(mention, beside, topic, statement, told_as, header):
        return ()
    return () if _is_beside_part(mentions, beside, told_as, header, tables) else addresses


def _are_figures_beside(
    mentions: Sequence[Mention], mention: Mention, reading: _Told, tables: Tables
) -> bool:
    """Whether all other counts of a list that 、 joins are figures of their cells, so that this is one, too.

    行政许可决定1500件、行政处罚决定230件、行政强制决定12件: whatever the words say of all of them, the first
    and the last are those of the tables.
    """
    told_as = tables.told_as
    listed = _joined(mentions, mention)
    others = [one for one in listed if one is not mention]
    if told_as is None or sum(one.quantity.value for one in others) < _MANY:
        return False
    for one in others:
        told = _with_columns(mentions, one, told_as, tables)
        is_figure = any(
            tables.sum_of(other.addresses) == one.quantity.value
            and other.topic is reading.topic
            and set(other.addresses).isdisjoint(reading.addresses)
            for other in told
        )
        if not is_figure:
            return False
    return True


def _joined(mentions: Sequence[Mention], mention: Mention) -> Sequence[Mention]:
    """A count with those before and behind it that are joined to it by 、 or the like, in order."""
    first = last = mention.index
    while first and _JOINED.match(mentions[first].gap):
        first -= 1
    while last + 1 < len(mentions) and _JOINED.match(mentions[last + 1].gap):
        last += 1
    return mentions[first : last + 1]


def _may_be_among(mentions: Sequence[Mention], mention: Mention, before: Mention, tables: Tables) -> bool:
    """Whether an outcome may be that of some applications, told before it: 涉及征地的30件,予以公开12件."""
    told_as = tables.told_as
    is_of_some = _OF_SOME.search(before.lead) is not None and "outcome" in tags_of(mention)
    return is_of_some and told_as is not None and not _with_columns(mentions, before, told_as, tables)


def _is_beside_part(
    mentions: Sequence[Mention], beside: Sequence[Mention], told_as: ToldAs, header: Header, tables: Tables
) -> bool:
    """Whether a number before another is a part of its cell: 以区政府为主体收到申请18件,其中予以公开9件."""
    for place, one in enumerate(beside):
        told = _with_columns(mentions, one, told_as, tables)
        is_figure = any(tables.sum_of(other.addresses) == one.quantity.value for other in told)
        before = beside[place + 1 :]
        if told and not is_figure:
            topic, statement, _ = told[0]
            if is_partial(one, before, topic, statement, told_as, header):
                return True
    return False


def _with_columns(
    mentions: Sequence[Mention], mention: Mention, told_as: ToldAs, tables: Tables
) -> list[_Told]:
    """What a count can mean, of the total and of the columns that are named before it."""
    readings = [
        one
        for one in _readings(mentions, mention, told_as, tables)
        if one.addresses and not _is_left_from_before(mention, one)
    ]
    columns = columns_of(mentions, mention, tables) if readings else None
    if columns is None or any(are_all(one.addresses, columns.readings[0], tables) for one in readings):
        return readings
    narrowed = [
        one._replace(addresses=cells)
        for named in columns.readings
        for one in readings
        if (cells := in_columns(one.addresses, named, tables))
    ]
    if narrowed and columns.is_frame:
        # 自然人申请的办理结果中,部分公开6件 isn't of all.
        return narrowed
    return [*narrowed, *readings] if columns.is_certain else [*readings, *narrowed]


def _is_left_from_before(mention: Mention, reading: _Told) -> bool:
    """Whether a count is of disputes that the year before left, which no cell states."""
    return _LAST_YEARS.search(mention.lead) is not None and reading.addresses[0].startswith(_DISPUTES)


def _is_of_other_columns(
    mentions: Sequence[Mention],
    mention: Mention,
    reading: _Told,
    told_as: ToldAs,
    header: Header,
    tables: Tables,
) -> bool:
    """Whether a count is of a column that the report hasn't, or of a part of one.

    民营企业申请中,予以公开2件 is of some of the businesses.
    """
    columns = columns_of(mentions, mention, tables)
    if columns is None or not columns.is_certain:
        return False
    if is_total_of(reading.addresses, columns.readings[0], tables):
        return True
    if not mention.lead.endswith(columns.clause):
        return not told_as.is_plain(without_organ(columns.clause, header))
    # 自然人和商业企业申请115件 is of both.
    return {one.rpartition(".")[2] for one in reading.addresses} < set(columns.readings[0])


def _is_of_more_or_fewer(mentions: Sequence[Mention], mention: Mention, head: Mention | None) -> bool:
    """Whether a number is listed behind one of some only, or holds what was carried in, too.

    Brackets behind it say that: 125件申请(含上年结转5件).
    """
    following = mentions[mention.index + 1 : mention.index + 2]
    is_of_some = head is not None and (is_of_a_kind(head) or _is_of_an_outcome(head, mention))
    if _WITH_CARRIED.search(mention.before) and "applicant" in tags_of(mention):
        return True
    if _is_of_wider_whole(mentions, mention) or _is_counted_otherwise(mentions, mention):
        return True
    return is_of_some or any(one.depth > mention.depth and _CARRIED_IN.match(one.lead) for one in following)


def _is_of_an_outcome(head: Mention, mention: Mention) -> bool:
    """Whether applicants are listed of what has some outcome: 不掌握的15件申请,其中申请人为自然人的11件."""
    return "outcome" in tags_of(head) and "applicant" in tags_of(mention)


def _is_of_wider_whole(mentions: Sequence[Mention], mention: Mention) -> bool:
    """Whether a number, or one before it, is told to hold more than what the report is about.

    各类行政诉讼41件,其中政府信息公开6件,尚未审结5件
    """
    before = [one for one in earlier(mentions, mention) if one.sentence == mention.sentence]
    return any(_OF_TOPIC_ONLY.match(one.following) for one in (mention, *before)) and not _TOPIC.search(
        mention.gap
    )


def _is_counted_otherwise(mentions: Sequence[Mention], mention: Mention) -> bool:
    """Whether a number counts other things than applications: 120件申请共涉及168项,予以公开82项."""
    unit = mention.quantity.unit
    before = [one for one in earlier(mentions, mention) if one.is_count and one.unit == mention.unit]
    return any(
        one.quantity.unit == unit and _MATTERS.search(one.lead + one.behind) for one in before
    ) and any(one.quantity.unit != unit for one in before)


def _may_be_of_cells(claim: Claim, header: Header) -> bool:
    """Whether a number counts something of the year and the body of the report."""
    is_counted = claim.measure is Measure.COUNT and claim.approximation is not Approximation.ABOUT
    is_amount = isinstance(claim.value, int) or claim.unit in _AMOUNTS
    return is_counted and is_amount and claim.period is None and is_own(claim.scope, header)


def are_apart(mentions: Sequence[Mention], one: Mention, other: Mention, tables: Tables) -> bool:
    """Whether two counts are of rows of the tables that no rule relates, so that none is a part of the other.

    Args:
        mentions: those of their stretch of text.
        one: a count.
        other: another one.
        tables: of the report.
    """
    rows = _rows_of(mentions, one, tables)
    others = _rows_of(mentions, other, tables) if rows else frozenset[str]()
    return bool(others) and others.isdisjoint(tables.related_rows(rows))


def _rows_of(mentions: Sequence[Mention], mention: Mention, tables: Tables) -> frozenset[str]:
    """The rows of the tables that a count can be of by its words; none if no statement of the form fits."""
    readings = _readings(mentions, mention, tables.told_as, tables) if tables.told_as is not None else ()
    return frozenset(address.rpartition(".")[0] for reading in readings for address in reading.addresses)


def _readings(
    mentions: Sequence[Mention], mention: Mention, told_as: ToldAs, tables: Tables
) -> Iterator[_Told]:
    """What the words can mean, the likeliest first."""
    before, named_behind = mention.lead, False
    if told_as.behind is not None and told_as.behind.fullmatch(mention.behind):
        before, named_behind = before + mention.behind, True
    around = before + mention.behind.partition("、")[0]
    for topic, wordings in told_as.wordings:
        if _is_of_topic(mentions, mention, topic, around, is_named_behind=named_behind):
            statement = next((one.statement for one in wordings if one.fits(before, around)), None)
            if statement is not None:
                for cells in statement.cells:
                    yield _Told(topic, statement, tables.addresses_of(cells))


def _is_of_topic(
    mentions: Sequence[Mention], mention: Mention, topic: Topic, around: str, *, is_named_behind: bool
) -> bool:
    """Whether the statements of a topic can speak of a count."""
    if topic.units and mention.unit not in topic.units and mention.quantity.unit not in topic.units:
        return False
    subject, sentence, beside = topic.conditions
    if beside is not None and beside.search(around) is None:
        return False
    if sentence is not None and sentence.search(_OF_PARTS.sub(";", mention.before)) is None:
        return False
    return subject is None or is_named_behind or speaks_of(subject, mentions, mention)


def speaks_of(subject: re.Pattern[str], mentions: Sequence[Mention], mention: Mention) -> bool:
    """Whether the sentence before a number, or the sentence before that, is about something.

    Args:
        subject: what tells.
        mentions: those of its stretch of text.
        mention: the number.
    """
    if subject.search(mention.before):
        return True
    before = next((one for one in earlier(mentions, mention) if one.sentence < mention.sentence), None)
    return before is not None and subject.search(before.before + before.behind) is not None


def is_own(scope: str | None, header: Header) -> bool:
    """Whether a number is that of the body whose report it is, as far as the words tell.

    Args:
        scope: whose it is by its words; None if they don't say.
        header: what the report says about itself.
    """
    if scope is None:
        return True
    organ = (header.organ.value if header.organ is not None else None) or ""
    if not organ:
        return False
    if scope.endswith(_GOVERNMENT) and not repeats(scope, organ):
        return False
    if organ.endswith(_GOVERNMENT) and _OWN_BODY.fullmatch(scope):
        return False
    area, whole = _AREA.search(organ), _WHOLE_OF.fullmatch(scope)
    levels = {_COUNTY.sub("县", match["level"]) for match in (area, whole) if match is not None}
    if len(levels) > 1:
        # 全市收到2400件, in the report of a district.
        return False
    if _WHOLE_AREA.search(scope):
        return _BODY.search(organ) is None
    if _WHOLE_SYSTEM.search(scope):
        return True
    if _OFFICE.search(scope):
        return _OFFICE.search(organ) is not None
    return True

"""Sentences that repeat figures of the tables: which cells a count is the sum of.

Only where the words leave no other reading; a count of another body, or of another year, is no cell's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.partial import is_partial
from extractor.result.cells import Cell
from extractor.result.header import Header
from extractor.result.narrative import Approximation, Claim, Measure
from rules.confront import State

_APPLICATION = "申请"
# 收到157件政府信息公开申请 is 收到政府信息公开申请157件.
_NAMED_BEHIND = re.compile(r"(?:的|有效)?(?:依申请公开|政府信息|信息|政务|公开)*申请")
_ELSEWHERE = re.compile(r"复议|诉讼|起诉|投诉|咨询|信访|举报|建议|提案|留言|来信|网络|信函|当面|现场|传真|邮")
_END = r"(?:(?:的|了|信息|申请|答复|决定|处理|案件?|类|情形|有|为|共?计?|达到?|[合总]计|总?数量?|件数|:)*)$"
_CARRIED_IN = re.compile(rf"(?:[上去]年度?|往年)结转[^,;]*?{_END}")
_CARRIED_OUT = re.compile(r"(?:结转|转|顺延)(?:至|到|入)?(?:下|次)一?年度?")
_RECEIVED = re.compile(r"(?:收到|新收|接收|接到|收悉|提出)[^,;]*(?:申请|依申请公开(?:政府信息|件)?)" + _END)
_ACCEPTED = re.compile(rf"受理[^,;]*(?:申请|依申请公开(?:政府信息|件)?){_END}")
_HANDLED = re.compile(rf"(?:办理|办结|答复|处理)[^,;]*(?:申请|依申请公开)[^,;]*?{_END}")
_OUTCOMES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"(?:予以公开|同意公开)(?:和|及|、|以及)部分公开{_END}"), ("granted", "partially_granted")),
    (re.compile(rf"部分(?:予以|同意)?公开{_END}"), ("partially_granted",)),
    (re.compile(rf"不(?:予|同意)公开{_END}"), ("refused.",)),
    (re.compile(rf"(?<!部分)(?:予以(?:全部)?|同意(?:全部)?|全部)公开{_END}"), ("granted",)),
    (
        re.compile(rf"本(?:行政)?机关(?:不掌握|掌握)[^,;]{{0,10}}?(?<!无法提供){_END}"),
        ("unavailable.not_held",),
    ),
    (re.compile(rf"无法提供{_END}"), ("unavailable.",)),
    (re.compile(rf"不予处理{_END}"), ("not_processed.",)),
    (re.compile(rf"其他处理{_END}"), ("other",)),
)
_NOT_HELD = re.compile(r"不属于本|不掌握")
_APPLICANTS = (
    (re.compile(rf"自然人(?:提出|申请)?{_END}"), ("natural_person",)),
    (
        re.compile(rf"法人(?:或|和|及|与|、)?其他组织(?:提出|申请)?{_END}"),
        ("business", "research", "public_welfare", "legal_service", "other_organization"),
    ),
)
_OF_DISCLOSURE = re.compile(r"信息公开|政务公开")
_RECONSIDERATION = re.compile(rf"(?:行政)?复议(?!后|维持|纠正|撤销)[^,;]{{0,4}}?{_END}")
_DIRECT = re.compile(rf"未经复议[^,;]*起诉{_END}|直接起诉{_END}")
_AFTER = re.compile(rf"复议后[^,;]*起诉{_END}")
_LITIGATION = re.compile(rf"诉讼[^,;]{{0,4}}?{_END}")
_DOCUMENTS = {
    "issued": re.compile(r"(?<!清理)(?:制发|新制定|新制发)"),
    "repealed": re.compile(r"废止"),
    "in_force": re.compile(r"现行有效"),
}
_KINDS = (("normative_documents", "规范性文件"), ("regulations", "规章"))
_DECISIONS = (
    ("licences", re.compile(rf"行政许可(?:处理)?决定{_END}")),
    ("penalties", re.compile(rf"行政处罚(?:处理)?决定{_END}")),
    ("coercion", re.compile(rf"行政强制(?:处理|措施)?决定{_END}")),
)
_OFFICE = re.compile(r"办公?[室厅]?$|政府办")
_WHOLE_AREA = re.compile(r"^全[省市县区旗州盟乡镇]$|^[我本](?:省|市|县|区|旗|州|盟|乡|镇)$|政府$|政府及其")
_WHOLE_SYSTEM = re.compile(r"^全(?:局|系统|委|厅|校)$")
_BODY = re.compile(r"(?:局|委|委员会|厅|部|院|办公室|办公厅|政府办|中心|办)$")
_APPLICANT_COLUMNS = (*_APPLICANTS[0][1], *_APPLICANTS[1][1])


def cells_of(
    found: Sequence[Mention], mention: Mention, claim: Claim, header: Header, cells: Mapping[str, Cell]
) -> tuple[str, ...]:
    """The cells whose sum a count repeats; empty if there are none, or it isn't sure which.

    Args:
        found: the mentions of its stretch of text.
        mention: the count.
        claim: what it claims.
        header: what the report says about itself.
        cells: of the tables, by address.
    """
    if claim.measure is not Measure.COUNT or not isinstance(claim.value, int):
        return ()
    if (
        claim.approximation is Approximation.ABOUT
        or claim.period is not None
        or not _is_own(claim.scope, header)
    ):
        return ()
    readings = [addresses_of(rows, cells) for rows in _readings(found, mention)]
    readings = [reading for reading in readings if reading]
    for reading in readings:
        if _sum(reading, cells) == claim.value:
            return reading
    if not readings or is_partial(mention, readings[0][0], header):
        return ()
    return readings[0]


def _readings(found: Sequence[Mention], mention: Mention) -> Iterator[tuple[str, ...]]:
    """The rows of one column, as ``table.row.column``, that the words can mean; the likeliest first."""
    lead = mention.lead
    if _NAMED_BEHIND.fullmatch(mention.behind):
        lead += mention.behind
    yield from _disputes(mention, lead)
    words = lead + mention.behind.partition("、")[0]
    yield from _documents(words)
    if mention.unit != "件" or not _speaks_of_applications(found, mention):
        return
    if _CARRIED_IN.search(lead):
        yield ("requests.carried_in.total",)
    elif _CARRIED_OUT.search(words):
        yield ("requests.carried_out.total",)
    elif _ELSEWHERE.search(lead):
        return
    elif (outcome := _outcome(lead)) is not None:
        yield outcome
    elif _RECEIVED.search(lead):
        yield ("requests.received.total",)
    elif _ACCEPTED.search(lead):
        yield ("requests.received.total",)
        yield ("requests.received.total", "requests.carried_in.total")
    elif _HANDLED.search(lead):
        yield ("requests.handled_total.total",)
        yield ("requests.received.total",)
        yield ("requests.received.total", "requests.carried_in.total")


def _outcome(lead: str) -> tuple[str, ...] | None:
    """The kind of applicant, or the outcome, that a count is of."""
    for pattern, columns in _APPLICANTS:
        if pattern.search(lead):
            return tuple(f"requests.received.{column}" for column in columns)
    for pattern, rows in _OUTCOMES:
        if pattern.search(lead) and (rows != ("unavailable.not_held",) or _NOT_HELD.search(lead)):
            return tuple(f"requests.{row}.total" for row in rows)
    return None


def _disputes(mention: Mention, words: str) -> Iterator[tuple[str, ...]]:
    if mention.unit != "件" and mention.quantity.unit != "起":
        return
    if "复议" not in words and "诉" not in words:
        return
    if not _OF_DISCLOSURE.search(mention.before):
        return
    direct, after = "disputes.litigation.direct.total", "disputes.litigation.after_reconsideration.total"
    if _AFTER.search(words):
        yield (after,)
    elif _DIRECT.search(words):
        yield (direct,)
    elif _LITIGATION.search(words):
        yield (direct, after)
    elif _RECONSIDERATION.search(words):
        yield ("disputes.reconsideration.total",)


def _documents(words: str) -> Iterator[tuple[str, ...]]:
    for row, pattern in _DECISIONS if "决定" in words else ():
        if pattern.search(words):
            yield (f"disclosure.{row}.decisions",)
            return
    kind = next((kind for kind, named in _KINDS if named in words), None)
    if kind is None:
        return
    named = [column for column, pattern in _DOCUMENTS.items() if pattern.search(words)]
    if len(named) == 1:
        yield (f"disclosure.{kind}.{named[0]}",)


def _speaks_of_applications(found: Sequence[Mention], mention: Mention) -> bool:
    """Whether the sentence, or the one before it, is about applications for information."""
    if _APPLICATION in mention.before or _NAMED_BEHIND.fullmatch(mention.behind):
        return True
    before = next((one for one in earlier(found, mention) if one.sentence < mention.sentence), None)
    return before is not None and _APPLICATION in before.before + before.behind


def _is_own(scope: str | None, header: Header) -> bool:
    """Whether a count is that of the body whose report it is, as far as the words tell."""
    if scope is None:
        return True
    organ = (header.organ.value if header.organ is not None else None) or ""
    if not organ:
        return False
    if _WHOLE_AREA.search(scope):
        return _BODY.search(organ) is None
    if _WHOLE_SYSTEM.search(scope):
        return True
    if _OFFICE.search(scope):
        return _OFFICE.search(organ) is not None
    return True


def addresses_of(rows: Sequence[str], cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The cells of these rows; where a row's total states nothing, the cells that it is the total of.

    Args:
        rows: as ``requests.granted.total``; ``requests.refused..total``, and ``requests.other.total``,
            stand for all rows that begin so.
        cells: of the tables, by address.

    Returns:
        Addresses; none if a row isn't on the form.
    """
    result: list[str] = []
    for row in rows:
        table, _, rest = row.partition(".")
        name, _, column = rest.rpartition(".")
        if name.endswith(".") or name == "other":
            start = f"{table}.{name}"
            own = _beginning(tuple(cells), start, f".{column}")
        else:
            own = (row,) if row in cells else ()
        if not own:
            return ()
        for address in own:
            result += _stated(address, cells)
    return tuple(result)


@lru_cache(maxsize=256)
def _beginning(addresses: tuple[str, ...], start: str, end: str) -> tuple[str, ...]:
    return tuple(address for address in addresses if address.startswith(start) and address.endswith(end))


def _stated(address: str, cells: Mapping[str, Cell]) -> list[str]:
    row, _, column = address.rpartition(".")
    if column != "total" or cells[address].state is State.NUMBER or not row.startswith("requests."):
        return [address]
    parts = [f"{row}.{column}" for column in _APPLICANT_COLUMNS]
    stated = [part for part in parts if part in cells and cells[part].state is State.NUMBER]
    return stated or [address]


def _sum(addresses: Sequence[str], cells: Mapping[str, Cell]) -> int | Decimal | None:
    values = [cells[address].value for address in addresses]
    return None if None in values else sum(value for value in values if value is not None)

"""The figures that people ask for of a report: sums of cells and shares, each as good as its worst cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from extractor.result.cells import Cell, Status
from extractor.text.figures import Value
from rules.confront import State
from rules.correspondence import correspondence
from rules.words import Bilingual

# From the best to the worst.
STATUSES = (
    *(Status.CONFIRMED, Status.ACCEPTED, Status.CORRECTED, Status.UNCHECKED),
    *(Status.AS_PRINTED, Status.DISPUTED, Status.ABSENT),
)


class Indicator(NamedTuple):
    """A figure that is asked for of every report.

    Attributes:
        name: in results.
        title: for readers.
        addresses: the cells whose sum it is; ``*`` stands for any one part of an address or more.
        whole: of a share, the name of the indicator that it is a share of; None for a number.
    """

    name: str
    title: Bilingual
    addresses: tuple[str, ...]
    whole: str | None = None


class Indicated(NamedTuple):
    """What a report states of an indicator.

    Attributes:
        indicator: which.
        value: the number, or the share as an exact fraction; None if the report doesn't give it.
        status: that of the worst cell behind it; None if the form has no such cell.
        cells: the cells behind it, those of the whole included.
        whole: of a share, what it is a share of; None if the report doesn't give it.
    """

    indicator: Indicator
    value: Value | Fraction | None
    status: Status | None
    cells: tuple[Cell, ...]
    whole: Value | None = None

    @property
    def confirmed(self) -> int:
        """How many of the cells behind it are confirmed."""
        return sum(cell.status is Status.CONFIRMED for cell in self.cells)


def _number(name: str, zh: str, en: str, *addresses: str) -> Indicator:
    return Indicator(name, Bilingual(zh=zh, en=en), addresses)


def _share(name: str, zh: str, en: str, whole: str, *addresses: str) -> Indicator:
    return Indicator(name, Bilingual(zh=zh, en=en), addresses, whole=whole)


_DISPUTES = (
    "disputes.reconsideration",
    "disputes.litigation.direct",
    "disputes.litigation.after_reconsideration",
)
_REASONS = {
    "state_secret": ("国家秘密", "state secret"),
    "prohibited_by_law": ("法律行政法规禁止", "prohibited by law"),
    "security_and_stability": ("三安全一稳定", "security and stability"),
    "third_party_rights": ("第三方合法权益", "third-party rights"),
    "internal_affairs": ("三类内部事务信息", "internal affairs"),
    "process_information": ("四类过程性信息", "process information"),
    "enforcement_file": ("行政执法案卷", "enforcement file"),
    "administrative_inquiry": ("行政查询事项", "administrative inquiry"),
}

NUMBERS = (
    _number("received", "新收申请", "applications received", "requests.received.total"),
    _number("carried_in", "上年结转", "carried in", "requests.carried_in.total"),
    _number("handled", "办理结果总计", "handled", "requests.handled_total.total"),
    _number("carried_out", "结转下年", "carried out", "requests.carried_out.total"),
    _number("granted", "予以公开", "granted", "requests.granted.total"),
    _number("partially_granted", "部分公开", "granted in part", "requests.partially_granted.total"),
    _number("refused", "不予公开", "refused", "requests.refused.*.total"),
    _number("not_held", "不掌握", "not held", "requests.unavailable.not_held.total"),
    _number("unavailable", "无法提供", "unavailable", "requests.unavailable.*.total"),
    _number("not_processed", "不予处理", "not processed", "requests.not_processed.*.total"),
    _number("other", "其他处理", "other outcome", "requests.other.*.total", "requests.other_combined.total"),
    _number("reconsiderations", "行政复议", "reconsiderations", "disputes.reconsideration.total"),
    _number("lawsuits", "行政诉讼", "lawsuits", "disputes.litigation.*.total"),
    _number(
        "overturned", "复议诉讼结果纠正", "disputes overturned", *(f"{row}.overturned" for row in _DISPUTES)
    ),
    _number(
        # Not what the totals leave beside those pending: a page may have a wrong total.
        *("concluded", "复议诉讼已审结", "disputes concluded"),
        *(f"{row}.{result}" for row in _DISPUTES for result in ("upheld", "overturned", "other")),
    ),
    _number(
        "documents_issued",
        "规范性文件制发",
        "normative documents issued",
        "disclosure.normative_documents.issued",
    ),
    _number(
        "documents_repealed",
        "规范性文件废止",
        "normative documents repealed",
        "disclosure.normative_documents.repealed",
    ),
    _number(
        "documents_in_force",
        "规范性文件现行有效",
        "normative documents in force",
        "disclosure.normative_documents.in_force",
    ),
    _number("licences", "行政许可决定", "licences", "disclosure.licences.decisions"),
    _number("penalties", "行政处罚决定", "penalties", "disclosure.penalties.decisions"),
)
SHARES = (
    _share(
        *("granted_share", "公开率（予以公开和部分公开）", "share granted, wholly or in part", "handled"),
        *("requests.granted.total", "requests.partially_granted.total"),
    ),
    _share("refused_share", "不予公开率", "share refused", "handled", "requests.refused.*.total"),
    _share("not_held_share", "不掌握率", "share not held", "handled", "requests.unavailable.not_held.total"),
    _share(
        *("overturned_share", "复议诉讼纠错率", "share of disputes overturned", "concluded"),
        *(f"{row}.overturned" for row in _DISPUTES),
    ),
    *(
        _share(
            f"refused_{reason}_share",
            f"不予公开中：{zh}",
            f"of refusals: {en}",
            "refused",
            f"requests.refused.{reason}.total",
        )
        for reason, (zh, en) in _REASONS.items()
    ),
)
INDICATORS = (*NUMBERS, *SHARES)


def indicated(cells: Sequence[Cell]) -> tuple[Indicated, ...]:
    """What a report states of every indicator.

    A blank or a mark counts as nothing beside a printed number; without one, or with a cell that is absent or
    can't be read, there is no value. There is no share of zero either.

    Args:
        cells: all of the report.
    """
    behind = {
        name: tuple(cells[index] for index in indexes)
        for name, indexes in _cells_behind(tuple(cell.address for cell in cells)).items()
    }
    return tuple(_indicated(indicator, behind) for indicator in INDICATORS)


def worst_status(cells: Iterable[Cell]) -> Status | None:
    """The status of the worst of some cells; None if there are none."""
    return max((cell.status for cell in cells), key=STATUSES.index, default=None)


def _sum(cells: Sequence[Cell]) -> Value | None:
    hides = any(cell.value is None and cell.state not in (State.BLANK, State.MARK) for cell in cells)
    if hides or all(cell.value is None for cell in cells):
        return None
    value: Value = 0
    for cell in cells:
        value += cell.value or 0
    return value


def _indicated(indicator: Indicator, behind: Mapping[str, tuple[Cell, ...]]) -> Indicated:
    part = behind[indicator.name]
    value = _sum(part)
    if indicator.whole is None:
        return Indicated(indicator, value, worst_status(part), part)
    whole = behind[indicator.whole]
    if not part or not whole:
        return Indicated(indicator, None, None, ())
    together = tuple({cell.address: cell for cell in (*part, *whole)}.values())
    of = _sum(whole)
    share = Fraction(value) / Fraction(of) if value is not None and of else None
    return Indicated(indicator, share, worst_status(together), together, of)


@lru_cache(maxsize=64)
def _cells_behind(addresses: tuple[str, ...]) -> dict[str, list[int]]:
    """Of each indicator the indexes of its cells; few sets of cells occur.

    Of a report on an earlier form they are the cells that correspond to its own.
    """
    earlier = correspondence()
    return {
        indicator.name: _matching((*indicator.addresses, *earlier.earlier_of(indicator.addresses)), addresses)
        for indicator in INDICATORS
    }


def not_comparable() -> Iterator[tuple[Indicator, Bilingual]]:
    """The numbers that no cell of the forms before 2019 gives, and why what looks like them doesn't.

    Yields:
        In the order of :data:`NUMBERS`, those of which the reason is known.
    """
    earlier = correspondence()
    for indicator in NUMBERS:
        why = earlier.why_not(indicator.addresses)
        if why is not None and not earlier.earlier_of(indicator.addresses):
            yield indicator, why


def _matching(patterns: Sequence[str], addresses: Sequence[str]) -> list[int]:
    expressions = [re.compile(re.escape(pattern).replace(r"\*", ".+")) for pattern in patterns]
    return [
        index
        for index, address in enumerate(addresses)
        if any(expression.fullmatch(address) for expression in expressions)
    ]

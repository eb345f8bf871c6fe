"""A stock that has changed: 原有栏目126个,撤并31个,新增8个,现有103个, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_FEWEST, _MOST = 3, 6
# 计划到2025年由14个增加到20个,先行新建3个: what is planned needn't have come yet.
_PLANNED = re.compile("计划(?=[^,;]*[由从将])|规划(?=由|从|期)|拟|预计|力争|目标(?=[为是]|由|从)|将(?=由|从)")
# What came, in per cent of what went.
_LEAST, _MOST_OF = 60, 165
_MORE = re.compile("其余|其[他它]|另")
_YEARS_END = re.compile(r"(?P<year>20\d\d)年度?[底末]")
# What can come, and go, several times: 废止27件、宣布失效41件.
_REPEATED = frozenset({"added", "removed"})
_UNTOLD = "untold"


def stocks(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each sentence says that there was, came, went, and is.

    Args:
        mentions: of a stretch of text, in order.
    """
    for _, group in groupby(mentions, key=attrgetter("sentence")):
        counts = [mention for mention in group if mention.is_count]
        roles = _roles(_of_one_unit(counts))
        if (change := _change(roles)) is not None:
            yield [change]


def _of_one_unit(counts: Sequence[Mention]) -> Sequence[Mention]:
    """The counts in the unit of the one that says what there was, or else of the first."""
    opening = phrase_book().stocked["opening"]
    first = next((one for one in counts if opening.search(one.lead)), next(iter(counts), None))
    return [one for one in counts if first is not None and one.unit == first.unit]


def _roles(counts: Sequence[Mention]) -> Mapping[str, Sequence[Mention]]:
    """What each count is; nothing unless each of them is told, and what there was and is once."""
    if not _FEWEST <= len(counts) <= _MOST:
        return {}
    roles: dict[str, list[Mention]] = {}
    for one in counts:
        told = (name for name, words in phrase_book().stocked.items() if words.search(one.lead))
        # 2022年末27件,2023年末25件: what there was is told first.
        role = next((name for name in told if name in _REPEATED or name not in roles), None)
        if (role is None and one is not counts[0]) or _is_no_stock(one):
            return {}
        roles.setdefault(role or _UNTOLD, []).append(one)
    return _in_order_of_years(_with_untold(roles))


def _is_no_stock(one: Mention) -> bool:
    """Whether a number is told of each of several, of some, as a change, or as what is still to come."""
    is_of_some = "其中" in one.gap or "每" in one.lead or is_difference(one)
    return one.depth > 0 or is_of_some or _PLANNED.search(one.before) is not None


def _with_untold(roles: Mapping[str, Sequence[Mention]]) -> Mapping[str, Sequence[Mention]]:
    """The same, with the first number as what there was, or, where another is told to be that, what there is.

    梳理事项1350项,取消76项,新增48项,调整后为1322项 · 公示420户,新增35户,退出15户,年初为400户
    """
    if _UNTOLD not in roles:
        return roles
    others = {name: told for name, told in roles.items() if name != _UNTOLD}
    closing = phrase_book().stocked["closing"]
    if not any(closing.search(one.lead) for one in others.get("opening", ())):
        role = "closing" if "opening" in others else "opening"
    else:
        # 2023年末1322项 is what there is.
        others["closing"] = others.pop("opening")
        role = "opening"
    return {} if role in others else {**others, role: roles[_UNTOLD]}


def _in_order_of_years(roles: Mapping[str, Sequence[Mention]]) -> Mapping[str, Sequence[Mention]]:
    """The same, with what there was at the end of the earlier of two years as what there was."""
    ends = {
        name: _YEARS_END.search(one.lead) for name in ("opening", "closing") for one in roles.get(name, ())
    }
    opening, closing = ends.get("opening"), ends.get("closing")
    if opening is None or closing is None or opening["year"] < closing["year"]:
        return roles
    return {**roles, "opening": roles["closing"], "closing": roles["opening"]}


def _change(roles: Mapping[str, Sequence[Mention]]) -> Relation | None:
    if not {"opening", "closing"} <= roles.keys():
        return None
    number = {name: tuple(one.index for one in told) for name, told in roles.items()}
    (opening,), (closing,) = number["opening"], number["closing"]
    added, removed = number.get("added", ()), number.get("removed", ())
    if not _is_opening(roles["opening"][0]) and not (
        "后" in roles["closing"][0].lead and added and removed and _comes_near(roles)
    ):
        return None
    if len(added) == 1 and removed:
        return Relation(RelationKind.BALANCE, opening, (*added, *removed, closing))
    if not _comes_near(roles):
        return None
    if removed:
        return None if added else Relation(RelationKind.CLOSED, opening, (*removed, closing))
    return Relation(RelationKind.CLOSED, closing, (opening, *added)) if added else None


def _is_opening(first: Mention) -> bool:
    """Whether words say that a number is what there was, and not only that it stands first."""
    return phrase_book().stocked["opening"].search(first.lead) is not None


def _comes_near(roles: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether what there was and came is about what went and is; else more is told of than that."""
    come, gone = (
        sum(Fraction(one.quantity.value) for name in names for one in roles.get(name, ()))
        for names in (("opening", "added"), ("removed", "closing"))
    )
    is_told_of_more = any(_MORE.search(one.following) for told in roles.values() for one in told)
    return not is_told_of_more and gone * _LEAST <= come * 100 <= gone * _MOST_OF

"""What came in and what went out: 上年结转5件,新收120件,办结119件,结转下年6件, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from operator import attrgetter

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_CARRIED = ("carried_in", "carried_out")
_HELD = re.compile("其?中?(?:含|包[括含])")
_ADDED = re.compile("另|此外|还有|加上")
_BARELY_CARRIED = re.compile("(?:其余|剩余|另有?|尚有|余)?的?结转")
_COME_AND_DONE = frozenset({"received", "carried_in", "handled"})
_ALL_DONE = re.compile("(?:政府信息公开)?(?:申请)?,?(?:均|全部|都)[^,;。]{0,12}(?:办结|办理完毕|答复)")
# A sentence with more numbers is no balance.
_MOST = 30
# Of several numbers told alike, so many are tried.
_MOST_READINGS = 3


def balances(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What the balance of each sentence can be, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for _, group in groupby(mentions, key=attrgetter("sentence")):
        stated = list(group)
        told = _told(stated) if len(stated) <= _MOST else {}
        if any(role in told for role in _CARRIED):
            given = [dict(zip(told, numbers, strict=True)) for numbers in product(*told.values())]
            for statement in (_balance, _come, _gone):
                if readings := [reading for roles in given for reading in statement(roles)]:
                    yield readings


def _told(stated: Sequence[Mention]) -> Mapping[str, Sequence[Mention]]:
    """The numbers that each part in a balance can have: 共办理785件,其中办结760件."""
    told: dict[str, list[Mention]] = {}
    first: Mention | None = None
    for mention in stated:
        role = _role(mention) if mention.is_count and not is_difference(mention) else None
        if role is None and _BARELY_CARRIED.fullmatch(mention.lead) and told.keys() >= _COME_AND_DONE:
            # 办结119件(含上年结转5件),结转6件
            role = "carried_out"
        first = first or (mention if role is not None else None)
        if role is not None and first is not None and mention.unit == first.unit:
            told.setdefault(role, []).append(mention)
    return {role: numbers[:_MOST_READINGS] for role, numbers in told.items()}


def _role(mention: Mention) -> str | None:
    words = mention.lead + mention.behind.partition("、")[0]
    return next((name for name, told in phrase_book().balanced.items() if told.search(words)), None)


def _balance(roles: Mapping[str, Mention]) -> Iterator[Relation]:
    """What came, was carried in, was handled, and is left."""
    number = {name: mention.index for name, mention in roles.items()}
    is_told = {"received", "carried_in", "handled", "carried_out"} <= number.keys()
    if is_told and (_adds_up(roles) or not _is_of_more_or_fewer(roles)):
        others = (number["carried_in"], number["handled"], number["carried_out"])
        if _is_done(roles["carried_in"]):
            yield Relation(RelationKind.CLOSED, number["received"], others[1:])
        elif not _holds(roles["received"], roles["carried_in"]):
            yield Relation(RelationKind.BALANCE, number["received"], others)
        if not _is_added(roles["carried_in"]) and "新收" not in roles["received"].lead:
            # What was received may be told with what was carried in.
            yield Relation(RelationKind.CLOSED, number["received"], others[1:])
    is_listed = {"received", "carried_in", "handled"} <= number.keys() and "其中" in roles["received"].gap
    # 受理125件,其中新收120件,结转5件,办结119件: what is listed is of what stands before it.
    if is_listed and number["handled"] < number["received"]:
        yield Relation(RelationKind.CLOSED, number["handled"], (number["received"], number["carried_in"]))


def _adds_up(roles: Mapping[str, Mention]) -> bool:
    """Whether what came and was carried in is what was handled and is left."""
    value = {name: mention.quantity.value for name, mention in roles.items()}
    return value["received"] + value["carried_in"] == value["handled"] + value["carried_out"]


def _is_of_more_or_fewer(roles: Mapping[str, Mention]) -> bool:
    """Whether what is told to be handled may be some, or all there was: 新收749件,结转36件,共办理785件."""
    value = {name: mention.quantity.value for name, mention in roles.items()}
    is_all = value["handled"] == value["received"] + value["carried_in"]
    return "其中" in roles["handled"].gap or (is_all and "办结" not in roles["handled"].lead)


def _come(roles: Mapping[str, Mention]) -> Iterator[Relation]:
    """All that there was to be handled, as what came and what was carried in."""
    return _all_of(roles, "received", "carried_in")


def _gone(roles: Mapping[str, Mention]) -> Iterator[Relation]:
    """All that there was to be handled, as what was and what is left."""
    return _all_of(roles, "handled", "carried_out")


def _all_of(roles: Mapping[str, Mention], *parts: str) -> Iterator[Relation]:
    if {"all", *parts} <= roles.keys():
        yield Relation(RelationKind.CLOSED, roles["all"].index, tuple(roles[one].index for one in parts))


def _holds(received: Mention, carried_in: Mention) -> bool:
    """Whether brackets say that what was received holds what was carried in: 125件(含上年结转5件)."""
    is_right_behind = carried_in.index == received.index + 1 and carried_in.gap[:1] == "("
    return is_right_behind and _HELD.match(carried_in.lead) is not None


def _is_done(carried_in: Mention) -> bool:
    """Whether all that was carried in is told to be handled by itself: 上年结转的5件均已办结;新收120件."""
    return _ALL_DONE.match(carried_in.following) is not None


def _is_added(carried_in: Mention) -> bool:
    """Whether what was carried in is told to come beside what was received: 收到34件,另有上年结转2件."""
    return _ADDED.search(carried_in.lead) is not None

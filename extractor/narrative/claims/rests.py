"""Wholes of lists that a rest ends, or that are named by times: 30个。已建9个,剩下21个 · 上半年60件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.narrative.claims.changes import repeats
from extractor.narrative.claims.complete_lists import OTHER, is_near
from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.phrases import is_alike, is_so_often
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_LEFT = re.compile("(?:其余|剩余|剩下|余下)(?!处理)")


def left_of_before(mentions: Sequence[Mention], rest: Mention) -> Relation | None:
    """The whole of a list with a rest, in the sentence before: 要建30个。已建9个,在建11个,剩下10个明年建.

    Args:
        mentions: of a stretch of text, in order.
        rest: a number that may be what is left.
    """
    if not _LEFT.match(rest.lead) or rest.depth:
        return None
    before = list(earlier(mentions, rest))[::-1]
    parts = [one for one in before if one.sentence == rest.sentence]
    wholes = [one for one in before if one not in parts and _is_summand_of(rest, one)]
    is_list = bool(parts) and all(_is_summand_of(rest, one) and not one.depth for one in parts)
    if len(wholes) != 1 or not is_list or not is_near(wholes[0], [*parts, rest]):
        return None
    others = tuple(one.index for one in (*parts, rest))
    return Relation(RelationKind.CLOSED, wholes[0].index, others)


def _is_summand_of(rest: Mention, count: Mention) -> bool:
    """Whether a number is counted as what is left, and told beside nothing."""
    return count.is_count and is_alike(count, rest) and OTHER.search(count.gap) is None


def _is_in_time(whole: Mention, part: Mention) -> bool:
    """Whether a number of a time is counted as that of a longer one, or as how often: 12家, of 52家次."""
    is_so = part.is_count and is_so_often(whole, part) and OTHER.search(part.gap) is None
    return is_so or _is_summand_of(whole, part)


def of_times(mentions: Sequence[Mention], whole: Mention) -> Relation | None:
    """A time's number behind those of the times that it consists of: 一季度28件,二季度32件,上半年60件.

    Args:
        mentions: of a stretch of text, in order.
        whole: a number that may be one of a time.
    """
    for span, times in phrase_book().spanned:
        parts = mentions[max(0, whole.index - len(times)) : whole.index]
        told = span.fullmatch(whole.gap) if len(parts) == len(times) else None
        if told is not None and repeats(told["done"], "".join(part.lead for part in parts)):
            are_named = all(time.search(part.lead) for time, part in zip(times, parts, strict=True))
            are_listed = all(_is_in_time(whole, one) and one.sentence == whole.sentence for one in parts)
            if are_named and are_listed:
                return Relation(RelationKind.CLOSED, whole.index, tuple(one.index for one in parts))
    return None

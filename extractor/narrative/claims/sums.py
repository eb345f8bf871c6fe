"""Sums behind their parts, and lists of two halves: 56件、84件，共140件 · 共109人，专职23人、兼职86人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Relation, RelationKind
from rules.phrases import phrase_book

_SUM = re.compile(
    r"^(?:[^,;:、()]{0,6}[,、;)])?(?:[^,;:、()]{0,6}?(?:两|三|四|五|六|七|八|以上|上述|各类|全部)[项类者种]?[^,;:、()]{0,4})?(?P<word>共计|合计|总计|累计|全年|总共|一共|共|全部$)"
)
_PARTED = re.compile(r"^(?:[,、;]|和|及|与|以及)")
_LISTED = re.compile(r"其中|包括|包含|含")
_OTHER = re.compile(r"另有|另外|此外|同比|[较比与和]上?年|增|减|转办|不含")
# Nothing that is named behind the word may be something else than its list.
_BARE = re.compile(r"[共合总]计(?:为|达到?|有|共|约)*$")
_CERTAIN = frozenset({"共计", "合计", "总计"})
# What is done is of what came in, and no sum of that.
_DONE = re.compile(r"办结|办复|答复|处理|办理完")
# A sum that nothing but 共 or 全年 announces is one if it comes near.
_NEAR = (85, 118)
_FEWEST = 2
_LONGEST_NAME = 16


def sums(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each sum can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if not mention.is_count:
            continue
        word = _SUM.match(mention.gap)
        readings = list(_behind(mentions, mention, word["word"])) if word is not None else []
        if readings:
            yield readings
        elif (halves := _halves(mentions, mention)) is not None:
            yield [halves]


def _behind(mentions: Sequence[Mention], whole: Mention, word: str) -> Iterator[Relation]:
    """The lists that may end before a sum: the whole of them first, then their ends."""
    parts = _parts(mentions, whole)
    if len(parts) < _FEWEST or _OTHER.search(whole.gap):
        return
    if _DONE.search(whole.gap) and not any(_DONE.search(part.gap) for part in parts):
        return
    total = sum(part.quantity.value for part in parts)
    least, most = (total * bound / 100 if isinstance(total, int) else total for bound in _NEAR)
    is_certain = word in _CERTAIN and _BARE.search(whole.gap) is not None
    if not is_certain and isinstance(total, int) and not least <= whole.quantity.value <= most:
        return
    for start in range(len(parts) - 1):
        yield Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in parts[start:]))


def _parts(mentions: Sequence[Mention], whole: Mention) -> list[Mention]:
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if mention.is_percentage and mention.sentence == whole.sentence:
            continue
        if mention.sentence != whole.sentence or mention.depth != whole.depth:
            break
        if not mention.is_count or not is_alike(mention, whole) or _SUM.match(mention.gap):
            break
        parts.insert(0, mention)
        if _LISTED.search(mention.gap) or not _PARTED.match(mention.gap):
            break
    return parts if _are_summands(parts) else []


def _are_summands(parts: Sequence[Mention]) -> bool:
    """Whether counts before a sum are what it is the sum of."""
    if any(_OTHER.search(part.gap) for part in parts):
        return False
    # 其中 begins parts of another whole, unless nothing stands before it.
    return not (parts and _LISTED.search(parts[0].gap) and parts[0].before != parts[0].gap)


def _halves(mentions: Sequence[Mention], whole: Mention) -> Relation | None:
    """A whole and the parts right behind it, if these are all kinds that there are of something."""
    parts: list[Mention] = []
    for mention in later(mentions, whole):
        if mention.is_percentage or (parts and mention.depth > parts[0].depth):
            continue
        if not mention.is_count or not is_alike(mention, whole) or len(mention.lead) > _LONGEST_NAME:
            break
        if parts and not _PARTED.match(mention.gap):
            break
        parts.append(mention)
    return _all_kinds(whole, parts) or _either_or(whole, parts)


def _all_kinds(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the first of the parts behind it, if they are of all kinds that there are of something."""
    for kinds in phrase_book().kinds:
        listed = parts[: len(kinds)]
        if (
            _are_of(kinds, whole, listed)
            and _LISTED.search(listed[0].gap)
            and not any(_OTHER.search(part.gap) for part in listed)
            and (len(parts) == len(listed) or parts[len(listed)].gap[:1] != "、")
        ):
            return Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in listed))
    return None


def _either_or(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the two parts behind it that come near, if everything is of the one kind or the other."""
    if len(parts) != _FEWEST:
        return None
    one, other = parts
    total = sum(part.quantity.value for part in parts)
    least, most = (total * bound / 100 if isinstance(total, int) else total for bound in _NEAR)
    is_named = any(
        first.search(one.lead) and second.search(other.lead) and not second.search(whole.lead)
        for first, second in phrase_book().either_or
    )
    if not is_named or not least <= whole.quantity.value <= most or any(map(_says_other, parts)):
        return None
    return Relation(RelationKind.CLOSED, whole.index, (one.index, other.index))


def _says_other(part: Mention) -> bool:
    return _OTHER.search(part.gap) is not None


def _are_of(kinds: Sequence[re.Pattern[str]], whole: Mention, listed: Sequence[Mention]) -> bool:
    """Whether parts are of these kinds, one of each, and their whole is of none or all of them."""
    if len(listed) < len(kinds):
        return False
    is_named = all(kind.search(part.lead) for kind, part in zip(kinds, listed, strict=True))
    return is_named and (_all_in(kinds, whole) or not any(kind.search(whole.lead) for kind in kinds))


def _all_in(kinds: Sequence[re.Pattern[str]], whole: Mention) -> bool:
    """Whether a whole is named after all of its kinds: 建议提案共95件."""
    return all(kind.search(whole.lead) for kind in kinds)

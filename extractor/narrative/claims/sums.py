"""Sums behind their parts, and lists of two halves: 56件、84件，共140件 · 共109人，专职23人、兼职86人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.changes import repeats
from extractor.narrative.claims.doubt import may_have_parts
from extractor.narrative.claims.mentions import Mention, earlier, later
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Relation, RelationKind
from extractor.text.numerals import value_of
from rules.phrases import phrase_book

_SUM = re.compile(
    r"^\)?(?:[^,;:、()]{0,6}[,、;)])?(?:[^,;:、()]{0,6}?(?:(?P<number>[两三四五六七八](?!位|级(?![共合总累]计)))|以上|上述|各类|全部)[项类者种个级]?[^,;:、()]{0,4}|(?P<of>[^,;:、()]{0,8}?))(?P<word>共计|合计|总计|累计|全年|总共|一共|加总|加起来|总(?:[数量]|人[数次]|件数|条数|场次)|总(?=(?:接待|受理|发布|投入|支出)$)|(?<!公)共(?![同享识治赢青和性])|全部$)"
)
# What is counted may stand behind its unit: 9个镇(街道)、38个部门.
_PARTED = re.compile(r"^\)?(?:[^,;:、()和及与]{0,8}(?:\([^()]{0,12}\))?)?(?:[,、;]|和|及|与|以及)")
_COORDINATED = re.compile(r"^\)?(?:[^,;:、()和及与]{0,8}(?:\([^()]{0,12}\))?)?(?:、|和|及|与|以及)")
# Nothing parts such a sum from what it is the sum of: 9个镇、38个部门共47家单位.
_RIGHT_BEHIND = re.compile(r"^[^,;:、()]{0,8}?(?:共计?|[合总]计)(?:有|为|达)?$")
_LISTED = re.compile(r"其中|包括|包含|含")
# Begins a list: what stands before it is the whole of that, or no number of it.
_BEGINS_LIST = re.compile(rf"{_LISTED.pattern}|分别")
_OTHER = re.compile(r"平均|另有|另外|此外|同比|[较比与和]上?年|增|减|不含")
# What was passed on is no part, unless it is counted as one: 来信、来电、转办三项合计.
_PASSED_ON = re.compile(r"转办")
_WHOLE_AREA = re.compile("[全我本][省市县区旗州盟乡镇街局系]统?")
# Nothing that is named behind the word may be something else than its list.
_BARE = re.compile(r"[共合总]计(?:为|达到?|有|共|约)*$")
_CERTAIN = frozenset({"共计", "合计", "总计"})
# What things of several kinds are counted in together: 图解26篇、视频8个,共计34次.
_TOGETHER = frozenset("次件项个期篇")
# What is done is of what came in, and no sum of that.
_DONE = re.compile(r"办结|办复|答复|处理|办理完")
# A sum that nothing but 共 or 全年 announces is one if it comes near.
_NEAR = (85, 118)
# What is one or the other exceeds its whole by more only if it is miscounted.
_NEAR_TWO = (75, 118)
_DENIED = re.compile(r"(?:尚未|[未不无])(?:能|予以?)?(?!公开|提供|处理|同意)(?P<word>[\u4e00-\u9fff]{2})")
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
        readings = list(_behind(mentions, mention, word)) if word is not None else []
        if readings:
            yield readings
        elif (halves := _halves(mentions, mention)) is not None:
            yield [halves]


def _behind(mentions: Sequence[Mention], whole: Mention, word: re.Match[str]) -> Iterator[Relation]:
    """The lists that may end before a sum: the whole of them first, then their ends."""
    is_right_behind = _RIGHT_BEHIND.match(whole.gap) is not None
    parts = _parts(mentions, whole, "" if is_right_behind else word["of"] or "")
    is_certain = word["word"] in _CERTAIN and _BARE.search(whole.gap) is not None
    if len(parts) < _FEWEST and is_certain and whole.quantity.unit in _TOGETHER:
        parts, is_certain = _of_several_units(mentions, whole), False
    if len(parts) < _FEWEST or _is_no_sum(whole, parts):
        return
    if is_right_behind:
        is_sum = _are_summands(mentions, parts)
        is_certain |= all(_COORDINATED.match(part.gap) for part in parts[1:])
    else:
        is_sum = _is_sum_of(mentions, parts, word)
    if is_sum and (is_certain or _is_near(whole, parts)):
        yield from _lists_to(whole, parts)


def _lists_to(whole: Mention, parts: Sequence[Mention]) -> Iterator[Relation]:
    """A sum of all these parts, then of the last of them."""
    for start in range(len(parts) - 1):
        yield Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in parts[start:]))


def _is_no_sum(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the counts in front of a number are no parts of it by its words, or some only: …等共140条."""
    is_other = whole.gap.startswith("等") or "占" in whole.gap or _OTHER.search(whole.gap) is not None
    return is_other or _is_of_done_ones(whole, parts)


def _is_of_done_ones(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a sum is of what was done, and the counts before it aren't."""
    return _DONE.search(whole.gap) is not None and not any(_DONE.search(part.gap) for part in parts)


def _parts(mentions: Sequence[Mention], whole: Mention, named: str) -> list[Mention]:
    """The list in front of a sum; of one that names what it is of (来访来电合计), what is counted so."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if mention.is_percentage and mention.sentence == whole.sentence:
            continue
        if mention.sentence != whole.sentence or mention.depth != whole.depth:
            break
        if named and mention.is_count and not is_alike(mention, whole):
            continue
        if not mention.is_count or not is_alike(mention, whole) or _is_sum_itself(mention):
            break
        parts.insert(0, mention)
        if _BEGINS_LIST.search(mention.gap) or not _PARTED.match(mention.gap):
            break
    return parts


def _of_several_units(mentions: Sequence[Mention], whole: Mention) -> list[Mention]:
    """The list in front of a sum of what is called alike and counted otherwise: 图文解读26篇、视频解读8个."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if mention.sentence != whole.sentence or mention.depth != whole.depth or not mention.is_count:
            break
        parts.insert(0, mention)
        if not _COORDINATED.match(mention.gap):
            break
    pairs = [{part.lead[at : at + 2] for at in range(len(part.lead) - 1)} for part in parts]
    return parts if len(parts) >= _FEWEST and set.intersection(*pairs) else []


def _is_sum_itself(mention: Mention) -> bool:
    """Whether a number ends a list before another sum; what begins its sentence (全年编发…) ends none."""
    return _SUM.match(mention.gap) is not None and mention.before != mention.gap


def _is_sum_of(mentions: Sequence[Mention], parts: Sequence[Mention], word: re.Match[str]) -> bool:
    """Whether a sum is one of these parts by its words: 三类合计 is of three, 来访来电合计 of these two."""
    if word["number"]:
        return value_of(word["number"]) == len(parts) and not any(map(_says_other, parts))
    named = _WHOLE_AREA.sub("", word["of"] or "")
    names = "".join(part.lead + part.behind for part in parts)
    # 培训6期,第一期45人、第二期52人,培训总人数97人: what is summed up is named before its list.
    is_named = repeats(named, names) or (bool(parts) and len(named) > 1 and named in parts[0].before)
    return is_named and _are_summands(mentions, parts)


def _are_summands(mentions: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Whether counts before a sum are what it is the sum of."""
    if any(_says_other(part) or _PASSED_ON.search(part.gap) for part in parts):
        return False
    return not parts or not _BEGINS_LIST.search(parts[0].gap) or not _has_whole_before(parts[0], mentions)


def _has_whole_before(first: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a list is of a count before it: behind 其中 of any, behind 分别 of one of the same things."""
    before = [one for one in earlier(mentions, first) if one.sentence == first.sentence]
    is_of_any = _LISTED.search(first.gap) is not None
    return any(not one.is_percentage and (is_of_any or is_alike(one, first)) for one in before)


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
    return (_all_kinds(whole, parts) or _either_or(whole, parts)) if len(parts) >= _FEWEST else None


def _all_kinds(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the first of the parts behind it, if they are of all kinds that there are of something."""
    for kinds in phrase_book().kinds:
        listed = parts[: len(kinds)]
        if (
            _are_of(kinds, whole, listed)
            and _is_near(whole, listed)
            and may_have_parts(whole, listed[0])
            and _begins_list(listed[0])
            and not any(_OTHER.search(part.gap) for part in listed)
            and (len(parts) == len(listed) or parts[len(listed)].gap[:1] != "、")
        ):
            return Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in listed))
    return None


def _begins_list(first: Mention) -> bool:
    """Whether a number begins a list of kinds: behind 其中 or a bracket."""
    return first.gap[:1] == "(" or _LISTED.search(first.gap) is not None


def _either_or(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the two parts behind it that come near, if everything is of the one kind or the other."""
    one, *_, other = parts
    is_named = (len(parts) == _FEWEST and _are_opposite(one.lead, other.lead)) or any(
        first.search(one.lead) and second.search(other.lead) and not second.search(whole.lead)
        for first, second in phrase_book().either_or
    )
    if not is_named or not _is_near(whole, parts, _NEAR_TWO) or any(map(_says_other, parts)):
        return None
    if phrase_book().balanced["carried_in"].search(whole.before):
        # 年初在办5件,新收120件,办结119件,在办6件: what was carried in is among them.
        return None
    return Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in parts))


def _are_opposite(one: str, other: str) -> bool:
    """Whether the second of two things is what the first is not: 化解…, 未化解…."""
    denied = _DENIED.search(other)
    return denied is not None and denied["word"] in _DENIED.sub("", one)


def _is_near(whole: Mention, parts: Sequence[Mention], near: tuple[int, int] = _NEAR) -> bool:
    """Whether parts come near their whole, as far as these are whole numbers."""
    total = sum(part.quantity.value for part in parts)
    least, most = near
    return not isinstance(total, int) or total * least <= whole.quantity.value * 100 <= total * most


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

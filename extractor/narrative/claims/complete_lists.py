"""Lists that leave nothing out, though no word announces that: 109人,专职23人、兼职86人.

What follows a whole is all of it where it names all kinds that there are of something, the one thing and its
opposite, what was done and what is left, or where it fills a pair of brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, takewhile

from extractor.narrative.claims.changes import is_difference, is_next
from extractor.narrative.claims.doubt import may_have_parts, overlaps
from extractor.narrative.claims.listed import OUTCOMES
from extractor.narrative.claims.mentions import Mention, earlier, gap_before, later, names_class
from extractor.narrative.claims.misprints import is_misprinted
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Measure, Relation, RelationKind
from extractor.text.numerals import value_of
from rules.phrases import phrase_book

# What is counted may stand behind its unit: 9个镇(街道)、38个部门.
PARTED = re.compile(r"^\)?(?:[^,;:、()和及与]{0,12}(?:\([^()]{0,12}\))?)?(?:[,、;]|和|及|与|以及)")
LISTED = re.compile(r"其中|包括|包含|含")
OTHER = re.compile(r"平均|另(?!行)|此外|同比|[较比与和]上?年|增|减|不含")
# 预算、决算各1条 are two, and 14个镇街各配发2台 are 28.
_EACH = re.compile("各$")
_EACH_DOES = re.compile("各(?:自|新|共)?(?:[配设建派安发购举开组报投落增订印选聘]|明确|指定)")
# 收到的120件申请中,自然人100件
_AMONG = re.compile(r"(?:^|[\u4e00-\u9fff)])[中里][,:]")
_AMONG_THEM = re.compile("[中里][,:\u4e00-\u9fff]|其中")
# What a whole can be, in per cent of its parts; else these are of something else.
_NEAR = (85, 118)
# What is one or the other is all of it, however much it is miscounted; of three kinds, some may be left out.
_NEAR_TWO, _NEAR_THREE = (60, 125), (60, 118)
# What fills brackets may be some of it only, if it is told to be, or by more than a misprint.
_NEAR_IN_BRACKETS = (67, 112)
_SOME_ONLY = re.compile(r"其中|主要|含|包括|另|约|余|多")
_DENIED = re.compile(r"(?:尚未|[未不无])(?:能|予以?)?(?!公开|提供|处理|同意)(?P<word>[\u4e00-\u9fff]{2})")
_REST_TOO = re.compile("另[有外]?(?=$|[^,;]{0,4}(?:未|正在|[仍尚还]在))")
_NAMELESS = re.compile("(?:[另外还尚有共约为计和及与仅对、]|责令|督促)*")
_OBJECT = re.compile("[,、]?(?:对|责令|督促)+")
# 46个单位(部门21个、镇街25个)
_OPENS_BRACKETS = re.compile(r"[\u4e00-\u9fff]{0,12}\(")
# 县(市、区)贡献8.5万条
_WITH_BRACKETS = re.compile(r"[^,;:、()]{1,12}\([^()]{1,12}\)[^,;:、()]{0,12}$")
_CONTRIBUTED = "贡献"
_ORDINALS = ("第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八")
_SEVERAL_YEARS = re.compile("(?P<number>[两二三四五])年(?:[来间内共]|累计|合计)")
_YEAR = re.compile(r"[、,;和及]?20\d\d年")
_IS_NEXT = re.compile("[、;]")
# 10个县区、45个部门: what follows is of both.
_COORDINATED = re.compile("[^,;:]{0,12}(?:、|[和及与])")
_BESIDE = frozenset(";、")
_REST_FOLLOWS = re.compile("[^,;]{0,8}[,;](?:其余|其他|剩余|余下)")
_NAMELESS_BEFORE = re.compile("^[、,和及与已均共为]+")
_QUALIFIED = re.compile("(?:部分|[尚仍]?未予?|不予?|基本|比较|较为?|非常|十分)(?P<name>[\u4e00-\u9fff]+)")
_SHARES = frozenset({Measure.SHARE, Measure.GROWTH, Measure.TENTHS})
_FEWEST = 2
_ONE_MISCOUNTED = 1
_LONGEST_NAME = 16


def are_of_each(parts: Sequence[Mention]) -> bool:
    """Whether one of some counts is told of each of several: 各发布132条、98条 is of each in turn.

    Args:
        parts: the counts, in order.
    """
    are_bare = [*map(is_next, parts[1:]), False]
    return any(
        _EACH.search(part.lead) or (_EACH_DOES.search(part.lead) and not is_bare)
        for part, is_bare in zip(parts, are_bare, strict=True)
    )


def lists_of_all(mentions: Sequence[Mention], whole: Mention) -> Iterator[Relation]:
    """The lists behind a count that leave nothing of it out: in brackets, and behind these.

    Args:
        mentions: of a stretch of text, in order.
        whole: the count.
    """
    beside = _listed(mentions, whole, whole.depth)
    lists = [_listed(mentions, whole, whole.depth + 1), beside]
    # What a semicolon or 、 parts from a count stands beside it, in one list.
    lists = [parts for parts in lists if parts and parts[0].gap[:1] not in _BESIDE]
    for parts in (*lists, _second_list(whole, beside)):
        if len(parts) >= _FEWEST and not _is_some(parts[-1]):
            found = next(filter(None, (read(whole, parts) for read in _READINGS)), None)
            found = found or _in_brackets(mentions, whole, parts)
            if found is not None and not _is_of_another(
                mentions, whole, [mentions[one] for one in found.others]
            ):
                yield found


def _second_list(whole: Mention, parts: Sequence[Mention]) -> Sequence[Mention]:
    """What stands behind a complete list and a semicolon: 62件,主办41件、会办21件;已公开58件,其余4件.

    None if its first number is of what the first list names, or is told to be of some.
    """
    for end, total in enumerate(accumulate(part.quantity.value for part in parts), 1):
        if total == whole.quantity.value and end >= _FEWEST and end < len(parts):
            first = parts[end]
            words = first.gap.partition(";")[2]
            names = (_name(part) for part in parts[:end])
            pieces = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
            is_of_some = _AMONG_THEM.search(words) or any(piece in words for piece in pieces)
            return () if ";" not in first.gap or is_of_some else parts[end:]
    return ()


def _is_of_another(mentions: Sequence[Mention], whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list overlaps, or is of a count before its whole."""
    if any(_are_outcomes(whole, part) for part in parts):
        return True
    # 86篇,其中部门解读76篇,图解40篇、文字34篇、视频12篇
    total = sum(part.quantity.value for part in parts)
    if total > whole.quantity.value and overlaps(whole, parts):
        return True
    if total == whole.quantity.value:
        return False
    before = [one for one in earlier(mentions, whole) if one.sentence == whole.sentence and one.is_count]
    # 采纳124条,部分采纳46条,未采纳80条: one of a list isn't the whole of the others.
    is_one_of_them = any(_is_named_otherwise(whole, part) for part in parts)
    return is_one_of_them or any(one.quantity.value == total for one in before)


def _is_named_otherwise(whole: Mention, part: Mention) -> bool:
    """Whether a part is called as its whole is, but for a word that denies or narrows it: 采纳, 部分采纳."""
    own = _NAMELESS_BEFORE.sub("", whole.lead)
    qualified = _QUALIFIED.fullmatch(_NAMELESS_BEFORE.sub("", part.lead))
    return len(own) >= _FEWEST and qualified is not None and qualified["name"] == own


def _are_outcomes(one: Mention, other: Mention) -> bool:
    """Whether two counts are of two outcomes of the official form, so that none is a part of the other."""
    own, others = ([words.search(part.lead) is not None for words in OUTCOMES] for part in (one, other))
    return any(own) and any(others) and own != others


def _is_some(last: Mention) -> bool:
    """Whether words behind a list say that there is more: …建议类39条,其余为测试类."""
    return last.following.startswith("等") or _REST_FOLLOWS.match(last.following) is not None


def _listed(mentions: Sequence[Mention], whole: Mention, depth: int) -> list[Mention]:
    """The counts behind another that follow each other as a list, in so many brackets."""
    parts: list[Mention] = []
    for mention in later(mentions, whole):
        is_beside = mention.quantity.measure in _SHARES or is_difference(mention)
        if mention.depth > depth or (is_beside and parts) or _tells_which(mentions, mention, whole):
            continue
        if mention.depth < depth or not mention.is_count or not is_alike(mention, whole):
            break
        if parts and ("其中" in mention.gap or not PARTED.match(gap_before(mentions, mention))):
            break
        if len(mention.lead) > _LONGEST_NAME:
            break
        parts.append(mention)
    return parts


def _tells_which(mentions: Sequence[Mention], mention: Mention, whole: Mention) -> bool:
    """Whether a number says which are counted by the one behind it: 其余7个街道2,835条."""
    following = mentions[mention.index + 1] if mention.index + 1 < len(mentions) else None
    return following is not None and is_alike(following, whole) and names_class(mention, following)


def _all_kinds(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the first of the parts behind it, if they are of all kinds that there are of something."""
    for kinds in phrase_book().kinds:
        listed = parts[: len(kinds)]
        if (
            _are_of(kinds, whole, listed)
            and is_near(
                whole,
                listed,
                _NEAR if len(kinds) == _FEWEST or _COORDINATED.match(whole.gap) else _NEAR_THREE,
            )
            and may_have_parts(whole, listed[0])
            and (len(kinds) > _FEWEST or _begins_list(listed[0]))
            and not any(OTHER.search(part.gap) for part in listed)
            and (len(parts) == len(listed) or parts[len(listed)].gap[:1] != "、")
        ):
            return _closed(whole, listed)
    return None


def _in_turn(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and its first, second, and further parts, told so."""
    listed = [part for part, ordinal in zip(parts, _ORDINALS, strict=False) if ordinal in part.lead]
    is_all = len(listed) == len(parts) and is_near(whole, parts) and may_have_parts(whole, parts[0])
    return _closed(whole, parts) if is_all and "第" not in whole.lead else None


def _in_years(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A number of several years, and those of as many: 三年来累计168项,2021年48项、2022年56项、2023年64项."""
    told = _SEVERAL_YEARS.search(whole.before)
    listed = list(takewhile(lambda part: _YEAR.match(part.gap), parts))
    is_each = told is not None and len(listed) == value_of(told["number"])
    return _closed(whole, listed) if is_each and is_near(whole, listed) else None


def _named_in(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole of two things that its own words name, and both: 向A、B移送630份,A接收350份,B接收280份."""
    if len(parts) != _FEWEST or not is_near(whole, parts) or any("另" in part.gap for part in parts):
        return None
    one, other = (part.lead[:_FEWEST] for part in parts)
    if len(one) < _FEWEST or len(other) < _FEWEST or one == other:
        return None
    named = re.search(
        f"{re.escape(one)}[\u4e00-\u9fff]{{0,4}}[、和与及][\u4e00-\u9fff]{{0,2}}{re.escape(other)}",
        whole.lead,
    )
    return None if named is None else _closed(whole, parts)


def _closed(whole: Mention, parts: Sequence[Mention]) -> Relation:
    return Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in parts))


def _begins_list(first: Mention) -> bool:
    """Whether a number begins a list of kinds: behind 其中, 中 or a bracket, or as what one contributed."""
    if first.depth > 0 or first.lead.endswith(_CONTRIBUTED):
        return True
    return (LISTED.search(first.gap) or _AMONG.search(first.gap)) is not None


def _either_or(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the parts behind it that come near, if everything is of the one kind or the other."""
    one, *_, other = (_name(part) for part in parts)
    is_named = (len(parts) == _FEWEST and _are_opposite(one, other)) or any(
        first.search(one) and second.search(other) and not second.search(whole.lead)
        for first, second in phrase_book().either_or
    )
    if not is_named or not is_near(whole, parts, _NEAR_TWO) or any(map(_is_beside, parts)):
        return None
    if _OBJECT.fullmatch(parts[-1].lead) and not _is_of_these(parts[-1], whole):
        return None
    if any(
        phrase_book().balanced["carried_in"].search(words)
        for words in (whole.before, *(one.gap for one in parts))
    ):
        # 年初在办5件,新收120件,办结119件,在办6件: what was carried in is among them.
        return None
    return _closed(whole, parts)


def _is_of_these(part: Mention, whole: Mention) -> bool:
    """Whether words behind a number name what its whole counts: 抽查栏目320个,…对8个不合格栏目限期整改."""
    pieces = {part.behind[at : at + 2] for at in range(len(part.behind) - 1)}
    return any(piece in whole.lead + whole.behind for piece in pieces)


def _is_beside(part: Mention) -> bool:
    """Whether a count stands beside a list: 另有2件仍在审理 is the rest of it."""
    return OTHER.search(_REST_TOO.sub("", part.gap)) is not None


def _name(part: Mention) -> str:
    """What a part is called: the words before it, or, where there are none, those behind it."""
    if _NAMELESS.fullmatch(part.lead):
        return part.lead + part.behind
    noted = _WITH_BRACKETS.search(part.gap) if ")" in part.gap else None
    return part.lead if noted is None else noted[0]


def _are_opposite(one: str, other: str) -> bool:
    """Whether the second of two things is what the first is not: 化解…, 未化解…."""
    denied = _DENIED.search(other)
    return denied is not None and denied["word"] in _DENIED.sub("", one)


def _in_brackets(mentions: Sequence[Mention], whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and what fills the brackets right behind it."""
    first, last = parts[0], parts[-1]
    following = mentions[last.index + 1] if last.index + 1 < len(mentions) else None
    is_filled = (
        first.depth > whole.depth
        and _OPENS_BRACKETS.match(first.gap) is not None
        and first.index == whole.index + 1
    )
    is_rest = following is not None and following.sentence == last.sentence and following.depth >= first.depth
    if not is_filled or is_rest or any(_SOME_ONLY.search(part.gap) for part in parts):
        return None
    if not is_near(whole, parts, _NEAR_IN_BRACKETS):
        return None
    return _closed(whole, parts)


def is_near(whole: Mention, parts: Sequence[Mention], near: tuple[int, int] = _NEAR) -> bool:
    """Whether parts come near their whole, as far as these are whole numbers.

    Args:
        whole: of the parts.
        parts: at least one.
        near: the least and the most that the whole can be, in per cent of their sum.
    """
    total: int | Decimal = sum(part.quantity.value for part in parts)
    value: int | Decimal = whole.quantity.value
    least, most = near
    if not isinstance(total, int) or total * least <= value * 100 <= total * most:
        return True
    # Of few, one is much.
    return -_ONE_MISCOUNTED <= value - total <= _ONE_MISCOUNTED and total * 2 > value


def _are_of(kinds: Sequence[re.Pattern[str]], whole: Mention, listed: Sequence[Mention]) -> bool:
    """Whether parts are of these kinds, one of each, and their whole is of none or all of them."""
    if len(listed) < len(kinds):
        return False
    names = [_name(part) for part in listed]
    is_named = all(any(kind.search(name) for name in names) for kind in kinds) and all(
        any(kind.search(name) for kind in kinds) for name in names
    )
    return is_named and (_all_in(kinds, whole) or not any(kind.search(whole.lead) for kind in kinds))


def _all_in(kinds: Sequence[re.Pattern[str]], whole: Mention) -> bool:
    """Whether a whole is named after all of its kinds: 建议提案共95件."""
    return all(kind.search(whole.lead) for kind in kinds)


def _misprinted(whole: Mention, parts: Sequence[Mention]) -> Relation | None:
    """A whole and the parts behind it, which only two exchanged digits keep from adding up."""
    is_list = all(_IS_NEXT.search(part.gap) for part in parts[1:]) and not _IS_NEXT.search(parts[0].gap)
    if not is_list or any(OTHER.search(part.gap) for part in parts) or _COORDINATED.match(whole.gap):
        return None
    return _closed(whole, parts) if is_misprinted(whole, parts) and may_have_parts(whole, parts[0]) else None


_READINGS = (_misprinted, _all_kinds, _either_or, _in_turn, _in_years, _named_in)

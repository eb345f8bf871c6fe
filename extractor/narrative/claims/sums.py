"""Sums behind their parts, and lists that leave nothing out: 56件、84件，共140件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.narrative.claims.changes import is_next, repeats
from extractor.narrative.claims.complete_lists import (
    LISTED,
    OTHER,
    PARTED,
    are_of_each,
    is_near,
    lists_of_all,
)
from extractor.narrative.claims.mentions import Mention, earlier, gap_before, tells_class
from extractor.narrative.claims.misprints import is_mended
from extractor.narrative.claims.phrases import is_alike
from extractor.narrative.claims.rests import left_of_before, of_times
from extractor.result.narrative import Relation, RelationKind
from extractor.text.numerals import value_of

_SUM = re.compile(
    r"^\)?(?:[^,;:()]{0,24}[,、;)])?(?:[^,;:、()]{0,6}?(?:(?P<number>[两三四五六七八](?!位))|以上|上述|各类|全部)[项类者种个级]?[^,;:、()]{0,4}|(?P<of>[^,;:、()]{0,8}?))(?P<word>共计|合计|总计|汇总(?=(?:为|共计?|得|达)?$)|累计|全年|总共|一共|加总|加起来|合起来|合在一起|相加|总(?:[数量]|人[数次]|[件条次篇期户]数|场次)|总(?=[\u4e00-\u9fff]{1,4}[数量](?:为|达|共)?$)|总(?=(?:接待|受理|发布|投入|支出|点击|播放|浏览|阅读|访问|观看|收看|参与|参训|办理|登记|培训|发放|印发)(?:量|人[数次]|次数)?(?:为|达)?$)|(?<!公)共(?![同享识治赢青和性])|全部$)"
)
_COORDINATED = re.compile(r"^\)?(?:[^,;:、()和及与]{0,8}(?:\([^()]{0,12}\))?)?(?:、|和|及|与|以及)")
# Nothing parts such a sum from what it is the sum of: 9个镇、38个部门共47家单位.
_RIGHT_BEHIND = re.compile(r"^[^,;:、()后]{0,8}?(?:共计?|[合总]计)(?:有|为|达)?$")
# Begins a list: what stands before it is the whole of that, or no number of it.
_BEGINS_LIST = re.compile(rf"{LISTED.pattern}|分别")
# What was passed on is no part, unless it is counted as one: 来信、来电、转办三项合计.
_PASSED_ON = re.compile(r"转办(?!件)")
_HAS_EACH = re.compile("[^,;:()]{0,10}(?:均|都)[^,;:()]{0,4}(?:[设建配]|开[设通])")
_HAS, _MARK = re.compile("^(?:有|设|建|计)+"), re.compile("[,;、]")
_WHOLE_AREA = re.compile("[全我本][省市县区旗州盟乡镇街局系]统?")
# Nothing that is named behind the word may be something else than its list.
_BARE = re.compile(r"[共合总]计(?:为|达到?|有|共|约)*$")
_CERTAIN = frozenset({"共计", "合计", "总计"})
# 全年合计
_CERTAIN_IN_ALL = _CERTAIN | {"全年", "累计"}
# 6件、3件,共9件: what nothing but a mark and 共 parts from a list is its sum, unless it is nowhere near.
_NOTHING_BUT_SUM = re.compile(r"[,、](?:全年|年内|累计|一|总|合)*共(?:有|计|为)?")
_NEAR_BARE = (40, 250)
_OF_ONE_NAME = re.compile(
    "[,、](?:全年|年内|累计|一|总|合)*共(?:计)?[召举开办组织实施进行]{1,4}[^,;:、()]{0,4}?(?P<name>[^,;:、()有各类]{2})"
)
# What is called as its parts are in general: 财政信息186条、救助信息127条、教育信息213条,民生信息总计526条.
_NEAR_NAMED = (90, 111)
_SEVERAL = 3
# What things of several kinds are counted in together: 图解26篇、视频8个,共计34次.
_TOGETHER = frozenset("次件项个期篇")
# 开放日14次、通气会9次、直播6场,三类活动共29场次
_EVENTS = frozenset("次场期")
_IN_ALL = re.compile("[,、](?:全年)?累计(?:为|达到?)?")
_HEADS, _PAPERS = frozenset("人名位"), frozenset("册张本份套幅")
# 3期分别有64人、71人、58人参加,累计培训193人次
_EACH = re.compile("(?:分别|依次)[^,;]*$")
_ONE_BY_ONE = re.compile("分别|依次")
_IN_TURN = re.compile("第[一二三四五六七八九十\\d]|首[场期次批轮]|[末最][场期次批轮后]|半年|季度|月")
# 29个部门、11个街道,共40家单位
_OF_BODIES = re.compile(r"[^,;:、()]{1,8},共(?:有|计)?")
_BODIES, _BODY = frozenset("个家"), ("单位", "部门", "机构", "主体")
_NEAR_BODIES = (60, 167)
# 逐月为4场、6场、5场,上半年累计15场
_BY_TIME = re.compile("[逐各按每分][月季]")
_WHOLE_TIME = re.compile("[上下前后]?半年|[一二两三四]?个?季度|年度")
# 修订2次,更新12次,前后共14次
_BOTH_TIMES = re.compile("^[前先]后")
# What is done is of what came in, and no sum of that.
_DONE = re.compile(r"(?<!未)(?:办结|办复|答复|处理|办理完)")
# 12月单月132万次 is among what is summed up.
_SINGLE = re.compile("单[月日次周篇条场期]|最[高多大低少]|峰值")
_TO = re.compile("(?:增|减|升|降|扩|提|压|调)[\u4e00-\u9fff]{0,3}[至到为]|[至到]")
_FEWEST = 2
# What is listed is some of a sum by the words behind it: …等共140条, …为主,合计140条.
_SOME_ONLY = re.compile(r"\)?(?:等|为主|为重点|为代表)")
# “讲政策”(21期)、“沙龙”(8期)
_NEXT_IN_BRACKETS = re.compile(r"\)(?:、|,|和|及|与|以及)[^,;:()]{0,24}\(")


def sums(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """What each sum can be of, the likeliest first.

    Args:
        mentions: of a stretch of text, in order.
    """
    for mention in mentions:
        if not mention.is_count:
            continue
        word = None if _begins_change(mention) else _SUM.match(mention.gap)
        readings = list(_behind(mentions, mention, word)) if word is not None else []
        if readings:
            yield readings
        for listed in lists_of_all(mentions, mention):
            yield [listed]
        if not readings and (spanned := of_times(mentions, mention)) is not None:
            yield [spanned]
        left = left_of_before(mentions, mention)
        if left is not None:
            yield [left]


def _begins_change(mention: Mention) -> bool:
    """Whether a number is what another has grown from: 总期数由348期增至360期."""
    return mention.lead.endswith(("由", "从")) and _TO.match(mention.behind) is not None


def _behind(mentions: Sequence[Mention], whole: Mention, word: re.Match[str]) -> Iterator[Relation]:
    """The lists that may end before a sum: the whole of them first, then their ends."""
    is_right_behind = _RIGHT_BEHIND.match(whole.gap) is not None
    units = _EVENTS if word["number"] else frozenset[str]()
    parts = _parts(mentions, whole, "" if is_right_behind else word["of"] or "", units)
    is_certain = _is_certain(whole, parts, word)
    if len(parts) < _FEWEST and is_certain:
        parts, is_certain = _told_otherwise(mentions, whole)
    if len(parts) < _FEWEST or _is_no_sum(whole, parts):
        return
    if is_right_behind:
        is_sum = _are_summands(mentions, parts)
        is_certain |= all(_COORDINATED.match(part.gap) for part in parts[1:])
    else:
        is_sum = not _names_another(whole, parts, word) and _is_sum_of(mentions, whole, parts, word)
    if is_sum and (is_certain or is_near(whole, parts) or _is_misprinted(whole, parts)):
        yield from _lists_to(whole, parts)


def _told_otherwise(mentions: Sequence[Mention], whole: Mention) -> tuple[list[Mention], bool]:
    """The list in front of a sum in brackets or in several units, and whether its sum is certain."""
    parts = _in_own_brackets(mentions, whole)
    if len(parts) < _FEWEST and whole.quantity.unit in _TOGETHER:
        return _of_several_units(mentions, whole), False
    return parts, True


def _names_another(whole: Mention, parts: Sequence[Mention], word: re.Match[str]) -> bool:
    """Whether a list has, with no mark between, something else: 12个镇、168个村共有公开栏196个."""
    named = _HAS.sub("", whole.gap[word.end() :])
    is_subject = _MARK.search(whole.gap) is None and word["word"] == "共"
    if not is_subject or len(named) < _FEWEST:
        return False
    names = "".join(one.lead + one.behind for one in parts[:-1]) + parts[-1].lead
    return not repeats(named, names + whole.gap[: word.start("word")])


def _is_certain(whole: Mention, parts: Sequence[Mention], word: re.Match[str]) -> bool:
    """Whether words alone say that a number is the sum of a list, whatever it comes to."""
    if word["word"] in _CERTAIN_IN_ALL and _BARE.search(whole.gap):
        return True
    if parts and _ONE_BY_ONE.search(parts[0].gap) and _IN_ALL.fullmatch(whole.gap):
        # 3轮普查,分别发现21个、14个和9个,累计44个
        return all(is_next(part) for part in parts[1:]) and is_near(whole, parts, _NEAR_BODIES)
    if _are_bodies(whole, parts):
        return is_near(whole, parts, _NEAR_BODIES)
    if _is_called_alike(whole, parts):
        return is_near(whole, parts, _NEAR_BODIES)
    is_right_behind = _NOTHING_BUT_SUM.fullmatch(whole.gap) is not None and len(parts) >= _FEWEST
    is_list = is_right_behind and all(_COORDINATED.match(part.gap) for part in parts[1:])
    is_list |= bool(word["number"]) and value_of(word["number"]) == len(parts) >= _FEWEST
    return is_list and is_near(whole, parts, _NEAR_BARE)


def _is_called_alike(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether what a sum is of shares a character with each part: 专题会5次、调度会6次,共召开会议11次."""
    told = _OF_ONE_NAME.fullmatch(whole.gap)
    if told is None or len(parts) < _FEWEST:
        return False
    is_named = any(all(word in part.lead for part in parts) for word in told["name"])
    return is_named and not are_of_each(parts)


def _are_bodies(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a number sums up bodies of several kinds, which are listed by their names right before it."""
    are_listed = all(_COORDINATED.match(part.gap) for part in parts[1:]) and len(parts) >= _FEWEST
    is_sum = _OF_BODIES.fullmatch(whole.gap) is not None and whole.behind.startswith(_BODY)
    return is_sum and are_listed and all(one.quantity.unit in _BODIES for one in (whole, *parts))


def _is_misprinted(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether two exchanged digits of one number keep a sum and its parts apart: 36、52、18,总数160."""
    missing = Decimal(sum(part.quantity.value for part in parts)) - whole.quantity.value
    # 一季度12件,二季度15件,全年72件: two may be some of them.
    return len(parts) >= _SEVERAL and (
        is_mended(Decimal(whole.quantity.value), missing)
        or any(is_mended(Decimal(part.quantity.value), -missing) for part in parts)
    )


def _lists_to(whole: Mention, parts: Sequence[Mention]) -> Iterator[Relation]:
    """A sum of all these parts, then of the last of them."""
    for start in range(len(parts) - 1):
        # Nothing says that a list begins within one that 、 parts.
        if start and parts[start].gap[:1] == "、":
            continue
        yield Relation(RelationKind.CLOSED, whole.index, tuple(part.index for part in parts[start:]))


def _is_no_sum(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the counts in front of a number are no parts of it by its words, or some only: …等共140条."""
    is_other = _SOME_ONLY.match(whole.gap) or "占" in whole.gap or OTHER.search(whole.gap)
    # 12个镇和168个村均设公开栏,共196个: what each has is counted.
    are_counted = _HAS_EACH.match(whole.gap) and all(part.quantity.unit in _BODIES for part in parts)
    return bool(is_other or are_counted) or _is_of_done_ones(whole, parts)


def _is_of_done_ones(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a sum is of what was done, and the counts before it aren't."""
    return _DONE.search(whole.lead) is not None and not any(_DONE.search(part.gap) for part in parts)


def _parts(mentions: Sequence[Mention], whole: Mention, named: str, units: frozenset[str]) -> list[Mention]:
    """The list in front of a sum; of one that names what it is of (来访来电合计), what is counted so.

    Its parts are counted as their sum is, or all of them in some units that are one.
    """
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        if _is_passed_over(mentions, mention, whole, parts):
            continue
        if mention.sentence != whole.sentence or mention.depth < whole.depth:
            break
        if mention.depth > whole.depth or (named and mention.is_count and not is_alike(mention, whole)):
            # 线上6230条(网站4115条、微信2115条),线下415条: brackets explain one of them.
            continue
        if not _is_summand(mention, whole, units):
            break
        parts.insert(0, mention)
        gap = gap_before(mentions, mention)
        if _BEGINS_LIST.search(gap) or not PARTED.match(gap):
            break
    return parts


def _is_passed_over(
    mentions: Sequence[Mention], mention: Mention, whole: Mention, parts: Sequence[Mention]
) -> bool:
    """Whether a number in front of parts of a sum is told beside these: their share, or what they are."""
    is_beside = mention.is_percentage or _SINGLE.search(mention.lead) is not None
    if mention.sentence == whole.sentence and is_beside:
        return True
    return bool(parts) and tells_class(mentions, mention, parts[0])


def _is_summand(mention: Mention, whole: Mention, units: frozenset[str]) -> bool:
    """Whether a number is counted as a sum is, or both in some units that are one, and is no sum itself."""
    is_counted_so = is_alike(mention, whole) or {mention.unit, whole.unit} <= units
    is_counted_so |= {mention.unit, whole.unit} <= _PAPERS
    # 点名单位5家和3家,累计8家次
    is_counted_so |= mention.unit in _BODIES and whole.unit == f"{mention.unit}次"
    # 第一次42人,第二次38人,共80人次
    is_counted_so |= (
        whole.unit == "人次"
        and mention.unit in _HEADS
        and (_IN_TURN.search(mention.lead) or _EACH.search(mention.before)) is not None
    )
    return mention.is_count and is_counted_so and not _is_sum_itself(mention)


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


def _in_own_brackets(mentions: Sequence[Mention], whole: Mention) -> list[Mention]:
    """The list in front of a sum whose numbers stand in brackets, each in its own."""
    parts: list[Mention] = []
    for mention in earlier(mentions, whole):
        is_inside = mention.depth == whole.depth + 1 and mention.following.startswith(")")
        if not is_inside or not _is_summand(mention, whole, frozenset()):
            break
        parts.insert(0, mention)
        if not _NEXT_IN_BRACKETS.fullmatch(mention.gap):
            break
    return parts


def _is_sum_itself(mention: Mention) -> bool:
    """Whether a number ends a list before another sum; what begins its sentence (全年编发…) ends none."""
    return _SUM.match(mention.gap) is not None and mention.before != mention.gap


def _is_sum_of(
    mentions: Sequence[Mention], whole: Mention, parts: Sequence[Mention], word: re.Match[str]
) -> bool:
    """Whether a sum is one of these parts by its words: 三类合计 is of three, 来访来电合计 of these two."""
    if word["number"]:
        return value_of(word["number"]) == len(parts) and not any(OTHER.search(part.gap) for part in parts)
    named = _named(word, parts)
    names = "".join(part.lead + part.behind for part in parts)
    if named and _are_called(named, parts) and word["word"] in _CERTAIN:
        return is_near(whole, parts, _NEAR_NAMED) and _are_summands(mentions, parts)
    # 培训6期,第一期45人、第二期52人,培训总人数97人: what is summed up is named before its list.
    is_named = repeats(named, names) or (bool(parts) and len(named) > 1 and named in parts[0].before)
    return is_named and _are_summands(mentions, parts)


def _named(word: re.Match[str], parts: Sequence[Mention]) -> str:
    """What a sum is told to be of, beside the whole area, and the whole time that its list goes through."""
    named = _BOTH_TIMES.sub("", _WHOLE_AREA.sub("", word["of"] or ""))
    return _WHOLE_TIME.sub("", named) if parts and _BY_TIME.search(parts[0].before) else named


def _are_called(named: str, parts: Sequence[Mention]) -> bool:
    """Whether several counts that are listed are each of what a sum is of: 财政信息 and 救助信息 are 信息."""
    is_list = len(parts) >= _SEVERAL and all(_COORDINATED.match(part.gap) for part in parts[1:])
    return is_list and all(part.lead.endswith(named[-2:]) for part in parts)


def _are_summands(mentions: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Whether counts before a sum are what it is the sum of."""
    if are_of_each(parts) or any(OTHER.search(part.gap) or _PASSED_ON.search(part.gap) for part in parts):
        return False
    return not parts or not _BEGINS_LIST.search(parts[0].gap) or not _has_whole_before(parts[0], mentions)


def _has_whole_before(first: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a list is of a count before it: behind 其中 of any, behind 分别 of one of the same things."""
    before = [one for one in earlier(mentions, first) if one.sentence == first.sentence]
    is_of_any = LISTED.search(first.gap) is not None
    # 31家单位…发现问题分别为56个、43个: what is less than a part is the whole of none.
    return any(
        not one.is_percentage
        and (is_of_any or (is_alike(one, first) and one.quantity.value >= first.quantity.value))
        for one in before
    )

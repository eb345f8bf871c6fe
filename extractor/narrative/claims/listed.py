"""The counts that follow each other as a list, and where that ends: by another statement, unit or kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.narrative.claims.changes import is_difference
from extractor.narrative.claims.doubt import begins_answer
from extractor.narrative.claims.mentions import Mention, later, names_class
from extractor.narrative.claims.shares import SHARE_WORDS

LISTS = re.compile(
    r"其中|分别|依次(?=[为是])|(?<=[,;(])即(?![时将日使可办])|包[括含](?![在于])|[(（]含|[构组]成(?=(?:情况|比例)?(?:如下|[为是:]))|(?<=[,;(])具体(?=[为是:])|逐[件项条份家]"
)
# 从申请方式看,网上… · 收到的120件申请中,自然人…
VIEWED = re.compile(
    r"[从按](?:照)?[^,;:()]{1,10}?(?:看|分|划分|统计|来看)[,:]|(?:^|[\u4e00-\u9fff)])(?<!范围)(?<!期限)(?<!时限)[中内里][,:]"
)
# What is told apart by something else: …;按载体分,网站….
VIEWED_OTHERWISE = re.compile(r"[;,](?:而|再|若)?[从按](?:照)?[^,;:()]{1,10}?(?:看|分|划分|统计|来看)[,:]")
NEW_STATEMENT = re.compile(
    r"另有|另外|此外|还有|除此|加上|连同|20\d\d年|(?<=[,;])[今本]年(?!度)|累计|共计|合计|总计|全年|[共并](?=收到|开展|举办|召开)|共(?=办[结理]|答复|处理|制作|出具|形成|产生)|拆分|到年[底末]|同时|截至|截止"
)
# 其中2022年100件、2023年120件 are parts, each of a year.
_OF_A_YEAR = re.compile(r"(?:^[,、和]|其中:?)20\d\d年(?=[\u4e00-\u9fff]{0,6}$)")
# What the official form knows that can come of an application.
OUTCOMES = (
    re.compile(r"予以(?:全部)?公开|同意(?:全部)?公开|全部公开"),
    re.compile(r"部分公开"),
    re.compile(r"不予公开|不同意公开"),
    re.compile(r"无法提供"),
    re.compile(r"不予处理"),
    re.compile(r"其他处理"),
)
_TAGS = {
    "outcome": re.compile(r"公开|无法提供|不予处理|其他处理|不属于|不掌握|不存在|结转"),
    "channel": re.compile(r"网络|网上|信函|来信|当面|现场|传真|邮寄|邮件|窗口|平台申请"),
    "applicant": re.compile(r"自然人|公民|法人|企业|组织|机构|个人|律师|代理"),
    "subject": re.compile(r"涉及|关于|有关|领域"),
}
# What is published is told apart by names that hold such words, too: 组织机构类信息, 政府信息公开指南.
_CATEGORY = re.compile(
    r"类(?:政府|政务|别)*(?:信息|文件)?$|(?:机构|组织|人事)(?:职能|设置|概况|信息|简介|领导)|信息公开|政务公开"
    r"|(?:目录|指南|年报|报告|动态|公告|公报|文件|概况)(?:类|信息)*$"
)
# What is held against the list: …、便民服务2,900条，较上年的7,200条增长20%.
_HELD_AGAINST = re.compile(r"[,;、]?(?:总[量数])?(?:较|比|与|同)(?:[上去前]一?年|20\d\d年|年初|同期)")
# 计划9,860人,其中小学5,240人、初中4,620人,实际录取9,663人
_CARRIED_OUT = re.compile("[,;](?:最终|最后)?实际")
# Words in brackets behind a part say something of it: (含区分处理).
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}[中里](?!心|央|学)(?=[,\u4e00-\u9fff])")
_OF_A_PART = re.compile(r"[,;](?P<name>[\u4e00-\u9fff]{2,10})[中里]")
# 其中经验类13条,每期印发300份
_OF_EACH = re.compile("每(?!年)|平均")
_MOST_PARTS = 100
_LONGEST_NAME = 60
# What begins another statement behind a list: …、协办39件；办理提案48件.
_OWN_VERB = re.compile(
    r"[为是,;]?(?:收到|受理|承办|办理|接收|召开|举办|举行|组织|开展|印发|制发|回复|接待|新增|注销|关停"
    r"|作出|实施|下达|出具|签发|核发|移送)"
)
# 其中小微企业11件；由律师代理提出的申请9件 names what all of them are once more.
_OF_ITS_OWN = re.compile(r"^(?!其中).*(?:申请|案件|信息|文件|问题|建议)$")


def listed_from(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    """The counts that follow each other as a list.

    Args:
        mentions: of a stretch of text, in order.
        first: the first of the list.
    """
    parts = [first]
    tags = tags_of(first)
    for mention in later(mentions, first):
        if len(parts) > _MOST_PARTS or _is_of_no_list(mention, first):
            break
        if _tells_which(mentions, mention, first):
            continue
        is_frame = _is_frame(mentions, mention, first)
        if mention.is_percentage or _is_beside(mention, first) or (is_frame and not _is_part(mention, parts)):
            continue
        own = tags_of(mention)
        if is_frame or _is_of_another_list(mention, parts) or (tags and own and tags.isdisjoint(own)):
            break
        parts.append(mention)
        tags = tags | own if tags else own
    return parts


def _tells_which(mentions: Sequence[Mention], mention: Mention, first: Mention) -> bool:
    """Whether a number only says which the next of a list are of: 其余6个镇1,004条."""
    following = mentions[mention.index + 1 : mention.index + 2]
    is_of_next = any(names_class(mention, one) and _is_like(one, first) for one in following)
    return is_of_next and not _is_like(mention, first) and not _begins_statement(mention, first)


def _is_of_no_list(mention: Mention, first: Mention) -> bool:
    """Whether a number is a percentage and no share, or told of each of several, as the first isn't."""
    if mention.is_percentage:
        return SHARE_WORDS.search(mention.gap) is None
    return _OF_EACH.search(mention.lead) is not None and not _OF_EACH.search(first.lead)


def _is_of_another_list(mention: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a number counts something else than the parts before it, or begins another list."""
    first = parts[0]
    return not _is_like(mention, first) or _begins_statement(mention, first) or _is_among(mention, parts)


def _is_part(mention: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a number takes up one of the parts before it: 已出台6项,终止2项,6项中听证的2项."""
    return any(part.quantity.value == mention.quantity.value for part in parts)


def _is_among(mention: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a number is of one of the parts before it: 重点类11,200条,重点类中涉及财政资金的2,180条."""
    named = _OF_A_PART.match(mention.gap)
    return named is not None and any(named["name"] in part.lead for part in parts)


def _is_beside(mention: Mention, first: Mention) -> bool:
    """Whether a number in a list explains the part before it: it stands in brackets, or is a difference."""
    return mention.depth > first.depth or (is_difference(mention) and not is_difference(first))


def _is_frame(mentions: Sequence[Mention], mention: Mention, first: Mention) -> bool:
    """Whether a number says what the next is among: 本年新收的120件中办结114件."""
    behind = mentions[mention.index + 1 : mention.index + 2]
    return _AMONG.match(mention.following) is not None and all(_is_like(one, first) for one in behind)


def _is_like(mention: Mention, first: Mention) -> bool:
    """Whether a number counts what the first part of a list does, at its depth."""
    return mention.is_count and mention.unit == first.unit and mention.depth >= first.depth


def _begins_statement(mention: Mention, first: Mention) -> bool:
    """Whether the words before a number begin something else than the next part of a list."""
    gap = _IN_BRACKETS.sub("", mention.gap)
    if len(gap) > _LONGEST_NAME or LISTS.search(gap) or VIEWED_OTHERWISE.search(gap):
        return True
    if NEW_STATEMENT.search(gap) and not (_OF_A_YEAR.match(gap) and _OF_A_YEAR.search(first.gap)):
        return True
    if begins_answer(mention, first) or _HELD_AGAINST.match(gap) or _names_its_own(mention, first):
        return True
    # A verb begins another statement, unless the list began with one; 镇(街道)受理 begins with a name.
    name = mention.lead if gap == mention.gap else gap
    return _OWN_VERB.match(name) is not None and not _OWN_VERB.match(LISTS.sub("", first.lead))


def _names_its_own(mention: Mention, first: Mention) -> bool:
    """Whether a number behind a list tells what came of it, or names the things that all of them are anew."""
    if _CARRIED_OUT.match(mention.gap):
        return _CARRIED_OUT.match(first.gap) is None
    is_named = mention.gap[:1] == ";" and _OF_ITS_OWN.match(mention.lead) is not None
    return is_named and not _OF_ITS_OWN.match(LISTS.sub("", first.lead))


def tags_of(mention: Mention) -> frozenset[str]:
    """What kind of thing a count is of: ``outcome``, ``channel``, ``applicant`` or ``subject``; mostly none.

    Args:
        mention: the count.
    """
    words = mention.lead + mention.behind
    if _CATEGORY.search(words):
        return frozenset()
    tags = frozenset(tag for tag, pattern in _TAGS.items() if pattern.search(words))
    return tags if len(tags) == 1 else frozenset()

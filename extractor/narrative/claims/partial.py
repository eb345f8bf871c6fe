"""Counts that are worded as a figure of the tables is, but are of a part of it, or of more than the year.

Such a count says nothing of the cell where it differs from it: 同一申请人提出申请12件, 上半年收到申请30件.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.narrative.claims.changes import is_difference, repeats
from extractor.narrative.claims.mentions import Mention
from extractor.result.header import Header
from rules.phrases import phrase_book
from rules.wordings import Statement, ToldAs, Topic

# Other times than the year of the report.
_OTHER_TIME = re.compile(
    r"[上下]半年|季度|累计|以来|[近前过去][二两三四五六七八九十几\d]{1,2}年|[二两三四五六七八九十]年[来间]|平均|每[月年日周]|[日周月年]均"
    r"|(?<![\d年至到—-])\d{1,2}月(?!\d)|\d{1,2}月?[至到—-]\d{1,2}月|20\d\d年度?[、和与至到]20\d\d年|疫情期间|截至目前"
)
_SEASON = re.compile(r"[上下]半年|季度|(?<![\d年至到—-])\d{1,2}月(?!\d)")
_YEAR = re.compile(r"全年|本年|今年|20\d\d年|年度")
# 截至2023年12月31日 is the whole year.
_OTHER_MONTH = re.compile(r"年(?:1[01]|[1-9])月(?!\d)|(?<!截[至止]20\d\d)年12月")
# What is said of some of them only.
_SOME = re.compile(
    r"同一|[一1]人|[张王李刘陈杨赵]某|重复|(?<!现行)(?<!目前)有效|涉及(?!政府信息公开|信息公开)|关于(?!政府信息公开)|类(?!型)|领域|方面|指导|协助|配合|转[来送交办]|交办|代|按[时期]|如期|延期|逾期|超期|电话|口头"
    r"|线上|网上|在线|窗口|平台|信件|来函|[多少]收|增|减|再次|首次|[省市县区镇]级|本级|区县|县区|县市区|乡镇|[镇乡]街|联审|会商|会审|审理|工作日|小时内|被申请人|复议机关|下级|所属|驻[省市县区]|基层|各(?!级|执收|行政执法|执法|行政机关)"
)
# 征地类申请中,予以公开21件 is of these only.
_AMONG_SOME = re.compile(
    r"^(?:[对就]?[上去]一?年度?结转的[^,;]{0,8}申请|[^,;]{0,24}?(?:类|领域|涉及|关于|方面)[^,;]{0,10}[中里])[,:]"
)
# 校本部(不含三所附属医院)收到申请14件
_WITHOUT = re.compile(r"不含|不包[括含]|除外|本部|自身|自行")
# 申请量较大的是县公安局:收到申请19件
_NAMED_BODY = re.compile(
    r"[是为][\u4e00-\u9fff]{1,12}(?:局|委|委员会|办|厅|镇|乡|街道|办事处|部门|单位|院|中心):"
)
_KIND = re.compile(
    r"(?<!各)类(?!型)|领域|涉及(?!政府信息公开|信息公开)|方面|网络|[网线]上|在线|信函|当面|现场|窗口|传真|邮寄|邮件|来信"
)
_FRAME = re.compile(
    r"(?:^|[,;])(?P<clause>[^,;]*申请[^,;]{0,3})(?:[中里],|的?(?:办理|处理|答复)?(?:结果|情况)[为是]?[:,])"
)
_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,8}(?:局|委|办|厅|镇|乡|街道|办事处|部门|单位|院|公司|队|所|站|中心|分局|科|处))"
    r"(?:共|全年|新|已|均|依法)*(?:收到|新收|受理|接收|办理|办结|答复|制[发定]|作出|实施)"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:、])(?P<name>[\u4e00-\u9fff]{2,10}?(?:局|委|委员会|厅|镇|乡|街道|办事处))(?=全年|年内|[本当]年|20|[被未没均也共新收])"
)
_SEVERAL_BODIES = re.compile(
    r"(?:其余|其[他它])[^,;]{0,4}?(?:镇街|镇办|乡镇|街镇|部门|单位|街道)|[一二两三四五六七八九十\d][个家](?:[市县区]直)?(?:镇街|镇办|乡镇|街镇|部门|单位|街道|[镇乡])"
)
# 市政府全年收到1260件, in the report of a district.
_GOVERNMENT = re.compile(r"(?P<level>[省市县区州旗])(?:人民)?政府(?!办|信息)")
_TIME, _MARK = frozenset({"天", "工作日", "个工作日", "小时", "个小时"}), re.compile("[,;:、]")
_LEVEL = re.compile(r"[省市县区镇]级(?:部门|单位|机关)|本级|驻[省市县区]")
_WHOLE = re.compile(r"[我本全](?:[省市县区旗州盟乡镇局委厅办院校]|机关|单位)")
_OWN = re.compile(r"[我本全各]|政府办|机关|单位|部门")


def is_of_other_time(words: str) -> bool:
    """Whether words speak of another time than the year of the report: of months, of several years.

    Args:
        words: of a sentence, folded.
    """
    return _OTHER_TIME.search(words) is not None or _OTHER_MONTH.search(words) is not None


def is_of_a_kind(head: Mention) -> bool:
    """Whether what is listed behind a count is of some applications only: 征地拆迁类60件,其中自然人57件.

    Args:
        head: the count.
    """
    return _KIND.search(head.lead) is not None


def frame_of(words: str) -> str | None:
    """What a count is said to be among, in the words before it: 收到的申请 of 收到的申请中,自然人….

    Args:
        words: of its sentence, folded.

    Returns:
        None if they don't say.
    """
    frame = _FRAME.search(words)
    return None if frame is None else frame["clause"]


def is_partial(
    mention: Mention,
    listed_behind: Sequence[Mention],
    topic: Topic,
    statement: Statement,
    told_as: ToldAs,
    header: Header,
) -> bool:
    """Whether a count may be of something else than the cells that it differs from.

    Args:
        mention: the count.
        listed_behind: the numbers before it that may say whose it is, the nearest first.
        topic: what it is told of with.
        statement: by whose words it would be the figure of cells.
        told_as: of the form.
        header: what the report says about itself.
    """
    lead, gap = statement.without_name(mention.lead), mention.gap
    if _OTHER_TIME.search(gap) or _OTHER_MONTH.search(gap) or _SOME.search(lead) or is_difference(mention):
        return True
    if (
        _is_of_a_time(mention, listed_behind)
        or _is_told_of_others(mention, lead)
        or not told_as.is_plain(without_organ(lead, header))
    ):
        return True
    frame = _FRAME.search(gap) or _FRAME.match(mention.before)
    if frame is not None and not told_as.is_plain(frame["clause"]):
        return True
    if any(one.holds(lead, mention.before) for one in (*topic.partial, *statement.partial)):
        return True
    if _is_of_a_season(gap, listed_behind):
        return True
    return topic.other_bodies and _is_of_another(lead, listed_behind, header)


def _is_told_of_others(mention: Mention, lead: str) -> bool:
    """Whether the words before a number say that it is of some only, or what something has changed from."""
    return (
        any(words.search(mention.before) for words in (_AMONG_SOME, _WITHOUT, _NAMED_BODY))
        or phrase_book().compared["started"].search(lead) is not None
    )


def _is_of_a_time(mention: Mention, before: Sequence[Mention]) -> bool:
    """Whether a number says what was done within a time right before it: 15至20个工作日答复16件."""
    is_behind = bool(before) and before[0].index == mention.index - 1 and before[0].unit in _TIME
    return is_behind and _MARK.search(mention.gap) is None


def without_organ(words: str, header: Header) -> str:
    """Words without the name of the organ whose report it is.

    Args:
        words: of a sentence, folded.
        header: what the report says about itself.
    """
    organ = header.organ.value if header.organ is not None else None
    return words.replace(organ, "") if organ else words


def _is_of_a_season(gap: str, listed_behind: Sequence[Mention]) -> bool:
    """Whether the nearest time that is named is a part of the year: 上半年办理30件,予以公开5件."""
    for words in (gap, *(one.gap for one in listed_behind)):
        if _SEASON.search(words):
            return True
        if _YEAR.search(words):
            return False
    return False


def _is_of_another(lead: str, listed_behind: Sequence[Mention], header: Header) -> bool:
    """Whether the nearest body that is named is another: 区自然资源局办理45件,予以公开20件."""
    for words in (lead, *(one.lead for one in listed_behind)):
        if _LEVEL.search(words) or _is_of_another_body(words, header):
            return True
        if _WHOLE.search(words):
            return False
    return False


def names_another_body(words: str, header: Header) -> bool:
    """Whether words say of another body that it did something: 红旗街道全年未收到申请.

    Args:
        words: of a sentence, folded.
        header: what the report says about itself.
    """
    organ = (header.organ.value if header.organ is not None else None) or ""
    names = (one["name"] for one in _SUBJECT.finditer(words))
    is_another = any(not _OWN.search(name) and not repeats(name, organ) for name in names)
    return is_another or _SEVERAL_BODIES.search(words) is not None


def _is_of_another_body(lead: str, header: Header) -> bool:
    organ = (header.organ.value if header.organ is not None else None) or ""
    government, own = _GOVERNMENT.search(lead), _GOVERNMENT.search(organ)
    if government is not None and own is not None and government["level"] != own["level"]:
        return True
    body = _BODY.search(lead)
    if body is None or _OWN.search(body["name"]):
        return False
    return not repeats(body["name"], organ)

"""Words that say of figures that they are of another scope than the report's, in the units of the form.

A part of a year, several years together, plans, shares, changes, samples, older versions, other offices.
Where they stand, above a table, in its heading, in its cells or in a note, is for those who ask to know.
"""

from __future__ import annotations

import re

from extractor.layout.words.other_year import is_nothing_but_another_year
from extractor.layout.words.spelling import as_read

# With brackets within: （占比（%））.
_BRACKETED = re.compile(r"[（(](?:[^（）()]|[（(][^（）()]{0,20}[）)]){1,40}[）)]\s*")
_AROUND = " \t　。:：*＊※"
_NUMBER = "(?:[1-9]|1[01]|[一二三四五六七八九十]|十一)"
# Months up to the last but one, and what is shorter than a year.
PART_OF_A_YEAR = re.compile(
    rf"[上下]半年|(?:前?[一二三四1-4]|前两|前三)个?季度|截[至止]\s*(?:\d{{4}}\s*年)?\s*{_NUMBER}\s*月"
    r"|(?<!\d)1\s*(?:月\s*(?:1\s*日)?)?\s*[至到—~－-]+\s*(?:\d{4}\s*年)?\s*(?:[1-9]|1[01])\s*月"
)
# Months that alone are no part of a year to speak of: much is done from July to October.
_MONTHS = re.compile(
    r"(?<!\d)(?:[2-9]|1[0-2])\s*月?\s*[至到—~－-]+\s*(?:\d{4}\s*年)?\s*(?:[1-9]|1[0-2])\s*月"
    r"|第?(?:[一1]\s*[、和至到—~－-]+\s*第?[二三2-3]|[二三2-3]\s*[、和至到—~－-]+\s*第?[三四3-4])\s*季度"
)
_WHOLE_YEAR = re.compile(
    r"全年|(?<!\d)1\s*月?\s*[至到—~－-]+\s*12\s*月|第?[一1]\s*[至到—~－-]+\s*第?[四4]\s*季度"
)
_EMPTY = re.compile(r"[（(]\s*(?:\d{4}\s?年)?\s*[）)]")
# What stands beside a part of a year in words that say nothing but that.
_NOTHING_ELSE = re.compile(
    r"(?:\d{4}\s?年度?)?第?(?:\d{1,2}\s?日|[底末份])?(?:的|止)?(?:数据?|情况|统计|报表|表|合计|小计)?(?:如下)?"
)
DISOWNING = re.compile(
    "示例|样表|表样|样例|范例|错误示范|(?:非|不是)(?:实际|真实)(?:数据|数字)|(?:测试|模拟|虚拟|虚构)(?:数据|数字)"
    "|(?:数据|数字)(?:均|都|全)?(?:为|系|是)?(?:虚构|模拟|虚拟)"
    "|(?:以下|下列|原公布)(?:的)?(?:数据|数字)[^。；;\n]{0,4}(?:作废|无效|有误|错误)|表[^。；;\n]{0,8}(?:作废|无效|有误)|供(?:内部)?参考|(?:兄弟|其他|其它|外)(?:单位|部门|地区)(?:的)?(?:数据|情况|报表)"
)
# Figures in tens or thousands of what the form counts one by one, or in its hundredths.
OTHER_UNIT = re.compile(
    r"(?:单位[均都皆]?\s?[:：为是]\s?[“\"「]?|[（(]\s?)[十百千万亿]+\s?[件条个项人次宗篇]"
    r"|单位\s?[:：为是]\s?(?:[件条个项]\s?[（(]\s?[十百千万亿]|[%％‰]|百分比|百分数|千分比)"
    r"|以\s?[“\"「]?[十百千万亿]+[件条个项人次][”\"」]?为(?:计量)?单位"
    r"|[表数][^。；;\n]{0,8}(?:乘以|除以|放大|缩小|扩大)\s?[\d十百千万]"
)
_ONLINE = "(?:网上|网络|线上|信函|邮寄|当面|现场|传真|电子邮件)"
_TOWNS = "(?:各?乡镇(?:[、和及]?街道)?|各?镇街|各(?:镇|街道|乡))(?:办事处)?"
_OFFICES = (
    r"(?:(?:[省市县区州旗]直|[下所直]属)(?:各?(?:部门|单位|事业单位|机构)))(?:合计|汇总|小计|总计|总数)?"
    rf"|{_TOWNS}(?:合计|汇总|小计|总计|总数|数据|情况)?"
)
# What figures are of that nothing but these words are said of.
_OTHER_SCOPE = re.compile(
    r"(?:其中[:：]?)?(?:"
    rf"(?:其中[:：]?|不[含包]括?|仅[含统]计?)?{_ONLINE}(?:渠道)?(?:的)?(?:申请)?"
    "|[本下]?表?(?:为|是)?(?:各类申请)?(?:占比|比重|百分比|所占比例)(?:[（(]?[%％][）)]?)?"
    "|(?:与上年)?同比(?:增减|增长|变化|变动)?(?:数|率|量|值)?(?:[（(]?[%％][）)]?)?"
    r"|[比较与同](?:\d{4}年度?|上年度?|去年)(?:同期)?(?:相比)?(?:增减|增长|变化|变动)?(?:数|率|量|值)?|增减(?:数|率|量|值)"
    r"|(?:\d{4}年度?|下?一?年度?)?(?:计划|预计|预测|预期|目标)(?:数|量|值)?|下一?年度?"
    "|(?:测试|模拟|虚拟|虚构|演示)(?:性)?(?:的)?|[样范示]例|样本|已(?:作废|失效|废止|撤[销回])|(?:兄弟|其[他它]|外)(?:单位|部门|地区|机关)(?:的)?"
    r"|(?:全[国省市县区州])?(?:人均|平均|最大|最小|每[百千万]人)(?:数|量|值)?"
    r"|\d{4}年?[至到—~－-]+\d{4}年(?:度|合计|总计)?|近?[两三四五六七八九十\d]年(?:合计|总计)"
    "|(?:考核)?得分|排名|名次|(?:参考)?模板|此处填写(?:数据|数字)|[例范样]|(?:新旧)?对照|错误"
    "|(?:快报|抽样|初步)(?:数据?|统计|情况)?|(?:试点|部分|重复)(?:数据?|统计|情况)|未经?(?:核实|审核|核对)(?:的)?|作废|无效|旧|原"
    r"|(?:近|历|[一二三四五六七八九十]|\d)?年?累计(?:数|量|值)?(?:[（(][^（）()]{0,20}[）)])?|历年"
    "|(?:更正|修订|修正|改正|订正|勘误|调整)前(?:的)?|(?:征求意见|讨论|送审)稿|草稿|初稿"
    r"|1月?\s*[至到—~－-]\s*(?:[1-9]|1[01])月(?:份)?|(?:\d{4}年)?(?:[1-9]|1[0-2])月份|(?:[1-9]|1[0-2])月"
    f"|{_OFFICES}|民事|刑事"
    "|非本年度?)表?(?:数据?|情况|统计|报表)?(?:如下)?"
)
# What titles of tables say of the applications and disputes of any scope.
_TOPIC = re.compile(
    "(?:收到和处理)?(?:政府信息)?(?:依申请)?公开(?:政府信息)?申请(?:办理|处理)?(?:的)?"
    "|(?:政府信息公开)?行政复议、?行政诉讼|主动公开政府信息"
)
# What says of the figures of a table, by themselves, what they are of.
_SAYS = re.compile(
    "(?:(?:[本下上此该]表|以[上下]|下列|表中|这(?=[是为]))(?:所[列示])?(?:各项)?(?:的)?(?:数据|数字|统计|情况)?"
    "(?:范围|时间|期限|期间|区间|口径)?|(?:统计|数据)(?:时间|期限|期间|区间|口径|范围))"
    r"(?:均|都|全部?|仅|只|皆)?\s?(?:为|是|系|反映|[:：]|(?=截[至止]))\s?(?P<scope>[^，,。；;\n]{1,40})"
)
_WITHOUT_ITSELF = re.compile("不[含包]括?本(?:机关|级|单位|局|部门|办)(?!以外|之外|外)")


def is_of_another_scope(words: str, text: str) -> bool:
    """Whether words say nothing but that figures are of another scope than the report's.

    Args:
        words: a caption, what stands in brackets, a cell, or what a cell has besides a label of the form.
        text: the document's text, for the year of its title.
    """
    bare = as_read(words).strip(_AROUND)
    bare = bare[1:-1].strip(_AROUND) if _BRACKETED.fullmatch(bare) else bare
    titled = _TOPIC.sub("", bare).strip("的情况") if _TOPIC.search(bare) else bare
    return any(
        _OTHER_SCOPE.fullmatch(one) is not None
        or is_nothing_but_a_part_of_a_year(one)
        or is_nothing_but_another_year(text, one)
        for one in {bare, titled}
    )


def is_nothing_but_a_part_of_a_year(words: str) -> bool:
    """Whether words name a part of a year, and nothing else but the year: 上半年（1—6月）."""
    rest, months = _MONTHS.subn("", words)
    rest, parts = PART_OF_A_YEAR.subn("", rest)
    bare = _EMPTY.sub("", rest).strip(_AROUND)
    return parts + months > 0 and _NOTHING_ELSE.fullmatch(bare) is not None


def is_nothing_but_the_whole_year(words: str) -> bool:
    """Whether words say that figures are those of all of a year, and nothing else: 全年（1—12月）."""
    rest, parts = _WHOLE_YEAR.subn("", words)
    bare = _EMPTY.sub("", rest).strip(_AROUND)
    return parts > 0 and _NOTHING_ELSE.fullmatch(bare) is not None


def says_another_scope(note: str, text: str) -> bool:
    """Whether a sentence says of the figures of a table that they are of another scope than the report's.

    Args:
        note: the sentence, or several.
        text: the document's text, for the year of its title.
    """
    note = as_read(note).strip(_AROUND)
    note = note[1:-1] if _BRACKETED.fullmatch(note) else note
    said = (match["scope"] for match in _SAYS.finditer(note))
    return _WITHOUT_ITSELF.search(note) is not None or any(is_of_another_scope(one, text) for one in said)


def bracketed(words: str) -> list[str]:
    """What stands in brackets in some words, with the brackets."""
    return _BRACKETED.findall(words)

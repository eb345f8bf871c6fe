"""Tables that a page disowns: it says that their figures aren't the report's, or not in the form's units.

Beside tables of another year there are samples that nobody removed, tables that are void or another
office's, figures of half a year or in tens, and errata below a table. What a person wouldn't copy off the
page without asking is left open, whatever its sums say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.layout.other_year import groups_of, is_of_another_year, says_another_year
from extractor.layout.segments import Segment
from rules.form import Form

# The heading of a section or of a table.
HEADING = re.compile(r"^[ \t　|｜]*[一二三四五六七]、[^\s。]*", re.M)
_LINE_END = re.compile(r"[。\n|｜]")
_DISOWNING = re.compile(
    "示例|样表|表样|样例|范例|错误示范|(?:非|不是)(?:实际|真实)(?:数据|数字)|(?:测试|模拟|虚拟|虚构)(?:数据|数字)"
    "|(?:数据|数字)(?:均|都|全)?(?:为|系|是)?(?:虚构|模拟|虚拟)"
    "|(?:以下|下列|原公布)(?:的)?(?:数据|数字)[^。；;\n]{0,4}(?:作废|无效|有误|错误)|表[^。；;\n]{0,8}(?:作废|无效|有误)|供(?:内部)?参考|(?:兄弟|其他|其它|外)(?:单位|部门|地区)(?:的)?(?:数据|情况|报表)"
)
# Figures in tens or thousands of what the form counts one by one, or in its hundredths.
_OTHER_UNIT = re.compile(
    r"(?:单位[均都皆]?\s?[:：为是]\s?[“\"「]?|[（(]\s?)[十百千万亿]+\s?[件条个项人次宗篇]"
    r"|单位\s?[:：为是]\s?(?:[件条个项]\s?[（(]\s?[十百千万亿]|[%％‰]|百分比|百分数|千分比)"
    r"|以\s?[“\"「]?[十百千万亿]+[件条个项人次][”\"」]?为(?:计量)?单位"
    r"|[表数][^。；;\n]{0,8}(?:乘以|除以|放大|缩小|扩大)\s?[\d十百千万]"
)
_SUBJECT = re.compile("统计|期间|数据|数字|报表|[本下上此该]表")
_BRACKETED = re.compile(r"[（(][^（）()]{1,40}[）)]\s*")
_PART_OF_A_YEAR = re.compile(
    r"[上下]半年|(?:前?[一二三四1-4]|前两|前三)个?季度|截[至止]\s*(?:\d{4}\s*年)?\s*(?:[1-9]|1[01]|[一二三四五六七八九十]|十一)\s*月"
    r"|(?<!\d)1\s*(?:月\s*(?:1\s*日)?)?\s*[至到—~－-]+\s*(?:\d{4}\s*年)?\s*(?:[1-9]|1[01])\s*月"
)
# What stands beside a part of a year in a caption that is nothing but that.
_NOTHING_ELSE = re.compile(r"(?:\d{4}\s?年度?)?第?(?:\d{1,2}\s?日)?[:：]?")
# What a table shows whose caption is nothing but these words: a part of the applications, shares, changes,
# the sum of several years, a draft.
_OTHER_CONTENT = re.compile(
    r"[（(]?(?:"
    "(?:其中[:：]?|不[含包]括?|仅[含统]计?)(?:网上|网络|线上|信函|邮寄|当面|现场|传真|电子邮件)(?:渠道)?(?:的)?(?:申请)?"
    "|(?:网上|网络|线上|信函|邮寄|当面|现场|传真|电子邮件)(?:渠道)?(?:的)?申请"
    "|[本下]?表?(?:为|是)?(?:各类申请)?(?:占比|比重|百分比|所占比例)(?:[（(]?[%％][）)]?)?"
    "|(?:与上年)?同比(?:增减|增长|变化|变动)?(?:数|率|量|值)?(?:[（(]?[%％][）)]?)?"
    r"|[比较与同](?:\d{4}年度?|上年度?|去年)(?:同期)?(?:相比)?(?:增减|增长|变化|变动)?(?:数|率|量|值)?|增减(?:数|率|量|值)"
    r"|(?:\d{4}年度?|下?一?年度?)?(?:计划|预计|预测|预期|目标)(?:数|量|值)?|(?:人均|平均|最大|最小)(?:数|量|值)?"
    r"|\d{4}年?[至到—~－-]\d{4}年(?:度|合计|总计)?|近?[两三四五六七八九十\d]年(?:合计|总计)"
    "|(?:考核)?得分|排名|名次|(?:参考)?模板|此处填写(?:数据|数字)"
    "|(?:快报|抽样|试点|部分|重复|初步)(?:数据?|统计|情况)|未经?(?:核实|审核|核对)(?:的)?|作废|无效|旧|原"
    r"|(?:近|历|[一二三四五六七八九十]|\d)?年?累计(?:数|量|值)?(?:[（(][^（）()]{0,20}[）)])?"
    "|(?:更正|修订|修正|改正|订正|勘误|调整)前(?:的)?|(?:征求意见|讨论|送审)稿|草稿|初稿"
    r"|1月?\s*[至到—~－-]\s*(?:[1-9]|1[01])月(?:份)?"
    ")(?:数据|情况|统计|报表|表)?(?:如下)?[）)]?[:：]?"
)
_ERRATUM = re.compile(
    r"[*＊※]?[（(]?(?:[^\n，,。]{1,16}[，,])?(?:注|备注|说明|更正|勘误|订正|以上|上表|本表|此表|该表|上述)[^\n]{0,30}?"
    "(?:应为|应是|实为|实际为|互换|对调|填反|填错|误填|误写|颠倒|有误|作废|示例|非实际|供参考|第[一二三四五六七]列为|列序)"
)
# What every table of the form is to be like: 本列数据的勾稽关系应为第一项加第二项之和等于第三项加第四项之和.
_ON_THE_FORM = re.compile(r"勾稽|钩稽|第一项加|各[项列栏行]之和|整数|填[写报]?[“\"]?[0零]")
# Before a table, what isn't said of one above it.
_OF_ABOVE = re.compile("以上|上表|上述")
_ERRATA = re.compile(
    r"^[ \t　]*[（(]?(?:更正|勘误|订正)(?:说明|启事|公告)?[^\n]{0,60}?(?:应为|应改为|更正为|有误)[^\n]*", re.M
)
# What announces a table that stands in place of one before it.
_CORRECTING = re.compile(
    "(?:更正|订正|勘误|改正|修正|重新(?:公布|发布|公开|填报))(?:后)?(?:的)?(?:数据|数字|表格?)?(?:如下|为(?!准)|见下表|[:：]?$)"
)
# What speaks of a table as one of several, or of no table; so does 本年, which labels have, too.
_SPEAKS_OF_ANOTHER = re.compile(
    "见[后下附]|格式|通知|不含|对照|替换|最终|草稿|原[表有]|旧表|新表|以[此本]表?为准|现已|更正|订正|本表为"
)
# So much before a table is looked at, and so much behind it; what is longer tells a story.
_MOST_BEFORE, _MOST_BEHIND, _LONGEST_NOTE = 300, 160, 60


def is_disowned(segment: Segment, text: str, after: int, forms: tuple[Form, ...]) -> bool:
    """Whether a page says of a table that its figures aren't those that the report is asked for.

    Args:
        segment: the table's header, and the rows below it.
        text: the document's text.
        after: where what stands before it ends: figures of another table, or the text's beginning.
        forms: editions of one family.
    """
    start = segment.header[0].start
    end = max((row.slots[-1].end for row in segment.rows), default=segment.header[-1].end)
    heads = [row.head.start for row in segment.rows if row.head is not None]
    if heads and heads[0] < start:
        # The names of columns stand in the rows: what stands between two rows may disown the later ones, too.
        start = heads[0]
        ends = [row.slots[-1].end for row in segment.rows if row.head is not None]
        between = [(head, _end_of_line(text, one)) for one, head in zip(ends, heads[1:], strict=False)]
        if any(is_of_another_year(text, *places) or is_disowned_before(text, *places) for places in between):
            return True
    # A unit stands behind the label that it belongs to.
    behind = text[segment.header[-1].end : segment.header[-1].end + _LONGEST_NOTE].split("\n")[0]
    return (
        _OTHER_UNIT.search(text[start : segment.header[-1].end] + behind) is not None
        or is_of_another_year(text, start, after)
        or says_another_year(text, start, end, groups_of(forms))
        or is_disowned_around(text, start, end, after)
    )


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def is_correction(text: str, start: int, after: int) -> bool:
    """Whether a note before a table says that it stands in place of one before it, as errata do.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends: the figures of another table.
    """
    return any(_CORRECTING.search(note) is not None for note in _notes_before(text, start, after))


def is_spoken_of_beside_another(segment: Segment, text: str, after: int) -> bool:
    """Whether what seems to disown a table may be said of another one, or of no table at all.

    旧表作废，新表如下 stands above the new table, 根据2022年12月通知格式填报 above this one. Where a page has
    two tables of a kind, nobody can tell by such words which of them is the report's.

    Args:
        segment: the table's header, and the rows below it.
        text: the document's text.
        after: where what stands before it ends: figures of another table, or the text's beginning.
    """
    start, end = segment.header[0].start, segment.header[-1].end
    before = list(_notes_before(text, start, after))
    is_of_this_year = any("本年" in note for note in before)
    notes = [*before, text[start:end]]
    return is_of_this_year or any(_SPEAKS_OF_ANOTHER.search(note) is not None for note in notes)


def is_disowned_around(text: str, start: int, end: int, after: int = 0) -> bool:
    """Whether notes around a table disown its figures.

    Args:
        text: the document's text.
        start: where the table's header begins.
        end: where its last figure ends.
        after: where what stands before it ends.
    """
    return is_disowned_before(text, start, after) or is_disowned_behind(text, end)


def is_disowned_before(text: str, start: int, after: int) -> bool:
    """Whether a table's heading, or a note between it and the table, disowns the figures below.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends.
    """
    return any(
        _DISOWNING.search(note) is not None
        or _OTHER_UNIT.search(note) is not None
        or _says_part_of_a_year(note)
        or _OTHER_CONTENT.fullmatch(note) is not None
        or (_is_erratum(note) and _OF_ABOVE.search(note) is None)
        for note in _notes_before(text, start, after)
    )


def _is_erratum(note: str) -> bool:
    """Whether a note on a table says that its figures are wrong, and not only what they are to be like."""
    return _ERRATUM.match(note) is not None and _ON_THE_FORM.search(note) is None


def is_disowned_behind(text: str, end: int) -> bool:
    """Whether a note right below a table, or an erratum anywhere behind it, says that figures are wrong.

    Args:
        text: the document's text.
        end: where the table's last figure ends.
    """
    behind = HEADING.split(text[end : end + _MOST_BEHIND])[0]
    notes = [note.strip(" \t　") for note in _LINE_END.split(behind)]
    if any(_is_erratum(note) or _OTHER_UNIT.search(note) is not None for note in notes):
        return True
    errata = (errata.group() for errata in _ERRATA.finditer(text, end))
    return any(_CORRECTING.search(words) is None for words in errata)


def _notes_before(text: str, start: int, after: int) -> Iterator[str]:
    """The heading before a table, or the last line without one, and the short lines below the heading."""
    before = text[max(after, start - _MOST_BEFORE) : start]
    headings = list(HEADING.finditer(before))
    notes = [
        note for note in _LINE_END.split(before[headings[-1].start() if headings else 0 :]) if note.strip()
    ]
    for note in notes if headings else notes[-1:]:
        if len(note.strip()) <= _LONGEST_NOTE:
            yield note.strip()


def _says_part_of_a_year(note: str) -> bool:
    """Whether a note on a table's figures, or brackets in its heading, name months or a part of the year."""
    if HEADING.match(note) is not None:
        return any(_PART_OF_A_YEAR.search(words) is not None for words in _BRACKETED.findall(note))
    is_on_figures = (
        _SUBJECT.search(note) is not None
        or _BRACKETED.fullmatch(note) is not None
        or _NOTHING_ELSE.fullmatch(_PART_OF_A_YEAR.sub("", note)) is not None
    )
    return is_on_figures and _PART_OF_A_YEAR.search(note) is not None

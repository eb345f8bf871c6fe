"""The tables that results are written as: their columns, in Parquet and in the sheets of the workbook."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rules.words import Bilingual


class Kind(StrEnum):
    """What a column holds; any may be empty where the report gives nothing.

    ``text``; ``integer`` of 64 bits; ``decimal`` of 28 digits before the point and 10 behind it, exact;
    ``share``: a fraction from 0 to 1; ``flag``: yes or no; ``texts``: a list of texts.
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    SHARE = "share"
    FLAG = "flag"
    TEXTS = "texts"


class ResultColumn(NamedTuple):
    """A column of a table of results.

    Attributes:
        name: its name in Parquet.
        kind: what it holds.
        title: its heading in the workbook.
    """

    name: str
    kind: Kind
    title: Bilingual


class ResultTable(NamedTuple):
    """A table of results.

    Attributes:
        name: of its file, without the ending.
        title: of its sheet in the workbook.
        columns: in their order.
    """

    name: str
    title: Bilingual
    columns: tuple[ResultColumn, ...]


def _column(name: str, zh: str, en: str, kind: Kind = Kind.TEXT) -> ResultColumn:
    return ResultColumn(name, kind, Bilingual(zh=zh, en=en))


def _count(name: str, zh: str, en: str) -> ResultColumn:
    return _column(name, zh, en, Kind.INTEGER)


# What every table of cells, claims or findings begins with: the same columns as the CSV.
_REPORT = (
    _column("report", "报告", "report"),
    _column("organ", "机关", "organ"),
    _column("year", "年度", "year"),
)
# A number, in full; and once more in the types that programs calculate with.
_VALUE = (
    _column("value", "数值", "value"),
    _column("integer", "整数", "whole number", Kind.INTEGER),
    _column("decimal", "小数", "decimal number", Kind.DECIMAL),
)
_POSITION = (
    _count("line", "行", "line"),
    _count("column", "列", "column"),
    _count("locator_page", "页", "page"),
    _count("locator_table", "第几表", "table of the file"),
    _count("locator_row", "表内行", "row of the table"),
    _count("locator_column", "表内列", "column of the table"),
)

REPORTS = ResultTable(
    "reports",
    Bilingual(zh="报告", en="Reports"),
    (
        *_REPORT,
        _column("organ_key", "机关标识", "organ's key"),
        _column("organ_name", "机关全称", "organ in full"),
        _column("organ_code", "行政区划代码", "division code"),
        _column("organ_level", "级别", "level"),
        _column("department", "部门", "department"),
        _column("possible_codes", "可能的代码", "possible codes", Kind.TEXTS),
        _column("file", "文件", "file"),
        _column("family", "表格", "form"),
        _column("edition", "表样", "edition"),
        _column("verdict", "结论", "verdict"),
        _count("cells", "单元格", "cells"),
        _count("confirmed", "已证实", "confirmed"),
        _count("unchecked", "无规则可核", "unchecked"),
        _count("as_printed", "原文如此", "as printed"),
        _count("disputed", "待核", "disputed"),
        _count("absent", "页面上没有", "absent"),
        _count("accepted", "人工认可", "accepted by a person"),
        _count("corrected", "人工更正", "corrected by a person"),
        _count("errors", "错误", "errors"),
        _count("warnings", "提示", "warnings"),
        _count("remarks", "其他提示", "remarks"),
        _column("period_start", "统计起", "period from"),
        _column("period_end", "统计止", "period to"),
        _column("publication_date", "发布日期", "published"),
        _column("is_ocr", "扫描件", "scan", Kind.FLAG),
        _column("encoding", "编码", "encoding"),
        _count("undecodable", "无法解码", "undecodable"),
        _column("copy_of", "与之相同", "copy of"),
        _column("copy_kind", "何处相同", "what is the same"),
        _column("given_organ", "清单所列机关", "organ by the list"),
        _column("given_code", "清单所列代码", "code by the list"),
        _column("given_year", "清单所列年度", "year by the list"),
        _column("given_address", "清单所列网址", "address by the list"),
        _column("fetched", "抓取日期", "fetched"),
    ),
)
CELLS = ResultTable(
    "cells",
    Bilingual(zh="单元格", en="Cells"),
    (
        *_REPORT,
        _column("edition", "表样", "edition"),
        _column("address", "地址", "address"),
        _column("printed", "原文", "printed"),
        *_VALUE,
        _column("unit", "单位", "unit"),
        _column("state", "状况", "state"),
        _column("status", "可信程度", "status"),
        _column("basis", "依据", "basis"),
        *_POSITION,
        _column("confidence", "识别把握", "confidence", Kind.SHARE),
        _column("remarks", "格内其他内容", "remarks", Kind.TEXTS),
        _column("readers", "读取者", "readers", Kind.TEXTS),
    ),
)
CLAIMS = ResultTable(
    "claims",
    Bilingual(zh="文中的数字", en="Numbers in the text"),
    (
        *_REPORT,
        _count("claim", "序号", "claim"),
        _column("what", "内容", "what"),
        _column("scope", "范围", "scope"),
        _column("printed", "原文", "printed"),
        *_VALUE,
        _column("unit", "单位", "unit"),
        _column("approximation", "准确程度", "approximation"),
        _column("measure", "种类", "measure"),
        _column("period", "时期", "period"),
        _column("section", "章节", "section"),
        _count("start", "起", "start"),
        _count("end", "止", "end"),
        _column("addresses", "对应单元格", "cells that it repeats", Kind.TEXTS),
        _column("violated", "不符的关系", "relations that don't hold", Kind.TEXTS),
        _column("readers", "读取者", "readers", Kind.TEXTS),
    ),
)
FINDINGS = ResultTable(
    "findings",
    Bilingual(zh="问题", en="Findings"),
    (
        *_REPORT,
        _column("rule", "规则", "rule"),
        _column("severity", "程度", "severity"),
        _column("cause", "原因", "cause"),
        _column("is_remark", "不计入结论", "remark", Kind.FLAG),
        _column("message_zh", "说明（中文）", "message in Chinese"),
        _column("message_en", "说明（英文）", "message in English"),
        _column("place", "单元格", "place"),
        _column("places", "涉及", "places", Kind.TEXTS),
        _column("left", "左边", "left"),
        _column("right", "右边", "right"),
        _column("difference", "差", "difference"),
        _column("suspects", "可疑单元格", "suspects", Kind.TEXTS),
        _column("rests_on_blanks", "按无计的空白", "rests on blanks", Kind.TEXTS),
        _column("citation", "出处", "citation"),
        *_POSITION,
    ),
)
FAILURES = ResultTable(
    "failures",
    Bilingual(zh="读取失败", en="Failures"),
    (
        _column("file", "文件", "file"),
        _column("kind", "种类", "kind"),
        _column("message_zh", "原因（中文）", "reason in Chinese"),
        _column("message_en", "原因（英文）", "reason in English"),
    ),
)
COPIES = ResultTable(
    "copies",
    Bilingual(zh="副本", en="Copies"),
    (
        _column("report", "报告", "report"),
        _column("copy_of", "另一份", "the other one"),
        _column("kind", "相同之处", "what is the same"),
        _column("organ", "机关", "organ"),
        _column("year", "年度", "year"),
        _column("differs_in", "不同之处", "differs in", Kind.TEXTS),
    ),
)
ALIKE = ResultTable(
    "alike",
    Bilingual(zh="内容雷同", en="Alike"),
    (
        _column("report", "报告", "report"),
        _column("like", "与其雷同", "like"),
        _column("kind", "雷同对象", "whose text"),
        _column("share", "雷同比例", "part alike", Kind.SHARE),
        _count("characters", "雷同字数", "characters alike"),
        _column("organ", "机关", "organ"),
        _column("year", "年度", "year"),
        _column("like_organ", "对方机关", "the other's organ"),
        _column("like_year", "对方年度", "the other's year"),
        _column("passages", "雷同段落", "passages", Kind.TEXTS),
    ),
)
# What `gongkai panel` and `gongkai sum` write; they are none of a batch's tables.
PANEL = ResultTable(
    "panel",
    Bilingual(zh="指标", en="Panel"),
    (
        *_REPORT,
        _column("organ_key", "机关标识", "organ's key"),
        _column("organ_name", "机关全称", "organ in full"),
        _column("organ_code", "行政区划代码", "division code"),
        _column("organ_level", "级别", "level"),
        _column("is_again", "同一机关同一年的又一份", "another of the organ's year", Kind.FLAG),
        _column("indicator", "指标", "indicator"),
        _column("title", "名称", "title"),
        _column("value", "数值", "value"),
        _column("number", "数", "number", Kind.SHARE),
        _column("whole", "占什么的", "of"),
        _column("status", "可信程度", "status"),
        _count("confirmed", "已证实", "confirmed"),
        _count("cells", "单元格", "cells"),
    ),
)
SUM = ResultTable(
    "sum",
    Bilingual(zh="汇总", en="Sum"),
    (
        _column("address", "地址", "address"),
        _column("name", "名称", "name"),
        _column("parent", "上级所填", "parent"),
        _column("units", "各单位之和", "units"),
        _column("difference", "差", "difference"),
        _count("stating", "填有数字的单位", "units that state it"),
        _column("open", "无法计入的单位", "units left open", Kind.TEXTS),
        _column("status", "可信程度", "status"),
    ),
)
# In the order of their sheets.
TABLES = (REPORTS, CELLS, CLAIMS, FINDINGS, FAILURES, COPIES, ALIKE)

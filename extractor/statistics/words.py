"""What the words of a statistics table say, whatever its form: units, codes, ordinals, totals, parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.text.figures import Parsed, is_figure, parse_figure
from extractor.text.folding import fold_label
from extractor.text.numerals import in_chinese, value_of
from rules.confront import State
from rules.form import FigureKind

_UNITS = frozenset(
    (
        *"条件次篇个人元项份页册批宗起例场期户台张门间套天封本卷幅部处所座辆家届款字名位%",
        *"种类只株棵头班艘架列箱笔单通幢栋节讲轮支枚对双盘票柜趟证剂针线路块",
        *("人天", "人日", "天", "分", "车次", "标箱"),
        *("平方米", "平方公里", "立方米", "公斤", "吨", "公里", "亩", "公顷", "米", "千瓦时"),
        *("学时", "课时", "小时", "分钟", "部门", "mg/L", "kWh", "km", "m²", "m³", "t", "kg", "‰", "℃", "GB"),
    )
)
# 人次, 架次: how often something was counted.
_TIMES = re.compile("(?<=^.)次$")
# 万人次, 百元: any of them in tens and more.
_MULTIPLE = re.compile("[十百千万亿]{1,2}(?=.)")
# Whatever stands below 单位 is a unit if it is no longer.
_LONGEST_UNIT = 6
_UNIT_HEADS = frozenset(("单位", "计量单位"))
_CODE_HEADS = frozenset(("序号", "代码", "编号", "编码", "指标代码", "行次", "栏次"))
_LABEL_HEADS = re.compile(
    r"(?:统计|主要)?(?:指标|项目|内容|类别|分类|事项|名称)(?:名称|内容)?|指标项|栏目|渠道|单位名称"
)
# 指标\年份: what stands below it, and to the right of it.
_CORNER = re.compile(r"[\\/|]")
_TOTAL = re.compile(r"(?:.{0,6}[(]|全.{1,3})?(?:合计|总计|共计|小计|总数|合计数|总计数)[)]?")
_PART = re.compile(r"其中[:、]?")
_PART_PRINTED = re.compile(r"\s*其\s?中\s?[:：、]?\s*")
# 【教务处】
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,})[)\]]")
# What stands between a label and its figure; of these what does so if it is one.
_LEADERS, _LEADS_ALONE = ":.…·_—-", (":", "…")
# What leads from a row to those below it: └ 微信 · ——微信.
_BRANCH = re.compile(r"\s*(?P<stems>(?:[│┃┆┊]\s*)*)(?:[└├┗┣╰┕][─━—－-]*|[—－–]{1,2})\s*(?=[^\W\d])")
# What items of lists begin with.
_BULLET = re.compile(r"[-*+•·●■◆▪](?=[^\W\d])")
_ORDINALS = (
    re.compile(
        r"第([一二三四五六七八九十]{1,3})(?:部分|[章节编篇类])[、:.]?"
        r"|([Ⅰ-Ⅻ]|VIII|VII|VI|IV|IX|V|III|II|I|X)[、.](?=[\u4e00-\u9fff])"
    ),
    re.compile(r"([一二三四五六七八九十]{1,3})[、.]"),
    re.compile(r"\(([一二三四五六七八九十]{1,3})\)[、.]?"),
    re.compile(r"(\d{1,2})(?:、|\.(?!\d))"),
    re.compile(r"(\d{1,2}\.\d{1,2})(?:、|\.(?!\d)|(?![\d.%]))"),
    re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})(?:、|\.(?!\d)|(?![\d.%]))"),
    re.compile(r"\((\d{1,2})\)[、.]?"),
    # ① · 1 inside a key, as telephones write it.
    re.compile("([①-⑳]|\\d\ufe0f?\u20e3)、?"),
)
# A, and A1 below it.
_LETTER = re.compile(r"[A-Z](?P<more>\d{1,2})?")
_NUMERAL = re.compile(r"\d+(?=\D*$)|[一二三四五六七八九十]+")
_DIGITS = re.compile(r"\d+(?=\D*$)")
_FIRST = ("1", "一", "①", "1\ufe0f\u20e3")
# No list of a report goes on longer.
_LAST_ORDINAL = 15
_UNIT_BEHIND = re.compile(r"(?:\((?:计量)?(?:单位:?)?([^()]{1,6})\)|/([^()/]{1,6}))$")
# Above a table: 经费情况（单位：万元）, 公开情况（条）, or 单位：件 alone.
_STATED_UNIT = re.compile(
    r"[ \t\u3000]*(?:[(（]?(?:计量|金额|数量)?单位[:：] *|(?<=.)[(（])([^\s()（）:：、,，]{1,6}) *[)）]?$"
)
# What reports on open information are called, whoever writes them.
_OF_REPORT = (
    r"(?:(?:信息|[\u4e00-\u9fff](?:[（(][\u4e00-\u9fff][)）])?务|司法|办事)(?:公开|披露)|信息公示|[两三五]公开[”\"]?"
    r"|[\u4e00-\u9fff]公开(?:工作|情况(?=统计|汇总|一览)))[^。，,；;\n|>›»]{0,12}?"
)
_REPORT = re.compile(
    _OF_REPORT + "(?:年度报告|年报|工作报告|工作[总小]结|情况报告|统计表|情况统计|统计报表|统计情况)"
)
# What a page says of itself that has a table of it, and others that have none.
_STATISTICS = re.compile(_OF_REPORT + "(?:年报|报告|情况|统计|数据|[总小]结|总表|览表)")
_OF_YEAR = r"20\d\d|二[〇○零][〇○零一二三四五六七八九]{2}"
# What nothing parts: no title goes on behind any of these.
_SEGMENT = re.compile(r"[^\s。；;！？|,]+")
# What an organ's name ends in, where that ends its line.
_END_OF_ORGAN = "(?<=[局委厅办处会院校学馆所站司团社行关队园心府])"
# Who reports, and on which year, in front of that: 东海理工大学2022—2023学年.
_REPORTED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:关于)?(?P<organ>[\u4e00-\u9fff]{3,30})"
    rf"(?:[ \t]*|{_END_OF_ORGAN}\s*)"
    rf"(?P<year>{_OF_YEAR})"
    r"(?:[ ]*[-—–－至][ ]*20\d\d)?[ ]*(?:学年|年)?度?[ ]*[\u4e00-\u9fff]{0,6}?" + _STATISTICS.pattern
)
# What may stand behind that on its line: 情况 is followed by 报告 or 统计表, a unit, a date.
_REST_OF_TITLE = re.compile(
    r"(?:报告|统计|汇总|一览|通报|年报|数据|情况|[总小]结|表|书|年度?)*[^\u4e00-\u9fff\n，。；！？]*(?:[(（【].*)?$",
    re.M,
)
# Or behind it, in brackets: 东海理工大学信息公开年度报告（2022—2023学年）.
_REPORTED_BEHIND = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:关于)?(?P<organ>[\u4e00-\u9fff]{{3,30}}?)(?:{_END_OF_ORGAN}\s+)?"
    + _STATISTICS.pattern
    + rf"[^\s(（]{{0,3}}\s*[(（](?P<year>{_OF_YEAR})"
)
#: What only tables of open information count, and what they count besides.
ON_REQUEST = "依申请公开"
_OF_DISCLOSURE = re.compile(
    r"(?:主动公开|(?:政策|政务|事务|业务|院务|校务|厂务|村务|党务|服务)公开|公开渠道|公开(?:内容|形式|方式|载体|途径)|信息公开)(?:的?(?:政府)?信息)?(?:条|件|总)?数?量?"
)
_TELEPHONE = re.compile(r"\(?0\d{2,3}[)-]?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}")
# ↑12.3% · 12.3%↓
_ARROW = re.compile(r"(?P<before>[↑↓])?\s*(?P<figure>\d[\d.,]*%?)\s*(?P<behind>(?(before)|[↑↓]))")
_SIGNS = {"↑": "+", "↓": "-"}
# 1.2万人次 · 3（次）
_MEASURED = re.compile(r"(?P<figure>[\d.,]+)(?P<open>\()?(?P<unit>[^\W\d_]+)(?(open)\))")
_NOTE = re.compile(r"\(?(?:注|附注|备注|说明|注释)\d?:")
# So few cells hold a title and a unit.
_CAPTION_CELLS = 2
# What stands above a table, and is no header of it: 填报日期：2014年1月8日.
_CAPTION = re.compile(r"(?!其中)[^:()]{1,12}(?:\([^:()]{1,12}\))?:.+")
_DATE = re.compile(r"(?:19|20)\d\d[-./年]")
# Who signs, and when: 云溪市地方税务局, 2016年1月11日.
_SIGNED = re.compile(rf"[\u4e00-\u9fff]{{3,30}}{_END_OF_ORGAN}\n(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日")
_SEQUENCE = re.compile(r"[甲乙丙丁戊己]|\d{1,2}")
# Figures of a count, then of money, then of a share.
_KINDS = (
    FigureKind(has_unit=False, decimals=True, signed=True, rounded=False),
    FigureKind(has_unit=True, decimals=True, signed=True, rounded=False),
    FigureKind(has_unit=False, decimals=True, signed=True, rounded=True),
)


class Words(NamedTuple):
    """The words of a row's label, taken apart.

    Attributes:
        words: without what the others say.
        level: how deep their ordinal says that the row is, from 0; None if they have none. Of numbers within
            others that are written alike it is a little deeper.
        number: the ordinal as it is printed; None if there is none.
        unit: in brackets behind them; None if there is none.
        is_part: whether they begin with 其中.
    """

    words: str
    level: float | None
    number: str | None
    unit: str | None
    is_part: bool


def taken_apart(text: str) -> Words:
    """The words of a label.

    Args:
        text: of its cell.
    """
    folded = _without_signs(_without_leaders(fold_label(text)))
    part = _PART.match(folded)
    rest = folded[part.end() :] if part is not None and part.end() < len(folded) else folded
    level = number = None
    for depth, pattern in enumerate(_ORDINALS):
        match = pattern.match(rest)
        if match is not None and match.end() < len(rest):
            level, number, rest = depth, match[0], rest[match.end() :]
            break
    if part is None and (inner := _PART.match(rest)) is not None and inner.end() < len(rest):
        part, rest = inner, rest[inner.end() :]
    unit = _UNIT_BEHIND.search(rest)
    if unit is not None and is_unit(unit[1] or unit[2]) and unit.start() > 0:
        return Words(rest[: unit.start()], level, number, unit[1] or unit[2], part is not None)
    return Words(rest, level, number, None, part is not None)


def _without_leaders(folded: str) -> str:
    """A label without what leads from it to its figure: dots, dashes, a colon."""
    words = folded.rstrip(_LEADERS)
    behind = folded[len(words) :]
    return words if words and (len(behind) > 1 or behind in _LEADS_ALONE) else folded


def _without_signs(folded: str) -> str:
    """A label without a bullet before it, or brackets around it."""
    branch = _BRANCH.match(folded)
    folded = folded[branch.end() :] if branch is not None else folded
    folded = folded[1:] if _BULLET.match(folded) else folded
    bracketed = _BRACKETED.fullmatch(folded)
    return bracketed[1] if bracketed is not None and not is_unit(bracketed[1]) else folded


def with_number(words: Words, number: str) -> Words:
    """The words of a label whose ordinal stands in a column of its own.

    Args:
        words: of the label.
        number: what stands in that column: ``1.1``.
    """
    level = level_of(number)
    return words if level is None else words._replace(level=level, number=fold_label(number))


def level_of(number: str) -> int | None:
    """How deep an ordinal in a cell of its own says that a row is, from 0; None if it is none.

    Args:
        number: what the cell prints: ``一``, ``1.1``, ``（2）``.
    """
    folded = fold_label(number).rstrip(".、")
    if (letter := _LETTER.fullmatch(folded)) is not None:
        return int(letter["more"] is not None)
    matches = (pattern.fullmatch(f"{folded.replace('-', '.')}、") for pattern in _ORDINALS)
    return next((depth for depth, match in enumerate(matches) if match is not None), None)


def unit_alone(text: str) -> str | None:
    """The unit that the words above a column are, in brackets or not; None if they are more, or none.

    Args:
        text: of the cell.
    """
    folded = fold_label(text)
    inner = folded[1:-1] if folded[:1] == "(" and folded[-1:] == ")" else folded
    inner = inner.removeprefix("单位:")
    return inner if is_unit(inner) else None


def next_ordinal(words: Words) -> str | None:
    """The ordinal that follows that of a label, written like it; None if it has none.

    Args:
        words: of the label.
    """
    numeral = _NUMERAL.search(words.number) if words.number is not None else None
    if numeral is None or words.number is None:
        return None
    value = value_of(numeral[0])
    if not isinstance(value, int) or value >= _LAST_ORDINAL:
        return None
    following = str(value + 1) if numeral[0].isdigit() else in_chinese(value + 1)
    return f"{words.number[: numeral.start()]}{following}{words.number[numeral.end() :]}"


def counts_on_from(words: Words, before: Words) -> bool:
    """Whether the number of a label, in digits, is the next one behind that of another: 15 behind 14.

    Args:
        words: of the label.
        before: of the other.
    """
    numbers = [_DIGITS.search(one.number) for one in (before, words) if one.number is not None]
    found = [int(number[0]) for number in numbers if number is not None]
    return len(found) == len(numbers) > 1 and found[0] + 1 == found[1]


def is_first_ordinal(words: Words) -> bool:
    """Whether the ordinal of a label begins a list.

    Args:
        words: of the label.
    """
    number = (words.number or "").strip("()（）.、．:：第部分章节编篇类")
    return number.rpartition(".")[2] in _FIRST or number in ("A", "I", "Ⅰ")


def unit_stated(line: str) -> tuple[str, str | None]:
    """What the line above a table says, without the unit at its end, and that unit; None if it has none.

    Args:
        line: without blanks around it.
    """
    stated = _STATED_UNIT.search(line)
    is_known = stated is not None and is_unit(stated[1])
    return (line[: stated.start()], stated[1]) if stated is not None and is_known else (line, None)


def is_note(text: str) -> bool:
    """Whether the words of a row explain others: 注：….

    Args:
        text: of its first cell.
    """
    return _NOTE.match(fold_label(text)) is not None


def is_caption(texts: Sequence[str]) -> bool:
    """Whether a row among those of a header says what the table is, who fills it in, or in which unit.

    Args:
        texts: of its cells.
    """
    filled = [fold_label(text) for text in texts if text]
    named = [text for text in _with_values(filled) if _CAPTION.match(text) is not None]
    return any(unit_alone(text) is None for text in named) or (bool(named) and len(filled) <= _CAPTION_CELLS)


def are_captions(texts: Sequence[str]) -> bool:
    """Whether the cells of a row below figures say who signs, or when: 审核人：周启明, 制表：办公室.

    Args:
        texts: of its cells.
    """
    cells = _with_values([fold_label(text) for text in texts if text])
    is_signed = _SIGNED.fullmatch("\n".join(cells)) is not None
    return is_signed or sum(_CAPTION.match(text) is not None for text in cells) >= _CAPTION_CELLS


def _with_values(cells: Sequence[str]) -> list[str]:
    """Folded cells, those that end in a colon with what the next says of them: 填报日期：, 2015-01-12."""
    following = zip(cells, (*cells[1:], ""), strict=False)
    return [
        f"{cell}{after}" if cell.endswith(":") and (_DATE.match(after) or not is_value(after)) else cell
        for cell, after in following
    ]


def before_part(text: str) -> str:
    """What stands before the words of a part, as it is printed: ``其中：``; empty if nothing does.

    Args:
        text: of the label.
    """
    found = _PART_PRINTED.match(text)
    return found[0] if found is not None else ""


def depth_of_branch(text: str) -> int:
    """How many rows, each below another, a label stands below by signs that lead to it: │ ├─ 图书; 0 without.

    Args:
        text: of the label.
    """
    branch = _BRANCH.match(text)
    return 0 if branch is None else 1 + len("".join(branch["stems"].split()))


def is_item(text: str) -> bool:
    """Whether a label begins with what items of lists begin with: - 微信.

    Args:
        text: of the label.
    """
    return _BULLET.match(fold_label(text)) is not None


def is_part_alone(text: str) -> bool:
    """Whether a cell beside some rows says nothing but 其中."""
    return _PART.fullmatch(fold_label(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text is a unit."""
    folded = fold_label(text)
    one = _MULTIPLE.sub("", folded, count=1) if folded not in _UNITS else folded
    return one in _UNITS or (len(one) > 1 and _TIMES.sub("", one) in _UNITS)


def says_nothing(text: str) -> bool:
    """Whether a cell holds nothing, or dashes and the like, however many."""
    return not any(character.isalnum() or character in "%‰℃" for character in text)


def may_be_unit(text: str) -> bool:
    """Whether a text is a unit where the words above its column say so."""
    return len(fold_label(text)) <= _LONGEST_UNIT and not is_value(text) and not says_nothing(text)


def is_unit_head(text: str) -> bool:
    """Whether the words above a column say that units stand below."""
    return fold_label(text) in _UNIT_HEADS


def is_code_head(text: str) -> bool:
    """Whether the words above a column say that codes or numbers of rows stand below."""
    return fold_label(text) in _CODE_HEADS


def is_label_head(text: str) -> bool:
    """Whether the words above a column say that the names of indicators stand below."""
    corners = _CORNER.split(_without_leaders(fold_label(text)))
    return any(map(_LABEL_HEADS.fullmatch, corners))


def is_total(words: str) -> bool:
    """Whether words say that something is a total of what stands beside it."""
    return _TOTAL.fullmatch(_without_leaders(fold_label(words))) is not None


def is_of_group(words: str) -> bool:
    """Whether the words of a total say that it is that of a group of rows: 小计."""
    return "小计" in fold_label(words)


def report_mark(text: str) -> str | None:
    """What a text calls itself, if it is a report on open information: 信息公开工作年度报告.

    Args:
        text: of a document.
    """
    found = _REPORT.search(text)
    return found[0] if found is not None else None


def may_have_statistics(text: str) -> bool:
    """Whether a text says that a table in it may be statistics on open information: 信息公开情况.

    It says so in a title or a heading, or of a body and a year; what else a sentence names is something else.

    Args:
        text: of a document.
    """
    segments = (words for words in _SEGMENT.findall(text) if "，" not in words)
    return any(map(_STATISTICS.search, segments)) or reported(text) is not None


def is_of_disclosure(words: str) -> bool:
    """Whether the words of a row say that it counts what is open at once, or where that is.

    Args:
        words: without ordinal and unit.
    """
    return _OF_DISCLOSURE.fullmatch(words) is not None


def reported(text: str) -> re.Match[str] | None:
    """Who a title says reports, and on which year, in groups ``organ`` and ``year``.

    Args:
        text: of a document.
    """
    return _REPORTED.search(text) or _REPORTED_BEHIND.search(text)


def titles_in(text: str) -> set[str]:
    """The titles of reports in a text, each with its organ and its year, and no other words behind it.

    Args:
        text: of a document.
    """
    found = [*_REPORTED.finditer(text), *_REPORTED_BEHIND.finditer(text)]
    return {match[0] for match in found if _REST_OF_TITLE.match(text, match.end()) is not None}


def is_title(text: str) -> bool:
    """Whether a line is the title of a report, whoever writes it.

    Args:
        text: of the line.
    """
    return report_mark(text) is not None or reported(text) is not None


def is_sequence(texts: Sequence[str]) -> bool:
    """Whether the texts of a row number the columns: 甲 乙 1 2."""
    filled = [fold_label(text) for text in texts if text]
    return len(filled) > 1 and all(_SEQUENCE.fullmatch(text) for text in filled) and filled[0] in "甲1"


def is_value(text: str) -> bool:
    """Whether a text is a figure or a mark."""
    text = _with_sign(text)
    is_like_one = bool(text) and (is_figure(text) or _measured(text) is not None)
    is_like_one = is_like_one and _TELEPHONE.fullmatch(text) is None
    return is_like_one and parsed(text).state is not State.UNREAD


def _with_sign(text: str) -> str:
    """A figure with a sign for the arrow before it, or behind it."""
    arrow = _ARROW.fullmatch(text.strip())
    if arrow is None:
        return text
    return _SIGNS[arrow["before"] or arrow["behind"]] + arrow["figure"]


def _measured(text: str) -> re.Match[str] | None:
    """A figure and a unit behind it, whatever it counts; None if a text is anything else."""
    measured = _MEASURED.fullmatch(fold_label(text))
    return measured if measured is not None and is_unit(measured["unit"]) else None


def parsed(text: str) -> Parsed:
    """A printed figure as what it can be: a count, an amount of money or a share.

    Args:
        text: of its cell.
    """
    text = _with_sign(text)
    measured = _measured(text)
    results = [parse_figure(measured["figure"] if measured is not None else text, kind) for kind in _KINDS]
    result = next((one for one in results if one.value is not None), results[0])
    return result if measured is None else result._replace(unit=measured["unit"])

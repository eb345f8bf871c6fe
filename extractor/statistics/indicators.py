"""A line as one indicator: its label, its figure or several, its unit; and one with its parts behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import LEAST_ROWS, RawCell, line_indent
from extractor.statistics.words import before_part, is_unit, is_value, level_of, taken_apart
from extractor.text.folding import BLANK

# 12期，比上年增加2期
_COMPARED = "(?:[，,](?:比|较|同比|环比|与上)[^:：，,。；;]{1,30})?"
# 信息公开：全年共204条
_IN_ALL = "(?:(?:全年|本年度?|年内)共?计?|共计?|合计|总计)"
# - 其中：网络：5件
_ITEM = "(?:[-*+•·●■◆▪] ?)?"
# 收到申请数：47件 · 其中：当面申请……9 · 收到申请数（单位：件）……47 · 收到申请数——47 件
_LED = re.compile(
    rf"(?P<label>{_ITEM}(?:其中[:：])?"
    r"(?>[（(][^()（）]*[）)]|[^:：。；;])+?)(?<![\s:：。；;.…·_—－-])\s*"
    rf"(?:[:：]|…+|[.…·_—－-]{{3,}}|—{{2}})\s*(?>{_IN_ALL}[{BLANK}]*)?(?P<figure>[^\s:：。；;]{{1,40}}?)[{BLANK}]*"
    rf"(?P<unit>[^\W\d]{{1,3}}|(?<=[{BLANK}])%)?(?:[{BLANK}]*[（(][^()（）]{{1,20}}[)）])?{_COMPARED}[。；;，、,]?"
)
# 1.收到申请数47件
_GLUED = re.compile(
    r"(?P<label>(?:其中[:：]?)?"
    rf"(?:[(（]?(?:\d{{1,2}}(?:[.．]\d{{1,2}}){{0,2}}|[一二三四五六七八九十]{{1,3}})[.．、)）{BLANK}]+)?"
    r"[^\d:：，,。；;]{2,30}?)(?<![\s.…·_—－-])\s*"
    rf"(?P<figure>\d[\d,，]*(?:\.\d+)?%?)\s*(?P<unit>(?<!%)[^\W\d]{{1,3}}|(?<=[{BLANK}])%|(?<=%)){_COMPARED}[。；;，、,]?"
)
# 网站公开（312条）
_IN_BEHIND = re.compile(
    r"(?P<label>[^:：，,。；;()（）]{2,30}|[（(][^()（）]{1,3}[)）][^:：，,。；;()（）]{2,30})"
    r"[（(](?P<figure>\d[\d,，]*(?:\.\d+)?%?)(?P<unit>(?<!%)[^\W\d]{1,3}|(?<=%))[)）][。；;，、,]?"
)
# 药品价格公示（  286  ）种 · 公开栏  __6__ 块
_FILLED_IN = re.compile(
    r"(?P<label>[^:：，,。；;()（）_]{2,30}|[（(][^()（）]{1,3}[)）][^:：，,。；;()（）_]{2,30}"
    rf"|其中[:：][^:：，,。；;()（）_]{{2,30}})(?:(?P<open>[（(])|_{{1,20}})[{BLANK}]*"
    rf"(?P<figure>\d[\d,，]*(?:\.\d+)?)[{BLANK}]*(?(open)[)）]|_{{1,20}})[{BLANK}]*(?P<unit>[^\W\d_]{{1,3}}|[%％])"
    r"[。；;，、,]?"
)
# 二、村务公开共14次，具体为：
_ABOVE_PARTS = re.compile(
    r"(?P<label>[^\d:：，,。；;]{2,30}?)(?:共计?|合计|总计)"
    rf"[{BLANK}]*(?P<figure>\d[\d,，]*)[{BLANK}]*(?P<unit>[^\W\d]{{1,3}})"
    r"[，,]?(?:具体|分别|其中|包括|分为)[^\d:：，,。；;]{0,6}[:：]?"
)
# 护林公告（期）....12....15
_LEADERS = re.compile(r"(?:…+|[.…·_—－-]{3,}|—{2})\s*")
_PATTERNS = (_ABOVE_PARTS, _LED, _GLUED, _IN_BEHIND, _FILLED_IN)
# Who can be asked is no indicator.
_CONTACT = re.compile("(?:电话|邮编|邮政编码|传真|地址|邮箱|网址|日期|时间|编号)(?:号码|号)?$")
# 受理申请47件，其中：当面9件，网络38件
_WITH_PARTS = re.compile(r"(?P<whole>[^，；;。]+)[，,](?P<parts>其中.+)")
# 公开内容：公告48期，财务12次
_WITH_LIST = re.compile(r"(?P<whole>[^，；;。:：]{2,30})[:：](?P<parts>[^:：]+)")
_PART = re.compile("[^，、；;。]+[，、；;。]?")
# 四、办结申请12件，办结率100%
_BETWEEN_COMMAS = re.compile("[^，；;。]+[，；;。]?")
_MOST_IN_A_ROW = 4
# So many lines with parts behind them are lists, and no sentence; how far in the parts are taken to begin.
_FEWEST_WITH_PARTS, _OF_PARTS = 2, 4
# So many lines with several indicators are no accident.
_FEWEST_WITH_PAIRS = 2
_NUMBER_AND_WORDS = 2
# 主动公开信息……（条）……208
_IN_BRACKETS = re.compile(r"[（(][^()（）\s\d]{1,6}[)）]")
_WITH_UNIT = 3
#: Of fewer figures a line has one only.
FEWEST_FIGURES = 2


def indicator_of(text: str, span: Span) -> list[RawCell]:
    """A line as a label, the figures that follow it and its unit, if it has one; nothing if it is none.

    Args:
        text: of the document.
        span: of the line.
    """
    several = _behind_leaders(text, span)
    if len(several) > FEWEST_FIGURES or any(cell.column == FEWEST_FIGURES for cell in several):
        return several
    matches = (pattern.fullmatch(text, *span) for pattern in _PATTERNS)
    match = next((one for one in matches if one is not None and is_value(one["figure"])), None)
    if match is None:
        return []
    if match["unit"] is None and _CONTACT.search(match["label"]):
        return []
    if not match["unit"]:
        names = ["label", "figure"]
    elif is_unit(match["unit"]):
        names = ["label", "figure", "unit"]
    else:
        return []
    return [RawCell(match[name], Span(*match.span(name)), place) for place, name in enumerate(names)]


def _behind_leaders(text: str, span: Span) -> list[RawCell]:
    """A line as a label and figures with leaders before each, or a unit in brackets and one; else nothing."""
    leaders = [*_LEADERS.finditer(text, *span)]
    starts = [span.start, *(match.end() for match in leaders)]
    ends = [*(match.start() for match in leaders), span.end]
    pieces = [
        Span(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)
    ]
    cells = [RawCell(text[slice(*piece)], piece, place) for place, piece in enumerate(pieces)]
    if len(cells) == _WITH_UNIT and _IN_BRACKETS.fullmatch(cells[1].text) and is_value(cells[2].text):
        unit = Span(cells[1].span.start + 1, cells[1].span.end - 1)
        return [cells[0], cells[2]._replace(column=1), RawCell(text[slice(*unit)], unit, 2)]
    is_row = bool(cells[0].text) and all(is_value(cell.text) for cell in cells[1:])
    return cells if is_row and not is_value(cells[0].text) else []


def indicators_in_cells(text: str, lines: Sequence[Sequence[RawCell]]) -> list[list[RawCell]]:
    """The indicators that all cells of a table are, row after row; nothing if any that is filled is none.

    A row with one cell is a heading, if it isn't one, too.

    Args:
        text: of the document.
        lines: of the table.
    """
    found: list[list[RawCell]] = []
    for line in lines:
        filled = _with_their_numbers([cell for cell in line if cell.text])
        cells = [indicator_of(text, cell.span) for cell in filled]
        if len(filled) == 1 and not cells[0]:
            found.append([filled[0]._replace(column=0)])
        elif not all(cells):
            return []
        else:
            found += [
                [own[0]._replace(text=own[0].text.replace("\t", ""), indent=cell.indent), *own[1:]]
                for cell, own in zip(filled, cells, strict=True)
            ]
    return found


def _with_their_numbers(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells of a row, a number before the only other one as its beginning: 1. before 网站：96条."""
    if len(cells) != _NUMBER_AND_WORDS or level_of(cells[0].text) is None:
        return [*cells]
    number, words = cells
    span = Span(number.span.start, words.span.end)
    return [number._replace(text=f"{number.text}{words.text}", span=span)]


def pairs_in_lines(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The indicators that the cells of lines are that blanks part, several on a line: 网站 12 条   微博 9 条.

    Args:
        text: of the document.
        lines: from top to bottom, the cells of each from left to right.

    Returns:
        Row after row, with the headings among them, from the line above the first one on; nothing unless two
        lines or more hold several, and every line of several cells nothing else.
    """
    several = [place for place, line in enumerate(lines) if len(line) > 1]
    if len(several) < _FEWEST_WITH_PAIRS or not indicators_in_cells(text, [lines[at] for at in several]):
        return []
    first = several[0] - bool(several[0] and taken_apart(lines[several[0] - 1][0].text).level is not None)
    return indicators_in_cells(text, lines[first : several[-1] + 1])


def wholes_with_parts(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The lines that are an indicator, or a heading, with its parts behind it, each cut into these.

    One alone may be a sentence, unless the line before or behind it is an indicator.

    Args:
        text: of the document.
        spans: of its lines.
    """
    found = {place: pieces for place, span in enumerate(spans) if (pieces := _whole_and_parts(text, span))}
    for place, pieces in found.items():
        beside = [*spans[max(place - 1, 0) : place], *spans[place + 1 : place + 2]]
        if len(found) >= _FEWEST_WITH_PARTS or any(indicator_of(text, span) for span in beside):
            yield pieces


def several_in_a_row(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The numbered lines that hold several indicators with commas between them, each cut into these.

    The line before or behind one is an indicator, or such a line itself, and three lines are one each: it is
    no sentence. A colon may lead to all that is said of an indicator: 使用情况：4次，金额2310元.

    Args:
        text: of the document.
        spans: of its lines.
    """
    found = {place: pieces for place, span in enumerate(spans) if (pieces := _in_a_row(text, span))}
    if not found or sum(bool(indicator_of(text, span)) for span in spans) < LEAST_ROWS:
        return
    is_told = False
    for place, pieces in found.items():
        beside = [*spans[max(place - 1, 0) : place], *spans[place + 1 : place + 2]]
        is_told = (is_told and place - 1 in found) or any(indicator_of(text, line) for line in beside)
        if is_told:
            yield pieces


def _in_a_row(text: str, span: Span) -> tuple[Span, ...]:
    """The indicators of a numbered line with commas between them; nothing if any is none."""
    pieces = [Span(*piece.span()) for piece in _BETWEEN_COMMAS.finditer(text, *span)]
    if not 1 < len(pieces) <= _MOST_IN_A_ROW or taken_apart(text[slice(*span)]).level is None:
        return ()
    are_plain = not any(colon in text[slice(*span)] for colon in ":：")
    return tuple(pieces) if are_plain and all(indicator_of(text, piece) for piece in pieces) else ()


def parts_alone(text: str, span: Span) -> list[Span]:
    """The parts that a line holds behind 其中, if each is an indicator; else nothing.

    Args:
        text: of the document.
        span: of the line.
    """
    if not before_part(text[slice(*span)]):
        return []
    parts = [Span(*part.span()) for part in _PART.finditer(text, *span)]
    return parts if len(parts) > 1 and all(indicator_of(text, part) for part in parts) else []


def _whole_and_parts(text: str, span: Span) -> tuple[Span, ...]:
    match = _WITH_PARTS.fullmatch(text, *span) or _WITH_LIST.fullmatch(text, *span)
    if match is None:
        return ()
    whole = Span(*match.span("whole"))
    parts = [Span(*part.span()) for part in _PART.finditer(text, *match.span("parts"))]
    is_whole = (match.re is _WITH_LIST and len(parts) > 1) or bool(indicator_of(text, whole))
    return (whole, *parts) if is_whole and all(indicator_of(text, part) for part in parts) else ()


def with_parts_further_in(
    text: str, lines: Sequence[list[RawCell]], wholes: Iterable[tuple[Span, ...]]
) -> Iterator[list[RawCell]]:
    """Indicators, those that are parts of one on their line further in than that.

    Args:
        text: of the document.
        lines: its indicators, the cells of each.
        wholes: what is in lines that hold a whole and its parts.
    """
    above = {part.start: pieces[0] for pieces in wholes for part in pieces[1:]}
    for line in lines:
        whole = above.get(line[0].span.start) if line else None
        if whole is None:
            yield line
        else:
            indent = line_indent(text, RawCell("", whole, 0)) + _OF_PARTS
            yield [line[0]._replace(indent=indent), *line[1:]]

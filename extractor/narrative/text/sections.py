"""The sections of a report, by the meaning of their titles, not by the numbers that the page gives them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from extractor.documents.document import Document, Span
from extractor.narrative.text.titles import Title, numbered_titles, other_titles
from extractor.result.narrative import Section

PREAMBLE, OTHER = "preamble", "other"
_NUMBERS = "123456"

_TITLE_GAP = r"[ \t\u3000]*+"
_HEAD = re.compile(
    rf"(?m)^{_TITLE_GAP}[#*\ufeff]*+{_TITLE_GAP}(?:关于)?[\w()（）·、〔〕 \u3000]{{0,50}}"
    rf"(?:政府信息公开|政务公开|信息公开)(?:工作)?{_TITLE_GAP}\r?\n?{_TITLE_GAP}"
    r"(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:总结)?(?:报告|年报)[^\n。，,：:；;|\t]{0,20}\r?$"
)
_ORGAN = re.compile(
    r"[ \t\u3000#*]*[\u4e00-\u9fff]{2,30}"
    r"(?:政府|委员会|管委会|办事处|办公室|办公厅|[局厅部署院])[ \t\u3000*\r]*"
)
# Words of the page around a report; none stands at the beginning of a line of one.
_FURNITURE = re.compile(
    r"(?m)^[ \t\u3000|【\[·]*(?:版权所有|.{0,20}(?:ICP备|公网安备|网站标识码)"
    r"|(?:主办|承办|协办|技术支持|网站维护)(?:单位)?[:：]"
    r"|(?:打印|关闭|分享到?|返回|上一[篇条页]|下一[篇条页]|扫一扫|网站地图|网站声明|收藏|责任编辑)"
    r"(?:[】\]:： \t\u3000|此本顶窗页文]|$))"
)
# Between the titles of a table of contents there are only leaders, page numbers and stops.
_NOTHING = re.compile(r"[\s\d.…·。；;、，,|()（）*#\-—_]*")
_LEAST_OF_A_LIST = 3


def read_sections(document: Document) -> tuple[Section, ...]:
    """Part the text of a report into its preamble and its sections.

    The first begins at the report's title where it has one, and the last ends before the words of the
    page around it; in between nothing is left out.

    Args:
        document: the report.
    """
    text = document.text
    titles = _titles(text)
    first = titles[0].start if titles else len(text)
    start = _head(text, first)
    end = _foot(text, titles[-1].end if titles else start)
    sections: list[Section] = []
    if text[start:first].strip():
        sections.append(Section(PREAMBLE, "", Span(start, min(first, end))))
    starts = [*(title.start for title in titles[1:]), end]
    for title, next_start in zip(titles, starts, strict=False):
        sections.append(
            Section(title.number or OTHER, text[title.first : title.end], Span(title.start, next_start))
        )
    return tuple(sections)


def _titles(text: str) -> list[Title]:
    """The titles of the sections, in the order of the page."""
    titles = _in_sequence(_without_lists(text, list(numbered_titles(text))))
    missing = set(_NUMBERS).difference(title.number for title in titles)
    if missing:
        others = [
            title for title in other_titles(text) if title.number in missing and not _is_inside(title, titles)
        ]
        titles = _supplemented(titles, _without_lists(text, others))
    return titles


def _in_sequence(titles: Sequence[Title]) -> list[Title]:
    """Without the sub-headings and list items that are numbered as titles are."""
    kept: list[Title] = []
    for title, after in zip(titles, _next_certain(titles), strict=True):
        before = kept[-1] if kept else None
        if title.number:
            is_inside = (
                before is not None and before.number == title.number and title.ordinal <= before.ordinal
            )
        else:
            expected = 1 if before is None else before.ordinal + 1
            is_inside = title.ordinal != expected or (
                after is not None and expected > after.ordinal - 1 and after.ordinal != 1
            )
        if not is_inside:
            kept.append(title)
    return kept


def _next_certain(titles: Sequence[Title]) -> list[Title | None]:
    """Of every title the next behind it that is certainly one; None if there is none."""
    result: list[Title | None] = []
    following: Title | None = None
    for title in reversed(titles):
        result.append(following)
        following = title if title.number else following
    return result[::-1]


def _supplemented(titles: list[Title], others: Sequence[Title]) -> list[Title]:
    """With titles marked in another way, each where the order of the form has its place."""
    is_usual = len({title.number for title in titles if title.number}) >= _LEAST_OF_A_LIST
    for number in _NUMBERS:
        after = max((one.start for one in titles if one.number and one.number < number), default=-1)
        before = min((one.start for one in titles if one.number > number), default=math.inf)
        found = (
            title
            for title in others
            if title.number == number and after < title.start < before and not (is_usual and title.is_lesser)
        )
        if (title := next(found, None)) is not None:
            titles = sorted([*titles, title])
    return titles


def _is_inside(title: Title, titles: Sequence[Title]) -> bool:
    """Whether a title stands in the words of another."""
    return any(one.start < title.start < one.end for one in titles)


def _without_lists(text: str, titles: list[Title]) -> list[Title]:
    """Without tables of contents: titles that follow one another with nothing between, and come again."""
    lists: list[list[Title]] = []
    for title in titles:
        last = lists[-1][-1] if lists else None
        if (
            last is not None
            and (last.ordinal < title.ordinal or (not title.ordinal and last.number < title.number))
            and _NOTHING.fullmatch(text, last.end, title.start)
        ):
            lists[-1].append(title)
        else:
            lists.append([title])
    kept: list[Title] = []
    later: set[str] = set()
    for run in reversed(lists):
        numbers = {title.number for title in run if title.number}
        if len(run) < _LEAST_OF_A_LIST or not numbers.issubset(later):
            kept += reversed(run)
        later |= numbers
    return kept[::-1]


def _head(text: str, first: int) -> int:
    """Where the report begins: at the last line before its first section that is a title of a report."""
    titles = list(_HEAD.finditer(text, 0, first))
    if not titles:
        return 0
    start = titles[-1].start()
    line = text.rfind("\n", 0, max(0, start - 1)) + 1
    return line if _ORGAN.fullmatch(text, line, max(line, start - 1)) else start


def _foot(text: str, start: int) -> int:
    """Where the report ends: before the words of the page around it."""
    match = _FURNITURE.search(text, start)
    return match.start() if match is not None else len(text)

"""Tables of another year than the report's: their title, or the sentence right before them, says so.

Reports show last year's figures beside, above or, where nothing happened this year, in the place of this
year's: 2025年未发生行政复议、行政诉讼案件。2024年情况如下：
"""

from __future__ import annotations

import re

_TITLE = re.compile(r"(20\d\d)\s*年(?:度)?[^\n。]{0,40}?(?:年度报告|年报|工作报告)")
# A mention of a year that isn't one to compare with, nor one from which something was carried over.
_MENTION = re.compile(
    r"(?<![比较与同从由])(?:(?P<year>20\d\d)\s*年|(?P<own>本年|今年|当年|本报告年)|(?P<last>上年|去年|上一年))(?!度?结转|[末底])"
)
_HEADING = re.compile(r"^[ \t　|｜]*[一二三四五六七]、[^\s。]*", re.M)
_SENTENCE_END = re.compile(r"[。；;！!\n]")
# So much before a table is looked at; a title without a heading before it is no longer.
_MOST_BEFORE, _LONGEST_TITLE = 300, 40


def is_of_another_year(text: str, start: int, after: int) -> bool:
    """Whether what stands right before a table says that it is an earlier year's.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends: figures of another table, or the text's beginning.

    Returns:
        False where the report's year isn't known from a title and no words such as 上年 tell.
    """
    before = text[max(after, start - _MOST_BEFORE) : start]
    headings = list(_HEADING.finditer(before))
    words = before[headings[-1].end() :] if headings else before.rstrip(" \t\r\n|｜　")
    sentences = [part.strip(" \t\r|｜　") for part in _SENTENCE_END.split(words)]
    sentences = [part for part in sentences if part]
    if not sentences or (not headings and len(sentences[-1]) > _LONGEST_TITLE):
        return False
    mentions = list(_MENTION.finditer(sentences[-1]))
    if not mentions:
        return False
    if (year := mentions[-1]["year"]) is not None:
        title = _TITLE.search(text)
        return title is not None and int(year) < int(title[1])
    return mentions[-1]["last"] is not None

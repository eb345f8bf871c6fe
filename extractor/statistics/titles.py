"""What stands right above a statistics table, and which of several tables of a page that tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.statistics.table import StatisticsTable
from extractor.statistics.words import is_title, taken_apart, unit_stated
from extractor.text.folding import fold_label

_LONGEST_TITLE = 40
# 表1 · 附表二：
_NUMBER = re.compile(r"附?[表件]\(?[\d一二三四五六七八九十]{1,3}\)?[.、:]?(?=.)")
# 收支情况（2022年）
_BRACKETED = re.compile(r"\([^()]+\)$")


def title_above(text: str, start: int) -> tuple[str, str | None]:
    """The last line before a table, if it is short, and the unit of its figures that is stated there.

    Args:
        text: of the document.
        start: of the table.
    """
    before = text[: text.rfind("\n", 0, start) + 1]
    lines = [line.strip(" \t\u3000|｜#*") for line in before.splitlines()]
    # Of words that are broken in a header a character may stand above it: 序, 号.
    above = (line for line in reversed(lines) if len(line) > 1)
    last, unit = unit_stated(next(above, ""))
    last = last or (next(above, "") if unit is not None else "")
    return last if len(last) <= _LONGEST_TITLE and not last.endswith(("。", "；")) else "", unit


def groups_of(tables: Sequence[StatisticsTable]) -> tuple[str, ...]:
    """The titles of the tables of a page, which the rows of each stand below; empty where they tell nothing.

    They tell which table is which if there are several, and those that have one of their own differ in it.

    Args:
        tables: in the order of the page.
    """
    words = [_words(table.title) if _is_own(table.title) else "" for table in tables]
    rows = {row.words for table in tables for row in table.rows if row.figures}
    is_telling = len(tables) > 1 and all(words) and len({*words}) == len(words) and rows.isdisjoint(words)
    return tuple(words) if is_telling else ("",) * len(words)


def _is_own(title: str) -> bool:
    """Whether a line is the title of a table, rather than the page's or a row of a table above."""
    return not is_title(title) and "\t" not in title


def _words(title: str) -> str:
    """A title without its number, and without a unit or dates in brackets behind it."""
    bare = taken_apart(_NUMBER.sub("", fold_label(title), count=1)).words
    return _BRACKETED.sub("", bare) or bare

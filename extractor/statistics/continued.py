"""Tables that go on below another one: behind 续表, or with the same header again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.statistics.heads import Head, head_of
from extractor.statistics.raw_cells import RawTable
from extractor.statistics.words import unit_stated
from extractor.text.figures import is_furniture
from extractor.text.folding import fold_label

# 续表 · （续上表） · 续表1 · 续表3-1 · 接上页
_CONTINUED = re.compile(r"[（(]?(?:续|接)上?[表页]?[-—. \d一二三四五六七八九十]{0,6}[)）]?")
# 续表3-1　信息公开情况 · 表3-1　信息公开情况（续）
_WITH_TITLE = re.compile(r"(?:续|接上)[表页][^。；]{1,40}|[^。；]{1,40}[（(]续[表一二三四五六\d]{0,2}[)）]")
# What the lines of tables in text begin and end with.
_RULES = " \t\u3000|｜#*+-"


def joined(text: str, tables: Iterable[RawTable]) -> Iterator[RawTable]:
    """Tables, those put together of which one goes on with the one above it.

    Args:
        text: of the document.
        tables: in the order of the page.
    """
    whole: RawTable | None = None
    head: Head | None = None
    for table in tables:
        repeated = _header_again(text, whole, head, table) if whole is not None and head is not None else None
        if whole is not None and repeated is not None:
            whole.lines.extend(table.lines[repeated:])
            continue
        if whole is not None:
            yield whole
        whole, head = table, head_of(text, table)
    if whole is not None:
        yield whole


def _header_again(text: str, above: RawTable, head: Head, table: RawTable) -> int | None:
    """How many rows a table that goes on repeats of the header above it; None if it doesn't go on."""
    between = text[above.lines[-1][-1].span.end : table.lines[0][0].span.start].splitlines()
    lines = [line for line in (one.strip(_RULES) for one in between) if line and not is_furniture(line)]
    is_told = any(map(_goes_on, lines))
    is_other = any(not _goes_on(line) and unit_stated(line)[0] for line in lines)
    if is_other:
        return None
    if 0 < head.rows < len(table.lines) and _words(above, head.rows) == _words(table, head.rows):
        return head.rows
    own = head_of(text, table)
    is_bare = own is not None and own.rows == 0 and own.value_columns == head.value_columns
    return 0 if is_told and is_bare else None


def _words(table: RawTable, rows: int) -> list[list[str]]:
    """What the first rows of a table say."""
    return [[fold_label(cell.text) for cell in line] for line in table.lines[:rows]]


def _goes_on(line: str) -> bool:
    """Whether a line above a table says that this goes on with the one before it."""
    return _CONTINUED.fullmatch(line) is not None or _WITH_TITLE.fullmatch(line) is not None

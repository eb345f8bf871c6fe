"""Tables that a page disowns: it says that their figures aren't the report's, or not in the form's units.

Beside tables of another year there are samples that nobody removed, tables that are void or another
office's, figures of half a year or in tens, and errata below a table. What a person wouldn't copy off the
page without asking is left open, whatever its sums say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.layout.rows.rows import start_with_copies
from extractor.layout.rows.segments import Segment
from extractor.layout.words.other_year import (
    groups_of,
    is_of_another_year,
    says_another_year,
    words_behind,
    years_of_caption,
)
from extractor.layout.words.scopes import (
    DISOWNING,
    OTHER_UNIT,
    PART_OF_A_YEAR,
    bracketed,
    is_nothing_but_a_part_of_a_year,
    is_of_another_scope,
    says_another_scope,
)
from extractor.layout.words.spelling import as_read
from rules.form import Form

# The heading of a section or of a table.
HEADING = re.compile(r"^[ \t　|｜]*[一二三四五六七]、[^\s。]*", re.M)
_LINE_END = re.compile(r"[。\n|｜]")
_SUBJECT = re.compile("统计|期间|数据|数字|报表|[本下上此该]表")
_ERRATUM = re.compile(
    r"[*＊※]?[（(]?(?:[^\n，,。]{1,16}[，,])?(?:注|备注|说明|更正|勘误|订正|以上|上表|本表|此表|该表|上述)[^\n]{0,30}?"
    "(?:应为|应是|实为|实际为|互换|对调|填反|填错|误填|误写|颠倒|有误|作废|示例|非实际|供参考|第[一二三四五六七]列为|列序)"
)
# What every table of the form is to be like: 本列数据的勾稽关系应为第一项加第二项之和等于第三项加第四项之和.
ON_THE_FORM = re.compile(r"勾稽|钩稽|第一项加|各[项列栏行]之和|整数|填[写报]?[“\"]?[0零]")
# Before a table, what isn't said of one above it.
_OF_ABOVE = re.compile("以上|上表|上述")
# Behind a table, what isn't said of one above it.
_OF_BELOW = re.compile("[（(]?(?:(?:注|备注|说明)\\s?[:：]\\s?)?(?:以下|下列|下[表面])")
# What announces a table that stands in place of one before it.
CORRECTING = re.compile(
    r"(?:更正|订正|勘误|改正|修正|重新(?:公布|发布|公开|填报))(?:后)?(?:的)?(?:数据|数字|表格?)?(?:如下|为(?!准|\s?[“\"「]?\d)|见下表|[:：]?$)"
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
    start = start_of_header(segment, text)
    end = max((row.slots[-1].end for row in segment.rows), default=segment.header[-1].end)
    heads = [row.head.start for row in segment.rows if row.head is not None]
    if heads and heads[0] < start:
        # The names of columns stand in the rows: what stands between two rows may disown the later ones, too.
        start = start_with_copies(segment.rows[0], text)
        ends = [row.slots[-1].end for row in segment.rows if row.head is not None]
        between = [(head, _end_of_line(text, one)) for one, head in zip(ends, heads[1:], strict=False)]
        if any(is_of_another_year(text, *places) or is_disowned_before(text, *places) for places in between):
            return True
    # A unit stands behind the label that it belongs to.
    behind = text[segment.header[-1].end : segment.header[-1].end + _LONGEST_NOTE].split("\n")[0]
    return (
        OTHER_UNIT.search(text[start : segment.header[-1].end] + behind) is not None
        or is_of_another_year(text, start, after)
        or says_another_year(text, start, end, groups_of(forms))
        or is_disowned_around(text, start, end, after)
    )


def start_of_header(segment: Segment, text: str) -> int:
    """Where a table's header begins; above a heading in it stand names of columns behind the figures of rows.

    Args:
        segment: with a header.
        text: the document's text.
    """
    start, end = segment.header[0].start, segment.header[-1].start
    headings = [heading.end() for heading in HEADING.finditer(text, start, end)]
    return next(item.start for item in segment.header if not headings or item.start >= headings[-1])


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
    return any(CORRECTING.search(note) is not None for note in _notes_before(text, start, after))


def is_spoken_of_beside_another(
    segment: Segment, text: str, after: int, *, but_for_year: bool = False
) -> bool:
    """Whether what seems to disown a table may be said of another one, or of no table at all.

    旧表作废，新表如下 stands above the new table, 根据2022年12月通知格式填报 above this one. Where a page has
    two tables of a kind, nobody can tell by such words which of them is the report's.

    Args:
        segment: the table's header, and the rows below it.
        text: the document's text.
        after: where what stands before it ends: figures of another table, or the text's beginning.
        but_for_year: whether a caption that says nothing but that it is of another year is passed over.
    """
    start, end = start_of_header(segment, text), segment.header[-1].end
    before = list(_notes_before(text, start, after))
    if but_for_year:
        before = [note for note in before if years_of_caption(text, as_read(note)) != {False}]
    is_of_this_year = any("本年" in note for note in before)
    notes = [*before, text[start:end]]
    return is_of_this_year or any(_SPEAKS_OF_ANOTHER.search(note) is not None for note in notes)


def is_disowned_above(text: str, start: int, after: int) -> bool:
    """Whether what stands above a table, all its blocks, says that its figures aren't the report's.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends: figures of another table, or the text's beginning.
    """
    return is_of_another_year(text, start, after) or is_disowned_before(text, start, after)


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
        DISOWNING.search(note) is not None
        or OTHER_UNIT.search(note) is not None
        or _says_part_of_a_year(note)
        or _heads_another_scope(note, text)
        or is_of_another_scope(note, text)
        or says_another_scope(note, text)
        or (_is_erratum(note) and _OF_ABOVE.search(note) is None)
        for note in _notes_before(text, start, after)
    )


def _is_erratum(note: str) -> bool:
    """Whether a note on a table says that its figures are wrong, and not only what they are to be like."""
    return _ERRATUM.match(note) is not None and ON_THE_FORM.search(note) is None


def is_disowned_behind(text: str, end: int) -> bool:
    """Whether a note right below a table says that its figures are wrong, or another scope's.

    Args:
        text: the document's text.
        end: where the table's last figure ends.
    """
    behind = words_behind(text, end, _MOST_BEHIND)
    notes = [as_read(note).strip(" \t　") for note in _LINE_END.split(behind)]
    return any(
        _is_erratum(note) or OTHER_UNIT.search(note) is not None or says_another_scope(note, text)
        for note in notes
        if _OF_BELOW.match(note) is None
    )


def _notes_before(text: str, start: int, after: int) -> Iterator[str]:
    """The heading before a table, or the last line without one, and the short lines below the heading."""
    before = text[max(after, start - _MOST_BEFORE) : start]
    headings = list(HEADING.finditer(before))
    notes = [
        note for note in _LINE_END.split(before[headings[-1].start() if headings else 0 :]) if note.strip()
    ]
    for note in notes if headings else notes[-1:]:
        if len(note.strip()) <= _LONGEST_NOTE:
            yield as_read(note).strip()


def _heads_another_scope(note: str, text: str) -> bool:
    """Whether brackets in the heading of a table say that its figures are of another scope."""
    is_heading = HEADING.match(note) is not None
    return is_heading and any(is_of_another_scope(words, text) for words in bracketed(note))


def _says_part_of_a_year(note: str) -> bool:
    """Whether a note on a table's figures, or brackets in its heading, name months or a part of the year."""
    if HEADING.match(note) is not None:
        return any(PART_OF_A_YEAR.search(words) is not None for words in bracketed(note))
    is_on_figures = _SUBJECT.search(note) is not None or bracketed(note) == [note]
    says_part = is_on_figures and PART_OF_A_YEAR.search(note) is not None
    return says_part or is_nothing_but_a_part_of_a_year(note)

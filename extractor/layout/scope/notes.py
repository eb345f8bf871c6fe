"""Notes of a page on its tables: what a person sees in another place that is said of one, or of all.

Footnotes, comments, boxes over cells, headers and watermarks come with the document. In its text, a line such
as [1] 本表为2022年数据 is a note on every place where [1] stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from extractor.documents.document import Document, Noted
from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import HEADING
from extractor.layout.scope.statements import tables_of_another_scope, tells_of_fault
from extractor.layout.words.scopes import DISOWNING, OTHER_UNIT, is_of_another_scope, says_another_scope
from extractor.layout.words.spelling import as_read

_SENTENCE_END = re.compile("[。；;！!\n]")
# A longer sentence tells a story.
_LONGEST = 80
# What stands before the words of a note: 注：, 备注, 说明.
_BEFORE = re.compile(r"\A(?:注|备注|附注|说明|批注)?\s?[:：]?\s?")
# 这是2022年数据, 表三为上半年数据: the figures of the place, with no word of the report.
_SAYS = re.compile(
    r"(?:这|此|这里|该|本|上|下|以上|以下)?(?:处|些|列|行|[表栏]|张表|个表)?(?:[一二三四1-4])?(?:的)?(?:数据?|数字)?"
    r"(?:均|都|全)?(?:为|是|系)(?P<scope>[^，,]{1,30})"
)
_STAMP = re.compile(
    "样本|样张|样品|征求意见|讨论稿|送审稿|草[稿案]|初稿|已?(?:作废|失效|废止|撤[销回])|无效|SAMPLE|DRAFT|VOID",
    re.IGNORECASE,
)
# A line that is a note, and the sign that leads to it.
_NOTE_LINE = re.compile(
    r"^[ \t　]*(?P<sign>\[\d{1,2}\]|〔\d{1,2}〕|［\d{1,2}］|[①-⑳]|[（(]注\d{0,2}[)）]"
    # 注12022年度数据 is of 注1.
    r"|注\s?\d{1,2}?(?=[12]\d{3}\s?年|\D)"
    r"|[*＊※]{1,3})"
    r"[ \t　]*[:：]?[ \t　]*(?P<words>[^\n]{1,200})$",
    re.M,
)
_MOST_LINES, _MOST_NOTES = 100, 100
# So many ends of lines stand between a table and a note below it.
_MOST_BETWEEN = 2


class Note(NamedTuple):
    """What is said of a stretch of a text, or of the place where it begins and ends."""

    start: int
    end: int
    words: str


def disowning_notes(document: Document) -> list[Note]:
    """The notes of a page that say of figures that they are wrong, or none of the report's, in page order.

    Args:
        document: the input.

    Returns:
        The notes; of more than any report has, one on all of the page.
    """
    told = [Note(*one) for one in document.notes if _is_disowning(one, document.text)]
    notes = sorted((*told, *islice(_note_lines(document), _MOST_NOTES + 1)))
    return notes if len(notes) <= _MOST_NOTES else [Note(0, len(document.text), notes[0].words)]


def disowned_by_notes(text: str, places: Sequence[TablePlace], notes: Sequence[Note]) -> list[list[Note]]:
    """Of each table the notes that are on it: in it, above or below it, on the title, or on all of the page.

    Args:
        text: the document's text.
        places: where its tables are, in page order.
        notes: those that disown what they are on.
    """
    first = HEADING.search(text)
    top = first.start() if first is not None else 0
    return [[note for note in notes if note.end < top or _is_on(note, text, place)] for place in places]


def _is_on(note: Note, text: str, place: TablePlace) -> bool:
    if note.start <= place.end and note.end >= place.start:
        return True
    if note.end < place.start:
        return (
            note.start >= place.after and HEADING.search(text, _line_end(text, note.end), place.start) is None
        )
    line_end = _line_end(text, note.start)
    return HEADING.search(text, place.end, line_end) is None and _is_next(text, place.end, note.start)


def _is_next(text: str, end: int, start: int) -> bool:
    """Whether nothing but a few lines stands between a table and a note."""
    return text.count("\n", end, start) <= _MOST_BETWEEN


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _is_disowning(note: Noted, text: str) -> bool:
    """Whether what a note says disowns what it is on; on every page a stamp is enough."""
    start, end, said = note[0], note[1], as_read(note[2])
    if end > start and _STAMP.fullmatch(said.strip()) is not None:
        return True
    return any(_disowns(part, text) for part in _SENTENCE_END.split(said) if len(part) <= _LONGEST)


def _disowns(words: str, text: str) -> bool:
    words = _BEFORE.sub("", words.strip(), count=1)
    said = _SAYS.fullmatch(words)
    return (
        DISOWNING.search(words) is not None
        or OTHER_UNIT.search(words) is not None
        or is_of_another_scope(words, text)
        or says_another_scope(words, text)
        or (said is not None and is_of_another_scope(said["scope"], text))
        or tables_of_another_scope(words, text) is not None
        or tells_of_fault(words)
    )


def _note_lines(document: Document) -> Iterator[Note]:
    """The lines that disown what they are notes on, at each place where the sign stands that leads to one."""
    text = document.text
    for line in islice(_NOTE_LINE.finditer(text), _MOST_LINES):
        sign, words = line["sign"], line["words"]
        if not _is_disowning((line.start(), line.start(), words), text):
            continue
        # 见注1 leads to it, 见注12 doesn't.
        whole = r"(?!\d)" if sign[-1].isdecimal() else ""
        for led in re.compile(rf"(?<=\S)[ \t]?{re.escape(sign)}{whole}").finditer(text, 0, line.start()):
            yield Note(led.start(), led.start(), words)
        for start, end, remarks in document.remarks:
            if f"note: {sign}" in remarks:
                yield Note(start, end, words)

"""Which of several tables of a kind is the report's own: as a model says and the words above each bear out.

An office prints its own table beside that of its district, of its system or of the units below it. Which is
which stands above them in words of the page's own. The model quotes these, and they must say it: of one table
that it is the organ's, of every other one that it isn't. Words that stand above two of them tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.quoted_words import QuotedWords
from extractor.asking.schemas import OWN, OwnerReply, OwnersReply, owners_schema
from extractor.documents.document import Span
from extractor.layout.reader import read_layout
from extractor.layout.scope.disowned import HEADING
from extractor.layout.sections import Section, of_the_report, sections_of
from extractor.llm.protocol import Message, Request
from extractor.reports.reading import ReportReading
from extractor.reports.scope import Scope
from extractor.reports.several import without_tables
from extractor.result.cells import LAYOUT, Basis
from extractor.result.header import Fact
from extractor.text.folding import fold_label
from extractor.verify.proposals import with_proposals
from prompts.loader import load_prompt
from rules.form import Table

# Rows of each table that are shown.
_ROWS_SHOWN = 2
# So much before a table may be said of it; what is longer tells a story.
_MOST_BEFORE, _LONGEST_NOTE = 300, 60
# More tables of a kind are a collection, not a report.
_MOST_TABLES = 4
_NOTE = re.compile(r"[^\n|｜。]+")
# What is said of a table that stands above, or of what a table leaves out.
_ELSEWHERE = re.compile("以上|上述|上表|前表|下一?页|另表|附后|不含|不包括|除外")
# Whose figures are those of all that lies below an organ, or beside it.
_OF_ALL = re.compile(
    "全(?:省|市|州|盟|区|县|旗|镇|乡|街道|域|系统|局|委|厅)|系统|汇总|合计|总表|下属|所属|直属|下级|二级|基层"
    "|各(?:级|部门|单位|机构|街道|乡镇|镇街|镇|乡|科室|委办局|区县|县区|区|县|市)"
)
# 市直机关 are all offices of a city.
_OF_OFFICE = re.compile(
    "(?:本|我)(?:局|委|办|厅|院|署|处|所|站|中心|机关|单位|部门|级|街道|镇|乡)|(?<![政直级属各有部])机关|本级|自身"
)
# An organ whose report may be that of all below it.
_GOVERNMENT = re.compile("(?:人民政府|政府|管理委员会|管委会)$")
_OTHER: dict[Scope, Scope] = {"own": "whole", "whole": "own"}
# The shortest end of an organ's name that is still a name.
_SHORTEST_NAME = 3


class OwnerRefusal(StrEnum):
    """Why what was said of tables isn't taken."""

    INCOMPLETE = "tables_missing"
    NOT_PRINTED = "words_not_above"
    UNCLEAR = "words_tell_nothing"


class OneTable(NamedTuple):
    """A table of several of a kind.

    Attributes:
        place: where it stands, from its header to its last figure.
        notes: what stands above it, line by line.
        shown: where the rows end that are shown.
    """

    place: Span
    notes: tuple[Span, ...]
    shown: int


class RepeatedTable(NamedTuple):
    """A table that a page has more than once, each time below a whole header.

    Attributes:
        table: of the form.
        organ: whose report it is.
        stated: what the report says of its scope, if it does.
        each: the tables, in page order.
    """

    table: Table
    organ: str
    stated: Fact | None
    each: tuple[OneTable, ...]


def repeated_tables(report: ReportReading) -> list[RepeatedTable]:
    """The tables of a report of which nothing tells the layout which one is its own.

    Args:
        report: as its layout gives it.
    """
    organ, stated = report.header.organ, report.header.scope
    if organ is None or not (report.whole or report.reading.is_repeated):
        return []
    if stated is None and _GOVERNMENT.search(organ.printed):
        # Whether its report is of its own office or of all below it, nobody knows.
        return []
    document = report.whole or report.document
    sections = of_the_report(sections_of(document, report.forms))
    repeated = [
        RepeatedTable(
            table, organ.printed, stated, tuple(_one(document.text, sections, i) for i in positions)
        )
        for table, positions in _by_table(sections)
        if 1 < len(positions) <= _MOST_TABLES
    ]
    # Where nothing stands above one of them, nothing says whose it is.
    return [one for one in repeated if all(table.notes for table in one.each)]


def _by_table(sections: Sequence[Section]) -> Iterator[tuple[Table, list[int]]]:
    """The tables of one block, each with the sections that have its whole header and rows below."""
    found: dict[str, tuple[Table, dict[int, None]]] = {}
    for position, section in enumerate(sections):
        for header in section.headers.values():
            is_whole = header.complete and section.segment.header and section.segment.rows
            if is_whole and len(header.table.blocks) == 1:
                found.setdefault(header.table.id, (header.table, {}))[1][position] = None
    return ((table, [*positions]) for table, positions in found.values())


def _one(text: str, sections: Sequence[Section], position: int) -> OneTable:
    segment = sections[position].segment
    start = segment.header[0].start
    notes = tuple(_notes(text, _end(sections[position - 1]) if position else 0, start))
    shown = segment.rows[:_ROWS_SHOWN][-1].slots[-1].end
    return OneTable(Span(start, segment.rows[-1].slots[-1].end), notes, shown)


def _end(section: Section) -> int:
    """Where a section's figures end, or its header where it has none."""
    items = section.segment.rows[-1].slots if section.segment.rows else section.segment.header
    return items[-1].end if items else 0


def _notes(text: str, after: int, start: int) -> Iterator[Span]:
    """The short lines and sentences above a table's first line, from its heading on if it has one."""
    start = text.rfind("\n", 0, start) + 1
    first = max(after, start - _MOST_BEFORE)
    first = max((heading.start() for heading in HEADING.finditer(text, first, start)), default=first)
    for note in _NOTE.finditer(text, first, start):
        if note[0].strip() and len(note[0].strip()) <= _LONGEST_NOTE:
            yield Span(*note.span())


def lines_of(lines: NumberedLines, repeated: RepeatedTable) -> tuple[int, ...]:
    """The numbers of the lines that are shown with a question about whose tables are.

    Args:
        lines: of the report.
        repeated: the tables.
    """
    return tuple(sorted({number for one in repeated.each for number in _lines_of(lines, one)}))


def _lines_of(lines: NumberedLines, one: OneTable) -> tuple[int, ...]:
    above = [lines.at(note.start).number for note in one.notes]
    below = range(lines.at(one.place.start).number, lines.at(one.shown - 1).number + 1)
    return tuple(sorted({*above, *below}))


def owners_request(lines: NumberedLines, repeated: RepeatedTable) -> Request:
    """Ask which of some tables is the own one of the organ whose report it is.

    Args:
        lines: of the report.
        repeated: the tables.
    """
    words = load_prompt("owners")
    shown = [repeated.organ] if repeated.stated is None else [repeated.organ, repeated.stated.printed]
    for number, one in enumerate(repeated.each, 1):
        shown += [f"【{number}】", lines.shown(_lines_of(lines, one))]
    return Request(
        (Message("system", words.filled()), Message("user", "\n".join(shown))),
        owners_schema(len(repeated.each)),
        words.hash,
    )


def told_others(
    report: ReportReading, repeated: RepeatedTable, reply: OwnersReply
) -> tuple[Span, ...] | OwnerRefusal:
    """Where the tables stand that aren't the report's own, as a model says, if the page bears it out.

    Args:
        report: as its layout gives it.
        repeated: the tables.
        reply: what the model says.
    """
    said = sorted(reply.tables, key=lambda one: one.table)
    is_whole = [one.table for one in said] == [*range(1, len(repeated.each) + 1)]
    if not is_whole or sum(one.of == OWN for one in said) != 1:
        return OwnerRefusal.INCOMPLETE
    text = report.document.text
    quoted = QuotedWords(text)
    above = [_above(quoted, one.words, repeated) for one in said]
    if any(not notes[i] for i, notes in enumerate(above)):
        return OwnerRefusal.NOT_PRINTED
    says_so = all(
        _say_so([one.words, *(text[note.start : note.end] for note in notes[i])], one, repeated)
        for i, (one, notes) in enumerate(zip(said, above, strict=True))
    )
    if any(sum(map(bool, notes)) > 1 for notes in above) or not says_so:
        return OwnerRefusal.UNCLEAR
    return tuple(table.place for table, one in zip(repeated.each, said, strict=True) if one.of != OWN)


def _above(quoted: QuotedWords, words: str, repeated: RepeatedTable) -> list[list[Span]]:
    """Of each table, the notes above it in which words stand."""
    places = quoted.everywhere(words)
    return [[note for note in table.notes if _holds(note, places)] for table in repeated.each]


def _holds(note: Span, places: Sequence[Span]) -> bool:
    return any(note.start <= place.start and place.end <= note.end for place in places)


def _say_so(all_words: Sequence[str], said: OwnerReply, repeated: RepeatedTable) -> bool:
    """Whether words all say that a table is whose it is said to be.

    So must the line or sentence that words are quoted from: 本局 is of 本局及下属单位, too.
    """
    own: Scope = "whole" if repeated.stated is not None and repeated.stated.value == "whole" else "own"
    scope = own if said.of == OWN else _OTHER[own]
    return all(_scope_of(fold_label(words), repeated.organ) == scope for words in all_words)


def _scope_of(words: str, organ: str) -> Scope | None:
    """Whose figures some words say that a table has; None if they say nothing, or of another table."""
    if _ELSEWHERE.search(words):
        return None
    if _OF_ALL.search(words):
        return "whole"
    names = [organ[first:] for first in range(len(organ) - _SHORTEST_NAME + 1)]
    is_named = any(name in words for name in names)
    return "own" if is_named or _OF_OFFICE.search(words) else None


def with_own_tables(report: ReportReading, others: Sequence[Span], model: str) -> ReportReading:
    """A report without the tables that aren't its own; the model is a reader of all the page didn't settle.

    Args:
        report: as its layout gives it.
        others: where these tables stand.
        model: what the reader who has told them is called.
    """
    document = without_tables(report.whole or report.document, others)
    reading = read_layout(document, report.forms)
    settled = {
        row.addresses
        for block in report.reading.blocks
        for row in block.found
        if row.spans and not row.doubts and row.basis in (Basis.LABELS, Basis.ORDER)
    }
    rows = [
        row._replace(readers=(LAYOUT, model), basis=Basis.READERS)
        for block in reading.blocks
        for row in block.found
        if row.spans and row.addresses not in settled
    ]
    reading = with_proposals(document, reading.with_rows(rows), report.forms)
    return report._replace(document=document, reading=reading, whole=None)

"""What the sheets of the workbook show of a report: their heads, and the entries of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from extractor.output.lines import position_text
from extractor.output.tables.attention import LookAt
from extractor.output.tables.columns import (
    ALIKE,
    CELLS,
    COPIES,
    FAILURES,
    FINDINGS,
    REPORTS,
    ResultTable,
)
from extractor.output.tables.entry import Entry, Head, Link, Tone
from extractor.output.tables.rows import AlikeReport, CopiedReport, Row, alike_rows, copy_rows
from extractor.output.words import (
    BASES,
    CAUSES,
    COPY_KINDS,
    FAILURE_KINDS,
    ORGAN_LEVELS,
    STATES,
    STATUSES,
    VERDICTS,
)
from extractor.panel.indicators import INDICATORS, Indicated
from extractor.result.cells import Cell, Status
from extractor.result.findings import Finding
from extractor.result.verdict import Verdict
from extractor.verify.words import name_of
from rules.form import Form
from rules.words import SEVERITIES, Bilingual, Language

# Names of cells by their addresses.
Names: TypeAlias = Mapping[str, str]

STATUS_TONES = {
    Status.CONFIRMED: Tone.GOOD,
    Status.UNCHECKED: Tone.PLAIN,
    Status.AS_PRINTED: Tone.WARNING,
    Status.DISPUTED: Tone.BAD,
    Status.ABSENT: Tone.FAINT,
    Status.ACCEPTED: Tone.PLAIN,
    Status.CORRECTED: Tone.PLAIN,
}
VERDICT_TONES = {
    Verdict.VERIFIED: Tone.GOOD,
    Verdict.SOURCE_ERROR: Tone.WARNING,
    Verdict.NEEDS_REVIEW: Tone.BAD,
}
_SEVERITY_TONES = {"hard": Tone.BAD, "soft": Tone.WARNING, "hint": Tone.PLAIN}
# What is told of the cells behind a figure, and how many of them.
_MOST_TOLD = 8
# Characters of what two reports have in common, or differ in.
_LONGEST = 2_000

_WORDS = {
    "cell": Bilingual(zh="名称", en="name"),
    "where": Bilingual(zh="位置", en="where"),
    "look": Bilingual(zh="看什么", en="what to look at"),
    "times": Bilingual(zh="处数", en="times"),
    "cells": Bilingual(zh="涉及单元格", en="cells"),
    "of": Bilingual(zh="{confirmed}/{cells} 个单元格已证实", en="{confirmed} of {cells} cells confirmed"),
    "blank": Bilingual(zh="空白", en="blank"),
    "and_more": Bilingual(zh="（另有 {more} 处）", en=" (and {more} more)"),
    "yes": Bilingual(zh="是", en="yes"),
    "place_in_text": Bilingual(zh="第{line}行第{column}字", en="line {line}, column {column}"),
}
_WIDTHS = {
    "report": 34,
    "organ": 34,
    "organ_name": 34,
    "year": 7,
    "message": 70,
    "file": 34,
    "address": 40,
    "cell": 60,
}
_WIDTHS |= {
    "where": 20,
    "copy_of": 34,
    "like": 34,
    "like_organ": 34,
    "passages": 90,
    "rule": 24,
    "encoding": 10,
    "kind": 18,
    "suspects": 44,
    "differs_in": 70,
    "edition": 8,
    "verdict": 14,
    "cause": 16,
}
_WIDTH = 11
# Their columns show long texts whole, in several lines.
_WRAPPED = frozenset({"message", "cell", "suspects", "passages", "differs_in"})

LOOK_AT_TITLE = Bilingual(zh="先看这里", en="What to look at")
PANEL_TITLE = Bilingual(zh="指标", en="Panel")


def names_of(forms: Sequence[Form], language: Language) -> dict[str, str]:
    """What the cells of some forms are called; of two forms that have a cell, the first says.

    Args:
        forms: in their order.
        language: of the names.
    """
    return {address: name_of(form, address, language) for form in reversed(forms) for address in form.places}


def _heads(table: ResultTable, names: Sequence[str], language: Language) -> list[Head]:
    titles = _WORDS | {column.name: column.title for column in table.columns}
    titles["message"] = _WORDS["look"] if table is FINDINGS else Bilingual(zh="原因", en="reason")
    return [
        Head(titles[name].in_language(language), _WIDTHS.get(name, _WIDTH), wraps=name in _WRAPPED)
        for name in names
    ]


# --- what to look at -------------------------------------------------------------------------------------

_LOOK_AT = ("organ", "year", "report", "cause", "message", "times", "where", "cells", "rule")


def look_at_heads(language: Language) -> list[Head]:
    """The heads of the sheet that comes first."""
    heads = _heads(FINDINGS, _LOOK_AT, language)
    verdict = _heads(REPORTS, ["verdict"], language)
    return [*heads[:3], *verdict, *heads[3:]]


def look_at_texts(line: LookAt, language: Language) -> tuple[str | int | None, ...]:
    """What a line of that sheet says: cause, message, how often, where, how many cells, rule.

    Args:
        line: what to look at.
        language: of the words.
    """
    first = line.findings[0]
    more = len(line.findings) - 1
    message = first.message.in_language(language)
    if more:
        message += _WORDS["and_more"].in_language(language).format(more=more)
    cause = CAUSES[first.cause] if first.cause is not None else SEVERITIES[first.severity]
    where = _where(first, language)
    return cause.in_language(language), message, len(line.findings), where, line.cells or None, first.rule


# --- reports ---------------------------------------------------------------------------------------------

_REPORTS = (
    *(
        "organ",
        "year",
        "report",
        "organ_name",
        "organ_code",
        "organ_level",
        "verdict",
        "edition",
        "errors",
        "warnings",
        "remarks",
        "cells",
    ),
    *("confirmed", "unchecked", "as_printed", "disputed", "absent", "accepted", "corrected"),
    *("period_start", "period_end"),
    *("publication_date", "is_ocr", "encoding", "file"),
)


def report_heads(language: Language) -> list[Head]:
    """The heads of the sheet of reports."""
    return _heads(REPORTS, _REPORTS, language)


def report_entries(row: Mapping[str, object], target: str, source: str, language: Language) -> list[Entry]:
    """A row of the sheet of reports.

    Args:
        row: of the table of reports.
        target: what leads to the report, or to its page to look at; empty if nothing does.
        source: what leads to the report; empty if nothing does.
        language: of the words.
    """
    verdict, level = Verdict(str(row["verdict"])), ORGAN_LEVELS.get(str(row["organ_level"]))
    report, file = str(row["report"]), str(row["file"])
    shown = {
        "report": Entry(Link(report, target) if target else report),
        "verdict": Entry(VERDICTS[verdict].in_language(language), VERDICT_TONES[verdict]),
        "organ_level": Entry(level.in_language(language) if level is not None else None),
        "is_ocr": Entry(_WORDS["yes"].in_language(language) if row["is_ocr"] else None),
        # One link to it is enough.
        "file": Entry(Link(file, source) if source and source != target else file),
    }
    return [shown.get(name) or plain(row[name]) for name in _REPORTS]


def plain(content: object) -> Entry:
    """An entry that doesn't stand out; a list is told with commas."""
    if isinstance(content, tuple):
        return Entry(", ".join(map(str, content)))
    return Entry(content if isinstance(content, str | int | float) else None)


# --- the panel -------------------------------------------------------------------------------------------


def panel_heads(language: Language) -> list[Head]:
    """The heads of the panel: whose and when, then every indicator and beside it its status."""
    heads = _heads(REPORTS, ("organ", "year", "report"), language)
    status = next(column.title for column in CELLS.columns if column.name == "status")
    for indicator in INDICATORS:
        heads += [Head(indicator.title.in_language(language), 10), Head(status.in_language(language), 9)]
    return heads


def panel_entries(shown: Indicated, names: Names, language: Language) -> tuple[Entry, Entry]:
    """A figure of the panel and its status; what isn't confirmed of it is told beside it.

    Args:
        shown: what the report states.
        names: of cells.
        language: of the words.
    """
    if shown.status is None:
        return Entry(None), Entry(None)
    tone = STATUS_TONES[shown.status]
    comment = "" if shown.status is Status.CONFIRMED else _evidence(shown, names, language)
    word = STATUSES[shown.status].in_language(language).partition("（")[0]
    return Entry(shown.value, tone, comment), Entry(word, tone)


def _evidence(shown: Indicated, names: Names, language: Language) -> str:
    """How many of the cells behind a figure are confirmed, and what is printed in the others."""
    doubtful = [cell for cell in shown.cells if cell.status is not Status.CONFIRMED]
    words = _WORDS["of"].in_language(language)
    lines = [words.format(confirmed=shown.confirmed, cells=len(shown.cells))]
    lines += [_told(cell, names, language) for cell in doubtful[:_MOST_TOLD]]
    if len(doubtful) > _MOST_TOLD:
        lines.append(_WORDS["and_more"].in_language(language).format(more=len(doubtful) - _MOST_TOLD).strip())
    return "\n".join(lines)


def _told(cell: Cell, names: Names, language: Language) -> str:
    printed = cell.printed or STATES[cell.state].in_language(language)
    status = STATUSES[cell.status].in_language(language)
    name = names.get(cell.address, cell.address)
    where = f" · {_place(cell, language)}" if cell.span else ""
    return f"{name}: {printed} · {status}{where}"


# --- cells and findings ----------------------------------------------------------------------------------

_CELLS = (
    *("organ", "year", "report", "cell", "printed", "value", "unit", "state", "status", "basis", "where"),
    "address",
)


def cell_heads(language: Language) -> list[Head]:
    """The heads of the sheet of cells."""
    return _heads(CELLS, _CELLS, language)


def cell_entries(cell: Cell, names: Names, comment: str, language: Language) -> list[Entry]:
    """A row of the sheet of cells, without the organ, year and report that it begins with.

    Args:
        cell: of the report.
        names: of cells.
        comment: what is wrong with it; empty for nothing.
        language: of the words.
    """
    tone = STATUS_TONES[cell.status]
    where = _place(cell, language) if cell.span is not None else None
    return [
        Entry(names.get(cell.address, cell.address)),
        Entry(cell.printed),
        Entry(cell.value, tone, comment),
        Entry(cell.unit),
        Entry(STATES[cell.state].in_language(language)),
        Entry(STATUSES[cell.status].in_language(language), tone),
        Entry(BASES[cell.basis].in_language(language)),
        Entry(where),
        Entry(cell.address),
    ]


_FINDINGS = (
    *("organ", "year", "report", "severity", "cause", "message", "where", "left", "right", "difference"),
    *("suspects", "rule"),
)


def finding_heads(language: Language) -> list[Head]:
    """The heads of the sheet of findings."""
    return _heads(FINDINGS, _FINDINGS, language)


def finding_entries(finding: Finding, names: Names, language: Language) -> list[Entry]:
    """A row of the sheet of findings, without the organ, year and report that it begins with.

    Args:
        finding: of the report.
        names: of cells.
        language: of the words.
    """
    return [
        Entry(SEVERITIES[finding.severity].in_language(language), _SEVERITY_TONES[finding.severity]),
        Entry(CAUSES[finding.cause].in_language(language) if finding.cause is not None else None),
        Entry(finding.message.in_language(language)),
        Entry(_where(finding, language)),
        Entry(finding.left),
        Entry(finding.right),
        Entry(finding.difference),
        Entry("; ".join(names.get(address, address) for address in finding.suspects)),
        Entry(finding.rule),
    ]


def _where(finding: Finding, language: Language) -> str:
    return "" if finding.span is None else _place(finding, language)


def _place(told: Cell | Finding, language: Language) -> str:
    """Where a person finds something: who opens a workbook doesn't read 12:3 as a line and a column."""
    if told.locator is not None:
        return position_text(told.line, told.column, told.locator, language)
    words = _WORDS["place_in_text"].in_language(language)
    return words.format(line=told.line or 1, column=told.column or 1)


# --- failures and copies ---------------------------------------------------------------------------------


def failure_heads(language: Language) -> list[Head]:
    """The heads of the sheet of files that gave no report."""
    return _heads(FAILURES, ("file", "message", "kind"), language)


def failure_entries(row: Row, target: str, language: Language) -> list[Entry]:
    """A row of that sheet.

    Args:
        row: of the table of failures.
        target: what leads to the file; empty if nothing does.
        language: of the reason.
    """
    file, kind, zh, en = (str(content) for content in row)
    return [
        Entry(Link(file, target) if target else file),
        Entry(zh if language == "zh" else en, Tone.BAD),
        Entry(FAILURE_KINDS[kind].in_language(language)),
    ]


_COPIES = ("organ", "year", "report", "kind", "copy_of", "differs_in")


def copy_heads(language: Language) -> list[Head]:
    """The heads of the sheet of copies."""
    return _heads(COPIES, _COPIES, language)


def copy_entries(copy: CopiedReport, names: Names, language: Language) -> list[Entry]:
    """A row of that sheet.

    Args:
        copy: a report, and the one that it has something in common with.
        names: of cells.
        language: of the words.
    """
    told = "; ".join(names.get(address, address) for address in copy.differs_in or ())
    shown = {
        "kind": Entry(COPY_KINDS[copy.kind].in_language(language)),
        "differs_in": Entry(_cut(told)),
    }
    row = dict(zip((column.name for column in COPIES.columns), *copy_rows([copy]), strict=True))
    return [shown.get(name) or plain(row[name]) for name in _COPIES]


_ALIKE = (
    "organ",
    "year",
    "report",
    "share",
    "like_organ",
    "like_year",
    "like",
    "passages",
    "kind",
    "characters",
)
ALIKE_KINDS = {
    "earlier_year": Bilingual(zh="本机关以前年度", en="the organ's own, on a year before"),
    "other_organ": Bilingual(zh="其他机关", en="another organ's"),
}


def alike_heads(language: Language) -> list[Head]:
    """The heads of the sheet of reports that are like others in their wording."""
    return _heads(ALIKE, _ALIKE, language)


def alike_entries(alike: AlikeReport, language: Language) -> list[Entry]:
    """A row of that sheet.

    Args:
        alike: a report, and the one that it is like.
        language: of the words.
    """
    shown = {
        "share": Entry(Fraction(alike.share).limit_denominator(10_000), Tone.WARNING),
        "passages": Entry(_cut("\n".join(alike.passages))),
        "kind": Entry(ALIKE_KINDS[alike.kind].in_language(language)),
    }
    row = dict(zip((column.name for column in ALIKE.columns), *alike_rows([alike]), strict=True))
    return [shown.get(name) or plain(row[name]) for name in _ALIKE]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


# --- any table -------------------------------------------------------------------------------------------


# Columns of exact numbers, as texts.
_EXACT = ("parent", "units", "difference")


def table_heads(table: ResultTable, language: Language) -> list[Head]:
    """The heads of a sheet with all columns of a table.

    Args:
        table: its columns.
        language: of the heads.
    """
    return [
        Head(column.title.in_language(language), _WIDTHS.get(column.name, _WIDTH)) for column in table.columns
    ]


def table_entry(name: str, content: object, language: Language) -> Entry:
    """What a column shows: a status in words, a number that is kept as text as a number.

    Args:
        name: of the column.
        content: what stands there; None for nothing.
        language: of the words.
    """
    if content is None:
        return Entry(None)
    if name == "status":
        status = Status(str(content))
        return Entry(STATUSES[status].in_language(language), STATUS_TONES[status])
    if name in _EXACT:
        return Entry(Decimal(str(content)))
    if isinstance(content, bool):
        return Entry(_WORDS["yes"].in_language(language) if content else None)
    return plain(content)

"""Which reports a document holds, and what the layout of each gives: no model is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.documents.document import Document
from extractor.documents.lists_beside import with_lists_in_order
from extractor.documents.scans.ocr import check_installed
from extractor.errors import NoReportError
from extractor.forms import AnyForms, Family, FormSet
from extractor.layout.reader import read_layout
from extractor.layout.reading import Reading
from extractor.reports.header_facts import read_facts
from extractor.reports.reading import ReportReading
from extractor.reports.self_naming import calls_itself
from extractor.reports.several import read_apart, without_another_report
from extractor.reports.unknown_form import is_told, statistics_of, with_title_facts
from extractor.text.folding import DROPPED, fold_in_place, fold_label, label_key
from extractor.verify.proposals import with_proposals

# As a page prints the title of a section, folded in place: blanks and the ends of lines are DROPPED.
_OR_BROKEN = f"[{DROPPED}、,]*"
_SECTION = (
    f"(?:^|[{DROPPED}|#*])[一二三四五六七八九][{DROPPED}]*[、.,][{DROPPED}]*{{}}[:。*|]*(?:{DROPPED}|$)"
)
# A text that has so many of the sections of the tables is a report, with or without tables.
_ENOUGH_SECTIONS = 2


def read_by_layout(document: Document, forms: AnyForms = ()) -> tuple[ReportReading, ...]:
    """Read the reports in a document without a model.

    Args:
        document: the input.
        forms: a set of forms, or forms to read by besides the built-in ones.

    Returns:
        One reading a report, in the order of the page.

    Raises:
        NoReportError: if it holds no report.
        MissingProgramError: if it might hold one in pictures, and what reads these isn't installed.
        FormFileError: if two forms are the same edition of one family.
    """
    ordered = with_lists_in_order(document)
    readings: list[tuple[Family, Reading]] = []
    for family in FormSet.of(forms).families:
        reading = read_layout(ordered, family)
        readings.append((family, reading))
        if _is_filled(reading):
            break
    family, reading = max(readings, key=lambda read: _found_in(read[1]))
    named = _family_named_in(document.text, [family for family, _ in readings])
    unknown = statistics_of(ordered, reading, is_named=bool(named))
    if unknown is not None:
        reading = Reading(None, (), (), statistics=unknown)
        header = with_title_facts(document, read_facts(document))
        return (ReportReading(document, named, reading, header),)
    if reading.form is None or not (named or is_told(reading)):
        # No table at all, or rows that stand in every one: what the text calls itself decides.
        family = named
    if not family:
        if document.unread_pictures:
            check_installed(document.name)
        raise NoReportError(
            f"{document.name} 中没有政府信息公开工作年度报告。若确是报告，请检查文件是否完整。",
            f"{document.name} holds no annual report; if it is one, check that the file is complete",
        )
    reports = read_apart(document, family) if reading.is_repeated else ()
    if not reports:
        reading = without_another_report(document.text, reading)
        reports = (ReportReading(document, family, reading, read_facts(document)),)
    return tuple(_with_proposals(report) for report in reports)


def _is_filled(reading: Reading) -> bool:
    """Whether most cells of a form have found their row: no other family has as many."""
    return reading.form is not None and 2 * _found_in(reading)[0] > len(reading.form.places)


def _found_in(reading: Reading) -> tuple[int, int]:
    """How many figures, blanks and marks have found their row, and how many rows of the form are there."""
    rows = [row for block in reading.blocks for row in block.found]
    return sum(len(row.spans) for row in rows), sum(not row.is_absent for row in rows)


def _family_named_in(text: str, families: Iterable[Family]) -> Family:
    """The first family of whose reports a text without a table says that it is one; none if there is none.

    It says so in its title, in the words that such a report is titled by, or by the titles of the sections in
    which its tables would stand.
    """
    folded = fold_in_place(text)
    key = label_key(folded.replace(DROPPED, ""))
    for family in families:
        marks = {label_key(fold_label(mark)) for form in family for mark in form.marks}
        if any(mark in key for mark in marks) and calls_itself(text, marks):
            return family
        if len(_tables_with_sections(folded, family)) >= _ENOUGH_SECTIONS:
            return family
    return ()


def _tables_with_sections(folded: str, family: Family) -> set[str]:
    """The tables whose headings stand in a text as numbered titles, nothing but them on their lines."""
    return {
        table.id
        for form in family
        for table in form.tables
        for heading in table.headings
        if re.search(_SECTION.format(_OR_BROKEN.join(label_key(fold_label(heading)))), folded)
    }


def _with_proposals(report: ReportReading) -> ReportReading:
    return report._replace(reading=with_proposals(report.document, report.reading, report.forms))

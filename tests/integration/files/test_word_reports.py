"""Reports as Word files: every cell right, the empty form blank, and the same through LibreOffice."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from eval.gold.cases import Case, all_cases, file_cases, load_case
from extractor import Extraction, Status, extract
from extractor.documents.formats import format_of
from extractor.documents.source import Source
from extractor.reports.opening import open_document
from extractor.text.folding import fold_label
from tests.helpers import office_files, pages
from tests.helpers.packages import cell, list_item, paragraph, row, table, word
from tests.helpers.word_files import grid_of_case, report

CLEAR = [case for case in all_cases() if case.verdict == "verified"]
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")


def read(data: bytes) -> Extraction:
    (extraction,) = extract(data, name="report")
    return extraction


def assert_cells(extraction: Extraction, case: Case) -> None:
    assert [one.address for one in extraction.cells] == [gold.address for gold in case.cells]
    for one, gold in zip(extraction.cells, case.cells, strict=True):
        found = (one.printed, one.value, one.unit, one.state)
        assert found == (gold.printed, gold.value, gold.unit, gold.state), gold.address


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "flat"])
@pytest.mark.parametrize("case", CLEAR, ids=lambda case: case.name)
def test_a_report_written_as_a_word_file_is_verified(case: Case, *, merged: bool) -> None:
    extraction = read(report(case, merged=merged))
    assert_cells(extraction, case)
    assert (extraction.verdict, extraction.edition, extraction.findings) == ("verified", case.edition, ())
    assert all(cell.placement == "certain" for cell in extraction.cells)


@pytest.mark.parametrize("case", CLEAR, ids=lambda case: case.name)
def test_a_text_with_the_same_tables_gives_the_same_cells_with_the_same_statuses(case: Case) -> None:
    text = "".join("\t".join(row) + "\n" for row in grid_of_case(case))
    of_file, of_text = read(report(case, merged=False)), read(text.encode())
    assert [(one.address, one.printed, one.status) for one in of_text.cells] == [
        (one.address, one.printed, one.status) for one in of_file.cells
    ]


@pytest.mark.parametrize("case", file_cases(), ids=lambda case: case.name)
def test_a_real_file_says_what_its_gold_says(case: Case) -> None:
    extraction = read(case.path.read_bytes())
    assert_cells(extraction, case)
    assert (extraction.verdict, extraction.edition) == (case.verdict, case.edition)
    stated = {name for name in type(extraction.header).model_fields if getattr(extraction.header, name)}
    assert stated == set(case.facts)


def test_the_empty_form_holds_no_number() -> None:
    extraction = read(load_case("form2021-blank").path.read_bytes())
    assert {cell.status for cell in extraction.cells} == {Status.UNCHECKED}
    assert {cell.placement for cell in extraction.cells} == {"certain"}
    assert {finding.rule for finding in extraction.findings} == {"empty-table"}


_ORDINAL = re.compile(r"([一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\.)(.+)")
_SCHEMES = {1: ("chineseCounting", "%1、"), 2: ("chineseCounting", "（%1）"), 3: ("decimal", "%1.")}


def test_numbers_that_word_makes_are_part_of_labels() -> None:
    """Without them 3.其他 is 其他, and 总计 of the outcomes is 总计 of the applicants."""
    lists = [1, 2]

    def numbered(label: str) -> str:
        match = _ORDINAL.fullmatch(label)
        assert match is not None, label
        number, rest = match.groups()
        if number == "1.":
            lists.append(3)
        place = 1 if number.endswith("、") else 2 if number.endswith(")") else len(lists)
        return f"<w:tc>{list_item(rest, place)}</w:tc>"

    rows = [row(cell(pages.CORNER), cell(""), *(cell(column.label) for column in pages.BLOCK.columns))]
    figures = pages.figures()
    above: str | None = None
    for one in pages.ROWS:
        values = (cell(value) for value in figures[one.id])
        label = f"{one.number}{one.label}"
        if one.under is None:
            rows.append(row(numbered(label), cell(""), *values))
        else:
            group = cell("") if one.under in (above, "三、本年度办理结果") and above else numbered(one.under)
            rows.append(row(group, numbered(label), *values))
        above = one.under
    schemes = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:lvl w:ilvl="0"><w:numFmt w:val="{shown}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for i, (shown, text) in _SCHEMES.items()
    )
    numbering = schemes + "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{scheme}"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for i, scheme in enumerate(lists, 1)
    )
    document = open_document(word(paragraph(pages.TITLE) + table(*rows), numbering=numbering), "report")
    (extraction,) = extract(document)
    for one in pages.ROWS:
        found = extraction.cell(f"requests.{one.id}.total")
        assert (found.printed, found.placement) == (figures[one.id][-1], "certain"), one.id
        assert found.row_label is not None
        printed = document.text[found.row_label.start : found.row_label.end]
        assert fold_label(printed) == fold_label(f"{one.number}{one.label}")


@needs_office
@pytest.mark.parametrize("kinds", [("doc", "rtf"), ("odt", "xml")])
def test_other_formats_are_read_through_libreoffice_two_at_a_time(kinds: tuple[str, str]) -> None:
    files = [office_files.office_file(kind) for kind in kinds]
    for kind, data in zip(kinds, files, strict=True):
        assert format_of(Source(data, "report")).name == {"xml": "Word XML"}.get(kind, kind.upper())
    with ThreadPoolExecutor(len(files)) as both:
        for extraction in both.map(read, files):
            assert_cells(extraction, load_case(office_files.CASE))
            assert extraction.verdict == "verified"

"""The tables of results: what is written is what was read, exact, as text where it is text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from eval.gold.cases import load_case
from extractor import Cell, Extraction, OutputError, Status, extract, read_reports
from extractor.forms import FormSet
from extractor.output.formats import FORMATS
from extractor.output.presentation import Presentation
from extractor.output.tables import sheet, writing
from extractor.output.tables.columns import TABLES
from extractor.output.tables.rows import CopiedReport, FailedFile
from extractor.output.tables.writing import PARQUET_FILES, WORKBOOK, write_tables
from extractor.result.findings import Cause
from rules.words import Bilingual
from tests.helpers.doubtful import doubtful_page
from tests.helpers.stated_reports import cell, stated_report

FORMS = FormSet.of().forms
FAILED = FailedFile("=cmd.html", "unreadable", Bilingual(zh="文件已损坏。", en="it is damaged"))
COPIED = CopiedReport("b.html", "a.html", "bytes", "甲县人民政府", "2023")
VERSION = CopiedReport(
    "c", "a", "version", "甲县", "2023", ("requests.granted.total", "disclosure.fees.amount")
)
LONGTING = load_case("longting-2023").path


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Extraction]]:
    paths = (LONGTING, load_case("hongze-2023").path, doubtful_page(tmp_path_factory.mktemp("reports")))
    return [(str(path), one) for path in paths for one in extract(path)]


def written(folder: Path, reports: list[tuple[str, Extraction]], **options: Any) -> tuple[Path, ...]:
    options = {"forms": FORMS, "language": "en", "failures": [FAILED], "copies": [COPIED]} | options
    return write_tables(folder, reports, **options)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(folder / f"{table}.parquet").to_pylist()
    return found


def opened(source: Any) -> Any:
    """A workbook as another library reads it."""
    return openpyxl.load_workbook(source)


def sheet_rows(book: Any, title: str) -> list[dict[str, Any]]:
    head, *below = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in below]


def test_parquet_has_every_cell_exactly(tmp_path: Path, reports: list[tuple[str, Extraction]]) -> None:
    written(tmp_path, reports, workbook=False)
    cells = [(one, cell) for _, one in reports for cell in one.cells]
    table = rows(tmp_path, "cells")
    assert len(table) == len(cells) > 500
    for row, (one, read) in zip(table, cells, strict=True):
        assert (row["report"], row["address"], row["printed"]) == (one.report, read.address, read.printed)
        assert row["value"] == (
            None
            if read.value is None
            else f"{read.value:f}"
            if isinstance(read.value, Decimal)
            else str(read.value)
        )
        assert row["integer"] == (read.value if isinstance(read.value, int) else None)
        assert row["decimal"] == (None if read.value is None else Decimal(read.value))
        assert (row["state"], row["status"], row["basis"]) == (read.state, read.status, read.basis)
        assert (row["line"], row["column"]) == (read.line, read.column)
        page = read.locator.page if read.locator is not None else None
        assert row["locator_page"] == page
    assert any(row["locator_page"] for row in table)


def test_rows_that_an_organ_added_are_in_the_tables_behind_the_forms(tmp_path: Path) -> None:
    added = cell("extra.requests.其中网上申请.total", "7", Status.UNCHECKED)
    one = stated_report("a", "甲县", "2023").model_copy(update={"extra": (added,)})
    written(tmp_path, [("a", one)])
    assert rows(tmp_path, "cells")[-1]["address"] == added.address
    shown = sheet_rows(opened(tmp_path / WORKBOOK), "Cells")[-1]
    assert (shown["address"], shown["value"]) == (added.address, 7)


@pytest.mark.parametrize("case", ["hongze-2023", "longting-2023"])
def test_records_go_to_parquet_with_integers_and_exact_decimals(tmp_path: Path, case: str) -> None:
    (one,) = extract(load_case(case).path)
    # As pandas hands a column of objects to pyarrow.
    parquet.write_table(pa.Table.from_pylist([dict(row) for row in one.records()]), tmp_path / "one.parquet")
    table = parquet.read_table(tmp_path / "one.parquet").to_pylist()
    assert [row["value"] for row in table] == [read.value for read in one.cells]
    assert [row["printed"] for row in table] == [read.printed for read in one.cells]


def test_parquet_has_findings_claims_reports_failures_and_copies(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    assert {path.name for path in written(tmp_path, reports)} == {*PARQUET_FILES, WORKBOOK}
    told = [finding for _, one in reports for finding in (*one.findings, *one.remarks)]
    findings = rows(tmp_path, "findings")
    assert [row["message_zh"] for row in findings] == [finding.message.zh for finding in told]
    assert [tuple(row["suspects"]) for row in findings] == [finding.suspects for finding in told]
    claims = [claim for _, one in reports for claim in one.narrative.claims]
    assert [row["printed"] for row in rows(tmp_path, "claims")] == [claim.printed for claim in claims]
    assert [row["verdict"] for row in rows(tmp_path, "reports")] == [one.verdict for _, one in reports]
    keys = ["410202:人民政府办公室", "320813", "410202:人民政府办公室"]
    assert [row["organ_key"] for row in rows(tmp_path, "reports")] == keys
    for row, (_, one) in zip(rows(tmp_path, "reports"), reports, strict=True):
        for status in Status:
            assert row[status] == sum(read.status is status for read in one.cells)
    assert rows(tmp_path, "failures")[0]["message_zh"] == "文件已损坏。"
    assert rows(tmp_path, "copies")[0]["copy_of"] == "a.html"


@pytest.mark.parametrize("printed", ["99999999999999999999", "12345.67890123456789", "0.10"])
def test_numbers_that_a_type_cannot_hold_stay_whole_as_text(tmp_path: Path, printed: str) -> None:
    one = stated_report("a", "甲县", "2023", {"disclosure.fees.amount": printed})
    written(tmp_path, [("a", one)])
    row = next(row for row in rows(tmp_path, "cells") if row["address"] == "disclosure.fees.amount")
    assert row["value"] == printed
    assert row["integer"] is None
    assert row["decimal"] in (None, Decimal(printed))
    shown = next(
        row
        for row in sheet_rows(opened(tmp_path / WORKBOOK), "Cells")
        if row["address"] == "disclosure.fees.amount"
    )
    assert shown["value"] == (0.1 if printed == "0.10" else printed)


def test_the_workbook_has_the_cells_that_were_read(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    written(tmp_path, reports)
    book = opened(tmp_path / WORKBOOK)
    titles = ["What to look at", "Reports", "Panel", "Cells", "Findings", "Failures", "Copies", "Alike"]
    assert book.sheetnames == titles
    cells = [(one, read) for _, one in reports for read in one.cells]
    shown = sheet_rows(book, "Cells")
    assert len(shown) == len(cells)
    for row, (one, read) in zip(shown, cells, strict=True):
        assert (row["report"], row["address"]) == (one.report, read.address)
        assert (row["printed"] or "") == read.printed
        assert row["value"] == (float(read.value) if isinstance(read.value, Decimal) else read.value)
        assert row["status"] == {"as_printed": "as printed", "absent": "not on the page"}.get(
            read.status, read.status
        )
    assert [row["what to look at"] for row in sheet_rows(book, "Findings")] == [
        finding.message.en for _, one in reports for finding in (*one.findings, *one.remarks)
    ]
    for title in titles:
        assert book[title].freeze_panes is not None
        assert book[title].auto_filter.ref is not None


# What the workbook says in words.
IN_WORDS = {
    "verdict",
    "level",
    "scan",
    "what is the same",
    "kind",
    "severity",
    "cause",
    "suspects",
    "differs in",
}


def test_the_other_sheets_say_what_the_parquet_files_do(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    written(tmp_path, reports, copies=[COPIED, VERSION])
    book = opened(tmp_path / WORKBOOK)
    compared = 0
    for table in TABLES:
        if table.name in ("reports", "findings", "failures", "copies"):
            names = {column.title.en: column.name for column in table.columns}
            exact, shown = rows(tmp_path, table.name), sheet_rows(book, table.title.en)
            assert len(exact) == len(shown) > 0
            for stated, row in zip(exact, shown, strict=True):
                for title in names.keys() & row.keys() - IN_WORDS:
                    exactly = stated[names[title]]
                    assert row[title] == exactly or float(row[title]) == float(exactly), (table.name, title)
                    compared += 1
    assert compared > 100


def test_people_who_open_the_workbook_read_words_and_no_codes(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    written(tmp_path, reports, language="zh", copies=[COPIED, VERSION], parquet=False)
    book = opened(tmp_path / WORKBOOK)
    assert sheet_rows(book, "读取失败")[0]["种类"] == "无法读取"
    same, version = sheet_rows(book, "副本")
    assert (same["报告"], same["另一份"], same["相同之处"]) == ("b.html", "a.html", "同一文件")
    assert version["相同之处"] == "同机关同年度，数字不同"
    assert version["不同之处"] == "(一)予以公开·总计; 行政事业性收费·本年收费金额"
    first = next(row for row in sheet_rows(book, "单元格") if row["机关"] == "龙亭区人民政府办公室")
    assert first["位置"] == "第33行第4字"


def test_the_whole_name_of_a_cell_is_seen(tmp_path: Path, reports: list[tuple[str, Extraction]]) -> None:
    written(tmp_path, reports, language="zh", parquet=False)
    page = opened(tmp_path / WORKBOOK)["单元格"]
    places = {entry.value: entry.column for entry in page[1]}
    long = next(
        row for row in page.iter_rows(min_row=2) if "逾期未按收费通知" in str(row[places["名称"] - 1].value)
    )
    assert long[places["名称"] - 1].alignment.wrap_text
    assert page.row_dimensions[long[0].row].height >= 30


def test_what_to_look_at_is_a_line_a_cause_with_the_most_telling_first(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    written(tmp_path, reports)
    lines = sheet_rows(opened(tmp_path / WORKBOOK), "What to look at")
    told = [f for _, one in reports for f in one.findings if f.severity != "hint"]
    keys = {(one.report, f.rule, f.cause) for _, one in reports for f in one.findings}
    assert len(lines) == len(keys)
    assert sum(line["times"] for line in lines) == len(told)
    order = {"not known": 0, "the page contradicts itself": 1, "the page doesn't state it": 2, "warning": 3}
    ranks = [order[line["cause"]] for line in lines]
    assert ranks == sorted(ranks)
    assert any(f.cause is Cause.UNRESOLVED for f in told)


def test_lines_lead_to_the_reports_from_the_folder_of_the_workbook(tmp_path: Path) -> None:
    folder, path = tmp_path / "out", doubtful_page(tmp_path)
    folder.mkdir()
    (one,) = extract(path)
    online = stated_report("b", None, None).model_copy(update={"findings": one.findings})
    written(folder, [(str(path), one), ("https://www.example.gov.cn/a.html", online)])
    book = opened(folder / WORKBOOK)
    for title in ("What to look at", "Reports"):
        below = book[title].iter_rows(min_row=2)
        links = {row[2].value: row[2].hyperlink.target.replace("\\", "/") for row in below}
        assert links == {one.report: "../doubtful.txt", "b": "https://www.example.gov.cn/a.html"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "{=1}"])
def test_no_text_of_a_page_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    one = stated_report(text, text, text, {}, cell("disclosure.fees.amount", "0", Status.DISPUTED))
    odd = one.model_copy(update={"cells": tuple(_printing(read, text) for read in one.cells), "report": text})
    written(tmp_path, [("http://a", odd)], failures=[FAILED._replace(file=text)], copies=[])
    book = opened(tmp_path / WORKBOOK)
    strings = set()
    for page in book:
        for row in page.iter_rows():
            for entry in row:
                assert entry.data_type != "f", (page.title, entry.coordinate)
                strings.add(entry.value)
                if entry.value == text and text[0] in "=+-@":
                    assert entry.quotePrefix, (page.title, entry.coordinate)
    assert text in strings


def _printing(read: Cell, text: str) -> Cell:
    return replace(read, printed=text)


def test_the_panel_has_every_figure_with_its_status_and_its_evidence(tmp_path: Path) -> None:
    doubt = cell("requests.granted.total", "6", Status.DISPUTED)
    figures = {"requests.handled_total.total": "12", "requests.received.total": "12"}
    made = [
        ("b", stated_report("b", "乙县人民政府", "2023", figures, doubt)),
        ("a2", stated_report("a2", "甲县人民政府", "2023", figures)),
        ("a1", stated_report("a1", "甲县人民政府", "2022", figures)),
        ("none", stated_report("none", None, None, figures)),
    ]
    written(tmp_path, made)
    panel = opened(tmp_path / WORKBOOK)["Panel"]
    assert [row[2].value for row in panel.iter_rows(min_row=2)] == ["b", "a1", "a2", "none"]
    head = [entry.value for entry in panel[1]]
    granted, share = head.index("granted"), head.index("share granted, wholly or in part")
    first = panel[2]
    assert (first[granted].value, first[granted + 1].value) == (6, "disputed")
    assert "requests" not in str(first[granted].comment.text)
    assert "granted·total: 6 · disputed" in first[granted].comment.text
    assert first[share].value == pytest.approx(0.5)
    assert "2 of 3 cells confirmed" in first[share].comment.text
    assert first[granted].fill.fgColor.rgb == "FFF8CBAD"
    second = panel[3]
    assert (second[granted].value, second[granted + 1].value) == (0, "confirmed")
    assert second[granted].comment is None


def test_the_workbook_speaks_chinese(tmp_path: Path, reports: list[tuple[str, Extraction]]) -> None:
    written(tmp_path, reports, language="zh", parquet=False)
    book = opened(tmp_path / WORKBOOK)
    assert book.sheetnames == ["先看这里", "报告", "指标", "单元格", "问题", "读取失败", "副本", "内容雷同"]
    assert sheet_rows(book, "读取失败")[0]["原因"] == "文件已损坏。"
    text = " ".join(str(value) for page in book for row in page.iter_rows(values_only=True) for value in row)
    assert "已证实" in text
    assert "confirmed" not in text


def test_of_very_many_reports_the_sheet_of_cells_has_what_is_not_settled(
    tmp_path: Path, reports: list[tuple[str, Extraction]]
) -> None:
    written(tmp_path, reports, count=writing.MOST_REPORTS_WITH_ALL_CELLS + 1)
    shown = sheet_rows(opened(tmp_path / WORKBOOK), "Cells")
    assert {row["status"] for row in shown} <= {"as printed", "disputed", "not on the page"}
    doubtful = {Status.AS_PRINTED, Status.DISPUTED, Status.ABSENT}
    assert len(shown) == sum(read.status in doubtful for _, one in reports for read in one.cells) > 0


def test_a_full_sheet_says_where_the_rest_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LAST_ROW", 50)
    written(tmp_path, [("a", stated_report("a", None, None))])
    shown = opened(tmp_path / WORKBOOK)["Cells"]
    assert shown.max_row == 51
    assert "Parquet" in str(shown.cell(51, 1).value)


def test_the_same_results_make_the_same_bytes(tmp_path: Path, reports: list[tuple[str, Extraction]]) -> None:
    first = {path.name: path.read_bytes() for path in written(tmp_path, reports)}
    assert {path.name: path.read_bytes() for path in written(tmp_path, reports)} == first


def test_nothing_is_written_unless_all_is(tmp_path: Path, reports: list[tuple[str, Extraction]]) -> None:
    def broken() -> Iterator[tuple[str, Extraction]]:
        yield from reports
        raise KeyboardInterrupt

    folder = tmp_path / "out"
    folder.mkdir()
    (folder / WORKBOOK).write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        write_tables(folder, broken(), forms=FORMS, language="en")
    assert [path.name for path in folder.iterdir()] == [WORKBOOK]
    assert (folder / WORKBOOK).read_bytes() == b"before"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="can't write to"):
        written(tmp_path / "file" / "out", reports)


def test_a_name_that_is_no_unicode_is_written_legibly(tmp_path: Path) -> None:
    name = b"\xb1\xa8\xb8\xe6.html".decode("utf-8", "surrogateescape")
    written(tmp_path, [(name, stated_report(name, None, None))], failures=[FAILED._replace(file=name)])
    assert rows(tmp_path, "reports")[0]["file"] == "����.html"
    opened(tmp_path / WORKBOOK)


def test_tables_and_columns_have_names_of_their_own() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES)
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name


def test_one_report_as_a_workbook_and_as_parquet() -> None:
    writers = {row.name: row.write for row in FORMATS}
    read = read_reports(LONGTING)
    presentation = Presentation(FORMS, "en", is_file=True)
    table = parquet.read_table(io.BytesIO(writers["parquet"](read, presentation)))
    assert table.num_rows == len(read[0].extraction.cells)
    book = opened(io.BytesIO(writers["xlsx"](read, presentation)))
    assert len(sheet_rows(book, "Cells")) == len(read[0].extraction.cells)

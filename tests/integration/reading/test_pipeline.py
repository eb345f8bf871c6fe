"""The pipeline as a caller sees it: documents stay with results, forms come in sets, errors name the file."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gold.cases import load_case
from extractor import (
    FormFileError,
    FormSet,
    InputError,
    InternalError,
    UnknownFormatError,
    extract,
    load_form_file,
    read_previous,
    read_reports,
)
from extractor.commands.app import app
from extractor.reports.opening import open_source
from rules.loader import STATISTICS_TABLE, all_built_in_forms, built_in_forms
from tests.helpers.packages import archive
from tests.integration.reading.test_foreign_form import FORM, PAGE

CASE, OTHER = load_case("longting-2023"), load_case("luodian-2019")
TWO = f"{CASE.text}\n{OTHER.text}".encode()

# --- a report and its document ---------------------------------------------------------------------------


def test_a_report_stays_with_the_document_that_its_figures_stand_in() -> None:
    (report,) = read_reports(CASE.path, name="龙亭")
    assert report.document.name == report.extraction.report == "龙亭"
    total = report.extraction.cell("requests.received.total")
    assert total.span is not None
    assert report.document.text[total.span.start : total.span.end] == total.printed
    assert (report.extraction,) == extract(CASE.path, name="龙亭")


def test_of_several_reports_each_has_a_document_of_its_own() -> None:
    first, second = read_reports(TWO, name="两份")
    assert [report.document.name for report in (first, second)] == ["两份#1", "两份#2"]
    assert "2019年" not in first.document.text
    assert second.document.text.endswith(OTHER.text)
    for report in (first, second):
        for cell in report.extraction.cells:
            if cell.span is not None:
                assert report.document.text[cell.span.start : cell.span.end] == cell.printed


def test_a_document_that_is_open_is_read_as_its_file_is() -> None:
    document = open_source(CASE.path)
    assert extract(document) == extract(CASE.path)
    assert extract(document, name="龙亭") == extract(CASE.path, name="龙亭")


def test_a_number_is_no_content() -> None:
    with pytest.raises(TypeError):
        open_source(5)  # type: ignore[arg-type]


# --- forms -----------------------------------------------------------------------------------------------


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    path = tmp_path / "library.yaml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_a_set_of_forms_is_those_given_before_those_that_ship(form_file: Path) -> None:
    form = load_form_file(form_file)
    forms = FormSet.of([form])
    assert forms.forms == (form, *all_built_in_forms())
    assert forms.families == ((form,), built_in_forms(), built_in_forms(STATISTICS_TABLE))
    assert FormSet.of(forms) is forms
    assert FormSet.from_files([form_file]).families[1] == built_in_forms()
    assert FormSet.of().families == (built_in_forms(), built_in_forms(STATISTICS_TABLE))


def test_a_set_of_forms_reads_as_its_forms_do(form_file: Path) -> None:
    page = PAGE.format(total=200).encode()
    (extraction,) = extract(page, forms=FormSet.from_files([form_file]))
    assert extraction.family == "library"
    assert (extraction,) == extract(page, forms=[load_form_file(form_file)])


def test_two_forms_of_one_edition_are_refused_before_anything_is_read(form_file: Path) -> None:
    form = load_form_file(form_file)
    with pytest.raises(FormFileError, match="two forms are edition 7 of library"):
        extract("/nowhere", forms=[form, form])


# --- errors ----------------------------------------------------------------------------------------------

UNREADABLE: dict[str, bytes] = {
    "empty": b"",
    "no report": "话说天下大势，分久必合。\n".encode() * 9,
    "no text": bytes(range(256)) * 9,
    "damaged PDF": b"%PDF-1.7\n1 0 obj",
    "damaged picture": b"\x89PNG\r\n\x1a\n\0\0",
    "damaged ZIP": b"PK\x03\x04" + b"\0" * 50,
    "damaged compound file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "packed": b"7z\xbc\xaf\x27\x1c\0\4",
    "mail without a page": b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello",
    "mail in broken base64": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nabcde",
    "archive without a report": archive({"读我.txt": b"hello"}),
    "archive of two reports": archive({"a.txt": CASE.text.encode(), "b.txt": OTHER.text.encode()}),
    "archive with a damaged file": archive({"a.pdf": b"%PDF-1.7\n1 0 obj", "b.txt": b"hello"}),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_error_names_the_file_once(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "年报"
    path.write_bytes(UNREADABLE[kind])
    with pytest.raises(InputError) as caught:
        extract(path)
    for message in (caught.value.message.zh, caught.value.message.en):
        assert message.count(str(path)) == 1, message


@pytest.mark.parametrize("kind", ["missing", "directory"])
def test_so_does_that_of_a_path_without_a_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path if kind == "directory" else tmp_path / "年报"
    with pytest.raises(InputError) as caught:
        extract(path, name="report")
    assert str(caught.value).count(str(path)) == 1


def test_last_years_report_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "两份.txt"
    path.write_bytes(TWO)
    with pytest.raises(UnknownFormatError, match=f"^{path} holds 2 reports") as caught:
        read_previous(path)
    assert caught.value.message.zh.startswith(f"{path} 中有 2 份报告")


def broken(*_: object, **__: object) -> None:
    raise IndexError("list index out of range")


@pytest.mark.parametrize("station", ["open_source", "read_by_layout", "verify", "with_narrative"])
def test_an_error_that_nothing_foresaw_names_the_file_and_keeps_its_traceback(
    station: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"extractor.pipeline.{station}", broken)
    with pytest.raises(InternalError) as caught:
        extract(CASE.path, name="龙亭.txt")
    error = caught.value
    assert str(error) == (
        "reading 龙亭.txt made gongkai fail (IndexError); this is a bug: please report it, with the file"
    )
    assert error.message.zh == (
        "读取 龙亭.txt 时程序出错（IndexError）。这是 gongkai 的缺陷，请连同该文件一并报告。"
    )
    assert isinstance(error.__cause__, IndexError)
    assert "in broken\n" in error.traceback
    assert error.traceback.endswith("IndexError: list index out of range\n")


def test_it_does_not_end_a_run_over_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.pipeline.verify", broken)
    path = str(CASE.path)
    run = CliRunner().invoke(app, ["check", "--lang", "en", path, "/nowhere", path])
    assert run.exit_code == 2
    assert run.stderr.count("please report it") == 2
    assert "Traceback" not in run.output


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_person_who_stops_it_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.pipeline.verify", interrupted)
    with pytest.raises(KeyboardInterrupt):
        extract(CASE.path)


@pytest.mark.parametrize("function", [extract, read_reports])
def test_both_ways_to_call_it_take_the_same(function: Callable[..., object]) -> None:
    names = ["source", "forms", "name", "asking", "previous", "decisions"]
    assert list(inspect.signature(function).parameters) == names

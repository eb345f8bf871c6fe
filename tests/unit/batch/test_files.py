"""What a batch is to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.batch.copies import CopyKind, copies_among
from extractor.batch.files import FileToRead, Given, Shard, files_in
from extractor.batch.manifest import read_manifest
from extractor.batch.outcome import ReportFacts
from extractor.errors import InputError
from extractor.organs.organ_list import OrganList


def test_a_file_is_read_once_and_named_if_it_was_anywhere(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".c.txt", "~$d.docx", "deep/.git/x", "deep/e.txt", "out/reports.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    folder = str(tmp_path)
    found = files_in([folder, f"{folder}/./a.txt", f"{folder}/*.txt"], [], str(tmp_path / "out"))
    assert [(os.path.relpath(file.path, tmp_path), file.is_named) for file in found] == [
        ("a.txt", True),
        ("b.txt", False),
        ("deep/e.txt", False),
    ]
    deep = files_in([f"{folder}/**/*.txt"], [], str(tmp_path / "out"))
    assert [Path(file.path).name for file in deep] == ["a.txt", "b.txt", "e.txt"]
    with pytest.raises(InputError, match="no files to read"):
        files_in([], [], str(tmp_path))


def test_a_name_with_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "[2023]年报.txt"
    path.touch()
    assert [file.path for file in files_in([str(path)], [], str(tmp_path))] == [str(path)]


def test_each_file_is_in_one_part() -> None:
    files = [FileToRead(f"{number}.txt") for number in range(1000)]
    parts = [[file for file in files if Shard(number, 8).holds(file)] for number in range(1, 9)]
    assert sorted(file for part in parts for file in part) == sorted(files)
    assert all(90 < len(part) < 160 for part in parts)
    # The files in an archive are where the archive is.
    inside = FileToRead("7.txt", "any")
    assert [Shard(number, 8).holds(inside) for number in range(1, 9)] == [
        Shard(number, 8).holds(files[7]) for number in range(1, 9)
    ]


MANIFEST = (
    "文件,机关,代码,年度,网址,抓取日期\n一/a.txt,某县,320800,2023,http://x/a,2024-02-01\n,,,,,\nb.txt,,,,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_manifest_says_what_is_known_of_files(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(MANIFEST, encoding=encoding)
    assert read_manifest(tmp_path / "list.csv") == [
        FileToRead(
            str(tmp_path / "一/a.txt"),
            is_named=True,
            given=Given("某县", "320800", "2023", "http://x/a", "2024-02-01"),
        ),
        FileToRead(str(tmp_path / "b.txt"), is_named=True),
    ]


def test_a_manifest_may_be_a_workbook(tmp_path: Path) -> None:
    from datetime import date

    from xlsxwriter import Workbook

    with Workbook(str(tmp_path / "list.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["File", "year", "code", "fetched"])
        sheet.write_row(1, 0, ["a.txt", 2023, 320800])
        sheet.write_datetime(1, 3, date(2024, 2, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    (file,) = read_manifest(tmp_path / "list.xlsx")
    assert file.given == Given(code="320800", year="2023", fetched="2024-02-01")


@pytest.mark.parametrize("content", [b"name,year\na,1\n", b"", b"PK\x03\x04 no workbook", b"\xff\xff\xff"])
def test_what_is_no_manifest_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(InputError):
        read_manifest(tmp_path / "list")


def test_copies_are_told_by_what_is_most_in_common() -> None:
    def facts(text: str, figures: str | None, organ: str | None = "某县", year: str = "2023") -> ReportFacts:
        return ReportFacts(organ, year, "verified", text, figures)

    reports = [
        ("a", facts("1", "f")),
        ("b", facts("1", "f", "另县")),
        ("c", facts("2", "f", "另县", "2022")),
        ("d", facts("3", "g")),
        ("e", facts("4", None, None)),
        ("f", facts("5", None, None)),
        # One organ by two names; two organs by one.
        ("g", facts("6", None, "洪泽区人民政府")),
        ("h", facts("7", None, "江苏省淮安市洪泽区人民政府")),
        ("i", facts("8", None, "鼓楼区人民政府")),
        ("j", facts("9", None, "鼓楼区人民政府")),
        ("k", facts("10", None, "南京市鼓楼区人民政府")),
        ("l", facts("11", None, "江苏省南京市鼓楼区人民政府")),
    ]
    found = [(copy.report, copy.copy_of, copy.kind) for copy in copies_among(reports, OrganList())]
    assert found == [
        # What an earlier year has was there first.
        ("a", "c", CopyKind.FIGURES),
        ("b", "a", CopyKind.TEXT),
        ("d", "a", CopyKind.VERSION),
        ("h", "g", CopyKind.VERSION),
        ("l", "k", CopyKind.VERSION),
    ]

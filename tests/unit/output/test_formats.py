"""The table of output formats, and writing their bytes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from extractor import OutputError
from extractor.output.files import write_file, write_standard_output
from extractor.output.formats import FORMATS, format_of_ending
from extractor.output.presentation import Presentation
from extractor.output.text import to_text
from extractor.pipeline import read_reports
from rules.loader import all_built_in_forms, built_in_forms

FORMS = tuple(built_in_forms())


def test_no_two_formats_share_a_name_or_an_ending() -> None:
    names = [row.name for row in FORMATS]
    endings = [ending for row in FORMATS for ending in row.endings]
    assert len(names) == len(set(names))
    assert len(endings) == len(set(endings))
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.json", "json"),
        ("a.JSONL", "json"),
        ("a.b.csv", "csv"),
        ("a.Txt", "text"),
        ("a", "text"),
        (".csv", "text"),
        ("/dev/stdout", "text"),
        ("a.csv/b", "text"),
    ],
)
def test_the_ending_names_the_format(name: str, expected: str) -> None:
    assert format_of_ending(Path(name)).name == expected


@pytest.mark.parametrize("name", ["a.nothing", "a.NOTHING", "a.csv.gz", "a.", "2023.12"])
def test_an_ending_that_nothing_writes_is_refused(name: str) -> None:
    path = Path(name)
    if not path.suffix:
        assert format_of_ending(path).name == "text"
        return
    with pytest.raises(OutputError) as caught:
        format_of_ending(path)
    for text in (caught.value.message.zh, caught.value.message.en):
        assert path.suffix in text
        assert all(ending in text for row in FORMATS for ending in row.endings)
        assert "--to" in text


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_every_writer_makes_bytes_that_are_what_its_row_says(row: object) -> None:
    (output_format,) = (known for known in FORMATS if known is row)
    reports = read_reports("tests/data/planted.txt")
    for presentation in (Presentation(FORMS, "zh"), Presentation(FORMS, "en", is_file=True)):
        content = output_format.write(reports, presentation)
        assert isinstance(content, bytes)
        if not output_format.is_binary:
            assert "106" in content.decode("utf-8")
        assert output_format.write(reports, presentation) == content


def test_standard_output_takes_bytes_that_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", errors="replace"))
    print("a", end="")
    write_standard_output(b"PK\x03\x04\xff", is_binary=True)
    write_standard_output("表b".encode(), is_binary=False)
    assert raw.getvalue() == b"aPK\x03\x04\xff?b"


def test_a_file_is_written_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.xlsx"
    write_file(target, b"\xff old", None)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, b"new", None)
    assert target.read_bytes() == b"\xff old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_unit_stands_above_a_column_only_if_all_of_it_counts_the_same() -> None:
    rows = "一、收到申请数 | 件 | 8\n六、举报投诉数量 | 件 | 0\n七、依申请公开信息收取的费用 | 元 | 12.50\n"
    text = f"临江县2015年政府信息公开工作年度报告\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数\n{rows}"
    shown = to_text(read_reports(text.encode()), Presentation(all_built_in_forms(), "zh")).decode()
    lines = [line.split() for line in shown.splitlines()]
    assert ["统计数"] in lines
    assert any(words[0].endswith("费用（元）") and words[1] == "12.50" for words in lines if len(words) > 1)

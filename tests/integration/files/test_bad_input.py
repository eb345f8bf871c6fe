"""Bad input: a clear message in the reader's language, the right exit status, nothing invented."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor import (
    InputError,
    NoReportError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
    extract,
)
from extractor.commands.app import app
from tests.helpers.sweeps import times

NOVEL = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。共 108 人，第 1 回。\n" * 2000


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(i % 251 for i in range(64 * (1 + 64 * 3))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def write(path: Path, kind: str) -> Path:
    if kind == "directory":
        path.mkdir()
    elif kind == "missing":
        pass
    elif kind == "large":
        with path.open("wb") as stream:
            stream.truncate(100 * 1024 * 1024)
    else:
        path.write_bytes(
            {
                "empty": b"",
                "blank": b" \n\t\n",
                "png": png()[:99],
                "binary": bytes(range(256)) * 9,
                "novel": NOVEL.encode(),
                "pdf": b"%PDF-1.7\n1 0 obj",
            }[kind]
        )
    return path


@pytest.mark.parametrize(
    ("kind", "error", "zh", "en"),
    [
        ("empty", NoReportError, "没有政府信息公开工作年度报告", "holds no annual report"),
        ("blank", NoReportError, "没有政府信息公开工作年度报告", "holds no annual report"),
        ("novel", NoReportError, "没有政府信息公开工作年度报告", "holds no annual report"),
        ("png", UnreadableError, "已损坏或不完整", "is damaged"),
        ("pdf", UnreadableError, "损坏的 PDF 文件", "a damaged PDF"),
        ("binary", UnknownFormatError, "不是文本文件", "no text"),
        ("large", TooLargeError, "超过 32 MB", "larger than 32 MB"),
        ("directory", UnreadableError, "是文件夹", "is a directory"),
        ("missing", UnreadableError, "无法读取", "can't read"),
    ],
)
def test_each_kind(tmp_path: Path, kind: str, error: type[InputError], zh: str, en: str) -> None:
    path = write(tmp_path / "x.txt", kind)
    with pytest.raises(error) as caught:
        extract(path)
    assert zh in caught.value.message.zh
    assert en in str(caught.value)
    for command in ("extract", "check"):
        for language, words in (("zh", zh), ("en", en)):
            run = CliRunner().invoke(app, [command, str(path), "--lang", language])
            assert (run.exit_code, run.stdout) == (2, "")
            assert words in run.stderr
            assert "Traceback" not in run.stderr


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.txt", "novel")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # As root, which CI may be, no mode bits keep a file from being read.
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UnreadableError, match="Permission denied") as caught:
        extract(path)
    assert "没有权限" in caught.value.message.zh


def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(TooLargeError):
        extract("/dev/zero")


@pytest.mark.parametrize("source", ["a\0b", "某县2023年政府信息公开工作年度报告\n一、总体情况\n"])
def test_a_text_given_for_a_path(source: str) -> None:
    with pytest.raises(UnreadableError, match="pass bytes"):
        extract(source)


@pytest.mark.parametrize(
    "data", [b"Rar!\x1a\x07\x01\x00", b"Rar!\x1a\x07\x00\xcf", b"7z\xbc\xaf\x27\x1c\0\4"]
)
def test_archives_that_are_not_read_are_to_be_unpacked(data: bytes) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        extract(data, name="附件")
    message = caught.value.message
    assert message.zh == "附件 是 RAR 或 7z 压缩包。请解压后给出其中的报告。"
    assert message.en == "附件 is a RAR or 7z archive; unpack it and name the report in it"


def test_any_kind_of_bytes_and_any_name() -> None:
    data = "某县2023年政府信息公开工作年度报告\n".encode()
    for source in (data, bytearray(data), memoryview(data)):
        assert extract(source, name="")[0].report == ""


def test_a_report_whose_tables_are_pictures_is_kept_and_flagged() -> None:
    (extraction,) = extract("某县2023年政府信息公开工作年度报告\n一、总体情况\n略。\n".encode())
    assert extraction.verdict == "needs_review"
    assert extraction.cells == ()
    assert [finding.rule for finding in extraction.findings] == ["no-table"]
    assert extraction.header.organ is not None
    assert extraction.header.organ.value == "某县"


@settings(max_examples=times(60, 400))
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_result_or_an_input_error(data: bytes) -> None:
    with suppress(InputError):
        extract(data)


LABELS = (
    "规章 行政许可 总计 其他 本年制发件数 自然人 一、本年新收政府信息公开申请数量 （六）其他处理 3.其他 "
    "三、 商业 结果维持 行政复议 0 7 减3 1,234 — 信息内容"
)
WORDS = st.sampled_from([*LABELS.split(), "|", "\t", "\n", " "])


@settings(max_examples=times(60, 600))
@given(st.lists(WORDS, max_size=60))
def test_fragments_of_forms_never_break_the_reader(words: list[str]) -> None:
    text = "".join(words)
    try:
        (extraction,) = extract(text.encode())
    except NoReportError:
        return
    for cell in extraction.cells:
        if cell.span is not None:
            assert text[cell.span.start : cell.span.end] == cell.printed

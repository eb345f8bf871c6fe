"""Kinds by content, and archives of one report's attachments; hostile ones are refused."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from eval.gold.cases import load_case
from eval.zoo import Layout, documents
from extractor import (
    Extraction,
    InputError,
    NoReportError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
    extract,
)
from extractor.documents.archives.bounded import Archive
from extractor.documents.formats import format_of
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.documents.word import libreoffice
from extractor.platforms.here import HERE
from tests.helpers.packages import archive, compound, gbk_archive, paragraph, word
from tests.helpers.sweeps import times
from tests.helpers.word_files import report

TEXT = load_case("longting-2023").path.read_bytes()
WORD = report(load_case("longting-2023"), merged=True)
LETTER = "关于报送材料的函\n请查收。\n".encode()


def picture() -> bytes:
    data = BytesIO()
    Image.new("L", (60, 60), 255).save(data, "PNG")
    return data.getvalue()


PICTURE = picture()
SHEET = archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})
OFD = archive({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"})
REPORT_AS_OFD = next(documents(Layout.OFD_LINES, 3, 1)).data
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def read(data: bytes) -> Extraction:
    (extraction,) = extract(data, name="附件.zip")
    return extraction


def refused(data: bytes, error: type[InputError]) -> InputError:
    with pytest.raises(error) as caught:
        extract(data, name="附件.zip")
    assert "附件.zip" in caught.value.message.zh
    return caught.value


# --- kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WORD, "DOCX"),
        (compound({"WordDocument": bytes(12)}), "DOC"),
        (compound({"WordDocument": bytes(12), "1Table": b"", "Data": b""}), "DOC"),
        (b"{\\rtf1\\ansi x}", "RTF"),
        (archive({"mimetype": OPEN_DOCUMENT + "text", "content.xml": "<x/>"}), "ODT"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "Word XML"),
        (archive({"a.txt": TEXT}), "ZIP"),
        (OFD, "OFD"),
        (b"\xef\xbb\xbf%PDF-1.7", "PDF"),
        (PICTURE, "picture"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>", "MHTML"),
        (b"<p>x", "HTML"),
        (TEXT, "text"),
        (b"", "text"),
    ],
)
def test_kinds_are_told_by_content(data: bytes, kind: str) -> None:
    assert format_of(Source(data, "report.xyz")).name == kind


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        (SHEET, "电子表格"),
        (archive({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "演示文稿"),
        (archive({"[Content_Types].xml": "", "visio/document.xml": ""}), "其他程序的文件"),
        (archive({"mimetype": OPEN_DOCUMENT + "spreadsheet"}), "电子表格"),
        (archive({"mimetype": OPEN_DOCUMENT + "graphics"}), "其他程序的文件"),
        (compound({"Workbook": b""}), "电子表格"),
        (compound({"PowerPoint Document": b""}), "演示文稿"),
        (compound({"CONTENTS": b""}), "其他程序的文件"),
    ],
)
def test_files_of_other_programs_are_told(data: bytes, zh: str) -> None:
    assert zh in refused(data, UnknownFormatError).message.zh


def test_an_ofd_is_a_report_alone_or_in_an_archive() -> None:
    assert format_of(Source(OFD, "报告.ofd")).name == "OFD"
    assert read(archive({"报告.ofd": REPORT_AS_OFD, "函.txt": LETTER})).report == "附件.zip/报告.ofd"
    # One that can't be read may be the report; beside the same one that can be it isn't missed.
    assert "附件.zip/报告.ofd is damaged" in str(
        refused(archive({"报告.ofd": OFD, "函.txt": LETTER}), UnreadableError)
    )
    assert read(archive({"报告.ofd": OFD, "报告.txt": TEXT})).report == "附件.zip/报告.txt"


def locked_zip() -> bytes:
    data = bytearray(archive({"a.txt": TEXT}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        locked_zip(),
        compound({"EncryptedPackage": b"", "EncryptionInfo": b""}),
        compound({"WordDocument": bytes(11) + b"\x01"}),
        archive(
            {
                "mimetype": OPEN_DOCUMENT + "text",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
            }
        ),
    ],
    ids=["zip", "docx", "doc", "odt"],
)
def test_encrypted_files_are_told(data: bytes) -> None:
    assert "is encrypted; remove its password" in str(refused(data, UnreadableError))


# --- archives of attachments -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [TEXT, WORD], ids=["text", "docx"])
def test_the_one_report_in_an_archive_is_read(content: bytes) -> None:
    alone = read(archive({"报告": content}))
    among = read(
        archive({"x/函.txt": LETTER, "x/章.png": PICTURE, "x/表.xlsx": SHEET, "x/报告.txt": content})
    )
    assert alone.verdict == among.verdict == "verified"
    assert (alone.report, among.report) == ("附件.zip/报告", "附件.zip/x/报告.txt")


def test_names_from_chinese_windows_are_shown_right() -> None:
    data = gbk_archive({"某县\\年度报告.txt": TEXT})
    with zipfile.ZipFile(BytesIO(data)) as plain:
        assert "年度报告" not in plain.namelist()[0]
    assert read(data).report == "附件.zip/某县/年度报告.txt"
    assert read(archive({"a\x1b[2J\n.txt": TEXT})).report == "附件.zip/a\ufffd[2J\ufffd.txt"


def test_several_reports_are_told_by_name() -> None:
    error = refused(archive({"2022年.txt": TEXT, "2023年.docx": WORD, "函.txt": LETTER}), UnknownFormatError)
    assert "附件.zip 中有 2 份报告（2022年.txt、2023年.docx）。请解压后逐份给出。" in error.message.zh
    assert "holds 2 reports (2022年.txt, 2023年.docx)" in str(error)


def test_a_report_with_tables_goes_before_a_letter_that_only_names_it() -> None:
    letter = "关于公布政府信息公开工作年度报告的通知\n".encode()
    assert read(archive({"a.txt": letter, "b.txt": TEXT})).report == "附件.zip/b.txt"


@pytest.mark.parametrize(
    "files",
    [{}, {"章.png": PICTURE}, {"a.txt": LETTER, "b.txt": LETTER}, {"内.zip": archive({"报告.txt": TEXT})}],
    ids=["nothing", "a picture", "letters", "an archive"],
)
def test_an_archive_without_a_report(files: dict[str, bytes]) -> None:
    assert "holds no annual report" in str(refused(archive(files), NoReportError))


def test_what_kept_a_report_from_being_found_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(type(HERE), "office_programs", lambda _: [])
    old = compound({"WordDocument": bytes(12)})
    with pytest.raises(InputError, match=r"reading 附件\.zip/报告\.doc takes LibreOffice"):
        extract(archive({"报告.doc": old, "函.txt": LETTER}), name="附件.zip")
    # Where another one is the report, it doesn't matter.
    assert read(archive({"a.doc": old, "b.txt": TEXT})).verdict == "verified"


# --- hostile files ---------------------------------------------------------------------------------------


def lying(size: int) -> bytes:
    """A megabyte of zeros that claims to be less."""
    data = bytearray(archive({"a.txt": bytes(1 << 20)}))
    for place in (22, data.rindex(b"PK\x01\x02") + 24):
        data[place : place + 4] = struct.pack("<I", size)
    return bytes(data)


def in_other_compression() -> bytes:
    data = bytearray(archive({"a.txt": TEXT}))
    for place in (8, data.rindex(b"PK\x01\x02") + 10):
        data[place : place + 2] = struct.pack("<H", zipfile.ZIP_LZMA)
    return bytes(data)


def overlapping() -> bytes:
    """Two thousand names for one bomb of ten megabytes."""
    data = archive({"a.txt": bytes(10 << 20)})
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % i) for i in range(2000))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(entries), start, 0)
    return data[:start] + entries + tail


def nameless() -> bytes:
    """An archive of one file whose name is empty."""
    crc, size = zlib.crc32(TEXT), len(TEXT)
    entry = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, size, size, 0, 0) + TEXT
    directory = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, crc, size, size, 0, 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(entry), 0)
    return entry + directory + end


def test_a_file_without_a_name_is_told() -> None:
    error = refused(nameless(), UnreadableError)
    assert "其中有文件没有名称" in error.message.zh
    assert "a file in it has no name" in str(error)
    # One of control characters has a name.
    controls = archive({"NAMELESS": TEXT}).replace(b"NAMELESS", bytes(8))
    assert read(controls).report == "附件.zip/" + 8 * "\ufffd"


def nested() -> bytes:
    return archive({"0.zip": archive({"0.zip": archive({"0.txt": bytes(1 << 20)})})})


# Made when they are wanted: that takes seconds.
BOMBS: dict[str, tuple[Callable[[], bytes], type[InputError]]] = {
    "five of 30 MB": (lambda: archive({f"{i}.txt": bytes(30 << 20) for i in range(5)}), TooLargeError),
    "40 MB": (lambda: archive({"a.txt": bytes(40 << 20)}), TooLargeError),
    "201 files": (lambda: archive({f"{i}.txt": b"" for i in range(201)}), TooLargeError),
    "5000 files": (lambda: archive({f"{i}.txt": b"" for i in range(5000)}), TooLargeError),
    "six to convert": (lambda: archive({f"{i}.rtf": b"{\\rtf1 x}" for i in range(6)}), TooLargeError),
    "overlapping": (overlapping, TooLargeError),
    "40 MB of Word": (lambda: word(paragraph("0" * (40 << 20))), TooLargeError),
    "a lie about its size": (lambda: lying(1000), UnreadableError),
    "another compression": (in_other_compression, UnreadableError),
    "archives in archives": (nested, NoReportError),
    "half a Word file": (lambda: WORD[:9000], UnreadableError),
    "the start of an archive": (lambda: b"PK\x03\x04", UnreadableError),
    "the start of a compound file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnreadableError),
    "half a compound file": (lambda: compound({"WordDocument": bytes(9000)})[:700], UnreadableError),
}


@pytest.mark.parametrize(("made", "error"), BOMBS.values(), ids=BOMBS)
def test_bombs_and_damage_are_refused_in_bounded_time_and_memory(
    made: Callable[[], bytes], error: type[InputError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "read_by_libreoffice", lambda source, _: read_text(source))
    data = made()
    start = time.monotonic()
    tracemalloc.start()
    try:
        refused(data, error)
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
    assert time.monotonic() - start < 10


@settings(max_examples=times(60, 400))
@given(
    st.sampled_from(
        [WORD[:3000] + WORD[-3000:], archive({"a": TEXT}), compound({"WordDocument": bytes(12)})]
    ),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=9),
)
def test_a_damaged_container_ends_in_a_result_or_an_input_error(
    data: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(InputError):
        if format_of(Source(bytes(damaged), "x")).needs is None:
            extract(bytes(damaged))


def test_an_archive_reads_what_it_holds() -> None:
    content = Archive(BytesIO(archive({"a/": b"", "a/b.TXT": TEXT})), "x")
    assert list(content) == ["a/b.TXT"]
    assert content.read("A/B.txt") == TEXT

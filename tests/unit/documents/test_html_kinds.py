"""Which bytes are a web page, and in which encoding: their content decides."""

from __future__ import annotations

import codecs

import pytest

from extractor.documents.source import Source
from extractor.documents.web.decoding import is_html
from extractor.documents.web.page import read_html
from extractor.errors import UnknownFormatError
from extractor.reports.opening import open_document

PAGE = "<meta charset={}><p>某县人民政府2023年政府信息公开工作年度报告</p>"
TITLE = "某县人民政府2023年政府信息公开工作年度报告\n"


# --- kind and encoding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gbk", "gb18030"),
        ("gb18030", "gb18030", "gb18030"),
        # The declaration is wrong: the bytes decide.
        ("utf-8", "gbk", "gb18030"),
        ("gbk", "utf-8", "utf-8"),
        ("iso-8859-1", "gbk", "gb18030"),
        ("big5", "gbk", "gb18030"),
        ("nonsense", "utf-8", "utf-8"),
        ("utf-16", "utf-8", "utf-8"),
        # What only the declaration can tell.
        ("big5", "big5", "big5"),
    ],
)
def test_encodings(declared: str, encoding: str, found: str) -> None:
    page = PAGE.replace("县", "縣").format(declared) if encoding == "big5" else PAGE.format(declared)
    title = TITLE.replace("县", "縣") if encoding == "big5" else TITLE
    if encoding == "big5":
        page, title = (text.replace("报", "報").replace("开", "開") for text in (page, title))
        page, title = (text.replace("信息", "資訊") for text in (page, title))
    document = open_document(page.encode(encoding), "x")
    assert (document.text, document.encoding, document.undecodable) == (title, found, 0)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + PAGE.format("gbk").encode(),
        codecs.BOM_UTF16_LE + PAGE.format("utf-8").encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PAGE.format("utf-8").encode("utf-16-be"),
        (PAGE.format("utf-16") + "<br>" * 20).encode("utf-16-le"),
        PAGE.format("utf-8").replace("县", "县\0").encode(),
        PAGE.format("gbk").replace("县", "县\0").encode("gbk"),
    ],
)
def test_marks_and_nuls(data: bytes) -> None:
    assert open_document(data, "x").text == TITLE


def test_broken_bytes_are_counted() -> None:
    data = (PAGE.format("utf-8") + "政府信息公开" * 100).encode() + b"\xff"
    assert read_html(Source(data, "x")).undecodable == 1


def test_utf_8_that_was_read_as_gbk_is_left_as_it_is() -> None:
    misread = "总体情况".encode().decode("gbk")
    assert read_html(Source(f"<p>{misread}".encode(), "x")).text == f"{misread}\n"


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "<!doctype HTML PUBLIC 'x'><HTML>",
        '<?xml version="1.0"?>\n<!-- saved from url=(0014)about:internet -->\n<html xmlns="x">',
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns="http://www.w3.org/TR/REC-html40">',
        "<p style='text-align:center'>",
        "\r\n  <TABLE border=1>",
        "<![if x]><div class=x>",
        "<script>",
        "# 标题\n\n<table><tr><td>甲</td></tr></table>\n",
        "标题\n<table>\n<tr style='x'>\n<th>甲",
    ],
)
def test_what_is_a_page(start: str) -> None:
    assert is_html(start.encode())
    assert is_html(codecs.BOM_UTF8 + start.encode())
    if not start.startswith(("#", "标")):
        assert is_html(start.encode("utf-16"))


@pytest.mark.parametrize(
    "start",
    [
        "<中华人民共和国政府信息公开条例>",
        "一、总体情况\n",
        "a < b > c",
        "<party>",
        "",
        "<",
        "<!-- <p>",
        "规章 | 0 |\n",
    ],
)
def test_what_is_none(start: str) -> None:
    assert not is_html(start.encode())


def test_what_is_no_text_at_all() -> None:
    with pytest.raises(UnknownFormatError):
        read_html(Source(b"<p>" + bytes(range(128, 256)) * 20, "x"))

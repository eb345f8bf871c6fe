"""Web archives: the page among the parts of a message."""

from __future__ import annotations

import base64
import codecs
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.source import Source
from extractor.documents.web.mhtml import is_mhtml, read_mhtml
from extractor.errors import GongkaiError, UnknownFormatError
from extractor.reports.opening import open_document

PAGE = "<html><head><title>x</title></head><body><p>政府信息公开=1</p></body></html>"
HEAD = "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
HEAD += 'Content-Type: {};\r\n\tboundary="--=_b(1)"\r\n\r\n'


def archive(part: bytes, kind: str = "multipart/related", line: bytes = b"\r\n") -> bytes:
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    border = b"----=_b(1)\r\n"
    data = HEAD.format(kind).encode() + b"preamble\r\n" + border + picture + border + part
    return (data + b"\r\n----=_b(1)--\r\n").replace(b"\r\n", line)


def html(body: bytes, transfer: str, charset: str = "utf-8") -> bytes:
    head = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize("line", [b"\r\n", b"\n"], ids=["CRLF", "LF"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit", "BASE64 "])
def test_an_archive_is_read_as_its_page(line: bytes, charset: str, transfer: str) -> None:
    body = PAGE.encode(charset)
    if transfer == "quoted-printable":
        body = quopri.encodestring(body)
    elif transfer != "8bit":
        body = base64.encodebytes(body)
    data = archive(html(body, transfer), line=line)
    assert is_mhtml(data)
    assert open_document(data, "x.mht").text == "政府信息公开=1\n"
    assert is_mhtml(codecs.BOM_UTF8 + data)


def test_the_charset_of_the_part_tells_what_the_bytes_cannot() -> None:
    data = archive(html("<p>政府資訊".encode("big5"), "8bit", "big5"))
    assert read_mhtml(Source(data, "x")).encoding == "big5"
    assert open_document(data, "x").text == "政府資訊\n"


def test_style_sheets_that_came_with_the_page_hide_what_they_hide() -> None:
    page = "<link rel=stylesheet href='cid:css-1@x'><table><tr><td>a<td><i>77</i>185</table>"
    sheet = b"Content-Type: text/css\r\nContent-ID: <css-1@x>\r\n\r\ni{display:none}"
    data = archive(html(page.encode(), "8bit") + b"\r\n----=_b(1)\r\n" + sheet)
    assert open_document(data, "x").text == "a\t185\n"


def test_a_border_begins_a_line() -> None:
    data = archive(html(b"<p>1 ----=_b(1)\r\n2", "8bit"))
    assert open_document(data, "x").text == "1 ----=_b(1) 2\n"


def test_parts_in_parts_and_a_message_of_one_part() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="i"\r\n\r\n'
    inner += "--i\r\nContent-Type: text/plain\r\n\r\nno\r\n--i\r\n"
    nested = archive(inner.encode() + html(PAGE.encode(), "8bit") + b"\r\n--i--")
    alone = b"MIME-Version: 1.0\r\n" + html(PAGE.encode(), "8bit")
    for data in (nested, alone):
        assert open_document(data, "x").text == "政府信息公开=1\n"


def test_the_part_that_the_head_names_is_the_page() -> None:
    last_year = html("<p>政府信息公开=0</p>".encode(), "8bit")
    page = b"Content-ID: <root@x>\r\n" + html(PAGE.encode(), "8bit")
    both = last_year + b"\r\n----=_b(1)\r\n" + page
    named = archive(both, 'multipart/related; start="<root@x>"')
    assert open_document(named, "x").text == "政府信息公开=1\n"
    assert open_document(archive(both), "x").text == "政府信息公开=0\n"


@pytest.mark.parametrize(
    "data", [archive(b"Content-Type: text/plain\r\n\r\nx"), archive(html(b"A", "base64")), archive(b"")]
)
def test_an_archive_without_a_page_is_told_so(data: bytes) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        open_document(data, "x")
    assert "x 是" in caught.value.message.zh
    assert "网页" in caught.value.message.zh


@pytest.mark.parametrize(
    "data", [b"", b"MIME-Version: 1.0\n\nx", b"Content-Type: text/html\n\n<p>", "标题: 1\n\n正文".encode()]
)
def test_what_is_none(data: bytes) -> None:
    assert not is_mhtml(data)


@given(st.binary(max_size=200), st.binary(max_size=100))
def test_any_bytes_after_the_head_end_in_a_document_or_an_error_of_ours(head: bytes, body: bytes) -> None:
    data = b"MIME-Version: 1.0\nContent-Type: multipart/x; boundary=b\n" + head + b"\n\n--b\n" + body
    try:
        open_document(data, "x")
    except GongkaiError:
        return

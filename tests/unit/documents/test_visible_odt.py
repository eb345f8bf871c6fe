"""OpenDocument files: what they hide isn't read, though LibreOffice writes it into a Word file."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from lxml.etree import fromstring

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.word.libreoffice import read_by_libreoffice
from extractor.documents.word.odt import without_hidden
from tests.helpers.packages import archive

U = UNREADABLE


KIND = "application/vnd.oasis.opendocument.text"
MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<m:file-entry m:full-path="/" m:media-type="{KIND}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def odt(content: str) -> Source:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "text", "table"))
    files = {
        "mimetype": KIND,
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": f"<office:document-content {names}>{content}</office:document-content>",
    }
    return Source(archive(files), "report.odt")


def in_cell(content: str) -> str:
    return f"<table:table-cell>{content}</table:table-cell>"


HIDDEN_TEXT = '<text:p>1<text:hidden-text text:is-hidden="{}">3</text:hidden-text>2</text:p>'
HIDDEN_PARAGRAPH = '<text:p>1<text:hidden-paragraph text:is-hidden="{}"/>2</text:p>'
SECTION = "<text:section {}><text:p>12</text:p></text:section>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (in_cell(HIDDEN_TEXT.format("true")), f"1{U}2"),
        (in_cell(HIDDEN_TEXT.format("false")), "132"),
        (HIDDEN_TEXT.format("true"), "12"),
        (in_cell(HIDDEN_PARAGRAPH.format("true")), U),
        (in_cell(HIDDEN_PARAGRAPH.format("false")), "12"),
        (HIDDEN_PARAGRAPH.format("true"), ""),
        (SECTION.format('text:display="none"') + "<text:p>3</text:p>", "3"),
        (SECTION.format('text:display="condition" text:is-hidden="true"'), ""),
        (SECTION.format('text:name="a"'), "12"),
    ],
)
def test_what_an_opendocument_file_hides(content: str, text: str) -> None:
    source = odt(content)
    cleared = replace(source, data=without_hidden(source)).archive
    assert "".join(fromstring(cleared.read("content.xml")).itertext()) == text
    assert list(cleared) == ["mimetype", "META-INF/manifest.xml", "content.xml"]


def test_an_opendocument_file_that_hides_nothing_is_as_it_was() -> None:
    for content in (in_cell("<text:p>12</text:p>"), in_cell(HIDDEN_TEXT.format("false"))):
        source = odt(content)
        assert without_hidden(source) == source.data


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")
def test_through_libreoffice() -> None:
    cells = in_cell("<text:p>数</text:p>") + in_cell(HIDDEN_TEXT.format("true"))
    section = SECTION.format('text:name="a" text:display="none"')
    columns = "<table:table-column/>" * 2
    body = f"<table:table>{columns}<table:table-row>{cells}</table:table-row></table:table>{section}"
    hiding = odt(f"<office:body><office:text>{body}</office:text></office:body>")
    assert read_by_libreoffice(hiding, "odt").text == f"数\t1{U}2\n"

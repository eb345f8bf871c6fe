"""Tables as pictures between the text of a report: read where they stand, and trusted as a scan is."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Cm
from reportlab.lib.utils import ImageReader

from eval.gold.cases import load_case
from eval.zoo.scanning import Scanner, rendered_pages
from extractor import Extraction, Status, extract
from extractor.documents.document import Document
from extractor.documents.scans import embedded as held_pictures
from extractor.documents.scans import ocr as recognition
from extractor.errors import MissingProgramError
from extractor.reports.opening import open_document
from tests.helpers.pdf_files import drawn

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BEFORE = ["洪泽区2023年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况"]
AFTER = "五、存在的主要问题及改进情况"
# Of these alone the total is printed as they add up.
HOLDING = "disputes.litigation.direct."
# Word files, pages and archives hold the same picture.
pytestmark = pytest.mark.usefixtures("recognised_once")
# As the picture shows them.
PRINTED = ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"]


@cache
def table() -> bytes:
    """A picture of table 4, as a clerk cuts it out of a screen."""
    page = rendered_pages(load_case("hongze-2023").path.read_bytes(), Scanner(dpi=150))[3]
    buffer = BytesIO()
    page.crop((150, 675, 1085, 995)).save(buffer, "PNG")
    return buffer.getvalue()


def word_file() -> bytes:
    document = docx.Document()
    for line in BEFORE:
        document.add_paragraph(line)
    document.add_picture(BytesIO(table()), width=Cm(15))
    document.add_paragraph(AFTER)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def web_page(source: str) -> str:
    before = "".join(f"<p>{line}</p>" for line in BEFORE)
    return f'<html><body>{before}<p><img src="{source}"></p><p>{AFTER}</p></body></html>'


def page_with_its_picture() -> bytes:
    return web_page(f"data:image/png;base64,{base64.b64encode(table()).decode()}").encode()


def web_archive() -> bytes:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(web_page("cid:table@here"), subtype="html", cte="base64")
    message.add_related(table(), "image", "png", cid="<table@here>")
    return message.as_bytes()


def pdf() -> bytes:
    def draw(canvas: Canvas) -> None:
        for i, line in enumerate(BEFORE):
            canvas.drawString(60, 740 - 30 * i, line)
        canvas.drawImage(ImageReader(BytesIO(table())), 60, 520, 480, 164)
        canvas.drawString(60, 490, AFTER)

    return drawn(draw)


@cache
def read(make: Callable[[], bytes]) -> tuple[Document, Extraction]:
    """Both, of one recognition."""
    document = open_document(make(), "x")
    (extraction,) = extract(document)
    return document, extraction


KINDS = {"docx": word_file, "html": page_with_its_picture, "mhtml": web_archive, "pdf": pdf}
kinds = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def disputes(extraction: Extraction) -> list[str]:
    return [cell.printed for cell in extraction.cells if cell.address.startswith("disputes.")]


@kinds
def test_a_table_that_is_a_picture_is_read(make: Callable[[], bytes]) -> None:
    _, extraction = read(make)
    assert disputes(extraction) == PRINTED
    cells = [cell for cell in extraction.cells if cell.address.startswith("disputes.")]
    assert all(cell.confidence is not None and cell.placement == "inferred" for cell in cells)
    # Two readers agree on them, and each is in one balance: where one is violated none is confirmed.
    assert all((cell.status is Status.CONFIRMED) == cell.address.startswith(HOLDING) for cell in cells)
    assert extraction.is_ocr
    assert "recognised" in {finding.rule for finding in extraction.findings}


@kinds
def test_it_stands_at_its_place(make: Callable[[], bytes]) -> None:
    text = read(make)[0].text
    places = [text.index(word) for word in (BEFORE[1], "结果维持", AFTER)]
    assert places == sorted(places)


@kinds
def test_without_the_extra_it_is_told(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_PACKAGES", ("no_such_package",))
    (extraction,) = extract(make(), name="x")
    assert not extraction.is_ocr
    (finding,) = [one for one in extraction.findings if one.rule == "pictures-unread"]
    assert "pip install '.[ocr]'" in finding.message.zh
    assert "pip install '.[ocr]'" in finding.message.en
    assert "1 张图片" in finding.message.zh


def test_a_file_of_nothing_but_pictures_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_PACKAGES", ("no_such_package",))
    source = base64.b64encode(table()).decode()
    page = f'<html><body><p>附件</p><img src="data:image/png;base64,{source}"></body></html>'
    with pytest.raises(MissingProgramError):
        extract(page.encode(), name="x")


def test_what_is_not_in_the_file_is_told_and_not_fetched() -> None:
    (extraction,) = extract(web_page("images/table.png").encode(), name="x")
    (finding,) = [one for one in extraction.findings if one.rule == "pictures-elsewhere"]
    assert "1 张图片不在文件中" in finding.message.zh


def test_pictures_of_a_report_with_its_tables_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report's emblem and photographs take no time."""
    monkeypatch.setattr(held_pictures, "_is_small", None)
    source = base64.b64encode(table()).decode()
    whole = load_case("shanghai-office-2019").path.read_bytes()
    page = whole + f'<img src="data:image/png;base64,{source}">'.encode()
    assert open_document(page, "x").unread_pictures == 1
    (extraction,) = extract(page, name="x")
    (without,) = extract(whole, name="x")
    assert extraction.cells == without.cells
    assert not extraction.is_ocr


def test_a_picture_behind_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(BytesIO(table())), 60, 520, 480, 164)
        canvas.drawString(100, 600, BEFORE[0])

    document = open_document(drawn(draw), "x")
    assert (document.unread_pictures, document.is_ocr) == (0, False)

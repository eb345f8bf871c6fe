"""PDFs: what is printed, in order, in cells, with its place; what can't be read; hostile files."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractor.documents.pdf import process as pdfium
from extractor.documents.pdf.process import raw_pages
from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source
from extractor.errors import GongkaiError, TooLargeError, UnknownFormatError, UnreadableError
from extractor.text.folding import fold_label
from tests.helpers.pdf_files import assembled, cells, drawn, grey, page, stream
from tests.helpers.rendering import FONT

LATIN = "Helvetica"


def text_of(draw: Callable[[Canvas], None]) -> str:
    return read_pdf(Source(drawn(draw), "x")).text


# --- text ------------------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_joined_and_others_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(124, 700, "政府信息公开工作年度报告由本机关根据条例编制，")
        canvas.drawString(100, 680, "全年公开信息十件，其中网站五件，报纸三件，其他")
        canvas.drawString(100, 660, "二件。")
        canvas.drawString(124, 640, "二、主动公开")

    assert text_of(draw) == (
        "政府信息公开工作年度报告由本机关根据条例编制，全年公开信息十件，其中网站五件，报纸三件，其他二件。\n"
        "二、主动公开\n"
    )


def test_every_line_has_its_page_and_box() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "第一页的文字")
        canvas.showPage()
        canvas.setFont(FONT, 12)
        canvas.drawString(200, 400, "第二页的文字")

    document = read_pdf(Source(drawn(draw), "x"))
    place = document.locator(document.text.index("二"))
    assert place is not None
    assert place.page == 2
    assert place.box is not None
    left, top, right, bottom = place.box
    assert [left, right] == pytest.approx([200, 272], abs=1)
    assert top < 400 < bottom


def test_radicals_stay_in_the_text_and_fold_to_their_characters() -> None:
    text = text_of(lambda canvas: canvas.drawString(100, 700, "⾏政许可和⺠生"))
    assert text == "⾏政许可和⺠生\n"
    assert fold_label(text) == "行政许可和民生"


def test_two_numbers_are_never_joined() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(LATIN, 12)
        canvas.drawString(100, 700, "12")
        canvas.drawString(117, 700, "34")

    assert text_of(draw) == "12 34\n"


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(turns: int, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.translate(300, 300)
        canvas.rotate(90 * turns)
        canvas.setFont(LATIN, 12)
        canvas.drawString(-80, 50, "the first line")
        canvas.drawString(-80, 0, "the second")

    assert text_of(draw) == "the first line\nthe second\n"


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_turned_label_is_one_label(is_turned: bool) -> None:  # noqa: FBT001 - pytest passes it
    def draw(canvas: Canvas) -> None:
        if is_turned:
            canvas.translate(750, 0)
            canvas.rotate(90)
        canvas.setFont(LATIN, 12)
        canvas.grid([100, 130, 300], [500, 600, 700])
        canvas.drawString(140, 640, "upright text")
        canvas.drawString(140, 540, "more of it")
        canvas.translate(120, 510)
        canvas.rotate(90)
        canvas.drawString(0, 0, "turned label")

    assert cells(drawn(draw))[1] == ["turned label", "more of it"]


def test_page_numbers_and_running_heads_are_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(1, 4):
            canvas.setFont(FONT, 12)
            canvas.drawString(100, 770, "某县政府信息公开年报")
            canvas.drawString(100, 600, f"正文{'甲乙丙丁'[number]}")
            canvas.drawString(280, 30, f"— {number} —" if number % 2 else f"{number}")
            canvas.showPage()

    assert text_of(draw) == "某县政府信息公开年报\n正文乙\n正文丙\n正文丁\n"


def hidden_in_invisible_mode(canvas: Canvas) -> None:
    text = canvas.beginText(100, 600)
    text.setFont(FONT, 12)
    text.setTextRenderMode(3)
    text.textOut("不可见")
    canvas.drawText(text)


def hidden_below_a_picture(canvas: Canvas) -> None:
    canvas.drawString(100, 600, "不可见")
    canvas.drawImage(grey(), 0, 0, 600, 750)


def hidden_below_white(canvas: Canvas) -> None:
    canvas.drawString(100, 600, "不可见")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(90, 590, 100, 30, fill=1, stroke=0)


def hidden_white_on_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(100, 600, "不可见")


def hidden_off_the_page(canvas: Canvas) -> None:
    canvas.drawString(-400, 600, "不可见")


@pytest.mark.parametrize(
    "hide",
    [
        hidden_in_invisible_mode,
        hidden_below_a_picture,
        hidden_below_white,
        hidden_white_on_white,
        hidden_off_the_page,
    ],
)
@pytest.mark.usefixtures("recognised_once")
def test_what_cannot_be_seen_is_not_printed(hide: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        hide(canvas)
        canvas.restoreState()
        canvas.drawString(100, 770, "可见的标题文字")

    assert text_of(draw) == "可见的标题文字\n"
    with pytest.raises(UnknownFormatError, match="holds no text"):
        text_of(hide)


def test_white_on_dark_and_text_beside_a_seal_are_printed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(90, 590, 200, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(100, 600, "表头文字")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(100, 400, "某县人民政府")
        canvas.drawImage(grey(), 90, 350, 100, 100)

    assert text_of(draw) == "表头文字\n某县人民政府\n"


def test_a_font_outside_the_file_is_the_same_on_every_machine() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "甲")
        canvas.drawString(100, 600, "8")
        canvas.drawString(100, 500, "乙丙")

    # The widths stand in the file; the heights are those of an em, whatever the ink of a glyph.
    (shown,) = raw_pages(Source(drawn(draw), "x"))
    assert [(glyph.text, round(glyph.left), round(glyph.right)) for glyph in shown.glyphs] == [
        ("甲", 100, 112),
        ("8", 100, 106),
        ("乙", 100, 112),
        ("丙", 112, 124),
    ]
    heights = {round(glyph.bottom - glyph.top, 3) for glyph in shown.glyphs}
    assert len(heights) == 1
    assert heights.pop() == pytest.approx(12, abs=0.1)


def test_a_character_that_is_left_out_is_shown_as_unreadable() -> None:
    # Its font is known by the numbers of its glyphs alone, and isn't in the file.
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        stream(
            b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
            b"2 beginbfchar <2340> <7532> <2341> <4e59> endbfchar endcmap"
        ),
    )
    text = b"BT /F 12 Tf 100 700 Td <2340> Tj ET BT /F 12 Tf 100 600 Td <23412341234123412341> Tj ET"
    document = read_pdf(Source(page(stream(text), b"/Font<</F 5 0 R>>", *font), "x"))
    assert document.text == "\ufffd\n乙乙乙乙乙\n"


def test_figures_at_the_edge_of_a_page_are_no_page_numbers_or_running_heads() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(2):
            canvas.setFont(FONT, 12)
            for x in range(100, 500, 50):
                canvas.drawString(x, 770, "0")
            canvas.drawString(100, 500, "行政处罚")
            canvas.drawString(100, 400, "行政强制")
            canvas.drawString(100, 60, "25")
            canvas.drawString(100, 40, "某县人民政府年报")
            canvas.drawString(300, 20, "— 7 —")
            canvas.showPage()

    found = text_of(draw)
    assert found.count("0") == 16
    assert found.count("25") == 2
    assert "7" not in found


# --- what can't be read ------------------------------------------------------------------------------------


def scanned() -> bytes:
    return drawn(lambda canvas: canvas.drawImage(grey(), 0, 0, 600, 800))


def whole() -> bytes:
    return drawn(lambda canvas: canvas.drawString(100, 700, "某县政府信息公开"))


@pytest.mark.parametrize(
    ("data", "error", "zh", "en"),
    [
        (b"%PDF-1.7", UnreadableError, "损坏的 PDF", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 99, UnreadableError, "损坏的 PDF", "damaged"),
        (whole()[:900], UnreadableError, "损坏的 PDF", "damaged"),
        (drawn(Canvas.showPage, encrypt="geheim"), UnreadableError, "加密", "encrypted"),
        (scanned(), UnknownFormatError, "没有文字", "holds no text"),
        (drawn(Canvas.showPage), UnknownFormatError, "没有文字", "holds no text"),
        (
            page(stream(b"BT /F 12 Tf 50 700 Td <000100020003> Tj ET"), b"/Font<</F 5 0 R>>",
                 b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
                 b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/FontDescriptor 7 0 R"
                 b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
                 b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 999 999]/ItalicAngle 0/Ascent 800"
                 b"/Descent 0/CapHeight 700/StemV 80>>"),
            UnknownFormatError, "没有对应的字符编码", "doesn't tell which characters",
        ),
    ],
    ids=["head", "garbage", "truncated", "encrypted", "scan", "empty", "unmapped"],
)  # fmt: skip
@pytest.mark.usefixtures("recognised_once")
def test_what_cannot_be_read_is_told(data: bytes, error: type[GongkaiError], zh: str, en: str) -> None:
    with pytest.raises(error) as caught:
        read_pdf(Source(data, "x.pdf"))
    assert zh in caught.value.message.zh
    assert en in str(caught.value)
    assert "x.pdf" in str(caught.value)


def test_a_password_that_only_protects_changes_is_no_hindrance() -> None:
    lock = StandardEncryption("", ownerPassword="geheim", canModify=0)
    data = drawn(lambda canvas: canvas.drawString(100, 700, "某县政府信息公开"), lock)
    assert read_pdf(Source(data, "x")).text == "某县政府信息公开\n"


def pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
    )


def forms(*children: int) -> list[bytes]:
    """Forms that each draw another twice."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
    return [stream(b"/A Do /A Do", kind % child) for child in children]


LINES = b"0 0 m 9 9 l S\n"
HELVETICA = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
GRID = b"".join(b"9 %d m 590 %d l S %d 9 m %d 790 l S " % (i, i, i, i) for i in range(10, 590, 4))


@cache
def bomb() -> bytes:
    return page(stream(zlib.compress(LINES * 20_000_000, 1), b"/Filter/FlateDecode"))


# Made when they are wanted: that takes seconds.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "pages": lambda: pages(10_000),
    "glyphs": lambda: page(
        stream(b"BT /F 4 Tf 9 9 Td " + b"(%s) Tj " % (b"0" * 99) * 2000 + b"ET"), HELVETICA
    ),
    "lines": lambda: page(stream(LINES * 300_000)),
    "grid": lambda: page(stream(b"BT /F 9 Tf (0) Tj ET " + GRID), HELVETICA),
    "bomb": bomb,
    "itself": lambda: page(stream(b"/A Do"), b"/XObject<</A 5 0 R>>", *forms(5)),
    "doubling": lambda: page(stream(b"/A Do"), b"/XObject<</A 5 0 R>>", *forms(*range(6, 40)), stream(LINES)),
}


# What ends the others, memory or time, is a matter of the machine.
HOSTILE_MESSAGES = dict.fromkeys(HOSTILE, "") | {
    "pages": "has more pages than",
    "glyphs": "has more on its pages than",
    "lines": "has more on its pages than",
    "grid": "has more table lines than",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error_soon(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, most_seconds = HOSTILE[kind](), 3 * pdfium.SECONDS
    if not HOSTILE_MESSAGES[kind]:
        monkeypatch.setattr(pdfium, "SECONDS", 2.0)
    start = time.monotonic()
    with pytest.raises((TooLargeError, UnreadableError)) as caught:
        read_pdf(Source(data, "x.pdf"))
    assert str(caught.value).startswith(f"x.pdf {HOSTILE_MESSAGES[kind]}")
    assert time.monotonic() - start < most_seconds
    monkeypatch.undo()
    assert read_pdf(Source(whole(), "x")).text == "某县政府信息公开\n"


def test_many_glyphs_and_words_are_read_in_bounded_time() -> None:
    content = b"".join(b"BT /F 4 Tf 9 %d Td (%s) Tj ET " % (780 - i, b"0 1  " * 60) for i in range(0, 770, 6))
    start = time.thread_time()
    assert "1" in read_pdf(Source(page(stream(content), HELVETICA), "x")).text
    assert time.thread_time() - start < pdfium.SECONDS


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "SECONDS", 0.2)
    data = bomb()
    with pytest.raises(TooLargeError, match="could not be opened within"):
        read_pdf(Source(data, "x.pdf"))
    monkeypatch.undo()
    assert read_pdf(Source(whole(), "x")).text == "某县政府信息公开\n"


def test_threads_may_read_at_the_same_time() -> None:
    data, texts = whole(), []
    threads = [
        threading.Thread(target=lambda: texts.append(read_pdf(Source(data, "x")).text)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["某县政府信息公开\n"] * 8


def test_every_cell_points_into_the_text_in_order() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([1, 99, 200], [300, 400, 500])
        canvas.drawString(20, 450, "甲乙")
        canvas.drawString(120, 350, "丙丁")

    document = read_pdf(Source(drawn(draw), "x"))
    spans = [(cell.start, cell.end) for grid in document.grids for cell in grid.cells]
    assert [document.text[start:end] for start, end in spans] == ["甲乙", "", "", "丙丁"]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))

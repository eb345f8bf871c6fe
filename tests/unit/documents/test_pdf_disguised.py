"""Disguised figures of PDFs: printed upon others, in the colour behind them, drawn, turned, masked."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.documents.asides import CellText
from tests.helpers.pdf_files import PAGE, cells_and_remarks, sheet, stream

UNREAD = "\ufffc"
FORM = (
    b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    b"/Resources<</Font<</F 5 0 R/Z 7 0 R>>/XObject<</X %d 0 R>>>>"
)
PATTERN = (
    b"/Type/Pattern/PatternType 1/TilingType 1/PaintType 1/BBox[0 0 600 800]/XStep 600/YStep 800"
    b"/Resources<</Font<</F 5 0 R>>>>"
)
PIXELS = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
SHADING = (
    b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[200 600 300 600]/Extend[true true]"
    b"/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>>>>>"
)
SLANTED = b"0.94 0.34 -0.34 0.94 205 609 cm "


def text(words: bytes, x: float = 205, y: float = 610, size: float = 12, state: bytes = b"") -> bytes:
    return b"BT /F %.1f Tf %s %.1f %.1f Td (%s) Tj ET " % (size, state, x, y, words)


LABEL = text(b"label", 105)
FIGURE = LABEL + text(b"185")
MORE = text(b"77", 226)
HIDDEN = CellText("185", ("hidden: 77",))


def second(data: bytes) -> CellText:
    """The second of the two cells of a sheet: its text and the remarks on it."""
    label, cell = cells_and_remarks(data)
    assert label == ("label", ())
    return CellText(*cell)


# --- upon each other -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "upon",
    [
        text(b"277"),
        text(b"277", 208),
        text(b"----"),
        b"1 0 0 rg " + text(b"x x x"),
        text(b"/", 212, size=16),
    ],
    ids=["digits", "half a digit on", "dashes", "crosses", "slash"],
)
def test_digits_upon_which_something_is_printed_are_unread(upon: bytes) -> None:
    assert UNREAD in second(sheet(FIGURE + upon)).text


def test_digits_that_are_printed_twice_are_bold() -> None:
    assert second(sheet(FIGURE + text(b"185", 205.3))) == ("185", ())
    assert second(sheet(LABEL + text(b"185", state=b"2 Tr 0.3 w"))) == ("185", ())


# --- covered ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cover",
    [
        b"1 G 20 w 200 607 m 230 607 l S ",
        b"1 G 2 w 205 612 m 226 612 l 205 618 m 226 618 l S ",
        b"q 202 602 96 26 re W n /S sh Q ",
        b"/Pattern cs /P scn 202 602 96 26 re f ",
        b"1 g 205 611.5 3 3 re f 205 616 3 3 re f ",
    ],
    ids=["thick line", "light lines", "shading", "pattern", "a part of a digit"],
)
def test_digits_below_anything_are_unread(cover: bytes) -> None:
    pattern = stream(b"1 g 0 0 600 800 re f ", PATTERN)
    data = sheet(FIGURE + cover, pattern, resources=b"/Pattern<</P 6 0 R>>" + SHADING)
    assert UNREAD in second(data).text


def test_white_glyphs_cover_digits() -> None:
    block = b"1 g BT /Z 24 Tf 203 606 Td (n) Tj ET "
    font = b"<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
    data = sheet(FIGURE + b"/X Do ", stream(block, FORM % 6), font, resources=b"/XObject<</X 6 0 R>>")
    assert UNREAD in second(data).text


def nested(content: bytes, depth: int) -> bytes:
    """A sheet with content in a part of a part of a part…"""
    parts = [stream(b"/X Do ", FORM % (7 + number)) for number in range(depth - 1)]
    return sheet(FIGURE + b"/X Do ", *parts, stream(content, FORM % 6), resources=b"/XObject<</X 6 0 R>>")


def test_parts_within_parts_are_looked_into() -> None:
    assert UNREAD in second(nested(b"1 g 202 602 96 26 re f ", 12)).text
    assert second(nested(b"1 g " + MORE, 12)) == HIDDEN


# --- in the colour of what is behind ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "color"),
    [
        (b"0 g ", b"0 g "),
        (b"0.2 g ", b"0.25 g "),
        (b"1 0.9 0.2 rg ", b"1 0.9 0.25 rg "),
        (b"0.1 0.1 0.8 rg ", b"0.1 0.12 0.8 rg "),
    ],
    ids=["black", "grey", "yellow", "blue"],
)
def test_digits_in_the_colour_behind_them_are_not_seen(behind: bytes, color: bytes) -> None:
    content = LABEL + behind + b"224 601 70 28 re f " + color + MORE + b"0 g " + text(b"185")
    assert second(sheet(content)) == HIDDEN


def test_digits_in_another_colour_as_light_as_that_behind_them_are_seen() -> None:
    # Both are 0.3 grey.
    content = LABEL + b"1 0 0 rg 201 601 98 28 re f 0 0.51 0 rg " + text(b"185")
    assert second(sheet(content)) == ("185", ())


def test_black_digits_on_a_black_picture_are_not_seen() -> None:
    content = LABEL + b"q 70 0 0 28 224 601 cm /X Do Q " + MORE + text(b"185")
    data = sheet(content, stream(b"\0" * 64, PIXELS), resources=b"/XObject<</X 6 0 R>>")
    assert second(data) == (f"185{UNREAD}", ("hidden: 77", "picture"))


def test_digits_in_a_white_pattern_are_not_seen() -> None:
    content = FIGURE + b"/Pattern cs /P scn " + MORE
    data = sheet(content, stream(b"1 g 0 0 600 800 re f ", PATTERN), resources=b"/Pattern<</P 6 0 R>>")
    assert second(data) == HIDDEN


@pytest.mark.parametrize(
    "mode", [b"/BM/Screen", b"/SMask<</S/Luminosity/G 6 0 R>>"], ids=["blended", "masked"]
)
def test_digits_that_are_blended_or_masked_are_unread(mode: bytes) -> None:
    mask = stream(b"0 g 0 0 600 800 re f ", (FORM % 6) + b"/Group<</S/Transparency/CS/DeviceGray>>")
    data = sheet(FIGURE + b"q /T gs " + MORE + b"Q ", mask, resources=b"/ExtGState<</T<<%s>>>>" % mode)
    assert UNREAD in second(data).text


# --- cut off, turned, squeezed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clip",
    [
        b"0 0 600 800 re 220 600 50 30 re W* n ",
        b"0 0 m 600 0 l 600 800 l 0 800 l 0 625 l 300 625 l 300 605 l 0 605 l h W n ",
        b"BT /F 12 Tf 7 Tr 105 640 Td (185) Tj ET 0 Tr ",
    ],
    ids=["with a hole", "around it", "letters"],
)
def test_digits_outside_of_a_clip_of_any_shape_are_not_seen(clip: bytes) -> None:
    text_, remarks = second(sheet(FIGURE + b"q " + clip + MORE + b"Q "))
    assert (text_, remarks) == HIDDEN or UNREAD in text_


def test_digits_that_are_only_the_shape_of_a_clip_are_unread() -> None:
    content = LABEL + b"q BT /F 12 Tf 7 Tr 205 610 Td (77) Tj ET 0 g 200 600 100 40 re f Q "
    assert UNREAD in second(sheet(content)).text


@pytest.mark.parametrize(
    "matrix",
    [
        b"-1 0 0 1 240 610",
        b"-1 0 0 -1 240 615",
        b"1 0 0 -1 206 615",
        b"1 0 0 0.2 206 610",
        b"0 1 -1 0 220 604",
        b"0 -1 1 0 220 627",
        b"0.17 0.98 -0.98 0.17 220 604",
        b"0.87 0.5 -0.5 0.87 220 606",
        b"0.99 0.14 -0.14 0.99 220 606",
    ],
    ids=["mirrored", "upside down", "mirrored downwards", "flat", "90°", "270°", "80°", "30°", "8°"],
)
def test_digits_that_are_turned_or_flat_are_unread(matrix: bytes) -> None:
    assert second(sheet(LABEL + b"BT /F 12 Tf %s Tm (689) Tj ET " % matrix)).text == UNREAD


def test_a_turned_digit_beside_upright_ones_is_unread() -> None:
    turned = b"BT /F 12 Tf 0 1 -1 0 238 608 Tm (1) Tj ET "
    assert second(sheet(FIGURE + turned)) == (f"185{UNREAD}", ("reversed: 1",))


def test_a_dash_on_its_side_may_be_a_one() -> None:
    assert second(sheet(LABEL + b"BT /F 12 Tf 0 1 -1 0 220 610 Tm (-) Tj ET ")).text == UNREAD


def test_digits_that_lean_as_under_a_scan_are_read() -> None:
    assert second(sheet(LABEL + b"BT /F 12 Tf 1 0.05 -0.05 1 205 610 Tm (689) Tj ET ")) == ("689", ())


@pytest.mark.parametrize("scale", [1, 10])
def test_digits_too_narrow_to_be_seen_are_no_part_of_a_figure(scale: int) -> None:
    assert second(sheet(FIGURE + text(b"77", 226, state=b"%d Tz" % scale))) == HIDDEN


def test_digits_whose_glyphs_are_empty_are_not_seen() -> None:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]"
        b"/CharProcs<</a 8 0 R>>/Encoding<</Type/Encoding/Differences[55/a]>>/FirstChar 55/LastChar 55"
        b"/Widths[500]/Resources<<>>/ToUnicode 9 0 R>>"
    )
    names = (
        b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        b" 1 beginbfchar <37> <0037> endbfchar endcmap"
    )
    shown = stream(b"BT /Z 12 Tf 226 610 Td (77) Tj ET ", FORM % 6)
    glyph = stream(b"500 0 0 0 500 700 d1")
    data = sheet(FIGURE + b"/X Do ", shown, font, glyph, stream(names), resources=b"/XObject<</X 6 0 R>>")
    assert second(data) == HIDDEN


# --- notes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note", [text(b"1", 218.4, 612.4, 10.2), text(b"1", 218.4, 611.8, 10.8), text(b"1", 218.4, 612.4)]
)
def test_digits_that_are_raised_a_little_leave_open_what_the_figure_is(note: bytes) -> None:
    assert second(sheet(LABEL + text(b"12") + note)) == (f"12{UNREAD}", ("small: 1",))


def test_it_is_open_which_of_two_figures_as_large_is_the_note() -> None:
    assert UNREAD in second(sheet(LABEL + text(b"12", y=613) + text(b"1", 218.4, 609))).text


# --- drawn -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "drawn",
    [
        b"210 608 m 210 620 l S ",
        b"210 608 1 10 re f ",
        b"208 620 m 214 620 l 211 608 l S ",
        b"208 608 6 11 re S ",
        b"/Pattern cs /P scn 202 602 96 26 re f ",
    ],
    ids=["line", "thin rectangle", "lines", "rectangle", "pattern"],
)
def test_a_figure_that_is_drawn_makes_a_cell_unread_and_not_blank(drawn: bytes) -> None:
    pattern = stream(text(b"77"), PATTERN)
    data = sheet(LABEL + drawn, pattern, resources=b"/Pattern<</P 6 0 R>>")
    assert UNREAD in second(data).text


@pytest.mark.parametrize(
    "drawn",
    [b"230 609 m 230 618 l S ", b"297 609 m 297 618 l S ", b"/Pattern cs /P scn 230 602 30 26 re f "],
    ids=["line", "a line near a side of the cell", "pattern"],
)
def test_a_figure_that_is_drawn_beside_digits_leaves_the_figure_open(drawn: bytes) -> None:
    pattern = stream(text(b"77", 235), PATTERN)
    data = sheet(FIGURE + drawn, pattern, resources=b"/Pattern<</P 6 0 R>>")
    assert second(data) == (f"185{UNREAD}", ("picture",))


def test_a_line_through_a_cell_leaves_it_blank() -> None:
    assert second(sheet(LABEL + b"200 600 m 300 630 l S ")) == ("", ())


@pytest.mark.parametrize(
    "line",
    [
        b"205 614 m 210 617 215 611 225 614 c S ",
        b"[1 1] 0 d 205 614 m 225 614 l S ",
        b"205 613 m 225 614 l 225 615 l 205 614 l f ",
        b"q " + SLANTED + b"0 0 22 1 re f Q ",
        b"205 609 m 225 620 l 205 620 m 225 609 l S ",
        b"205 612 20 4 re f ",
        b"q 20 0 0 1 205 614 cm /X Do Q ",
    ],
    ids=["wave", "dashes", "polygon", "turned", "cross", "bar", "picture"],
)
def test_figures_that_are_struck_with_anything_are_unread(line: bytes) -> None:
    data = sheet(FIGURE + line, stream(b"\0" * 64, PIXELS), resources=b"/XObject<</X 6 0 R>>")
    assert UNREAD in second(data).text


# --- called by other names -------------------------------------------------------------------------------


def called(zero: bytes, figure: str) -> CellText:
    """The second of two cells, in a font of which the file says what its 0 is."""
    registerFont(TTFont("Vera", "Vera.ttf"))
    buffer = BytesIO()
    canvas = Canvas(buffer, PAGE, invariant=True, pageCompression=0)
    canvas.grid([100, 200, 300], [600, 630])
    canvas.setFont("Vera", 12)
    canvas.drawString(105, 610, "label")
    canvas.drawString(205, 610, figure)
    canvas.save()
    before = b"<30> <0030>"
    assert buffer.getvalue().count(before) == 1
    return second(buffer.getvalue().replace(before, b"<30> <%s>" % zero))


@pytest.mark.parametrize("code", [b"0020", b"00A0", b"00AD", b"200B", b"200C", b"2060", b"FEFF", b"2070"])
def test_a_digit_that_is_called_a_blank_or_raised_is_unread(code: bytes) -> None:
    assert called(code, "120") == (f"12{UNREAD}", ("reversed",))
    assert called(code, "0") == (UNREAD, ("reversed",))


def test_blanks_without_ink_are_blanks() -> None:
    assert called(b"0030", "1 20 ") == ("1 20", ())

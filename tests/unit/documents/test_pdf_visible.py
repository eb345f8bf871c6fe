"""What a person sees in the cells of a PDF: figures; and what stands there besides, kept apart."""

from __future__ import annotations

import pytest

from extractor.documents.asides import Mark
from extractor.documents.pages.besides import stand_ins
from extractor.documents.pages.page import Aside, Glyph
from extractor.documents.pdf.process import raw_pages
from extractor.documents.pdf.reader import read_pdf
from extractor.documents.source import Source
from tests.helpers.pdf_files import cells, cells_and_remarks, page, sheet, stream

UNREAD = "\ufffc"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
MULTIPLY = b"/ExtGState<</G<</BM/Multiply>>>>"
PIXELS = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
CHECKS = b"\x00\xff" * 32


def text(words: bytes, x: float = 205, y: float = 610, size: float = 12, state: bytes = b"") -> bytes:
    return b"BT /F %.1f Tf %s %.1f %.1f Td (%s) Tj ET " % (size, state, x, y, words)


LABEL = text(b"label", 105)
FIGURE = LABEL + text(b"185")
MORE = text(b"77", 226)


def second(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The second of the two cells of a sheet: its text and the remarks on it."""
    label, cell = cells_and_remarks(data)
    assert label == ("label", ())
    return cell


# --- notes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "remark"),
    [
        (text(b"1", 226, 615, 7), "note: 1"),
        (text(b"[12]", 226, 615, 7), "note: [12]"),
        (text(b"1", 226, 607, 7), "note: 1"),
        (text(b"1", 226, 615), "note: 1"),
        (text(b"1", 200.5, 615, 7), "note: 1"),
    ],
    ids=["raised", "in brackets", "lowered", "as large", "before"],
)
def test_a_raised_digit_is_a_note_and_no_part_of_the_figure(note: bytes, remark: str) -> None:
    assert second(sheet(FIGURE + note)) == ("185", (remark,))


@pytest.mark.parametrize(("y", "size"), [(610, 7), (607, 10)], ids=["on the same line", "little, and lower"])
def test_small_digits_leave_open_what_the_figure_is(y: int, size: int) -> None:
    assert second(sheet(FIGURE + text(b"1", 226, y, size))) == (f"185{UNREAD}", ("small: 1",))


@pytest.mark.parametrize("size", [4.0, 7.0, 10.5])
def test_a_figure_in_digits_of_one_size_stays(size: float) -> None:
    assert second(sheet(LABEL + text(b"185", size=size))) == ("185", ())


def test_digits_of_almost_one_size_are_one_figure() -> None:
    assert second(sheet(FIGURE + text(b"1", 226, 610, 10.5))) == ("1851", ())


def test_a_small_digit_in_the_next_cell_is_a_figure_of_its_own() -> None:
    assert cells(sheet(text(b"12", 186) + text(b"1", 201, 610, 7))) == [["12", "1"]]


def test_alone_in_its_cell_a_digit_that_is_raised_and_small_can_be_a_note_of_a_blank() -> None:
    assert cells(sheet(text(b"12", 186) + text(b"1", 201, 614, 7))) == [["12", UNREAD]]
    # All of a line that are set so are its figures; so is one that is small and no higher than the others.
    assert cells(sheet(text(b"12", 186, 614, 7) + text(b"1", 201, 614, 7))) == [["12", "1"]]


def test_a_digit_on_a_line_of_its_own_is_no_note() -> None:
    assert second(sheet(LABEL + text(b"18", y=619, size=9) + text(b"5", y=607, size=9)))[1] == ()


@pytest.mark.parametrize("x", [205, 207, 220], ids=["below", "below, half", "lower right"])
def test_a_figure_on_two_tight_lines_is_no_note_and_a_figure(x: int) -> None:
    usual = text(b"label", 105, size=8) + text(b"123", y=500, size=8)
    content = usual + text(b"2", y=614, size=6) + text(b"1", x, 607, 6)
    assert second(sheet(content)) == (f"1{UNREAD}", ("small: 2",))


@pytest.mark.parametrize(
    ("aside", "is_told"),
    [
        (Aside(Mark.REVERSED, "1", (200, 10, 202, 12)), True),
        (Aside(Mark.RAISED, "1", (200, 10, 203, 15)), True),
        (Aside(Mark.RAISED, "1", (112, 9, 115, 15)), False),
    ],
    ids=["small and turned", "raised, alone", "a note on a word"],
)
def test_what_stands_alone_outside_of_rulings_is_no_blank(aside: Aside, is_told: bool) -> None:  # noqa: FBT001 - pytest passes it
    word = Glyph("字", 0, 100, 10, 112, 22)
    assert [glyph.text for glyph in stand_ins([aside], [word])] == [UNREAD] * is_told


# --- struck through --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        b"205 614 m 225 614 l S ",
        b"205 613.5 20 1 re f ",
        b"102 614 m 298 614 l S ",
        b"205 609 m 226 620 l S ",
    ],
    ids=["line", "thin rectangle", "through the row", "slash"],
)
def test_a_struck_figure_is_unread(line: bytes) -> None:
    assert second(sheet(FIGURE + line)) == (UNREAD, ("struck: 185",))


def test_a_figure_beside_a_struck_one_is_the_figure() -> None:
    content = LABEL + text(b"77") + text(b"185", 219) + b"205 614 m 218.3 614 l S "
    assert second(sheet(content)) == ("185", ("struck: 77",))


@pytest.mark.parametrize(
    "line",
    [b"205 608.5 m 225 608.5 l S ", b"205 619.5 m 225 619.5 l S ", b"190 614 m 203 614 l S "],
    ids=["underline", "overline", "before"],
)
def test_a_line_beside_digits_strikes_nothing(line: bytes) -> None:
    assert second(sheet(FIGURE + line)) == ("185", ())


@pytest.mark.parametrize("y", [600.5, 620.5])
def test_rulings_that_touch_digits_strike_nothing(y: float) -> None:
    assert second(sheet(LABEL + text(b"185", y=y))) == ("185", ())


# --- layers ----------------------------------------------------------------------------------------------

LAYERS = (b"<</Type/OCG/Name(off)>>", b"<</Type/OCG/Name(on)>>")


def layered(content: bytes, inside: bytes = b"", entries: bytes = b"") -> bytes:
    """A sheet with a layer A that is off, one B that is on, and a part X of its own."""
    resources = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>"
    return sheet(
        content,
        *LAYERS,
        stream(inside, resources + entries),
        catalog=b"/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>",
        resources=b"/Properties<</A 6 0 R/B 7 0 R>>/XObject<</X 8 0 R>>",
    )


@pytest.mark.parametrize(
    ("content", "inside", "entries"),
    [
        (b"/OC /A BDC " + MORE + b"EMC ", b"", b""),
        (b"/OC /A BDC /X Do EMC ", MORE, b""),
        (b"/X Do ", MORE, b"/OC 6 0 R"),
    ],
    ids=["marked", "marked part", "part"],
)
def test_layers_that_are_off_are_not_seen(content: bytes, inside: bytes, entries: bytes) -> None:
    assert second(layered(FIGURE + content, inside, entries)) == ("185", ("hidden: 77",))


def test_layers_that_are_on_are_seen() -> None:
    assert second(layered(LABEL + b"/OC /B BDC " + text(b"185") + b"EMC ")) == ("185", ())
    assert second(layered(LABEL + b"/X Do ", text(b"185"), b"/OC 7 0 R")) == ("185", ())


def test_of_layers_upon_each_other_the_one_that_is_on_is_seen() -> None:
    content = LABEL + b"/OC /A BDC " + text(b"777") + b"EMC /OC /B BDC " + text(b"185") + b"EMC "
    assert second(layered(content)) == ("185", ("hidden: 777",))


# --- annotations -----------------------------------------------------------------------------------------

PLACE = b"/Rect[202 602 298 628]"
QUADS = PLACE + b"/QuadPoints[202 628 298 628 202 602 298 602]"
COMMENT = b"/Subtype/FreeText/Contents(555)/DA(/F 12 Tf)" + PLACE


def annotated(entries: bytes, appearance: bytes = b"", content: bytes = FIGURE) -> bytes:
    """A sheet with an annotation on its second cell."""
    look = b"/AP<</N 7 0 R>>" if appearance else b""
    form = b"/Type/XObject/Subtype/Form/BBox[202 602 298 628]/Resources<<%s>>" % MULTIPLY
    return sheet(
        content,
        b"<</Type/Annot%s%s>>" % (entries, look),
        stream(appearance, form),
        entries=b"/Annots[6 0 R]",
    )


@pytest.mark.parametrize(
    ("entries", "appearance", "remarks"),
    [
        (COMMENT, b"", ("overlay: 555",)),
        (b"/Subtype/Stamp/F 4" + PLACE, b"1 1 1 rg 202 602 96 26 re f ", ("overlay",)),
        (b"/Subtype/Ink/F 4" + PLACE, b"2 w 203 612 m 230 618 l S ", ("overlay", "picture")),
        (b"/Subtype/StrikeOut/F 4" + QUADS, b"", ("struck: 185",)),
        (b"/Subtype/Link" + PLACE, b"1 1 1 rg 202 602 96 26 re f ", ("overlay",)),
        (b"/Subtype/Line/L[203 615 230 615]/F 4" + PLACE, b"", ("overlay",)),
    ],
    ids=["comment", "stamp", "ink", "strike out", "link that is drawn", "line"],
)
def test_what_an_annotation_covers_is_unread(
    entries: bytes, appearance: bytes, remarks: tuple[str, ...]
) -> None:
    assert second(annotated(entries, appearance)) == (UNREAD, remarks)


@pytest.mark.parametrize(
    ("entries", "appearance"),
    [
        (COMMENT + b"/F 2", b""),
        (COMMENT + b"/F 32", b""),
        (b"/Subtype/Highlight/C[1 1 0]/F 4" + QUADS, b""),
        (b"/Subtype/Highlight/C[0 1 0]/F 4" + QUADS, b"/G gs 0 1 0 rg 202 602 96 26 re f "),
        (b"/Subtype/Underline/C[1 0 0]/F 4" + QUADS, b""),
        (b"/Subtype/Square/F 4" + PLACE, b"1 0 0 RG 203 603 94 24 re S "),
        (b"/Subtype/Link" + PLACE, b""),
    ],
    ids=["hidden", "no view", "highlight", "green", "underline", "frame", "link"],
)
def test_what_an_annotation_leaves_readable_is_read(entries: bytes, appearance: bytes) -> None:
    assert second(annotated(entries, appearance)) == ("185", ())


def test_a_form_field_is_unread() -> None:
    field = b"/Subtype/Widget/FT/Tx/T(a)/V(12)/F 4/Rect[240 602 298 628]"
    assert second(annotated(field, content=LABEL)) == (UNREAD, ("control: 12",))
    assert second(annotated(field)) == (f"185{UNREAD}", ("control: 12",))
    box = b"/Subtype/Widget/FT/Btn/T(a)/F 4/Rect[240 602 260 622]"
    assert second(annotated(box, content=LABEL)) == (UNREAD, ("control",))


def test_a_comment_in_a_blank_cell_is_unread() -> None:
    assert second(annotated(COMMENT, content=LABEL)) == (UNREAD, ("overlay: 555",))


# --- patches and pictures --------------------------------------------------------------------------------


def pictured(content: bytes, pixels: bytes = CHECKS) -> bytes:
    """A sheet with a picture X."""
    return sheet(content, stream(pixels, PIXELS), resources=b"/XObject<</X 6 0 R>>" + MULTIPLY)


@pytest.mark.parametrize(
    ("patch", "seen"),
    [
        (b"1 g 202 602 96 26 re f ", ""),
        (b"1 g 202 602 96 13 re f ", ""),
        (b"1 g 211.5 602 6.5 26 re f ", "1 5"),
        (b"q 30 0 0 16 203 606 cm /X Do Q ", ""),
    ],
    ids=["whole", "half", "one digit", "picture"],
)
def test_a_figure_below_a_patch_is_unread(patch: bytes, seen: str) -> None:
    printed, remarks = second(pictured(FIGURE + patch))
    assert printed == seen + UNREAD
    assert remarks[0] == "overlay"


def test_another_figure_on_the_patch_leaves_the_cell_unread() -> None:
    content = FIGURE + b"1 g 202 602 96 26 re f 0 g " + text(b"567")
    assert second(sheet(content)) == (f"567{UNREAD}", ("overlay",))


@pytest.mark.parametrize(
    "content",
    [
        LABEL + b"1 1 0.6 rg 202 602 96 26 re f 0 g " + text(b"185"),
        FIGURE + b"1 g 202 602 96 26 re f 0 g " + text(b"185"),
        FIGURE + b"q /G gs 1 1 0 rg 202 602 96 26 re f Q ",
        FIGURE + b"1 g 226 602 70 26 re f ",
        LABEL + b"0 0 0.4 rg 201 601 98 28 re f 1 g " + text(b"185"),
    ],
    ids=["behind", "painted again", "highlight", "beside", "white on dark"],
)
def test_what_covers_nothing_changes_nothing(content: bytes) -> None:
    assert second(pictured(content)) == ("185", ())


@pytest.mark.parametrize(
    "drawing",
    [
        b"q 20 0 0 12 205 608 cm /X Do Q ",
        b"210 608 m 216 608 220 612 216 620 c 210 622 206 612 210 608 c f ",
        b"210 608 m 214 608 l 214 620 l 211 620 l 211 618 l 209 616 l 210 612 l f ",
    ],
    ids=["picture", "curves", "polygon"],
)
def test_a_picture_in_the_place_of_a_figure_is_unread_and_not_blank(drawing: bytes) -> None:
    assert second(pictured(LABEL + drawing)) == (UNREAD, ("picture",))


def test_a_picture_beside_digits_leaves_the_figure_open() -> None:
    content = LABEL + text(b"85", 225) + b"q 8 0 0 12 212 608 cm /X Do Q "
    assert second(pictured(content)) == (f"85{UNREAD}", ("picture",))


@pytest.mark.parametrize("box", [b"20 0 0 12 205 608", b"300 0 0 60 50 590"], ids=["small", "large"])
def test_a_picture_that_shows_nothing_leaves_a_cell_blank(box: bytes) -> None:
    assert second(pictured(b"q %s cm /X Do Q " % box + LABEL, b"\xee" * 64)) == ("", ())


def test_a_picture_behind_a_figure_changes_nothing() -> None:
    content = LABEL + b"q 90 0 0 26 203 602 cm /X Do Q " + text(b"185")
    assert second(pictured(content, b"\xee" * 64)) == ("185", ())


# --- invisible text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        b"1 g " + MORE,
        b"0.97 g " + MORE,
        text(b"77", 226, state=b"3 Tr"),
        b"1 G " + text(b"77", 226, state=b"1 Tr"),
        b"q 400 400 5 5 re W n " + MORE + b"Q ",
        b"q /T gs " + MORE + b"Q ",
        text(b"77", 226, size=1),
    ],
    ids=["white", "almost white", "mode 3", "white outline", "clipped", "transparent", "tiny"],
)
def test_what_cannot_be_seen_is_no_part_of_a_figure(hidden: bytes) -> None:
    data = sheet(FIGURE + hidden, resources=b"/ExtGState<</T<</ca 0.02>>>>")
    assert second(data) == ("185", ("hidden: 77",))


@pytest.mark.parametrize(
    "content",
    [
        b"0.7 g " + text(b"185"),
        b"q 200 600 100 30 re W n " + text(b"185") + b"Q ",
        b"q /T gs " + text(b"185") + b"Q ",
    ],
    ids=["grey", "clipped to its cell", "transparent"],
)
def test_light_and_clipped_text_is_read(content: bytes) -> None:
    assert second(sheet(LABEL + content, resources=b"/ExtGState<</T<</ca 0.45>>>>")) == ("185", ())


def test_text_off_the_page_is_left_out() -> None:
    assert second(sheet(FIGURE + text(b"77", 700))) == ("185", ())


def names(*pairs: tuple[bytes, bytes]) -> bytes:
    """What characters the glyphs of a font are."""
    lines = b"".join(b"<%s> <%s> " % pair for pair in pairs)
    return stream(
        b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar endcmap"
        % (len(pairs), lines)
    )


def test_characters_that_no_text_has_are_not_taken_for_marks() -> None:
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R>>"
    data = sheet(text(b"A1851851851B"), names((b"41", b"fdd6"), (b"42", b"fddf")), font=font)
    assert cells(data)[0][1] == "\ufffd1851851851\ufffd"


# --- what the file says of its glyphs --------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"999", b"185", b"5"])
def test_the_glyphs_count_and_not_what_is_said_of_them(said: bytes) -> None:
    content = LABEL + b"/Span <</ActualText(%s)>> BDC " % said + text(b"185") + b"EMC "
    assert second(sheet(content)) == ("185", ())


def test_words_that_are_said_of_glyphs_are_theirs() -> None:
    content = b"/Span <</ActualText(label)>> BDC " + text(b"qabeq", 105) + b"EMC " + text(b"185")
    assert second(sheet(content)) == ("185", ())


UNKNOWN = b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 500/CIDToGIDMap/Identity"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)


@pytest.mark.parametrize(
    ("said", "expected"), [(b"185", (UNREAD, ("reversed: 185",))), (b"words", ("words", ()))]
)
def test_a_figure_whose_glyphs_are_not_known_is_unread(
    said: bytes, expected: tuple[str, tuple[str, ...]]
) -> None:
    content = b"/Span <</ActualText(%s)>> BDC BT /F 12 Tf 205 610 Td <234023412342> Tj ET EMC " % said
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 7 0 R>>>>"
    objects = DESCENDANT, HELVETICA, stream(LABEL, form)
    data = sheet(content + b"/X Do ", *objects, font=UNKNOWN, resources=b"/XObject<</X 8 0 R>>")
    assert second(data) == expected


# --- fonts that the page draws itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bounds", "matrix", "stated"),
    [
        (b"0 0 1000 1000", b"0.001 0 0 0.001 0 0", b"0 0 800 800"),
        (b"9000 9000 9800 9800", b"0.001 0 0 0.001 0 0", b"20000 30000 21000 31000"),
        (b"0 0 0 0", b"0.001 0 0 -0.001 0 0", b"20000 30000 21000 31000"),
    ],
    ids=["right", "far", "upside down"],
)
def test_glyphs_stand_where_they_begin_whatever_their_font_says(
    bounds: bytes, matrix: bytes, stated: bytes
) -> None:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[%s]/FontMatrix[%s]/CharProcs<</a 6 0 R/b 7 0 R>>"
        b"/Encoding<</Type/Encoding/Differences[65/a/b]>>/FirstChar 65/LastChar 66/Widths[1000 500]"
        b"/ToUnicode 8 0 R/Resources<<>>>>" % (bounds, matrix)
    )
    glyphs = [stream(b"%d 0 %s d1 0 0 %d 700 re f" % (width, stated, width - 100)) for width in (1000, 500)]
    known = names((b"41", b"884c"), (b"42", b"0038"))
    data = sheet(text(b"AA", 110) + text(b"B", 210), *glyphs, known, font=font)
    assert cells(data) == [["行行", "8"]]
    (shown,) = raw_pages(Source(data, "x"))
    for glyph, left in zip(shown.glyphs, (110, 122, 210), strict=True):
        assert glyph.left == pytest.approx(left, abs=1)
        # They stand 610 points above the lower end of the page, whose height is 800.
        assert glyph.top < 189 < glyph.bottom < 194


# --- tables without lines --------------------------------------------------------------------------------


def without_lines(row: bytes) -> bytes:
    """A page with a table without lines, of whose second row all but the label is given."""
    rows = [text(b"one", 250, 740), text(b"two", 350, 740), text(b"row b", 100, 670), row]
    for name, first, other, y in ((b"row a", b"11", b"21", 700), (b"row c", b"13", b"23", 640)):
        rows += [text(name, 100, y), text(first, 250, y), text(other, 350, y)]
    resources = b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>"
    return page(stream(b"".join(rows)), resources, HELVETICA, stream(CHECKS, PIXELS))


def test_a_note_in_a_table_without_lines_is_no_part_of_the_figure() -> None:
    row = text(b"12", 250, 670) + text(b"1", 264, 675, 7) + text(b"22", 350, 670)
    # Of the header and the row above there are five cells.
    assert cells_and_remarks(without_lines(row))[6:8] == [("12", ("note: 1",)), ("22", ())]


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        (b"q 12 0 0 12 250 668 cm /X Do Q " + text(b"22", 350, 670), [UNREAD, "22"]),
        (text(b"12", 250, 670) + b"q 12 0 0 12 350 668 cm /X Do Q ", ["12", UNREAD]),
        (text(b"12", 250, 670) + text(b"22", 350, 670) + b"250 674 m 264 674 l S ", [UNREAD, "22"]),
        (text(b"12", 250, 670) + text(b"22", 350, 670) + b"1 g 245 665 25 20 re f 0 g ", [2 * UNREAD, "22"]),
    ],
    ids=["picture", "at the end", "struck", "patch"],
)
def test_what_cannot_be_read_stands_in_its_column(row: bytes, figures: list[str]) -> None:
    assert cells(without_lines(row))[2][1:] == figures


def test_a_picture_among_words_is_a_gap() -> None:
    content = text(b"some words", 100, 700) + b"q 10 0 0 10 170 700 cm /X Do Q " + text(b"and more", 190, 700)
    resources = b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>"
    document = read_pdf(Source(page(stream(content), resources, HELVETICA, stream(CHECKS, PIXELS)), "x"))
    assert "words" in document.text
    assert UNREAD not in document.text

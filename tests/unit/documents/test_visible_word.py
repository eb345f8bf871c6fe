"""Cells of Word files: a figure is what a person sees; what is struck, raised or hidden stands apart."""

from __future__ import annotations

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.word.docx import read_docx
from tests.helpers.packages import cell, paragraph, part, row, table, word

U = UNREADABLE
GRID = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'


def run(text: str, properties: str = "", kind: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{kind}>{text}</w:{kind}></w:r>"


def told(content: str, properties: str = "", **parts: str) -> tuple[str, tuple[str, ...]]:
    """The text of a cell beside a label, and the remarks on it."""
    own = f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"
    body = table(row(cell("a"), own)).replace("<w:tblPr/>", f"<w:tblPr/>{GRID}")
    document = read_docx(Source(word(body, **parts), "report.docx"))
    ((_, found),) = (grid.cells for grid in document.grids)
    return document.text[found.start : found.end], document.remarks_at(found.start)


WHITE = '<w:color w:val="FFFFFF"/>'
NOTE, RAISED = '<w:footnoteReference w:id="1"/>', '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
MARK = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>1</w:t></w:r>'


@pytest.mark.parametrize(
    ("content", "text", "remarks"),
    [
        (run("77", "<w:strike/>") + run("185"), "185", ("struck: 77",)),
        (run("77", "<w:dstrike/>") + run("185"), "185", ("struck: 77",)),
        (run("185", '<w:strike w:val="0"/>'), "185", ()),
        (run("77", "<w:strike/>"), U, ("struck: 77",)),
        (f"<w:del>{run('77', kind='delText')}</w:del><w:ins>{run('185')}</w:ins>", "185", ("struck: 77",)),
        (f"<w:moveFrom>{run('77')}</w:moveFrom>{run('185')}", "185", ("struck: 77",)),
        (run("1") + f"<w:del>{run('5', kind='delText')}</w:del>" + run("7"), "17", ("struck: 5",)),
        (run("12") + run("1", '<w:vertAlign w:val="superscript"/>'), "12", ("note: 1",)),
        (run("12") + run("1", '<w:vertAlign w:val="subscript"/>'), "12", ("note: 1",)),
        (run("12", '<w:vertAlign w:val="baseline"/>'), "12", ()),
        (run("12") + run("1", '<w:position w:val="10"/>'), "12", ("note: 1",)),
        (run("1") + run("2", '<w:position w:val="2"/>'), "12", ()),
        (run("12", '<w:position w:val="-6"/>'), "12", ("note: 12",)),
        (run("5", '<w:vertAlign w:val="superscript"/>'), U, ("note: 5",)),
        (run("12") + MARK, f"12{U}1", ()),
        (run("12") + MARK.replace("1<", "*<"), "12", ("note: *",)),
        (run("12") + f"<w:r>{NOTE}</w:r>", "12" + U, ("generated",)),
        (run("12") + f"<w:r>{RAISED}{NOTE}</w:r>", "12", ()),
        (run("77", "<w:vanish/>") + run("185"), "185", ("hidden: 77",)),
        (run("77", "<w:webHidden/>") + run("185"), "185" + U, ("overlay: 77",)),
        (run("77", WHITE) + run("185"), "185", ("hidden: 77",)),
        (run("185", f'{WHITE}<w:shd w:fill="003366"/>'), "185", ()),
        (run("185", f'{WHITE}<w:highlight w:val="black"/>'), "185", ()),
        (
            run("77", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>') + run("5"),
            "5",
            ("hidden: 77",),
        ),
        (run("185", '<w:color w:val="FF0000"/>'), "185", ()),
        (run("77", WHITE), U, ("hidden: 77",)),
        (run("77", '<w:sz w:val="2"/>') + run("185"), "185", ("hidden: 77",)),
        (run("185", '<w:sz w:val="18"/>'), "185", ()),
        (run("12") + run("1", '<w:sz w:val="10"/>'), "12" + U, ("small: 1",)),
        (run("12", '<w:sz w:val="10"/>'), "12", ()),
        (f'<w:bdo w:val="rtl">{run("12")}</w:bdo>', U, ("reversed: 12",)),
        (f'<w:bdo w:val="ltr">{run("12")}</w:bdo>', "12", ()),
        (run("\u202e12"), "12" + U, ("reversed",)),
        (run("12") + "<w:r><w:drawing/></w:r>", "12" + U, ("picture",)),
        *((f"<w:r><w:{drawn}/></w:r>", U, ("picture",)) for drawn in ("drawing", "pict", "object")),
        ("<w:r><w:fldChar><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>", U, ("control",)),
        ("<w:r><w:fldChar><w:ffData><w:ddList/></w:ffData></w:fldChar></w:r>", U, ("control",)),
        (f"<w:r><w:fldChar><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>{run('12')}", "12", ()),
        (run("行政许可") + run("1", '<w:vertAlign w:val="superscript"/>'), "行政许可", ("note: 1",)),
        (run("行政许可", WHITE), "行政许可", ("hidden: 行政许可",)),
        (run("185", "<w:u/>"), "185", ()),
    ],
)
def test_runs(content: str, text: str, remarks: tuple[str, ...]) -> None:
    assert told(content) == (text, remarks)


def test_styles_strike_and_raise() -> None:
    styles = (
        '<w:style w:styleId="out"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:styleId="outer"><w:basedOn w:val="out"/></w:style>'
        '<w:style w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    content = run("77", '<w:rStyle w:val="outer"/>') + run("185") + run("1", '<w:rStyle w:val="note"/>')
    assert told(content, styles=styles) == ("185", ("struck: 77", "note: 1"))
    undone = run("185", '<w:rStyle w:val="out"/><w:strike w:val="0"/>')
    assert told(undone, styles=styles) == ("185", ())
    struck = '<w:pPr><w:pStyle w:val="out"/></w:pPr>' + run("77")
    assert told(struck, styles=styles) == (U, ("struck: 77",))


def test_colours_are_held_against_the_cell() -> None:
    dark = '<w:shd w:fill="1F4E79"/>'
    assert told(run("185", WHITE), dark) == ("185", ())
    assert told(run("77", '<w:color w:val="1F4E79"/>') + run("5", WHITE), dark) == ("5", ("hidden: 77",))
    both = run("7", solid(ALPHA.format(100000))) + run("5", solid(ALPHA.format(0)))
    assert told(both) == ("5", ("hidden: 7",))  # they differ only inside a property


def test_a_text_box_beside_a_figure() -> None:
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('77')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert told(run("185") + box) == ("185" + U, ("overlay: 77",))


def test_in_prose_a_figure_that_is_struck_is_left_out() -> None:
    body = f"<w:p>{run('收到')}{run('15', '<w:strike/>')}{run('16件')}{run('9', '<w:vanish/>')}</w:p>"
    assert read_docx(Source(word(body), "report.docx")).text == "收到 16件\n"


def test_a_run_in_which_digits_stand_around_a_picture() -> None:
    run_ = "<w:r><w:rPr><w:strike/></w:rPr><w:t>1</w:t><w:drawing/><w:t>7</w:t></w:r>"
    assert told(run_ + run("5")) == ("5" + U, ("struck: 1", "picture", "struck: 7"))


# --- colours ---------------------------------------------------------------------------------------------

ALPHA = '<w14:schemeClr w14:val="tx1"><w14:alpha w14:val="{}"/></w14:schemeClr>'


def filled(fill: str, more: str = "") -> str:
    return f"{more}<w14:textFill>{fill}</w14:textFill>"


def solid(colour: str) -> str:
    return filled(f"<w14:solidFill>{colour}</w14:solidFill>")


def gradient(*colours: str) -> str:
    stops = "".join(f'<w14:gs><w14:srgbClr w14:val="{colour}"/></w14:gs>' for colour in colours)
    return filled(f"<w14:gradFill><w14:gsLst>{stops}</w14:gsLst></w14:gradFill>")


OUTLINE = '<w14:textOutline><w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill></w14:textOutline>'
NO_OUTLINE = "<w14:textOutline><w14:noFill/><w14:round/></w14:textOutline>"
HIDDEN, UNCLEAR = (U, ("hidden: 12",)), (U, ("overlay: 12",))
SEEN = ("12", ())


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        # The theme's name holds, whatever the digits beside it say.
        ('<w:color w:val="000000" w:themeColor="background1"/>', HIDDEN),
        ('<w:color w:val="auto" w:themeColor="light1"/>', HIDDEN),
        ('<w:color w:val="FFFFFF" w:themeColor="text1"/>', SEEN),
        ('<w:color w:val="000000" w:themeColor="text1" w:themeTint="0D"/>', HIDDEN),
        ('<w:color w:val="000000" w:themeColor="text1" w:themeTint="A6"/>', SEEN),
        ('<w:color w:val="000000" w:themeColor="background1" w:themeShade="80"/>', SEEN),
        ('<w:color w:val="FFFFFF" w:themeColor="unheardOf"/>', HIDDEN),
        ('<w:color w:val="#FFFFFF"/>', HIDDEN),
        ('<w:color w:val="white"/>', HIDDEN),
        ('<w:color w:val="#000000"/>', SEEN),
        ('<w:highlight w:val="black"/>', UNCLEAR),
        ('<w:shd w:fill="000000"/>', UNCLEAR),
        ('<w:highlight w:val="darkBlue"/>', SEEN),
        (filled("<w14:noFill/>"), HIDDEN),
        (filled("<w14:noFill/>", NO_OUTLINE), HIDDEN),
        (filled("<w14:noFill/>", OUTLINE), UNCLEAR),
        (filled("<w14:noFill/>", "<w:shadow/>"), UNCLEAR),
        (filled("<w14:blipFill/>"), UNCLEAR),
        (solid(ALPHA.format(100000)), HIDDEN),
        (solid(ALPHA.format(0)), SEEN),
        (solid('<w14:schemeClr w14:val="bg1"/>'), HIDDEN),
        (solid('<w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="50000"/></w14:schemeClr>'), SEEN),
        (solid('<w14:schemeClr w14:val="tx1"><w14:lumOff w14:val="95000"/></w14:schemeClr>'), HIDDEN),
        # As WPS writes usual text.
        ('<w:color w:themeColor="text1"/>' + solid('<w14:schemeClr w14:val="tx1"/>') + NO_OUTLINE, SEEN),
        (gradient("FFFFFF", "FEFEFE"), HIDDEN),
        (gradient("FFFFFF", "000000"), UNCLEAR),
        (gradient("FF0000", "000000"), SEEN),
    ],
)
def test_colours_of_themes_and_of_effects(look: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert told(run("12", look)) == expected


@pytest.mark.parametrize(
    ("shading", "colour", "expected"),
    [
        ('w:val="solid" w:color="000000" w:fill="FFFFFF"', "000000", HIDDEN),
        ('w:val="solid" w:color="000000" w:fill="FFFFFF"', "FFFFFF", SEEN),
        # The usual colour is white where it is dark behind it.
        ('w:val="clear" w:color="auto" w:fill="000000"', "auto", SEEN),
        ('w:val="pct95" w:color="000000" w:fill="FFFFFF"', "111111", HIDDEN),
        ('w:val="pct10" w:color="000000" w:fill="FFFFFF"', "000000", SEEN),
        ('w:val="diagStripe" w:color="000000" w:fill="FFFFFF"', "000000", UNCLEAR),
        ('w:val="clear" w:fill="FFFFFF" w:themeFill="text1"', "000000", HIDDEN),
        ('w:val="clear" w:fill="000000" w:themeFill="background1"', "000000", SEEN),
        ('w:val="nil" w:fill="000000"', "000000", SEEN),
        ('w:val="nil" w:fill="000000"', "FFFFFF", HIDDEN),
    ],
)
def test_shading(shading: str, colour: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert told(run("12", f'<w:color w:val="{colour}"/>'), f"<w:shd {shading}/>") == expected


def test_a_theme_says_which_colours_it_names() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
        '<a:clrScheme name="dark"><a:dk1><a:srgbClr val="F8F8F8"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="202020"/></a:lt1></a:clrScheme>'
        '<a:fontScheme name="f"><a:minorFont><a:latin typeface="Webdings"/></a:minorFont></a:fontScheme>'
        "</a:themeElements></a:theme>"
    )
    named = run("12", '<w:color w:val="000000" w:themeColor="{}"/>')
    parts = {"word_theme.xml": theme}
    assert told(named.format("text1"), **parts) == HIDDEN
    assert told(named.format("background1"), **parts) == SEEN
    mapped = part("settings", '<w:clrSchemeMapping w:bg1="dark1" w:t1="light1"/>')
    assert told(named.format("text1"), **parts, **{"word_settings.xml": mapped}) == SEEN
    assert told(run("12", '<w:rFonts w:asciiTheme="minorHAnsi"/>'), **parts) == PICTURES
    assert told(run("12", '<w:rFonts w:asciiTheme="majorHAnsi"/>'), **parts) == SEEN


# --- styles ----------------------------------------------------------------------------------------------

PICTURES = (U, ("picture: 12",))


def style(kind: str, name: str, look: str, more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:rPr>{look}</w:rPr></w:style>'


HIDING = style("paragraph", "p", "<w:vanish/>") + style("character", "c", "<w:vanish/>")
IN_P, IN_C = '<w:pPr><w:pStyle w:val="p"/></w:pPr>', '<w:rStyle w:val="c"/>'


def test_styles_of_two_kinds_undo_each_other() -> None:
    assert told(IN_P + run("12"), styles=HIDING) == ("", ("hidden: 12",))
    assert told(run("12", IN_C), styles=HIDING) == ("", ("hidden: 12",))
    assert told(IN_P + run("12", IN_C), styles=HIDING) == SEEN
    assert told(IN_P + run("12", f"{IN_C}<w:vanish/>"), styles=HIDING) == ("", ("hidden: 12",))
    # What is said of all text isn't undone.
    of_all = f"<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>{HIDING}"
    assert told(IN_P + run("12", IN_C), styles=of_all) == ("", ("hidden: 12",))


def test_a_style_of_another_kind_is_none() -> None:
    assert told(run("12", '<w:rStyle w:val="p"/>'), styles=HIDING) == SEEN
    assert told('<w:pPr><w:pStyle w:val="c"/></w:pPr>' + run("12"), styles=HIDING) == SEEN


def test_what_holds_where_no_style_is_named() -> None:
    usual = style("paragraph", "usual", WHITE, ' w:default="1"')
    assert told(run("12"), styles=usual) == HIDDEN
    assert told(run("12", '<w:color w:val="auto"/>'), styles=usual) == SEEN
    assert told(IN_P + run("12"), styles=usual + style("paragraph", "p", "<w:b/>")) == SEEN
    everywhere = f"<w:docDefaults><w:rPrDefault><w:rPr>{WHITE}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert told(run("12"), styles=everywhere) == HIDDEN
    assert told(run("12"), '<w:shd w:fill="003366"/>', styles=everywhere) == SEEN


def table_of(styles: str, look: str, *, name: str = "t", rows: int = 3) -> list[list[str]]:
    """The cells of a table of three columns in a style: 11 12 13, 21 22 23, …"""
    cells = "".join(row(*(cell(f"{i}{j}") for j in (1, 2, 3))) for i in range(1, rows + 1))
    properties = f'<w:tblPr><w:tblStyle w:val="{name}"/>{look}</w:tblPr>'
    document = read_docx(Source(word(f"<w:tbl>{properties}{cells}</w:tbl>", styles=styles), "report.docx"))
    found: dict[int, list[str]] = {}
    for grid in document.grids:
        for one in grid.cells:
            found.setdefault(one.row, []).append(document.text[one.start : one.end])
    return list(found.values())


def conditional(condition: str, look: str, cell_look: str = "") -> str:
    inner = (
        f'<w:tblStylePr w:type="{condition}"><w:rPr>{look}</w:rPr><w:tcPr>{cell_look}</w:tcPr></w:tblStylePr>'
    )
    return f'<w:style w:type="table" w:styleId="t">{inner}</w:style>'


ALL = '<w:tblLook w:val="01E0"/>'
_GRID = [[f"{i}{j}" for j in (1, 2, 3)] for i in (1, 2, 3)]


@pytest.mark.parametrize(
    ("condition", "look", "gone"),
    [
        ("lastCol", '<w:tblLook w:lastColumn="1" w:val="0000"/>', {"13", "23", "33"}),
        ("lastCol", '<w:tblLook w:val="0100"/>', {"13", "23", "33"}),
        ("lastCol", '<w:tblLook w:lastColumn="0" w:val="0100"/>', set()),
        ("lastCol", "", set()),
        ("firstCol", ALL, {"11", "21", "31"}),
        ("firstRow", ALL, {"11", "12", "13"}),
        ("lastRow", ALL, {"31", "32", "33"}),
        ("nwCell", ALL, {"11"}),
        ("seCell", ALL, {"33"}),
        ("band1Horz", ALL, {"21", "22", "23"}),
        ("band1Horz", "", {"11", "12", "13", "31", "32", "33"}),
        ("band1Horz", '<w:tblLook w:val="0600"/>', set()),
        ("band2Vert", ALL, {"13", "23", "33"}),
        ("wholeTable", "", {text for line in _GRID for text in line}),
    ],
)
def test_formats_of_a_tables_style(condition: str, look: str, gone: set[str]) -> None:
    hiding = table_of(conditional(condition, "<w:vanish/>"), look)
    # A row without anything is one of blanks.
    assert hiding == [["" if text in gone else text for text in line] for line in _GRID]
    assert table_of(conditional(condition, "<w:b/>"), look) == _GRID
    whitening = table_of(conditional(condition, WHITE), look)
    assert whitening == [[U if text in gone else text for text in line] for line in _GRID]
    # As the styles of Word have their header rows: white on dark.
    assert table_of(conditional(condition, WHITE, '<w:shd w:fill="4472C4"/>'), look) == _GRID


def test_what_a_tables_style_says_of_its_text_itself() -> None:
    of_all = '<w:style w:type="table" w:default="1" w:styleId="n"><w:rPr><w:strike/></w:rPr></w:style>'
    assert table_of(of_all, "", name="unheardOf") == [[U] * 3] * 3
    assert table_of(of_all.replace(' w:default="1"', ""), "", name="unheardOf") == _GRID
    # What another style hides, too, programs show in different ways.
    both = conditional("wholeTable", "<w:vanish/>") + style(
        "paragraph", "usual", "<w:vanish/>", ' w:default="1"'
    )
    assert table_of(both, "") == [[U] * 3] * 3


# --- fields ----------------------------------------------------------------------------------------------


def field(code: str, result: str | None) -> str:
    """A field; without a result, it has none."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in _FIELD)
    return f"{begin}{code}{separate + result if result is not None else ''}{end}"


def code(text: str) -> str:
    return run(text, kind="instrText")


_FIELD = ("begin", "separate", "end")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (field(code(" = SUM(LEFT) "), run("12")), SEEN),
        (field(code(" = ") + field(code(" REF a "), run("4")), run("12")), ("12", ("hidden: 4",))),
        (field(code(" = 1 "), field(code(" REF a "), run("12"))), SEEN),
        (run("12") + field(code(" XE ") + run("3"), None), ("12", ("hidden: 3",))),
        (field(code(r" EQ \o(13,—) "), None), (U, ("picture",))),
        (run("1") + field(code(r" eq\o\ac(○,2) "), run("2")), ("1" + U, ("hidden: 2", "picture"))),
        (f'<w:fldSimple w:instr=" SYMBOL 252 ">{run("12")}</w:fldSimple>', (U, ("picture",))),
        (f'<w:fldSimple w:instr=" = 3*4 ">{run("12")}</w:fldSimple>', SEEN),
        (field(code(" PAGE "), run("12")), UNCLEAR),
        (f'<w:fldSimple w:instr=" NUMPAGES ">{run("12")}</w:fldSimple>', UNCLEAR),
        (field(code(" PAGEREF a "), run("12")), SEEN),
        (
            field(code(' ASK a "4" '), run("4")) + field(code(" SET a 5 "), run("5")) + run("12"),
            ("12", ("hidden: 45",)),
        ),
        (f'<w:fldSimple w:instr=" SET a 3 ">{run("3")}</w:fldSimple>{run("12")}', ("12", ("hidden: 3",))),
        # What has no end is no field.
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("12"), SEEN),
        (run("12") + "<w:r><w:pgNum/></w:r>", ("12" + U, ("picture",))),
        (run("12") + "<w:r><w:lastRenderedPageBreak/><w:softHyphen/></w:r>", SEEN),
    ],
)
def test_fields(content: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert told(content) == expected


def test_a_field_over_paragraphs() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in _FIELD)
    result = f"{begin}{code(' IF ')}{separate}{run('12')}</w:p><w:p>{run('3')}{end}"
    assert told(result) == ("12\n3", ())
    assert told(result.replace(separate, "")) == (U, ("overlay: 123",))


def test_controls_that_are_empty_or_show_another_part_of_the_file() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>" + run("12") + "</w:sdtContent></w:sdt>"
    assert told(control.format("<w:showingPlcHdr/>")) == UNCLEAR
    assert told(control.format('<w:showingPlcHdr w:val="0"/>')) == SEEN
    assert told(control.format('<w:dataBinding w:xpath="/a"/>')) == UNCLEAR
    assert told(control.format("<w:text/>")) == SEEN


def test_an_alternative_that_word_does_not_know() -> None:
    choice = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="{}" xmlns:new="http://example.org/new"><w:t>4</w:t>'
        "</mc:Choice><mc:Fallback><w:t>12</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    for unknown in ("new", "wps new", "undeclared"):
        assert told(choice.format(unknown)) == SEEN
    for known in ("wps", "wps w14"):
        assert told(choice.format(known)) == ("4", ())


# --- fonts, places ---------------------------------------------------------------------------------------


SCENE = '<w14:scene3d><w14:camera><w14:rot w14:lat="0" w14:lon="{}"/></w14:camera></w14:scene3d>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("12", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), PICTURES),
        (run("12", '<w:rFonts w:ascii="Arial" w:hAnsi="Wingdings" w:eastAsia="Wingdings"/>'), SEEN),
        (run("12", '<w:rFonts w:ascii="Segoe UI Symbol"/>'), SEEN),
        (run("12", '<w:rFonts w:ascii="Webdings" w:cs="Arial"/><w:rtl/>'), SEEN),
        (run("12", '<w:rFonts w:ascii="Arial" w:cs="Webdings"/><w:cs/>'), PICTURES),
        (run("许可", '<w:rFonts w:ascii="Wingdings"/>'), ("许可", ())),
        ('<w:r><w:sym w:font="Wingdings" w:char="0033"/></w:r>', ("\uf033", ())),
        ('<w:r><w:sym w:font="Arial" w:char="0033"/></w:r>', ("3", ())),
        (run("12", '<w:sz w:val="21"/><w:szCs w:val="1"/><w:rtl/>'), ("", ("hidden: 12",))),
        (run("12", '<w:sz w:val="21"/><w:szCs w:val="1"/>'), SEEN),
        (run("12", '<w:spacing w:val="-120"/>'), UNCLEAR),
        (run("12", '<w:spacing w:val="-12"/>'), SEEN),
        (run("12", '<w:fitText w:val="10"/>'), UNCLEAR),
        (run("12", '<w:fitText w:val="210"/>'), SEEN),
        (run("12", '<w:position w:val="400"/>'), UNCLEAR),
        (run("12", '<w:position w:val="60pt"/>'), UNCLEAR),
        (run("12", '<w:sz w:val="1pt"/>'), ("", ("hidden: 12",))),
        (run("12", '<w:sz w:val="10.5pt"/>'), SEEN),
        (run("12", '<w:w w:val="1%"/>'), ("", ("hidden: 12",))),
        (run("12", SCENE.format("5400000")), UNCLEAR),
        (run("12", SCENE.format("0")), SEEN),
        (run("12") + "<w:r><w14:contentPart/></w:r>", ("12" + U, ("picture",))),
        ("<w:contentPart/>", (U, ("picture",))),
        (run("12", '<w:eastAsianLayout w:combine="1"/>'), UNCLEAR),
        ('<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>' + run("12"), UNCLEAR),
        ('<w:pPr><w:spacing w:line="20" w:lineRule="atLeast"/></w:pPr>' + run("12"), SEEN),
        ('<w:pPr><w:spacing w:line="200" w:lineRule="exact"/></w:pPr>' + run("12"), SEEN),
        ('<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>' + run("12"), UNCLEAR),
        ('<w:pPr><w:framePr w:wrap="around"/></w:pPr>' + run("12"), SEEN),
    ],
)
def test_fonts_and_sizes(content: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert told(content) == expected


def test_indents_are_held_against_the_cell() -> None:
    width = '<w:tcW w:w="900" w:type="dxa"/>'
    indent = "<w:pPr><w:ind {}/></w:pPr>" + run("12")
    for out in (
        *('w:left="-9000"', 'w:left="2000"', 'w:firstLineChars="800"', 'w:hanging="1000"'),
        *('w:right="-9000"', 'w:endChars="-800"'),
    ):
        assert told(indent.format(out), width) == UNCLEAR
    # A cell that doesn't say how wide it is gets wider, but only to the right.
    for out in ('w:left="-9000"', 'w:hanging="1000"', 'w:right="-9000"', 'w:endChars="-800"'):
        assert told(indent.format(out)) == UNCLEAR
    for wider in ('w:left="2000"', 'w:firstLineChars="800"', 'w:left="-300"'):
        assert told(indent.format(wider)) == SEEN
    for usual in ('w:left="-105" w:right="-105"', 'w:firstLine="420"', 'w:left="1500" w:hanging="1500"'):
        assert told(indent.format(usual), width) == SEEN


def test_cells_that_a_line_crosses() -> None:
    crossed = '<w:tcBorders><w:tl2br w:val="{}"/></w:tcBorders>'
    assert told(run("12"), crossed.format("single")) == UNCLEAR
    assert told(run("12"), crossed.format("nil")) == SEEN
    assert told(run("项目"), crossed.format("single"))[0] == "项目"
    assert told("", crossed.format("single")) == ("", ())


def test_automatic_numbers_look_as_their_list_has_them() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:suff w:val="nothing"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/><w:rPr>{}</w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>{}</w:pPr>" + run("12")
    assert told(listed.format(""), numbering=numbering.format("")) == ("112", ())
    assert told(listed.format(""), numbering=numbering.format("<w:vanish/>")) == ("12", ("hidden: 1",))
    struck, usual = listed.format("<w:rPr><w:strike/></w:rPr>"), numbering.format("")
    assert told(struck, numbering=usual) == ("12", ("struck: 1",))
    assert told(struck, numbering=numbering.format('<w:strike w:val="0"/>')) == ("112", ())
    usual = usual.replace("decimal", "none").replace("%1", "9%1")
    assert told(listed.format(""), numbering=usual) == ("12" + U, ("generated: 9",))

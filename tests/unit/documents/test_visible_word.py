"""Cells of Word files: a figure is what a person sees; what is struck, raised or hidden stands apart."""

from __future__ import annotations

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.word.docx import read_docx
from tests.helpers.packages import cell, paragraph, row, table, word

U = UNREADABLE


def run(text: str, properties: str = "", kind: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{kind}>{text}</w:{kind}></w:r>"


def told(content: str, properties: str = "", **parts: str) -> tuple[str, tuple[str, ...]]:
    """The text of a cell beside a label, and the remarks on it."""
    own = f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"
    document = read_docx(Source(word(table(row(cell("a"), own)), **parts), "report.docx"))
    ((_, found),) = (grid.cells for grid in document.grids)
    return document.text[found.start : found.end], document.remarks_at(found.start)


WHITE = '<w:color w:val="FFFFFF"/>'


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
        (
            run("12") + '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>1</w:t></w:r>',
            "12",
            ("note: 1",),
        ),
        (run("12") + '<w:r><w:footnoteReference w:id="1"/></w:r>', "12", ()),
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


def test_a_text_box_beside_a_figure() -> None:
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('77')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert told(run("185") + box) == ("185" + U, ("overlay: 77",))


def test_in_prose_nothing_is_lost() -> None:
    body = f"<w:p>{run('收到')}{run('15', '<w:strike/>')}{run('16件')}{run('9', '<w:vanish/>')}</w:p>"
    assert read_docx(Source(word(body), "report.docx")).text == "收到 15 16件\n"

"""What an OFD shows, object by object: GB/T 33190 says what each means."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.documents.document import UNREADABLE, Document, GridCell
from extractor.documents.ofd import painter as painting
from extractor.documents.ofd.geometry import deltas
from extractor.documents.ofd.reader import read_ofd
from extractor.documents.source import Source
from extractor.errors import InputError, TooLargeError, UnreadableError
from tests.helpers.ofd_files import filled, layer, ofd, page, path, text
from tests.helpers.packages import archive
from tests.helpers.sweeps import times

BOX = filled(100, 10, 130, 20, "255 255 255")
# A table of one row: a label and a cell from 60 to 90 mm.
LINES = "".join(
    path(data, attributes='LineWidth="0.2"')
    for data in (
        "M 20 30 L 90 30 M 20 40 L 90 40 M 20 50 L 90 50",
        "M 20 30 L 20 50 M 60 30 L 60 50 M 90 30 L 90 50",
    )
)


def read(data: bytes) -> Document:
    return read_ofd(Source(data, "年报.ofd"))


def shown(*objects: str) -> str:
    return read(ofd(page(layer(*objects)))).text


def cell(*objects: str, over: str = "") -> tuple[str, str]:
    """What a cell shows, and what stands in it besides, beside a label and below a row of labels."""
    head = text("项目", 22, 37) + text("数量", 62, 37) + text("件数", 22, 47)
    document = read(ofd(page(layer(LINES, head, *objects, over))))
    found = last_cell(document)
    return document.text[found.start : found.end], "、".join(document.remarks_at(found.start))


def last_cell(document: Document) -> GridCell:
    """Of the table."""
    (grid,) = [grid for grid in document.grids if grid.kind == "table"]
    return grid.cells[-1]


def test_lines_are_read_from_the_top_with_their_places() -> None:
    document = read(ofd(page(layer(text("第二行", 20, 40), text("第一行", 20, 30)))))
    assert document.text == "第一行\n第二行\n"
    assert document.encoding == "OFD"


def test_a_cell_knows_its_page_and_its_box() -> None:
    head = text("项目", 22, 37) + text("数量", 62, 37) + text("件数", 22, 47) + text("157", 62, 47)
    document = read(ofd(page(layer(text("前页", 20, 20))), page(layer(LINES, head))))
    last = last_cell(document)
    assert document.text[last.start : last.end] == "157"
    place = document.locator(last.start)
    assert place is not None
    assert place.page == 2
    assert place.box is not None
    # Three characters of 2 mm from 62 mm on, from 3.2 mm above 47 mm to 0.8 mm below, in points.
    assert [round(side) for side in place.box] == [176, 124, 193, 135]


@pytest.mark.parametrize(
    ("steps", "count", "expected"),
    [
        ("1.5 2", 3, [1.5, 2.0]),
        ("g 3 1.5", 9, [1.5, 1.5, 1.5]),
        ("2 g 2 1 3", 9, [2.0, 1.0, 1.0, 3.0]),
        ("g 999999 1", 4, [1.0] * 4),
        ("g", 4, []),
        ("x 1", 4, [0.0, 1.0]),
    ],
)
def test_the_steps_between_characters(steps: str, count: int, expected: list[float]) -> None:
    assert deltas(steps, count) == expected
    assert deltas("", 3) is None


def test_steps_place_characters() -> None:
    """Half an em each: a number. Five ems between two figures: two of them."""
    assert shown(text("共157", 20, 30, code='DeltaX="4 2 2"')) == "共157\n"
    apart = text("共15", 20, 30, code='DeltaX="20 20"').replace("20 26 12", "20 26 90")
    assert shown(apart).split() == ["共", "1", "5"]


def test_a_transformation_moves_and_scales() -> None:
    """Of two objects in the same place the one that is moved down by 100 mm comes last."""
    moved = text("后", 20, 30, attributes='CTM="1 0 0 1 0 100"').replace("24 ", "26 ", 1)
    moved = moved.replace('Boundary="20 26 4 5.6"', 'Boundary="20 26 40 200"')
    assert shown(moved, text("先", 20, 40)) == "先\n后\n"
    half = text("共157", 20, 30, size=8, attributes='CTM="0.5 0 0 0.5 0 0"', code='DeltaX="8 4 4"')
    assert shown(half) == "共157\n"


def test_a_text_code_goes_on_where_the_one_before_stands() -> None:
    two = text("甲", 20, 30).replace(
        "</ofd:TextObject>", '<ofd:TextCode X="4">乙</ofd:TextCode></ofd:TextObject>'
    )
    assert shown(two.replace('Boundary="20 26 4 5.6"', 'Boundary="20 26 40 5.6"')) == "甲乙\n"


def test_templates_lie_behind_or_before_and_parts_are_found_either_way() -> None:
    template = page(layer(text("页脚", 20, 290)))
    common = '<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpl.xml"/>'
    content = page(layer(text("正文", 20, 30)), before='<ofd:Template TemplateID="7" ZOrder="Background"/>')
    assert "正文" in read(ofd(content, common=common, files={"Doc_0/Tpl.xml": template})).text
    assert "页脚" in read(ofd(content, common=common, files={"Doc_0/Tpl.xml": template})).text
    # A white shape of a template before the page covers what the page shows; of one behind it doesn't.
    cover = page(layer(filled(0, 20, 210, 40, "255 255 255")), layer(text("页脚", 20, 290)))
    before = content.replace("Background", "Foreground")
    assert "正文" not in read(ofd(before, common=common, files={"Doc_0/Tpl.xml": cover})).text
    assert "正文" in read(ofd(content, common=common, files={"Doc_0/Tpl.xml": cover})).text


def test_objects_made_of_objects_are_opened() -> None:
    unit = (
        '<ofd:Res xmlns:ofd="x"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        + text("里面", 0, 4)
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    made = '<ofd:CompositeObject ID="5" Boundary="20 30 40 10" ResourceID="9"/>'
    assert read(ofd(page(layer(made)), common=common, files={"Doc_0/PublicRes.xml": unit})).text == "里面\n"


# --- what is seen ----------------------------------------------------------------------------------------


def test_a_figure_that_is_printed_is_read() -> None:
    assert cell(text("157", 62, 47)) == ("157", "")


@pytest.mark.parametrize(
    "unseen",
    [
        text("9", 80, 47, attributes='Visible="false"'),
        text("9", 80, 47, attributes='Alpha="0"'),
        text("9", 80, 47, attributes='Fill="false"'),
        text("9", 80, 47, inside='<ofd:FillColor Value="255 255 255"/>'),
        text("9", 80, 47, inside='<ofd:FillColor Value="#FA #FA #FA"/>'),
        text("9", 80, 47, inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        text("9", 80, 47)
        .replace('Boundary="80 43 4 5.6"', 'Boundary="20 43 4 5.6"')
        .replace('X="0"', 'X="60"'),
    ],
    ids=["invisible", "alpha", "no fill", "white", "nearly white", "clear", "beyond its boundary"],
)
def test_what_is_not_seen_is_no_part_of_a_figure(unseen: str) -> None:
    assert cell(text("157", 62, 47), unseen) == ("157", "hidden: 9")


def test_in_the_colour_of_what_is_behind_it_it_is_not_seen() -> None:
    blue = text("9", 80, 47, inside='<ofd:FillColor Value="0 0 200"/>')
    assert cell(filled(78, 41, 88, 49, "0 0 200"), text("157", 62, 47), blue) == ("157", "hidden: 9")
    white = text("157", 62, 47, inside='<ofd:FillColor Value="255 255 255"/>')
    assert cell(filled(61, 41, 89, 49, "0 0 200"), white) == ("157", "")


def test_what_something_is_painted_over_is_unread() -> None:
    shown_, remarks = cell(text("157", 62, 47), over=filled(61, 41, 89, 49, "255 255 255"))
    assert (shown_, remarks) == (UNREADABLE, "overlay")
    # One that is seen through hides nothing.
    assert cell(text("157", 62, 47), over=filled(61, 41, 89, 49, "255 0 0", 60)) == ("157", "")


def test_a_struck_figure_is_no_figure() -> None:
    line = path("M 61 45.6 L 69 45.6", attributes='LineWidth="0.3"')
    assert cell(text("157", 62, 47), over=line) == (UNREADABLE, "struck: 157")


def test_a_picture_in_a_blank_cell_may_show_a_figure() -> None:
    picture = '<ofd:ImageObject ID="8" Boundary="62 42 20 7" ResourceID="4"/>'
    assert cell(picture) == (UNREADABLE, "picture")
    assert cell() == ("", "")


def test_an_annotation_is_painted_last() -> None:
    note = (
        '<ofd:PageAnnot xmlns:ofd="x"><ofd:Annot ID="1" Type="Path"><ofd:Appearance Boundary="60 40 30 10">'
        + filled(1, 1, 29, 9, "255 255 255")
        + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    listed = (
        '<ofd:Annotations xmlns:ofd="x"><ofd:Page PageID="1"><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Page>'
        "</ofd:Annotations>"
    )
    content = page(layer(text("正文", 20, 20), text("157", 62, 47)))
    after = "<ofd:Annotations>Annots.xml</ofd:Annotations>"
    files = {"Doc_0/Annots.xml": listed, "Doc_0/a.xml": note}
    assert "157" not in read(ofd(content, after=after, files=files)).text
    for off in (
        note.replace("<ofd:Annot ", '<ofd:Annot Visible="false" '),
        note.replace("Path", "Highlight"),
    ):
        assert "157" in read(ofd(content, after=after, files={**files, "Doc_0/a.xml": off})).text


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"OFD.xml": "<ofd"}), "damaged"),
        (
            archive({"OFD.xml": "<OFD><DocBody><DocRoot>x.xml</DocRoot></DocBody></OFD>"}),
            "its text is missing",
        ),
        (archive({"OFD.xml": "<OFD/>"}), "have no text"),
        (ofd(page()), "have no text"),
        (ofd(page(layer('<ofd:ImageObject Boundary="0 0 210 297"/>'))), "save it as PDF"),
        (ofd("<!DOCTYPE x [<!ENTITY a 'b'>]><Page/>"), "it declares a DTD"),
        (ofd("\0"), "damaged"),
    ],
    ids=["XML", "no document", "empty", "no page", "pictures", "DTD", "NUL"],
)
def test_bad_files_are_told(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)


def test_a_page_that_is_missing_is_told() -> None:
    with pytest.raises(UnreadableError, match="a page is missing"):
        read(ofd(page(layer(text("正文", 20, 20)))).replace(b"Doc_0/Pages/1.xml", b"Doc_0/Pages/7.xml"))


def test_an_entity_is_not_expanded_and_nothing_outside_is_read() -> None:
    outside = ofd(page(layer(text("正文", 20, 20)), before="<ofd:PageRes>../../../etc/passwd</ofd:PageRes>"))
    assert read(outside).text == "正文\n"


def test_a_unit_that_holds_itself_ends() -> None:
    unit = (
        '<ofd:Res xmlns:ofd="x"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        + '<ofd:CompositeObject ResourceID="9"/>' * 2
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    data = ofd(
        page(layer('<ofd:CompositeObject ResourceID="9"/>')),
        common=common,
        files={"Doc_0/PublicRes.xml": unit},
    )
    with pytest.raises(TooLargeError):
        read(data)


@pytest.mark.parametrize(
    "objects",
    [
        text("1" * (painting.MOST_GLYPHS + 1), 20, 20),
        filled(0, 0, 210, 297, "0 0 0") * 8_000 + text("1" * 3000, 20, 20),
        path("M 0 0" + " L 1 1" * 400_000),
    ],
    ids=["glyphs", "areas", "path"],
)
def test_more_than_a_report_holds_is_refused_soon(objects: str) -> None:
    begun = time.thread_time()
    with pytest.raises((TooLargeError, UnreadableError)):
        read(ofd(page(layer(objects))))
    assert time.thread_time() - begun < 6


@given(st.text(alphabet="0123456789 .-gMLCQBAe#x", max_size=60), st.sampled_from(["CTM", "Boundary", "Size"]))
@settings(max_examples=times(60, 120))
def test_any_numbers_end_in_a_document_or_an_input_error(words: str, name: str) -> None:
    attributes = {"CTM": "1 0 0 1 0 0", "Boundary": "0 0 9 9", "Size": "4"} | {name: words}
    listed = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    code = f'<ofd:TextCode X="1" Y="4" DeltaX="{words}">157</ofd:TextCode>'
    data = ofd(page(layer(f"<ofd:TextObject {listed}>{code}</ofd:TextObject>", path(words))))
    with suppress(InputError):
        assert set(read(data).text) <= set("157 \n")

"""Word files: what Word shows is in the text, each cell once, and nothing else."""

from __future__ import annotations

import sys
from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.documents.document import UNREADABLE, Document, Locator
from extractor.documents.source import Source
from extractor.documents.word.docx import read_docx
from extractor.errors import GongkaiError, TooLargeError, UnknownFormatError, UnreadableError
from tests.helpers.packages import archive, cell, list_item, paragraph, part, relations, row, table, word
from tests.helpers.sweeps import times

RUN = "<w:r><w:t>{}</w:t></w:r>"
BOX = "<w:txbxContent>{}</w:txbxContent>"


def read(body: str, **parts: str) -> Document:
    return read_docx(Source(word(body, **parts), "report.docx"))


def cells(document: Document) -> list[list[str]]:
    """The cells of all tables, row by row."""
    rows: dict[int, list[str]] = {}
    for grid in document.grids:
        for one in grid.cells if grid.kind == "table" else ():
            rows.setdefault(one.row, []).append(document.text[one.start : one.end])
    return list(rows.values())


def run(content: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr>{content}</w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>公</w:t></w:r><w:r><w:t>开</w:t></w:r></w:p>", "公开\n"),
        (run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), "甲\t乙\n"),
        (run("<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t>"), "甲\n乙\n丙\n"),
        (run("<w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t>"), "1-2\n"),
        (
            "<w:p><w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:del><w:r><w:delText>3</w:delText></w:r></w:del></w:p>",
            "12\n",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            "新\n",
        ),
        (run("<w:t>隐</w:t>", "<w:vanish/>") + run("<w:t>显</w:t>", '<w:vanish w:val="0"/>'), "显\n"),
        (run("<w:fldChar/><w:instrText>PAGE 9</w:instrText><w:fldChar/><w:t>3</w:t>"), "3\n"),
        ('<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>', "\ufffc\n"),
        ("<w:p><w:bookmarkStart/><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>", "链\n"),
        (run("<w:t>注</w:t><w:footnoteReference/><w:commentReference/>"), "注\n"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>", "控件\n"),
        (f"<w:customXml>{paragraph('一')}</w:customXml>", "一\n"),
        (run('<w:sym w:char="F0FC"/><w:sym w:char="x"/>'), "\uf0fc\ufffd\n"),
        (
            run(
                "<w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby>"
            ),
            "公\n",
        ),
        ("<w:p><m:oMath><m:r><m:t>35</m:t></m:r><m:f><m:num/></m:f></m:oMath></w:p>", "35\ufffd\n"),
        # The mark between them is deleted: one paragraph.
        (paragraph("一", "<w:rPr><w:del/></w:rPr>") + paragraph("二"), "一二\n"),
        (paragraph("一", "<w:rPr><w:del/></w:rPr>"), "一\n"),
        (f"{paragraph('前')}{table(row(cell('1')))}{paragraph('后')}", "前\n1\n后\n"),
        (run("<w:drawing/><w:t>徽</w:t>"), "徽\n"),
    ],
)
def test_what_is_shown_is_text(body: str, text: str) -> None:
    assert read(body).text == text


def test_a_text_box_that_is_there_in_two_formats_is_read_once() -> None:
    new = f"<w:drawing><wps:txbx>{BOX.format(paragraph('框'))}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox>{BOX.format(paragraph('框'))}</v:textbox></w:pict>"
    choices = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    for drawn in (both, old, new, f"<w:drawing>{both}</w:drawing>"):
        assert read(run(f"<w:t>文</w:t>{drawn}")).text == "文\n框\n"
    # A number that was typed into a text box over a cell is what the page shows there.
    inside = table(row(cell("数"), f"<w:tc>{run(new.replace('框', '5'))}</w:tc>"))
    assert cells(read(inside)) == [["数", "5"]]


def test_a_cell_with_a_picture_is_not_blank() -> None:
    assert cells(read(table(row(f"<w:tc>{run('<w:drawing/>')}</w:tc>", cell(""))))) == [["\ufffc", ""]]


def test_hidden_and_deleted_rows_and_cells_are_left_out() -> None:
    shown = table(
        row(cell("甲"), cell("1")),
        row(cell("乙"), properties="<w:hidden/>"),
        row(cell("丙"), properties="<w:del/>"),
        row(cell("丁"), cell("4", "<w:cellDel/>"), cell("5")),
        row(cell("戊"), properties="<w:ins/>"),
    )
    assert cells(read(shown)) == [["甲", "1"], ["丁", "5"], ["戊"]]


def test_styles_hide_text() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>'
    )
    body = run("<w:t>隐</w:t>", '<w:rStyle w:val="a"/>') + run("<w:t>显</w:t>", '<w:rStyle w:val="c"/>')
    body += paragraph("隐", '<w:pStyle w:val="b"/>') + paragraph("显", '<w:pStyle w:val="d"/>')
    assert read(body, styles=styles).text == "显\n显\n"


# --- tables ----------------------------------------------------------------------------------------------


def test_merged_cells_stand_once_and_know_their_place() -> None:
    document = read(
        table(
            row(cell("角", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell("甲"), cell("乙")),
            row(cell("", '<w:gridSpan w:val="2"/><w:vMerge/>'), cell("1"), cell("2")),
            row(cell("组", '<w:vMerge w:val="restart"/>'), cell("丙"), cell("3"), cell("4")),
            row(cell("", "<w:vMerge/>"), cell("丁"), cell("5"), cell("", '<w:hMerge w:val="continue"/>')),
            row(cell("6"), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'),
        )
    )
    assert cells(document) == [["角", "甲", "乙"], ["1", "2"], ["组", "丙", "3", "4"], ["丁", "5"], ["6"]]
    for text, place in (("甲", (1, 3)), ("2", (2, 4)), ("丁", (4, 2)), ("6", (5, 3))):
        assert document.locator(document.text.index(text)) == Locator(table=1, row=place[0], column=place[1])


def test_a_table_from_right_to_left_is_read_as_it_is_shown() -> None:
    mirrored = "<w:tblPr><w:bidiVisual/></w:tblPr>"
    rows = row(cell("a", "<w:gridSpan w:val='2'/>"), cell("b")) + row(cell("1"), cell("2"), cell("3"))
    document = read(f"<w:tbl>{mirrored}{rows}</w:tbl>")
    assert cells(document) == [["b", "a"], ["3", "2", "1"]]
    for text, place in (("b", (1, 1)), ("a", (1, 2)), ("3", (2, 1)), ("1", (2, 3))):
        assert document.locator(document.text.index(text)) == Locator(table=1, row=place[0], column=place[1])


def test_a_row_that_begins_and_ends_further_right_than_the_others_settles_nothing() -> None:
    before = '<w:gridBefore w:val="1"/>'
    words = cell("甲") + cell("1") + cell("2")
    shifted = row(cell("乙"), cell("3"), cell("4"), properties=before)
    document = read(table(row(words), shifted))
    assert cells(document) == [["甲", "1", "2"], ["乙", f"3{UNREADABLE}", f"4{UNREADABLE}"]]
    # Word leaves slivers where edges of cells don't quite meet.
    slivers = '<w:tblGrid><w:gridCol w:w="40"/><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
    document = read(table(row(words), shifted).replace("<w:tblPr/>", f"<w:tblPr/>{slivers}"))
    assert cells(document) == [["甲", "1", "2"], ["乙", "3", "4"]]
    # One that ends where the others do lacks a cell.
    assert cells(read(table(row(words), row(cell("3"), cell("4"), properties=before)))) == [
        ["甲", "1", "2"],
        ["3", "4"],
    ]


def test_a_cell_that_goes_on_where_none_began_is_shown() -> None:
    assert cells(read(table(row(cell("1", "<w:vMerge/>")), row(cell("2"), cell("3"))))) == [["1"], ["2", "3"]]


def test_paragraphs_in_a_cell_are_its_lines() -> None:
    assert cells(read(table(row(f"<w:tc>{paragraph('商业')}{paragraph('')}{paragraph('企业')}</w:tc>")))) == [
        ["商业\n\n企业"]
    ]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    assert cells(read(table(control(row(control(cell("甲")), cell("1"))), row(cell("乙"))))) == [
        ["甲", "1"],
        ["乙"],
    ]


def test_a_table_in_a_cell_is_a_table_and_a_frame_is_none() -> None:
    inner = table(row(cell("规章"), cell("0")))
    document = read(table(row(cell("前"), f"<w:tc>{inner}{paragraph('')}</w:tc>"), row(cell("后"))))
    assert cells(document) == [["前"], ["规章", "0"], ["后"]]
    assert document.locator(document.text.index("规")) == Locator(table=2, row=1, column=1)
    frame = table(row(f"<w:tc>{table(row(cell('5')))}</w:tc>", cell("6")))
    assert cells(read(frame)) == [["5", "6"]]


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[int, int], tuple[int, int]]:
    """Merged areas that fill a table: where each begins, and how far it goes right and down."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(r, c) for r in range(height) for c in range(width)}
    areas = {}
    for r, c in sorted(free):
        if (r, c) in free:
            right, down = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            while any((r, c + i) not in free for i in range(right)):
                right -= 1
            down = min(down, height - r)
            areas[r, c] = (right, down)
            free -= {(r + j, c + i) for j in range(down) for i in range(right)}
    return areas


@settings(max_examples=times(60, 300))
@given(grids())
def test_any_merged_table_is_read_as_its_areas(areas: dict[tuple[int, int], tuple[int, int]]) -> None:
    rows: dict[int, dict[int, str]] = {}
    for (r, c), (right, down) in areas.items():
        span = f'<w:gridSpan w:val="{right}"/>'
        for j in range(down):
            merge = "" if down == 1 else '<w:vMerge w:val="restart"/>' if j == 0 else "<w:vMerge/>"
            rows.setdefault(r + j, {})[c] = cell(f"{r}:{c}" if j == 0 else "", span + merge)
    document = read(table(*(row(*(line[c] for c in sorted(line))) for _, line in sorted(rows.items()))))
    found = {}
    for grid in document.grids:
        for one in grid.cells:
            place = document.locator(one.start)
            assert place is not None
            assert place.row is not None
            assert place.column is not None
            found[place.row - 1, place.column - 1] = document.text[one.start : one.end]
    assert found == {(r, c): f"{r}:{c}" for r, c in areas}


# --- automatic numbers -----------------------------------------------------------------------------------


def level(number: int, shown: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{shown}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEVELS = (
    level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="space"/>')
    + level(2, "decimal", "%3.")
)
LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="linked"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)
LIST_STYLES = (
    '<w:style w:styleId="linked"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="heading"><w:basedOn w:val="linked"/></w:style>'
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (list_item("甲", 1) + list_item("乙", 1), "一、甲\n二、乙\n"),
        (
            list_item("甲", 1) + list_item("子", 1, 1) + list_item("孙", 1, 2) + list_item("丑", 1, 1),
            "一、甲\n（一） 子\n1.\t孙\n（二） 丑\n",
        ),
        (
            list_item("甲", 1) + list_item("子", 1, 1) + list_item("乙", 1) + list_item("丑", 1, 1),
            "一、甲\n（一） 子\n二、乙\n（一） 丑\n",
        ),
        # Lists of one scheme count on, unless one says where it starts.
        (
            list_item("甲", 1) + list_item("乙", 3) + list_item("丙", 2) + list_item("丁", 2),
            "一、甲\n二、乙\n五、丙\n六、丁\n",
        ),
        (paragraph("甲", '<w:pStyle w:val="heading"/>'), "一、甲\n"),
        (list_item("甲", 0) + list_item("乙", 4) + list_item("丙", 9), "甲\n乙\n丙\n"),
        (list_item("甲", 1, 8), "甲\n"),
    ],
)
def test_automatic_numbers_are_on_the_page(body: str, text: str) -> None:
    assert read(body, numbering=LISTS, styles=LIST_STYLES).text == text


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [
        ("decimal", "1 2 9 10 11 20 27"),
        ("decimalZero", "01 02 09 10 11 20 27"),
        ("chineseCounting", "一 二 九 十 十一 二十 二十七"),
        ("ideographDigital", "一 二 九 一〇 一一 二〇 二七"),
        ("decimalEnclosedCircle", "① ② ⑨ ⑩ ⑪ ⑳ 27"),
        ("ideographTraditional", "甲 乙 壬 癸 11 20 27"),
        ("decimalFullWidth", "１ ２ ９ １０ １１ ２０ ２７"),
        ("lowerLetter", "a b i j k t aa"),
        ("upperRoman", "I II IX X XI XX XXVII"),
        ("unheardOf", "1 2 9 10 11 20 27"),
        ("bullet", "      "),
    ],
)
def test_numerals(shown: str, numbers: str) -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, shown, "%1")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    lines = read("".join(list_item("，", 1) for _ in range(27)), numbering=lists).text.splitlines()
    assert [lines[i - 1].removesuffix("，").strip() for i in (1, 2, 9, 10, 11, 20, 27)] == numbers.split(" ")


# --- other files -----------------------------------------------------------------------------------------


def test_parts_are_found_by_what_the_package_says_of_them() -> None:
    document = part("document", f"<w:body>{paragraph('在')}</w:body>")
    links = relations(officeDocument="/Inhalt/Text.xml")
    assert read_docx(Source(archive({"_rels/.rels": links, "inhalt/text.xml": document}), "x")).text == "在\n"
    # Dangling links, as WPS writes them, keep nobody from reading.
    dangling = relations(image="NULL", numbering="../NULL", styles="gone.xml")
    assert read_docx(Source(word(paragraph("在"), word__rels_document_xml_rels=dangling), "x")).text == "在\n"


def test_strict_files_are_read() -> None:
    strict = part("document", f"<w:body>{paragraph('严')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_docx(Source(archive({"word/document.xml": strict}), "x")).text == "严\n"


EMBEDDED = '<w:altChunk r:id="r1"/>'
PAGE = "<html><p>上</p><table><tr><td>规章</td><td>3</td></tr><tr><td>1</td><td>2</td></tr></table></html>"


def embedding(body: str, content: str | bytes, target: str = 'Target="chunk.x"') -> Document:
    """A Word file in whose text something else is embedded."""
    link = f'<Relationships xmlns="x"><Relationship Id="r1" Type="t/aFChunk" {target}/></Relationships>'
    parts = {
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": link,
        "word/chunk.x": content,
    }
    return read_docx(Source(archive(parts), "report.docx"))


@pytest.mark.parametrize("wrapped", [PAGE, PAGE.encode("gb18030"), "mhtml"], ids=["UTF-8", "GBK", "MHTML"])
def test_an_embedded_page_stands_where_it_is_embedded(wrapped: str | bytes) -> None:
    if wrapped == "mhtml":
        head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64"
        wrapped = f"{head}\n\n{b64encode(PAGE.encode()).decode()}\n"
    body = (
        table(row(cell("甲"), cell("乙"))) + EMBEDDED + paragraph("下") + table(row(cell("丙"), cell("丁")))
    )
    document = embedding(body, wrapped)
    assert document.text == "甲\t乙\n上\n规章\t3\n1\t2\n下\n丙\t丁\n"
    assert cells(document) == [["甲", "乙"], ["规章", "3"], ["1", "2"], ["丙", "丁"]]
    assert len([grid for grid in document.grids if grid.kind == "table"]) == 3
    places = [document.locator(document.text.index(text)) for text in ("甲", "2", "丁")]
    assert places == [
        Locator(table=1, row=1, column=1),
        Locator(table=2, row=2, column=2),
        Locator(table=3, row=1, column=2),
    ]


@pytest.mark.parametrize(
    ("body", "content", "target"),
    [
        (EMBEDDED, PAGE, 'TargetMode="External" Target="chunk.x"'),
        (EMBEDDED, PAGE, 'Target="gone.x"'),
        (EMBEDDED, PAGE, 'Target="../../../../etc/passwd"'),
        (EMBEDDED.replace("r1", "r2"), PAGE, 'Target="chunk.x"'),
        ("<w:altChunk/>", PAGE, 'Target="chunk.x"'),
        (EMBEDDED, "只是文本", 'Target="chunk.x"'),
        (EMBEDDED, archive({"word/document.xml": ""}), 'Target="chunk.x"'),
        (table(row(cell("甲").replace("</w:tc>", f"{EMBEDDED}</w:tc>"))), PAGE, 'Target="chunk.x"'),
    ],
    ids=["elsewhere", "gone", "outside", "no link", "no id", "text", "a Word file", "in a cell"],
)
def test_text_embedded_in_another_format_is_told(body: str, content: str | bytes, target: str) -> None:
    with pytest.raises(UnknownFormatError, match="embeds its text in another format"):
        embedding(body, content, target)


def test_what_is_embedded_again_and_again_is_bounded() -> None:
    with pytest.raises(TooLargeError):
        embedding(EMBEDDED * 10, PAGE + " " * 1_000_000)


LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)
)


@pytest.mark.parametrize(
    "document",
    [
        f"{LAUGHS}]>" + part("document", "<w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body>"),
        f"{LAUGHS}]>" + part("document", '<w:body><w:p w:x="&a11;"/></w:body>'),
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">' + part("document", "<w:body/>"),
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + part("document", "<w:body>&x;</w:body>"),
        part("document", "<w:body>&x;</w:body>"),
        part("document", "<w:body>"),
        part("document", "<w:ins>" * 100_000 + "</w:ins>" * 100_000),
        "",
    ],
    ids=["entities", "entities in an attribute", "DTD", "local file", "undefined", "cut", "deep", "empty"],
)
def test_hostile_xml_is_refused(document: str) -> None:
    with pytest.raises(UnreadableError, match="damaged or incomplete"):
        read_docx(Source(archive({"word/document.xml": document}), "x"))


def test_as_deep_as_the_parser_allows_is_not_too_deep() -> None:
    body = paragraph("底")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}{paragraph('')}</w:tc><w:tc/></w:tr></w:tbl>"
    assert "底" in read(body).text
    assert read(run("<w:drawing>" + "<w:x>" * 240 + "</w:x>" * 240 + "</w:drawing>")).text == ""
    assert sys.getrecursionlimit() == 1000


@pytest.mark.parametrize(
    "body",
    [table(row("<w:tc/>" * 100_001)), "<w:p/>" * 100_001, paragraph("字" * 3_000_000)],
    ids=["cells", "paragraphs", "text"],
)
def test_more_than_a_report_can_hold_is_refused(body: str) -> None:
    with pytest.raises(TooLargeError, match="more than an annual report can"):
        read(body)


@settings(max_examples=times(60, 300))
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8), st.integers(0, 3000))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(word(table(row(cell("规章"), cell("0"))), numbering=LISTS, styles=LIST_STYLES))
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(GongkaiError):
        read_docx(Source(bytes(data[: len(data) - cut]), "x"))

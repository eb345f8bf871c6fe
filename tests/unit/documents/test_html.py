"""Web pages: what a browser shows, in its order; tables as grids; nothing that can break the reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.documents.document import Document, Locator
from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from extractor.errors import UnknownFormatError
from tests.helpers.sweeps import times


def shown(page: str) -> list[str | list[list[str]]]:
    """The lines of a page and, of each of its tables, the cells by row."""
    document = read_html(Source(page.encode(), "page"))
    result: list[str | list[list[str]]] = []
    for grid in document.grids:
        cells = [(document.text[cell.start : cell.end], cell.row, cell.ends_row) for cell in grid.cells]
        if grid.kind == "table":
            rows = dict.fromkeys(row for _, row, _ in cells)
            result.append([[text for text, at, _ in cells if at == row] for row in rows])
            assert [ends for _, _, ends in cells] == [
                i + 1 == len(cells) or cells[i + 1][1] != row for i, (_, row, _) in enumerate(cells)
            ]
        else:
            result += [text for text, *_ in cells]
    return result


def places(document: Document) -> dict[str, Locator]:
    """Where every cell with a text stands."""
    found = {}
    for grid in document.grids:
        for cell in grid.cells:
            locator = document.locator(cell.start)
            if grid.kind == "table" and locator is not None:
                found[document.text[cell.start : cell.end]] = locator
    return found


# --- text --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        # What stands in a line is one text, whatever tags are around its characters…
        ("<p>1<span>57</span></p>", ["157"]),
        ("<p><b>1</b><i>5</i><o:p>7</o:p></p>", ["157"]),
        ("<p>1<!-- 2 -->5<script>3</script>7<wbr></p>", ["157"]),
        ("<div style='display:inline'>1</div><div style='display: INLINE-block'>57</div>", ["157"]),
        # … and what stands in two lines never is.
        ("<div>1</div><div>57</div>", ["1", "57"]),
        ("<p>1<p>57", ["1", "57"]),
        ("1<br>57<br/>9<hr>8", ["1", "57", "9", "8"]),
        ("<ul><li>1<li>57</ul>", ["1", "57"]),
        ("<h1>1</h1>57<center>9</center>", ["1", "57", "9"]),
        ("<span style='display:block'>1</span><span>57</span>", ["1", "57"]),
        ("<span style='float:left'>1</span><span>57</span>", ["1", "57"]),
        ("<span style='position:absolute'>1</span><span>57</span>", ["1", "57"]),
        ("<span style='background-position:fixed; float:none'>1</span><span>57</span>", ["157"]),
        ("<td>1</td><td>57</td>", ["1", "57"]),
        # A picture, a control, or what is raised or struck out, isn't part of the number beside it.
        ("<p>1<img src=x>57</p>", ["1 57\ufffc"]),
        ("<p>1<input value=3>57<select><option>2</select>9</p>", ["1 57 9\ufffc"]),
        ("<p>106<sup>1</sup> <s>15</s>16</p>", ["106 16"]),
        ("<p>1<button>5</button>7</p>", ["1 5 7"]),
        # Blanks are as a browser shows them.
        ("<p> a \n\t b <b> c</b></p>", ["a b c"]),
        ("<p>1\n57</p>", ["1 57"]),
        ("<p>1&nbsp;57&#160;</p>", ["1\xa057"]),
        ("<p>政府信息\n    公开\n2023年\r\n（一）\n１\n２</p>", ["政府信息公开 2023年（一） １ ２"]),
        ("<p>&#8203;</p><p>\ufeff</p><p>&nbsp;</p><p>\u3000</p>", []),
        ("<pre>1\n2\r\n  3\r3</pre><xmp>4\n<b>5</b></xmp>", ["1", "2", "3", "3", "4", "<b>5</b>"]),
        # References, once.
        ("<p>&lt;td&gt;&amp;#49;&#x4e00;&#150;&unknown;</p>", ["<td>&#49;一–&unknown;"]),
        ("", []),
        ("<p>", []),
    ],
)
def test_text(page: str, lines: list[str]) -> None:
    assert shown(page) == lines


@pytest.mark.parametrize(
    "hidden",
    [
        "<title>x</title>",
        "<head><title>x</title><style>x</style><meta content=x></head>",
        "<script>document.write('<p>x</p>')</script>",
        "<style>x</style>",
        "<noscript><p>x</p></noscript>",
        "<template><p>x</p></template>",
        "<textarea>x</textarea><iframe><p>x</p></iframe><svg><text>x</text></svg>",
        "<!-- x --><!--[if gte mso 9]><xml>x</xml><![endif]-->",
        "<div hidden>x<p>x</p></div>",
        "<div style='color:red; DISPLAY : none'><p>x</p></div>",
        "<div style='display:block;display:none!important'>x</div>",
        "<div style='visibility:hidden'>x<p>x</p></div>",
        "<span style='mso-hide:all'>x</span>",
        "<table style='display:none'><tr><td>x<td>x</table>",
        "<p hidden><table hidden><tr><td>x</table>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert shown(f"{hidden}<p>1</p>") == ["1"]
    nested = f"<table><tr><td>1<td>a<div>{hidden}</div><td>2</table>"
    if "<p hidden>" not in hidden:
        assert shown(nested) == [[["1", "a", "2"]]]


def test_conditional_comments_of_word_hide_only_what_no_browser_shows() -> None:
    page = "<p><![if !supportLists]>1.<![endif]>属于<!--[if !vml]>x<![endif]-->国家秘密</p>"
    assert shown(page) == ["1.属于国家秘密"]


def test_nothing_is_resolved_or_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbb">]><p>1&a;&b;</p>'
    assert "1&a;&b;" in str(shown(page))
    assert shown('<base href="http://example.com"><link href=x><iframe src=x></iframe><img src=x>') == []


# --- tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>a</td><td>1</td></tr></table>", [[["a", "1"]]]),
        ("<table><tr><td>a<td>1<tr><th>b<td>2</table>", [[["a", "1"], ["b", "2"]]]),
        ("<table><td>a<td>1</table>", [[["a", "1"]]]),
        ("<table><tr><td>a<td>1</tr><td>b<td>2</table>", [[["a", "1"], ["b", "2"]]]),
        ("x<table><tr><td>a<td>1</table>y", ["x", [["a", "1"]], "y"]),
        # Text order: a caption, and what stands between rows, is shown above.
        ("<table><caption>c</caption><tr><td>a<td>1</tr>y</table>", ["c", "y", [["a", "1"]]]),
        ("<table><form><tr><td>a<td>1</tr></form></table>", [[["a", "1"]]]),
        # The first head is shown first and the first foot last; what else is called so stays.
        (
            "<table><tfoot><tr><td>f<td>3<tbody><tr><td>b<td>2<thead><tr><td>h<td>1</table>",
            [[["h", "1"], ["b", "2"], ["f", "3"]]],
        ),
        (
            "<table><thead><tr><td>h<td>1<tbody><tr><td>b<td>2<thead><tr><td>i<td>3</table>",
            [[["h", "1"], ["b", "2"], ["i", "3"]]],
        ),
        # Lines inside a cell.
        ("<table><tr><td><p>本年新<br>制作</p><p>数量</p><td>1</table>", [[["本年新\n制作\n数量", "1"]]]),
        ("<table><tr><td> <p> a</p>\n <td>&nbsp;<td><td>\ufeff<td>1</table>", [[["a", "", "", "", "1"]]]),
        # A cell that isn't displayed leaves no gap, one that can't be seen does.
        ("<table><tr><td>a<td style='display:none'>x<td>1</table>", [[["a", "1"]]]),
        ("<table><tr><td>a<td style='visibility:hidden'>x<td>1</table>", [[["a", "", "1"]]]),
        ("<table><tr hidden><td>x<td>y<tr><td>a<td>1</table>", [[["a", "1"]]]),
        # Ends that were left out inside a cell.
        ("<table><tr><td><div><b>a<td>1</div>2</table>z", [[["a", "12"]], "z"]),
        ("<table><tr><td><font>a<tr><td>b<td>1</table>", [[["a"], ["b", "1"]]]),
        # One column: lines.
        ("<table><tr><td>a<br>b<tr><td>1</table>", ["a", "b", "1"]),
        ("<table><tr><td>a</table>", ["a"]),
        # Layout: a cell with a table or with prose in it.
        (
            "<table><tr><td>menu<td><p>p</p><table><tr><td>a<td>1</table>q</table>",
            ["menu", "p", [["a", "1"]], "q"],
        ),
        (
            "<table><tr><td>1<td>2<tr><td>x<td><table><tr><td>a<td>3</table><tr><td>4<td>5</table>",
            [[["1", "2"]], "x", [["a", "3"]], [["4", "5"]]],
        ),
        (f"<table><tr><td>menu<td><p>{'字' * 300}<p>{'句' * 300}</table>", ["menu", "字" * 300, "句" * 300]),
        ("<table><tr><td><table><tr><td><table><tr><td>a<td>1</table></table></table>", [[["a", "1"]]]),
        ("<table></table><table><tr></tr></table>", []),
    ],
)
def test_tables(page: str, expected: list[str | list[list[str]]]) -> None:
    assert shown(page) == expected


def test_cells_say_where_they_stand_in_the_table_as_it_is_shown() -> None:
    page = """<table><tr><td>layout<td><table>
        <tr><td rowspan=2 colspan=2>a<td>b<td>c</tr>
        <tr><td colspan=2>d</tr>
        <tr><td>e<td>f<td>g<td>h</tr></table><table><tr><td>i<td>j</table></table>"""
    found = places(read_html(Source(page.encode(), "x")))
    assert {text: tuple(place[2:]) for text, place in found.items()} == {
        "a": (1, 1, 1),
        "b": (1, 1, 3),
        "c": (1, 1, 4),
        "d": (1, 2, 3),
        "e": (1, 3, 1),
        "f": (1, 3, 2),
        "g": (1, 3, 3),
        "h": (1, 3, 4),
        "i": (2, 1, 1),
        "j": (2, 1, 2),
    }


def test_what_a_layout_row_divides_is_still_one_table() -> None:
    page = "<table><tr><td>a<td>b<tr><td>x<td><table><tr><td>c<td>d</table><tr><td>e<td>f</table>"
    found = places(read_html(Source(page.encode(), "x")))
    assert [(text, place.table, place.row) for text, place in found.items()] == [
        ("a", 1, 1),
        ("b", 1, 1),
        ("c", 2, 1),
        ("d", 2, 1),
        ("e", 1, 3),
        ("f", 1, 3),
    ]


@pytest.mark.parametrize(
    ("span", "columns"),
    [("2", 2), (" +2px", 2), ("0", 1), ("", 1), ("-2", 1), ("x", 1), ("2.9", 2), ("1000000000000", 199)],
)
def test_spans_are_read_as_browsers_read_them(span: str, columns: int) -> None:
    page = f"<table><tr><td>a<td colspan='{span}'>b<td>c<tr><td>d<td>e</table>"
    assert places(read_html(Source(page.encode(), "x")))["c"].column == 2 + columns


@pytest.mark.parametrize("span", ["0", "3", "1000000000000", "9" * 5000])
def test_a_cell_reaches_no_further_down_than_its_section(span: str) -> None:
    page = (
        f"<table><tbody><tr><td rowspan={span}>a<td>b<tr><td>c<tr><td>d</tbody><tbody><tr><td>e<td>f</table>"
    )
    found = places(read_html(Source(page.encode(), "x")))
    assert [found[text][3:] for text in "abcdef"] == [(1, 1), (1, 2), (2, 2), (3, 2), (4, 1), (4, 2)]


SPANS = st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=5), max_size=6)


def expanded(sections: list[list[list[tuple[int, int]]]]) -> dict[str, tuple[int, int]]:
    """Where the cells of a table stand, found slot by slot."""
    found: dict[str, tuple[int, int]] = {}
    above = 0
    for section in sections:
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(section):
            for columns, rows in row:
                x = next(x for x in range(1000) if (y, x) not in taken)
                height = rows if rows else len(section) - y
                taken |= {(y + i, x + j) for i in range(height) for j in range(columns)}
                found[f"c{len(found)}"] = (above + y + 1, x + 1)
        above += len(section)
    return found


@given(st.lists(SPANS, min_size=1, max_size=3))
def test_any_spans_give_the_grid_that_they_say(sections: list[list[list[tuple[int, int]]]]) -> None:
    names = iter(range(1000))
    page = ""
    for section in sections:
        rows = [
            "".join(f"<td colspan={c} rowspan={r}>c{next(names)}</td>" for c, r in row) for row in section
        ]
        page += f"<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody>"
    found = places(read_html(Source(f"<table>{page}</table>".encode(), "x")))
    expected = expanded(sections)
    if all(len(row) < 2 for section in sections for row in section):
        assert found == {}
    else:
        assert {text: (place.row, place.column) for text, place in found.items()} == expected


# --- any page ----------------------------------------------------------------------------------------


def test_the_lines_of_a_text_with_tables_in_it_are_lines() -> None:
    page = "# 标题\n一段话\n<table><tr><td>甲</td><td>1</td></tr></table>\n又一段\n"
    assert shown(page) == ["# 标题", "一段话", [["甲", "1"]], "又一段"]


def test_a_page_below_the_limits_is_read_to_its_end() -> None:
    assert shown("<div>" * 990 + "x" + "</div>" * 990 + "<p>y") == ["x", "y"]
    assert shown("<p>x" * 100_000 + "<p>y")[-1] == "y"
    for long in ("<p style='{}'>x", "<p>x<!--{}-->", "<p>x<script>{}</script>"):
        assert shown(f"{long.replace('{}', 'z' * 11_000_000)}<p>y") == ["x", "y"]


TAGS = [
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "p",
    "div",
    "br",
    "span",
    "b",
    "pre",
    "sup",
    "script",
    "title",
    "hr",
    "li",
    "select",
    "xml",
    "form",
]
FRAGMENTS = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<td hidden>", "<tr style='display:none'>", "<td colspan=3 rowspan=2>", "<td rowspan=0>"]
    ),
    st.sampled_from(
        ["<table style='visibility:hidden'>", "<!--", "-->", "<", "&nbsp;", "1", "字", "\n", "\0"]
    ),
    st.text(max_size=3),
)


@settings(max_examples=times(60, 600))
@given(st.lists(FRAGMENTS, max_size=40))
def test_any_markup_gives_a_document_whose_cells_point_into_its_text(fragments: list[str]) -> None:
    try:
        document = read_html(Source("".join(fragments).encode(errors="replace"), "x"))
    except UnknownFormatError:
        return  # more control characters than a text has
    last = 0
    for grid in document.grids:
        for cell in grid.cells:
            assert last <= cell.start <= cell.end <= len(document.text)
            last = cell.end
    starts = [start for start, _, _ in document.located]
    assert starts == sorted(set(starts))


def test_what_is_not_shown_never_changes_what_is() -> None:
    """Every closing tag finds what its opening tag began, hidden or not."""
    for tag in TAGS:
        page = f"<table><tr><td>1<div hidden><{tag}>x</{tag}></div><td>2</table>"
        assert shown(page) == [[["1", "2"]]], tag

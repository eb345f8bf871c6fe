"""Tables of web pages whose rows are flex boxes: a blank item has its place where its style gives it room."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.reports.opening import open_document
from extractor.result.cells import Status
from extractor.statistics.reading import read_statistics
from tests.helpers.pages import BLOCK, LABELS, TITLE, by_address, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = {row: ["" if value == "0" else value for value in values] for row, values in figures().items()}
SHEET = ".r{display:flex}.c{flex:1}"
HEADER = ["申请人情况", *(column.label for column in BLOCK.columns)]


def row(cells: list[str], item: str = '<div class="c">{}</div>', box: str = '<div class="r">{}</div>') -> str:
    return box.format("".join(item.format(cell) for cell in cells))


def page(*rows: str, sheet: str = SHEET) -> str:
    title = TITLE.split("\n")[0]
    heading = "<h2>三、收到和处理政府信息公开申请情况</h2>"
    head = f"<meta charset=utf-8><style>{sheet}</style><h1>{title}</h1>{heading}"
    return f"{head}{''.join(rows)}<p>五、存在的主要问题</p>"


def settled(path: Path, source: str) -> dict[str, str]:
    path.write_text(source, encoding="utf-8")
    return {cell.address: cell.printed for cell in extract(path)[0].cells if cell.status in SETTLED}


def table(item: str = '<div class="c">{}</div>', box: str = '<div class="r">{}</div>') -> list[str]:
    return [row([LABELS[name], *values], item, box) for name, values in VALUES.items()]


@pytest.mark.parametrize(
    ("item", "box", "sheet"),
    [
        ('<div class="c">{}</div>', '<div class="r">{}</div>', SHEET),
        ('<span class="c">{}</span>', '<div class="r">{}</div>', SHEET),
        (
            '<div class="c"><p>{}</p></div>',
            '<section class="r">{}</section>',
            ".r{display:flex}.c{flex:1 1 0}",
        ),
        ("<div style='flex-grow:1'>{}</div>", "<div style='display:flex;flex-direction:row'>{}</div>", ""),
        (
            '<li class="c">{}</li>',
            '<ul class="r">{}</ul>',
            ".r{display:flex;flex-wrap:nowrap}.c{flex:0 0 12%}",
        ),
        ('<i hidden>1</i><div class="c">{}</div>', '<div class="r">{}</div>', SHEET),
    ],
)
def test_blanks_have_their_places(tmp_path: Path, item: str, box: str, sheet: str) -> None:
    found = settled(tmp_path / "page.html", page(row(HEADER, item, box), *table(item, box), sheet=sheet))
    assert found == by_address(VALUES)


@pytest.mark.parametrize(
    "sheet",
    [
        # Nothing gives a blank item room, or its place is another one.
        ".r{display:flex}",
        ".r{display:flex;flex-direction:row-reverse}.c{flex:1}",
        ".r{display:flex;flex-wrap:wrap}.c{flex:1}",
        ".r{display:flex;flex-direction:column}.c{flex:1}",
        ".r{display:flex}.c{flex:1}.c:nth-child(3){order:-1}",
        ".r{display:flex}.c{flex:1}.c:nth-child(3){position:absolute;left:9px;top:0}",
        ".r{display:block}.c{flex:1}",
    ],
)
def test_where_they_stand_otherwise_nothing_is_settled(tmp_path: Path, sheet: str) -> None:
    assert not settled(tmp_path / "page.html", page(row(HEADER), *table(), sheet=sheet))


def test_a_row_that_lacks_an_item_is_left_open(tmp_path: Path) -> None:
    rows = table()
    name = "unavailable.not_held"
    short = row([LABELS[name], *VALUES[name][:2], *VALUES[name][3:]])
    rows[list(VALUES).index(name)] = short
    found = settled(tmp_path / "page.html", page(row(HEADER), *rows))
    assert not [address for address in found if name in address]


def test_columns_are_those_of_the_header(tmp_path: Path) -> None:
    order = [2, 0, 1, 3, 4, 5, 6]
    header = [HEADER[0], *(HEADER[1 + place] for place in order)]
    rows = [row([LABELS[name], *(values[place] for place in order)]) for name, values in VALUES.items()]
    assert settled(tmp_path / "page.html", page(row(header), *rows)) == by_address(VALUES)


def test_words_between_items_are_an_item_of_their_own(tmp_path: Path) -> None:
    rows = [one.replace("</div><div", "</div>1<div", 1) for one in table()]
    assert not settled(tmp_path / "page.html", page(row(HEADER), *rows))


@pytest.mark.parametrize("inside", ["padding-left:2em", "margin-left:32px"])
def test_how_far_in_they_begin_tells_what_stands_below_what(inside: str) -> None:
    sheet = f"{SHEET}.i{{{inside}}}"
    rows = [
        row(["主动公开信息", "12", "9"]),
        row(["停电信息", "8", "5"], box='<div class="r i">{}</div>'),
        row(["电价信息", "4", "4"], box='<div class="r i">{}</div>'),
        row(["投诉", "3", "3"]),
    ]
    source = page(row(["指标", "2022年", "2021年"]), *rows, sheet=sheet).encode()
    (table,) = read_statistics(open_document(source, "page.html"))
    assert [(one.words, one.parent) for one in table.rows] == [
        ("主动公开信息", None),
        ("停电信息", 0),
        ("电价信息", 0),
        ("投诉", None),
    ]


@pytest.mark.parametrize(
    ("inner", "sheet"),
    [
        ('<div class="c z"></div>', SHEET + '.z::before{content:"7"}'),
        ('<div class="c"><img src="7.png"></div>', SHEET),
        ('<div class="c"><input value="7"></div>', SHEET),
        ('<div class="c"><svg><text>7</text></svg></div>', SHEET),
        ('<div class="c" style="background-image:url(7.png)"></div>', SHEET),
        ('<div class="c" style="display:contents"></div>', SHEET),
    ],
    ids=["generated", "picture", "control", "drawing", "backdrop", "no box"],
)
def test_an_item_in_which_something_else_is_seen_is_not_blank(tmp_path: Path, inner: str, sheet: str) -> None:
    rows = table()
    name = next(row for row, values in VALUES.items() if "" in values)
    place = list(VALUES).index(name)
    rows[place] = rows[place].replace('<div class="c"></div>', inner, 1)
    found = settled(tmp_path / "page.html", page(row(HEADER), *rows, sheet=sheet))
    column = BLOCK.columns[VALUES[name].index("")].id
    assert found
    assert f"requests.{name}.{column}" not in found
    assert found.items() <= by_address(VALUES).items()

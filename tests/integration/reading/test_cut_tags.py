"""Text in which tags of cells were left, many of them cut in half."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.documents.plain.cut_tags import with_tabs_for_tags
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, LABELS, TITLE, by_address, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
HEADER = ["申请人情况", *(column.label for column in BLOCK.columns)]
BETWEEN = "</td><td>"


def settled(path: Path, rows: list[list[str]], line: str, between: str = BETWEEN) -> dict[str, str]:
    table = "\n".join(line.format(between.join(row)) for row in rows)
    path.write_text(
        f"{TITLE}三、收到和处理政府信息公开申请情况\n{table}\n五、存在的主要问题\n", encoding="utf-8"
    )
    cells = extract(path)[0].cells
    return {cell.address: cell.printed for cell in cells if cell.status in SETTLED}


def rows(values: dict[str, list[str]] = VALUES) -> list[list[str]]:
    return [HEADER, *([LABELS[name], *row] for name, row in values.items())]


@pytest.mark.parametrize(
    ("line", "between"),
    [
        ("td>{}</td", BETWEEN),
        ("td>{}&nbsp;", "&nbsp;</td><td>"),
        ("{}</td></tr>", BETWEEN),
        ('<td colspan="1">{}</td></tr><tr>', '</td> <td align="center">'),
        ("/tr>td>{}</td", BETWEEN),
    ],
)
def test_what_is_left_of_tags_parts_cells(tmp_path: Path, line: str, between: str) -> None:
    assert settled(tmp_path / "page.txt", rows(), line, between) == by_address(VALUES)


def test_blank_cells_keep_their_places(tmp_path: Path) -> None:
    blank = {name: ["" if figure == "0" else figure for figure in row] for name, row in VALUES.items()}
    assert settled(tmp_path / "page.txt", rows(blank), "td>{}</td") == by_address(blank)


@pytest.mark.parametrize(
    "line",
    [
        # A cell that may be hidden, other tags in it, or what is no cell.
        'td>规章</td><td style="display:none">1</td><td>2</td',
        "td>规章</td><td>1<s>2</s></td",
        "td>规章</td><td>1<sup>2</sup></td",
    ],
)
def test_other_tags_are_left(line: str) -> None:
    text = "\n".join(["td>a</td><td>1</td"] * 3)
    assert with_tabs_for_tags(f"{text}\n{line}") == "\n".join(["a\t1"] * 3 + [line])


def test_a_text_about_tags_is_left() -> None:
    text = "用</td><td>分隔。\n后"
    assert with_tabs_for_tags(text) == text


def test_a_row_that_lacks_a_cell_is_left_open(tmp_path: Path) -> None:
    table = rows()
    del table[3][2]
    found = settled(tmp_path / "page.txt", table, "td>{}</td")
    assert not [address for address in found if "granted" in address and "partially" not in address]

"""Variables of style sheets: read where it doesn't matter which value a cell has, else left unread."""

from __future__ import annotations

import pytest

from extractor import Extraction, State, Status, extract
from tests.helpers.pages import LABELS, NAMES, figures

CELL = "requests.granted.natural_person"


def read(sheet: str, cell: str = "") -> Extraction:
    """A page with table 3 and a style sheet; of the cell of granted natural persons with some attributes."""
    rows = "".join(
        f"<tr><td>{LABELS[row]}</td>"
        + "".join(
            f"<td{cell if row == 'granted' and not place else ''}>{text}</td>"
            for place, text in enumerate(texts)
        )
        + "</tr>"
        for row, texts in figures().items()
    )
    header = f"<tr><td>项目</td>{''.join(f'<td>{name}</td>' for name in NAMES)}</tr>"
    title = "<h1>临江县2023年政府信息公开工作年度报告</h1><h2>三、收到和处理政府信息公开申请情况</h2>"
    (extraction,) = extract(f"<style>{sheet}</style>{title}<table>{header}{rows}</table>".encode())
    return extraction


@pytest.mark.parametrize(
    "sheet",
    [
        ":root{--t:#333} td{color:var(--t)}",
        "body{--t:#333} td{color:var(--t)}",
        ":root{--t:#333} @media (prefers-color-scheme: dark){:root{--t:#eee}} td{color:var(--t)}",
        ":root{--t:#333} [data-theme=dark]{--t:#eee} td{color:var(--t)}",
        ":root,html{--bg:#fff} .paper{--bg:#fafafa} td{background:var(--bg)}",
        ":root{--t:#333} .page{--t:#444} td{color:var(--t)}",
        ".table{--t:#222} td{color:var(--t)}",
        # One that is said nowhere undoes the declaration, but for what is said in its place.
        "td{color:var(--t)}",
        "td{color:var(--a,var(--b,#222))}",
        ":root{--a:var(--b);--b:#333} td{color:var(--a)}",
        ":root{--s:14px} @media (max-width:600px){:root{--s:12px}} td{font-size:var(--s)}",
        "td{font-size:calc(1rem + 2px)}",
        "td{font-size:clamp(12px, 1vw, 18px)}",
    ],
)
def test_it_doesn_t_matter_which_value_a_cell_has(sheet: str) -> None:
    granted = read(sheet).cell(CELL)
    assert (granted.value, granted.status) == (5, Status.CONFIRMED)


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        (":root{--t:#333} .x{--t:#fff} td{color:var(--t)}", " class=x"),
        (":root{--t:#333} .x{--t:transparent} td{color:var(--t)}", " class=x"),
        ("td{color:var(--t,#333)}", " style='--t:#fff'"),
        # Where a variable says nothing a cell is as what is around it, or as another value says.
        ("table{color:#fff} .y{--t:#333} td{color:var(--t)}", " class=x"),
        (":root{--p:#fff} .x{--p:#333} td{color:#333;background:var(--p)}", " class=x"),
        (":root{--s:14px} .x{--s:1px} td{font-size:var(--s)}", " class=x"),
        ("td.x{font-size:calc(14px - 14px)}", " class=x"),
        ("td.x{font-size:clamp(0px, 1vw, 1px)}", " class=x"),
        ("td.x{color:var(--t,#fff)}", " class=x"),
    ],
)
def test_a_cell_that_a_value_may_hide_is_no_number(sheet: str, cell: str) -> None:
    granted = read(sheet, cell).cell(CELL)
    assert (granted.state, granted.status) != (State.NUMBER, Status.CONFIRMED)

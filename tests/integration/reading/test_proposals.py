"""Where nothing on the page decides among placements, the rules may propose one, and never confirm it."""

from __future__ import annotations

from extractor import Extraction, Status, extract
from tests.helpers.pages import COLUMNS, LABELS, TITLE, figures

HEADER = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", ""]


def page(rows: dict[str, list[str]]) -> str:
    """Every row with a blank slot that merged cells have left, before its figures or behind them."""
    lines = [HEADER, *([LABELS[row], *cells] for row, cells in rows.items())]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    return f"{TITLE}三、收到和处理政府信息公开申请情况\n{table}\n"


def blank_for_zero(cells: list[str]) -> list[str]:
    return ["" if cell == "0" else cell for cell in cells]


def read(text: str) -> Extraction:
    (extraction,) = extract(text.encode())
    return extraction


def test_the_only_placement_by_which_the_rules_hold_is_proposed() -> None:
    rows = figures()
    extraction = read(page({row: ["", *blank_for_zero(cells)] for row, cells in rows.items()}))
    for row, cells in rows.items():
        for column, cell in zip(COLUMNS, blank_for_zero(cells), strict=True):
            found = extraction.cell(f"requests.{row}.{column}")
            assert found.printed == cell, found.address


def test_what_the_rules_do_not_decide_is_not_proposed() -> None:
    rows = {row: ["", *([""] * 7)] for row in LABELS}
    rows["granted"] = ["", "", "5", "", "", "", "", ""]  # a figure without its total, in either place
    extraction = read(page(rows))
    found = extraction.cell("requests.granted.total")
    assert (found.printed, found.status) == ("", Status.DISPUTED)


def test_a_placement_that_is_certain_is_left_as_it_is() -> None:
    rows = {row: [*cells, ""] for row, cells in figures().items()}
    rows["granted"][0] = "6"
    extraction = read(page(rows))
    found = extraction.cell("requests.granted.natural_person")
    assert (found.printed, found.status) == ("6", Status.AS_PRINTED)

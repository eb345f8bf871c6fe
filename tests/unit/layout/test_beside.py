"""Figures that may stand on the line above or below their row."""

from __future__ import annotations

import pytest

from extractor.layout.placing.anchors import anchors_of
from extractor.layout.placing.beside import figures_may_be_of_a_neighbour, has_lost_its_label
from tests.helpers.layout_pages import table_on

REQUESTS = ("requests", "applications")
HEADER = "|申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|"
SECRET, SECURITY = "|1.属于国家秘密|1|0|0|0|0|0|1|", "|3.危及“三安全一稳定”|3|0|0|0|0|0|3|"


@pytest.mark.parametrize(
    ("row", "below", "may_be"),
    [
        # Digits of the last number, broken in its cell.
        ("|1.属于国家秘密|1|0|0|0|0|0|12|", "||||||||3|", True),
        # A row that lacks figures, and a line that has them.
        ("|1.属于国家秘密||||||||", "||2|0|0|0|0|0|2|", True),
        # A whole row, and a line with words and figures of its own.
        ("|1.属于国家秘密|1|0|0|0|0|0|1|", "|备注|2|0|0|0|0|0|2|", False),
        ("|1.属于国家秘密|1|0|0|0|0|0|1|", "|2.其他法律行政法规禁止公开|2|0|0|0|0|0|2|", False),
    ],
)
def test_figures_of_a_row_on_the_line_below(row: str, below: str, *, may_be: bool) -> None:
    table = table_on(f"{HEADER}\n{row}\n{below}\n{SECURITY}", *REQUESTS)
    assert figures_may_be_of_a_neighbour(table, anchors_of(table), 0, 1) is may_be


def test_a_line_is_a_row_that_has_lost_its_label_where_the_form_has_one_there() -> None:
    lost = "2|0|0|0|0|0|2"
    table = table_on(f"{HEADER}\n{SECRET}\n{lost}\n{SECURITY}", *REQUESTS)
    assert has_lost_its_label(table, anchors_of(table), 1)
    # The form has one row there, and the page two lines.
    table = table_on(f"{HEADER}\n{SECRET}\n{lost}\n{lost}\n{SECURITY}", *REQUESTS)
    assert not has_lost_its_label(table, anchors_of(table), 1)

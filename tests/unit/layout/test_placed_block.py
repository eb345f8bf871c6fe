"""Form rows where a page has them: by their labels, and by order where these don't tell."""

from __future__ import annotations

import pytest

from extractor.layout.reading import Doubt
from extractor.result.cells import Basis
from tests.helpers.layout_pages import figures_of, placed_on

REQUESTS, DOCUMENTS = ("requests", "applications"), ("disclosure", "article_20_1")
HEADER = "|申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|"
ABOVE, BELOW = "|（一）予以公开|1|0|0|0|0|0|1|", "|1.属于国家秘密|3|0|0|0|0|0|3|"
PARTLY = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def page(*lines: str) -> str:
    return "\n".join((HEADER, *lines))


def test_rows_with_their_labels_are_settled_by_them() -> None:
    text = page(ABOVE, f"|{PARTLY}|2|0|0|0|0|0|2|", BELOW)
    placed = placed_on(text, *REQUESTS)
    for row, figure in (("granted", "1"), ("partially_granted", "2"), ("refused.state_secret", "3")):
        assert figures_of(placed, row, text) == [figure, "0", "0", "0", "0", "0", figure]
        assert (placed.rows[row].doubts, placed.rows[row].basis) == (frozenset(), Basis.LABELS)


def test_between_certain_rows_order_settles_one_torn_row() -> None:
    text = page(ABOVE, PARTLY, "||2|0|0|0|0|0|2|", BELOW)
    torn = placed_on(text, *REQUESTS)
    assert figures_of(torn, "partially_granted", text) == ["2", "0", "0", "0", "0", "0", "2"]
    assert torn.rows["partially_granted"].doubts == frozenset()
    assert torn.rows["partially_granted"].basis is Basis.ORDER


def test_two_lines_of_figures_for_one_torn_label_settle_nothing() -> None:
    text = page(ABOVE, PARTLY, "||2|0|0|0|0|0|2|", "||4|0|0|0|0|0|4|", BELOW)
    torn = placed_on(text, *REQUESTS)
    assert figures_of(torn, "partially_granted", text) == []
    assert Doubt.TORN in torn.rows["partially_granted"].doubts


def test_a_label_lost_beside_a_torn_one_may_be_that_of_the_figures() -> None:
    text = page(ABOVE, PARTLY, "||2|0|0|0|0|0|2|", "|2.其他法律行政法规禁止公开|3|0|0|0|0|0|3|")
    torn = placed_on(text, *REQUESTS)
    assert Doubt.LABEL_LOST in torn.rows["partially_granted"].doubts


@pytest.mark.parametrize(
    ("cells", "is_doubted"),
    [
        ("7|8|9|规章|尾", True),
        ("7|8|9|规章|4|5|6|行政规范性文件", True),
        ("规章|7|8|9|行政规范性文件|4|5|6", False),
    ],
)
def test_figures_may_stand_before_their_labels_a_cell_a_line(cells: str, *, is_doubted: bool) -> None:
    text = "\n".join(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", *cells.split("|")])
    regulations = placed_on(text, *DOCUMENTS)
    assert figures_of(regulations, "regulations", text) == ["7", "8", "9"]
    assert (Doubt.VALUES_FIRST in regulations.rows["regulations"].doubts) is is_doubted


def test_three_labels_that_stand_twice_are_two_reports_and_two_are_a_slip() -> None:
    rows = (ABOVE, f"|{PARTLY}|2|0|0|0|0|0|2|", BELOW)
    assert placed_on(page(*rows, *rows), *REQUESTS).twice is Doubt.TWO_REPORTS
    assert placed_on(page(*rows, *rows[:2]), *REQUESTS).twice is None
    assert placed_on(page(*rows), *REQUESTS).twice is None


def test_rows_of_two_alternatives_with_figures_are_doubted() -> None:
    apart, together = "|1.申请人无正当理由逾期不补正|1|0|0|0|0|0|1|", "|（六）其他处理|2|0|0|0|0|0|2|"
    both = placed_on(page(apart, together), *REQUESTS)
    assert all(Doubt.ALTERNATIVES in row.doubts for row in both.rows.values())
    alone = placed_on(page(apart), *REQUESTS)
    assert all(Doubt.ALTERNATIVES not in row.doubts for row in alone.rows.values())


# A cell a line, and figures that differ from row to row.
ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    PARTLY,
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)
RUNS = tuple([str(number + column) for column in range(7)] for number in range(10, 10 * (len(ROWS) + 1), 10))


def a_cell_a_line(*cells: str | list[str]) -> str:
    flat = [part for cell in cells for part in (cell if isinstance(cell, list) else [cell])]
    return "\n".join((*HEADER.strip("|").split("|"), *flat))


def pairs(first: int, last: int, shift: int = 0) -> list[str]:
    """Labels, each with a run of figures behind it: its own, or that of a row further up or down."""
    return [part for i in range(first, last) for part in (ROWS[i], *RUNS[i + shift])]


def test_a_label_without_figures_and_figures_without_one_leave_the_rows_between_them_in_doubt() -> None:
    end = len(ROWS)
    shifted = [
        a_cell_a_line(pairs(0, 3), ROWS[3], pairs(4, 6, -1), RUNS[5], pairs(6, end)),
        a_cell_a_line(pairs(0, 3), RUNS[3], pairs(3, 4, +1), ROWS[4], pairs(5, end)),
    ]
    for text in shifted:
        placed = placed_on(text, *REQUESTS)
        settled = {row.label: name for name, row in placed.rows.items() if not row.doubts}
        assert settled
        for label, name in settled.items():
            assert label is not None
            assert figures_of(placed, name, text) == RUNS[ROWS.index(text[label.start : label.end])]


def test_far_from_labels_that_stand_apart_labels_settle() -> None:
    text = a_cell_a_line(pairs(0, len(ROWS) - 1), RUNS[-1], ROWS[-1])
    placed = placed_on(text, *REQUESTS)
    assert not any(placed.rows[row].doubts for row in ("received", "granted", "refused.state_secret"))
    assert placed.rows["refused.administrative_inquiry"].doubts

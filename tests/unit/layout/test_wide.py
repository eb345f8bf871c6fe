"""Wide tables: all columns under the label of each row, and one line of figures."""

from __future__ import annotations

import pytest

from extractor.layout.headers.header import matches
from extractor.layout.headers.wide_header import repeated_orders, wide_columns_of
from extractor.layout.placing.placed_block import PlacedBlock
from extractor.layout.placing.wide_table import place_wide
from extractor.layout.reading import Doubt
from tests.helpers.layout_pages import FORMS, block_of, figures_of, header_words, segments_on

DISPUTES = ("disputes", "disputes")
BLOCK = block_of(*DISPUTES)
COLUMNS = "结果维持|结果纠正|其他结果|尚未审结|总计"
USUAL = ("upheld", "overturned", "other", "pending", "total")


def page(*, is_litigation_first: bool = False) -> str:
    """A table in a grid, merged cells leaving blanks; its figures are 1, 2, 3 … from left to right."""
    groups = [["行政复议", *[""] * 4], ["行政诉讼", *[""] * 9]]
    below = [[""] * 5, ["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]]
    if is_litigation_first:
        groups, below = groups[::-1], below[::-1]
    lines = [
        [cell for cells in groups for cell in cells],
        [cell for cells in below for cell in cells],
        COLUMNS.split("|") * 3,
        [str(number) for number in range(1, 16)],
    ]
    return "".join(f"|{'|'.join(line)}|\n" for line in lines)


def placed(text: str) -> PlacedBlock:
    """The rows of the table."""
    headed = [
        (segment, header)
        for segment in segments_on(text)
        for header in matches(segment.header, text, FORMS[:1])
        if header.block is BLOCK
    ]
    return place_wide(BLOCK, headed, text)


def test_all_columns_stand_under_each_row() -> None:
    for grid in (True, False):
        text = f"{COLUMNS}|{COLUMNS}|{COLUMNS}"
        words = header_words(text, *DISPUTES, grid=grid)
        assert repeated_orders(words, BLOCK, text, 3).orders == (USUAL * 3,)
        # One is missing: under which row can't be told.
        assert repeated_orders(words[:-1], BLOCK, text, 3).orders == ()


def test_labels_of_several_lines_are_not_put_together_to_an_order_that_stands_on_none() -> None:
    below = "结果纠正|其他结果|尚未审结|结果维持|总计"
    first, second = "其他结果|尚未审结|结果维持|总计|结果纠正", "总计|其他结果|结果纠正|尚未审结|结果维持"
    text = f"{below}\n{first}|{second}"
    words = header_words(text, *DISPUTES, grid=False)
    (order,) = repeated_orders(words, BLOCK, text, 3).orders
    assert order[:5] == ("overturned", "other", "pending", "upheld", "total")
    assert order[5:10] == ("other", "pending", "upheld", "total", "overturned")
    assert wide_columns_of(words, BLOCK, text).orders == ()


@pytest.mark.parametrize(
    ("is_litigation_first", "starts"),
    [
        (False, {"reconsideration": 1, "litigation.direct": 6, "litigation.after_reconsideration": 11}),
        (True, {"litigation.direct": 1, "litigation.after_reconsideration": 6, "reconsideration": 11}),
    ],
)
def test_each_row_has_the_figures_below_its_label(
    starts: dict[str, int], *, is_litigation_first: bool
) -> None:
    text = page(is_litigation_first=is_litigation_first)
    disputes = placed(text)
    for row, start in starts.items():
        assert figures_of(disputes, row, text) == [str(number) for number in range(start, start + 5)]
        assert disputes.rows[row].doubts == frozenset()


def test_a_line_that_lacks_a_figure_is_no_rows() -> None:
    text = page().replace("|15|\n", "|\n")
    disputes = placed(text)
    assert {figure for row in disputes.rows for figure in figures_of(disputes, row, text)} == set()
    assert all(Doubt.SLOTS in row.doubts for row in disputes.rows.values())


def cells_below_each_other(*groups: str) -> PlacedBlock:
    """The same with every cell on a line of its own, the labels of rows and groups in this order."""
    words = [*groups, *(COLUMNS.split("|") * 3), *map(str, range(1, 16))]
    return placed("".join(f"{word}\n" for word in words))


def test_a_group_whose_label_stands_again_behind_another_row_tells_no_order() -> None:
    torn = cells_below_each_other("行政诉讼", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
    assert all(row.doubts for row in torn.rows.values())
    repeated = cells_below_each_other("行政复议", "行政诉讼", "未经复议直接起诉", "行政诉讼", "复议后起诉")
    assert not any(row.doubts for row in repeated.rows.values())

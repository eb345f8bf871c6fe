"""Rows of pipes that a program broke at a width are put together where that can be done in one way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.documents.plain.wrapped_rows import with_rows_unwrapped
from extractor.result.cells import Status
from extractor.text.width import width_in_digits
from tests.helpers.pages import BLOCK, LABELS, document, figures

COLUMNS = [column.label for column in BLOCK.columns]
ROWS = [
    f"|{'|'.join(cells)}|"
    for cells in (["", *COLUMNS], *([LABELS[row], *own] for row, own in figures().items()))
]


def wrapped(line: str, width: int) -> Iterator[str]:
    """A line broken where the next character would not fit."""
    piece = ""
    for character in line:
        if width_in_digits(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def page(rows: list[str], width: int) -> str:
    return "\n".join(piece for row in rows for piece in wrapped(row, width))


@pytest.mark.parametrize("width", [30, 38, 46, 54])
def test_rows_that_were_broken_are_read_as_if_they_had_not(width: int) -> None:
    (extraction,) = extract(document(f"{page(ROWS, width)}\n"))
    cells = {cell.address: cell for cell in extraction.cells}
    for row, texts in figures().items():
        for column, figure in zip(BLOCK.columns, texts, strict=True):
            cell = cells[f"requests.{row}.{column.id}"]
            assert (cell.printed, cell.status) == (figure, Status.CONFIRMED)


@given(
    st.lists(
        st.lists(st.sampled_from(["0", "12", "345", "规章", "行政许可", ""]), min_size=4, max_size=4),
        min_size=3,
    ),
    st.integers(8, 40),
)
def test_a_broken_table_is_put_together_as_it_was_or_left(cells: list[list[str]], width: int) -> None:
    rows = [f"|{'|'.join(row)}|" for row in cells]
    broken = page(rows, width)
    result = with_rows_unwrapped(broken)
    assert result.count("\n") == broken.count("\n")
    assert [line for line in result.split("\n") if line] in (rows, broken.split("\n"))


def test_a_row_that_lost_a_cell_is_not_made_whole_with_the_next() -> None:
    rows = ["|a|1|2|3|", "|b|4|5|6|", "|c|7|8", "|9|d|1|2|"]
    assert with_rows_unwrapped("\n".join(rows)) == "\n".join(rows)


def test_lines_that_end_before_the_width_were_not_broken_by_it() -> None:
    rows = [
        "|规章的制发件数|1|2|3|",
        "|规范性文件的件数|4|5|6|",
        "|许可|7|",
        "8|9|",
        "|处罚的决定件数|1|2|3|",
    ]
    assert with_rows_unwrapped("\n".join(rows)) == "\n".join(rows)


def test_a_row_stays_on_the_line_on_which_it_begins() -> None:
    rows = ["|a|1|2|3|", "|b|4|5|6|", "|cdefg|7", "|8|9|", "|h|1|2|3|"]
    assert with_rows_unwrapped("\n".join(rows)).split("\n") == [*rows[:2], "|cdefg|7|8|9|", "", rows[4]]

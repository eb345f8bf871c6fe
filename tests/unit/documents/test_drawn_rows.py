"""Tables that are drawn with characters: the lines of a row are one, where they surely are."""

from __future__ import annotations

import pytest

from extractor.documents.plain.drawn_rows import with_drawn_rows

BORDER = "+------+----+----+"


def drawn(*blocks: list[str]) -> str:
    """A table with a border around each block of lines."""
    return "\n".join([BORDER, *(line for block in blocks for line in (*block, BORDER))])


def rows_of(text: str) -> list[str]:
    """The lines that hold anything but a border."""
    return [line for line in text.split("\n") if line.strip() and not line.startswith("+")]


HEADER = ["| 信   | 本 | 现 |", "| 息   | 年 | 行 |"]


def test_the_lines_of_a_drawn_row_are_one() -> None:
    text = drawn(HEADER, ["| 行政 | 12 | 3  |", "| 许可 |    |    |"], ["| 规章 | 0  | 0  |"])
    told = with_drawn_rows(f"前\n{text}\n后")
    assert rows_of(told) == [
        "前",
        "| 信息 | 本年 | 现行 |",
        "| 行政许可 | 12 | 3 |",
        "| 规章 | 0  | 0  |",
        "后",
    ]
    assert told.count("\n") == text.count("\n") + 2


def test_words_with_blanks_between_them_keep_these() -> None:
    blocks = [["| in  | 1 | 2 |", "| all | | |"]] * 3
    assert rows_of(with_drawn_rows(drawn(*blocks)))[0] == "| in all | 1 | 2 |"


@pytest.mark.parametrize(
    "text",
    [
        # A border below the header alone: each line is a row.
        drawn(["| 项   | 甲 | 乙 |"], ["| 规章 | 1  | 2  |", "| 文件 |    |    |"]),
        # Two rows between two borders, or a figure on two lines.
        drawn(HEADER[:1], ["| 规章 | 1  | 2  |", "| 文件 | 3  | 4  |"], ["| 许可 | 1  | 2  |"]),
        drawn(HEADER[:1], ["| 许可 | 12 | 2  |", "|      | 34 |    |"], ["| 规章 | 1  | 2  |"]),
        # Cells that are merged.
        drawn(HEADER[:1], ["| 许可 | 12 | 2  |", "| 上年 |         |"], ["| 规章 | 1  | 2  |"]),
    ],
    ids=["a line a row", "two rows", "a broken figure", "merged"],
)
def test_lines_that_may_be_several_rows_stay(text: str) -> None:
    assert with_drawn_rows(text) == text

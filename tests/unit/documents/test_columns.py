"""The columns of tables without lines, and numbers whose digits stand on two lines."""

from __future__ import annotations

import pytest

from extractor.documents.pages.lines import Word, lines_of, word_of
from extractor.documents.pages.page import Glyph
from extractor.documents.pages.unruled.columns import Columns, columns_of
from extractor.documents.pages.unruled.labels import labels_of

SIZE = 10.0


def word(text: str, left: float, top: float, size: float = SIZE) -> Word:
    """Characters side by side, each as wide as high."""
    return word_of(
        [Glyph(c, 0, left + i * size, top, left + (i + 1) * size, top + size) for i, c in enumerate(text)]
    )


def texts(columns: Columns) -> list[str]:
    return ["".join(one.text for one in reversed(column.header)) for column in columns.columns]


HEADER = [word("项目", 0, 0), word("件数", 100, 0), word("金额", 200, 0)]
BODY = [[word("许可", 0, 20), word("12", 100, 20), word("3", 205, 20)]]


def test_a_column_is_named_by_the_word_above_its_figures() -> None:
    columns = columns_of([HEADER], BODY)
    assert columns is not None
    assert texts(columns) == ["件数", "金额"]
    assert [one.text for one in columns.corner] == ["项目"]
    assert (columns.left, columns.bottom, columns.are_named) == (0.0, 10.0, True)


def test_lines_close_above_each_other_are_one_label() -> None:
    columns = columns_of([[word("本年", 100, -12), word("收费", 200, -12)], HEADER], BODY)
    assert columns is not None
    assert texts(columns) == ["本年件数", "收费金额"]


def test_a_word_above_two_columns_is_the_label_of_a_group() -> None:
    columns = columns_of([[word("x", 0, -12), word("行政许可情况及其数字", 110, -12)], HEADER], BODY)
    assert columns is not None
    assert [[one.text for one in line] for line in columns.groups] == [["行政许可情况及其数字"]]
    assert texts(columns) == ["件数", "金额"]


def test_a_word_above_two_columns_is_cut_at_its_blanks() -> None:
    both = word_of([*word("件数", 100, 0).glyphs, *word("金额", 125, 0).glyphs])
    assert both.text == "件数 金额"
    body = [[word("许可", 0, 20), word("12", 100, 20), word("3", 130, 20)]]
    columns = columns_of([[word("项目", 0, 0), both]], body)
    assert columns is not None
    assert texts(columns) == ["件数", "金额"]
    assert columns.groups == ()


def test_a_label_without_a_figure_below_is_a_column() -> None:
    columns = columns_of([HEADER], [[word("许可", 0, 20), word("12", 100, 20)]])
    assert columns is not None
    assert texts(columns) == ["件数", "金额"]
    placed = columns.place([word("12", 100, 20)])
    assert placed is not None
    assert [one.text if one else None for one in placed] == ["12", None]


def test_a_heading_alone_on_its_line_names_no_column() -> None:
    columns = columns_of([[word("标题", 300, -40)], HEADER], BODY)
    assert columns is not None
    assert texts(columns) == ["件数", "金额"]
    assert columns.groups == ()


def test_without_a_label_there_are_no_columns() -> None:
    assert columns_of([], BODY) is None
    assert columns_of([[word("件数", 100, 0)]], [[word("12", 100, 20)]]) is None


def test_without_figures_two_words_side_by_side_above_the_labels_are_refused() -> None:
    labels = [[word("许可许可许可许可", 0, 20)]]
    assert columns_of([[word("项", 0, 0), word("目", 40, 0), word("件数", 100, 0)]], labels) is None
    assert columns_of([[word("项目", 0, 0), word("件数", 100, 0)]], labels) is not None


def line_texts(glyphs: list[Glyph]) -> list[str]:
    return [line.text for line in lines_of(glyphs)]


def glyph(text: str, left: float, top: float, height: float = 10.0) -> Glyph:
    return Glyph(text, 0, left, top, left + 5, top + height)


def test_a_number_whose_digits_are_on_two_lines_is_of_the_line_with_most_of_them() -> None:
    upper = [glyph("甲", 0, 0), glyph("1", 50, 0), glyph("2", 55, 0)]
    lower = [glyph("乙", 0, 6), glyph("3", 60, 5.2, 8)]
    assert line_texts([*upper, *lower]) == ["甲 123", "乙"]
    # Of digits that are apart each stays on its own line.
    assert line_texts([*upper, glyph("乙", 0, 6), glyph("3", 90, 5.2, 8)]) == ["甲 12", "乙 3"]


@pytest.mark.parametrize(
    ("characters", "labels"),
    [("条条件", ["条", "条", "件"]), ("件次元", ["件", "次", "元"]), ("办结数", ["办结数"])],
)
def test_a_unit_beside_each_row_is_no_label_written_downwards(characters: str, labels: list[str]) -> None:
    rows = [20.0, 40.0, 60.0]
    words = [word(character, 50, top - 5) for character, top in zip(characters, rows, strict=True)]
    assert [one.text for one in labels_of(words, rows)] == labels

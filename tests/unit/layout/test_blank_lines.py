"""Empty lines of text with a cell a line are cells, where every label has as many lines behind it."""

from __future__ import annotations

import pytest

from extractor.layout.items.items import Kind
from extractor.layout.rows.blank_lines import with_blank_lines
from tests.helpers.layout_pages import FORMS, items_on

ONE = "一、本年新收政府信息公开申请数量"
TWO = "二、上年结转政府信息公开申请数量"
GRANTED = "（一）予以公开"
END = "三、本年度办理结果"


def page(*rows: tuple[str, str], gap: str = "") -> str:
    """Labels, each with the lines behind it: a dot for an empty one."""
    lines = [line for label, cells in rows for line in (label, *cells.replace(".", " ").split(","), *gap)]
    return "\n".join([*(line.strip() for line in lines), END, ""])


def cells_of(text: str) -> list[list[str]]:
    """The slots behind each label."""
    rows: list[list[str]] = []
    for item in with_blank_lines(items_on(text), text, FORMS):
        if item.kind is Kind.LABEL:
            rows.append([])
        elif item.kind is Kind.SLOT:
            rows[-1].append(text[item.start : item.end])
    return [row for row in rows if row]


def test_seven_lines_behind_every_label_are_its_cells() -> None:
    text = page((ONE, "8,.,.,.,.,.,8"), (TWO, ".,.,.,.,.,.,."), (GRANTED, ".,2,.,.,.,.,2"))
    assert cells_of(text) == [
        ["8", "", "", "", "", "", "8"],
        ["", "", "", "", "", "", ""],
        ["", "2", "", "", "", "", "2"],
    ]


def test_what_merged_cells_leave_before_the_next_label_is_no_cell() -> None:
    text = page((ONE, "8,.,.,.,.,.,8"), (TWO, "1,.,.,.,.,.,1,.,."), (GRANTED, "2,.,.,.,.,.,2"))
    assert cells_of(text) == [["8", *[""] * 5, "8"], ["1", *[""] * 5, "1"], ["2", *[""] * 5, "2"]]


@pytest.mark.parametrize(
    "text",
    [
        # Blank cells have left nothing, and an empty line parts the rows.
        page((ONE, "8,1,.,9"), (TWO, "1,.,1"), (GRANTED, "2,.,.,2")),
        # An empty line parts every cell.
        page((ONE, ".,8,.,1,.,9,."), (TWO, ".,3,.,1,.,4,."), (GRANTED, ".,1,.,1,.,2,.")),
        # A row has a line too many between its figures.
        page((ONE, "8,.,.,.,.,.,8"), (TWO, "1,.,.,.,.,.,.,1"), (GRANTED, "2,.,.,.,.,.,2")),
        # A number is broken over two lines of a row whose total is blank.
        page(
            (ONE, "8,.,.,.,.,.,8,."),
            (TWO, "1,3,2,.,.,.,1,."),
            ("1.属于国家秘密", "8,.,.,.,.,.,8,."),
            ("2.其他法律行政法规禁止公开", "8,.,.,.,.,.,8"),
            ("3.危及“三安全一稳定”", "1,.,.,.,.,.,1,."),
        ),
        # Merged cells may as well leave the first line as the last one.
        page(
            ("1.属于国家秘密", ".,8,.,.,.,.,8,."),
            ("2.其他法律行政法规禁止公开", ".,1,.,.,.,.,1,."),
            ("3.危及“三安全一稳定”", ".,2,.,.,.,.,2,."),
        ),
        # The lines beyond the seventh may as well stand before the figures.
        page((ONE, ".,8,.,.,.,.,8"), (TWO, ".,1,.,.,.,.,1,."), (GRANTED, ".,2,.,.,.,.,2,.")),
    ],
)
def test_elsewhere_empty_lines_are_no_cells(text: str) -> None:
    assert not any("" in row for row in cells_of(text))


def test_narrow_tables_follow_the_wide_one() -> None:
    rules = "规章\n\n\n\n行政规范性文件\n\n3\n\n第二十条第（五）项\n"
    assert not any("" in row for row in cells_of(rules))
    wide = page((ONE, "8,.,.,.,.,.,8"), (TWO, "1,.,.,.,.,.,1"))
    assert cells_of(rules + wide)[:2] == [["", "", ""], ["", "3", ""]]

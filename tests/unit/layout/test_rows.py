"""Page rows: slots and the labels that they follow."""

from __future__ import annotations

from extractor.layout.rows.rows import page_rows
from tests.helpers.layout_pages import items_on


def heads(text: str) -> dict[str, int]:
    """The labels to which slots are tied, and how many."""
    rows = page_rows(items_on(text), text)
    return {text[r.head.start : r.head.end]: len(r.slots) for r in rows if r.head is not None}


def test_slots_below_a_label_stand_on_lines_of_their_own() -> None:
    assert heads("规章\n1\n2\n3\n") == {"规章": 3}
    assert heads("规章 |\n1 |\n||\n") == {"规章": 3}
    assert heads("规章\n|  |  |  | 行政规范性文件 |\n") == {}
    assert heads("规章\n| 1 | 2 | 3 |\n") == {}
    assert heads("规章\n| 7 |  |  |  |  |  |\n") == {}
    assert heads("| 4 | 规章 |\n| 5 |\n") == {}
    assert heads("规章\n|  |  |  |  |  |\n") == {}


def test_a_row_goes_on_below_a_label_that_is_broken_over_lines() -> None:
    assert heads(
        "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数\n量\n1 0 2 0 0 0 3\n"
    ) == {"一、本年新收政府信息公开申请数\n量": 7}
    assert heads("4.保护第三方合法\n权益 1\n0\n2\n0\n0\n0 3\n5.属于三类内部事务信息\n") == {
        "4.保护第三方合法\n权益": 7
    }
    assert heads("1.属于国家秘密\n1\n0\n2\n0\n0\n0 3\n") == {"1.属于国家秘密": 7}


def test_a_line_of_figures_is_no_row_s_where_one_above_has_no_label_either() -> None:
    broken = "一、本年新收政府信息公开申请数\n量"
    assert heads(f"1 0 2 0 0 0 3\n{broken}\n5 0 2 0 0 0 7\n") == {}
    assert heads(f"{broken}\n1 0 2 0 0 0 3\n5 0 2 0 0 0 7\n") == {}
    assert heads("规章\n1\n2\n3\n4 5 6\n") == {"规章": 3}


def test_a_line_of_figures_below_two_labels_is_neither_s() -> None:
    broken = "2.没有现成信息需要另\n行制作\n3.补正后申请内容仍不\n明确\n"
    assert heads(f"{broken}1 0 2 0 0 0 3\n") == {}
    assert heads(f"{broken}| 1 | 0 | 2 | 0 | 0 | 0 | 3 |\n") == {}
    alone = "一、本年新收政府信息公开申请数\n量\n"
    assert heads(f"{alone}| 1 | 0 | 2 | 0 | 0 | 0 | 3 |\n") == {}

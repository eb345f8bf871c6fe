"""Order, fitting and labels, apart from any report."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.layout.fitting import fit, margins_of
from extractor.layout.items import Item, Kind, items_of
from extractor.layout.labels import LabelIndex, Role, is_misprint, ordinal
from extractor.layout.order import in_order
from extractor.layout.rows import PageRow, page_rows
from rules.loader import built_in_forms


@given(st.lists(st.integers(0, 8), max_size=7, unique=True))
def test_in_order_is_membership_of_every_longest_increasing_subsequence(sequence: list[int]) -> None:
    subsets = [c for size in range(len(sequence) + 1) for c in combinations(range(len(sequence)), size)]
    increasing = [c for c in subsets if all(sequence[a] < sequence[b] for a, b in pairwise(c))]
    longest = max(map(len, increasing))
    best = [set(c) for c in increasing if len(c) == longest]
    assert in_order(sequence) == [all(i in c for c in best) for i in range(len(sequence))]


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([0, 1, 2], [True] * 3),
        ([1, 0, 2], [False, False, True]),
        ([0, 5, 1, 2], [True, False, True, True]),
        ([], []),
    ],
)
def test_in_order(sequence: list[int], expected: list[bool]) -> None:
    assert in_order(sequence) == expected


def row(text: str, *, on_line: bool = True) -> PageRow:
    """A page row from ``"1 _ 2"``, where _ is a blank slot."""
    slots = [Item(Kind.SLOT, i * 2, i * 2 + (word != "_"), 0) for i, word in enumerate(text.split())]
    return PageRow(Item(Kind.TEXT, 90, 99, 0), slots, on_line, 0)


def places(
    text: str, columns: int, siblings: tuple[str, ...] = (), *, on_line: bool = True, padded: bool = False
) -> tuple[list[int], bool] | None:
    """Which slots go to the columns, and whether that is sure."""
    rows = [row(one, on_line=on_line) for one in siblings]
    fitted = fit(row(text, on_line=on_line), columns, margins_of(rows, columns, padded=padded))
    return None if fitted is None else ([slot.start // 2 for slot in fitted.slots], fitted.sure)


@pytest.mark.parametrize(
    ("text", "columns", "siblings", "expected"),
    [
        ("1 2 3", 3, (), ([0, 1, 2], True)),
        ("1 2", 3, (), None),
        ("1 2 3 4", 3, (), None),
        ("1 2 3 _ _", 3, (), ([0, 1, 2], True)),
        ("_ 1 2 3 _", 3, (), ([1, 2, 3], True)),
        ("1 _ 2 3", 3, (), ([0, 2, 3], False)),
        ("1 _ _", 3, (), ([0, 1, 2], True)),
        ("_ 1 2", 3, (), ([0, 1, 2], False)),
        ("_ 1 2", 3, ("5 6 7",), ([0, 1, 2], True)),
        ("_ 1 2", 3, ("_ 5 6 7",), ([0, 1, 2], False)),
        ("_ _ _", 3, (), ([0, 1, 2], True)),
        ("1 _ 2 _", 3, (), ([0, 1, 2], True)),
        ("_ 1 _ 2", 3, (), None),
        ("1 _ 2 _", 3, ("5 6 7 _",), ([0, 1, 2], True)),
        ("_ 1 _ 2", 3, ("_ 5 6 7",), ([1, 2, 3], True)),
        ("1 _ 2 3 4", 3, ("_ 5 6 7 _",), None),
        ("_ 1 _ 2", 3, ("5 6 7 _", "_ 5 6 7"), None),
    ],
)
def test_fitting(
    text: str, columns: int, siblings: tuple[str, ...], expected: tuple[list[int], bool] | None
) -> None:
    assert places(text, columns, siblings) == expected


def test_a_blank_slot_below_a_row_may_stand_for_a_lost_figure() -> None:
    assert places("1 2 _", 3, ("5 6 7",), on_line=False) == ([0, 1, 2], True)
    assert places("1 2 _", 3, ("5 6 7 _",), on_line=False) is None
    assert places("1 2 _", 3, on_line=False, padded=True) is None
    assert places("1 2 _ _", 3, ("5 6 7",), on_line=False) is None
    assert places("_ _ _", 3, on_line=False, padded=True) is None


def test_where_merged_cells_leave_slots_behind_some_rows_only_a_figure_may_stand_there_twice() -> None:
    """One is left behind ``5 6 7 _`` and none behind ``1 _ 3``: whose is the last of ``1 2 3 _``?"""
    assert places("1 2 3 _", 3, ("5 6 7 _",), on_line=False) == ([0, 1, 2], True)
    assert places("1 2 3 _", 3, ("5 6 7 _", "1 _ 3"), on_line=False) == ([0, 1, 2], False)
    assert places("1 2 3 _", 3, ("5 6 7 _", "1 4 3"), on_line=False) == ([0, 1, 2], True)
    assert places("1 2 3 _", 3, ("5 6 7 _", "1 _ 3"), on_line=True) == ([0, 1, 2], True)


def test_a_row_cut_off_below_its_label_has_no_figures_rather_than_shifted_ones() -> None:
    assert places("_ 1 2", 3, on_line=False) is None


INDEX = LabelIndex(built_in_forms())


def names(text: str) -> set[str]:
    label = INDEX.find(text)
    return {meaning.element for meaning in label.meanings} if label is not None else set()


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("一、本年新收政府信息公开申请数量", "received"),
        ("（一）予以公开", "granted"),
        ("(一) 予以 公开", "granted"),
        ("予以公开", "granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("1、属于国家秘密", "refused.state_secret"),
        ("1．属于国家秘密", "refused.state_secret"),
        ("3.危及“三安全一稳定”", "refused.security_and_stability"),
        ("逾期不补正", "other.not_corrected"),
        ("3.其他", "other.other"),
        ("（七）总计", "handled_total"),
        ("第二十条第（一）项", ""),
        ("本年增/减（如-8）", "change"),
        ("現行有效件數", "in_force"),
        ("行政规范性⽂件", "normative_documents"),
        ("规 章", "regulations"),
        ("结果\n维持", "upheld"),
        ("(四)无法 提供 (四)无法 提供", "(四)无法提供"),
    ],
)
def test_labels_as_pages_have_them(text: str, element: str) -> None:
    assert element in names(text)


@pytest.mark.parametrize(
    "text", ["予以公开了", "属于国家", "行政许可事项", "总", "2.", "", "规章制度", "其他法律行政止公开"]
)
def test_what_is_no_label(text: str) -> None:
    assert names(text) == set()


def test_the_two_headers_that_lost_their_second_line_name_either_column() -> None:
    assert names("本年新") == {"made", "disclosed"}


def test_the_unit_of_a_header() -> None:
    label = INDEX.find("本年收费金额（单位：万元）")
    assert label is not None
    assert label.unit == "万元"


def test_glued_labels() -> None:
    pieces = INDEX.split("信息内容本年收费金额(单位:万元)")
    assert [(p.start, p.end) for p in pieces] == [(0, 4), (4, 17)]
    assert pieces[1].label.unit == "万元"
    assert [m.role for m in INDEX.split("自然人总计")[1].label.meanings][:1] == [Role.COLUMN]
    assert INDEX.split("自然人等") == ()


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("(一)甲", "一", "甲"),
        ("1.甲", "1", "甲"),
        ("一、甲", "一", "甲"),
        ("三安全", None, "三安全"),
        ("1.", None, "1."),
        ("12)甲", "12", "甲"),
    ],
)
def test_ordinals(text: str, number: str | None, rest: str) -> None:
    assert ordinal(text) == (number, rest)


ROW = next(
    row
    for table in built_in_forms()[0].tables
    for block in table.blocks
    for row in block.rows
    if row.id == "refused.prohibited_by_law"
)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("2.其他法律行政止公开", True),  # hongze-2023
        ("2、其他法律行政法规禁公开", True),
        ("2.其它法律行政法规禁止公开", True),
        ("3.其他法律行政止公开", False),
        ("其他法律行政止公开", False),
        ("2.其他法律行政法规允许公开", False),
        ("2.不其他法律行政法规禁止公开", False),
        ("2.法规", False),
        ("2.某某", False),
    ],
)
def test_misprints_leave_out_or_put_one_character_for_another(words: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_misprint(words, ROW) is is_one


def heads(text: str) -> dict[str, int]:
    """The labels to which slots are tied, and how many."""
    page = read_text(Source(text.encode(), "x"))
    rows = page_rows(items_of(page, INDEX))
    return {text[r.head.start : r.head.end]: len(r.slots) for r in rows if r.head is not None}


def test_slots_below_a_label_stand_on_lines_of_their_own() -> None:
    assert heads("规章\n1\n2\n3\n") == {"规章": 3}
    assert heads("规章 |\n1 |\n||\n") == {"规章": 3}
    assert heads("规章\n|  |  |  | 行政规范性文件 |\n") == {}
    assert heads("规章\n| 1 | 2 | 3 |\n") == {}
    assert heads("规章\n| 7 |  |  |  |  |  |\n") == {}
    assert heads("| 4 | 规章 |\n| 5 |\n") == {}

"""Tables all of whose rows whole labels name; and labels that name a row only beside others of its group."""

from __future__ import annotations

import pytest

from extractor.layout.items.wrapped_labels import with_wrapped_labels
from extractor.layout.placing.own_order import (
    every_row_is_named,
    goes_with_its_group,
    has_own_ordinal,
    names_by_itself,
)
from extractor.layout.placing.page_table import Candidate, page_table
from extractor.layout.rows.segments import segments_of
from tests.helpers.layout_pages import INDEX, block_of, items_on, table_on

REQUESTS, DOCUMENTS = ("requests", "applications"), ("disclosure", "article_20_1")
HEADER = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"
COLUMNS = "自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
RULES, NORMS = "规章 | 1 | 2 | 3", "行政规范性文件 | 4 | 5 | 6"
FIGURES = "1|0|0|0|0|0|1"


@pytest.mark.parametrize(
    ("lines", "is_so"),
    [
        ([RULES, NORMS], True),
        ([NORMS, RULES], True),
        # A row of the page's own has words of its own.
        ([NORMS, "其他文件 | 7 | 8 | 9", RULES], True),
        ([NORMS], False),
        ([NORMS, NORMS], False),
        ([NORMS, "规掌 | 1 | 2 | 3"], False),
        ([NORMS, RULES, RULES], False),
        ([NORMS, RULES, " | 7 | 8 | 9"], False),
        # A label that figures may have been torn from.
        ([NORMS, RULES, "行政规范性文件"], False),
        (["行政规范", "性文件 | 4 | 5 | 6", RULES], False),
        (["行政规范性文件", " | 4 | 5 | 6", RULES], False),
        (["行政规范性文件", "4", "5", "6", RULES], False),
    ],
)
def test_every_row_is_named(lines: list[str], *, is_so: bool) -> None:
    assert every_row_is_named(table_on("\n".join((HEADER, *lines)), *DOCUMENTS)) is is_so


@pytest.mark.parametrize(
    ("lines", "is_so"),
    [
        (["行政规范性文件 4 5 6", "规章 1 2 3"], True),
        (["行政规范", "性文件 4 5 6", "规章 1 2 3"], False),
        (["行政规范性文件 4 5 6 规章 1 2 3"], False),
        (["行政规范性文件", "4 5 6", "规章 1 2 3"], False),
    ],
)
def test_in_lines_without_a_grid(lines: list[str], *, is_so: bool) -> None:
    table = table_on("\n".join((HEADER.replace(" | ", " "), *lines)), *DOCUMENTS)
    assert every_row_is_named(table) is is_so


def test_a_label_around_its_figures_stands_on_no_line() -> None:
    text = "\n".join((HEADER.replace(" | ", " "), "行政规范 4 5 6", "性文件", "规章 1 2 3"))
    items = with_wrapped_labels(items_on(text), text, INDEX)
    rows = [Candidate(row, row.names[DOCUMENTS], None) for row in segments_of(items, text)[-1].rows]
    table = page_table(block_of(*DOCUMENTS), rows, (), text, pads=(), drops_blanks=False)
    assert table.names == ("normative_documents", "regulations")
    assert not every_row_is_named(table)


@pytest.mark.parametrize(
    ("label", "is_name", "is_own"),
    [
        ("2.重复申请", True, True),
        ("7.重复申请", True, False),
        ("(七)总计", True, True),
        ("(一)总计", False, False),
        ("总计", False, False),
        ("(一)合计", False, False),
        # Four rows of the form have this ordinal.
        ("3.其他", False, True),
    ],
)
def test_what_can_name_a_column_names_a_row_by_an_ordinal_that_it_alone_has(
    label: str, *, is_name: bool, is_own: bool
) -> None:
    table = table_on(f"{COLUMNS}\n1.本机关不掌握相关政府信息|{FIGURES}\n{label}|{FIGURES}", *REQUESTS)
    assert (names_by_itself(table, 1), has_own_ordinal(table, 1)) == (is_name, is_own)


@pytest.mark.parametrize(
    ("labels", "place", "goes"),
    [
        (["(一)总计", "(二)予以公开", "(三)部分公开"], 0, True),
        (["(一)予以公开", "(二)总计", "(三)部分公开"], 1, True),
        (["(一)予以公开", "(二)部分公开", "(三)总计"], 2, True),
        (["(一)予以公开", "(二)部分公开", "(四)总计"], 2, False),
        (["(一)予以公开", "(三)总计", "(三)部分公开"], 1, False),
        (["(一)予以公开", "(二)总计", "(五)部分公开"], 1, False),
        (["(二)总计", "(三)予以公开"], 0, False),
        (["(一)总计", "(三)予以公开"], 0, False),
        (["予以公开", "总计"], 1, True),
        (["1.逾期不补正", "2.逾期未缴费", "3.其他"], 2, True),
        (["1.其他", "2.逾期未缴费", "3.逾期不补正"], 0, True),
        (["8.属于行政查询事项", "9.其他", "1.逾期不补正"], 1, False),
        (["2.没有现成信息需要另行制作", "3.其他"], 1, False),
        (["2.没有现成信息需要另行制作", "其他"], 1, False),
        (["逾期未缴费", "其他", "逾期不补正"], 1, True),
        # Rows of other groups have ordinals, too.
        (["2.逾期未缴费", "其他", "3.逾期不补正"], 1, False),
        (["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"], 1, False),
    ],
)
def test_a_row_goes_with_its_group_beside_a_row_of_that(labels: list[str], place: int, *, goes: bool) -> None:
    lines = [COLUMNS, *(f"{label}|{FIGURES}" for label in labels)]
    assert goes_with_its_group(table_on("\n".join(lines), *REQUESTS), place) is goes

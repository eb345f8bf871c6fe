"""Tables whose cells commas and semicolons part: rows over several lines are one, where they surely are."""

from __future__ import annotations

import pytest

from extractor.documents.plain.delimited import with_tabs

ABOVE = "规章,0,0,1\n行政规范性文件,2,1,9"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_of_several_lines_is_one_and_its_lines_stay(end: str) -> None:
    text = f'{ABOVE}\n"本年新{end}收申请",1,2,"3{end}件"\n后'
    assert with_tabs(text) == (
        f"规章\t0\t0\t1\n行政规范性文件\t2\t1\t9\n本年新收申请\t1\t2\t3件{end}{end}\n后"
    )


@pytest.mark.parametrize(
    "row",
    [
        # Figures on two lines of a cell may be two rows', or one's digits.
        '"规章",1,2,"13\n50"',
        '"规章",１,２,"１３\n５０"',
        # Marks of quotation inside a cell, and words that are no table's.
        '项"目\n甲",1,2,3',
        '他说"今年\n好",去年也好',
    ],
)
def test_other_lines_are_left_as_they_are(row: str) -> None:
    assert with_tabs(f"{ABOVE}\n规章,1,2,3\n{row}\n后").endswith(f"\n{row}\n后")


@pytest.mark.parametrize(("mark", "end"), [(",", "\n"), (";", "\r\n"), ("\t", "\n")])
def test_what_a_spreadsheet_is_to_take_as_text_is_a_cell(mark: str, end: str) -> None:
    rows = [["规章", '="0"', '="1"', '"1,024"'], ["行政规范性文件", '="2"', "1", '="9"']] * 2
    text = end.join(mark.join(row) for row in rows)
    shown = [["规章", "0", "1", "1,024"], ["行政规范性文件", "2", "1", "9"]] * 2
    assert with_tabs(text) == end.join("\t".join(row) for row in shown)


@pytest.mark.parametrize("cell", ['="1"&"2"', "=SUM(B1:B2)", '="1""2"', '注="1"'])
def test_what_a_spreadsheet_computes_is_left_as_it_is(cell: str) -> None:
    assert cell in with_tabs(f"{ABOVE}\n规章,1,2,3\n说明：{cell}\n后")


def test_a_file_of_three_cells_a_row_is_a_table_though_its_cells_go_over_lines() -> None:
    rows = [
        "附件,,",
        '"统计表\n（2015年度）",,',
        "填报单位：某局,,",
        "指标,单位,统计数",
        '"信息数（不同\n渠道计1条）",条,"1,037"',
    ]
    shown = [
        "附件\t\t",
        "统计表（2015年度）\t\t\n",
        "填报单位：某局\t\t",
        "指标\t单位\t统计数",
        "信息数（不同渠道计1条）\t条\t1,037\n",
    ]
    assert with_tabs("\n".join([*rows, "文件,件,6"])) == "\n".join([*shown, "文件\t件\t6"])


@pytest.mark.parametrize("last", ["文件,件,6,另2件", "信息数,条,1,037", "文件,件"])
def test_a_file_whose_rows_have_other_numbers_of_cells_is_left(last: str) -> None:
    text = f'指标,单位,统计数\n"信息数（不同\n渠道计1条）",条,"1,037"\n网站,条,9\n{last}'
    assert '"信息数（不同\n渠道计1条）",条,"1,037"' in with_tabs(text)


@pytest.mark.parametrize(
    ("last", "is_table"), [("网站,1,037", False), ("网站,1,137", True), ("网站,1,0", True)]
)
def test_digits_that_no_cell_begins_with_are_behind_a_comma_of_a_number(last: str, *, is_table: bool) -> None:
    text = f"指标,2014年,2015年\n微博,4,12\n微信,8,9\n{last}"
    assert with_tabs(text) == (text.replace(",", "\t") if is_table else text)


def test_codes_at_the_beginning_of_rows_may_begin_with_nought() -> None:
    text = "序号,代码,指标,统计数\n1,001,网站,4\n2,002,微博,5\n3,003,微信,6"
    assert with_tabs(text) == text.replace(",", "\t")

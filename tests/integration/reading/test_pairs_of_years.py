"""Last year's figures beside this year's in each column, or in a row above: labels of years tell which."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, by_address, figures

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = ["1", "0", "2", "0", "3", "0", "0", "1", "0", "1", "4", "0", "0", "0", "4"]
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
OTHER_FIRST, OWN_FIRST = (("上年", "本年"), ("2022年", "2023年")), (("本年", "上年"), ("2023年", "2022年"))
Rows = list[list[tuple[str, int]]]


def written(rows: Rows) -> str:
    lines = ("".join(f'<td colspan="{across}">{words}</td>' for words, across in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page(section: str, table: str) -> bytes:
    return (
        "<html><body><h1>某县某局2023年政府信息公开工作年度报告</h1>"
        f"<p>{section}</p>{table}<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>"
    ).encode()


def requests(years: Sequence[str], own: int, *, years_at: int | None = None) -> Rows:
    """Table 3 with two figures for each column; last year's are one greater.

    Args:
        years: above the two figures of each column.
        own: which of the two is this year's.
        years_at: the number of the column whose years are exchanged.
    """
    heads = [
        (year, 1) for place in range(len(COLUMNS)) for year in (years[::-1] if place == years_at else years)
    ]
    rows: Rows = [[("项目", 1), *((name, 2) for name in COLUMNS)], [("", 1), *heads]]
    for row, texts in figures().items():
        pairs = [(text, str(int(text) + 1)) for text in texts]
        cells = [figure for pair in pairs for figure in (pair if own == 0 else pair[::-1])]
        rows.append([(LABELS[row], 1), *((figure, 1) for figure in cells)])
    return rows


def read(section: str, rows: Rows) -> dict[str, Cell]:
    (extraction,) = extract(page(section, written(rows)))
    return {cell.address: cell for cell in extraction.cells}


def read_requests(rows: Rows) -> dict[str, Cell]:
    cells = read("三、收到和处理政府信息公开申请情况", rows)
    return {address: cell for address, cell in cells.items() if address.startswith("requests.")}


@pytest.mark.parametrize(
    ("years", "own"),
    [*((years, 1) for years in OTHER_FIRST), *((years, 0) for years in OWN_FIRST)],
)
def test_the_column_below_the_reports_own_year_is_its_own(years: Sequence[str], own: int) -> None:
    cells = read_requests(requests(years, own))
    assert {address: cell.printed for address, cell in cells.items()} == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


@pytest.mark.parametrize(
    "years", [("2021年", "2022年"), ("上年", "增减"), ("网上", "现场"), ("2022年", "2024年")]
)
@pytest.mark.parametrize("own", [0, 1])
def test_pairs_without_the_reports_own_year_are_open(years: Sequence[str], own: int) -> None:
    assert not any(cell.status in SETTLED for cell in read_requests(requests(years, own)).values())


def test_a_pair_in_the_other_order_leaves_all_open() -> None:
    rows = requests(("上年", "本年"), 1, years_at=2)
    assert not any(cell.status in SETTLED for cell in read_requests(rows).values())


def test_a_row_that_lacks_a_cell_leaves_the_table_open() -> None:
    rows = requests(("上年", "本年"), 1)
    del rows[6][3]
    assert not any(cell.status in SETTLED for cell in read_requests(rows).values())


@pytest.mark.parametrize("years", OTHER_FIRST)
def test_where_all_of_its_own_columns_are_blank_the_years_may_stand_the_other_way(
    years: Sequence[str],
) -> None:
    rows = requests(years, 1)
    blank = [
        [row[0], *(("", 1) if place % 2 else cell for place, cell in enumerate(row[1:]))] for row in rows[2:]
    ]
    assert not any(cell.status in SETTLED for cell in read_requests([*rows[:2], *blank]).values())


def disclosure(first: str, second: str) -> Rows:
    return [
        [("第二十条第（一）项", 7)],
        [
            ("信息内容", 1),
            *(
                (f"{year}{name}", 1)
                for name in ("制发件数", "废止件数", "现行有效件数")
                for year in (first, second)
            ),
        ],
        [("规章", 1), *((figure, 1) for figure in "010203")],
        [("行政规范性文件", 1), *((figure, 1) for figure in "415263")],
        [("第二十条第（五）项", 7)],
        [("信息内容", 1), (f"{first}处理决定数量", 3), (f"{second}处理决定数量", 3)],
        [("行政许可", 1), ("62", 3), ("1640", 3)],
    ]


def test_a_year_before_the_label_of_each_column_tells_them_apart() -> None:
    cells = read("二、主动公开政府信息情况", disclosure("2022年", "2023年"))
    shown = {address: cell.printed for address, cell in cells.items() if cell.status in SETTLED}
    assert shown == {
        "disclosure.regulations.issued": "1",
        "disclosure.regulations.repealed": "2",
        "disclosure.regulations.in_force": "3",
        "disclosure.normative_documents.issued": "1",
        "disclosure.normative_documents.repealed": "2",
        "disclosure.normative_documents.in_force": "3",
        "disclosure.licences.decisions": "1640",
    }


def test_labels_with_two_other_years_are_open() -> None:
    cells = read("二、主动公开政府信息情况", disclosure("2021年", "2022年"))
    assert not any(cell.status in SETTLED for cell in cells.values())


def disputes(first: str, second: str, others: Sequence[str]) -> Rows:
    return [
        [("年度", 1), ("行政复议", 5), ("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [("", 1), *((name, 1) for name in OUTCOMES * 3)],
        [(first, 1), *((figure, 1) for figure in others)],
        [(second, 1), *((figure, 1) for figure in DISPUTES)],
    ]


def test_the_row_of_the_reports_own_year_is_its_own() -> None:
    cells = read("四、政府信息公开行政复议、行政诉讼情况", disputes("2022年", "2023年", ["7"] * 15))
    shown = [cell.printed for address, cell in cells.items() if address.startswith("disputes.")]
    assert shown == DISPUTES
    assert all(cell.status in SETTLED for address, cell in cells.items() if address.startswith("disputes."))


@pytest.mark.parametrize(
    ("first", "second"), [("2021年", "2022年"), ("2022年", "2024年"), ("2022年", "累计")]
)
def test_rows_of_other_years_are_open(first: str, second: str) -> None:
    cells = read("四、政府信息公开行政复议、行政诉讼情况", disputes(first, second, ["7"] * 15))
    assert not any(cell.status in SETTLED for cell in cells.values())


@pytest.mark.parametrize(("first", "second", "own"), [("2022年", "2023年", 3), ("2023年", "2022年", 2)])
def test_an_own_row_that_lacks_a_figure_is_open_and_the_other_row_is_not_taken(
    first: str, second: str, own: int
) -> None:
    rows = disputes(first, second, DISPUTES)
    del rows[own][5]
    cells = read("四、政府信息公开行政复议、行政诉讼情况", rows)
    assert not any(cell.status in SETTLED for cell in cells.values())


def totals(heads: Sequence[str], own: int, others: Sequence[str] = ()) -> Rows:
    """Table 3 with another year's total beside its own, ten greater, and behind both the change.

    Args:
        heads: above the two totals.
        own: which of the two is this year's.
        others: above what stands behind them.
    """
    rows: Rows = [[(name, 1) for name in ("项目", *COLUMNS[:-1], *heads, *others)]]
    for row, texts in figures().items():
        both = [texts[-1], str(int(texts[-1]) + 10)]
        cells = [*texts[:-1], *(both if own == 0 else both[::-1]), *("-10" for _ in others)]
        rows.append([(LABELS[row], 1), *((figure, 1) for figure in cells)])
    return rows


@pytest.mark.parametrize("others", [(), ("增减",), ("同比增减",)])
@pytest.mark.parametrize(
    ("heads", "own"),
    [
        (("2023年总计", "2022年总计"), 0),
        (("2022年总计", "2023年总计"), 1),
        (("本年总计", "上年总计"), 0),
        (("上年度总计", "2023年度总计"), 1),
    ],
)
def test_the_total_of_the_reports_own_year_is_its_own(
    heads: Sequence[str], own: int, others: Sequence[str]
) -> None:
    cells = read_requests(totals(heads, own, others))
    assert {address: cell.printed for address, cell in cells.items()} == by_address(figures())
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


@pytest.mark.parametrize(
    "heads",
    [
        ("2021年总计", "2022年总计"),
        ("2023年总计", "2023年总计"),
        ("2022年总计", ""),
        ("", "2022年总计"),
        ("合", "2022年总计"),
        ("2024年总计", "2022年总计"),
    ],
)
@pytest.mark.parametrize("own", [0, 1])
def test_totals_of_which_none_is_said_to_be_its_own_are_open(heads: Sequence[str], own: int) -> None:
    cells = read_requests(totals(heads, own, ("增减",)))
    assert not any(cell.status in SETTLED for address, cell in cells.items() if address.endswith(".total"))


@pytest.mark.parametrize("changes", ["增减", "同比增减", "较上年增减", "变化情况", "增减率（%）"])
@pytest.mark.parametrize(("first", "second", "own"), [("2022年", "2023年", 1), ("2023年", "2022年", 0)])
def test_a_row_of_changes_below_the_rows_of_both_years_is_none_of_the_reports(
    first: str, second: str, own: int, changes: str
) -> None:
    rows = disputes(first, second, ["7"] * 15)
    rows[2:] = rows[2:] if own else [[(first, 1), *rows[3][1:]], [(second, 1), *rows[2][1:]]]
    rows.append([(changes, 1), *(("-1", 1) for _ in DISPUTES)])
    cells = read("四、政府信息公开行政复议、行政诉讼情况", rows)
    own_cells = [cell for address, cell in cells.items() if address.startswith("disputes.")]
    assert [cell.printed for cell in own_cells] == DISPUTES
    assert all(cell.status in SETTLED for cell in own_cells)


@pytest.mark.parametrize(
    "heads",
    [
        ("2021年", "2022年", "增减"),
        ("2022年", "增减", "2023年"),
        ("", "2022年", "增减"),
        ("2022年", "", "增减"),
        ("2022年", "2023年", "2021年"),
        ("2022年", "2023年", "累计"),
        ("2022年", "2023年", ""),
        ("2023年", "增减", "2022年"),
    ],
)
def test_three_rows_that_are_not_two_years_and_their_change_are_open(heads: Sequence[str]) -> None:
    rows = disputes(heads[0], heads[1], ["7"] * 15)
    rows.append([(heads[2], 1), *(("1", 1) for _ in DISPUTES)])
    cells = read("四、政府信息公开行政复议、行政诉讼情况", rows)
    assert not any(cell.status in SETTLED for cell in cells.values())

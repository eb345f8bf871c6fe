"""Two lists of indicators side by side: each label has the figure beside it, in a known form and in none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from eval.gold.cases import MADE, load_case
from extractor import Extraction, extract
from extractor.documents.lists_beside import with_lists_in_order
from extractor.reports.opening import open_document
from extractor.result.cells import Status

CASE = load_case("2014-pipes", MADE)
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in CASE.text.split("\n")
    if line.startswith("|")
]
TITLE = "安丘市教育局2016年政府信息公开工作年度报告\n政府信息公开情况统计表（2016年度）\n"


def beside(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a list, its second half beside the first."""
    half = (len(rows) + 1) // 2
    right = [*rows[half:], *[("",) * len(header)] * (2 * half - len(rows))]
    return [[*header, *header], *([*one, *other] for one, other in zip(rows[:half], right, strict=True))]


def in_three(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a list, its second and last third beside the first."""
    third = -(-len(rows) // 3)
    whole = [*rows, *[("",) * len(header)] * (3 * third - len(rows))]
    thirds = zip(whole[:third], whole[third : 2 * third], whole[2 * third :], strict=True)
    return [[*header] * 3, *([*one, *other, *last] for one, other, last in thirds)]


def as_pipes(rows: Sequence[Sequence[str]]) -> str:
    return TITLE + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_tabs(rows: Sequence[Sequence[str]]) -> str:
    return TITLE + "\n".join("\t".join(row) for row in rows)


def as_html(rows: Sequence[Sequence[str]]) -> str:
    """A heading is one cell over all columns of its list."""
    lines = []
    for row in rows:
        lists = (row[: len(row) // 2], row[len(row) // 2 :])
        cells = "".join(
            f'<td colspan="{len(one)}">{one[0]}</td>'
            if one[0] and not any(one[1:])
            else "".join(f"<td>{cell}</td>" for cell in one)
            for one in lists
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<html><body><p>{TITLE}</p><table>{''.join(lines)}</table></body></html>"


def wrong(extraction: Extraction) -> list[str]:
    printed = {cell.address: cell.printed for cell in CASE.cells}
    return [cell.address for cell in extraction.cells if cell.printed != printed[cell.address]]


@pytest.mark.parametrize("written", [as_pipes, as_tabs, as_html])
def test_a_known_list_is_read_whole(written: Callable[[Sequence[Sequence[str]]], str]) -> None:
    (extraction,) = extract(written(beside(ROWS[0], ROWS[1:])).encode())
    assert (extraction.edition, wrong(extraction)) == ("2014", [])
    assert {cell.status for cell in extraction.cells} == {Status.CONFIRMED, Status.UNCHECKED}
    assert extraction.verdict == "verified"


@pytest.mark.parametrize("written", [as_pipes, as_tabs])
def test_a_known_list_in_three_is_read_whole(written: Callable[[Sequence[Sequence[str]]], str]) -> None:
    (extraction,) = extract(written(in_three(ROWS[0], ROWS[1:])).encode())
    assert (extraction.edition, wrong(extraction), extraction.verdict) == ("2014", [], "verified")


def test_a_header_above_figures_hides_no_lists_below_it() -> None:
    """月份 stands twice above months; below it are lists."""
    months = [("月份", "件数") * 2, *((f"{month}", "2", f"{month + 6}", "3") for month in range(1, 4))]
    lists = [
        ("项目", "数量") * 2,
        ("网站", "9", "微博", "3"),
        ("微信", "8", "报纸", "2"),
        ("电话", "7", "来访", "1"),
    ]
    document = with_lists_in_order(open_document(as_pipes([*months, *lists]).encode(), "page.txt"))
    (grid,) = [grid for grid in document.grids if grid.kind == "pipes"]
    labels = [
        document.text[cell.start : cell.end] for cell in grid.cells if cell.start > document.text.find("项目")
    ]
    assert [label for label in labels if label.isalpha()] == [
        "数量",
        "网站",
        "微信",
        "电话",
        "微博",
        "报纸",
        "来访",
    ]


def test_labels_of_an_unknown_list_go_on_from_the_left_to_the_right() -> None:
    rows = [
        ("一、主动公开信息总数", "条", "2450"),
        ("1.学校网站", "条", "1800"),
        ("2.微信公众号", "条", "520"),
        ("3.公告栏", "条", "130"),
        ("二、受理公开申请总数", "件", "18"),
        ("1.校内师生", "件", "11"),
        ("2.社会人员", "件", "7"),
    ]
    table = as_pipes(beside(("指标", "单位", "数量"), rows)).removeprefix(TITLE)
    (extraction,) = extract(f"江岸师范大学2023学年信息公开工作年度报告\n信息公开统计表\n{table}\n".encode())
    assert {cell.address.split(".", 2)[2]: (cell.printed, cell.unit) for cell in extraction.extra} == {
        "主动公开信息总数.数量": ("2450", "条"),
        "主动公开信息总数.学校网站.数量": ("1800", "条"),
        "主动公开信息总数.微信公众号.数量": ("520", "条"),
        "主动公开信息总数.公告栏.数量": ("130", "条"),
        "受理公开申请总数.数量": ("18", "件"),
        "受理公开申请总数.校内师生.数量": ("11", "件"),
        "受理公开申请总数.社会人员.数量": ("7", "件"),
    }
    assert {str(cell.status) for cell in extraction.extra} == {"unchecked"}


def test_two_reports_side_by_side_are_no_two_lists() -> None:
    """The same labels on the left and on the right: whose the figures are is another question."""
    rows = [[label, unit, figure, label, unit, f"{figure}1"] for label, unit, figure in ROWS[1:]]
    extractions = extract(as_pipes([[*ROWS[0], *ROWS[0]], *rows]).encode())
    assert Status.CONFIRMED not in {cell.status for one in extractions for cell in one.cells}


def test_lists_whose_rows_are_numbered_are_told_by_the_labels_behind_the_numbers() -> None:
    rows = ["序号|项目|数量|序号|项目|数量", "1|开放|12|5|演出|24", "2|借阅|8|6|展览|9", "3|招募|6|7|培训|36"]
    text = f"南浦文化站2022年站务公开情况统计\n\n{chr(10).join([*rows, '4|捐赠|2|||'])}\n"
    (extraction,) = extract(text.encode())
    assert [(cell.address.split(".")[2], cell.printed) for cell in extraction.extra] == [
        ("开放", "12"),
        ("借阅", "8"),
        ("招募", "6"),
        ("捐赠", "2"),
        ("演出", "24"),
        ("展览", "9"),
        ("培训", "36"),
    ]
    # Figures behind the first ones are no labels: 月份 and 件数 twice, of one list.
    months = ["月份|件数|金额|月份|件数|金额", "1|12|3|5|24|4", "2|8|5|6|9|6", "3|6|7|7|36|8"]
    document = open_document("\n".join(months).encode(), "page.txt")
    assert with_lists_in_order(document).grids == document.grids

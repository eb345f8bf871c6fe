"""Table 3 turned round: applicants below each other, the form's rows side by side, in one or several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, by_address, figures

NAMES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
GROUPS = {"refused": "（三）不予公开", "unavailable": "（四）无法提供", "not_processed": "（五）不予处理"}
GROUPS |= {"other": "（六）其他处理"}
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
ALL = list(LABELS)


def table(
    rows: Sequence[str], order: Sequence[int], names: Sequence[str] = NAMES, *, grouped: bool
) -> list[str]:
    """The cells of a table of some of the form's rows, a line of the page each.

    Args:
        rows: their ids, which stand side by side.
        order: in which the columns of the form stand below each other.
        names: of these columns.
        grouped: whether the labels of groups stand above those of their rows.
    """
    values = figures()
    lines = [f"<td{' rowspan=2' if grouped else ''}>申请人</td>", ""]
    for row in rows:
        group = GROUPS.get(row.split(".")[0]) if grouped else None
        members = [one for one in rows if one.split(".")[0] == row.split(".")[0]]
        if group is None:
            lines[0] += f"<td{' rowspan=2' if grouped else ''}>{LABELS[row]}</td>"
            continue
        if row == members[0]:
            lines[0] += f"<td colspan={len(members)}>{group}</td>"
        lines[1] += f"<td>{LABELS[row]}</td>"
    lines = lines if grouped else lines[:1]
    for place in order:
        lines.append(f"<td>{names[place]}</td>" + "".join(f"<td>{values[row][place]}</td>" for row in rows))
    return lines


def read(*tables: Sequence[str], above: str = "") -> dict[str, Cell]:
    shown = "<p>续表</p>".join(
        f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>" for lines in tables
    )
    page = (
        "<html><body><h1>某县某局2023年政府信息公开工作年度报告</h1>"
        f"<p>三、收到和处理政府信息公开申请情况</p><p>{above}</p>{shown}"
        "<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>"
    )
    (extraction,) = extract(page.encode())
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


@pytest.mark.parametrize("order", [range(7), [6, *range(6)], [1, 0, 2, 4, 3, 5, 6]])
@pytest.mark.parametrize("cuts", [(0, 25), (0, 4, 15, 25), (0, 12, 19, 25)])
@pytest.mark.parametrize("grouped", [True, False])
def test_the_labels_beside_and_above_a_figure_tell_it(
    order: Sequence[int], cuts: Sequence[int], *, grouped: bool
) -> None:
    parts = [ALL[start:end] for start, end in pairwise(cuts)]
    cells = read(*(table(rows, order, grouped=grouped) for rows in parts))
    settled = {address: cell.printed for address, cell in cells.items() if cell.status in SETTLED}
    assert settled == by_address(figures())


def test_a_label_that_is_none_of_the_form_leaves_the_table_open() -> None:
    lines = table(ALL, range(7), grouped=False)
    lines[0] = lines[0].replace(LABELS["granted"], "（一）网上申请")
    assert not any(cell.status in SETTLED for cell in read(lines).values())


@pytest.mark.parametrize("words", ["2022年", "上半年", "网上申请", "（三）上年不予公开", "甲"])
def test_a_group_that_is_none_of_the_form_leaves_the_table_open(words: str) -> None:
    lines = table(ALL, range(7), grouped=True)
    assert GROUPS["refused"] in lines[0]
    lines[0] = lines[0].replace(GROUPS["refused"], words)
    assert not any(cell.status in SETTLED for cell in read(lines).values())


def test_a_column_without_its_label_leaves_the_table_open() -> None:
    # Seven lines of figures, and six names: whose the nameless one is, the form's order would tell wrongly.
    lines = table(ALL, [1, 0, 2, 3, 4, 5, 6], grouped=False)
    lines[1] = lines[1].replace("商业企业", "")
    assert not any(cell.status in SETTLED for cell in read(lines).values())


def test_a_name_that_stands_twice_leaves_the_table_open() -> None:
    lines = table(ALL, range(7), ["自然人", "商业企业", "科研机构", "商业企业", *NAMES[4:]], grouped=False)
    assert not any(cell.status in SETTLED for cell in read(lines).values())


def test_a_line_that_lacks_a_figure_leaves_the_table_open() -> None:
    lines = table(ALL, range(7), grouped=False)
    lines[3] = lines[3].replace("<td>0</td>", "", 1)
    assert not any(cell.status in SETTLED for cell in read(lines).values())


def test_another_years_table_is_none_of_the_reports() -> None:
    lines = table(ALL, range(7), grouped=False)
    assert not any(cell.status in SETTLED for cell in read(lines, above="2022年情况如下：").values())

"""The text reports as web pages: their tables with merged cells, and as converters leave these behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import pytest

from eval.gold.cases import Case, all_cases, load_case
from extractor import Extraction, NoReportError, Status, extract
from rules.form import Block, Form, Row
from rules.loader import built_in_forms

CASES = [case for case in all_cases() if case.verdict == "verified"]
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = "三、本年度办理结果"


class Cell(NamedTuple):
    """A cell of a page's table."""

    text: str
    rows: int = 1
    columns: int = 1


# Rows of a table, each with its own cells.
Table = list[list[Cell]]


# --- the tables of a report ---------------------------------------------------------------------------


def tables(case: Case) -> Iterator[tuple[str, Table]]:
    """The headings and tables of a report, as its form draws them."""
    form = next(form for form in built_in_forms() if form.edition == case.edition)
    printed = {cell.address: cell.printed for cell in case.cells}
    for heading, table in zip("二三四", form.tables, strict=True):
        cells: Table = []
        for block in table.blocks:
            prefix = f"{table.id}."
            draw = {"disclosure": small, "requests": large, "disputes": wide}[table.id]
            cells += draw(block, {a.removeprefix(prefix): text for a, text in printed.items()}, form)
        yield f"{heading}、{table.headings[0]}", cells


def small(block: Block, printed: dict[str, str], _: Form) -> Table:
    count = len(block.columns)
    header = [
        Cell(block.corner[0]),
        *(Cell(label_with_unit(column.label, column.unit)) for column in block.columns),
    ]
    rows = [
        [Cell(row.label), *(Cell(printed[f"{row.id}.{column.id}"]) for column in block.columns)]
        for row in block.rows
    ]
    return [[Cell(block.captions[0], columns=count + 1)], header, *rows]


def label_with_unit(label: str, unit: str | None) -> str:
    return f"{label}<br>（单位：{unit}）" if unit else label


def large(block: Block, printed: dict[str, str], _: Form) -> Table:
    under = [column for column in block.columns if column.under]
    header = [
        [Cell(CORNER, rows=3, columns=3), Cell("申请人情况", columns=7)],
        [Cell("自然人", rows=2), Cell("法人或其他组织", columns=len(under)), Cell("总计", rows=2)],
        [Cell(column.label) for column in under],
    ]
    rows = [row for row in block.rows if f"{row.id}.total" in printed]
    outcomes = [row for row in rows if row.under]
    table: Table = []
    for group, members in groupby(rows, key=lambda row: row.under):
        for i, row in enumerate(members):
            first = [Cell(OUTCOMES, rows=len(outcomes))] if row is outcomes[0] else []
            table.append([*first, *label(row, group, i, rows), *figures(row, block, printed)])
    return header + table


def label(row: Row, group: str | None, place: int, rows: list[Row]) -> list[Cell]:
    words = f"{row.number or ''}{row.label}"
    if group is None:
        return [Cell(words, columns=3)]
    if group == OUTCOMES:
        return [Cell(words, columns=2)]
    beginning = [Cell(group, rows=sum(other.under == group for other in rows))] if not place else []
    return [*beginning, Cell(words)]


def figures(row: Row, block: Block, printed: dict[str, str]) -> list[Cell]:
    return [Cell(printed[f"{row.id}.{column.id}"]) for column in block.columns]


def wide(block: Block, printed: dict[str, str], _: Form) -> Table:
    labels = [Cell(column.label) for column in block.columns]
    return [
        [Cell("行政复议", columns=5), Cell("行政诉讼", columns=10)],
        [*(one._replace(rows=2) for one in labels), *(Cell(row.label, columns=5) for row in block.rows[1:])],
        [*labels, *labels],
        [cell for row in block.rows for cell in figures(row, block, printed)],
    ]


# --- how merged cells arrive ---------------------------------------------------------------------------


def slots(table: Table) -> list[list[tuple[Cell, bool]]]:
    """Every slot of the grid: its cell, and whether that begins there."""
    grid: dict[tuple[int, int], tuple[Cell, bool]] = {}
    for y, row in enumerate(table):
        for cell in row:
            x = next(x for x in range(100) if (y, x) not in grid)
            for i in range(cell.rows):
                grid |= {(y + i, x + j): (cell, i == j == 0) for j in range(cell.columns)}
    return [[grid[y, x] for x in range(sum(at == y for at, _ in grid))] for y in range(len(table))]


def merged(table: Table) -> Table:
    return table


def repeated(table: Table) -> Table:
    """Every slot has the text of its cell."""
    return [[Cell(cell.text) for cell, _ in row] for row in slots(table)]


def blank(table: Table) -> Table:
    """The text stands in the first slot, the others are blank."""
    return [[Cell(cell.text if begins else "") for cell, begins in row] for row in slots(table)]


def html(table: Table, cell: str = "<td{}>{}</td>") -> str:
    def tag(one: Cell) -> str:
        spans = f' rowspan="{one.rows}"' if one.rows > 1 else ""
        spans += f' colspan="{one.columns}"' if one.columns > 1 else ""
        return cell.format(spans, one.text)

    rows = "".join("<tr>" + "".join(map(tag, row)) + "</tr>\n" for row in table)
    return f"<table><tbody>{rows}</tbody></table>"


def page(case: Case, arrive: Callable[[Table], Table] = merged, cell: str = "<td{}>{}</td>") -> str:
    body = "".join(f"<p>{heading}</p>{html(arrive(table), cell)}" for heading, table in tables(case))
    return f"<html><body><h1>某县2023年政府信息公开工作年度报告</h1>{body}</body></html>"


def assert_right(case: Case, extraction: Extraction) -> None:
    for gold in case.cells:
        found = extraction.cell(gold.address)
        assert (found.printed, found.value, found.state) == (gold.printed, gold.value, gold.state), (
            gold.address
        )
        assert found.status in (Status.CONFIRMED, Status.UNCHECKED), gold.address
    assert (extraction.verdict, extraction.findings) == ("verified", ())


def read(text: str) -> Extraction:
    (extraction,) = extract(text.encode())
    return extraction


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("arrive", [merged, repeated, blank])
def test_a_report_is_read_however_its_merged_cells_arrive(
    case: Case, arrive: Callable[[Table], Table]
) -> None:
    assert_right(case, read(page(case, arrive)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("arrive", [merged, repeated, blank])
def test_blanks_for_zero_stay_where_they_are(case: Case, arrive: Callable[[Table], Table]) -> None:
    extraction = read(page(case, arrive).replace("<td>0</td>", "<td>&nbsp;</td>"))
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        # Which of two blanks a merged cell left behind, and which stands for zero, the row may not tell.
        if arrive is blank and cell.status == Status.DISPUTED:
            continue
        printed = "" if gold.printed == "0" else gold.printed
        assert (cell.printed, cell.value) == (printed, gold.value if printed else None), gold.address
        assert cell.placement == "certain", gold.address


CELLS = {
    "Word": "<td{} style='mso-border-alt:solid'><p class=MsoNormal><span>{}<o:p></o:p></span></p></td>",
    "lines": "<td{}>\n\n  <p>\n {}&nbsp;\n</p> </td>",
    "editor": "<td{}><p><span style='font-size:12px'><strong>{}</strong></span><br /></p></td>",
    "zero width": "<td{}>&#8203;{}\ufeff</td>",
    "no ends": "<td{}><p>{}",
}
AROUND = {
    "layout tables": "<table><tr><td><a>首页</a><td>{}</td></tr><tr><td colspan=2>主办：某县 2024</table>",
    "nested deeper": "<table><tr><td><table><tr><td><div>{}</div></table></table>",
    "furniture": "<title>x 2019</title><script>var a='<td>1</td>'</script><li>首页<li>12{}<p hidden>3",
}


@pytest.mark.parametrize("case", CASES[:2], ids=lambda case: case.name)
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_a_report_is_read_whatever_is_around_it(case: Case, cell: str, around: str) -> None:
    assert_right(case, read(around.replace("{}", page(case, cell=cell))))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16"])
def test_a_doc_that_is_html_is_read_in_any_encoding(encoding: str) -> None:
    case = CASES[0]
    text = page(case).replace("<html>", "<html xmlns:o='urn:schemas-microsoft-com:office:office'>")
    (extraction,) = extract(text.encode(encoding), name="report.doc")
    assert_right(case, extraction)


def test_a_contradiction_is_told_with_table_row_and_column() -> None:
    case = load_case("luozhuang-2023")
    total = next(cell.printed for cell in case.cells if cell.address == "requests.received.total")
    text = page(case).replace(f"<td>{total}</td>", f"<td>{int(total) + 1}</td>", 1)
    extraction = read(text)
    assert extraction.verdict == "source_error"
    assert extraction.cell("requests.received.total").printed == str(int(total) + 1)
    places = {finding.locator for finding in extraction.findings if finding.rule == "requests-row-total"}
    assert [(place.table, place.row, place.column) for place in places if place] == [(2, 4, 10)]


def test_facts_are_found_whose_value_has_a_cell_of_its_own() -> None:
    facts = "<table><tr><td>发布日期：<td>2024-01-30<td>电话：<td>0539-8246639<td>邮编<td>276017</table>"
    header = read(facts + page(CASES[0])).header
    found = (header.publication_date, header.telephone, header.postcode)
    assert [fact.value if fact else None for fact in found] == ["2024-01-30", "0539-8246639", "276017"]


def test_a_page_whose_tables_are_pictures_has_none() -> None:
    title = "<h1>某县2023年政府信息公开工作年度报告</h1>"
    extraction = read(f"{title}<p>二、主动公开政府信息情况</p><p><img src='http://example.com/1.png'></p>")
    assert [finding.rule for finding in extraction.findings] == ["no-table", "pictures-elsewhere"]


def test_a_page_that_holds_no_report() -> None:
    with pytest.raises(NoReportError):
        read("<!DOCTYPE html><html><body><p>404</p></body></html>")

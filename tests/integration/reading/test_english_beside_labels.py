"""Tables in two languages: labels with their English beside them, and English that says another thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import LABELS, NAMES, by_address, document, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
COLUMNS = {
    "自然人": "Natural Persons",
    "商业企业": "Commercial Enterprises",
    "科研机构": "Research Institutions",
    "社会公益组织": "Public Welfare Organizations",
    "法律服务机构": "Legal Service Agencies",
    "其他": "Others",
    "总计": "Total",
}
ROWS = {
    "received": "I. Requests newly received in 2023",
    "carried_in": "II. Requests carried over from 2022",
    "granted": "1. Disclosed",
    "refused.state_secret": "(1) State secrets",
    "not_processed.repeated": "(2) Repeated",
    "handled_total": "7. Total",
    "carried_out": "IV. Carried over to 2024",
}


def _html(lines: list[list[str]]) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    title, heading = "某县人民政府2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"
    return f"<meta charset=utf-8><h1>{title}</h1><h2>{heading}</h2><table>{rows}</table><p>完</p>".encode()


def _pipes(lines: list[list[str]]) -> bytes:
    return document("".join(f"| {' | '.join(line)} |\n" for line in lines))


WRITTEN: dict[str, tuple[Callable[[list[list[str]]], bytes], str]] = {
    "below, in a web page": (_html, "{0}<br><span>{1}</span>"),
    "above, in a web page": (_html, "{1}<br>{0}"),
    "behind, in pipes": (_pipes, "{0} {1}"),
    "behind a stroke, in pipes": (_pipes, "{0}/{1}"),
}
written = pytest.mark.parametrize(("write", "beside"), WRITTEN.values(), ids=WRITTEN)


def settled(
    write: Callable[[list[list[str]]], bytes],
    beside: str,
    columns: Mapping[str, str] = COLUMNS,
    rows: Mapping[str, str] = ROWS,
) -> dict[str, str]:
    header = ["项目", *(beside.format(name, columns[name]) for name in NAMES)]
    labels = [beside.format(LABELS[row], rows[row]) if row in rows else LABELS[row] for row in LABELS]
    lines = [header, *([label, *VALUES[row]] for label, row in zip(labels, LABELS, strict=True))]
    (extraction,) = extract(write(lines))
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


@written
def test_labels_are_read_with_their_english_beside_them(
    write: Callable[[list[list[str]]], bytes], beside: str
) -> None:
    assert settled(write, beside) == by_address(VALUES)


@written
@pytest.mark.parametrize(
    "changed",
    [
        {"商业企业": "Research Institutions", "科研机构": "Commercial Enterprises"},
        {"自然人": "Commercial Enterprises", "商业企业": "Individuals"},
        {"其他": "Total", "总计": "Others"},
        {"总计": "Percentage of total"},
        {"总计": "Cumulative total"},
        {"总计": "Total in 2022"},
        {"总计": "Previous year"},
    ],
)
def test_english_that_names_another_column_leaves_the_table_open(
    write: Callable[[list[list[str]]], bytes], beside: str, changed: dict[str, str]
) -> None:
    assert settled(write, beside, columns=COLUMNS | changed) == {}


@written
@pytest.mark.parametrize(
    "changed",
    [
        {"received": "I. Requests carried over from last year"},
        {"received": "I. Requests newly received in 2022"},
        {"carried_in": "II. Carried over to 2024"},
        {"granted": "1. Not disclosed"},
        {"granted": "1. Granted in part"},
        {"not_processed.repeated": "(3) Repeated"},
        {"handled_total": "7. Total, of which online"},
        {"carried_out": "IV. Carried over from last year"},
    ],
)
def test_english_that_names_another_row_leaves_the_table_open(
    write: Callable[[list[list[str]]], bytes], beside: str, changed: dict[str, str]
) -> None:
    assert settled(write, beside, rows=ROWS | changed) == {}


def test_latin_letters_beside_a_label_that_are_no_english_for_it_are_more_than_the_label() -> None:
    found = settled(_html, "{0}<br>{1}", dict.fromkeys(COLUMNS, "WeChat"), dict.fromkeys(ROWS, "APP"))
    rows = {address.removeprefix("requests.").rpartition(".")[0] for address in found}
    assert rows.isdisjoint(ROWS)


@pytest.mark.parametrize(
    ("english", "is_open"), [("Fees (10,000 yuan)", False), ("Fees (yuan)", True), ("Fees collected", False)]
)
def test_english_of_another_unit_leaves_the_table_open(english: str, *, is_open: bool) -> None:
    lines = [
        ["信息内容<br>Content", f"本年收费金额（单位：万元）<br>{english}"],
        ["行政事业性收费<br>Administrative Fees", "12.5"],
    ]
    page = _html(lines).decode().replace("三、收到和处理政府信息公开申请情况", "二、主动公开政府信息情况")
    (extraction,) = extract(page.encode())
    fees = extraction.cell("disclosure.fees.amount")
    assert (fees.printed, fees.status in SETTLED) == ("12.5", not is_open)

"""Writes lists of indicators as pages have them, so that tests know what every cell must say."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docx import Document

from eval.zoo.word import saved

_DATA = Path(__file__).parents[1] / "data" / "list_layouts"
# Where labels are broken that are longer than a line.
_WIDTH = 10


class Indicator(NamedTuple):
    """A row: an indicator, or a heading, which has no unit and no figure.

    Attributes:
        address: of its cell; of a form that nobody has described, its path; empty for a heading.
        depth: how many rows it stands below.
        number, label, unit, printed: as the page has them.
    """

    address: str
    depth: int
    number: str
    label: str
    unit: str
    printed: str

    @property
    def whole_label(self) -> str:
        """The label with its number."""
        return self.number + self.label


class ListReport(NamedTuple):
    """A report whose statistics are a list of indicators."""

    organ: str
    kind: str
    title: str
    rows: tuple[Indicator, ...]

    @property
    def before(self) -> str:
        """The paragraphs above the list."""
        return (
            f"{self.organ}2017年度{self.kind}工作年度报告\n\n本报告由{self.organ}编制，统计期限为2017年1月1日至"
            f"2017年12月31日。\n联系电话：0539-2200416\n邮政编码：276000\n\n一、概述\n2017年，{self.organ}认真推进"
            f"信息公开，工作扎实有效。\n\n{self.title}\n"
        )


def _rows(name: str) -> tuple[Indicator, ...]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Indicator(row["address"], int(row["depth"]), *(row[name] for name in Indicator._fields[2:]))
            for row in csv.DictReader(file)
        )


def county() -> ListReport:
    """A report of edition 2014."""
    title = "政府信息公开情况统计表（2017年度）"
    return ListReport("临江县教育局", "政府信息公开", title, _rows("county"))


def school() -> ListReport:
    """A report on a form of its own."""
    return ListReport("云溪第三中学", "校务公开", "校务公开情况统计表", _rows("school"))


def _lines(report: ListReport, line: Callable[[Indicator], str], head: str = "") -> bytes:
    return (report.before + head + "".join(line(row) for row in report.rows)).encode()


def _or_label(line: Callable[[Indicator], str]) -> Callable[[Indicator], str]:
    """A heading is a line of nothing but its label."""
    return lambda row: line(row) if row.printed else f"{row.whole_label}\n"


def _three_lines(report: ListReport) -> bytes:
    return _lines(
        report,
        lambda row: "".join(f"{cell}\n\n" for cell in (row.whole_label, row.unit, row.printed) if cell),
        "统计指标\n\n单位\n\n统计数\n\n",
    )


def _broken_labels(report: ListReport) -> bytes:
    def lines(row: Indicator) -> Iterator[str]:
        label = row.whole_label
        yield from (label[:_WIDTH], label[_WIDTH:]) if len(label) > _WIDTH + 3 else (label,)
        yield from filter(None, (row.unit, row.printed))

    return _lines(report, lambda row: "".join(f"{line}\n" for line in lines(row)), "统计指标\n单位\n统计数\n")


def _numbered_tabs(report: ListReport) -> bytes:
    rows = [f"{i}\t{row.whole_label}\t{row.printed}\t{row.unit}\n" for i, row in enumerate(report.rows, 1)]
    return (report.before + "序号\t指标名称\t本年度\t计量单位\n" + "".join(rows)).encode()


def _indented_pipes(report: ListReport) -> bytes:
    return _lines(
        report,
        lambda row: f"| {'　' * row.depth}{row.whole_label} | {row.unit} | {row.printed} |\n",
        "| 统计项目 | 单位 | 数量 |\n",
    )


def _markdown(report: ListReport) -> bytes:
    def line(row: Indicator) -> str:
        label = row.whole_label if row.printed else f"**{row.whole_label}**"
        return f"| {label} | {row.unit} | {row.printed} |\n"

    return _lines(report, line, "\n| 统计指标 | 单位 | 统计数 |\n|:---|:---:|---:|\n")


def _aligned(report: ListReport) -> bytes:
    def line(row: Indicator) -> str:
        return f"{'  ' * row.depth}{row.whole_label}".ljust(40) + f"{row.unit:　<4}{row.printed:>8}\n"

    return _lines(report, line)


def _web_page(report: ListReport) -> bytes:
    def line(row: Indicator) -> str:
        if not row.printed:
            return f"<tr><td colspan=3><b>{row.whole_label}</b></td></tr>"
        indent = "&nbsp;" * 4 * row.depth
        return f"<tr><td>{indent}{row.whole_label}</td><td>{row.unit}</td><td>{row.printed}</td></tr>"

    head = "<table border=1><tr><th>统计指标</th><th>单位</th><th>统计数</th></tr>"
    before = report.before.replace("\n", "<br>")
    rows = "".join(map(line, report.rows))
    return f"<html><body>{before}{head}{rows}</table></body></html>".encode()


def _word_file(report: ListReport) -> bytes:
    document = Document()
    for paragraph in filter(None, report.before.split("\n")):
        document.add_paragraph(paragraph)
    table = document.add_table(rows=0, cols=3)
    heads: Sequence[Sequence[str]] = [("统计指标", "单位", "统计数")]
    for words in (*heads, *((row.whole_label, row.unit, row.printed) for row in report.rows)):
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text
    return saved(document)


# What a list looks like; the figure of a row is printed by itself, or with its unit behind it.
LAYOUTS: Mapping[str, Callable[[ListReport], bytes]] = {
    "three lines": _three_lines,
    "broken labels": _broken_labels,
    "numbered tabs": _numbered_tabs,
    "indented pipes": _indented_pipes,
    "markdown": _markdown,
    "aligned": _aligned,
    "web page": _web_page,
    "word": _word_file,
    "commas": lambda report: _lines(
        report, lambda row: f"{row.whole_label},{row.unit},{row.printed}\n", "统计指标,单位,统计数\n"
    ),
    "colons": lambda report: _lines(
        report, _or_label(lambda row: f"{row.whole_label}：{row.printed}{row.unit}\n")
    ),
    "dots": lambda report: _lines(
        report, _or_label(lambda row: f"{row.whole_label}（单位：{row.unit}）……………{row.printed}\n")
    ),
    "unit in the label": lambda report: _lines(
        report, _or_label(lambda row: f"{row.whole_label}（{row.unit}）\t{row.printed}\n"), "项目\t数值\n"
    ),
}

"""Small pages with the tables of edition 2021, written in the layouts of real pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.loader import built_in_forms

TITLE = "某县人民政府2023年政府信息公开工作年度报告\n一、总体情况\n接待来访12人次，其中预约来访5人次。\n"
FORM = built_in_forms()[0]
BLOCK = FORM.tables[1].blocks[0]
ROWS = [row for row in BLOCK.rows if row.id != "other_combined"]
COLUMNS = [column.id for column in BLOCK.columns]
NAMES = [column.label for column in BLOCK.columns]
OUTCOMES = [
    row.id for row in ROWS if row.id not in ("received", "carried_in", "handled_total", "carried_out")
]
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
FLAT_HEADER = [CORNER, "申请人情况", "自然人", "法人或其他组织", "总计", "商业企业"]
FLAT_HEADER += ["科研机构", "社会公益组织", "法律服务机构", "其他"]
LABELS = {row.id: f"{row.number or ''}{row.label}" for row in ROWS}
GROUPS = {
    "granted": "三、本年度办理结果",
    "refused.state_secret": "(三)不予公开",
    "unavailable.not_held": "(四)无法提供",
    "not_processed.petition": "(五)不予处理",
    "other.not_corrected": "(六)其他处理",
}


def figures(*, zeros: bool = False) -> dict[str, list[str]]:
    """Figures that satisfy the form; with zeros only, no sum can see a shift."""
    values = {row: [0] * 7 for row in LABELS}
    if not zeros:
        counts = {"granted": [5, 1, 0, 0, 2, 0], "partially_granted": [0, 0, 0, 3, 0, 0]}
        counts |= {
            "refused.internal_affairs": [0, 2, 0, 0, 0, 0],
            "unavailable.not_held": [34, 0, 0, 0, 0, 1],
        }
        for row, parts in counts.items():
            values[row] = [*parts, sum(parts)]
        values["handled_total"] = [sum(values[row][i] for row in OUTCOMES) for i in range(7)]
        values["carried_out"] = [1, 0, 0, 0, 0, 0, 1]
        values["carried_in"] = [0, 0, 1, 0, 0, 0, 1]
        values["received"] = [
            h + o - c
            for h, o, c in zip(
                values["handled_total"], values["carried_out"], values["carried_in"], strict=True
            )
        ]
        values["received"][2], values["carried_in"][2] = 0, 0
        values["received"][6], values["carried_in"][6] = sum(values["received"][:6]), 0
    return {row: [str(value) for value in numbers] for row, numbers in values.items()}


def by_address(rows: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The figures of table 3, row by row, by the addresses of their cells."""
    return {
        f"requests.{row}.{column}": figure
        for row, texts in rows.items()
        for column, figure in zip(COLUMNS, texts, strict=True)
    }


@dataclass
class Page:
    """The cells of a page before it is written down, and where its figures will stand.

    ``rows`` holds (row id or None, cells before the figures, figures, cells after them).
    """

    values: dict[str, list[str]]
    labels: dict[str, str] = field(default_factory=lambda: dict(LABELS))
    header: list[str] = field(default_factory=lambda: list(FLAT_HEADER))
    with_groups: bool = True

    def rows(self) -> list[tuple[str, list[str], list[str]]]:
        result = []
        for row, values in self.values.items():
            group = [GROUPS[row]] if self.with_groups and row in GROUPS else []
            result.append((row, [*group, self.labels[row]], values))
        return result


def cell_lines(template: str) -> Callable[[Page], str]:
    """A cell a line; ``template`` has {} for the cell's text."""

    def write(page: Page) -> str:
        cells = list(page.header)
        for _, before, values in page.rows():
            cells += [*before, *values]
        return "".join(template.format(cell) for cell in cells)

    return write


def lines(separator: str, *, outer: bool = False) -> Callable[[Page], str]:
    """A table row a line; the header keeps the order of the columns."""

    def write(page: Page) -> str:
        header = [CORNER, *(column.label for column in BLOCK.columns)]
        table = [header, *([*before, *values] for _, before, values in page.rows())]
        edge = separator.strip() if outer else ""
        return "".join(f"{edge}{separator.join(row)}{edge}\n" for row in table)

    return write


def word(page: Page) -> str:
    """As Word's text export has it: a tab before each cell, an empty line after each row."""
    rows = [page.header, *([*before, *values] for _, before, values in page.rows())]
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows) + "\n"


LAYOUTS: dict[str, Callable[[Page], str]] = {
    "a cell a line": cell_lines("{}\n"),
    "a cell a line, pipe after": cell_lines("{} |\n"),
    "a cell a line, pipe before": cell_lines("| {}\n"),
    "a cell a line, pipe between": cell_lines("{}\n|\n"),
    "a paragraph a cell": cell_lines("{}\n\n"),
    "Word": word,
    "pipes": lines(" | "),
    "Markdown": lines(" | ", outer=True),
    "tabs": lines("\t"),
    "single blanks": lines(" "),
    "runs of blanks": lines("    "),
    "ideographic blanks": lines("\u3000"),
    "one line": lambda page: cell_lines("{} ")(page) + "\n",
}
WITH_BLANKS = [
    name
    for name in LAYOUTS
    if "blank" not in name and name not in ("a cell a line", "a paragraph a cell", "one line")
]


def document(body: str) -> bytes:
    """A report around a table 3."""
    return f"{TITLE}三、收到和处理政府信息公开申请情况\n{body}五、存在的主要问题及改进情况\n无。\n".encode()


def with_added_row(after: str, words: str, added: Sequence[str], separator: str = " | ") -> bytes:
    """A report whose table of requests has a row added behind one of the form's."""
    table = [[CORNER, *(column.label for column in BLOCK.columns)]]
    for row, texts in figures().items():
        table.append([LABELS[row], *texts])
        if row == after:
            table.append([words, *added])
    return document("".join(f"{separator.join(line)}\n" for line in table))

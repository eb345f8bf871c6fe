"""Reports with all three tables, as rows of cells, written as web pages and as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.helpers.pages import CORNER, LABELS, figures

REQUESTS, DISPUTES, DISCLOSURE = "requests.", "disputes.", "disclosure."
_OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_GROUPS = {
    "refused.state_secret": ("（三）不予公开", 8),
    "unavailable.not_held": ("（四）无法提供", 3),
    "not_processed.petition": ("（五）不予处理", 5),
    "other.not_corrected": ("（六）其他处理", 3),
}
HEADINGS = {
    DISCLOSURE: "二、主动公开政府信息情况",
    REQUESTS: "三、收到和处理政府信息公开申请情况",
    DISPUTES: "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass
class Cell:
    """A cell of a table: its words, and over how many rows and columns it is merged."""

    words: str
    down: int = 1
    across: int = 1


# Makes text of a table's rows.
Writer: TypeAlias = Callable[[Sequence[Sequence[Cell]]], str]


@dataclass
class Report:
    """A report of 2023 whose sums all hold, to be changed before it is written down.

    Attributes:
        tables: rows of cells, by the beginning of the addresses of their figures.
        headings, above, below: of each table, its heading, a line between that and the table, one behind it.
    """

    tables: dict[str, list[list[Cell]]] = field(
        default_factory=lambda: {DISCLOSURE: _disclosure(), REQUESTS: _requests(), DISPUTES: _disputes()}
    )
    headings: dict[str, str] = field(default_factory=lambda: dict(HEADINGS))
    above: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)

    def with_words(self, table: str, old: str, new: str) -> Report:
        """The same with other words in the first cell of a table that has these.

        Args:
            table: its key.
            old: the words of the cell.
            new: the words in their place.
        """
        cell = next(cell for row in self.tables[table] for cell in row if cell.words == old)
        cell.words = new
        return self

    def written(self, write: Writer) -> bytes:
        """The report with its tables written by a function.

        Args:
            write: what makes text of a table's rows.
        """
        is_web = write is web
        parts = ["某县某局2023年政府信息公开工作年度报告", "一、总体情况", "一年来，我局认真做好公开工作。"]
        for key, rows in self.tables.items():
            parts += [self.headings[key], *self.above.get(key, "").splitlines(), write(rows)]
            parts += self.below.get(key, "").splitlines()
        parts += ["五、存在的主要问题及改进情况", "公开内容有待丰富。", "六、其他需要报告的事项", "无。"]
        if is_web:
            parts = [part if part.startswith("<table") else f"<p>{part}</p>" for part in parts]
        return "\n".join(parts).encode()


def _disclosure() -> list[list[Cell]]:
    rows = [[Cell("第二十条第（一）项", across=4)]]
    rows.append([Cell(words) for words in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")])
    rows += [
        [Cell(words) for words in line]
        for line in (("规章", "0", "0", "0"), ("行政规范性文件", "3", "1", "8"))
    ]
    blocks: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "五": ("本年处理决定数量", {"行政许可": "41"}),
        "六": ("本年处理决定数量", {"行政处罚": "7", "行政强制": "0"}),
        "八": ("本年收费金额（单位：万元）", {"行政事业性收费": "12.5"}),
    }
    for number, (head, lines) in blocks.items():
        rows += [[Cell(f"第二十条第（{number}）项", across=4)], [Cell("信息内容"), Cell(head, across=3)]]
        rows += [[Cell(words), Cell(figure, across=3)] for words, figure in lines.items()]
    return rows


def _requests() -> list[list[Cell]]:
    members = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    rows = [[Cell(CORNER, 3, 3), Cell("申请人情况", across=7)]]
    rows += [
        [Cell("自然人", 2), Cell("法人或其他组织", across=5), Cell("总计", 2)],
        [Cell(words) for words in members],
    ]
    for row, texts in figures().items():
        line = [Cell("三、本年度办理结果", 22)] if row == "granted" else []
        if row in _GROUPS:
            line.append(Cell(*_GROUPS[row]))
        is_outer = row in ("received", "carried_in", "carried_out")
        is_own = row in ("granted", "partially_granted", "handled_total")
        line.append(Cell(LABELS[row], across=3 if is_outer else 2 if is_own else 1))
        rows.append([*line, *map(Cell, texts)])
    return rows


def _disputes() -> list[list[Cell]]:
    rows = [[Cell("行政复议", across=5), Cell("行政诉讼", across=10)]]
    rows.append([Cell(words, 2) for words in _OUTCOMES])
    rows[1] += [Cell("未经复议直接起诉", across=5), Cell("复议后起诉", across=5)]
    rows.append([Cell(words) for words in (*_OUTCOMES, *_OUTCOMES)])
    figures = ["1", "0", "2", "0", "3", "0", "0", "1", "0", "1", "4", "0", "0", "0", "4"]
    return [*rows, [Cell(figure) for figure in figures]]


def web(rows: Sequence[Sequence[Cell]]) -> str:
    """A table of a web page.

    Args:
        rows: of the table.
    """
    lines = (
        "".join(f'<td rowspan="{cell.down}" colspan="{cell.across}">{cell.words}</td>' for cell in row)
        for row in rows
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def cell_a_line(rows: Sequence[Sequence[Cell]]) -> str:
    """A table as text, a cell a line.

    Args:
        rows: of the table.
    """
    return "\n".join(f"{cell.words} |" for row in rows for cell in row)


def in_lines(separator: str) -> Writer:
    """What writes a row a line, with a blank cell for all that merged ones cover.

    Args:
        separator: of cells.
    """

    def write(rows: Sequence[Sequence[Cell]]) -> str:
        covered: dict[tuple[int, int], str] = {}
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (y, x) in covered:
                    x += 1
                for down in range(cell.down):
                    covered |= {(y + down, x + across): "" for across in range(cell.across)}
                covered[y, x] = cell.words
        width = max(x for _, x in covered) + 1
        return "\n".join(
            separator.join(covered.get((y, x), "") for x in range(width)) for y in range(len(rows))
        )

    return write

"""Reports written as PDFs: the cells of a case in tables with lines and without, over page breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from rules.form import Block, Form, Row

FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
LEFT, TOP, BOTTOM = 50.0, 60.0, 70.0
YEAR = "三、本年度办理结果"


@dataclass(frozen=True)
class Style:
    """How a report is printed.

    Attributes:
        borders: whether its tables have lines.
        open_ends: whether a table has no line where it is cut by a page break.
        vertical: how the label of all results stands: a character a line, turned, or not at all.
        breaks: the rows before which a new page begins.
        cut: the row that is cut by a page break behind the first line of its label.
        values_below: whether the figures of that row stand on the second page.
        repeats_header: whether the header stands again on every page.
        zero: what is printed for zero.
        beside: called with the canvas when a line was printed, with the line, and where it begins and how
            large it is, in points from the lower left corner.
    """

    borders: bool = True
    open_ends: bool = False
    vertical: Literal["stacked", "turned", "none"] = "stacked"
    breaks: frozenset[str] = frozenset()
    cut: str | None = None
    values_below: bool = False
    repeats_header: bool = False
    zero: str = "0"
    size: float = 9.0
    padding: float = 4.0
    beside: Callable[[Canvas, str, float, float, float], None] | None = None


class Box(NamedTuple):
    """A cell: where it begins in the table, what it covers, and its text."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    centred: bool = True


@dataclass
class Sheet:
    """A table: the widths of its columns, its cells, how many rows are header, the ids of its rows."""

    widths: list[float]
    boxes: list[Box] = field(default_factory=list)
    header: int = 0
    ids: list[str] = field(default_factory=list)


def rendered(form: Form, printed: Mapping[str, str], style: Style, title: str = "") -> bytes:
    """A report on a form.

    Args:
        form: its edition.
        printed: what each cell says, by address; rows without a cell aren't printed.
        style: how.
        title: of the report.
    """
    page = _Pages(style)
    page.text(title or "某县人民政府2023年政府信息公开工作年度报告", 16)
    page.text("一、总体情况", 12)
    page.text("本机关认真贯彻落实条例，依法做好政府信息公开工作，全年工作平稳有序。" * 3, 12)
    for number, table in zip("二三四", form.tables, strict=True):
        page.text(f"{number}、{table.title.zh}", 12)
        for block in table.blocks:
            cells = {
                row.id: [printed.get(f"{table.id}.{row.id}.{column.id}") for column in block.columns]
                for row in block.rows
            }
            rows = [row for row in block.rows if any(text is not None for text in cells[row.id])]
            texts = {row.id: [_shown(text or "", style) for text in cells[row.id]] for row in rows}
            for caption in block.captions[:1]:
                page.text(caption, 10, centred=True)
            if block.orientation == "wide":
                page.table(_wide(block, texts))
            elif len(block.rows) > 10:
                page.table(_long(block, rows, texts, style))
            else:
                page.table(_short(block, rows, texts))
    page.text("五、存在的主要问题及改进情况", 12)
    page.text("一是公开的内容有待进一步丰富，二是公开的形式有待进一步创新。", 12)
    return page.bytes()


def _shown(text: str, style: Style) -> str:
    return style.zero if text == "0" else text


def _short(block: Block, rows: Sequence[Row], texts: Mapping[str, list[str]]) -> Sheet:
    columns = block.columns
    sheet = Sheet([150.0, *[340.0 / len(columns)] * len(columns)], header=1, ids=["", *(r.id for r in rows)])
    units = [f"(单位：{column.unit})" if column.unit else "" for column in columns]
    header = [block.corner[0], *(c.label + unit for c, unit in zip(columns, units, strict=True))]
    sheet.boxes += [Box(0, i, text) for i, text in enumerate(header)]
    for i, row in enumerate(rows, 1):
        sheet.boxes.append(Box(i, 0, row.label, centred=False))
        sheet.boxes += [Box(i, j, text) for j, text in enumerate(texts[row.id], 1)]
    return sheet


def _long(block: Block, rows: Sequence[Row], texts: Mapping[str, list[str]], style: Style) -> Sheet:
    sheet = Sheet([24.0, 66.0, 130.0, *[38.0] * 7], header=3, ids=["", "", "", *(r.id for r in rows)])
    corner = f"({block.corner[0]})"
    sheet.boxes += [
        Box(0, 0, corner, 3, 3),
        Box(0, 3, block.spanning[0], 1, 7),
        Box(1, 4, "法人或其他组织", 1, 5),
    ]
    for j, column in enumerate(block.columns, 3):
        is_under = column.under is not None
        sheet.boxes.append(Box(1 + is_under, j, column.label, 2 - is_under))
    outcomes = [row.id for row in rows if row.under]
    for i, row in enumerate(rows, 3):
        label = f"{row.number or ''}{row.label}"
        if row.id not in outcomes:
            sheet.boxes.append(Box(i, 0, label, 1, 3, centred=False))
        elif row.under == YEAR:
            sheet.boxes.append(Box(i, 1, label, 1, 2, centred=False))
        else:
            sheet.boxes.append(Box(i, 2, label, centred=False))
        sheet.boxes += [Box(i, j, text) for j, text in enumerate(texts[row.id], 3)]
    first = 3 + [row.id for row in rows].index(outcomes[0])
    sheet.boxes.append(Box(first, 0, YEAR if style.vertical != "none" else "", len(outcomes)))
    position = 3
    for under, group in groupby(rows, key=lambda row: row.under):
        count = len(list(group))
        if under not in (None, YEAR):
            sheet.boxes.append(Box(position, 1, under, count))
        position += count
    return sheet


def _wide(block: Block, texts: Mapping[str, list[str]]) -> Sheet:
    width = len(block.columns)
    sheet = Sheet([32.6] * width * len(block.rows), header=3, ids=["", "", "", "values"])
    sheet.boxes.append(Box(0, width, "行政诉讼", 1, 2 * width))
    for i, row in enumerate(block.rows):
        at = i * width
        sheet.boxes.append(Box(0 if i == 0 else 1, at, row.label, 2 if i == 0 else 1, width))
        sheet.boxes += [Box(2, at + j, column.label) for j, column in enumerate(block.columns)]
        sheet.boxes += [Box(3, at + j, text) for j, text in enumerate(texts.get(row.id, []))]
    return sheet


class _Pages:
    """A canvas that begins a new page where one is full."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._buffer = BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=True)
        self._y = TOP
        self._number = 1

    def bytes(self) -> bytes:
        self._end_page()
        self._canvas.save()
        return self._buffer.getvalue()

    def text(self, text: str, size: float, *, centred: bool = False) -> None:
        for line in _wrapped(text, WIDTH - 2 * LEFT, size):
            if self._y + 2 * size > HEIGHT - BOTTOM:
                self._new_page()
            x = (WIDTH - stringWidth(line, FONT, size)) / 2 if centred else LEFT
            self._put(line, x, self._y, size)
            self._y += 1.5 * size
        self._y += size / 2

    def table(self, sheet: Sheet) -> None:
        style = self._style
        heights = self._heights(sheet)
        start = 0
        is_rest = False
        while start < len(heights):
            # What fits on this page, after the header where it is repeated.
            header = range(sheet.header) if start and style.repeats_header else range(0)
            y = self._y + sum(heights[i] for i in header)
            end = start
            while end < len(heights) and y + heights[end] <= HEIGHT - BOTTOM:
                if end > start and sheet.ids[end] in style.breaks and sheet.ids[end]:
                    break
                y += heights[end]
                end += 1
                if sheet.ids[end - 1] == style.cut and not is_rest:
                    break
            if end == start:
                self._new_page()
                continue
            is_cut = sheet.ids[end - 1] == style.cut and not is_rest
            self._part(sheet, [*header, *range(start, end)], heights, start, is_rest=is_rest, is_cut=is_cut)
            start, is_rest = end - is_cut, is_cut
            if start < len(heights):
                self._new_page()
        self._y += style.size

    def _heights(self, sheet: Sheet) -> list[float]:
        heights = [0.0] * len(sheet.ids)
        for box in sheet.boxes:
            if box.rows == 1:
                heights[box.row] = max(heights[box.row], self._height(sheet, box))
        for box in sheet.boxes:
            if box.rows > 1 and not _is_vertical(box):
                own = slice(box.row, box.row + box.rows)
                missing = self._height(sheet, box) - sum(heights[own])
                heights[own] = [one + max(0.0, missing) / box.rows for one in heights[own]]
        return heights

    def _height(self, sheet: Sheet, box: Box) -> float:
        lines = len(self._lines(sheet, box))
        return lines * 1.2 * self._style.size + 2 * self._style.padding

    def _lines(self, sheet: Sheet, box: Box) -> list[str]:
        if _is_vertical(box):
            return list(box.text)
        width = sum(sheet.widths[box.column : box.column + box.columns])
        return _wrapped(box.text, width - 2 * self._style.padding, self._style.size)

    def _part(
        self,
        sheet: Sheet,
        rows: list[int],
        heights: list[float],
        start: int,
        *,
        is_rest: bool,
        is_cut: bool,
    ) -> None:
        tops, y = {}, self._y
        for row in rows:
            tops[row] = y
            y += heights[row]
        for box in sheet.boxes:
            own = [row for row in range(box.row, box.row + box.rows) if row in tops]
            if not own:
                continue
            left = LEFT + sum(sheet.widths[: box.column])
            width = sum(sheet.widths[box.column : box.column + box.columns])
            top, bottom = tops[own[0]], tops[own[-1]] + heights[own[-1]]
            self._frame(
                left,
                top,
                width,
                bottom - top,
                at_top=top == self._y and start > 0,
                at_bottom=bottom == y and rows[-1] + 1 < len(heights),
            )
            lines = self._lines_here(sheet, box, start, bottom - top)
            if is_rest or is_cut:
                lines = self._cut(sheet, box, lines, is_rest=is_rest)
            if lines:
                self._fill(box, lines, left, top, width, bottom - top)
        self._y = y

    def _lines_here(self, sheet: Sheet, box: Box, start: int, height: float) -> list[str]:
        """The lines of a cell on a page that begins with a row; none if they stand on another one."""
        lines = self._lines(sheet, box)
        if _is_vertical(box):
            # It stands on the page where there is room for it.
            return lines if len(lines) * 1.2 * self._style.size <= height else []
        is_on_page_before = sheet.header <= box.row < start
        return [] if is_on_page_before else lines

    def _cut(self, sheet: Sheet, box: Box, lines: list[str], *, is_rest: bool) -> list[str]:
        """Of these lines those that stand above, or below, a page break that goes through a cell's row."""
        if sheet.ids[box.row] != self._style.cut or not lines:
            return lines
        is_value = box.text == lines[0] and len(lines) == 1 and box.column > 2
        if is_value:
            return lines if is_rest is self._style.values_below else []
        if len(lines) > 1:
            return lines[1:] if is_rest else lines[:1]
        return [] if is_rest else lines

    def _frame(
        self, left: float, top: float, width: float, height: float, *, at_top: bool, at_bottom: bool
    ) -> None:
        if not self._style.borders:
            return
        line = self._canvas.line
        right, upper, lower = left + width, HEIGHT - top, HEIGHT - top - height
        line(left, upper, left, lower)
        line(right, upper, right, lower)
        if not (at_top and self._style.open_ends):
            line(left, upper, right, upper)
        if not (at_bottom and self._style.open_ends):
            line(left, lower, right, lower)

    def _fill(self, box: Box, lines: list[str], left: float, top: float, width: float, height: float) -> None:
        size, padding = self._style.size, self._style.padding
        if _is_vertical(box) and self._style.vertical == "turned":
            self._canvas.saveState()
            length = stringWidth(box.text, FONT, size)
            self._canvas.translate(left + width / 2 + size / 2 - 1, HEIGHT - top - height / 2 - length / 2)
            self._canvas.rotate(90)
            self._canvas.setFont(FONT, size)
            self._canvas.drawString(0, 0, box.text)
            self._canvas.restoreState()
            return
        y = top + (height - len(lines) * 1.2 * size) / 2
        for line in lines:
            free = width - stringWidth(line, FONT, size)
            self._put(line, left + (free / 2 if box.centred else padding), y, size)
            y += 1.2 * size

    def _put(self, text: str, x: float, y: float, size: float) -> None:
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, HEIGHT - y - size, text)
        if self._style.beside is not None:
            self._style.beside(self._canvas, text, x, HEIGHT - y - size, size)

    def _new_page(self) -> None:
        self._end_page()
        self._y = TOP
        self._number += 1

    def _end_page(self) -> None:
        self._put(f"— {self._number} —", WIDTH / 2 - 15, HEIGHT - 40, 10)
        self._canvas.showPage()


def _is_vertical(box: Box) -> bool:
    return box.text == YEAR and box.column == 0


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if stringWidth(lines[-1] + character, FONT, size) > width:
            lines.append("")
        lines[-1] += character
    return lines

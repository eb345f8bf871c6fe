"""Reports as texts: those of the generator, and tables whose cells tabs or pipes part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from random import Random

from eval.zoo.generation import GeneratedReport, GoldFigure, Layout, Writer, generate
from eval.zoo.gold import GoldCell, Line, ambiguous, without
from eval.zoo.reports import Report
from eval.zoo.tables import Cell, Rows
from extractor.text.width import width_in_digits

# Layouts in which a cell stands on its own line, and a blank one leaves nothing.
_LINES = (Layout.PLAIN, Layout.PARAGRAPHS)
_NOTHING = Cell("")
_BETWEEN = ("，", "、", ",", "；")
_COMMAS = (",", "，")
# Digits that may be of one number, grouped by a comma, or of two.
_MAY_BE_GROUPED = re.compile(r"(?<!\d)\d{1,3}[,，]\d{3}(?!\d)")
# So many rows have a table of which the labels are pasted without the figures.
_LONG_TABLE = 10
_SEPARATORS = ("\t", " | ", "|")


def generated(seed: int, layout: Layout) -> tuple[GeneratedReport, dict[str, GoldCell]]:
    """A report of the generator, and what can be known of it."""
    report = generate(seed, layout, two_years=False)
    lost = _lost_rows(report) | _rows_beside_figures(report)
    gold = {}
    for address, figure in report.cells.items():
        row = address.rpartition(".")[0]
        is_known = figure.start is not None and figure.is_told and row not in lost
        gold[address] = GoldCell(figure.printed, figure.start, is_known)
    return report, gold


def _lost_rows(report: GeneratedReport) -> set[str]:
    """The rows whose figures can't be told apart, or from other rows', because blanks left no trace."""
    lost: set[str] = set()
    # In table 4 all figures stand on one line.
    lines: dict[str, list[str]] = {}
    for address in report.cells:
        row = address.rpartition(".")[0]
        lines.setdefault("disputes" if row.startswith("disputes.") else row, []).append(address)
    is_bare_before = False
    for line, addresses in lines.items():
        missing = [address for address in addresses if report.cells[address].start is None]
        if missing or is_bare_before:
            lost |= {address.rpartition(".")[0] for address in addresses}
        is_bare_before = report.layout in _LINES and len(missing) == len(addresses) and line != "disputes"
    return lost


def _rows_beside_figures(report: GeneratedReport) -> set[str]:
    """The rows that may be one with a line of figures beside them that is torn from its label."""
    lines: dict[str, list[GoldFigure]] = {}
    for address, figure in report.cells.items():
        if address.startswith("requests.") and figure.start is not None:
            lines.setdefault(address.rpartition(".")[0], []).append(figure)
    in_page_order = sorted(lines.items(), key=lambda line: min(figure.start or 0 for figure in line[1]))
    columns = max((len(own) for own in lines.values()), default=0)
    torn = [Line(row, _filled(own), has_label=not own[0].is_torn) for row, own in in_page_order]
    return ambiguous(torn, columns)


def _filled(figures: Sequence[GoldFigure]) -> frozenset[int]:
    return frozenset(i for i, figure in enumerate(figures) if figure.printed)


def table_text(
    report: Report, rng: Random, separators: Sequence[str] = _SEPARATORS
) -> tuple[str, dict[str, GoldCell]]:
    """A text with a table row a line, blank cells left between their separators.

    Args:
        report: what it says.
        rng: where chance comes from.
        separators: one of them stands between cells.
    """
    separator = rng.choice(separators)
    is_outer = "|" in separator and rng.random() < 0.5
    edge = separator.strip() if is_outer else ""
    writer = written(report, partial(_put_table, separator=separator, edge=edge))
    return writer.text(), gold_of(writer, report)


def line_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with a cell a line, or a line for each of its lines; blank cells leave nothing."""
    end = rng.choice(("\n", "\n\n"))

    def put(writer: Writer, table: Rows) -> None:
        _put_table(writer, [[cell] for row in table for cell in row if cell.text], "", "", end)

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def flat_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with a whole table in one paragraph; in some, a label is glued to the figure before it.

    Args:
        report: what it says.
        rng: where chance comes from.
    """
    glue = rng.choice((" ", " ", " ", ""))

    def put(writer: Writer, table: Rows) -> None:
        cells = [cell for row in table for cell in row if cell.text]
        for before, cell in pairwise((_NOTHING, *cells)):
            is_next_row = before.address is not None and cell.address is None
            writer.put("" if before is _NOTHING else glue if is_next_row else " ")
            writer.figure(cell.address, cell.text)
        writer.put("\n")

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def list_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with the figures of a row in a list: 3，0，0，3; a row a line, or all in one paragraph.

    Where a comma may as well group the digits of one number, nobody can tell.

    Args:
        report: what it says.
        rng: where chance comes from.
    """
    between, end = rng.choice(_BETWEEN), rng.choice(("\n", "。", " "))

    def put(writer: Writer, table: Rows) -> None:
        for row in table:
            cells = [cell for cell in row if cell.text]
            for before, cell in pairwise((_NOTHING, *cells)):
                is_listed = before.address is not None and cell.address is not None
                writer.put("" if before is _NOTHING else between if is_listed else " ")
                writer.figure(cell.address, cell.text)
            writer.put(end)
        writer.put("\n")

    writer = written(report, put)
    gold = gold_of(writer, report)
    return writer.text(), without(gold, _may_be_grouped(report, between))


def _may_be_grouped(report: Report, between: str) -> frozenset[str]:
    """The addresses of figures that may be of one number with those beside them."""
    found: set[str] = set()
    for table in _tables(report):
        for row in table:
            cells = [cell for cell in row if cell.address is not None]
            printed = between.join(cell.text for cell in cells)
            if between in _COMMAS and _MAY_BE_GROUPED.search(printed):
                found |= {cell.address for cell in cells if cell.address is not None}
    return frozenset(found)


def apart_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with the labels of the long table in one block and its figures in another.

    Args:
        report: what it says.
        rng: where chance comes from.
    """
    is_cell_a_line = rng.random() < 0.5

    def put(writer: Writer, table: Rows) -> None:
        rows = [[cell for cell in row if cell.text] for row in table]
        if sum(any(cell.address for cell in row) for row in rows) >= _LONG_TABLE:
            labels = [[cell] for row in rows for cell in row if not cell.address]
            numbers = [[cell for cell in row if cell.address] for row in rows]
            lines = [[cell] for row in numbers for cell in row] if is_cell_a_line else numbers
            rows = [*labels, *filter(None, lines)]
        _put_table(writer, rows, " ", "")

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def laid_out_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text that keeps the look of a page: each cell stands below those of its column, blanks around it.

    Args:
        report: what it says.
        rng: where chance comes from.
    """
    gap, is_centred = rng.randrange(2, 6), rng.random() < 0.5

    def put(writer: Writer, table: Rows) -> None:
        columns = max(map(len, table))
        widths = [
            max(width_in_digits(row[i].text) for row in table if i < len(row)) + gap for i in range(columns)
        ]
        for row in table:
            for cell, room in zip(row, widths, strict=False):
                free = room - width_in_digits(cell.text)
                before = free // 2 if is_centred and cell.address is not None else 0
                writer.put(" " * before)
                writer.figure(cell.address, cell.text)
                writer.put(" " * (free - before))
            writer.put("\n")

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def drawn_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with tables drawn by characters: a line of dashes between every two rows.

    Args:
        report: what it says.
        rng: where chance comes from.
    """
    edge, ruler = rng.choice((("|", "+----+----+----+"), ("│", "├────┼────┼────┤"), ("|", "|----|----|")))

    def put(writer: Writer, table: Rows) -> None:
        for row in table:
            writer.put(f"{ruler}\n")
            _put_table(writer, [row], f" {edge} ", edge)
        writer.put(f"{ruler}\n")

    writer = written(report, put)
    return writer.text(), gold_of(writer, report)


def written(report: Report, put_table: Callable[[Writer, Rows], object]) -> Writer:
    """A report with its tables written in some way.

    Args:
        report: what it says.
        put_table: writes a table.
    """
    writer = Writer()
    _put(writer, report.before)
    for section in report.sections:
        _put(writer, [section.heading, *section.above])
        for table in section.tables:
            put_table(writer, table)
        _put(writer, section.below)
    _put(writer, report.after)
    return writer


def _tables(report: Report) -> Iterator[Rows]:
    for section in report.sections:
        yield from section.tables


def _put(writer: Writer, lines: Iterable[str]) -> None:
    for line in lines:
        writer.put(f"{line}\n")


def _put_table(writer: Writer, table: Rows, separator: str, edge: str, end: str = "\n") -> None:
    for row in table:
        writer.put(edge)
        for i, cell in enumerate(row):
            writer.put(separator if i else "")
            writer.figure(cell.address, cell.text)
        writer.put(f"{edge}{end}")


def gold_of(writer: Writer, report: Report) -> dict[str, GoldCell]:
    """The figures that were written, where they stand.

    Args:
        writer: of the text.
        report: what it says.
    """
    cells = (cell for table in _tables(report) for row in table for cell in row)
    gold = {
        cell.address: GoldCell(cell.text, writer.starts[cell.address])
        for cell in cells
        if cell.address in writer.starts
    }
    return without(gold, report.lost)

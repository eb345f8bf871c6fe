"""Reports as texts: those of the generator, and tables whose cells tabs or pipes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from eval.zoo.generation import GeneratedReport, GoldFigure, Layout, Writer, generate
from eval.zoo.gold import GoldCell, Line, ambiguous, without
from eval.zoo.reports import Report
from eval.zoo.tables import Rows

# Layouts in which a cell stands on its own line, and a blank one leaves nothing.
_LINES = (Layout.PLAIN, Layout.PARAGRAPHS)
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
    writer = Writer()
    figures: dict[str, str] = {}
    _put(writer, report.before)
    for section in report.sections:
        _put(writer, [section.heading])
        for table in section.tables:
            figures |= _put_table(writer, table, separator, edge)
    _put(writer, report.after)
    return writer.text(), _gold(writer, figures, report)


def line_text(report: Report, rng: Random) -> tuple[str, dict[str, GoldCell]]:
    """A text with a cell a line, or a line for each of its lines; blank cells leave nothing."""
    end = rng.choice(("\n", "\n\n"))
    writer = Writer()
    figures: dict[str, str] = {}
    _put(writer, report.before)
    for section in report.sections:
        _put(writer, [section.heading])
        for table in section.tables:
            shown = [[cell] for row in table for cell in row if cell.text]
            figures |= _put_table(writer, shown, "", "", end)
    _put(writer, report.after)
    return writer.text(), _gold(writer, figures, report)


def _put(writer: Writer, lines: Iterable[str]) -> None:
    for line in lines:
        writer.put(f"{line}\n")


def _put_table(writer: Writer, table: Rows, separator: str, edge: str, end: str = "\n") -> dict[str, str]:
    figures = {}
    for row in table:
        writer.put(edge)
        for i, cell in enumerate(row):
            writer.put(separator if i else "")
            writer.figure(cell.address, cell.text)
            if cell.address is not None:
                figures[cell.address] = cell.text
        writer.put(f"{edge}{end}")
    return figures


def _gold(writer: Writer, figures: dict[str, str], report: Report) -> dict[str, GoldCell]:
    gold = {address: GoldCell(text, writer.starts[address]) for address, text in figures.items()}
    return without(gold, report.lost)

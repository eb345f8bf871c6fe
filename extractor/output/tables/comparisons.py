"""What `gongkai panel` and `gongkai sum` found, as text, CSV, Parquet or a workbook."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from extractor.errors import OutputError
from extractor.output.tables.columns import ResultTable
from extractor.output.tables.rows import Entry, Row, exact_text
from extractor.output.words import STATUSES
from extractor.panel.indicators import INDICATORS, not_comparable
from extractor.panel.pooled import Pooled, Stated, again
from extractor.panel.units import CellSum, Summed
from extractor.panel.years import Break
from extractor.text.figures import Value
from rules.words import Bilingual, Language

_WIDTH = 200
_WORDS = {
    "reports": Bilingual(zh="报告数", en="reports"),
    "confirmed": Bilingual(zh="已证实的单元格", en="cells confirmed"),
    "no_year": Bilingual(zh="年度不明", en="no year"),
    "indicator": Bilingual(zh="指标", en="indicator"),
    "cell": Bilingual(zh="单元格", en="cell"),
    "parent": Bilingual(zh="上级所填", en="parent"),
    "units": Bilingual(zh="各单位之和", en="sum of the units"),
    "difference": Bilingual(zh="差", en="difference"),
    "stating": Bilingual(zh="填有数字的单位", en="units that state it"),
    "status": Bilingual(zh="可信程度", en="status"),
}
_ENDINGS = (".csv", ".xlsx", ".parquet")


# --- the panel -------------------------------------------------------------------------------------------


def panel_rows(stated: Sequence[Stated], language: Language) -> Iterator[Row]:
    """The rows of the panel: an indicator of a report each.

    Args:
        stated: reports with their indicators.
        language: of the titles.
    """
    for one, is_again in zip(stated, again(stated), strict=True):
        key, name, code, level, *_ = one.identity
        head: Row = (one.report, one.organ, one.year, key, name, code, level, is_again)
        for indicator, shown in zip(INDICATORS, one.figures, strict=True):
            yield (
                *head,
                indicator.name,
                indicator.title.in_language(language),
                number_text(shown.value),
                float(shown.value) if shown.value is not None else None,
                indicator.whole,
                shown.status.value if shown.status is not None else None,
                shown.confirmed,
                shown.cells,
            )


def number_text(value: Value | Fraction | None) -> str | None:
    """A number in full; a share as an exact fraction, such as 9/21 in lowest terms; None for none."""
    return str(value) if isinstance(value, Fraction) else exact_text(value)


def panel_text(years: Mapping[str, Sequence[Pooled]], reports: Mapping[str, int], language: Language) -> str:
    """The indicators of all reports, with a column a year.

    Args:
        years: of each year, a value an indicator.
        reports: how many reports there are on each year.
        language: of the words.
    """
    table = _table()
    table.add_column(_WORDS["indicator"].in_language(language))
    for year in years:
        table.add_column(year or _WORDS["no_year"].in_language(language), justify="right")
    table.add_column(_WORDS["confirmed"].in_language(language), justify="right")
    table.add_row(_WORDS["reports"].in_language(language), *(str(reports[year]) for year in years), "")
    for index, indicator in enumerate(INDICATORS):
        of_years = [values[index] for values in years.values()]
        confirmed, cells = sum(one.confirmed for one in of_years), sum(one.cells for one in of_years)
        title = indicator.title.in_language(language)
        table.add_row(title, *(_shown(one.value) for one in of_years), f"{confirmed}/{cells}")
    return _drawn(table)


def _shown(value: Value | Fraction | None) -> str:
    if isinstance(value, Fraction):
        return f"{float(value):.1%}"
    return exact_text(value) or "–"


def not_comparable_lines(language: Language) -> Iterator[str]:
    """What reports on forms before 2019 don't give, a line each: name  not comparable before 2019  why."""
    words = Bilingual(zh="2019 年以前不可比", en="not comparable before 2019").in_language(language)
    for indicator, why in not_comparable():
        yield f"{indicator.title.in_language(language)}  {words}  {why.in_language(language)}"


def break_line(found: Break, language: Language) -> str:
    """A place where the years of an organ don't fit, as linters print it: organ:year  rule  message."""
    return f"{found.organ}:{found.year}  {found.rule}  {found.message.in_language(language)}"


# --- the sum ---------------------------------------------------------------------------------------------


def sum_rows(summed: Summed, names: Mapping[str, str]) -> Iterator[Row]:
    """A row a cell of the parent.

    Args:
        summed: the parent beside its units.
        names: of cells, by address.
    """
    for cell in summed.cells:
        parent, units, difference = (
            exact_text(value) for value in (cell.parent, cell.units, cell.difference)
        )
        name = names.get(cell.address, cell.address)
        yield (
            *(cell.address, name, parent, units, difference),
            *(cell.stating, cell.open, cell.status.value),
        )


def sum_text(cells: Sequence[CellSum], names: Mapping[str, str], language: Language) -> str:
    """Cells of the parent beside the sums of its units.

    Args:
        cells: to show.
        names: of cells, by address.
        language: of the words.
    """
    table = _table()
    table.add_column(_WORDS["cell"].in_language(language), overflow="fold")
    for word in ("parent", "units", "difference", "stating"):
        table.add_column(_WORDS[word].in_language(language), justify="right")
    table.add_column(_WORDS["status"].in_language(language))
    for cell in cells:
        values = (cell.parent, cell.units, cell.difference)
        shown = [exact_text(value) or "–" for value in values]
        status = STATUSES[cell.status].in_language(language).partition("（")[0]
        table.add_row(names.get(cell.address, cell.address), *shown, str(cell.stating), status)
    return _drawn(table)


# --- files -----------------------------------------------------------------------------------------------


def refuse_unknown_ending(path: Path) -> None:
    """See that a table can be written to a file of this name.

    Raises:
        OutputError: if its ending isn't one of CSV, Parquet or a workbook.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise OutputError(
            f"无法写入 {path}：可用的后缀为 {'、'.join(_ENDINGS)}。",
            f"can't write {path}: the endings that can be written are {', '.join(_ENDINGS)}",
        )


def table_bytes(path: Path, table: ResultTable, rows: Iterable[Row], language: Language) -> bytes:
    """The content of a file that is to hold a table.

    Args:
        path: of the file, whose ending says what it is.
        table: its columns.
        rows: an entry a column.
        language: of a workbook.
    """
    if path.suffix.lower() == ".xlsx":
        from extractor.output.tables.workbook import table_workbook  # slow to import

        return table_workbook(table, rows, language)
    if path.suffix.lower() == ".parquet":
        from extractor.output.tables.parquet import ParquetTable, batch_of  # an extra of the package

        buffer = io.BytesIO()
        with ParquetTable(buffer, table) as parquet:
            parquet.add(batch_of(table, rows))
        return buffer.getvalue()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_csv(entry) for entry in row] for row in rows)
    return BOM_UTF8 + stream.getvalue().encode()


def _csv(entry: Entry) -> str | int | float | None:
    if isinstance(entry, bool):
        return str(entry).lower()
    if isinstance(entry, tuple):
        return ";".join(entry)
    return exact_text(entry) if isinstance(entry, Decimal) else entry


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))


def _drawn(table: Table) -> str:
    stream = io.StringIO()
    Console(file=stream, force_terminal=False, width=_WIDTH, color_system=None).print(table)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(line for line in lines if line) + "\n"

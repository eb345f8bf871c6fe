"""Results as data: tidy CSV, one cell a row, and JSON."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.output.presentation import Presentation
from extractor.pipeline import ReadReport
from extractor.result.extraction import Extraction
from extractor.result.records import COLUMNS


def to_csv(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    """A header line and one line a cell, as RFC 4180 has them.

    Args:
        reports: what to write.
        presentation: a file gets a byte order mark, without which Excel takes it for another encoding.
    """
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for report in reports:
        writer.writerows(cell_rows(report.extraction))
    mark = BOM_UTF8 if presentation.is_file else b""
    return mark + buffer.getvalue().encode()


def cell_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """The rows of CSV that a result has, one a cell; a decimal has no exponent.

    Args:
        extraction: the result.

    Yields:
        What stands in each column.
    """
    for record in extraction.records():
        value = record["value"]
        yield {**record, "value": f"{value:f}" if isinstance(value, Decimal) else value}


def to_json(reports: Sequence[ReadReport], _presentation: Presentation) -> bytes:
    """One indented object, or, of several reports, one object a line; the same for everyone."""
    if len(reports) == 1:
        return (reports[0].extraction.model_dump_json(indent=2) + "\n").encode()
    return "".join(report.extraction.model_dump_json() + "\n" for report in reports).encode()

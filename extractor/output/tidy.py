"""Extractions as data: tidy CSV, one cell a row, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from extractor.result.extraction import Extraction
from extractor.result.records import COLUMNS


def to_csv(extractions: Sequence[Extraction]) -> str:
    """A header line and one line a cell; no byte order mark, lines end as RFC 4180 has it."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for extraction in extractions:
        for record in extraction.records():
            value = record["value"]
            text = f"{value:f}" if isinstance(value, Decimal) else value
            writer.writerow({**record, "value": text})
    return buffer.getvalue()


def to_json(extractions: Sequence[Extraction]) -> str:
    """One indented object, or, of several reports, one object a line."""
    if len(extractions) == 1:
        return extractions[0].model_dump_json(indent=2) + "\n"
    return "".join(extraction.model_dump_json() + "\n" for extraction in extractions)

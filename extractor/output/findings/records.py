"""Findings as data: an array of JSON, an object a line, a row of CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.checking.checked import CheckedFile, ToldFinding
from extractor.output.lines import position_text
from rules.words import Language

_COLUMNS = (
    *("path", "report", "line", "column", "end_line", "end_column", "locator"),
    *("rule", "severity", "cause", "place", "named", "message", "citation"),
)


def to_json(files: Sequence[CheckedFile], _language: Language) -> str:
    """An array with an object a finding; the same in every language."""
    return json.dumps(list(_objects(files)), ensure_ascii=False, indent=2) + "\n"


def to_json_lines(files: Sequence[CheckedFile], _language: Language) -> str:
    """An object a finding and line; the same in every language."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in _objects(files))


def _objects(files: Sequence[CheckedFile]) -> Iterator[dict[str, Any]]:
    for file in files:
        if file.failure is not None:
            yield {"path": file.path, "rule": None, "message": file.failure.model_dump()}
        for one in file.told:
            end_line, end_column = one.end or (None, None)
            finding = one.finding.model_dump(mode="json")
            yield {
                "path": file.path,
                "report": one.report,
                **finding,
                "named": one.named.model_dump() if one.named is not None else None,
                "end_line": end_line,
                "end_column": end_column,
            }


def to_csv(files: Sequence[CheckedFile], language: Language) -> str:
    """A row a finding, as RFC 4180 has them, without the head.

    Args:
        files: that were checked.
        language: of the messages.
    """
    rows = [_row(file, one, language) for file in files for one in file.told]
    rows += [
        {"path": file.path, "severity": "hard", "message": file.failure.in_language(language)}
        for file in files
        if file.failure is not None
    ]
    return _written(rows)


def _row(file: CheckedFile, one: ToldFinding, language: Language) -> dict[str, Any]:
    finding = one.finding
    end_line, end_column = one.end or (None, None)
    return {
        "path": file.path,
        "report": one.report,
        "line": finding.line,
        "column": finding.column,
        "end_line": end_line,
        "end_column": end_column,
        "locator": position_text(None, None, finding.locator, language)
        if finding.locator is not None
        else None,
        "rule": finding.rule,
        "severity": finding.severity,
        "cause": finding.cause.value if finding.cause is not None else None,
        "place": finding.place,
        "named": one.named.in_language(language) if one.named is not None else None,
        "message": finding.message.in_language(language),
        "citation": finding.citation,
    }


def _written(rows: Sequence[dict[str, Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.DictWriter(buffer, _COLUMNS, restval="").writerows(rows)
    return buffer.getvalue()


CSV_HEAD = ",".join(_COLUMNS) + "\r\n"

"""What the page's script knows of a report: its cells, the rules on them, its findings; plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.documents.document import Document, Span
from extractor.output.lines import position_text
from extractor.pipeline import ReadReport
from extractor.result.cells import EXTRA, LAYOUT, Cell
from extractor.result.findings import Finding
from extractor.review.sums import JudgedRule, judged_rules
from extractor.verify.names import cell_name, full_width, local_cell_name, table_name
from extractor.verify.words import figure_text
from rules.expression import Linear
from rules.form import Column, Form
from rules.words import Bilingual

# Written so, JSON within a page ends no script and begins no comment.
_ESCAPED = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def facts_of(report: ReadReport, forms: Sequence[Form], form_of: Mapping[str, Form]) -> dict[str, Any]:
    """What the script knows; cells are named by their index.

    Args:
        report: what was read.
        forms: that it may have been read by.
        form_of: the edition that each cell was read by, by address.
    """
    document, extraction = report
    shown = [*extraction.cells, *extraction.extra]
    index = {cell.address: number for number, cell in enumerate(shown)}
    family = [form for form in forms if form.family == extraction.family]
    tables = {one: table_name(family, one) for one in dict.fromkeys(map(table_of, shown))}
    names = [
        cell_name(form_of[cell.address], cell.address, tables[table_of(cell)]) for cell in extraction.cells
    ]
    added = [
        local_cell_name(
            as_printed(document, cell.row_label),
            column_label(document, column_of(family, cell), cell),
            tables[table_of(cell)],
        )
        for cell in extraction.extra
    ]
    return {
        "cells": [
            *(_cell(cell, name) for cell, name in zip(extraction.cells, names, strict=True)),
            *(
                {**_cell(cell, name), "extra": True}
                for cell, name in zip(extraction.extra, added, strict=True)
            ),
        ],
        "rules": [_rule(rule, index) for rule in judged_rules(extraction, form_of)],
        "findings": [_finding(finding, index) for finding in [*extraction.findings, *extraction.remarks]],
    }


def as_json(value: object) -> str:
    """JSON that can stand within a ``script`` element, whatever strings are in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPED.items():
        text = text.replace(sign, escape)
    return text


def table_of(cell: Cell) -> str:
    """The id of the table that a cell is of, be it one that the form hasn't."""
    first, second, *_ = cell.address.split(".")
    return second if first == EXTRA else first


def column_of(family: Sequence[Form], cell: Cell) -> Column | None:
    """The column of a cell that the form hasn't; None if that isn't one of the form either.

    Args:
        family: the editions of the form.
        cell: of the result.
    """
    table_id, column_id = table_of(cell), cell.address.rpartition(".")[2]
    columns = (
        column
        for form in family
        for table in form.tables
        if table.id == table_id
        for block in table.blocks
        for column in block.columns
        if column.id == column_id
    )
    return next(columns, None)


def column_label(document: Document, column: Column | None, cell: Cell) -> Bilingual:
    """What the column of a cell that the form hasn't is called.

    Args:
        document: that the cell was read from.
        column: of the form; None if it is none of the form's.
        cell: of the result.
    """
    if column is not None:
        return Bilingual(zh=full_width(column.label), en=column.en)
    return as_printed(document, cell.column_label)


def as_printed(document: Document, label: Span | None) -> Bilingual:
    """A label of the page, the same in both languages.

    Args:
        document: that has it.
        label: where it stands; None if that isn't known.
    """
    words = " ".join(document.text[label.start : label.end].split()) if label is not None else ""
    return Bilingual(zh=words or EXTRA, en=words or EXTRA)


def _cell(cell: Cell, name: Bilingual) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "address": cell.address,
        "printed": cell.printed,
        "state": cell.state.value,
        "status": cell.status.value,
        "basis": cell.basis.value,
        "grounding": cell.grounding.value,
        "name": _both(name),
    }
    if cell.span is not None:
        facts["span"] = list(cell.span)
        facts["place"] = _place(cell)
    if cell.locator is not None and cell.locator.page is not None:
        facts["page"] = cell.locator.page
    if cell.unit is not None:
        facts["unit"] = cell.unit
    if cell.readers != (LAYOUT,):
        facts["readers"] = list(cell.readers)
    if cell.confidence is not None:
        facts["confidence"] = round(cell.confidence, 2)
    if cell.remarks:
        facts["remarks"] = list(cell.remarks)
    return facts


def _place(cell: Cell) -> list[str]:
    """Where it stands in the file, in Chinese and in English."""
    if cell.locator is None:
        return [f"第{cell.line}行第{cell.column}列", f"line {cell.line}, column {cell.column}"]
    return [position_text(cell.line, cell.column, cell.locator, language) for language in ("zh", "en")]


def _both(text: Bilingual) -> list[str]:
    return [text.zh, text.en]


def _rule(rule: JudgedRule, index: Mapping[str, int]) -> dict[str, Any]:
    bound, outcome = rule.confrontation.bound, rule.confrontation.outcome
    return {
        "id": bound.rule.id,
        "severity": bound.rule.severity,
        "outcome": outcome.value,
        "relation": bound.rule.comparison.relation,
        "citation": bound.rule.citation,
        "cells": [index[address] for address in bound.operands],
        "sides": [_side(side, index) for side in (rule.left, rule.right)],
    }


def _side(side: Linear | None, index: Mapping[str, int]) -> list[list[Any]] | None:
    """Its terms: how often each cell counts; a constant has no cell."""
    if side is None:
        return None
    coefficients, constant = side
    terms: list[list[Any]] = [[figure_text(count), index[address]] for address, count in coefficients.items()]
    return [*terms, [figure_text(constant)]] if constant else terms


def _finding(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    about = [finding.place] if finding.place is not None else []
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "cause": finding.cause.value if finding.cause is not None else None,
        "message": _both(finding.message),
        "suspects": [index[address] for address in finding.suspects if address in index],
        "about": [
            number
            for place in [*about, *finding.places]
            for address, number in index.items()
            if address == place or address.startswith(f"{place}.")
        ],
    }

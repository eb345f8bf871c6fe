"""Writes the reports of cases as Word files and as grids, so that tests know what every cell must say."""

from __future__ import annotations

from collections.abc import Iterator

from docx import Document

from eval.gold.cases import Case
from eval.zoo.tables import Content, Rows, Shape, tables_of
from eval.zoo.word import add_table, saved
from rules.loader import built_in_forms

_BEFORE = ("某县人民政府2023年政府信息公开工作年度报告", "一、总体情况")
_AFTER = "五、存在的主要问题及改进情况"


def report(case: Case, *, merged: bool) -> bytes:
    """A case's report as a Word file, its tables with merged cells or without."""
    document = Document()
    for paragraph in _BEFORE:
        document.add_paragraph(paragraph)
    for heading, tables in _sections(case, Shape.MERGED if merged else Shape.FLAT):
        document.add_paragraph(heading)
        for rows in tables:
            add_table(document, rows)
    document.add_paragraph(_AFTER)
    return saved(document)


def grid_of_case(case: Case) -> list[list[str]]:
    """The same without merged cells as rows of a grid, to be written in any format; a paragraph is a row."""
    rows = [[paragraph] for paragraph in _BEFORE]
    for heading, tables in _sections(case, Shape.FLAT):
        rows.append([heading])
        rows += [[cell.text for cell in row] for table in tables for row in table]
    return [*rows, [_AFTER]]


def _sections(case: Case, shape: Shape) -> Iterator[tuple[str, list[Rows]]]:
    """The sections with tables: the heading and the tables of each."""
    form = next(form for form in built_in_forms() if form.edition == case.edition)
    printed = {cell.address: cell.printed for cell in case.cells}
    stated = [
        cell.address for cell in case.cells if cell.unit and cell.unit == form.places[cell.address][3].unit
    ]
    content = Content(form, printed, frozenset(stated))
    for number, table in zip("二三四", form.tables, strict=True):
        yield f"{number}、{table.headings[0]}", tables_of(content, table, shape)

"""Writes the reports of cases as Word files, so that tests know what every cell must say."""

from __future__ import annotations

from docx import Document

from eval.gold.cases import Case
from eval.zoo.tables import Content, Shape, tables_of
from eval.zoo.word import add_table, saved
from rules.loader import built_in_forms


def report(case: Case, *, merged: bool) -> bytes:
    """A case's report as a Word file, its tables with merged cells or without."""
    form = next(form for form in built_in_forms() if form.edition == case.edition)
    printed = {cell.address: cell.printed for cell in case.cells}
    stated = [
        cell.address for cell in case.cells if cell.unit and cell.unit == form.places[cell.address][3].unit
    ]
    content = Content(form, printed, frozenset(stated))
    document = Document()
    document.add_paragraph("某县人民政府2023年政府信息公开工作年度报告")
    document.add_paragraph("一、总体情况")
    for number, table in zip("二三四", form.tables, strict=True):
        document.add_paragraph(f"{number}、{table.headings[0]}")
        for rows in tables_of(content, table, Shape.MERGED if merged else Shape.FLAT):
            add_table(document, rows)
    document.add_paragraph("五、存在的主要问题及改进情况")
    return saved(document)

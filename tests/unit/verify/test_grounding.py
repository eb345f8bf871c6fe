"""Grounding trusts no reader: what is claimed must stand where it is said to."""

from __future__ import annotations

import pytest

from extractor.documents.document import Span
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.layout.words.label_index import label_index
from extractor.verify.grounding import LabelGrounding, ground_figure
from rules.loader import built_in_forms

TEXT = "行政许可 | １２ | 1 2\n2.其他法律行政止公开\n企业\n自然人\n"
DOCUMENT = read_text(Source(TEXT.encode(), "x"))
FORMS = built_in_forms()
TABLE = FORMS[0].tables[1]
BLOCK = TABLE.blocks[0]


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("printed", "span", "grounding"),
    [
        ("１２", at("１２"), "exact"),
        ("12", at("１２"), "folded"),
        ("12", at("1 2"), "none"),
        ("13", at("１２"), "none"),
        ("12", None, "none"),
        ("", Span(4, 4), "exact"),
    ],
)
def test_figures(printed: str, span: Span | None, grounding: str) -> None:
    assert ground_figure(DOCUMENT, printed, span) == grounding


def test_labels_of_rows() -> None:
    labels = LabelGrounding(DOCUMENT, label_index(FORMS), TABLE, BLOCK)
    rows = {row.id: row for row in BLOCK.rows}
    misprint = at("2.其他法律行政止公开")
    assert labels.row(misprint, rows["refused.prohibited_by_law"])
    assert not labels.row(misprint, rows["not_processed.repeated"])
    assert not labels.row(at("行政许可"), rows["received"])
    assert not labels.row(None, rows["received"])


def test_labels_of_columns() -> None:
    labels = LabelGrounding(DOCUMENT, label_index(FORMS), TABLE, BLOCK)
    columns = {column.id: column for column in BLOCK.columns}
    assert labels.column(at("自然人"), columns["natural_person"])
    assert labels.column(at("企业"), columns["business"])
    assert not labels.column(at("自然人"), columns["business"])
    assert not labels.column(at("行政许可"), columns["total"])
    assert not labels.column(None, columns["total"])

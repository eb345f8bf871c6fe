"""The cells of rows and columns that an organ has added to the form, under addresses made of their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.documents.document import Document, Span
from extractor.layout.reading import BesideCell, LocalRow
from extractor.result.cells import EXTRA, LAYOUT, Basis, Cell, Grounding, Status
from extractor.result.positions import position_of
from extractor.text.figures import parse_figure
from rules.confront import State
from rules.form import FigureKind

# What parts the pieces of an address, and blanks.
_NO_PART_OF_A_NAME = re.compile(r"[\s.．]+")


def local_cells(document: Document, rows: Iterable[LocalRow]) -> Iterator[Cell]:
    """The cells of local rows: read, and put to no rule.

    Args:
        document: where they were read.
        rows: in the order of the page.

    Yields:
        A cell for each figure, such as ``extra.requests.其中网上申请.total``, and behind these for those in
        columns that the form hasn't, ``extra.statistics.短信申请数.历年累计``: ``unchecked``, or ``disputed``
        where it is no number of the kind that the column has, or was recognised from a picture. Where two
        rows of a table have the same words, the second has (2) behind them.
    """
    times: Counter[str] = Counter()
    for row in rows:
        name = f"{EXTRA}.{row.table}.{_name(document, row.label)}"
        times[name] += 1
        path = name if times[name] == 1 else f"{name}({times[name]})"
        for column, span, label in zip(row.columns, row.spans, row.labels, strict=True):
            yield _cell(
                document,
                f"{path}.{column.id}",
                column.figures,
                span,
                row.label,
                label.span,
                label.unit or row.unit,
            )
        kind = row.columns[0].figures._replace(signed=True)
        for column_label, span in row.beside:
            address = f"{path}.{_name(document, column_label)}"
            yield _cell(document, address, kind, span, row.label, column_label, row.unit)


def beside_cells(document: Document, cells: Iterable[BesideCell]) -> Iterator[Cell]:
    """The cells of columns that the page has beside the form's: read, and put to no rule.

    Args:
        document: where they were read.
        cells: in the order of the form's rows.

    Yields:
        A cell for each figure, such as ``extra.statistics.requests.received.历年累计``, with the status that
        cells of local rows have.
    """
    for cell in cells:
        words = _name(document, cell.column_label)
        path = f"{EXTRA}.{cell.table}.{cell.row}.{words}"
        yield _cell(document, path, cell.figures, cell.span, cell.label, cell.column_label, cell.unit)


def _name(document: Document, label: Span) -> str:
    return _NO_PART_OF_A_NAME.sub("", document.text[label.start : label.end])


def _cell(
    document: Document,
    address: str,
    kind: FigureKind,
    span: Span,
    row_label: Span,
    column_label: Span | None,
    unit: str | None,
) -> Cell:
    printed = document.text[span.start : span.end]
    parsed = parse_figure(printed, kind)
    is_parsable = parsed.value is not None or parsed.state in (State.BLANK, State.MARK)
    line, text_column, locator = position_of(document, span)
    return Cell(
        address,
        printed,
        parsed.value,
        parsed.unit or unit,
        parsed.state,
        Status.UNCHECKED if is_parsable and not document.is_ocr else Status.DISPUTED,
        "inferred" if document.is_ocr else "certain",
        Grounding.EXACT,
        span,
        row_label,
        column_label,
        (LAYOUT,),
        line=line,
        column=text_column,
        locator=locator,
        basis=Basis.LABELS,
    )

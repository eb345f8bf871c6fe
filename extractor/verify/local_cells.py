"""The cells of rows that an organ has added to the form, under addresses made of their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.documents.document import Document
from extractor.layout.reading import LocalRow
from extractor.result.cells import LAYOUT, Basis, Cell, Grounding, Status
from extractor.result.positions import position_of
from extractor.text.figures import parse_figure
from rules.confront import State

# What begins their addresses.
EXTRA = "extra"
# What parts the pieces of an address, and blanks.
_NO_PART_OF_A_NAME = re.compile(r"[\s.．]+")


def local_cells(document: Document, rows: Iterable[LocalRow]) -> Iterator[Cell]:
    """The cells of local rows: read, and put to no rule.

    Args:
        document: where they were read.
        rows: in the order of the page.

    Yields:
        A cell for each figure, such as ``extra.requests.其中网上申请.total``: ``unchecked``, or ``disputed``
        where it is no number of the kind that the column has, or was recognised from a picture. Where two
        rows of a table have the same words, the second has (2) behind them.
    """
    times: Counter[str] = Counter()
    for row in rows:
        words = _NO_PART_OF_A_NAME.sub("", document.text[row.label.start : row.label.end])
        name = f"{EXTRA}.{row.table}.{words}"
        times[name] += 1
        path = name if times[name] == 1 else f"{name}({times[name]})"
        for column, span, label in zip(row.columns, row.spans, row.labels, strict=True):
            printed = document.text[span.start : span.end]
            parsed = parse_figure(printed, column)
            is_parsable = parsed.value is not None or parsed.state in (State.BLANK, State.MARK)
            line, text_column, locator = position_of(document, span)
            yield Cell(
                f"{path}.{column.id}",
                printed,
                parsed.value,
                parsed.unit or label.unit,
                parsed.state,
                Status.UNCHECKED if is_parsable and not document.is_ocr else Status.DISPUTED,
                "inferred" if document.is_ocr else "certain",
                Grounding.EXACT,
                span,
                row.label,
                label.span,
                (LAYOUT,),
                line=line,
                column=text_column,
                locator=locator,
                basis=Basis.LABELS,
            )

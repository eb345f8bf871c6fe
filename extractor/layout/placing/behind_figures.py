"""Labels that may stand behind their figures: a table begins with figures and ends with a label."""

from __future__ import annotations

from extractor.layout.items import Kind
from extractor.layout.placing.page_table import PageTable
from extractor.layout.rows import PageRow


def may_stand_behind_figures(table: PageTable, before: PageRow | None) -> bool:
    """Whether the page admits that each row's label stands behind its figures, not before them.

    Then a row of figures without a label stands above the first label, be it cut into several by the names
    beside its figures, and no figures below the last one. Read the usual way, every label would have the
    figures of the row below it.

    Args:
        table: what the page shows of a block.
        before: the last row of figures before its first header; None if there is none.
    """
    named = [candidate for candidate in table.candidates if candidate.ids]
    if not named or not table.bare_labels:
        return False
    ends_with_label = max(table.bare_labels) > table.candidates[-1].row.slots[-1].start
    first = table.candidates.index(named[0])
    above = [before, *(candidate.row for candidate in table.candidates[:first])]
    figures = sum(len(row.figures) for row in above if row is not None and _has_no_label(row))
    return ends_with_label and figures >= max(2, len(named[0].row.figures))


def _has_no_label(row: PageRow) -> bool:
    """Whether a row has no label of a row: none at all, or the name of a column beside its figures."""
    return (row.head is None or row.head.kind is Kind.LABEL) and not row.names

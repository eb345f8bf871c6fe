"""Labels that may stand behind their figures: a table begins with figures and ends with a label."""

from __future__ import annotations

from extractor.layout.items import Kind
from extractor.layout.placing.page_table import PageTable
from extractor.layout.rows import PageRow


def may_stand_behind_figures(table: PageTable, before: PageRow | None) -> bool:
    """Whether the page admits that each row's label stands behind its figures, not before them.

    Then a row of figures without a label stands above the first label, and no figures below the last one.
    Read the usual way, every label would have the figures of the row below it.

    Args:
        table: what the page shows of a block.
        before: the last row of figures before its first header; None if there is none.
    """
    named = [candidate for candidate in table.candidates if candidate.ids]
    if not named or not table.bare_labels:
        return False
    ends_with_label = max(table.bare_labels) > table.candidates[-1].row.slots[-1].start
    return ends_with_label and (
        _is_whole_row(table.candidates[0].row, named[0].row) or _is_whole_row(before, named[0].row)
    )


def _is_whole_row(row: PageRow | None, named: PageRow) -> bool:
    """Whether a row has no label, and at least as many figures as one that has a label."""
    if row is None or (row.head is not None and row.head.kind is not Kind.LABEL) or row.names:
        return False
    return len(row.figures) >= max(2, len(named.figures))

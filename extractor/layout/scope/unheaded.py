"""Tables without a header that a page disowns: it is lost, or the names of columns stand beside figures.

What is said of a table that has one is found from its header on (:mod:`extractor.layout.sections`).
"""

from __future__ import annotations

from extractor.documents.document import Document
from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import is_disowned_above, is_disowned_behind
from extractor.layout.scope.notes import disowned_by_notes, disowning_notes
from extractor.layout.scope.statements import is_disowned_elsewhere
from rules.form import Form


def is_disowned_without_header(document: Document, place: TablePlace, forms: tuple[Form, ...]) -> bool:
    """Whether words above, below or beside rows, on the title or anywhere say that these aren't the report's.

    Args:
        document: the input.
        place: from the first row's label or figure to the last row's figure.
        forms: editions of one family.
    """
    text = document.text
    return (
        is_disowned_above(text, place.start, place.after)
        or is_disowned_behind(text, place.end)
        or is_disowned_elsewhere(text, place.start, place.end, forms)
        or any(disowned_by_notes(text, [place], disowning_notes(document)))
    )

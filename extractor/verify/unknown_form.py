"""What is told of a report whose statistics follow no known form: its cells, and the sums that it states."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor.documents.document import Document, Span
from extractor.layout.reading import Reading, Statistics
from extractor.result.cells import Cell
from extractor.result.findings import Finding
from extractor.statistics.cells import addressed_cells
from extractor.statistics.sums import Instance, believed_places
from extractor.verify.defect_words import DEFECTS
from extractor.verify.findings import finding_at
from extractor.verify.words import LANGUAGES, figure_text, filled, in_both, text_in
from rules.words import Bilingual


def cells_of_no_form(document: Document, reading: Reading) -> tuple[Cell, ...]:
    """The cells of a report whose form isn't known; none of one whose form is.

    Args:
        document: where they were read.
        reading: of it.
    """
    if reading.statistics is None:
        return ()
    return tuple(cell for _, cell in addressed_cells(document, reading.statistics.tables))


def unknown_form_findings(document: Document, statistics: Statistics) -> Iterator[Finding]:
    """That no form fits, how well the nearest does, and where a sum that the page states doesn't hold.

    A sum that doesn't hold is a warning: what the page means by its words is a guess, and no figure is
    doubted or mended for it.

    Args:
        document: where the tables were read.
        statistics: the tables.
    """
    nearest = statistics.nearest
    if nearest is None:
        told = Bilingual(zh="没有一份认得其中任何一行", en="none knows any of their rows")
    else:
        name, edition, share = nearest.title, nearest.edition, f"{statistics.share:.0%}"
        told = Bilingual(
            zh=f"最接近的“{name.zh}”{edition} 认得其中 {share} 的行",
            en=f"the nearest, “{name.en}” {edition}, knows {share} of their rows",
        )
    words = {
        language: {"count": str(len(statistics.tables)), "nearest": text_in(told, language)}
        for language in LANGUAGES
    }
    message = filled(DEFECTS["unknown-form"], words)
    yield finding_at(document, "unknown-form", message, None)
    cells = addressed_cells(document, statistics.tables)
    addresses = {figure.span: cell.address for figure, cell in cells}
    for table in statistics.tables:
        for place in believed_places(table):
            if not place.holds:
                yield _not_held(document, place, addresses)


def _not_held(document: Document, place: Instance, addresses: dict[Span, str]) -> Finding:
    total = sum((Fraction(part.value) for part in place.parts if part.value is not None), Fraction(0))
    address = addresses[place.whole.span]
    words = in_both(printed=place.whole.printed, sum=figure_text(total), name=address)
    message = filled(DEFECTS["stated-sum"], words)
    return finding_at(
        document, "stated-sum", message, place.whole.span, place=address, severity="soft", cause=None
    )

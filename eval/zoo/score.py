"""What became of the cells of documents of the zoo."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from eval.zoo.documents import ZooDocument
from eval.zoo.gold import GoldCell, Place
from extractor.documents.document import Document, Span
from extractor.errors import InputError
from extractor.extraction import Cell, Status, Verdict
from extractor.pipeline import extract_document, open_document

_UNSETTLED = (Status.DISPUTED, Status.ABSENT)
_NOTHING = GoldCell("", is_recoverable=False)


class Mistake(NamedTuple):
    """A cell that isn't as the page has it, or isn't settled though it could be."""

    document: str
    address: str
    status: str
    printed: str
    gold: str


@dataclass(slots=True)
class Score:
    """Counts over documents.

    Attributes:
        documents: how many.
        cells: of them all.
        on_page: cells whose information is on the page (:class:`eval.zoo.gold.GoldCell`).
        right: of these, those that are settled, and as the page has them: what is printed, whether it is a
            number, a blank or a mark, and, where that is known, its place.
        disputed: cells that the program leaves open, disputed or absent.
        wrong: cells that it doesn't leave open and that aren't as the page has them, by their status.
        verified: documents with this verdict.
        unread: documents that couldn't be read, or were read as another edition.
        mistakes: the first of the cells that keep ``right`` below ``on_page``, and all wrong ones.
    """

    documents: int = 0
    cells: int = 0
    on_page: int = 0
    right: int = 0
    disputed: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    verified: int = 0
    unread: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another's too."""
        self.documents += other.documents
        self.cells += other.cells
        self.on_page += other.on_page
        self.right += other.right
        self.disputed += other.disputed
        self.wrong.update(other.wrong)
        self.verified += other.verified
        self.unread += other.unread
        self.mistakes += other.mistakes

    @property
    def share_right(self) -> float:
        """Of the cells whose information is on the page; 1 if there are none."""
        return self.right / self.on_page if self.on_page else 1.0


def score(document: ZooDocument) -> Score:
    """Read a document, and compare."""
    gold = document.gold
    on_page = sum(cell.is_recoverable for cell in gold.values())
    result = Score(documents=1, cells=len(gold), on_page=on_page)
    try:
        opened = open_document(document.data, document.name)
        (extraction,) = extract_document(opened)
    except (InputError, ValueError) as error:
        # Not one report, but several, is no less a failure.
        result.unread = 1
        result.disputed = len(gold)
        result.mistakes.append(Mistake(document.name, "", "unread", str(error), ""))
        return result
    result.verified = extraction.verdict is Verdict.VERIFIED
    result.unread = extraction.edition != document.edition
    found = {cell.address: cell for cell in extraction.cells}
    for address in {**gold, **found}:
        _count(result, document, opened, address, found.get(address))
    return result


def _count(result: Score, document: ZooDocument, opened: Document, address: str, cell: Cell | None) -> None:
    gold = document.gold.get(address, _NOTHING)
    is_open = cell is None or cell.status in _UNSETTLED
    is_right = cell is not None and address in document.gold and _is_right(gold, cell, opened)
    if is_open:
        result.disputed += address in document.gold
    elif not is_right and cell is not None:
        result.wrong[cell.status] += 1
    result.right += is_right and not is_open and gold.is_recoverable
    if (not is_right and not is_open) or (is_open and gold.is_recoverable):
        status, printed = ("missing", "") if cell is None else (str(cell.status), cell.printed)
        result.mistakes.append(Mistake(document.name, address, status, printed, gold.printed))


def _is_right(gold: GoldCell, cell: Cell, document: Document) -> bool:
    if (cell.printed, cell.state) != (gold.printed, gold.state) or cell.span is None:
        return False
    return gold.place is None or _stands_at(gold.place, gold.printed, cell.span, document)


def _stands_at(place: Place, printed: str, span: Span, document: Document) -> bool:
    """Whether a stretch of the text is where the page has a figure.

    A blank may be any of those beside it: in a row of nothing but blanks, none of them is another's.
    """
    if isinstance(place, tuple):
        locator = document.locator(span.start)
        return locator is not None and (locator.row, locator.column if printed else place[1]) == place
    if printed:
        return span == (place, place + len(printed))
    room = document.text[min(span.start, place) : max(span.start, place)]
    return not room.strip(" \t|")

"""The cells of a result, and how far each can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import ConfigDict

from extractor.documents.document import Locator, Span
from extractor.text.figures import Value
from rules.confront import State

# What the layout reader is called where readers are named.
LAYOUT = "layout"
# What the addresses of cells begin with that no form has.
EXTRA = "extra"


class Status(StrEnum):
    """How far a cell can be trusted; see ``extractor.verify.status`` for the exact rule.

    ``accepted`` and ``corrected`` are what a person decided; no evidence gives them.
    """

    ABSENT = "absent"
    DISPUTED = "disputed"
    AS_PRINTED = "as_printed"
    CONFIRMED = "confirmed"
    UNCHECKED = "unchecked"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


class Basis(StrEnum):
    """What settles which figure is a cell's.

    ``labels``: its own row and column label, whole; ``order``: it is the only figure that the order of rows,
    ordinals, counts and the words of the header leave; ``convention``: the header is lost, and the columns
    are taken in the form's own order; ``sums``: the page leaves several placements, and only one lets the
    sums hold; ``readers``: a model's grounded answer leaves one; ``proposal``: nothing does.
    """

    LABELS = "labels"
    ORDER = "order"
    CONVENTION = "convention"
    SUMS = "sums"
    READERS = "readers"
    PROPOSAL = "proposal"


class Grounding(StrEnum):
    """How a printed figure was found at its place."""

    EXACT = "exact"
    FOLDED = "folded"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form.

    A dataclass, as a report has 200 of them and a model takes more than twice as long to make; read
    from JSON, it is validated as a model is.

    Attributes:
        address: its name, such as ``requests.received.total``.
        printed: what the page prints, character for character; empty if blank or absent. U+FFFC stands for
            what can't be read.
        value: ``printed`` as a number; None if there is none, or it can't be parsed.
        unit: printed with the figure, or else in the header; None if the page states none.
        state: number, blank, mark, unread or absent.
        status: how far it can be trusted.
        placement: ``certain`` where the page itself settles it at one place, and it isn't recognised from a
            picture; else ``inferred``.
        grounding: how the figure was found at its place.
        span: its characters in the document; empty for a blank cell, None if nothing is there.
        row_label, column_label: where its labels stand.
        readers: who read it.
        confidence: of a cell that was recognised from a picture, how sure its characters are, from 0 to 1;
            1 if there is no ink in it. None if it wasn't recognised, but read.
        line, column: the beginning of ``span``, counted from 1; None without one.
        locator: where that is in a file that isn't text: page and box, or table, row and column.
        remarks: what else stands in the cell and is no part of its figure, such as ``struck: 77`` or
            ``note: 1``; of an unread cell, what can't be read.
        basis: what settles it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    address: str
    printed: str
    value: Value | None
    unit: str | None
    state: State
    status: Status
    placement: Literal["certain", "inferred"]
    grounding: Grounding
    span: Span | None
    row_label: Span | None
    column_label: Span | None
    readers: tuple[str, ...]
    confidence: float | None = None
    line: int | None = None
    column: int | None = None
    locator: Locator | None = None
    remarks: tuple[str, ...] = ()
    basis: Basis = Basis.PROPOSAL

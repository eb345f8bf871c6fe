"""What a person decided of a cell, as a result has it."""

from __future__ import annotations

from enum import StrEnum

from extractor.result.cells import Status
from extractor.result.frozen import FrozenModel


class Choice(StrEnum):
    """What a person says of a cell.

    ``accepted``: the page prints it so; ``corrected``: another figure on the page is this cell's;
    ``rejected``: what was read isn't this cell's.
    """

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Decided(FrozenModel):
    """A person's decision on a cell, beside what the page alone gives.

    Attributes:
        address: of the cell.
        choice: what was decided.
        by: who decided.
        at: when, as ISO 8601.
        note: what they say of it; empty if nothing.
        read: what was read there; the cell prints the corrected figure, if there is one.
        status: the cell's by the evidence alone.
    """

    address: str
    choice: Choice
    by: str
    at: str
    note: str = ""
    read: str
    status: Status

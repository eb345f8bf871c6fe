"""What a report says, known without reading it by program: what every reading of it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from eval.gold.claims import GoldClaim
from rules.confront import State

# Where a figure stands: the offset in a text, or row and column of its table, both counted from 1.
Place: TypeAlias = int | tuple[int, int]


class Expected(NamedTuple):
    """A cell as the page has it.

    Attributes:
        printed, state: as a cell has them.
        value: as a cell has it; None, too, where gold doesn't know it.
        place: of its figure or its blank; None where gold doesn't know it.
        is_on_page: whether the page still tells which cell it is: one that nobody could place from what is
            printed is no error of a reader that says so.
    """

    printed: str
    state: State
    value: int | Decimal | None = None
    place: Place | None = None
    is_on_page: bool = True


class ExpectedFinding(NamedTuple):
    """A contradiction of the page that has to be reported.

    Attributes:
        rule: its id.
        place: the address of the cell, or the offset of the printed number, that it is about.
        cells: the addresses whose figures contradict each other, where gold knows them.
    """

    rule: str
    place: str | int
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gold:
    """What a report says, known without reading it by program.

    Attributes:
        cells: by address, in the order of the form.
        findings: None where nobody has written them down.
        claims: None where nobody has written them down.
    """

    cells: Mapping[str, Expected]
    findings: tuple[ExpectedFinding, ...] | None = None
    claims: tuple[GoldClaim, ...] | None = None

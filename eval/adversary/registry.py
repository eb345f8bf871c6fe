"""What a mutation is, and the list of all of them, which the modules of mutations fill."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from random import Random
from typing import NamedTuple, TypeAlias

from eval.adversary.page import Medium, Page

# Changes a page in place; False where there was nothing for it to change.
Change: TypeAlias = Callable[[Page, Random], bool]

EVERYWHERE = frozenset(Medium)
TEXT = frozenset({Medium.ROWS, Medium.BLANKS, Medium.LINES})
SEEN = EVERYWHERE - TEXT


class Stage(IntEnum):
    """When a mutation is applied: first whole columns and rows, then cells."""

    GRID = 1
    """While merged cells are merged."""
    CELLS = 2
    """When it is settled what becomes of merged cells."""
    LOOKS = 3
    """When nothing is moved any more."""


class Mutation(NamedTuple):
    """A mutation.

    Attributes:
        name: by which it is chosen.
        stage: when it is applied.
        media: of the pages that it can be applied to.
        change: does it.
    """

    name: str
    stage: Stage
    media: frozenset[Medium]
    change: Change

    @property
    def about(self) -> str:
        """What it does."""
        return (self.change.__doc__ or "").partition("\n")[0]


MUTATIONS: dict[str, Mutation] = {}


def mutation(
    name: str, stage: Stage = Stage.GRID, media: frozenset[Medium] = EVERYWHERE
) -> Callable[[Change], Change]:
    """Enter a function into the list of mutations.

    Args:
        name: of the mutation.
        stage: when it is applied.
        media: of the pages that it can be applied to.
    """

    def enter(change: Change) -> Change:
        MUTATIONS[name] = Mutation(name, stage, media, change)
        return change

    return enter

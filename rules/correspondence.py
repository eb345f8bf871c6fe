"""Which indicators of earlier forms correspond to cells of later ones, and which only look alike."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field, field_validator

from rules.loader import load_shipped
from rules.model import RuleModel, as_tuple
from rules.words import Bilingual, Words


class Corresponding(RuleModel):
    """Cells that count the same.

    Attributes:
        later: addresses of the forms of 2019 and later; of several, their sum.
        earlier: those of the forms before; of a report, the sum of those that its form has.
        note: what is counted.
    """

    later: Annotated[tuple[Words, ...], Field(min_length=1)]
    earlier: Annotated[tuple[Words, ...], Field(min_length=1)]
    note: Bilingual

    _lists = field_validator("later", "earlier", mode="before")(as_tuple)


class Alike(RuleModel):
    """Cells that look alike and don't count the same.

    Attributes:
        later: an address of the forms of 2019 and later, or a pattern of several.
        earlier: those of the forms before; none if they have nothing like it.
        why: they don't count the same.
    """

    later: Words
    earlier: tuple[Words, ...]
    why: Bilingual

    _lists = field_validator("earlier", mode="before")(as_tuple)


class Correspondence(RuleModel):
    """What is known of both, as the YAML beside this module has it."""

    format: Literal[1]
    corresponding: tuple[Corresponding, ...]
    alike: tuple[Alike, ...]

    _lists = field_validator("corresponding", "alike", mode="before")(as_tuple)

    def earlier_of(self, later: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses in earlier forms that count what some in later ones count; none if nothing does.

        Args:
            later: all addresses that are summed.
        """
        return next((one.earlier for one in self.corresponding if set(one.later) == set(later)), ())

    def why_not(self, later: tuple[str, ...]) -> Bilingual | None:
        """Why no earlier cell counts what some later ones count; None if that isn't known.

        Args:
            later: all addresses that are summed.
        """
        return next((one.why for one in self.alike if one.later in later), None)


@cache
def correspondence() -> Correspondence:
    """What ships with gongkai."""
    return load_shipped("correspondence.yaml", Correspondence)

"""What the page of a rule says besides the rule: its Chinese name, why it is there, right and wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, Self

from pydantic import ConfigDict, model_validator

from rules.loader import load_shipped
from rules.model import RuleModel
from rules.words import Bilingual, Words


class _ReadOnDemand(RuleModel):
    """What no check needs, so that nothing is built of it when a check begins."""

    model_config = ConfigDict(defer_build=True)


class Cases(_ReadOnDemand):
    """When a rule is violated and when it isn't, in words."""

    wrong: Bilingual
    right: Bilingual


class Explanation(_ReadOnDemand):
    """What the page of a rule says besides the rule.

    Attributes:
        name: in Chinese; in English a rule is called by its id.
        why: it is there.
        title: what must hold, of a rule that doesn't say it itself.
        wrong, right: text of a report that violates it, and what should stand there.
        organ: whose report that is; any, unless given.
        cases: the same in words, where it takes more than a text.
    """

    name: Words
    why: Bilingual
    title: Bilingual | None = None
    wrong: Words | None = None
    right: Words | None = None
    organ: Words | None = None
    cases: Cases | None = None

    @model_validator(mode="after")
    def _has_one_kind_of_example(self) -> Self:
        if (self.wrong is None) != (self.right is None) or (self.wrong is None) == (self.cases is None):
            raise ValueError("an explanation has wrong and right, or cases")
        return self


class Explanations(_ReadOnDemand):
    """Those of all rules that ship with gongkai, as the YAML beside this module has them."""

    format: Literal[1]
    rules: dict[Words, Explanation]


@cache
def explanations() -> Mapping[str, Explanation]:
    """By the rule's id, in the order of their file. It is read when it is asked for; no check needs it."""
    return load_shipped("explanations.yaml", Explanations).rules

"""What every report may say in the same words: the notice's sentences, and phrases for what all must say."""

from __future__ import annotations

from functools import cache

from pydantic import field_validator

from rules.loader import load_shipped
from rules.model import RuleModel, as_tuple


class _StandardWording(RuleModel):
    """The file.

    Attributes:
        notice: sentences and titles of the notice that prescribes the form.
        phrases: what reports say where there is nothing to say, and of their duties.
    """

    notice: tuple[str, ...]
    phrases: tuple[str, ...]

    _lists = field_validator("notice", "phrases", mode="before")(as_tuple)


@cache
def standard_wording() -> tuple[str, ...]:
    """The texts in which all reports may agree; each is some sentences."""
    wording = load_shipped("standard_wording.yaml", _StandardWording)
    return (*wording.notice, *wording.phrases)

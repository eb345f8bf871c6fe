"""Texts in two languages, and how severe a rule is."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Words: TypeAlias = Annotated[str, Field(min_length=1)]
# An error, a warning, and what is worth a look.
Severity: TypeAlias = Literal["hard", "soft", "hint"]
Language: TypeAlias = Literal["zh", "en"]


class Bilingual(BaseModel):
    """One text in Chinese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    zh: Words
    en: Words

    def in_language(self, language: Language) -> str:
        """The one of the two texts that is in this language."""
        return self.zh if language == "zh" else self.en


#: What readers are told of each.
SEVERITIES: Mapping[Severity, Bilingual] = {
    "hard": Bilingual(zh="错误", en="error"),
    "soft": Bilingual(zh="提示", en="warning"),
    "hint": Bilingual(zh="建议", en="hint"),
}


def with_placeholders(message: Bilingual, known: Set[str]) -> Bilingual:
    """The message, if it has no placeholder but the known ones.

    Raises:
        ValueError: if it has.
    """
    for text in (message.zh, message.en):
        for piece in text.split("{")[1:]:
            name, closed, _ = piece.partition("}")
            if not closed or name not in known:
                raise ValueError(f"unknown placeholder {{{name}}}; there are {sorted(known)}")
    return message

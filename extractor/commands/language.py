"""The language that the command line speaks: Chinese or English."""

from __future__ import annotations

import locale
import os
from enum import StrEnum

import typer

from extractor.errors import legible
from rules.words import Language


class Lang(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


def language_of(lang: Lang | None) -> Language:
    """The language that was asked for, or else the locale's."""
    if lang is not None:
        return lang.value
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def note(language: Language, zh: str, en: str) -> None:
    """Tell something on standard error, which isn't the result.

    Args:
        language: the one of the two to tell it in.
        zh: what to tell, in Chinese.
        en: the same in English.
    """
    typer.echo(legible(zh if language == "zh" else en), err=True)


def count(number: int, noun: str) -> str:
    """A number of things, in English.

    Args:
        number: of the things.
        noun: for one of them; its plural has an s.
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

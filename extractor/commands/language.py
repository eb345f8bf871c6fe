"""The language that the command line speaks: Chinese or English."""

from __future__ import annotations

import locale
import os
from enum import StrEnum
from typing import Annotated

import typer

from rules.words import Language


class Lang(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of messages and tables.  [default: from the locale]"),
]


def language_of(lang: Lang | None) -> Language:
    """The language that was asked for, or else the locale's."""
    if lang is not None:
        return lang.value
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def say(language: Language, zh: str, en: str) -> str:
    """One of two wordings."""
    return zh if language == "zh" else en


def note(language: Language, zh: str, en: str) -> None:
    """Tell something on standard error, which isn't the result."""
    typer.echo(say(language, zh, en), err=True)


def count(number: int, noun: str) -> str:
    """A number of things, in English."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

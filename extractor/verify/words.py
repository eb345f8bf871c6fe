"""What cells, rows and columns are called in messages, and numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from rules.form import Column, Form, Row
from rules.words import Bilingual, Language

LANGUAGES: tuple[Language, Language] = ("zh", "en")

# Words for the placeholders of a message, by language.
Words: TypeAlias = Mapping[Language, Mapping[str, str]]


def name_of(form: Form, address: str, language: Language) -> str:
    """A cell, for a reader: its row and its column.

    Args:
        form: the form that has the address.
        address: of the cell, such as ``requests.received.total``.
        language: of the reader.
    """
    _, _, row, column = form.places[address]
    return f"{row_name(row, language)}·{element_name(column, language)}"


def row_name(row: Row, language: Language) -> str:
    """A row, for a reader who doesn't see the rows around it: with its group where many have its ordinal.

    Args:
        row: the row of the form.
        language: of the reader.
    """
    name = element_name(row, language)
    shared = language == "zh" and row.number is not None and row.number[0].isdigit()
    return f"{row.under} {name}" if shared and row.under is not None else name


def element_name(element: Row | Column, language: Language) -> str:
    """A row or column, for a reader; Chinese names carry the ordinal.

    Args:
        element: the row or column of the form.
        language: of the reader.
    """
    if language == "en":
        return element.en
    number = element.number if isinstance(element, Row) else None
    return f"{number or ''}{element.label}"


def figure_text(value: Fraction) -> str:
    """An exact number as people write it."""
    number = as_number(value)
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def as_number(fraction: Fraction) -> int | Decimal:
    """A whole number as ``int``, any other as ``Decimal``, one without end to six decimals."""
    if fraction.denominator == 1:
        return int(fraction)
    number = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return number if Fraction(number) == fraction else round(number, 6)


def text_in(text: Bilingual, language: Language) -> str:
    """One of the two texts.

    Args:
        text: in both languages.
        language: which of them.
    """
    return text.zh if language == "zh" else text.en


def in_each(words: Callable[[Language], dict[str, str]]) -> dict[Language, dict[str, str]]:
    """Words for placeholders that are made for each language."""
    return {language: words(language) for language in LANGUAGES}


def in_both(**words: str) -> dict[Language, dict[str, str]]:
    """Words for placeholders that are the same in both languages."""
    return dict.fromkeys(LANGUAGES, words)


def filled(template: Bilingual, words: Words) -> Bilingual:
    """Put words for the placeholders; a placeholder without a word stays.

    Args:
        template: texts with placeholders such as ``{name}``.
        words: what to put for them.
    """
    texts = []
    for language in LANGUAGES:
        text = text_in(template, language)
        for name, word in words[language].items():
            text = text.replace("{" + name + "}", word)
        texts.append(text)
    return Bilingual(zh=texts[0], en=texts[1])


def joined(first: Bilingual, second: Bilingual) -> Bilingual:
    """Two sentences one after the other.

    Args:
        first: which may lack its full stop in Chinese.
        second: a whole sentence.
    """
    end = "" if first.zh.endswith(("。", "！", "？")) else "。"
    return Bilingual(zh=f"{first.zh}{end}{second.zh}", en=f"{first.en} {second.en}")

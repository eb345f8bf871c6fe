"""Labels with their English beside them in one cell: 规章 above Regulations. The Chinese is the label.

What the English says is held against it: where it names another row or column of the form, another year,
another count or the contrary, which of the two is right can't be told, and nothing of that table is settled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from extractor.documents.document import Document, Grid, GridCell, Span
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.meanings import Role
from extractor.layout.words.other_year import year_of_title
from extractor.text.folding import fold_label
from extractor.text.numerals import value_of
from rules.form import Column, Element, Form, Row

# Cells of lines that stand below each other, as those of tables do; elsewhere a line has no cells.
_IN_GRIDS = ("pipes", "tabs")
# Longer than any label with its explanation and both in English.
_LONGEST = 300
# So many labels with something in Latin letters beside them are a table in both languages.
_FEWEST = 3
_ENGLISH = re.compile(r"[A-Za-z]{3}")
_HAN = re.compile("[一-鿿]")
# What closes a label behind its last character, and what stands between it and its English.
_CLOSING, _BETWEEN = "）)】」”》", " \t\n\r\u3000\xa0/／"
_WORD = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_ORDINAL = re.compile(r"\(?(?:(?P<roman>[IVX]{1,5})|(?P<number>\d{1,2}))[).、．](?=\D)")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NUMERALS = re.compile(r"[一二三四五六七八九十]+|\d+")
# What changes what a label counts.
_OTHER_COUNT = re.compile(
    r"cumulat|accumulat|to date|percent|%|\bratio|\brates?\b|\bshares?\b|proportion|averag|growth|compar"
    "|of which"
)
_LAST, _NEXT = (
    re.compile(r"\b(?:last|previous|prior|past|preceding)\b"),
    re.compile(r"\b(?:next|following|subsequent|coming)\b"),
)
_CONTRARY = re.compile(
    r"\b(?:not|no|non|never|without|neither|nor|un(?:able|available|clear|paid|resolved|disclosed|published)"
    r"|invalid|ineffective|refus\w*|den(?:y|ied|ial)|reject\w*|withh\w*)\b"
)
_CONTRARY_IN_CHINESE = re.compile("[不未无非没废禁]")
_MONEY, _TEN_THOUSAND = re.compile(r"\b(?:yuan|rmb|cny)\b|¥"), re.compile(r"10,?000\b|ten thousand")
# Words that tell no row or column from another, and how many letters of the others tell them.
_EMPTY = frozenset(("the", "and", "for", "from", "this", "year", "with", "last", "next", "number"))
_STEM, _SHORTEST = 5, 2
# Words that pages have for those of the forms, by their beginnings.
_SAME = {
    **dict.fromkeys(("comme", "enter", "compa"), "busin"),
    **dict.fromkeys(("indiv", "citiz"), "natur"),
    **dict.fromkeys(("corre", "recti"), "overt"),
    **dict.fromkeys(("maint", "susta", "affir"), "uphel"),
    **dict.fromkeys(("discl", "relea"), "grant"),
    **dict.fromkeys(("aboli", "annul"), "repea"),
    **dict.fromkeys(("valid", "effec"), "force"),
}
# What has no English in the form, as a group, is another element only where all words are that one's name.
_NEARLY_ALL = 0.99
_ELEMENTS = (Role.ROW, Role.WIDE_ROW, Role.COLUMN)


class Glossed(NamedTuple):
    """A label with its English in one cell.

    Attributes:
        start_of_cell: where the cell begins.
        start, end: where the label stands, without the English.
        label: what it is found to be.
        english: the words beside it.
    """

    start_of_cell: int
    start: int
    end: int
    label: Label
    english: str


class _Table(NamedTuple):
    """A table of a document, and the labels in it with their English beside them, in reading order."""

    grid: Grid
    labels: list[Glossed]


def glossed_labels(document: Document, index: LabelIndex) -> Mapping[int, Glossed]:
    """The labels of a document with their English beside them, by where their cells start.

    Args:
        document: the input.
        index: the labels that are looked for.
    """
    return {
        one.start_of_cell: one
        for table in _tables(document, index)
        if _are_translations(table.labels, index.forms)
        for one in table.labels
    }


def contradicted_tables(document: Document, index: LabelIndex) -> list[Span]:
    """Where the tables of a document stand in which the English of a label says another thing than the label.

    Args:
        document: the input.
        index: the labels that are looked for.
    """
    tables = _tables(document, index)
    year = year_of_title(document.text) if tables else None
    return [
        Span(table.grid.cells[0].start, table.grid.cells[-1].end)
        for table in tables
        if any(_says_another_thing(one, document.text, year, index.forms) for one in table.labels)
    ]


def _tables(document: Document, index: LabelIndex) -> list[_Table]:
    """The tables in both languages."""
    tables = (_Table(grid, _glossed_in(grid, document.text, index)) for grid in document.grids)
    return [table for table in tables if len(table.labels) >= _FEWEST]


def _glossed_in(grid: Grid, text: str, index: LabelIndex) -> list[Glossed]:
    """The labels of a table with their English beside them."""
    cells = (cell for cell in grid.cells if cell.column is not None or grid.kind in _IN_GRIDS)
    return [one for cell in cells if (one := _glossed(cell, text, index)) is not None]


def _glossed(cell: GridCell, text: str, index: LabelIndex) -> Glossed | None:
    """The label and the English that a cell is made of, in either order; None if it is anything else."""
    printed = text[cell.start : cell.end]
    if len(printed) > _LONGEST or printed.isascii() or _ENGLISH.search(printed) is None:
        return None
    places = [match.start() for match in _HAN.finditer(printed)]
    if not places or index.find(printed) is not None:
        return None
    start, end = 0, places[-1] + 1
    while end < len(printed) and printed[end] in _CLOSING:
        end += 1
    if end == len(printed):
        # English first: the label begins with its ordinal.
        start = max(printed.rfind(mark, 0, places[0]) for mark in _BETWEEN) + 1
    english = f"{printed[:start]}{printed[end:]}".strip(_BETWEEN)
    label = index.find(printed[start:end])
    if label is None or not english.isascii() or _ENGLISH.search(printed, start, end) is not None:
        return None
    return Glossed(cell.start, cell.start + start, cell.start + end, label, english.replace("\n", " "))


def _are_translations(labels: Sequence[Glossed], forms: tuple[Form, ...]) -> bool:
    """Whether most words beside labels are English for what they name, and not its kind: 其他 WeChat."""
    named = [(_stems(one.english), own) for one in labels if (own := _elements(one.label, forms).own)]
    translated = sum(any(_likeness(stems, element) for element in own) for stems, own in named)
    return 2 * translated > len(named)


class _Elements(NamedTuple):
    """Rows and columns of forms.

    Attributes:
        own: those that a label names; none if it names what has no English in the form.
        others: the other ones of their blocks.
    """

    own: tuple[Element, ...]
    others: tuple[Element, ...]


def _says_another_thing(glossed: Glossed, text: str, year: int | None, forms: tuple[Form, ...]) -> bool:
    """Whether the English beside a label says another thing than the label.

    Args:
        glossed: the label.
        text: the document's text.
        year: the report's; None if that isn't known.
        forms: whose label it is.
    """
    ordinal, chinese = _ORDINAL.match(glossed.english), text[glossed.start : glossed.end]
    words = glossed.english[ordinal.end() if ordinal is not None else 0 :].lower()
    elements = _elements(glossed.label, forms)
    numbers = _numbers_in(chinese)
    is_contrary = _CONTRARY.search(words) is not None and _CONTRARY_IN_CHINESE.search(chinese) is None
    return (
        is_contrary
        or _OTHER_COUNT.search(words) is not None
        or (ordinal is not None and _value(ordinal) not in numbers | _ordinals(elements.own))
        or (_MONEY.search(words) is not None and ("万" in chinese) != bool(_TEN_THOUSAND.search(words)))
        or not _are_of_its_year(words, elements.own, year, numbers)
        or _names_another(words, elements)
    )


@lru_cache(maxsize=512)
def _elements(label: Label, forms: tuple[Form, ...]) -> _Elements:
    """The rows and columns that a label names, and those of the same blocks that it doesn't."""
    blocks = {(meaning.table, meaning.block) for meaning in label.meanings}
    named = {meaning[1:] for meaning in label.meanings if meaning.role in _ELEMENTS}
    own: list[Element] = []
    others: list[Element] = []
    for form in forms:
        for table, block in blocks & form.blocks.keys():
            for one in (*form.blocks[table, block][1].columns, *form.blocks[table, block][1].rows):
                (own if (table, block, one.id) in named else others).append(one)
    return _Elements(tuple(own), tuple(others))


def _numbers_in(chinese: str) -> frozenset[int]:
    """The numbers that a label says, in figures of either script."""
    values = [value_of(number) for number in _NUMERALS.findall(fold_label(chinese))]
    return frozenset(int(value) for value in values if value is not None) | (
        {10_000} if "万" in chinese else set()
    )


def _ordinals(rows: Sequence[Element]) -> frozenset[int]:
    """The ordinals that forms give to rows."""
    numbers = [one.number for one in rows if isinstance(one, Row) and one.number is not None]
    return frozenset().union(*map(_numbers_in, numbers))


def _value(ordinal: re.Match[str]) -> int:
    """The number of an ordinal in digits or in Roman numerals."""
    if ordinal["number"] is not None:
        return int(ordinal["number"])
    values = [_ROMAN[numeral] for numeral in ordinal["roman"]]
    return sum(
        -one if one < following else one for one, following in zip_longest(values, values[1:], fillvalue=0)
    )


def _are_of_its_year(words: str, own: Sequence[Element], year: int | None, numbers: frozenset[int]) -> bool:
    """Whether the years and other numbers in English words are those that a label is of.

    Args:
        words: in lower case.
        own: what the label names.
        year: the report's; None if that isn't known.
        numbers: what the label itself says.
    """
    names = [one.en or "" for one in own]
    is_last, is_next = (any(word in name for name in names) for word in ("last", "next"))
    if (_LAST.search(words) and not is_last) or (_NEXT.search(words) and not is_next):
        return False
    years = {year, year - is_last, year + is_next} if year is not None else set[int]()
    return all(int(number.replace(",", "")) in numbers | years for number in _NUMBER.findall(words))


def _names_another(words: str, elements: _Elements) -> bool:
    """Whether English words are nearer to what the form calls another row, or column, than to their own."""
    stems = _stems(words)
    own = max((_likeness(stems, one) for one in elements.own), default=_NEARLY_ALL)
    kinds = tuple({type(one) for one in elements.own}) or (Row, Column)
    return any(_likeness(stems, one) > own for one in elements.others if isinstance(one, kinds))


def _likeness(stems: frozenset[str], element: Element) -> float:
    """How many of some words are those of an element's name, of all of both: 1 if they are the same."""
    name = _stems(element.en or "")
    return len(stems & name) / len(stems | name) if stems and name else 0.0


@lru_cache(maxsize=1024)
def _stems(words: str) -> frozenset[str]:
    """The beginnings of the words by which English names are compared."""
    found = (word for word in _WORD.findall(words.lower()) if len(word) > _SHORTEST and word not in _EMPTY)
    return frozenset(_SAME.get(word[:_STEM], word[:_STEM]) for word in found)

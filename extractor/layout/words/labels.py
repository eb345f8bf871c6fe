"""The labels of forms, so that a cell's text can be told to be one.

A label is looked up whole: blanks, width, script and punctuation don't count, its ordinal may be
written in any way or be lost, an explanation in brackets may follow. There is no fuzzy match here: that of
what was recognised from a picture is in :mod:`extractor.layout.words.label_index`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

from extractor.layout.words.form_words import (
    characters_of,
    groups_of_rows,
    header_words,
    units_of_rows,
    wordings,
)
from extractor.layout.words.meanings import (
    Meaning,
    Role,
    groups_of_meanings,
    meanings_by_key,
    meanings_in_one_cell,
    numbered_meanings,
)
from extractor.layout.words.ordinals import ORDINAL, ordinal
from extractor.text.folding import fold_label, label_key
from rules.form import Form

# Programs that go by the height of characters put those that have none on a line of their own.
_FALLEN_MARKS = re.compile(r"(?P<words>\S.*?\S)(?P<marks>(?:\s+[一、.．，,])+)\s*")
_BRACKETED = re.compile(r"\([^()]*\)")
_OPEN_BRACKET = re.compile(r"(?<=.)\([^()]*$")
_UNITS = "万元|亿元|千元|百元|元|人次|[件项条个篇次份宗起人]"
_UNIT = re.compile(rf"\((?:单位:?)?({_UNITS})\)")
_LONGEST = 60
_DASHES = ("-", "—", "–", "/")
# So many pieces of the labels of groups may stand between the parts of a row's label.
_MOST_OF_GROUPS = 3
#: Characters that change what a label says: a slip of the pen leaves none of them out, and puts none in.
CHANGES_MEANING = frozenset("不无未非没有前后上下新旧已可否另其增减内外大小多少同失累历")
# What may stand in brackets behind a label without changing what it says, besides what the form has there.
_HARMLESS = re.compile(
    r"(?:单位|计量单位|如|例如|注|填|指|即)[^()]*|[一二三四五六七八九十\d]{1,3}"
    rf"|{_UNITS}|[^\w%％‰]*"
)
# Before the first part of a whole, whose ordinal follows it.
_PART = re.compile("其中:?")
_COMMA = re.compile("[,，;；、]")
# What may stand between two labels of a paragraph, and is of neither.
_BETWEEN = re.compile("[,，;；、:：。]")
# A unit behind a label that has lost its brackets.
_BARE_UNIT = re.compile(rf"(?<=.)单位:?({_UNITS})$")

_NAMING_ROLES = frozenset({Role.COLUMN, Role.WIDE_ROW})
_BEGINNING_ROLES = frozenset({Role.CAPTION, Role.CORNER, Role.SPANNING})
# Columns of the page that are none of the form's.
_FOREIGN_ROLES = frozenset({Role.BESIDE, Role.CODES})
_HEADER_ROLES = _NAMING_ROLES | _BEGINNING_ROLES | _FOREIGN_ROLES | {Role.GROUP}


# A block: the ids of its table and its own.
_BlockIds: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Label:
    """A label as found: what it can mean, its ordinal if printed, the unit if printed."""

    meanings: tuple[Meaning, ...]
    number: str | None
    unit: str | None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role that it can have."""
        return frozenset(meaning.role for meaning in self.meanings)

    @cached_property
    def names_row(self) -> bool:
        """Whether it can name a row."""
        return Role.ROW in self.roles

    @cached_property
    def names_column(self) -> bool:
        """Whether it can name a column."""
        return Role.COLUMN in self.roles

    @cached_property
    def is_of_header(self) -> bool:
        """Whether it can stand in a header."""
        return not self.roles.isdisjoint(_HEADER_ROLES)

    @cached_property
    def begins_header(self) -> bool:
        """Whether it can be the first of a header."""
        return not self.roles.isdisjoint(_BEGINNING_ROLES)

    @cached_property
    def makes_header(self) -> bool:
        """Whether what it stands in is a header, if it can be one."""
        return not self.roles.isdisjoint(_NAMING_ROLES)

    @cached_property
    def columns(self) -> Mapping[_BlockIds, frozenset[str]]:
        """The columns that it can name, by table and block."""
        return self._elements(Role.COLUMN)

    @cached_property
    def rows(self) -> Mapping[_BlockIds, frozenset[str]]:
        """The rows that it can name, by table and block."""
        return self._elements(Role.ROW)

    @cached_property
    def wide_rows(self) -> Mapping[_BlockIds, frozenset[str]]:
        """The rows of wide blocks that it can name, by table and block."""
        return self._elements(Role.WIDE_ROW)

    @cached_property
    def besides(self) -> frozenset[_BlockIds]:
        """The tables and blocks beside whose columns it can stand, as one that the form hasn't."""
        return frozenset(self._elements(Role.BESIDE)) | self.codes

    @cached_property
    def codes(self) -> frozenset[_BlockIds]:
        """The tables and blocks whose rows can be numbered in a column with this label."""
        return frozenset(self._elements(Role.CODES))

    @cached_property
    def captions(self) -> frozenset[_BlockIds]:
        """The tables and blocks of which it can be a caption."""
        return frozenset(self._elements(Role.CAPTION))

    def _elements(self, wanted: Role) -> Mapping[_BlockIds, frozenset[str]]:
        elements: dict[_BlockIds, frozenset[str]] = {}
        for role, table, block, element in self.meanings:
            if role is wanted:
                elements[table, block] = elements.get((table, block), frozenset()) | {element}
        return elements

    @cached_property
    def all_rows(self) -> frozenset[str]:
        """The rows that it can name in any block."""
        return frozenset().union(*self.rows.values())


class Piece(NamedTuple):
    """A part of a folded text that is a label."""

    start: int
    end: int
    label: Label


def unit_of(folded: str) -> str | None:
    """The unit that is printed in or behind a folded label."""
    unit = _UNIT.search(folded) or _BARE_UNIT.search(folded)
    return unit[1] if unit else None


class LabelIndex:
    """Every label of some forms by its key."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = tuple(forms)
        self._by_key: dict[str, tuple[Meaning, ...]] = {}
        self.starts: set[str] = set()
        # The ordinals of rows and groups of rows, without their punctuation.
        self._numbers: dict[Meaning, str] = {}
        for form in forms:
            self._numbers.update(numbered_meanings(form))
            for key, meaning in meanings_by_key(form):
                known = self._by_key.get(key, ())
                if meaning not in known:
                    self._by_key[key] = (*known, meaning)
        self._under = groups_of_meanings(forms)
        blocks = [block for form in forms for table in form.tables for block in table.blocks]
        self.has_columns_beside = any(block.beside for block in blocks)
        self.units = units_of_rows(blocks)
        self.groups_of_rows = groups_of_rows(blocks)
        self.headers = tuple(dict.fromkeys(map(header_words, blocks)))
        self.header_characters = characters_of(self.headers)
        self._explanations = {
            label_key(explanation)
            for form in forms
            for text in wordings(form)
            for explanation in _BRACKETED.findall(fold_label(text))
        }
        for key in self._by_key:
            self.starts.update(key[:length] for length in range(1, len(key)))
        self._in_one_cell = meanings_in_one_cell(forms)
        self._find = lru_cache(maxsize=4096)(self._find_uncached)
        self._begins = lru_cache(maxsize=4096)(self._begins_uncached)

    @property
    def known(self) -> Mapping[str, tuple[Meaning, ...]]:
        """What every label can mean, by its key."""
        return self._by_key

    def number_of(self, meaning: Meaning) -> str | None:
        """The ordinal that the form gives a row or a group of rows, without punctuation; None without one."""
        return self._numbers.get(meaning)

    def keys_behind_ordinal(self, rest: str) -> list[str]:
        """The keys that a folded text behind an ordinal may be known by, all of it or without explanations.

        Args:
            rest: the text.
        """
        keys = [label_key(rest)]
        if all(self._says_no_more(explanation) for explanation in _BRACKETED.findall(rest)):
            keys.append(label_key(_BRACKETED.sub("", rest)))
        return keys

    def find(self, text: str) -> Label | None:
        """The label that a cell's text is as a whole, or None."""
        return self._find(text)

    def _find_uncached(self, text: str) -> Label | None:
        # A dash behind a label is not of it: a page number or a mark is glued on.
        if len(text) > 3 * _LONGEST or text.endswith(_DASHES):
            return None
        folded = fold_label(text)
        number, rest = ordinal(folded)
        keys = self._keys_of(folded, rest)
        meanings = next((known for key in keys if (known := self._meanings(key))), None)
        if meanings is None:
            return self._find_apart(text, folded)
        return Label(meanings, number, unit_of(folded))

    def _keys_of(self, folded: str, rest: str) -> list[str]:
        """The keys that the text of a cell may be known by, the whole of it first.

        Args:
            folded: the text.
            rest: of it behind its ordinal.
        """
        keys = [label_key(folded), label_key(rest), label_key(_BARE_UNIT.sub("", rest))]
        if part := _PART.match(folded):
            keys.append(label_key(part[0] + ordinal(folded[part.end() :])[1]))
        if all(self._says_no_more(explanation) for explanation in _BRACKETED.findall(rest)):
            keys.append(label_key(_BRACKETED.sub("", rest)))
        if len(keys[0]) > 2 and keys[0] == _twice(keys[0]):
            keys.append(keys[0][: len(keys[0]) // 2])
        return keys

    def _meanings(self, key: str) -> tuple[Meaning, ...] | None:
        """What the text of a cell names, by its key; None if it is no label."""
        return self._by_key.get(key) or self._in_one_cell.get(key)

    def _find_apart(self, text: str, folded: str) -> Label | None:
        """The label that a text is but for what stands behind or below it."""
        return self._find_before_unit(folded) or self._find_above_fallen_marks(text)

    def _find_before_unit(self, folded: str) -> Label | None:
        """The label of a row that a folded text is but for the unit behind it, in a list with units."""
        for unit in self.units:
            label = self.find(folded.removesuffix(unit)) if folded.endswith(unit) else None
            if label is not None and label.unit is None and label.names_row:
                return replace(label, unit=unit)
        return None

    def _find_above_fallen_marks(self, text: str) -> Label | None:
        """The label that a text is with the flat 一 below it put back, if it has one place only."""
        fallen = _FALLEN_MARKS.fullmatch(text)
        if fallen is None or "一" not in fallen["marks"]:
            return None
        first, *others = fallen["words"].split()
        words = [f"{first}." if first.isdigit() else first, *others]
        whole = [f"一、{''.join(words)}"]
        whole += ["一".join(["".join(words[:gap]), "".join(words[gap:])]) for gap in range(1, len(words))]
        labels = [label for one in whole if (label := self.find_as_in_form(one)) is not None]
        return labels[0] if len(labels) == 1 else None

    def find_as_in_form(self, text: str) -> Label | None:
        """The label that a text is as a whole, with the ordinal that its form gives it, if any, or None.

        Args:
            text: of a cell, or a part of it.
        """
        label = self.find(text)
        is_so = label is not None and any(self._numbers.get(m) == label.number for m in label.meanings)
        return label if is_so else None

    def find_around_figures(self, cells: Sequence[str]) -> Label | None:
        """The label that its parts make together, without pieces of the labels of groups among them, or None.

        Args:
            cells: what stands around a row's figures, and between the lines of its label.
        """
        may_be_of_group = [place for place, cell in enumerate(cells) if place and self._is_in_group(cell)]
        for count in range(min(len(may_be_of_group), _MOST_OF_GROUPS) + 1):
            for left_out in combinations(may_be_of_group, count):
                words = "".join(cell for place, cell in enumerate(cells) if place not in left_out)
                if (label := self.find(words)) is not None:
                    return label
        return self.find("".join(map(self._without_group, cells)))

    def _without_group(self, cell: str) -> str:
        """Words without the label of a group of rows that they begin with, if nothing parts the two."""
        folded = fold_label(cell)
        group = next((one for one in self.groups_of_rows if folded.startswith(one) and folded != one), "")
        return folded.removeprefix(group)

    def _is_in_group(self, cell: str) -> bool:
        """Whether words are a piece of the label of a group of rows."""
        key = label_key(fold_label(cell))
        return bool(key) and any(key in label_key(group) for group in self.groups_of_rows)

    def _says_no_more(self, explanation: str) -> bool:
        """Whether what stands in brackets behind a label, brackets included, leaves it what it is."""
        parts = [part for part in _COMMA.split(explanation[1:-1]) if part]
        return all(
            any(label_key(part) in known for known in self._explanations) or _HARMLESS.fullmatch(part)
            for part in parts
        )

    def begins(self, text: str) -> bool:
        """Whether a text is the beginning, but not the whole, of some label."""
        return self._begins(text)

    def _begins_uncached(self, text: str) -> bool:
        folded = fold_label(text)
        explained = _OPEN_BRACKET.sub("", folded)
        if explained != folded:
            # An explanation behind a whole label, the end of which is still to come.
            return any(label_key(key) in self._by_key for key in (explained, ordinal(explained)[1]))
        return label_key(folded) in self.starts or label_key(ordinal(folded)[1]) in self.starts

    def begins_row_under(self, words: str, group: Label) -> bool:
        """Whether a text begins labels of rows that stand under a group, or is one, and no other label.

        Args:
            words: the text.
            group: a label that may be the group's.
        """
        folded = fold_label(words)
        begun = tuple(key for key in (label_key(folded), label_key(ordinal(folded)[1])) if key)
        meant = {
            one for key, known in self._by_key.items() if begun and key.startswith(begun) for one in known
        }
        groups = {one.element for one in group.meanings if one.role is Role.GROUP}
        return bool(meant) and {self._under.get(one) for one in meant} <= groups

    def split(self, folded: str) -> tuple[Piece, ...]:
        """A folded text as two labels or more that leave nothing over, or nothing.

        The longest label is taken first at every place.
        """
        pieces: list[Piece] = []
        position = 0
        while position < len(folded):
            if pieces and _BETWEEN.match(folded, position):
                position += 1
                continue
            piece = self._longest(folded, position)
            if piece is None:
                return ()
            pieces.append(piece)
            position = piece.end
        return tuple(pieces) if len(pieces) > 1 else ()

    def _longest(self, folded: str, start: int) -> Piece | None:
        number, rest = ordinal(folded[start:])
        first = len(folded) - len(rest)
        best: Piece | None = None
        for end in range(first + 1, min(len(folded), first + _LONGEST) + 1):
            key = label_key(folded[first:end])
            # A dash behind a label is not of it.
            if key in self._by_key and (best is None or folded[end - 1] not in _DASHES):
                best = Piece(start, end, Label(self._by_key[key], number, None))
            if key and key not in self.starts:
                break
        if best is not None and _is_open(folded[start : best.end]) and folded.startswith(")", best.end):
            best = best._replace(end=best.end + 1)
        return best if best is None else self._with_explanation(folded, best, first)

    def _with_explanation(self, folded: str, piece: Piece, first: int) -> Piece:
        """A label and what stands in brackets behind it, if that is of the label.

        Args:
            folded: a text.
            piece: the label in it.
            first: where the label starts behind its ordinal.
        """
        explanation = _BRACKETED.match(folded, piece.end)
        if explanation is None:
            return piece
        if meanings := self._in_one_cell.get(label_key(folded[first : explanation.end()])):
            return Piece(piece.start, explanation.end(), replace(piece.label, meanings=meanings))
        is_next_ordinal = ORDINAL.fullmatch(explanation[0]) and explanation.end() < len(folded)
        if is_next_ordinal or not self._says_no_more(explanation[0]):
            return piece
        unit = _UNIT.fullmatch(explanation[0])
        label = replace(piece.label, unit=unit[1] if unit else None)
        return Piece(piece.start, explanation.end(), label)


def _is_open(folded: str) -> bool:
    """Whether the last bracket of a folded text isn't closed."""
    return folded.rfind("(") > folded.rfind(")")


def _twice(key: str) -> str:
    """A key of the same length made of its first half twice: merged cells print labels so."""
    return key[: len(key) // 2] * 2

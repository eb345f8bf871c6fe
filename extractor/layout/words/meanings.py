"""What the labels of forms name, by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from extractor.layout.words.form_words import columns_in_one_cell
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Element, Form, Row, Table

# What stands before the first part of a whole.
_PART = "其中"


class Role(StrEnum):
    """What a label names."""

    ROW = "row"
    WIDE_ROW = "wide_row"
    COLUMN = "column"
    CORNER = "corner"
    SPANNING = "spanning"
    CAPTION = "caption"
    GROUP = "group"
    HEADING = "heading"
    BESIDE = "beside"
    CODES = "codes"


class Meaning(NamedTuple):
    """One thing that a label can name, in every edition that has it."""

    role: Role
    table: str
    block: str
    element: str


def meanings_by_key(form: Form) -> Iterator[tuple[str, Meaning]]:
    """Every label of a form as a key, and one of the things that it can name.

    Args:
        form: an edition.
    """
    for table in form.tables:
        for heading in table.headings:
            yield label_key(fold_label(heading)), Meaning(Role.HEADING, table.id, "", "")
        for block in table.blocks:
            yield from _block_keys(table, block)


def numbered_meanings(form: Form) -> Iterator[tuple[Meaning, str]]:
    """What names a row or a group of rows, with the ordinal that the form gives it.

    Args:
        form: an edition.
    """
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                if row.number is not None:
                    yield Meaning(Role.ROW, table.id, block.id, row.id), label_key(row.number)
                group = ordinal(fold_label(row.under))[0] if row.under is not None else None
                if row.under is not None and group is not None:
                    yield Meaning(Role.GROUP, table.id, block.id, row.under), group


def groups_of_meanings(forms: Sequence[Form]) -> dict[Meaning, str]:
    """The group of rows that each row stands under, if it stands under any.

    Args:
        forms: editions of one family.
    """
    blocks = [(table.id, block) for form in forms for table in form.tables for block in table.blocks]
    return {
        Meaning(Role.ROW, table, block.id, row.id): row.under
        for table, block in blocks
        for row in block.rows
        if row.under is not None
    }


def _block_keys(table: Table, block: Block) -> Iterator[tuple[str, Meaning]]:
    roles = {
        Role.CAPTION: block.captions,
        Role.CORNER: block.corner,
        Role.SPANNING: block.spanning,
        Role.BESIDE: block.beside,
        Role.CODES: block.codes,
    }
    for role, words in roles.items():
        for text in words:
            yield label_key(fold_label(text)), Meaning(role, table.id, block.id, "")
    elements: list[tuple[Role, Element]] = [(Role.COLUMN, column) for column in block.columns]
    elements += [(Role.ROW if block.orientation == "rows" else Role.WIDE_ROW, row) for row in block.rows]
    for role, element in elements:
        meaning = Meaning(role, table.id, block.id, element.id)
        number = element.number if isinstance(element, Row) else None
        for text in (element.label, *element.variants):
            key = label_key(fold_label(text))
            yield key, meaning
            if number is not None:
                yield label_key(number) + key, meaning
            if isinstance(element, Row) and element.within is not None:
                yield _PART + key, meaning
                yield _PART + label_key(number or "") + key, meaning
        if element.under is not None:
            yield from _group_keys(table, block, element.under)


def meanings_in_one_cell(forms: Sequence[Form]) -> dict[str, tuple[Meaning, ...]]:
    """The columns that labels name together with what stands above them, by their key.

    Args:
        forms: editions of one family.
    """
    named: dict[str, dict[Meaning, None]] = {}
    tables = [table for form in forms for table in form.tables]
    for table_id, block in ((table.id, block) for table in tables for block in table.blocks):
        for key, column in columns_in_one_cell(block):
            named.setdefault(key, {})[Meaning(Role.COLUMN, table_id, block.id, column)] = None
    return {key: tuple(meanings) for key, meanings in named.items()}


def _group_keys(table: Table, block: Block, group: str) -> Iterator[tuple[str, Meaning]]:
    for wording in (group, *block.group_variants.get(group, ())):
        folded = fold_label(wording)
        for text in (folded, ordinal(folded)[1]):
            yield label_key(text), Meaning(Role.GROUP, table.id, block.id, group)

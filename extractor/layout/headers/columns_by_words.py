"""The orders of columns by the words of a header's lines.

All words are used up (:mod:`extractor.layout.headers.cover`). Within a line, what stands further left is
further left; what stands under a group stands where the group does; a label that is broken has its parts
one below the other. Where a converter left every cell on a line of its own, the lines are those that make
the header of a table (:mod:`extractor.layout.headers.header_lines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from extractor.layout.headers.cover import Labels, orders
from extractor.layout.headers.header_lines import lines_of
from extractor.layout.headers.header_words import (
    EVERY_COLUMN,
    FOREIGN,
    WHOLE,
    Columns,
    HeaderWord,
    labels_by_column,
    sign_of,
    spelling_of,
)
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Column


def columns_by_words(
    words: Sequence[HeaderWord], block: Block, text: str, columns: Sequence[Column], foreign: int = 0
) -> Columns:
    """The orders by which all words are used up.

    Args:
        words: of a header, in reading order, without captions and corners.
        block: whose columns they may name.
        text: the document's text.
        columns: those of them that are looked for.
        foreign: how many of the words name columns that the form doesn't have (:func:`with_foreign_ids`).
    """
    labels = labels_to_cover(words, columns, foreign)
    usual = [column.id for column in block.columns]
    admitted = {
        tuple(None if name.startswith(FOREIGN) else name for name in order)
        for order in _covering_orders(words, block, text, labels)
        if _in_usual_order(order, words, usual)
    }
    names = tuple(sorted(admitted, key=str))
    is_usual = any([name for name in order if name is not None] == usual for order in names)
    is_usual = is_usual or (not names and _keep_usual_order(words, block))
    looked_for = {column.id for column in columns}
    whole = {name: item for name, item in labels_by_column(words).items() if name in looked_for}
    return Columns(names, frozenset(), whole, has_broken=len(whole) < len(columns), may_be_usual=is_usual)


def _keep_usual_order(words: Sequence[HeaderWord], block: Block) -> bool:
    """Whether whole labels of all columns, and of groups, are in the form's order wherever one is told.

    It is told on each line, and by labels alone on their lines. With many of those, more orders are admitted
    than are told apart.
    """
    named = {name for word in words for name in word.ids}
    if any(word.is_stranger for word in words) or named != {column.id for column in block.columns}:
        return False
    lines = [
        [_number_in_form(word, block) for word in line]
        for _, line in groupby(words, key=lambda word: word.item.row)
    ]
    alone = [number for line in lines if len(line) == 1 for number in line]
    return all(line == sorted(line) for line in (*lines, alone))


def _number_in_form(word: HeaderWord, block: Block) -> int:
    """How many columns of the form stand before the first one that a word names, or that its group has."""
    return next(
        number
        for number, column in enumerate(block.columns)
        if column.id in word.ids or (word.group is not None and word.group in (column.under, EVERY_COLUMN))
    )


def with_foreign_ids(words: Sequence[HeaderWord]) -> list[HeaderWord]:
    """The words, each of those that name nothing as the label of a column that the form doesn't have."""
    named: list[HeaderWord] = []
    foreign = 0
    for word in words:
        named.append(HeaderWord(word.item, frozenset({f"{FOREIGN}{foreign}"})) if word.is_stranger else word)
        foreign += word.is_stranger
    return named


def _covering_orders(
    words: Sequence[HeaderWord], block: Block, text: str, labels: Labels
) -> set[tuple[str, ...]]:
    """The orders that the words admit on any of the lines that they may stand on."""
    admitted: set[tuple[str, ...]] = set()
    for lines in lines_of(words, block, text):
        spelt = [[key for word in line for key in spelling_of(word, text)] for line in lines]
        admitted |= orders(spelt, labels)
    return admitted


def _in_usual_order(order: Sequence[str], words: Sequence[HeaderWord], usual: Sequence[str]) -> bool:
    """Whether columns whose labels are the same word stand in the form's order."""
    for word in words:
        alike = [name for name in order if name in word.ids]
        if len(alike) > 1 and alike != sorted(alike, key=usual.index):
            return False
    return True


def labels_to_cover(
    words: Sequence[HeaderWord], columns: Sequence[Column], foreign: int = 0, times: int = 1
) -> Labels:
    """What the words may be put together to; whole labels only to themselves.

    Args:
        words: of a header, in reading order.
        columns: those that are looked for.
        foreign: how many of the words name columns that the form doesn't have.
        times: how often each column stands: its label may be whole in one place, and broken in another.
    """
    by_column: dict[str, list[str]] = {}
    for column in columns:
        whole = [sign_of(word) for word in words if column.id in word.ids]
        broken = _wordings_of(column) if len(whole) < times else []
        by_column[column.id] = list(dict.fromkeys([*whole, *broken]))
    strange = {f"{FOREIGN}{number}": [f"{WHOLE}{FOREIGN}{number}"] for number in range(foreign)}
    by_column |= strange
    members = _members_of_groups(columns)
    spanning = next((word for word in words if word.group == EVERY_COLUMN), None)
    if spanning is not None:
        below = {name for word in words for name in word.ids if word.item.row > spanning.item.row}
        members[EVERY_COLUMN] = frozenset({*members, *below, *(column.id for column in columns)})
    # Words above all columns of the form tell which others stand beside these; a group's label doesn't.
    anywhere = frozenset(strange if spanning is None else ())
    return Labels(by_column, _groups_to_cover(words, members), members, anywhere)


def _wordings_of(column: Column) -> list[str]:
    """The keys of the wordings of a column's label, with its unit and without."""
    wordings = [label_key(fold_label(label)) for label in (column.label, *column.variants)]
    if column.unit is not None:
        wordings += [f"{wording}单位{column.unit}" for wording in wordings]
    return wordings


def _members_of_groups(columns: Sequence[Column]) -> dict[str, frozenset[str]]:
    """The ids of the columns under each group, by the group's label."""
    groups = {str(column.under) for column in columns if column.under is not None}
    return {name: frozenset(column.id for column in columns if column.under == name) for name in groups}


def _groups_to_cover(words: Sequence[HeaderWord], groups: Iterable[str]) -> dict[str, list[str]]:
    """The keys of the labels of groups; one that no word names can be broken, too, if any words are."""
    shown = {word.group for word in words}
    is_broken = any(word.is_stranger for word in words)
    return {
        name: [f"{WHOLE}{name}"] if name in shown else [label_key(fold_label(name))]
        for name in groups
        if name in shown or is_broken
    }

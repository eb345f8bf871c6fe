"""The words of a header as one block's, and what is told by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from extractor.layout.items.items import Item
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key
from rules.form import Block

# Of more words than this that the form doesn't know, nothing is tried.
MOST_STRANGERS = 4
# Marks a word as a label that was recognised whole.
WHOLE = "\0"
# Groups all columns of a block.
EVERY_COLUMN = "*"
# Begins the id of a column that the form doesn't have.
FOREIGN = "?"
# A word of a line of a header.
_WORD = re.compile(r"[^\s|｜│┃]+")

# The ids of columns from left to right; None for a column that the form doesn't have.
Order: TypeAlias = tuple[str | None, ...]


class HeaderWord(NamedTuple):
    """A label or words in a header.

    Attributes:
        item: where they stand.
        ids: the columns that they can name; none if they name none.
        group: the label, as the form has it, of the group that they name, if they do; ``EVERY_COLUMN`` for
            words above all columns.
    """

    item: Item
    ids: frozenset[str] = frozenset()
    group: str | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether they name a column that the form doesn't have."""
        return any(name.startswith(FOREIGN) for name in self.ids)

    @property
    def is_stranger(self) -> bool:
        """Whether they name nothing of the block."""
        return not self.ids and self.group is None


class Columns(NamedTuple):
    """What a header says of the columns of a block.

    Attributes:
        orders: the orders that it admits; none if it tells none.
        lacks: the columns that none of these has: the header doesn't name them.
        labels: by column, the item that names it, as far as it is a whole label or a misprint of one.
        at: the columns of the page's grid at which the labels stand, in the order of the page; empty without.
        foreign_at: of a wide block, those at which words stand that name no column of the form.
        has_broken: whether some labels are put together of words that are broken over lines.
        may_be_usual: whether the form's own order contradicts nothing that the header shows.
    """

    orders: tuple[Order, ...]
    lacks: frozenset[str]
    labels: Mapping[str, Item]
    at: tuple[int, ...] = ()
    foreign_at: frozenset[int] = frozenset()
    has_broken: bool = False
    may_be_usual: bool = False


def group_of(item: Item, table: str, block: Block) -> str | None:
    """The group of columns of a block that an item names, as the form has it.

    Args:
        item: of a header.
        table: the id of the block's table.
        block: the block.
    """
    if item.label is None:
        return None
    groups = {str(column.under) for column in block.columns if column.under is not None}
    return next(
        (
            meaning.element
            for meaning in item.label.meanings
            if meaning.role is Role.GROUP
            and (meaning.table, meaning.block) == (table, block.id)
            and meaning.element in groups
        ),
        None,
    )


def labels_by_column(words: Sequence[HeaderWord]) -> dict[str, Item]:
    """The first label that can name each column, by the id of the column."""
    labels: dict[str, Item] = {}
    for word in words:
        for column in sorted(word.ids):
            labels.setdefault(column, word.item)
    return labels


def sign_of(word: HeaderWord) -> str:
    """The key of a whole label, which is made of no other words: the group or the columns that it names."""
    return WHOLE + (word.group or ",".join(sorted(word.ids)))


def spelling_of(word: HeaderWord, text: str) -> Iterator[str]:
    """The words of a piece of a header as keys; a whole label is one word.

    Args:
        word: the piece.
        text: the document's text.
    """
    if not word.is_stranger:
        yield sign_of(word)
        return
    for match in _WORD.finditer(text, word.item.start, word.item.end):
        if key := label_key(fold_label(match[0])):
            yield key


def is_one_word(line: Sequence[HeaderWord], text: str) -> bool:
    """Whether a line of a header holds a single word.

    Args:
        line: what stands on it.
        text: the document's text.
    """
    return len(line) == 1 and len(list(spelling_of(line[0], text))) == 1

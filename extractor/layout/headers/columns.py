"""The orders of columns that a header admits: by the grid of the page, or by the words of its lines.

The order of columns is what the header shows. Where the page has a grid, the labels' columns in it tell the
order (:mod:`extractor.layout.headers.columns_by_grid`); else the lines of the header do
(:mod:`extractor.layout.headers.columns_by_words`). Words that the form doesn't know are parts of labels that
are broken, misprints, or labels of columns that the form doesn't have.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice

from extractor.layout.headers.columns_by_grid import columns_by_grid, have_shared_cell, order_in_grid
from extractor.layout.headers.columns_by_words import columns_by_words, with_foreign_ids
from extractor.layout.headers.header_words import (
    EVERY_COLUMN,
    MOST_STRANGERS,
    Columns,
    HeaderWord,
    labels_by_column,
)
from extractor.layout.headers.misprints import with_misprints
from extractor.layout.items.items import Item
from extractor.text.figures import numbers_in
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Column


def columns_of(words: Sequence[HeaderWord], block: Block, text: str, spanning: Item | None = None) -> Columns:
    """The orders of columns that the words of a header admit.

    Args:
        words: of the header, in reading order, without captions and corners.
        block: whose columns they may name, one below the other or under groups.
        text: the document's text.
        spanning: the words that stand above all columns of the form, and no other, if they are there.
    """
    is_one_line = _goes_on_with_figures(words, block, text)
    by_grid = columns_by_grid(words, block)
    if by_grid is not None and not is_one_line:
        return by_grid
    if have_shared_cell(words, block):
        # A line between them was overlooked, or was never drawn: which stands left of which isn't told.
        return Columns((), frozenset(), {})
    columns = _by_lines(words, block, text, spanning, is_one_line=is_one_line)
    shown = None if is_one_line else order_in_grid(words, block)
    orders = {tuple(name for name in order if name is not None) for order in columns.orders}
    # Groups that stand elsewhere than their members in the grid may be taken for others; an order that no
    # line tells was exchanged.
    return Columns((), frozenset(), {}) if shown is not None and orders and shown not in orders else columns


def _by_lines(
    words: Sequence[HeaderWord], block: Block, text: str, spanning: Item | None, *, is_one_line: bool
) -> Columns:
    """The orders that the lines of a header admit, wherever in a grid its words stand."""
    named = frozenset(name for word in words for name in word.ids)
    missing = [column for column in block.columns if column.id not in named]
    has_strangers = any(word.is_stranger for word in words)
    if missing and not has_strangers:
        return _of_those_named(words, block, text, missing)
    by_words = _by_words_or_pieces(words, block, text)
    if by_words.orders or not has_strangers:
        return _with_usual_order(by_words, words, block, is_one_line=is_one_line)
    return _with_strangers(words, missing, block, text, spanning)


def _of_those_named(
    words: Sequence[HeaderWord], block: Block, text: str, missing: Sequence[Column]
) -> Columns:
    """The orders of the columns that words name, without those that none of them does."""
    lacks = frozenset(column.id for column in missing)
    present = [column for column in block.columns if column.id not in lacks]
    return columns_by_words(words, block, text, present)._replace(lacks=lacks)


def _by_words_or_pieces(words: Sequence[HeaderWord], block: Block, text: str) -> Columns:
    """The orders of all columns by the words as they are or, if these tell none, with some as pieces."""
    by_words = columns_by_words(words, block, text, block.columns)
    if by_words.orders or not any(word.is_stranger for word in words):
        return by_words
    return columns_by_words(_with_pieces(words, block, text), block, text, block.columns)


def _with_pieces(words: Sequence[HeaderWord], block: Block, text: str) -> list[HeaderWord]:
    """The words, those that are a piece of a longer wording of their column as such: 企业 below 商业.

    Args:
        words: of a header, in reading order.
        block: whose columns they may name.
        text: the document's text.
    """
    wordings = {
        column.id: [label_key(fold_label(label)) for label in (column.label, *column.variants)]
        for column in block.columns
    }

    def is_piece(word: HeaderWord) -> bool:
        key = label_key(fold_label(text[word.item.start : word.item.end]))
        return any(key in wording != key for name in word.ids for wording in wordings.get(name, ()))

    return [HeaderWord(word.item) if is_piece(word) else word for word in words]


def _with_usual_order(
    columns: Columns, words: Sequence[HeaderWord], block: Block, *, is_one_line: bool
) -> Columns:
    """The orders that words admit, and the form's own where only words on other lines contradict it.

    Labels of several rows' height stand in a text where they begin, or where their middle is: 总计 first,
    though it is the last column, or 自然人 behind the five. Which of two columns stands left is told by
    labels on one line, unless the text has put the lines of the header on one.

    Args:
        columns: as the words alone tell them.
        words: of the header, in reading order.
        block: whose columns they name.
        is_one_line: whether the text has put the whole table on a line.
    """
    usual = tuple(column.id for column in block.columns)
    others = [tuple(name for name in order if name is not None) for order in columns.orders]
    if not others or usual in others or any(sorted(order) != sorted(usual) for order in others):
        return columns
    if not is_one_line and any(_is_told_otherwise(order, usual, columns, words, block) for order in others):
        return columns
    return columns._replace(orders=tuple(sorted({*columns.orders, usual}, key=str)))


def _goes_on_with_figures(words: Sequence[HeaderWord], block: Block, text: str) -> bool:
    """Whether figures stand behind a header on its line: the text has put the whole table on one.

    Args:
        words: of the header, in reading order.
        block: whose columns they name.
        text: the document's text.
    """
    end = max(word.item.end for word in words)
    is_turned = len({word.item.row for word in words}) == 1 and "\n" in text[words[0].item.start : end]
    if is_turned:
        # In a table that is turned round each label stands before the figures of its own column.
        return False
    line_end = text.find("\n", end)
    figures = numbers_in(text, end, line_end if line_end >= 0 else None)
    return sum(1 for _ in islice(figures, len(block.columns))) == len(block.columns)


def _is_told_otherwise(
    order: Sequence[str], usual: Sequence[str], columns: Columns, words: Sequence[HeaderWord], block: Block
) -> bool:
    """Whether labels on one line, of columns or of groups, stand in another order than the form's.

    Args:
        order: of the columns.
        usual: the form's.
        columns: as the words alone tell them.
        words: of the header, in reading order.
        block: whose columns they name.
    """
    own = {name: item.row for name, item in columns.labels.items()}
    groups = {str(word.group): word.item.row for word in words if word.group is not None}
    group_of_each = {column.id: str(column.under) for column in block.columns if column.under in groups}
    if any(own.get(name) == groups[group] for name, group in group_of_each.items()):
        # The text has put the lines of the header on one.
        return False

    def lines(name: str, other: str) -> set[int]:
        """The lines on which a column's label stands, and its group's, if the other one isn't of it."""
        group = group_of_each.get(name, "")
        is_apart = group in groups and group != group_of_each.get(other)
        return {own.get(name, -1), *([groups[group]] if is_apart else [])}

    inverted = [pair for pair in combinations(order, 2) if usual.index(pair[0]) > usual.index(pair[1])]
    return any(lines(left, right) & lines(right, left) - {-1} for left, right in inverted)


def _with_strangers(
    words: Sequence[HeaderWord], missing: Sequence[Column], block: Block, text: str, spanning: Item | None
) -> Columns:
    """The orders where some words are no parts of labels: they name other columns, or are misprints.

    Args:
        words: of the header, in reading order.
        missing: the columns that none of them names.
        block: whose columns they may name.
        text: the document's text.
        spanning: the words that stand above all columns of the form, if they are there.
    """
    if not missing:
        return _with_foreign(words, block, text, spanning)
    repaired = with_misprints(words, missing, block, text)
    if repaired is not None:
        return columns_of(repaired, block, text, spanning)
    may_be_usual = _may_be_usual(words, block, text)
    return Columns((), frozenset(), labels_by_column(words), may_be_usual=may_be_usual)


def _with_foreign(words: Sequence[HeaderWord], block: Block, text: str, spanning: Item | None) -> Columns:
    """Words that name nothing are columns of their own, if they stand among the columns; else nothing."""
    strangers = sum(word.is_stranger for word in words)
    if strangers > MOST_STRANGERS:
        return Columns((), frozenset(), labels_by_column(words))
    named = with_foreign_ids(words)
    if spanning is not None:
        named = sorted([*named, HeaderWord(spanning, group=EVERY_COLUMN)], key=lambda word: word.item.start)
    return columns_by_words(named, block, text, block.columns, strangers)


def _may_be_usual(words: Sequence[HeaderWord], block: Block, text: str) -> bool:
    """Whether what is known of a header contradicts nothing of the form's own order.

    Beside labels of the form, another word than a piece of one names another column.
    """
    known = [word for word in words if not word.is_stranger]
    named = {name for word in known for name in word.ids}
    present = [column for column in block.columns if column.id in named]
    if not present:
        return True
    if any(_is_no_piece(word, block, text) for word in words if word.is_stranger):
        return False
    usual = [column.id for column in present]
    return any(list(order) == usual for order in columns_by_words(known, block, text, present).orders)


def _is_no_piece(word: HeaderWord, block: Block, text: str) -> bool:
    """Whether a word has characters that no words of the block's header have: it is no piece of any."""
    labels = [
        label for column in block.columns for label in (column.label, *column.variants, column.under or "")
    ]
    known = frozenset(
        "".join(label_key(fold_label(label)) for label in (*labels, *block.corner, *block.spanning))
    )
    return not known.issuperset(label_key(fold_label(text[word.item.start : word.item.end])))

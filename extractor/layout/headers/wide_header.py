"""The header of a wide table: its rows side by side, each with all columns below its label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from extractor.layout.headers.columns_by_grid import told_apart
from extractor.layout.headers.columns_by_words import labels_to_cover
from extractor.layout.headers.cover import orders
from extractor.layout.headers.header_words import (
    Columns,
    HeaderWord,
    Order,
    is_one_word,
    labels_by_column,
    spelling_of,
)
from extractor.layout.headers.misprints import with_misprints
from extractor.layout.items.items import Item
from extractor.layout.words.labels import CHANGES_MEANING
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key
from rules.form import Block

# Of labels of four characters another one with three of them in order is a misprint; 结果驳回 isn't 结果纠正.
_ONE_CHARACTER = 0.75
# One character stands in many labels.
_LEAST_OF_SHORT = 2


def labels_of(header: Sequence[Item], table: str, block: Block) -> list[tuple[str, Item]]:
    """The labels of the rows of a wide table that stand in its header, as the page has them.

    Args:
        header: its items, in reading order.
        table: the id of the table.
        block: the block whose rows they are.

    Returns:
        The id of each row and its label.
    """
    key = (table, block.id)
    return _once(
        [
            (next(iter(ids)), item)
            for item in header
            if item.label is not None and len(ids := item.label.wide_rows.get(key, frozenset())) == 1
        ]
    )


def rows_of(header: Sequence[Item], table: str, block: Block) -> list[tuple[str, Item]]:
    """The rows whose labels stand in the header of a wide table, from left to right.

    Args:
        header: its items, in reading order.
        table: the id of the table.
        block: the block whose rows they are.

    Returns:
        The id of each row and its label; none if what stands there doesn't tell their order.
    """
    if any(item.grid_column is None for item in header):
        # Lines that are broken inside their cells have no columns in common.
        header = [replace(item, grid_column=None) for item in header]
    shown = labels_of(header, table, block)
    anchors = _anchors(header, table, block, shown)
    ordered = sorted(shown, key=lambda row: (anchors[row[0]], row[1].start)) if anchors else []
    groups = [next(row.under for row in block.rows if row.id == name) for name, _ in ordered]
    # The rows of a group stand side by side.
    runs = [group for group, _ in groupby(groups) if group is not None]
    return ordered if len(runs) == len(set(runs)) else []


def _anchors(
    header: Sequence[Item], table: str, block: Block, shown: Sequence[tuple[str, Item]]
) -> dict[str, float]:
    """Where each row stands from left to right; nothing if what stands in the header doesn't tell it."""
    names = [name for name, _ in shown]
    if len(set(names)) != len(names):
        return {}
    middles = [item.middle for _, item in shown if item.middle is not None]
    if len(middles) == len(shown):
        return dict(zip(names, middles, strict=True))
    is_parted = any(_is_parted(header, table, block, name, shown) for name in names)
    if is_parted or _are_stepped(header, table, block, shown):
        return {}
    return {name: _anchor(item, _group(header, table, block, name)) for name, item in shown}


def _once(labels: Sequence[tuple[str, Item]]) -> list[tuple[str, Item]]:
    """Without those that merged cells repeat beside themselves."""
    return [next(group) for _, group in groupby(labels, key=lambda label: label[0])]


def _groups(header: Sequence[Item], table: str, block: Block, row: str) -> list[Item]:
    """The labels in the header of the group that a row stands under."""
    under = next(element.under for element in block.rows if element.id == row)
    group = (Role.GROUP, table, block.id, under)
    return [item for item in header if item.label is not None and group in item.label.meanings]


def _group(header: Sequence[Item], table: str, block: Block, row: str) -> Item | None:
    """The first label of the group that a row stands under, if the header has it."""
    return next(iter(_groups(header, table, block, row)), None)


def _is_parted(
    header: Sequence[Item], table: str, block: Block, row: str, shown: Sequence[tuple[str, Item]]
) -> bool:
    """Whether another group's row stands between two labels of a row's group, and no grid tells them apart.

    Args:
        header: its items, in reading order.
        table: the id of the table.
        block: the block whose rows they are.
        row: the row in question.
        shown: every row and its label.
    """
    groups = _groups(header, table, block, row)
    if not groups or groups[0].grid_column is not None:
        return False
    under = {element.id: element.under for element in block.rows}
    others = [item for name, item in shown if under[name] != under[row]]
    return any(groups[0].start < item.start < groups[-1].start for item in others)


def _are_stepped(header: Sequence[Item], table: str, block: Block, shown: Sequence[tuple[str, Item]]) -> bool:
    """Whether the labels of rows stand in another order than the form's, and on several lines without a grid.

    So the text of pages has cells of two rows' height: 行政诉讼, 行政复议, then 未经复议直接起诉 and
    复议后起诉 on a line. That doesn't tell what stands left; it may be the form's order, or the other one.

    Args:
        header: its items, in reading order.
        table: the id of the table.
        block: the block whose rows they are.
        shown: every row and its label.
    """
    topmost = [_group(header, table, block, name) or item for name, item in shown]
    if any(item.grid_column is not None for item in topmost) or len({item.row for item in topmost}) == 1:
        return False
    at = {name: item.start for (name, _), item in zip(shown, topmost, strict=True)}
    starts = [at[row.id] for row in block.rows if row.id in at]
    return starts != sorted(starts)


def _anchor(label: Item, group: Item | None) -> int:
    """Where a row stands from left to right: by the grid, or where its group's label stands above it."""
    if label.grid_column is not None and (group is None or group.grid_column is not None):
        return label.grid_column
    return group.start if group is not None and group.start < label.start else label.start


def wide_columns_of(words: Sequence[HeaderWord], block: Block, text: str) -> Columns:
    """The orders of columns under each row of a wide table that its header admits.

    Args:
        words: of the header below the labels of rows, in reading order.
        block: whose columns they name.
        text: the document's text.
    """
    columns = repeated_orders(words, block, text, len(block.rows))
    repaired = None
    if not columns.orders:
        repaired = _with_misprints(words, block, text) or _with_short_labels(words, block, text)
    if repaired is not None:
        # What is no whole label of the form is shown as put together.
        columns = repeated_orders(repaired, block, text, len(block.rows))._replace(has_broken=True)
    size = len(block.columns)
    shown = {order[:size] for order in columns.orders if order == order[:size] * len(block.rows)}
    return columns._replace(orders=tuple(sorted(shown, key=str)))


def _with_misprints(words: Sequence[HeaderWord], block: Block, text: str) -> list[HeaderWord] | None:
    """The words with misprints of one character read as labels, each as often as there are rows."""
    strangers = _strangers(words, text)
    known = [word for word in words if not word.is_stranger]
    named = {name for word in known for name in word.ids}
    missing = [column for column in block.columns if column.id not in named]
    if not strangers or any(len(alike) != len(block.rows) for alike in strangers.values()):
        return None
    firsts = [alike[0] for alike in strangers.values()]
    once = with_misprints([*known, *firsts], missing, block, text, _ONE_CHARACTER)
    if once is None:
        return None
    ids = dict(zip(strangers, (word.ids for word in once[len(known) :]), strict=True))
    repaired = [
        word._replace(ids=ids[words_alike]) for words_alike, alike in strangers.items() for word in alike
    ]
    return sorted([*known, *repaired], key=lambda word: word.item.start)


def _with_short_labels(words: Sequence[HeaderWord], block: Block, text: str) -> list[HeaderWord] | None:
    """The words with those read as labels that are a part of one only: 维持, 未审结; None if any is none.

    What is left out mustn't change what is said: 审结 isn't 尚未审结.
    """
    whole = []
    for word in words:
        key = label_key(fold_label(text[word.item.start : word.item.end]))
        named = word.ids if not word.is_stranger else _columns_with(key, block)
        if len(named) != 1:
            return None
        whole.append(word._replace(ids=named))
    return whole


def _columns_with(key: str, block: Block) -> frozenset[str]:
    """The columns whose labels hold a word of several characters, and nothing beside it that changes them."""
    if len(key) < _LEAST_OF_SHORT:
        return frozenset()
    return frozenset(
        column.id
        for column in block.columns
        for label in (label_key(fold_label(wording)) for wording in (column.label, *column.variants))
        if key in label and CHANGES_MEANING.isdisjoint(label.replace(key, "", 1))
    )


def _strangers(words: Sequence[HeaderWord], text: str) -> dict[str, list[HeaderWord]]:
    """The words of a header that name nothing, those together that are printed alike."""
    strangers: dict[str, list[HeaderWord]] = {}
    for word in words:
        if word.is_stranger:
            strangers.setdefault(text[word.item.start : word.item.end], []).append(word)
    return strangers


def repeated_orders(words: Sequence[HeaderWord], block: Block, text: str, times: int) -> Columns:
    """The orders of columns that a header admits in which all columns stand several times, side by side.

    Args:
        words: of the header, without the labels that stand above the columns.
        block: whose columns they name.
        text: the document's text.
        times: how often all columns stand side by side.

    Returns:
        The orders have all columns as often as they stand.
    """
    lines = _lines_of_columns(words, block, text, times)
    leaves = [word for line in lines for word in line]
    by_grid = _by_grid(leaves, block, times)
    if by_grid is not None:
        return by_grid
    in_turn = _in_turn(words, block, times)
    if in_turn is not None:
        return Columns((in_turn,), frozenset(), labels_by_column(words))
    spelt = [[key for word in line for key in spelling_of(word, text)] for line in lines]
    admitted = orders(spelt, labels_to_cover(leaves, block.columns, times=times), times)
    has_broken = any(word.is_stranger for word in leaves)
    return Columns(tuple(sorted(admitted)), frozenset(), labels_by_column(leaves), has_broken=has_broken)


def _in_turn(words: Sequence[HeaderWord], block: Block, times: int) -> Order | None:
    """The order in which whole labels of all columns stand, one time after the other, on whatever lines.

    So lines of cells look that are broken inside their cells. An order that isn't each time the same is one,
    too: that labels of several lines can be put together to another one that is says nothing. None where they
    don't stand so.
    """
    names = [next(iter(word.ids)) for word in words if len(word.ids) == 1]
    width = len(block.columns)
    ids = sorted(column.id for column in block.columns)
    is_whole = len(names) == len(words) == width * times
    turns = [sorted(names[start : start + width]) for start in range(0, len(names), width)]
    return tuple(names) if is_whole and all(turn == ids for turn in turns) else None


def _lines_of_columns(
    words: Sequence[HeaderWord], block: Block, text: str, times: int
) -> list[list[HeaderWord]]:
    """The lines on which the labels of the columns stand.

    That is the lowest line that has as many labels as there are columns; else all of them or, a cell a line,
    a single one.
    """
    size = len(block.columns) * times
    lines = [_leaves(line) for _, line in groupby(words, key=lambda word: word.item.row)]
    named = [sum(not word.is_stranger for word in line) for line in lines]
    lowest = next(
        (line for line, count in zip(reversed(lines), reversed(named), strict=True) if count == size), None
    )
    if lowest is not None:
        return [lowest]
    if not all(is_one_word(line, text) for line in lines):
        return lines
    leaves = [word for line in lines for word in line]
    # What stands once more are the labels of the first row, which merged cells repeat.
    return [leaves[len(block.columns) :] if len(leaves) == size + len(block.columns) else leaves]


def _by_grid(leaves: Sequence[HeaderWord], block: Block, times: int) -> Columns | None:
    """The order by the columns of the page's grid; None if the labels don't stand one at each of them.

    Words that name nothing are labels of columns that the form doesn't have.
    """
    width = len(block.columns)
    named = [word for word in leaves if not word.is_stranger]
    at, foreign = _grid_columns(named), _grid_columns(word for word in leaves if word.is_stranger)
    is_whole = len(at) + len(foreign) == len(leaves) and at.isdisjoint(foreign)
    if len(at) != width * times or not is_whole:
        return None
    ordered = sorted(named, key=lambda word: word.item.grid_column or 0)
    labels = labels_by_column(ordered)
    order: list[str] = []
    for start in range(0, len(ordered), width):
        names = told_apart([word.ids for word in ordered[start : start + width]], block)
        if names is None:
            return Columns((), frozenset(), labels)
        order += names
    return Columns((tuple(order),), frozenset(), labels, tuple(sorted(at)), foreign)


def _grid_columns(words: Iterable[HeaderWord]) -> frozenset[int]:
    """The columns of the grid at which words stand, as far as they stand at any."""
    columns = (word.item.grid_column for word in words)
    return frozenset(column for column in columns if column is not None)


def _leaves(line: Iterable[HeaderWord]) -> list[HeaderWord]:
    """A line without the labels of groups."""
    return [word for word in line if word.group is None]

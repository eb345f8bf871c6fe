"""The order of columns by the page's grid: each label stands at the column that its figures stand at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from extractor.layout.headers.header_words import Columns, HeaderWord
from rules.form import Block


def columns_by_grid(words: Sequence[HeaderWord], block: Block) -> Columns | None:
    """The order by the columns of the page's grid.

    Args:
        words: of a header, in reading order, without captions and corners.
        block: whose columns they may name.

    Returns:
        None if the page has no grid in which the labels fit.
    """
    at = _labels_by_grid_column(words)
    if not at or not _groups_are_above(words, at, block):
        return None
    names = told_apart([at[column].ids for column in sorted(at)], block)
    if names is None:
        return None
    name_at = dict(zip(sorted(at), names, strict=True))
    labels = {name: at[column].item for column, name in name_at.items()}
    lacks = frozenset(column.id for column in block.columns) - labels.keys()
    foreign = _strange_columns(words) - at.keys()
    if lacks and foreign:
        return None
    if _are_parted(words, at, foreign):
        return Columns((), lacks, labels)
    shown = sorted({*name_at, *foreign})
    return Columns((tuple(name_at.get(column) for column in shown),), lacks, labels, tuple(shown))


def order_in_grid(words: Sequence[HeaderWord], block: Block) -> tuple[str, ...] | None:
    """The order in which the labels of all columns stand in the page's grid, whatever their groups.

    Args:
        words: of a header, in reading order.
        block: whose columns they may name.

    Returns:
        None if they aren't all there, each at a column of its own.
    """
    at = _labels_by_grid_column(words)
    names = told_apart([at[column].ids for column in sorted(at)], block)
    return tuple(names) if names is not None and len(names) == len(block.columns) else None


def _labels_by_grid_column(words: Sequence[HeaderWord]) -> dict[int, HeaderWord]:
    """The labels of columns by the column of the grid; none if some stand at none, or differ at the same."""
    at: dict[int, HeaderWord] = {}
    for word in words:
        if not word.ids:
            continue
        column = word.item.grid_column
        if column is None or (column in at and at[column].ids != word.ids):
            return {}
        at[column] = word
    return at


def _strange_columns(words: Sequence[HeaderWord]) -> set[int]:
    """The columns of the grid at which words stand that name nothing of the block."""
    columns = (word.item.grid_column for word in words if word.is_stranger)
    return {column for column in columns if column is not None}


def _are_parted(words: Sequence[HeaderWord], at: Mapping[int, HeaderWord], foreign: Set[int]) -> bool:
    """Whether a line of other words below the labels parts their columns: 本年 and 累计 under each."""
    strangers = [word.item for word in words if word.is_stranger]
    lines = {
        item.row
        for item in strangers
        if (label := at.get(item.grid_column or 0)) is not None and item.row > label.item.row
    }
    return any(item.row in lines and item.grid_column in foreign for item in strangers)


def _groups_are_above(words: Sequence[HeaderWord], at: Mapping[int, HeaderWord], block: Block) -> bool:
    """Whether the label of every group stands above the group's columns and no others."""
    under = {column.id: column.under for column in block.columns}
    for word in words:
        if word.group is None:
            continue
        members = [
            column for column, leaf in at.items() if any(under[name] == word.group for name in leaf.ids)
        ]
        start = word.item.grid_column
        if not members or start is None:
            continue
        # What shares the cell of the group stands where it begins, if none of the group's does.
        first = min(members) if _shares_its_cell(word, words, block) else min(start, *members)
        covered = range(first, max(members) + 1)
        if any(column in at and column not in members for column in covered):
            return False
    return True


def have_shared_cell(words: Sequence[HeaderWord], block: Block) -> bool:
    """Whether a cell of the page's grid has the labels of two columns, or a group's and one of no such group.

    Args:
        words: of a header.
        block: whose columns they name.
    """
    return any(_shares_its_cell(word, words, block) for word in words)


def _shares_its_cell(word: HeaderWord, words: Sequence[HeaderWord], block: Block) -> bool:
    """Whether a label has its cell in common with that of another column, which isn't in its group.

    Args:
        word: of a header.
        words: all of them.
        block: whose columns they name.
    """
    place = (word.item.row, word.item.grid_column)
    members = {column.id for column in block.columns if str(column.under) == word.group}
    own = word.ids if word.ids else members
    return (
        word.item.grid_column is not None
        and bool(own)
        and any(
            other.ids and other.ids.isdisjoint(own) and (other.item.row, other.item.grid_column) == place
            for other in words
        )
    )


def told_apart(ids: Sequence[frozenset[str]], block: Block) -> list[str] | None:
    """One column for each label; labels that can name the same columns name them in the form's order.

    Args:
        ids: the columns that each label can name, from left to right.
        block: whose columns they are.

    Returns:
        None if a label is left over.
    """
    usual = [column.id for column in block.columns]
    told: list[str] = []
    for names in ids:
        column = next((name for name in usual if name in names and name not in told), None)
        if column is None:
            return None
        told.append(column)
    return told

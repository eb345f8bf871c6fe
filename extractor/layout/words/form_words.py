"""The words that forms print: what their headers are made of, the labels of groups of rows, units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from extractor.text.folding import fold_label, label_key
from rules.form import Block, Form

# Words of so many characters can be told to be a part of a corner's, at its end of one less.
_LEAST_OF_CORNER = 3


class HeaderWords(NamedTuple):
    """What the header of a block is made of, as keys.

    Attributes:
        columns: the labels of its columns, of which there may be pieces.
        others: the labels of groups of columns, of the rows of a wide block, and above all columns.
        corner: the words of the corner, of which there may be pieces.
    """

    columns: frozenset[str]
    others: frozenset[str]
    corner: frozenset[str]


def header_words(block: Block) -> HeaderWords:
    """What the header of a block is made of.

    Args:
        block: with its columns, in either orientation.
    """
    wide_rows = block.rows if block.orientation == "wide" else ()
    above = [element.under for element in (*block.columns, *wide_rows) if element.under is not None]
    others = [
        *above,
        *block.spanning,
        *(wording for row in wide_rows for wording in (row.label, *row.variants)),
    ]
    columns = [wording for column in block.columns for wording in (column.label, *column.variants)]
    keys = ([label_key(fold_label(words)) for words in of] for of in (columns, others, block.corner))
    return HeaderWords(*map(frozenset, keys))


def is_of_corner(key: str, corner: Collection[str]) -> bool:
    """Whether words are a part of those in a header's corner, long enough to be told.

    Args:
        key: of the words.
        corner: the keys of those that the form has there.
    """
    is_end = len(key) == _LEAST_OF_CORNER - 1 and any(words.endswith(key) for words in corner)
    return is_end or (len(key) >= _LEAST_OF_CORNER and any(key in words for words in corner))


def columns_in_one_cell(block: Block) -> Iterator[tuple[str, str]]:
    """Labels of columns together with what stands above them, as keys, and the ids of the columns.

    Converters write the lines of a header as one, 法人或其他组织.商业企业; pages, 法人或其他组织(商业企业).

    Args:
        block: with its columns.
    """
    above_all = ["", *map(_key, (*block.spanning, *block.captions))]
    for column in block.columns:
        group = column.under
        of_group = [_key(words) for words in (group, *block.group_variants.get(group, ()))] if group else []
        above = [outer + inner for outer in above_all for inner in (*of_group, "") if outer + inner]
        for label in (column.label, *column.variants):
            yield from ((words + _key(label), column.id) for words in above)


def _key(words: str) -> str:
    return label_key(fold_label(words))


def characters_of(headers: Iterable[HeaderWords]) -> frozenset[str]:
    """Every character that stands in headers.

    Args:
        headers: of blocks.
    """
    return frozenset().union(*(key for header in headers for keys in header for key in keys))


def groups_of_rows(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The labels of groups of rows, folded, with their ordinals.

    Args:
        blocks: of forms; each label is given once.
    """
    groups = (group for block in blocks for row in block.rows if (group := row.under) is not None)
    return tuple(dict.fromkeys(fold_label(group) for group in groups))


def units_of_rows(blocks: Iterable[Block]) -> frozenset[str]:
    """The units that rows are counted in, folded, of blocks with a unit a row.

    Args:
        blocks: of forms.
    """
    units = (row.unit for block in blocks for row in block.rows)
    return frozenset(fold_label(unit) for unit in units if unit is not None)


def wordings(form: Form) -> Iterator[str]:
    """Every wording of the labels of rows and columns.

    Args:
        form: an edition.
    """
    for table in form.tables:
        for block in table.blocks:
            for element in (*block.rows, *block.columns):
                yield from (element.label, *element.variants)

"""The pydantic models of replies, made from what a report is expected to hold.

They are for machines: ASCII names, no prose. What the names mean is in the prompt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model

from extractor.layout.reading import ColumnLabel, ReadBlock, Reading, ReadRow
from rules.form import Block, Table


class Unit(NamedTuple):
    """What is asked for at a time: a row, or a wide block, whose rows stand on one line.

    Attributes:
        name: what a reply calls it.
        table: that it is in.
        block: that it is in.
        rows: what the layout reading has of it.
        addresses: of its cells, in the order of the page.
        columns: the labels of its columns, if rows that the page settles stand below them with their figures
            in the form's order; else none.
    """

    name: str
    table: Table
    block: Block
    rows: tuple[ReadRow, ...]
    addresses: tuple[str, ...]
    columns: tuple[ColumnLabel, ...] = ()


def units_of(reading: Reading) -> tuple[Unit, ...]:
    """Everything that a report is expected to hold, in the order of its form."""
    stated = [(block, rows) for block in reading.blocks for rows in _by_line(block)]
    names = _told_apart(
        [(block.table.id, block.block.id, _plain_name(block, rows)) for block, rows in stated]
    )
    return tuple(
        Unit(
            name,
            block.table,
            block.block,
            rows,
            tuple(address for row in rows for address in row.addresses),
            _columns(block),
        )
        for (block, rows), name in zip(stated, names, strict=True)
    )


def _columns(block: ReadBlock) -> tuple[ColumnLabel, ...]:
    """The labels above rows without a doubt, if all of these have their figures in the order of the form."""
    certain = [row for row in block.found if row.spans and not row.doubts and not row.open]
    is_in_order = all(
        None not in row.spans and list(row.spans) == sorted(filter(None, row.spans)) for row in certain
    )
    return certain[0].columns if certain and is_in_order else ()


def _by_line(block: ReadBlock) -> Iterator[tuple[ReadRow, ...]]:
    if block.block.orientation == "wide":
        yield block.found
    else:
        yield from ((row,) for row in block.found)


def _plain_name(block: ReadBlock, rows: Sequence[ReadRow]) -> str:
    return block.block.id if block.block.orientation == "wide" else rows[0].row.id


def _told_apart(units: Sequence[tuple[str, str, str]]) -> list[str]:
    """The names of units, each with as little before it as tells it from the others.

    Args:
        units: the table, the block and the plain name of each.
    """
    plain = Counter(name for _, _, name in units)
    in_table = Counter((table, name) for table, _, name in units)
    names = []
    for table, block, name in units:
        if plain[name] == 1:
            names.append(name)
        elif in_table[table, name] == 1:
            names.append(f"{table}.{name}")
        else:
            names.append(f"{table}.{block}.{name}")
    return names


def by_block(units: Sequence[Unit]) -> Iterator[tuple[Table, Block, tuple[Unit, ...]]]:
    """The units of each block together."""
    for (table, block), group in groupby(units, key=lambda unit: (unit.table, unit.block)):
        yield table, block, tuple(group)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RowReply(_Reply):
    """Figures as they stand on a line; every reply schema narrows ``row`` to the rows asked for."""

    row: str
    line: int
    cells: tuple[str, ...]


class TablesReply(_Reply):
    """What was read: rows with their figures, and the lines on which nothing but zeros stands."""

    rows: tuple[RowReply, ...]
    zeros: tuple[int, ...]


# What a reply calls a row or column that the form doesn't have; no row or column of a form is called so.
NONE = "none"
# More columns than this no table of a form has, with those of an earlier year beside them.
_MOST_COLUMNS = 20
# A label is broken over no more lines.
_MOST_WORDS = 8


class ColumnReply(_Reply):
    """A column of a table, and the words of the header that are its label."""

    column: str
    words: tuple[str, ...]


class ColumnsReply(_Reply):
    """The columns of a table from left to right."""

    columns: tuple[ColumnReply, ...]


@lru_cache(maxsize=16)
def columns_schema(names: tuple[str, ...]) -> type[ColumnsReply]:
    """The schema of a reply about a header.

    Args:
        names: of the columns.
    """
    one_of: Any = Literal[(*names, NONE)]
    words = (tuple[str, ...], Field(max_length=_MOST_WORDS))
    column = create_model("Column", __base__=ColumnReply, __doc__="", column=(one_of, ...), words=words)
    columns: Any = tuple[column, ...]
    return create_model(
        "Reply", __base__=ColumnsReply, __doc__="", columns=(columns, Field(max_length=_MOST_COLUMNS))
    )


class LabelReply(_Reply):
    """A label as the page has it, on its line, and the row of the form that it is."""

    line: int
    words: str
    row: str


class LabelsReply(_Reply):
    """Labels that are none of the form's, and what they are."""

    labels: tuple[LabelReply, ...]


@lru_cache(maxsize=16)
def labels_schema(names: tuple[str, ...], count: int) -> type[LabelsReply]:
    """The schema of a reply about labels.

    Args:
        names: of the rows that they may be.
        count: how many labels are asked about.
    """
    one_of: Any = Literal[(*names, NONE)]
    label = create_model("Label", __base__=LabelReply, __doc__="", row=(one_of, ...))
    labels: Any = tuple[label, ...]
    return create_model("Reply", __base__=LabelsReply, __doc__="", labels=(labels, Field(max_length=count)))


# What a reply calls a table that is the report's own, and one that isn't.
OWN, OTHER = "own", "other"


class OwnerReply(_Reply):
    """Whose a table is, and the words above it that say so."""

    table: int
    of: Literal["own", "other"]
    words: str


class OwnersReply(_Reply):
    """Which of several tables of a kind is the report's own."""

    tables: tuple[OwnerReply, ...]


@lru_cache(maxsize=4)
def owners_schema(count: int) -> type[OwnersReply]:
    """The schema of a reply about whose tables are.

    Args:
        count: how many tables are asked about.
    """
    table: Any = create_model("Table", __base__=OwnerReply, __doc__="")
    return create_model(
        "Reply",
        __base__=OwnersReply,
        __doc__="",
        tables=(tuple[table, ...], Field(max_length=count)),
    )


class NamedWords(_Reply):
    """A row or a column of a form, and the words of the page that are its label."""

    name: str
    line: int
    words: str


class SeriesReply(NamedWords):
    """Figures that follow one another behind the label of the row, or column, that all of them are of."""

    cells: tuple[str, ...]


class MappingReply(_Reply):
    """What some lines are of a table: its figures row by row, or column by column.

    Attributes:
        by: what the series are.
        across: the columns, or rows, that the figures of every series are of, in the order of the page.
        series: the rows, or columns.
    """

    by: Literal["rows", "columns"]
    across: tuple[NamedWords, ...]
    series: tuple[SeriesReply, ...]


@lru_cache(maxsize=16)
def mapping_schema(names: tuple[str, ...]) -> type[MappingReply]:
    """The schema of a reply about the lines of a table.

    Args:
        names: of its rows and columns.
    """
    one_of: Any = Literal[(*names, NONE)]
    label = create_model("Label", __base__=NamedWords, __doc__="", name=(one_of, ...))
    cells = (tuple[str, ...], Field(max_length=len(names)))
    series = create_model("Series", __base__=SeriesReply, __doc__="", name=(one_of, ...), cells=cells)
    labels: Any = tuple[label, ...]
    many: Any = tuple[series, ...]
    return create_model(
        "Reply",
        __base__=MappingReply,
        __doc__="",
        across=(labels, Field(max_length=2 * len(names))),
        series=(many, Field(max_length=2 * len(names))),
    )


class PartReply(_Reply):
    """What a row of a table stands below, and the words of the page that say so; 0 for nothing."""

    line: int
    above: int
    words: str


class SumReply(_Reply):
    """Rows that add up to another one, and the words of the page that say so."""

    whole: int
    parts: tuple[int, ...]
    words: str


class StructureReply(_Reply):
    """How the rows of a table of no known form hang together."""

    rows: tuple[PartReply, ...]
    sums: tuple[SumReply, ...]


@lru_cache(maxsize=16)
def structure_schema(size: int) -> type[StructureReply]:
    """The schema of a reply about a table of no known form.

    Args:
        size: how many rows it has.
    """
    many = Field(max_length=size)
    summed: Any = create_model("Sum", __base__=SumReply, __doc__="", parts=(tuple[int, ...], many))
    part: Any = create_model("Row", __base__=PartReply, __doc__="")
    return create_model(
        "Reply",
        __base__=StructureReply,
        __doc__="",
        rows=(tuple[part, ...], many),
        sums=(tuple[summed, ...], many),
    )


@lru_cache(maxsize=64)
def reply_schema(names: tuple[str, ...], width: int) -> type[TablesReply]:
    """The schema of a reply.

    All lists are bounded: a server that holds its model to the schema then brings it to an end, too.

    Args:
        names: of the units that are asked for.
        width: how many cells the widest of them has.
    """
    one_of: Any = Literal[names]
    cells = (tuple[str, ...], Field(max_length=width))
    row = create_model("Row", __base__=RowReply, __doc__="", row=(one_of, ...), cells=cells)
    rows: Any = tuple[row, ...]
    return create_model(
        "Reply",
        __base__=TablesReply,
        __doc__="",
        rows=(rows, Field(max_length=len(names))),
        zeros=(tuple[int, ...], Field(max_length=len(names))),
    )

"""Generated reports whose table 3 has lost its rows and columns, with their gold: what only reading tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from eval.zoo.drawing import draw_left_out, draw_numbers, draw_style, printed_as
from eval.zoo.generation import (
    CLOSING,
    HEADINGS,
    ORGANS,
    PREAMBLE,
    YEARS,
    FlatLayout,
    GeneratedReport,
    GoldFigure,
    Writer,
    draw_narrative,
)
from rules.form import Block, Column, Row
from rules.loader import built_in_forms

_TABLE = "requests"


class FlatTable(NamedTuple):
    """Table 3 as a flattened page has it.

    Attributes:
        rows: those that it has, in the order of the form.
        columns: in the order of the form.
        by_rows: whether the figures of a row follow one another; else those of a column do.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    by_rows: bool


def label_of(element: Row | Column) -> str:
    """What a flattened page prints as the label of a row or column.

    Args:
        element: the row or column.
    """
    return f"{element.number or ''}{element.label}" if isinstance(element, Row) else element.label


def flat_table(report: GeneratedReport) -> FlatTable:
    """Table 3 of a flattened report.

    Args:
        report: from :func:`flattened`.
    """
    table = next(one for one in report.form.tables if one.id == _TABLE)
    (block,) = table.blocks
    rows = tuple(row for row in block.rows if f"{_TABLE}.{row.id}.{block.columns[0].id}" in report.cells)
    by_rows = report.layout in (FlatLayout.PARAGRAPH, FlatLayout.SENTENCES)
    return FlatTable(rows, block.columns, by_rows)


def flattened(seed: int, layout: FlatLayout) -> GeneratedReport:
    """A report.

    Args:
        seed: the same seed and layout give the same report.
        layout: how its table 3 is written down; the other tables are whole.
    """
    rng = Random(f"{seed} {layout}")  # noqa: S311  # no secret
    form = rng.choice(built_in_forms())
    left_out = draw_left_out(rng, form)
    numbers, others = (draw_numbers(rng, form, left_out) for _ in range(2))
    # A blank leaves nothing where cells have no borders.
    style = draw_style(rng)
    style = style._replace(zero=style.zero or "0")
    printed = {address: printed_as(rng, number, style, address) for address, number in numbers.items()}
    writer = Writer()
    year = rng.randint(*YEARS[form.edition])
    writer.put(PREAMBLE.format(organ=rng.choice(ORGANS), year=year))
    for sentence in draw_narrative(rng, year, numbers["requests.received.total"]):
        writer.put(f"{sentence}\n")
    for table in form.tables:
        writer.put(f"{HEADINGS[table.id]}\n")
        for block in table.blocks:
            shown = [row for row in block.rows if f"{table.id}.{row.id}.{block.columns[0].id}" in printed]
            if table.id == _TABLE:
                _write_flat(writer, layout, shown, block, printed)
            elif block.orientation == "wide":
                _write_wide(writer, table.id, shown, block, printed)
            else:
                _write_rows(writer, table.id, shown, block, printed)
    writer.put(CLOSING)
    text = writer.text()
    cells = {a: GoldFigure(printed[a], numbers[a], writer.starts[a], is_torn=False) for a in printed}
    other_year = {address: printed_as(rng, number, style, address) for address, number in others.items()}
    return GeneratedReport(text, form, layout, cells, other_year, ())


def _write_rows(
    writer: Writer, table: str, rows: Sequence[Row], block: Block, printed: Mapping[str, str]
) -> None:
    labels = [f"{one.label}（单位：{one.unit}）" if one.unit else one.label for one in block.columns]
    writer.put("\t".join(["信息内容", *labels]) + "\n")
    for row in rows:
        writer.put(label_of(row))
        for column in block.columns:
            writer.put("\t")
            address = f"{table}.{row.id}.{column.id}"
            writer.figure(address, printed[address])
        writer.put("\n")


def _write_wide(
    writer: Writer, table: str, rows: Sequence[Row], block: Block, printed: Mapping[str, str]
) -> None:
    writer.put("\t".join(label_of(row) for row in rows) + "\n")
    writer.put("\t".join(one.label for one in block.columns * len(rows)) + "\n")
    addresses = [f"{table}.{row.id}.{column.id}" for row in rows for column in block.columns]
    for i, address in enumerate(addresses):
        writer.put("\t" if i else "")
        writer.figure(address, printed[address])
    writer.put("\n")


def _write_flat(
    writer: Writer, layout: FlatLayout, rows: Sequence[Row], block: Block, printed: Mapping[str, str]
) -> None:
    """Table 3: pieces of text and addresses, one after the other."""
    for piece in _PIECES[layout](rows, block.columns):
        address = f"{_TABLE}.{piece[0]}" if isinstance(piece, tuple) else None
        if address is not None:
            writer.figure(address, printed[address])
        else:
            writer.put(str(piece))


# A piece of text, or a cell: its address without the table.
_Piece = str | tuple[str]


def _cells(row: Row, columns: Sequence[Column]) -> list[tuple[str]]:
    return [(f"{row.id}.{column.id}",) for column in columns]


def _paragraph(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[_Piece]:
    yield f"申请人情况依次为{'、'.join(column.label for column in columns)}："
    for row in rows:
        yield f"{label_of(row)}为"
        for i, cell in enumerate(_cells(row, columns)):
            yield "、" if i else ""
            yield cell
        yield "；"
    yield "以上为全部情况。\n"


def _sentences(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[_Piece]:
    for row in rows:
        yield f"{label_of(row)}："
        for i, (column, cell) in enumerate(zip(columns, _cells(row, columns), strict=True)):
            yield f"{'；' if i else ''}{column.label}为"
            yield cell
            yield "件"
        yield "。\n"


def _columns(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[_Piece]:
    yield "".join(f"{label_of(row)}\n" for row in rows)
    for column in columns:
        yield f"{column.label}\n"
        for row in rows:
            yield (f"{row.id}.{column.id}",)
            yield "\n" if len(row.id) % 2 else " "
        yield "\n"


def _transposed(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[_Piece]:
    yield "|".join(["申请人", *map(label_of, rows)]) + "\n"
    for column in columns:
        yield column.label
        for row in rows:
            yield "|"
            yield (f"{row.id}.{column.id}",)
        yield "\n"


_PIECES = {
    FlatLayout.PARAGRAPH: _paragraph,
    FlatLayout.SENTENCES: _sentences,
    FlatLayout.COLUMNS: _columns,
    FlatLayout.TRANSPOSED: _transposed,
}

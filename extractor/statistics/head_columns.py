"""The columns of figures by the words of a header above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.documents.document import Span
from extractor.statistics.raw_cells import RawCell
from extractor.statistics.table import TableColumn
from extractor.statistics.words import is_part_alone, is_total, is_unit, is_unit_head, taken_apart, unit_alone
from extractor.text.folding import fold_label

# Over so many lines words of a header are broken.
_TWO = 2


def columns_of(heads: Sequence[Sequence[RawCell]], values: Sequence[int]) -> Iterator[TableColumn]:
    """The columns of figures by the words above them, and the units that stand below these.

    Args:
        heads: the rows of the header, from top to bottom.
        values: the columns of figures.
    """
    units = [_units_below(line, values) for line in heads[1:]]
    others = zip(heads[1:], units, strict=True)
    named = [*heads[:1], *([cell for cell in line if cell.column not in below] for line, below in others)]
    before: TableColumn | None = None
    for column in values:
        below = next((one[column] for one in units if column in one), None)
        found = _column(column, named, values, below, before)
        before = found if not found.is_part else before
        yield found


def with_whole_words(
    heads: Sequence[Sequence[RawCell]], values: Sequence[int]
) -> Sequence[Sequence[RawCell]]:
    """A header in text; two lines of it are one if each column has words of its own on both.

    A word above one column, with the same below it as others have, is a level of its own; so is one above
    several.

    Args:
        heads: the rows of the header, from top to bottom.
        values: the columns of figures.
    """
    if len(heads) != _TWO:
        return heads
    above, below = ({cell.column: cell for cell in line if cell.text} for line in heads)
    is_whole = above.keys() >= {*values, *below} and below.keys() <= {*values}
    if not is_whole or not _are_broken(above, below, values):
        return heads
    return [[_joined(cell, below.get(cell.column)) for cell in heads[0]]]


def _are_broken(above: Mapping[int, RawCell], below: Mapping[int, RawCell], values: Sequence[int]) -> bool:
    """Whether words above columns go on below: those of no two columns are alike on either line."""
    texts = [below[column].text for column in values if column in below]
    more = [text for text in texts if unit_alone(text) is None]
    return len(more) >= _TWO and _differ(more) and _differ([above[column].text for column in values])


def _differ(texts: Sequence[str]) -> bool:
    return len({*texts}) == len(texts)


def _joined(above: RawCell, below: RawCell | None) -> RawCell:
    if below is None:
        return above
    return above._replace(text=above.text + below.text, span=Span(above.span.start, below.span.end))


def is_of_units(line: Sequence[RawCell]) -> bool:
    """Whether a row says 单位 and has units behind that: those of the columns.

    Args:
        line: of a header.
    """
    texts = [cell.text for cell in line if cell.text]
    return len(texts) > 1 and is_unit_head(texts[0]) and all(map(is_unit, texts[1:]))


def _units_below(line: Sequence[RawCell], values: Sequence[int]) -> dict[int, str]:
    """The units that stand for themselves above figures, by their columns: in brackets, or all of a row."""
    texts = {cell.column: cell.text for cell in line if cell.column in values and cell.text}
    units = {column: unit for column, text in texts.items() if (unit := unit_alone(text)) is not None}
    is_row = len(units) == len(texts)
    return {column: unit for column, unit in units.items() if is_row or fold_label(texts[column]) != unit}


def _column(
    column: int,
    heads: Sequence[Sequence[RawCell]],
    values: Sequence[int],
    below: str | None,
    before: TableColumn | None,
) -> TableColumn:
    """A column by the words above it, and the unit below these, if it has one there.

    其中 over several says that they are parts of the column ``before`` them.
    """
    path = list(_path(column, heads, values))
    if not path:
        return TableColumn((), None, below, is_total=False)
    words = [taken_apart(cell.text) for cell in path]
    names = [one.words for one in words]
    part = next((place for place, cell in enumerate(path[:-1]) if is_part_alone(cell.text)), None)
    if part is not None and before is not None:
        names = [*before.path, *names[part + 1 :]]
    unit = below or next((one.unit for one in reversed(words) if one.unit is not None), None)
    is_part = words[-1].is_part or part is not None
    return TableColumn(tuple(dict.fromkeys(names)), path[-1].span, unit, is_total(words[-1].words), is_part)


def _path(column: int, heads: Sequence[Sequence[RawCell]], values: Sequence[int]) -> Iterator[RawCell]:
    """The words above a column: a merged cell's reach to the next cell of its row, or of one above."""
    starts: set[int] = set()
    for line in heads:
        cell = next((cell for cell in reversed(line) if cell.column <= column and cell.text), None)
        is_above = cell is not None and cell.column >= min(values[0], column)
        if cell is not None and is_above and starts.isdisjoint(range(cell.column + 1, column + 1)):
            yield cell
        # A title has the blank cells of its row beside it.
        if sum(bool(cell.text) for cell in line) > 1:
            starts |= {cell.column for cell in line}

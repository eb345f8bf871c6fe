"""Rows of the name of a group and several labels and figures behind it: 申请 | 收到 | 5 | 答复 | 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.statistics.raw_cells import RawCell
from extractor.statistics.words import is_unit, is_value, says_nothing

# A label and its figure, with a unit between them, or none.
_WIDTHS = (2, 3)
_LEAST_PAIRS, _LEAST_ROWS = 2, 2


def pairs_in_groups(lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The lines of a table, a label with its figure each behind that of its group; empty if they are no such.

    The first cell of a row names a group, and goes on where the one of the next row is blank or merged with
    it. All labels stand below one another, no two of a group alike, and so do all figures. A header above
    them names the same columns as often; of titles above it the first
    cells are kept, remarks below are left out.

    Args:
        lines: of the table, from top to bottom.
    """
    wide = [place for place, line in enumerate(lines) if sum(bool(cell.text) for cell in line) > _LEAST_PAIRS]
    rows = [lines[place] for place in wide]
    others = [line for place, line in enumerate(lines) if place not in {*wide}]
    if len(rows) < _LEAST_ROWS or any(map(_has_figure, others)) or not _begins_group(rows[0]):
        return []
    titles = [[cell for cell in line if cell.text][:1] for line in lines[: wide[0]]]
    for width in _WIDTHS:
        head = _head(rows[0], width)
        if pairs := _pairs(rows[len(head) :], width):
            return [*titles, *head, *pairs]
    return []


def _has_figure(line: Sequence[RawCell]) -> bool:
    return any(is_value(cell.text) for cell in line)


def _head(row: Sequence[RawCell], width: int) -> list[list[RawCell]]:
    """The header of the first labels and figures, if a row names it as often as these are side by side."""
    group, *others = row
    words = [cell.text for cell in others]
    is_head = not any(is_value(cell.text) for cell in row) and len(words) % width == 0
    is_repeated = words == words[:width] * (len(words) // width)
    cells = (group, *others[:width])
    return (
        [[cell._replace(column=place) for place, cell in enumerate(cells)]] if is_head and is_repeated else []
    )


def _begins_group(row: Sequence[RawCell]) -> bool:
    """Whether two cells of words stand at the beginning of a row."""
    return all(cell.text and not is_value(cell.text) and not is_unit(cell.text) for cell in row[:2])


def _pairs(rows: Sequence[Sequence[RawCell]], width: int) -> list[list[RawCell]]:
    """Labels with their figures, so many cells each; empty if a row holds anything else, or a label twice."""
    group = rows[0][0].column
    starts = [cell.column for cell in rows[0][1::width]]
    names = [[cell for cell in row[:1] if cell.column == group] for row in rows]
    cut = [_pieces(row[len(name) :], starts, width) for row, name in zip(rows, names, strict=True)]
    is_told = len(starts) >= _LEAST_PAIRS and all(cut) and not any(map(_has_figure, names))
    if not is_told or not _are_apart(names, cut) or not _are_figures(rows, starts, width):
        return []
    return [line for name, pieces in zip(names, cut, strict=True) for line in _below_name(name, pieces)]


def _are_apart(names: Sequence[Sequence[RawCell]], cut: Sequence[list[Sequence[RawCell]]]) -> bool:
    """Whether no group has a label twice."""
    told: Counter[tuple[str, str]] = Counter()
    above = ""
    for name, pieces in zip(names, cut, strict=True):
        above = next((cell.text for cell in name if cell.text), above)
        told.update((above, piece[0].text) for piece in pieces if piece[0].text)
    return all(times == 1 for times in told.values())


def _pieces(cells: Sequence[RawCell], starts: Sequence[int], width: int) -> list[Sequence[RawCell]]:
    """Cells behind that of a group as labels with their figures; empty if their columns hold no such."""
    pieces = [cells[begin : begin + width] for begin in range(0, len(cells), width)]
    are_placed = [piece[0].column for piece in pieces] == [*starts] and len(cells) % width == 0
    return pieces if are_placed and all(map(_is_pair, pieces)) else []


def _is_pair(cells: Sequence[RawCell]) -> bool:
    """Whether cells are a label, a unit if they are three, and a figure or a blank; or nothing at all."""
    label, *units, figure = cells
    if all(says_nothing(cell.text) for cell in cells):
        return True
    is_label = bool(label.text) and not is_value(label.text) and not is_unit(label.text)
    return (
        is_label and all(is_unit(cell.text) for cell in units) and (not figure.text or is_value(figure.text))
    )


def _are_figures(rows: Sequence[Sequence[RawCell]], starts: Sequence[int], width: int) -> bool:
    """Whether each column of figures has one."""
    ends = {start + width - 1 for start in starts}
    return ends <= {cell.column for row in rows for cell in row if is_value(cell.text)}


def _below_name(name: Sequence[RawCell], pieces: Sequence[Sequence[RawCell]]) -> Iterator[list[RawCell]]:
    """The labels of a row with their figures, the first behind the name of the group."""
    for number, piece in enumerate(pieces):
        cells = [cell._replace(column=place) for place, cell in enumerate(piece, 1)]
        yield [*(cell._replace(column=0) for cell in name), *cells] if number == 0 else cells

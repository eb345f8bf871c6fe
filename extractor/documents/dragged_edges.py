"""Edges of columns that were dragged row by row: some millimetres apart, and to the eye one line.

Word gives each of them a column of its own in the table's grid, in web pages that it writes, too, so that a
figure and the name above it begin at different columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

# In twentieths of a point: so near to the next edge one is hardly told from it (2.5 mm), and so much of the
# narrowest cell all that are taken for one are apart at most.
_NEAR, _MOST_OF_A_CELL = 142, 0.7


def straightened(rows: Sequence[Sequence[tuple[int, int]]], widths: Sequence[float]) -> list[int]:
    """The edges of a table's grid, those that are one to the eye counted once.

    Args:
        rows: of each its cells, by the edges of the grid at which they begin and end, from 0.
        widths: of the grid's columns, in twentieths of a point; one less than there are edges.

    Returns:
        For each edge the one that it is taken for, the leftmost of those near it; for itself where a cell
        stands between them, or where the grid doesn't hold all cells.
    """
    cells = {cell for row in rows for cell in row}
    edges = list(range(1 + max([len(widths), *(end for _, end in cells)])))
    if len(edges) > len(widths) + 1 or not cells:
        return edges
    at = list(accumulate(widths, initial=0))
    narrowest = min(at[end] - at[start] for start, end in cells)
    for near in _near(sorted({edge for cell in cells for edge in cell}), at):
        is_between = any(start in near and end in near for start, end in cells)
        if not is_between and at[near[-1]] - at[near[0]] <= _MOST_OF_A_CELL * narrowest:
            edges[near[0] : near[-1] + 1] = [near[0]] * (near[-1] - near[0] + 1)
    return edges


def _near(edges: Sequence[int], at: Sequence[float]) -> Iterator[list[int]]:
    """Edges, those together that are near each other, from left to right."""
    together: list[int] = []
    for edge in edges:
        if together and at[edge] - at[together[-1]] > _NEAR:
            yield together
            together = []
        together.append(edge)
    if together:
        yield together

"""Tables drawn with characters, as text browsers draw them: merged cells, and cells of several lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from unicodedata import east_asian_width

from tests.helpers.merged import MergedCell

# A line between rows, one between columns, and what stands where they meet; both are bars where none does.
BOXES, SIGNS, BARS = "─│┼", "-|+", "-||"
# By whether a line goes on above, below, to the left and to the right.
_JOINTS = {
    tuple(arm in arms for arm in ("a", "b", "l", "r")): joint
    for joint, arms in {
        "┌": "br",
        "┐": "bl",
        "└": "ar",
        "┘": "al",
        "├": "abr",
        "┤": "abl",
        "┬": "blr",
        "┴": "alr",
        "┼": "ablr",
    }.items()
}


def width_of(text: str, wide: str = "WF") -> int:
    """How many columns a text takes; the characters that are of two are those that Unicode calls so."""
    return sum(2 if east_asian_width(character) in wide else 1 for character in text)


def drawn(
    rows: Sequence[Sequence[MergedCell]],
    widths: Sequence[int],
    drawing: str = BOXES,
    *,
    wide: str = "WF",
    is_centred: bool = False,
) -> str:
    """A table, a line a row of characters.

    Args:
        rows: of each its own cells.
        widths: of the columns.
        drawing: what lines are drawn with.
        wide: what Unicode calls characters that take two columns.
        is_centred: whether the text of a cell stands in its middle, from above and from the left.
    """
    measure = partial(width_of, wide=wide)
    cells = _placed(rows, len(widths))
    lefts = list(accumulate((width + 1 for width in widths), initial=0))
    pieces = {
        place: _wrapped(cell.text, lefts[place[1] + cell.columns] - lefts[place[1]] - 1, measure)
        for place, cell in cells.items()
    }
    heights = [
        max(len(pieces[place]) for place, cell in cells.items() if place[0] == row and cell.rows == 1)
        for row in range(len(rows))
    ]
    tops = list(accumulate((height + 1 for height in heights), initial=0))
    canvas = [[" "] * (lefts[-1] + 1) for _ in range(tops[-1] + 1)]
    for (row, column), cell in cells.items():
        edges = (tops[row], tops[row + cell.rows], lefts[column], lefts[column + cell.columns])
        _frame(canvas, edges, drawing)
        _fill(canvas, edges, pieces[row, column], measure, is_centred=is_centred)
    return _told(canvas, drawing)


def _told(canvas: list[list[str]], drawing: str) -> str:
    """The lines of a table, whose corners and joints are drawn as programs do."""
    if drawing == BOXES:
        canvas = [
            [_joint(canvas, line, place) for place in range(len(canvas[0]))] for line in range(len(canvas))
        ]
    if drawing == BARS:
        for edge in (canvas[0], canvas[-1]):
            edge[0] = edge[-1] = "+"
    return "".join("".join(line).rstrip() + "\n" for line in canvas)


def _placed(rows: Sequence[Sequence[MergedCell]], columns: int) -> Mapping[tuple[int, int], MergedCell]:
    """The cells by row and column."""
    taken: set[tuple[int, int]] = set()
    placed = {}
    for row, cells in enumerate(rows):
        free = (column for column in range(columns) if (row, column) not in taken)
        for cell in cells:
            column = next(free)
            placed[row, column] = cell
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
    return placed


def _wrapped(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    """The lines of a cell."""
    lines = [""]
    for character in text:
        if measure(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _frame(canvas: list[list[str]], edges: tuple[int, int, int, int], drawing: str) -> None:
    flat, upright, joint = tuple(drawing)
    top, bottom, left, right = edges
    for line in (top, bottom):
        for place in range(left + 1, right):
            if canvas[line][place] not in (joint, upright):
                canvas[line][place] = flat
        for place in (left, right):
            canvas[line][place] = joint
    for line in range(top + 1, bottom):
        for place in (left, right):
            if canvas[line][place] != joint:
                canvas[line][place] = upright


def _fill(
    canvas: list[list[str]],
    edges: tuple[int, int, int, int],
    texts: Sequence[str],
    measure: Callable[[str], int],
    *,
    is_centred: bool,
) -> None:
    top, bottom, left, right = edges
    first = top + 1 + ((bottom - top - 1 - len(texts)) // 2 if is_centred else 0)
    for line, text in enumerate(texts, first):
        room = right - left - 1 - measure(text)
        _write(canvas[line], left + 1 + (room // 2 if is_centred else 0), text, measure)


def _joint(canvas: Sequence[Sequence[str]], line: int, place: int) -> str:
    """What stands at a place: where lines meet, what has an arm to each of them."""
    if canvas[line][place] != BOXES[2]:
        return canvas[line][place]
    above = line > 0 and canvas[line - 1][place] in BOXES[1:]
    below = line + 1 < len(canvas) and canvas[line + 1][place] in BOXES[1:]
    left = place > 0 and canvas[line][place - 1] in BOXES[::2]
    right = place + 1 < len(canvas[0]) and canvas[line][place + 1] in BOXES[::2]
    return _JOINTS[above, below, left, right]


def _write(line: list[str], place: int, text: str, measure: Callable[[str], int]) -> None:
    """Put a text on a line; of a character of two columns the second has none of its own."""
    for character in text:
        line[place] = character
        for beside in range(place + 1, place + measure(character)):
            line[beside] = ""
        place += measure(character)

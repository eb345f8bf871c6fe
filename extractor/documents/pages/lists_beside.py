"""Two lists of indicators side by side on a page without ruling lines: told apart by their common header.

A header tells: the second half of its words is the first half once more. Between the halves is a strip in
which nothing stands, down to the line that ends the lists; on both sides of it are lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from extractor.documents.pages.lines import Line, Word, lines_of
from extractor.text.figures import is_figure
from extractor.text.folding import fold_label

# So many rows on the right with labels of their own are no accident.
_LEAST_ROWS = 3
# The left and the right side of a strip, in points.
_Strip: TypeAlias = tuple[float, float]


class ListsBeside(NamedTuple):
    """The lines of a page with two lists side by side.

    Attributes:
        left: the lines of the page, with those of the left list alone where the lists stand.
        right: the lines of the right list.
    """

    left: list[Line]
    right: list[Line]


def lists_beside(lines: Sequence[Line]) -> ListsBeside | None:
    """The lists that stand side by side among the lines of a page; None if there are none.

    Args:
        lines: what stands on the page outside of ruled tables, from the top.
    """
    for start, line in enumerate(lines):
        strip = _between_halves(line)
        if strip is None:
            continue
        end, gutter = _down_to(lines, start, strip)
        glyphs = [glyph for one in lines[start:end] for glyph in one.glyphs]
        left = lines_of([glyph for glyph in glyphs if glyph.right <= gutter])
        right = lines_of([glyph for glyph in glyphs if glyph.right > gutter])
        if _has_rows_of_its_own(left, right):
            return ListsBeside([*lines[:start], *left, *lines[end:]], right)
    return None


def _between_halves(line: Line) -> _Strip | None:
    """Where the lists below a header may part: from its last word of the left one to the next."""
    words = [part for word in line.words for part in word.parts]
    width, rest = divmod(len(words), 2)
    texts = [fold_label(word.text) for word in words]
    is_twice = not rest and width > 1 and texts[:width] == texts[width:]
    if not is_twice or len({*texts}) < width or any(is_figure(text) for text in texts):
        return None
    return _middle(words[width - 1]), _middle(words[width])


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _down_to(lines: Sequence[Line], start: int, strip: _Strip) -> tuple[int, float]:
    """Behind which line the lists end, and where between them nothing stands."""
    strips = [strip]
    for number in range(start, len(lines)):
        left = [one for old in strips for one in _left_of(old, lines[number].words)]
        if not left:
            return number, _widest(strips)
        strips = left
    return len(lines), _widest(strips)


def _left_of(strip: _Strip, words: Iterable[Word]) -> list[_Strip]:
    """What is left of a strip beside some words."""
    found = [strip]
    for word in words:
        for part in word.parts:
            first, _, last, _ = part.box
            halves = [half for a, b in found for half in ((a, min(b, first)), (max(a, last), b))]
            found = list(dict.fromkeys((a, b) for a, b in halves if a < b))
    return found


def _widest(strips: Sequence[_Strip]) -> float:
    first, last = max(strips, key=lambda one: one[1] - one[0])
    return (first + last) / 2


def _has_rows_of_its_own(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the lines on the right begin with labels of their own, which another year's don't."""
    firsts = [fold_label(line.words[0].text) for line in right[1:] if line.words]
    others = {fold_label(line.words[0].text) for line in left if line.words}
    labels = [words for words in firsts if not is_figure(words)]
    own = [words for words in labels if words not in others]
    return len(own) >= _LEAST_ROWS and 2 * len(own) > len(firsts)

"""What stands in the margins beside ruled tables: numbers of lines, strokes of a pen taken for figures.

It is no part of any table, and isn't to part a table from what goes on with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.documents.pages.lines import Line, Word, lines_of
from extractor.documents.pages.ruled import RuledTable
from extractor.text.figures import is_figure

# Words are of the page, however far out they stand.
_WORDS = re.compile("[\u3400-\u9fff]{2}")


def parted_from_margins(
    lines: Sequence[Line], tables: Sequence[RuledTable], *, is_picture: bool
) -> tuple[list[Line], list[Line]]:
    """The lines of a page without what stands in its margins, and that.

    Args:
        lines: outside of the tables.
        tables: the ruled ones on the page, beside which, and beside all words, its margins are; without
            one, nobody knows where they begin.
        is_picture: whether the page was recognised. Then what is no word may be a stroke of a pen, on
            a line with words, too; else only lines of nothing but figures count.
    """
    if not tables:
        return list(lines), []
    left, right = _sides(lines, tables)
    inner: list[Line] = []
    marginal: list[Line] = []
    for line in lines:
        beside = list(_beside(line, left, right, is_picture=is_picture))
        if len(beside) == len(line.words):
            marginal.append(line)
        elif beside and is_picture:
            inner += _line_of([word for word in line.words if word not in beside])
            marginal += _line_of(beside)
        else:
            inner.append(line)
    return inner, marginal


def _line_of(words: Sequence[Word]) -> list[Line]:
    return lines_of([glyph for word in words for glyph in word.glyphs])


def _sides(lines: Sequence[Line], tables: Sequence[RuledTable]) -> tuple[float, float]:
    """From where to where ruled tables and words reach."""
    words = [word.box for line in lines for word in line.words if _WORDS.search(word.text)]
    lefts = [*(table.xs[0] for table in tables), *(box[0] for box in words)]
    rights = [*(table.xs[-1] for table in tables), *(box[2] for box in words)]
    return min(lefts), max(rights)


def _beside(line: Line, left: float, right: float, *, is_picture: bool) -> Iterator[Word]:
    """What stands on a line left or right of what is between these, and is no word."""
    for word in line.words:
        is_aside = word.box[2] <= left or word.box[0] >= right
        if is_aside and (is_figure(word.text) or (is_picture and _WORDS.search(word.text) is None)):
            yield word

"""The lines of a cell put together, as converters and spreadsheets break it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.text.figures import is_figure


def joined(lines: Sequence[str]) -> str:
    """The lines of a cell as one; between digits, or words with blanks between them, a blank stays."""
    text = ""
    for line in filter(None, lines):
        is_apart = text and text[-1].isascii() and line[0].isascii()
        text = f"{text} {line}" if is_apart else text + line
    return text


def may_be_broken_figures(lines: Sequence[str]) -> bool:
    """Whether lines of a cell are several rows, or figures that go on on the next line: nobody can tell."""
    return sum(map(is_figure, filter(None, lines))) > 1

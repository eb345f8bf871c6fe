"""Letters that number rows before their labels: A. 粮食收购, B. 出入库; not A类, nor a letter alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.statistics.line import Line

_LETTER = re.compile(r"([A-Z])[.、](?=[\u4e00-\u9fff])")
_LEAST_LETTERS = 2
# As deep as this below the numbers that they begin behind, and less than the next way to write numbers.
_BELOW = 0.5


def with_letters(lines: Sequence[Line]) -> list[Line]:
    """The rows, letters before their labels told as their numbers, where they count on from A, or begin anew.

    They are deeper than the numbers behind which they begin first; the outermost, if none stand before them.

    Args:
        lines: of the table.
    """
    found = {place: match for place, line in enumerate(lines) if (match := _letter(line)) is not None}
    first = min(found, default=0)
    letters = [match[1] for match in found.values()]
    if len(found) < _LEAST_LETTERS or not _are_counting(letters):
        return [*lines]
    levels = [line.words.level for line in lines[:first] if line.words.level is not None]
    level = levels[-1] + _BELOW if levels else 0.0
    return [
        _numbered(line, found[place], level) if place in found else line for place, line in enumerate(lines)
    ]


def _letter(line: Line) -> re.Match[str] | None:
    return _LETTER.match(line.words.words) if line.words.level is None else None


def _are_counting(letters: Sequence[str]) -> bool:
    """Whether letters count on from A, and begin anew with it."""
    before = ""
    for letter in letters:
        if letter != "A" and (not before or ord(letter) != ord(before) + 1):
            return False
        before = letter
    return len({*letters}) > 1


def _numbered(line: Line, letter: re.Match[str], level: float) -> Line:
    words = line.words.words[letter.end() :]
    return line._replace(words=line.words._replace(words=words, level=level, number=letter[0]))

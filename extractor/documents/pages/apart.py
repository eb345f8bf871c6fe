"""What stands beside figures and is no part of them: raised and small digits, and figures struck through.

Only figures are looked at: words that are struck or raised are words still.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from extractor.documents.asides import Mark
from extractor.documents.pages.measures import (
    DEPTH,
    DIGIT_GAP,
    LEANING,
    LEVEL,
    LONE_HEIGHT,
    NOTE_GAP,
    NOTE_HEIGHT,
    NOTE_WIDTH,
    RAISED,
    SHIFTED,
    SHIFTED_MOST,
    STRUCK_FROM,
    STRUCK_PART,
    STRUCK_TO,
)
from extractor.documents.pages.page import Aside, Glyph, RawPage, Ruling

_DIGITS = frozenset("0123456789")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
# What a note may be called by.
_OF_NOTES = _DIGITS | frozenset("()[]（）［］*＊※†‡,，、.注abcdefghijklmnopqrstuvwxyz①②③④⑤⑥⑦⑧⑨⑩")
_STRUCK = _DIGITS | frozenset(".,，．-+%")
# The top and the bottom of glyphs; where those of a page stand that have both.
_Level: TypeAlias = tuple[float, float]


def set_apart(page: RawPage) -> RawPage:
    """A page without the characters that are no part of the figures beside them: they are asides.

    Args:
        page: as the file has it.
    """
    glyphs = page.glyphs
    levels: dict[_Level, list[int]] = defaultdict(list)
    for place, (text, _, _, top, _, bottom) in enumerate(glyphs):
        if text in _DIGITS or text in _RAISED_DIGITS:
            levels[top, bottom].append(place)
    if not levels:
        return page
    struck, rulings = _struck(page, levels)
    marks: dict[int, Mark] = {**_notes(glyphs, levels, page.rulings), **dict.fromkeys(struck, Mark.STRUCK)}
    if not marks:
        return page
    asides = [Aside(mark, _plain(glyphs[place]), glyphs[place][2:]) for place, mark in sorted(marks.items())]
    return page._replace(
        glyphs=[glyph for place, glyph in enumerate(glyphs) if place not in marks],
        rulings=rulings,
        asides=(*page.asides, *asides),
    )


def _plain(glyph: Glyph) -> str:
    return unicodedata.normalize("NFKC", glyph.text) if glyph.text in _RAISED_DIGITS else glyph.text


# --- struck through --------------------------------------------------------------------------------------


def _struck(page: RawPage, levels: Iterable[_Level]) -> tuple[set[int], list[Ruling]]:
    """The characters of figures that a line goes through, and the rulings without those lines."""
    heights = sorted({y0 for x0, y0, x1, y1 in page.rulings if -LEANING <= y1 - y0 <= LEANING and x0 != x1})
    struck: set[int] = set()
    through: set[Ruling] = set()
    for top, bottom in levels:
        first, last = top + STRUCK_FROM * (bottom - top), top + STRUCK_TO * (bottom - top)
        if bisect_left(heights, first) < bisect_right(heights, last):
            lines = [one for one in page.rulings if _is_level(one) and first <= one.y0 <= last]
            _strike(page.glyphs, (top, bottom), lines, struck, through)
    for line in _leaning(page.rulings):
        if crossed := _crossed(page.glyphs, line):
            struck |= _whole(page.glyphs, crossed)
            through.add(line)
    rulings = [one for one in page.rulings if one not in through] if through else page.rulings
    return struck, rulings


def _leaning(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if abs(one[2] - one[0]) > LEANING < abs(one[3] - one[1])]


def _is_level(ruling: Ruling) -> bool:
    return abs(ruling.y1 - ruling.y0) <= LEANING < abs(ruling.x1 - ruling.x0)


def _strike(
    glyphs: Sequence[Glyph],
    level: _Level,
    lines: Sequence[Ruling],
    struck: set[int],
    through: set[Ruling],
) -> None:
    """Find what lines go through at a height.

    Args:
        glyphs: of the page.
        level: the top and the bottom of those looked at.
        lines: level ones that go through the middle of them.
        struck: the places of what is struck are added.
        through: the lines that strike are added.
    """
    own = [place for place, glyph in enumerate(glyphs) if (glyph.top, glyph.bottom) == level]
    for line in lines:
        left, right = min(line.x0, line.x1), max(line.x0, line.x1)
        below = [place for place in own if left <= (glyphs[place].left + glyphs[place].right) / 2 <= right]
        if any(glyphs[place].text in _DIGITS for place in below):
            struck.update(place for place in below if glyphs[place].text in _STRUCK)
            width = sum(glyphs[place].right - glyphs[place].left for place in below)
            if width > STRUCK_PART * (right - left):
                through.add(line)


def _crossed(glyphs: Sequence[Glyph], line: Ruling) -> set[int]:
    """The digits whose middle a leaning line goes through."""
    x0, y0, x1, y1 = line if line.x0 < line.x1 else (line.x1, line.y1, line.x0, line.y0)
    found = set()
    for place, (text, _, left, top, right, bottom) in enumerate(glyphs):
        x = (left + right) / 2
        if text in _DIGITS and x0 <= x <= x1:
            part = (y0 + (y1 - y0) * (x - x0) / (x1 - x0) - top) / ((bottom - top) or 1.0)
            if STRUCK_FROM <= part <= STRUCK_TO:
                found.add(place)
    return found


def _whole(glyphs: Sequence[Glyph], struck: set[int]) -> set[int]:
    """The characters of the figures of which one digit is struck."""
    whole = set(struck)
    for step in (1, -1):
        for place in struck:
            one = glyphs[place]
            after = place + step
            while 0 <= after < len(glyphs) and _goes_on(one, glyphs[after]):
                whole.add(after)
                one = glyphs[after]
                after += step
    return whole


def _goes_on(one: Glyph, other: Glyph) -> bool:
    """Whether a glyph is of the figure that another one is of."""
    height = one.bottom - one.top
    gap = max(one.left, other.left) - min(one.right, other.right)
    return other.text in _STRUCK and other[3::2] == one[3::2] and gap <= DIGIT_GAP * height


# --- raised and small ------------------------------------------------------------------------------------


def _notes(
    glyphs: Sequence[Glyph], levels: dict[_Level, list[int]], rulings: Sequence[Ruling]
) -> dict[int, Mark]:
    """The characters that are set beside figures as notes are, and how."""
    found: dict[int, Mark] = {}
    for own, other in _near_levels(levels):
        mark = _set_as(own, other)
        if mark is Mark.SHIFTED and len(levels[own]) >= len(levels[other]):
            # As large, and no less of it: it may be the figure, and what stands lower the note.
            mark = Mark.SMALL
        if mark is not None:
            candidates = {
                place
                for place, (text, _, _, top, _, bottom) in enumerate(glyphs)
                if (top, bottom) == own and text in _OF_NOTES
            }
            found.update(dict.fromkeys(_beside(glyphs, candidates, levels[other], rulings), mark))
    for place in (place for own in levels.values() for place in own):
        if glyphs[place].text in _RAISED_DIGITS:
            found[place] = Mark.RAISED
    return dict.fromkeys(_lone_notes(glyphs, levels), Mark.RAISED) | found


def _lone_notes(glyphs: Sequence[Glyph], levels: Mapping[_Level, Sequence[int]]) -> Iterator[int]:
    """The characters that are smaller and higher than what is on their line, with no figure beside them.

    Nobody can tell whether such a one is the figure of its cell.
    """
    usual = max(levels, key=lambda level: len(levels[level]))
    small = [level for level in levels if level[1] - level[0] <= LONE_HEIGHT * (usual[1] - usual[0])]
    if not small:
        return
    every: dict[_Level, list[int]] = defaultdict(list)
    for place, (_, _, _, top, _, bottom) in enumerate(glyphs):
        every[top, bottom].append(place)
    for level in small:
        if all(glyphs[place].text in _OF_NOTES for place in every[level]) and any(
            _is_raised_beside(level, other) for other in every
        ):
            yield from every[level]


def _is_raised_beside(own: _Level, other: _Level) -> bool:
    """Whether what is set at a level is smaller and higher than what is set at another one of its line."""
    height, full = own[1] - own[0], other[1] - other[0]
    if not 0 < height <= LONE_HEIGHT * full or other[0] >= own[1] or own[0] >= other[1]:
        return False
    shift = (other[1] - DEPTH * full) - (own[1] - DEPTH * height)
    return LEVEL * full < shift < SHIFTED_MOST * full


def _near_levels(levels: Iterable[_Level]) -> Iterator[tuple[_Level, _Level]]:
    """Levels that have some height in common, both ways."""
    ordered = sorted(levels)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other[0] >= one[1]:
                break
            yield one, other
            yield other, one


def _set_as(own: _Level, other: _Level) -> Mark | None:
    """How digits are set beside others; None if they are set as these are, or as a line of their own is."""
    height, full = own[1] - own[0], other[1] - other[0]
    if not 0 < height <= full:
        return None
    shift = abs((other[1] - DEPTH * full) - (own[1] - DEPTH * height))
    if height <= NOTE_HEIGHT * full:
        return Mark.RAISED if shift > RAISED * full else Mark.SMALL
    is_higher = own[1] < other[1] and own[0] < other[0]
    is_index = height < full and own[1] > other[1] and own[0] > other[0]
    if not (is_higher or is_index) or not LEVEL * full < shift < SHIFTED_MOST * full:
        return None
    return Mark.SHIFTED if is_higher and shift > SHIFTED * full else Mark.SMALL


def _beside(
    glyphs: Sequence[Glyph], candidates: set[int], figures: Sequence[int], rulings: Sequence[Ruling]
) -> set[int]:
    """Those of some characters that stand beside digits, or beside others that do.

    Args:
        glyphs: of the page.
        candidates: the places of the characters.
        figures: the places of the digits.
        rulings: of the page: what parts two cells parts them.
    """
    found: set[int] = set()
    reached = [glyphs[place] for place in figures]
    is_note: Callable[[Glyph, Glyph], bool] = _is_smaller
    while reached:
        more = {
            place
            for place in candidates - found
            for other in reached
            if is_note(glyphs[place], other) and _are_neighbours(glyphs[place], other, rulings)
        }
        found |= more
        reached, is_note = [glyphs[place] for place in more], _is_any
    return found if any(glyphs[place].text in _DIGITS for place in found) else set()


def _is_smaller(one: Glyph, other: Glyph) -> bool:
    """Whether a digit beside another is narrower, where it is lower as well."""
    if one.text not in _DIGITS:
        return True
    is_as_high = (one.bottom - one.top) > NOTE_HEIGHT * (other.bottom - other.top)
    return is_as_high or (one.right - one.left) <= NOTE_WIDTH * (other.right - other.left)


def _is_any(_one: Glyph, _other: Glyph) -> bool:
    return True


def _are_neighbours(one: Glyph, other: Glyph, rulings: Sequence[Ruling]) -> bool:
    """Whether two glyphs stand side by side, in one cell."""
    left, right = (one, other) if one.left < other.left else (other, one)
    gap = right.left - left.right
    height = max(one.bottom - one.top, other.bottom - other.top)
    if one.turn or other.turn or abs(gap) > NOTE_GAP * height:
        return False
    y = (one.top + one.bottom) / 2
    first, last = left.left + (left.right - left.left) / 2, (right.left + right.right) / 2
    return not any(
        first < x0 < last and abs(x1 - x0) <= LEANING and min(y0, y1) <= y <= max(y0, y1)
        for x0, y0, x1, y1 in rulings
    )

"""The ruling lines in the picture of a page."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from extractor.documents.scans.ink import Grey, Ink, Segment, ink_of, noise_of, text_ink_of
from extractor.documents.scans.short_rulings import short_rulings

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels at 200 to the inch: no stroke of a character is as long as the first, nor a row of strokes as the
# second, nor strokes below each other as the third; no ruling is as thick as the fourth; so much is left
# around a ruling that was taken out.
_SHORTEST, _SHORTEST_PALE, _LOWEST_PALE, _THICKEST, _RIM = 70, 130, 86, 14, 3
# A pale ruling is darker than what is so far above and below it, by so many levels and so much noise.
_BESIDE, _DARKER, _NOISE = 6, 12.0, 6.0
# Over so many pixels noise is evened out along a ruling; a gap in it is as long at most.
_EVENED, _GAP = 21, 5
# Its ink reaches so far from its middle at most, and is all of it within the first.
_CORE, _REACH = 2, _THICKEST // 2

# A ruling is so long at least, in pixels, that meets no other, or one, or more.
_LONG = (420, 200, 0)
# What is lighter than the first, and than paper less the second, is paper.
_LIGHT, _BELOW_PAPER = 205.0, 30.0
# A ruling's ends aren't looked at, nor what is nearer to it than this; pixels.
_END, _ASIDE = 4, 8
# A ruling is looked at in pieces of so many pixels, each of which may lie so much higher or lower.
_PIECE, _OFF = 150, 3
# How much of a ruling's side is paper, how much of it is dark, and how its levels differ along it.
_PAPER_BESIDE, _DARK_THROUGHOUT, _EVEN, _VERY_EVEN = 0.8, 0.985, 20.0, 14.0
# What is left of a line is so long at least, in pixels, as what `short_rulings` finds is.
_SHORTEST_PIECE = 40
# So many lines that end within so many pixels of each other are a table's.
_SHARING, _SAME_END = 3, 5
# The part of a ruling between two others that is dark at least.
_SOLID = 0.95
# Gaps as wide as this are a dashed or broken ruling's, if paper is beside so much of it on both sides, so far
# from it; pixels.
_DASHED, _PAPER_BESIDE_DASHES, _NEAR, _FAR = 9, 0.8, 5, 9


class Lines(NamedTuple):
    """What is drawn on a page.

    Attributes:
        across, down: its rulings.
        text: the ink that is none of them.
        drawn: where they are, with a rim.
    """

    across: list[Segment]
    down: list[Segment]
    text: Ink
    drawn: Ink


def lines_in(white: Grey) -> Lines:
    """The rulings in a picture on white paper whose lines lie straight."""
    flat = np.ascontiguousarray(white.T)
    lying, found_across = _rulings(white, _SHORTEST_PALE)
    standing, found_down = _rulings(flat, _LOWEST_PALE)
    across = list(_solid_parts(found_across, _flipped(found_down), _dark(white)))
    down = list(_solid_parts(found_down, _flipped(found_across), _dark(flat)))
    across, down = _drawn(across, _flipped(down), white), _drawn(down, _flipped(across), flat)
    drawn = _along(across, lying) | _along(down, standing).T
    short = short_rulings(white, across, _flipped(down))
    for x, top, _, bottom in short:
        drawn[round(top) : round(bottom) + 1, round(x) - 1 : round(x) + 2] = 255
    drawn = cv2.dilate(drawn, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)).astype(np.uint8)
    text = np.where(drawn > 0, 0, text_ink_of(white)).astype(np.uint8)
    return Lines(across, [*_flipped(down), *short], text, drawn)


def _flipped(lines: list[Segment]) -> list[Segment]:
    """Lines down as lines across a picture whose rows are columns, or the other way."""
    return [(y0, x0, y1, x1) for x0, y0, x1, y1 in lines]


def _drawn(lines: list[Segment], crossing: list[Segment], white: Grey) -> list[Segment]:
    """The lines across that no row of characters imitates: long, or meeting lines down, and drawn."""
    smooth = cv2.GaussianBlur(white, (3, 3), 0).astype(np.uint8)
    light = min(_LIGHT, noise_of(smooth)[0] - _BELOW_PAPER)
    return [
        line
        for line in lines
        if line[2] - line[0] >= _LONG[_met(line, crossing)] and _looks_drawn(line, smooth, light)
    ]


def _looks_drawn(line: Segment, smooth: Grey, light: float) -> bool:
    """Whether paper is on both sides of a line across, or it is dark throughout and equally so.

    On a page in small print the rulings differ by 17 levels at most along them (standard deviation), and rows
    of characters that were taken for rulings by 23 and more; these have no paper along four fifths of both
    sides, as the rulings of photographs and faxes and broken ones have.

    Args:
        line: across.
        smooth: the page.
        light: what is lighter is paper.
    """
    left, y, right, _ = line
    start, end = round(left) + _END, round(right) - _END
    if end - start < _END:
        return True
    around = np.concatenate(
        [_around(smooth, y, slice(x, min(x + _PIECE, end))) for x in range(start, end, _PIECE)], axis=1
    )
    above, below = (around[pair].min(axis=0) > light for pair in ([0, 1], [-2, -1]))
    least, most = sorted((float(above.mean()), float(below.mean())))
    if least >= _PAPER_BESIDE:
        return True
    dark = around[_ASIDE - 1 : _ASIDE + 2].min(axis=0)
    is_solid = float((dark <= light).mean()) >= _DARK_THROUGHOUT
    evenness = _EVEN if most >= _PAPER_BESIDE else _VERY_EVEN
    return is_solid and float(dark.std()) <= evenness


def _around(smooth: Grey, y: float, columns: slice) -> Grey:
    """The rows around a piece of a line that lies nearly at a height: rulings are never quite straight."""
    reach = _ASIDE + _OFF
    rows = np.clip(round(y) + np.arange(-reach, reach + 1), 0, len(smooth) - 1)
    part = smooth[rows, columns]
    inner = part[_ASIDE : len(part) - _ASIDE].mean(axis=1)
    darkest = int(inner.argmin())
    return part[darkest : darkest + 2 * _ASIDE + 1]


def _met(line: Segment, crossing: list[Segment]) -> int:
    """How many lines down a line across meets: 0, 1, or 2 for more."""
    left, y, right, _ = line
    return min(
        2,
        sum(
            left - _THICKEST <= x <= right + _THICKEST and y0 - _THICKEST <= y <= y1 + _THICKEST
            for x, y0, _, y1 in crossing
        ),
    )


def _along(lines: list[Segment], ink: Ink) -> Ink:
    """The ink of lines across; a character that stands close to one, with paper between, is none of it.

    Marks below each other, a stroke in each row, are as long as a line together.
    """
    drawn = np.zeros_like(ink)
    for left, y, right, _ in lines:
        middle, start, end = round(y), round(left), round(right)
        drawn[max(0, middle - _CORE) : middle + _CORE + 1, start:end] = 255
        for rows in (
            range(middle + _CORE + 1, middle + _REACH + 1),
            range(middle - _CORE - 1, middle - _REACH - 1, -1),
        ):
            inside = [row for row in rows if 0 <= row < len(ink)]
            drawn[inside, start:end] = np.bitwise_and.accumulate(ink[inside, start:end], axis=0)
    return drawn & ink


def _solid_parts(
    lines: list[Segment], crossing: list[Segment], is_dark: NDArray[np.bool_]
) -> Iterator[Segment]:
    """The parts of lines across, between the lines that cross them, that are drawn without gaps.

    Args:
        lines: across.
        crossing: the lines down.
        is_dark: where it is darker than paper.
    """
    starts, ends = [line[0] for line in lines], [line[2] for line in lines]
    for whole in lines:
        start, end = _shared_end(whole[0], starts), _shared_end(whole[2], ends)
        kept = start is not None, end is not None
        # A speck at its end makes one of them longer.
        left = whole[0] if start is None else max(whole[0], start)
        right = whole[2] if end is None else min(whole[2], end)
        line = (left, whole[1], right, whole[3])
        # Else a stroke of a character from ruling to ruling, below others that it seemed to be one line with.
        least = min(_SHORTEST_PIECE, line[2] - line[0])
        yield from (part for part in _solid(line, crossing, is_dark, kept) if part[2] - part[0] >= least)


def _shared_end(end: float, ends: list[float]) -> float | None:
    """Where several lines end, nearest to where one does; None if none of them ends near it.

    Those of a table over a page break end together, strokes of characters don't.
    """
    near = sorted(
        (other for other in ends if abs(other - end) <= _THICKEST), key=lambda other: abs(other - end)
    )
    shared = (one for one in near if sum(abs(other - one) <= _SAME_END for other in ends) >= _SHARING)
    return next(shared, None)


def _solid(
    line: Segment, crossing: list[Segment], is_dark: NDArray[np.bool_], kept: tuple[bool, bool]
) -> Iterator[Segment]:
    """The parts of a line across that are drawn without gaps.

    Where characters nearly touch a ruling their strokes seem to go on with it: a short piece beyond the last
    line that crosses is left out, unless ``kept`` says of the start, or of the end, that it is drawn.
    """
    left, y, right, _ = line
    met = sorted(x for x, y0, _, y1 in crossing if y0 - _THICKEST <= y <= y1 + _THICKEST)
    whole, (left, right) = (left, right), _without_overhang(left, right, met)
    # What hung over was the loose end.
    kept = kept[0] or left != whole[0], kept[1] or right != whole[1]
    cuts = [x for x in met if left < x < right]
    dark = _darkest(is_dark, round(y) - 2, round(y) + 3)
    dashed = np.ravel(
        cv2.morphologyEx(dark.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, _DASHED), np.uint8))
    )
    beside = _darkest(is_dark, round(y) - _FAR, round(y) - _NEAR + 1) | _darkest(
        is_dark, round(y) + _NEAR, round(y) + _FAR + 1
    )
    # Pieces that are left out where they are short: at the ends.
    loose = {end for end, is_kept in zip((left, right), kept, strict=True) if cuts and not is_kept}
    ending = {end for end in loose if any(abs(x - end) <= _THICKEST / 2 for x in met)}
    evidence = _Evidence(dark, dashed > 0, beside, loose, ending)

    is_solid = partial(_is_solid, evidence=evidence)
    for is_drawn, group in groupby(pairwise([left, *cuts, right]), is_solid):
        if is_drawn:
            pieces = list(group)
            yield pieces[0][0], y, pieces[-1][1], y


def _without_overhang(left: float, right: float, met: list[float]) -> tuple[float, float]:
    """Where a line starts and ends: at those that it meets there, were it drawn or blurred a little beyond.

    Else there would be a narrow column of the table for all that hangs over.
    """
    start = next((x for x in met if left <= x <= left + _THICKEST), left)
    end = next((x for x in reversed(met) if right - _THICKEST <= x <= right), right)
    return (start, end) if start < end else (left, right)


def _darkest(is_dark: NDArray[np.bool_], top: int, bottom: int) -> NDArray[np.bool_]:
    """In which columns it is dark in any of some rows."""
    return np.asarray(np.max(is_dark[max(0, top) : max(0, bottom)], axis=0, initial=False))


class _Evidence(NamedTuple):
    """What tells which pieces of a line are drawn.

    Attributes:
        dark: where the line is darker than paper.
        dashed: where it is, or is a gap between two dashes.
        beside: where it is dark on either side of it.
        loose: the ends of the line that may be strokes of characters.
        ending: those of them at which a line crosses.
    """

    dark: NDArray[np.bool_]
    dashed: NDArray[np.bool_]
    beside: NDArray[np.bool_]
    loose: Set[float]
    ending: Set[float]


def _is_solid(piece: tuple[float, float], evidence: _Evidence) -> bool:
    """Whether a piece of a line, from start to end, is drawn without gaps, or in dashes; and no short end.

    Dashes count, and short ends that go to the next line, if paper is on both sides as beside no character.
    """
    start, end = round(piece[0]), round(piece[1])
    inner = slice(start + _RIM, max(start + _RIM + 1, end - _RIM))
    if not len(evidence.dark[inner]):
        return True
    is_apart = bool(1 - evidence.beside[inner].mean() >= _PAPER_BESIDE_DASHES)
    if not evidence.loose.isdisjoint(piece) and _THICKEST < piece[1] - piece[0] < _SHORTEST:
        is_drawn = is_apart and not evidence.ending.isdisjoint(piece)
    else:
        is_drawn = is_apart or float(evidence.dark[inner].mean()) >= _SOLID
    return is_drawn and float(evidence.dashed[inner].mean()) >= _SOLID


def _rulings(white: Grey, shortest_pale: int) -> tuple[Ink, list[Segment]]:
    """The long lines that lie across; pale ones are so long at least."""
    # A line that isn't quite straight goes over from one row of pixels to the next.
    thick = cv2.dilate(ink_of(white), np.ones((3, 3), np.uint8))
    long = _opened(thick, _SHORTEST) | _opened(
        cv2.dilate(_valleys(white), np.ones((3, 1), np.uint8)), shortest_pale
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    segments: list[Segment] = []
    for i in range(1, count):
        left, top, width, height, _ = (int(number) for number in stats[i])
        if height > _THICKEST:
            box = long[top : top + height, left : left + width]
            box[labels[top : top + height, left : left + width] == i] = 0
            continue
        y = top + height / 2
        segments.append((left, y, left + width, y))
    return long, segments


def _opened(ink: NDArray[Any], length: int) -> Ink:
    """What of the ink is part of a stroke across that is so long."""
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)).astype(np.uint8)


def _valleys(white: Grey) -> Ink:
    """Where it is darker than above and below, along a line."""
    evened = cv2.blur(white, (_EVENED, 1)).astype(np.uint8)
    even = evened.astype(np.int16)
    padded = np.pad(even, ((_BESIDE, _BESIDE), (0, 0)), mode="edge")
    beside = np.minimum(padded[: -2 * _BESIDE], padded[2 * _BESIDE :])
    is_valley = beside - even > max(_DARKER, _NOISE * noise_of(evened)[1])
    # Characters that stand above each other are dark together, but with paper between them.
    valleys = np.where(is_valley & _dark(white), 255, 0).astype(np.uint8)
    return cv2.morphologyEx(valleys, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8)).astype(np.uint8)


def _dark(white: Grey) -> NDArray[np.bool_]:
    """Where it is darker than paper, pale rulings across included."""
    own = cv2.blur(white, (_EVENED // 4, 1)).astype(np.uint8)
    paper, noise = noise_of(own)
    return np.asarray(own < paper - max(_DARKER, _NOISE / 2 * noise))

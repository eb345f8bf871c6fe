"""What a style says of an element, and how its text then looks: struck, raised, hidden, moved, generated.

The properties that matter are few; of these the values of CSS 2.1 and what newer browsers add are taken as
https://www.w3.org/TR/CSS22/ has them. Lengths are in CSS pixels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from extractor.documents.asides import Mark
from extractor.documents.web.boxes import Box, box_of
from extractor.documents.web.colours import Colour, colour_of
from extractor.documents.web.disturbing import disturbs_text
from extractor.documents.web.elsewhere import (
    is_clipped,
    is_far,
    is_gone_as_box,
    is_moved_away,
    is_taken_out,
    lies_over_page,
    moves,
)
from extractor.documents.web.gradients import draws_line
from extractor.documents.web.lengths import LENGTH, USUAL_SIZE, pixels
from extractor.documents.web.moved import STILL, Displacement, displacement_of
from extractor.documents.web.properties import is_unknown
from extractor.documents.web.room import has_no_room, is_cut, paints
from extractor.text.pictorial_fonts import is_pictorial

_WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
_BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
# Two colours that differ by less in every part are one to the eye.
_SAME_COLOUR = 0.12
# A font of so many pixels isn't seen; the usual one has 16. What is smaller than this share of it is small.
_UNSEEN_SIZE, _SMALL, _SMALLER = 1.5, 0.7, 0.9
# By less than this share of its size, nobody sees it move.
_UNSEEN_MOVE = 0.2
# What is more transparent isn't seen, and what is behind it shows through.
_SEEN_OPACITY, _HALF = 0.05, 0.5
_OPACITY = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(%)?")
_FILTERED_AWAY = re.compile(r"opacity\(\s*0*(?:\.0+)?%?\s*\)")
_SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "smaller": -1 / 1.2,
    "larger": -1.2,
    "xxx-large": 48.0,
    "initial": USUAL_SIZE,
}
_SIZE_IN_FONT = re.compile(r"(?:^|\s)([\d.]+[a-z%]*)(?:\s*/\s*\S+)?\s+\S")
_DOTS = re.compile(
    r"(?:(?:none|disc|circle|square|inside|outside|inherit|initial|unset|url\([^()]*\))(?:\s+|$))+"
)
_BLOCK_DISPLAYS = ("block", "flex", "grid", "table", "list-item", "flow-root", "-webkit-", "-ms-", "-moz-")
_CELL_DISPLAYS = frozenset({"table-cell", "table-row", "table-row-group"})
# Of these an element's own text isn't struck because what is around it is.
_APART_FROM_LINE = ("inline-block", "inline-table", "inline-flex", "inline-grid")


class Style(NamedTuple):
    """What the declarations for one element say.

    Attributes:
        exists: it takes part in the layout of the page; None where nothing is said.
        is_visible: its text can be seen; None where nothing is said.
        is_block: it begins and ends a line; None where its name decides.
        is_struck: a line goes through it.
        is_apart: lines through what is around it don't go through it.
        raised: how it is raised or lowered.
        size: of its font, below zero as a multiple of that around it; None where nothing is said.
        colour, background: None where nothing is said; of the background the empty tuple for a picture.
        hides: nothing of it or in it is seen, whatever that says of itself: the mark that tells how.
        moves: it is shown at another place or in another shape.
        displacement: how it moves as a box.
        is_unsure: something is said of it that may change how it looks, and nobody knows how.
        is_open: nobody knows whether it is seen at all.
        disturbs: in a table, that is so of all text in it.
        may_be_hidden: that is so as a rule may hide it, with all that is in it.
        is_right_to_left: its lines begin on the right; None where nothing is said.
        overrides: its characters do, too, even digits.
        isolates: which side of the text beside it it stands on is for the direction around it to say.
        has_picture: there is one behind its text.
        is_numbered: a number, or other characters, may stand before it.
        hides_box, hides_lines: as a block it has no room for its text; or, as a part of a table does, too,
            it moves that off the screen, or isn't drawn.
        box: what it is of a table that is made of boxes; None if it is none of that.
        is_overdrawn: what is drawn behind or before its text may be taken for a part of that, or cover it.
        is_stamp: it has its place on the screen, or is turned and lies over the text.
    """

    exists: bool | None = None
    is_visible: bool | None = None
    is_block: bool | None = None
    is_struck: bool = False
    is_apart: bool = False
    raised: Mark | None = None
    size: float | None = None
    colour: Colour | None = None
    background: Colour | tuple[()] | None = None
    hides: Mark | None = None
    moves: bool = False
    displacement: Displacement = STILL
    is_unsure: bool = False
    is_open: bool = False
    disturbs: bool = False
    may_be_hidden: bool = False
    is_right_to_left: bool | None = None
    overrides: bool = False
    isolates: bool = False
    has_picture: bool = False
    is_numbered: bool = False
    hides_box: bool = False
    hides_lines: bool = False
    box: Box | None = None
    is_overdrawn: bool = False
    is_stamp: bool = False


USUAL = Style()
#: What only a browser knows.
OPEN = Style(moves=True, is_open=True)
#: Stands for every cell, where an element is around them.
EVERYWHERE: Final = object()


class Look(NamedTuple):
    """How the text at a place looks, by all elements around it.

    Attributes:
        mark: what its characters are, as far as no cell decides; None for what is simply printed.
        struck, raised, hides: the marks of what is struck, raised and hidden.
        is_visible: as ``visibility`` has it, which an element inside can undo.
        size: of its font.
        is_small: it is much smaller than what is around it.
        colour: of its characters.
        background: behind it; None for a picture.
        moved_in: what stands for the cell in which an element around it was moved; None if none was.
        is_right_to_left: its lines begin on the right.
        is_reversed: its characters do, too.
        is_control: it stands in a button.
        is_closed: it is a part of what has to be opened.
        unsure_in: what stands for the cell in which an element around it looks as nobody knows; where that
            is around cells, :data:`EVERYWHERE`.
    """

    mark: Mark | None = None
    struck: bool = False
    raised: Mark | None = None
    hides: Mark | None = None
    is_visible: bool = True
    size: float = USUAL_SIZE
    is_small: bool = False
    colour: Colour = _BLACK
    background: Colour | None = _WHITE
    moved_in: object = None
    is_right_to_left: bool = False
    is_reversed: bool = False
    is_control: bool = False
    is_closed: bool = False
    unsure_in: object = None


USUAL_LOOK = Look()


def look_inside(
    look: Look, style: Style, cell: object, *, is_control: bool = False, is_closed: bool = False
) -> Look:
    """How the text in an element looks.

    Args:
        look: of the text around it.
        style: the element's own.
        cell: what stands for the cell that it is in; None outside of cells.
        is_control: whether it is a button.
        is_closed: whether it has to be opened to be seen.
    """
    if style is USUAL and not (is_control or is_closed):
        return look
    size = _size_inside(look, style)
    hides = Mark.HIDDEN if is_closed else style.hides
    is_right_to_left = _or_else(style.is_right_to_left, look.is_right_to_left)
    changed = look._replace(
        struck=style.is_struck or (look.struck and not style.is_apart),
        raised=style.raised or look.raised,
        hides=look.hides or hides,
        is_visible=_or_else(style.is_visible, look.is_visible),
        size=size,
        is_small=_is_small_inside(look, size),
        colour=style.colour or look.colour,
        background=_background_inside(look, style),
        moved_in=_moved_inside(look, style, cell),
        is_right_to_left=is_right_to_left,
        is_reversed=look.is_reversed or (style.overrides and is_right_to_left),
        is_control=look.is_control or is_control,
        is_closed=is_closed,
        unsure_in=(EVERYWHERE if cell is None else cell) if style.is_unsure else look.unsure_in,
    )
    return changed._replace(mark=mark_of(changed))


def _or_else(said: bool | None, around: bool) -> bool:  # noqa: FBT001 - what is said, and what is so otherwise
    return around if said is None else said


def _size_inside(look: Look, style: Style) -> float:
    if style.size is None:
        return look.size
    return style.size if style.size >= 0 else -style.size * look.size


def _is_small_inside(look: Look, size: float) -> bool:
    return look.is_small if size == look.size else size < _SMALL * look.size


def _moved_inside(look: Look, style: Style, cell: object) -> object:
    return look.moved_in if cell is None or not style.moves else cell


def _background_inside(look: Look, style: Style) -> Colour | None:
    return look.background if style.background is None else style.background or None


def mark_of(look: Look) -> Mark | None:
    """What characters are that look so; what hides them counts before what tells them apart."""
    by_rank = (
        (look.hides, look.hides is not None),
        (Mark.INVISIBLE, not look.is_visible),
        (Mark.HIDDEN, look.size < _UNSEEN_SIZE),
        (Mark.CONTROL, look.is_control),
        (Mark.REVERSED, look.is_reversed),
        (Mark.STRUCK, look.struck),
        (look.raised, look.raised is not None),
        (Mark.FAINT, _is_faint(look)),
        (Mark.SMALL, look.is_small),
    )
    return next((mark for mark, applies in by_rank if applies), None)


def _is_faint(look: Look) -> bool:
    """Whether characters have the colour of what is behind them, or, whatever that is, none."""
    return look.colour[3] <= 0 or (look.background is not None and _is_same(look.colour, look.background))


def is_quiet(style: Style) -> bool:
    """Whether text looks as usual that has a style among text that does."""
    if style is USUAL:
        return True
    is_plain = (
        style[:2] in _PLAIN and not any(style[field] for field in _LOUD) and style.displacement.is_still
    )
    size, colour, background = style.size, style.colour, style.background
    is_large = size is None or (size if size >= 0 else -size * USUAL_SIZE) >= _SMALL * USUAL_SIZE
    is_dark = colour is None or (min(colour[:3]) < _DARK and colour[3] >= _HALF)
    is_light = background is None or (len(background) > 0 and min(background[:3]) > _LIGHT)
    return is_plain and is_large and is_dark and is_light


_PLAIN = ((None, None), (True, None), (None, True), (True, True))
_LOUD = [
    Style._fields.index(name)
    for name in (
        [
            "is_struck",
            "raised",
            "hides",
            "moves",
            "is_overdrawn",
            "is_unsure",
            "is_open",
            "disturbs",
            "is_right_to_left",
            "overrides",
            "has_picture",
            "is_numbered",
            "hides_box",
            "hides_lines",
        ]
    )
]
_DARK, _LIGHT = 0.8, 0.9


def _is_same(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) * one[3] < _SAME_COLOUR for a, b in zip(one[:3], other[:3], strict=True))


@lru_cache(maxsize=4096)
def style_of(values: tuple[tuple[str, str], ...]) -> Style:
    """What the winning values say.

    Args:
        values: property and value, from :func:`cascaded`.
    """
    said = dict(values)
    if "all" in said:
        # It undoes what other rules say.
        return OPEN
    is_elsewhere = moves(said) or paints(said) or is_cut(said)
    box, displacement = box_of(said), displacement_of(said)
    return Style(
        exists=_exists(said),
        is_visible=_visibility(said),
        is_block=_is_block(said),
        is_struck=_is_struck(said),
        is_apart=said.get("display", "") in _APART_FROM_LINE or is_taken_out(said),
        raised=_raised(said),
        size=_size(said),
        colour=colour_of(said.get("-webkit-text-fill-color") or said.get("color", "")),
        background=_background(said),
        hides=_hides(said),
        moves=is_elsewhere or displacement.is_reordered,
        displacement=displacement,
        is_unsure=is_unknown(said),
        disturbs=disturbs_text(said),
        is_right_to_left=None if "direction" not in said else said["direction"] == "rtl",
        overrides="override" in said.get("unicode-bidi", ""),
        isolates=said.get("unicode-bidi", "normal") not in ("normal", "embed", "inherit", "initial", "unset"),
        has_picture="url(" in said.get("background-image", said.get("background", "")),
        is_numbered=_is_numbered(said),
        hides_box=has_no_room(said),
        hides_lines=_hides_lines(said),
        box=box._replace(is_elsewhere=is_elsewhere) if box is not None else None,
        is_overdrawn=draws_line(said) or _is_behind(said),
        is_stamp=lies_over_page(said),
    )


def _exists(said: Mapping[str, str]) -> bool | None:
    if said.get("mso-hide") == "all":
        return False
    display = said.get("display")
    # What is there for a column has nothing that is seen.
    return None if display is None else display not in ("none", "table-column", "table-column-group")


def _visibility(said: Mapping[str, str]) -> bool | None:
    visibility = said.get("visibility")
    return (
        None
        if visibility in (None, "inherit", "unset", "revert")
        else visibility not in ("hidden", "collapse")
    )


def _is_block(said: Mapping[str, str]) -> bool | None:
    if is_taken_out(said):
        return True
    display = said.get("display", "")
    if display in ("", "none"):
        return None
    is_block = display.startswith(_BLOCK_DISPLAYS)
    return is_block if is_block or display.startswith(("inline", "contents", "ruby")) else None


def _is_struck(said: Mapping[str, str]) -> bool:
    lines = (said.get(name, "") for name in ("text-decoration", "text-decoration-line"))
    return any("line-through" in line for line in lines)


def _raised(said: Mapping[str, str]) -> Mark | None:
    if said.get("position") == "relative":
        moved = (pixels(said.get(side, ""), USUAL_SIZE) for side in ("top", "bottom"))
        if any(abs(length or 0) >= _UNSEEN_MOVE * USUAL_SIZE for length in moved):
            return Mark.SHIFTED
    if said.get("font-variant-position") in ("super", "sub"):
        return Mark.RAISED
    align = said.get("vertical-align", "")
    if said.get("display") in _CELL_DISPLAYS:
        return None
    if align in ("super", "sub"):
        return Mark.RAISED
    length = pixels(align, USUAL_SIZE)
    if length is not None and abs(length) >= _UNSEEN_MOVE * USUAL_SIZE:
        return Mark.SHIFTED
    if align in ("top", "bottom", "text-top", "text-bottom"):
        size = _size(said)
        is_small = size is not None and (size if size >= 0 else -size * USUAL_SIZE) < _SMALLER * USUAL_SIZE
        return Mark.SHIFTED if is_small else None
    return None


def _size(said: Mapping[str, str]) -> float | None:
    value = said.get("font-size")
    if value is None and "font" in said:
        found = _SIZE_IN_FONT.search(said["font"])
        value = found[1] if found is not None else None
    if value is None:
        return None
    if value in _SIZES:
        return _SIZES[value]
    match = LENGTH.fullmatch(value)
    if match is None or float(match[1]) < 0:
        return None
    if match[2] in ("em", "%", "ex"):
        return -float(match[1]) * {"em": 1.0, "%": 0.01, "ex": 0.5}[match[2]]
    return pixels(value, USUAL_SIZE)


def _background(said: Mapping[str, str]) -> Colour | tuple[()] | None:
    picture = said.get("background-image", said.get("background", ""))
    if "url(" in picture or "gradient(" in picture:
        return ()
    value = said.get("background-color", said.get("background", ""))
    words = (colour_of(word) for word in (value, *value.split()))
    colour = next((word for word in words if word is not None), None)
    return None if colour is None or colour[3] < _HALF else colour


def _is_behind(said: Mapping[str, str]) -> bool:
    """Whether it is set behind the backgrounds of what it stands in."""
    return said.get("z-index", "").startswith("-") and said.get("position", "static") != "static"


def _hides(said: Mapping[str, str]) -> Mark | None:
    """What hides everything in an element, or draws it as something else, whatever that says of itself."""
    opacity = _OPACITY.fullmatch(said.get("opacity", ""))
    is_faint = opacity is not None and float(opacity[1]) * (0.01 if opacity[2] else 1.0) < _SEEN_OPACITY
    if is_faint or _FILTERED_AWAY.search(said.get("filter", "")):
        return Mark.INVISIBLE
    if is_moved_away(said) or is_clipped(said) or _is_box_without_room(said):
        return Mark.HIDDEN
    return Mark.PICTURE if _is_drawn_otherwise(said) else None


def _is_drawn_otherwise(said: Mapping[str, str]) -> bool:
    """Whether dots, a picture, or the pictures of a font are seen in place of characters."""
    is_dotted = said.get("-webkit-text-security", "none") not in ("none", "initial")
    # Browsers take words for the content of nothing but what they generate themselves.
    is_picture = "…" in said.get("content", "")
    return (
        is_dotted
        or is_picture
        or is_pictorial(said.get("font-family", said.get("font", "")).partition(",")[0])
    )


def _is_box_without_room(said: Mapping[str, str]) -> bool:
    """Whether an element is a box in its line that shows none of its text."""
    is_box = said.get("display", "") in _APART_FROM_LINE
    return is_box and (has_no_room(said) or _hides_lines(said))


def _hides_lines(said: Mapping[str, str]) -> bool:
    """Whether a block, or a part of a table, shows none of its lines."""
    return is_far(said.get("text-indent", "")) or is_gone_as_box(said)


def _is_numbered(said: Mapping[str, str]) -> bool:
    """Whether it is an item of a list with a mark that isn't a dot."""
    marks = (said.get(name, "none") for name in ("list-style", "list-style-type"))
    return said.get("display") == "list-item" or any(_DOTS.fullmatch(mark) is None for mark in marks)

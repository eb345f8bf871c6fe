"""How the elements of a page look: what their names, attributes and styles and the sheets say together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from extractor.documents.asides import Mark, marked
from extractor.documents.web.boxes import Box
from extractor.documents.web.cascade import Declaration, cascaded
from extractor.documents.web.css import UNKNOWN_PART, declarations_in
from extractor.documents.web.elsewhere import is_drawn_over, is_taken_out
from extractor.documents.web.moved import STILL, Displacement
from extractor.documents.web.properties import is_known
from extractor.documents.web.said import by_attributes
from extractor.documents.web.sheets import NOTHING, Found, Sheets
from extractor.documents.web.styles import (
    EVERYWHERE,
    OPEN,
    USUAL,
    USUAL_LOOK,
    Look,
    Style,
    is_quiet,
    look_inside,
    style_of,
)
from extractor.documents.web.tags import TABLE_PARTS, Action, Effect
from extractor.text.folding import BLANK, INVISIBLE
from extractor.text.pictorial_fonts import is_pictorial

# Attributes that may change how an element looks, besides its style.
_OTHERS = frozenset({"hidden", "popover", "color", "bgcolor", "background", "dir", "face"})
#: All that may.
TELLING = _OTHERS | {"style"}
# A property, or part of its name, without which a style says nothing unusual.
_TELLING_STYLE = re.compile(
    r"display|visib|opacity|font|color|background|decoration|vertical-align|position|float|overflow|indent|clip"
    r"|margin|spacing|direction|bidi|flex|transform|filter|security|mso-hide|order:|grid|translate|\\"
    r"|zoom|underline|emphasis|shadow|outline|stroke|list-style|quotes|contain|size\s*:"
    r"|(?<![\w-])(?:left|right|top|bottom|inset)\s*:",
    re.IGNORECASE,
)
_PROPERTY = re.compile(r"(?:^|;)\s*([a-z-][\w-]*)\s*:", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_BARE_COLOUR = re.compile(r"[0-9a-f]{3}|[0-9a-f]{6}")
# No real one is longer, and what is looked up is remembered.
_LONGEST_STYLE = 1000
_DEFAULTS: dict[str, tuple[Declaration, ...]] = {
    **dict.fromkeys(("s", "strike", "del"), (("text-decoration", "line-through", False),)),
    **dict.fromkeys(("sup", "rt"), (("vertical-align", "super", False),)),
    "sub": (("vertical-align", "sub", False),),
    "small": (("font-size", "smaller", False),),
    "bdo": (("unicode-bidi", "bidi-override", False),),
}
_CLOSED: tuple[Declaration, ...] = (("display", "none", False),)
# What is done to all text of these is done to that of single cells, not to a page that is shown later.
_OF_ROWS = ("cell", "row", "section")
# What nobody publishes in order to hide it: a page, and the text of a WeChat article, is shown by its script.
_SHOWN_BY_SCRIPT = ("html", "body")
_ARTICLE = "js_content"
_LEAST_FONT = "1"
_LEFT_OUT = ("left out", "left out, replaced")
# Of these ``visibility: collapse`` leaves no gap (https://www.w3.org/TR/CSS2/tables.html#dynamic-effects).
_COLLAPSING: frozenset[Action | None] = frozenset({"row", "section", "table", "columns"})
_UNSEEN = (Mark.HIDDEN, Mark.INVISIBLE, Mark.FAINT, Mark.STRUCK)
# What has quotation marks, numbers; and what may be drawn over what is beside it.
_ADDING = {"q": Mark.GENERATED, "ol": Mark.GENERATED, "hr": Mark.OVERLAY}


# What Word and others call the places of notes.
_OF_NOTE = re.compile(r"#_?(?:ft?n|edn?|foot|end|note|ref|cite|n\d|zhu|注)", re.IGNORECASE)


class Opened(NamedTuple):
    """How an element begins.

    Attributes:
        effect: whether it is a block, and what else it does.
        exists: whether it takes part in the layout of the page.
        takes_columns: whether columns of the table around it are taken out.
        marks: what is seen in it besides its text.
        displacement: how it is moved as a box.
        box: what it is of a table that is made of boxes; None if it is none of that.
        is_plain: nothing but the text in it is seen of it, and that as usual.
        is_stamp: it lies over the page.
    """

    effect: Effect
    exists: bool = True
    takes_columns: bool = False
    marks: str = ""
    displacement: Displacement = STILL
    box: Box | None = None
    is_plain: bool = True
    is_stamp: bool = False


class Appearance:
    """Knows how the text at the current place of a page looks.

    Args:
        sheets: the page's style sheets.
        lacks_sheets: whether the page names others that didn't come with it.
    """

    def __init__(self, sheets: Sheets, *, lacks_sheets: bool) -> None:
        self._sheets = sheets
        self._lacks_sheets = lacks_sheets
        # The looks of open elements that differ from what is around them, and how many elements that is.
        self._looks: list[tuple[int, Look]] = []
        #: How the text looks.
        self.look = USUAL_LOOK
        #: Whether elements and texts have to be looked at one by one.
        self.is_special = bool(sheets)

    def open(
        self,
        tag: str,
        attributes: Mapping[str, str],
        effect: Effect,
        depth: int,
        cell: object,
        *,
        is_note: bool = False,
        is_item: bool = False,
    ) -> Opened:
        """An element begins.

        Args:
            tag: its name.
            attributes: its own.
            effect: what it does by its name.
            depth: how many elements are open around it.
            cell: what stands for the cell that it is in; None outside of cells.
            is_note: whether it is a link to a note.
            is_item: whether it is an item of a grid whose columns are known.
        """
        found = self._sheets.open(tag, attributes, depth) if self._sheets else NOTHING
        style = self._style(tag, attributes, found)
        if is_item:
            style = _as_item(style)
        action = effect[1]
        is_part = action in TABLE_PARTS
        is_gone = action in _COLLAPSING and _is_collapsed(attributes, found)
        if style.exists is False or is_gone:
            return Opened(effect, exists=False, takes_columns=is_gone and action == "columns")
        style = _disturbed(style, action, cell, found)
        displacement = style.displacement
        if is_part:
            style, displacement = _as_part(style, action)
            style = self._as_table(style, action)
        else:
            style = self._inside(style, tag, attributes, found, is_note=is_note)
            effect = _effect(effect, style, is_note=is_note)
        style = _as_box(style, is_block=effect[0], is_part=is_part)
        is_around_cells = is_part and action != "cell"
        self._push(tag, attributes, style, depth, _held_against(style, cell, is_around_cells=is_around_cells))
        is_in_cell = action == "cell" or (cell is not None and not is_part)
        marks = (
            self._marks(tag, style, found, attributes)
            if is_in_cell
            else ""
            if is_part
            else self._added(found, attributes, is_in_cell=False)
        )
        box = None if is_part or self.look.is_right_to_left else style.box
        is_plain = _is_plain(tag, style, found)
        return Opened(
            effect,
            marks=marks,
            displacement=displacement,
            box=box,
            is_plain=is_plain,
            is_stamp=style.is_stamp,
        )

    def close(self, depth: int) -> None:
        """An element ended that has so many around it."""
        while self._looks and self._looks[-1][0] >= depth:
            self._looks.pop()
        self.look = self._looks[-1][1] if self._looks else USUAL_LOOK
        self.is_special = bool(self._sheets) or bool(self._looks)

    def mark(self, cell: object) -> Mark | None:
        """What characters are that stand here; None if they are simply printed.

        Args:
            cell: as for :meth:`open`.
        """
        look = self.look
        if cell is None or look.mark not in (None, *_UNSEEN):
            return look.mark
        is_unsure = look.unsure_in is cell
        if look.mark is not None:
            # What hides it may be undone.
            return Mark.OVERLAY if is_unsure or look.unsure_in is EVERYWHERE else look.mark
        is_moved = look.moved_in is cell or look.moved_in is EVERYWHERE
        return Mark.OVERLAY if is_moved else Mark.UNSURE if is_unsure else None

    def _push(self, tag: str, attributes: Mapping[str, str], style: Style, depth: int, cell: object) -> None:
        if tag == "summary" and self._looks and self._looks[-1][1].is_closed:
            look = self._looks[-2][1] if len(self._looks) > 1 else USUAL_LOOK
        elif not self._looks and is_quiet(style) and tag not in ("button", "details"):
            return
        else:
            look = self.look
        look = look_inside(
            look,
            style,
            cell,
            is_control=tag == "button",
            is_closed=tag == "details" and "open" not in attributes and cell is not None,
        )
        if look is not self.look:
            self._looks.append((depth, look))
            self.look = look
            self.is_special = True

    def _as_table(self, style: Style, action: Action | None) -> Style:
        """The style of a part of a table; only from left to right the source tells where columns stand."""
        is_mirrored = action == "table" and (style.is_right_to_left or self.look.is_right_to_left)
        return style._replace(moves=True) if is_mirrored else style

    def _inside(
        self, style: Style, tag: str, attributes: Mapping[str, str], found: Found, *, is_note: bool
    ) -> Style:
        """The style of an element that is no part of a table."""
        if self._may_look_otherwise(style, tag, attributes, found, is_note=is_note):
            style = style._replace(is_unsure=True)
        if self.look.is_right_to_left and (
            tag == "bdi" or "dir" in attributes or style.isolates or style.is_apart
        ):
            # What is set apart from the digits beside it may stand on their other side.
            style = style._replace(moves=True)
        return style._replace(raised=style.raised or self.look.raised or Mark.LINKED) if is_note else style

    def _may_look_otherwise(
        self, style: Style, tag: str, attributes: Mapping[str, str], found: Found, *, is_note: bool
    ) -> bool:
        """Whether nobody knows how an element in a cell looks."""
        # What hides it may stand in a sheet that didn't come with the page.
        may_be_hidden = self._lacks_sheets and "class" in attributes and found is NOTHING
        # A line drawn behind or over the text strikes it through.
        may_be_struck = bool(found.generated) or style.background == ()
        # A link within the page may lead to a note, or nowhere, and what is a little smaller may be one: its
        # digits may be the figure's.
        may_be_note = tag == "small" or (tag == "a" and not is_note and is_link_on_page(attributes))
        return may_be_hidden or may_be_struck or may_be_note

    def _style(self, tag: str, attributes: Mapping[str, str], found: Found) -> Style:
        style = self._stated(tag, attributes, found.declarations)
        is_shown = tag in _SHOWN_BY_SCRIPT or attributes.get("id") == _ARTICLE
        if found.doubtful and _is_in_doubt(
            style, self._stated(tag, attributes, found.certain), found.doubtful
        ):
            return OPEN._replace(may_be_hidden=not is_shown and _may_hide(found.doubtful))
        if is_shown:
            return style._replace(exists=None, is_visible=None, hides=None)
        return style

    def _stated(self, tag: str, attributes: Mapping[str, str], ruled: tuple[Declaration, ...]) -> Style:
        own = attributes.get("style", "")[:_LONGEST_STYLE]
        hints = _hints(tag, attributes)
        if not ruled and not hints:
            return _styled(own) if own else USUAL
        return style_of(cascaded((*hints, *ruled, *(_declared(own) if own else ()))))

    def _marks(self, tag: str, style: Style, found: Found, attributes: Mapping[str, str]) -> str:
        marks = marked(Mark.BACKDROP) if style.has_picture else ""
        adding = _ADDING.get(tag) or (Mark.GENERATED if style.is_numbered else None)
        if (style.moves and not style.is_open) or style.is_overdrawn:
            adding = Mark.OVERLAY
        # What a sheet puts beside a text may be seen where that isn't: in a font of no size it has its own.
        is_seen = self.look.mark not in (Mark.HIDDEN, Mark.INVISIBLE)
        marks += marked(adding) if adding is not None and is_seen else ""
        return marks + self._added(found, attributes, is_in_cell=True)

    def _added(self, found: Found, attributes: Mapping[str, str], *, is_in_cell: bool) -> str:
        """What a sheet puts beside the text of an element."""
        marks = ""
        for declarations in found.generated:
            values = cascaded(declarations)
            words = dict(values).get("content", "").strip(BLANK + INVISIBLE)
            side = look_inside(self.look, style_of(values), None)
            if style_of(values).exists is False or side.mark in (Mark.HIDDEN, Mark.INVISIBLE):
                continue
            if words:
                marks += _generated(words) + (by_attributes(attributes) if UNKNOWN_PART in words else "")
            elif is_in_cell and is_drawn_over(dict(values)):
                marks += marked(Mark.OVERLAY)
        return marks


def _is_plain(tag: str, style: Style, found: Found) -> bool:
    """Whether nothing but its text is seen of an element, and that as usual."""
    return is_quiet(style) and style.box is None and not found.generated and tag not in _ADDING


def _generated(words: str) -> str:
    """What a sheet puts beside an element: words are read with its text, anything else is only there."""
    is_known = UNKNOWN_PART not in words
    return words if is_known and _HAN.search(words) is not None else marked(Mark.GENERATED, words)


def _is_in_doubt(style: Style, certain: Style, doubtful: tuple[tuple[Declaration, ...], ...]) -> bool:
    """Whether rules of which nobody knows whether they apply say anything that matters.

    Args:
        style: of an element to which all of them apply.
        certain: if none does.
        doubtful: what each says.
    """
    if any(not is_quiet(style_of(cascaded(said))) for said in doubtful):
        return True
    is_other = style != certain and not (is_quiet(style) and is_quiet(certain))
    return is_other or (style.is_block, style.box) != (certain.is_block, certain.box)


def _disturbed(style: Style, action: Action | None, cell: object, found: Found) -> Style:
    """A style as far as it hides, strikes or moves all text of cells.

    Args:
        style: of an element.
        action: what it does by its name.
        cell: as for :meth:`Appearance.open`.
        found: what sheets say of it; what one puts into a row stands in a cell of its own, before the others.
    """
    is_of_cells = style.disturbs and (cell is not None or action in _OF_ROWS)
    has_cell_before = action == "row" and any(map(_takes_room, found.generated))
    return style._replace(moves=True, is_open=True) if is_of_cells or has_cell_before else style


def _takes_room(generated: tuple[Declaration, ...]) -> bool:
    """Whether what a sheet puts beside a text is there, in the place that it has in the line."""
    said = dict(cascaded(generated))
    is_there = "content" in said and said.get("display") != "none"
    return is_there and not is_taken_out(said)


def _may_hide(doubtful: tuple[tuple[Declaration, ...], ...]) -> bool:
    """Whether a rule of which nobody knows whether it applies hides an element, and no such rule shows it."""
    styles = [style_of(cascaded(said)) for said in doubtful]
    hides = any(
        style.exists is False or style.is_visible is False or style.hides is not None for style in styles
    )
    return hides and not any(style.exists or style.is_visible for style in styles)


def _as_part(style: Style, action: Action | None) -> tuple[Style, Displacement]:
    """A style as far as it applies to a part of a table, and where that then stands.

    Heads of tables stay where they are, and what is in cells is aligned.
    """
    moved = style.displacement
    is_open = style.is_open or (action in ("row", "section") and (moved.is_moved or moved.reverses))
    if action == "cell":
        moved = moved._replace(is_moved=moved.is_moved or is_open)
    moves = (is_open or style.is_overdrawn) and action != "cell"
    return style._replace(moves=moves, raised=None), moved


def _held_against(style: Style, cell: object, *, is_around_cells: bool) -> object:
    """What stands for the cells in which a style is told: that which an element is in, or all in it."""
    return EVERYWHERE if is_around_cells or style.may_be_hidden else cell


def _effect(effect: Effect, style: Style, *, is_note: bool) -> Effect:
    """What an element does that its style may make a block, or none."""
    is_block, action = effect
    return (is_block if style.is_block is None or action in _LEFT_OUT or is_note else style.is_block), action


def _as_item(style: Style) -> Style:
    """A style as far as it applies to an item of a grid: where that stands in the grid is told."""
    box = style.box
    if box is None:
        return style._replace(box=Box(still=style.displacement, is_elsewhere=style.moves))
    return style._replace(displacement=box.still, moves=box.is_elsewhere)


def _as_box(style: Style, *, is_block: bool, is_part: bool) -> Style:
    """A style as far as it applies to a block, a part of a table, or what stands in a line."""
    if is_block and style.raised is Mark.RAISED:
        style = style._replace(raised=None)
    has_no_room = style.hides_box and is_block and not is_part
    if has_no_room or (style.hides_lines and (is_block or is_part)):
        return style._replace(hides=style.hides or Mark.INVISIBLE)
    return style


def is_link_on_page(attributes: Mapping[str, str]) -> bool:
    """Whether a link with these attributes leads to another place of the same page."""
    return attributes.get("href", "").startswith("#")


def is_link_to_note(attributes: Mapping[str, str]) -> bool:
    """Whether a link with these attributes leads to a place of the same page that is named as notes are."""
    return _OF_NOTE.match(attributes.get("href", "")) is not None


def may_look_unusual(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes may look otherwise than one without, among text as usual."""
    style = attributes.get("style")
    if style is not None and _is_unusual(style[:_LONGEST_STYLE]):
        return True
    return not _OTHERS.isdisjoint(attributes)


@lru_cache(maxsize=1024)
def _is_unusual(style: str) -> bool:
    own = _styled(style)
    return not is_quiet(own) or own.exists is False or own.is_block is not None


def _legacy_colour(value: str) -> str:
    """A colour of an attribute, where browsers take figures without ``#``, too."""
    value = value.strip().lower()
    return f"#{value}" if _BARE_COLOUR.fullmatch(value) is not None else value


def _is_collapsed(attributes: Mapping[str, str], found: Found) -> bool:
    """Whether rows, or columns, are taken out of a table."""
    own = attributes.get("style", "")[:_LONGEST_STYLE]
    values = cascaded((*found.declarations, *(_declared(own) if own else ())))
    return dict(values).get("visibility") == "collapse"


@lru_cache(maxsize=1024)
def _styled(style: str) -> Style:
    declared = _declared(style)
    return style_of(cascaded(declared)) if declared else USUAL


def _declared(style: str) -> tuple[Declaration, ...]:
    is_telling = "--" in style or _TELLING_STYLE.search(style) is not None
    return declarations_in(style) if is_telling or not all(map(is_known, _names_in(style))) else ()


def _names_in(style: str) -> list[str]:
    return [name.lower() for name in _PROPERTY.findall(style)]


def _hints(tag: str, attributes: Mapping[str, str]) -> tuple[Declaration, ...]:
    """What an element's name and its other attributes say; any style goes before that."""
    hints = _DEFAULTS.get(tag, ())
    is_closed = tag == "dialog" and "open" not in attributes
    if is_closed or "hidden" in attributes or "popover" in attributes:
        hints += _CLOSED
    if is_pictorial(attributes.get("face", "")):
        hints += (("font-family", attributes["face"], False),)
    if "color" in attributes and tag == "font":
        hints += (("color", _legacy_colour(attributes["color"]), False),)
    if "bgcolor" in attributes:
        hints += (("background-color", _legacy_colour(attributes["bgcolor"]), False),)
    if attributes.get("background"):
        hints += (("background-image", "url(…)", False),)
    if attributes.get("dir", "").lower() in ("rtl", "ltr"):
        hints += (("direction", attributes["dir"].lower(), False),)
    if tag == "font" and attributes.get("size"):
        hints += (("font-size", "x-small" if attributes["size"] == _LEAST_FONT else "medium", False),)
    return hints

"""How the characters of a Word file look: hidden, struck, raised, moved, too small, in the page's colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from docx.oxml.ns import qn

from extractor.documents.asides import Mark
from extractor.documents.word.colours import BLACK, WHITE, Colours, Ink, is_same
from extractor.documents.word.ooxml import OFF, TWENTIETHS, VALUE, Element, measure
from extractor.documents.word.styles import Styles, first_said
from extractor.text.pictorial_fonts import is_pictorial

_EFFECTS = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH, _RUN = qn("w:pPr"), qn("w:rPr")
_STYLE, _PARAGRAPH_STYLE = qn("w:rStyle"), qn("w:pStyle")
_HIDDEN, _HIDDEN_ON_WEB = qn("w:vanish"), qn("w:webHidden")
_STRUCK, _STRUCK_TWICE = qn("w:strike"), qn("w:dstrike")
_RAISED, _MOVED, _WIDTH, _FITTED, _SPACED = map(
    qn, ("w:vertAlign", "w:position", "w:w", "w:fitText", "w:spacing")
)
_SIZE, _COMPLEX_SIZE, _FONTS = qn("w:sz"), qn("w:szCs"), qn("w:rFonts")
_COMPLEX = (qn("w:rtl"), qn("w:cs"))
_COLOUR, _SHADING, _HIGHLIGHT, _LAYOUT = map(qn, ("w:color", "w:shd", "w:highlight", "w:eastAsianLayout"))
_FILLED, _OUTLINED = f"{_EFFECTS}textFill", f"{_EFFECTS}textOutline"
_SCENE, _TURNED = f"{_EFFECTS}scene3d", f"{_EFFECTS}rot"
# What shows the form of characters whatever their colour.
_SHADED = (
    *map(qn, ("w:shadow", "w:emboss", "w:imprint", "w:outline")),
    *(_EFFECTS + name for name in ("shadow", "glow", "reflection")),
)
# What styles of several kinds say of these, one undoes of the other (ECMA-376, 17.7.3).
_TOGGLES = (_HIDDEN, _STRUCK)
_TELLING = (
    *(_HIDDEN_ON_WEB, _STRUCK_TWICE, _RAISED, _MOVED, _WIDTH, _FITTED, _SPACED, _SIZE, _COMPLEX_SIZE, _FONTS),
    *(*_COMPLEX, _COLOUR, _SHADING, _HIGHLIGHT, _LAYOUT, _FILLED, _OUTLINED, _SCENE, *_SHADED),
)
_ALL = frozenset((*_TOGGLES, *_TELLING))
_COMBINED = qn("w:combine")
_OFF = (*OFF, "none")
# So many of what sizes are counted in are a point.
_HALF_POINTS = 2
# In half points: the size of text where nothing is said, what nobody sees, what is much smaller than usual.
# A move by less than this share of the size isn't seen, one by more leaves the line.
_USUAL_SIZE, _UNSEEN_SIZE, _SMALL_SIZE, _UNSEEN_MOVE, _FAR_MOVE = 21, 3, 13, 0.2, 2
# Characters of such a share of their width, in per cent, aren't seen; colours that differ by no more are one.
_UNSEEN_WIDTH, _SAME_COLOUR = 5, 15
# In twentieths of a point, a half point of the size each: what characters that are set closer than that
# cover of each other, and the width that is left to a text in which it isn't read.
_CLOSE, _UNREAD_WIDTH, _UNREAD_LINE = 2.5, 1.5, 5
_ASCII, _ASCII_OF_THEME = qn("w:ascii"), qn("w:asciiTheme")
_COMPLEX_FONT, _COMPLEX_FONT_OF_THEME = qn("w:cs"), qn("w:cstheme")
_LINE, _RULE = qn("w:line"), qn("w:lineRule")
_INDENT, _FRAME, _DROPPED = qn("w:ind"), qn("w:framePr"), qn("w:dropCap")
# What sets a frame elsewhere than where its paragraph stands; not so far from there is still there.
_SET_BY = [qn(f"w:{name}") for name in ("x", "xAlign", "yAlign")]
_ANCHORS, _DOWN = (qn("w:hAnchor"), qn("w:vAnchor")), qn("w:y")
_NOT_FAR = 60
_FORTH = [(qn(f"w:{side}"), qn(f"w:{side}Chars")) for side in ("left", "start", "firstLine")]
_BACK = (qn("w:hanging"), qn("w:hangingChars"))
_FROM_RIGHT = [(qn(f"w:{side}"), qn(f"w:{side}Chars")) for side in ("right", "end")]
# What of a paragraph tells whether and before what its text is seen.
_OF_PARAGRAPHS = (_SHADING, _SPACED, _INDENT, _FRAME)


def _is_set_apart(frame: Element) -> bool:
    """Whether a frame's paragraph is shown elsewhere than where it stands."""
    is_placed = any(frame.get(name) is not None for name in _SET_BY)
    is_of_text = all(frame.get(anchor, "text") == "text" for anchor in _ANCHORS)
    return is_placed or not is_of_text or bool(measure(frame, _DOWN, 0) > _NOT_FAR)


def _is_dropped(frame: Element) -> bool:
    return bool(frame.get(_DROPPED, "none") != "none")


class Around(NamedTuple):
    """What is said of the look of text outside it.

    Attributes:
        behind: the colours behind it, as six hexadecimal digits each; none for the page's.
        formats: the conditional formats of the table that it is in, and its styles, what holds first first.
        width: that of its cell, in twentieths of a point; None where nothing is fixed.
        columns: likewise, that of the columns of the table's grid that the cell takes, which is as wide, or
            wider where its text needs more room.
        is_obscured: nobody can tell without laying out the page whether it is seen.
        paragraph_style: the style of its paragraph.
        has_own_frames: it is in a table of which not all paragraphs are set in one frame.
    """

    behind: tuple[str, ...] = ()
    formats: tuple[Element, ...] = ()
    width: int | None = None
    is_obscured: bool = False
    paragraph_style: str | None = None
    columns: int | None = None
    has_own_frames: bool = False


class _Said(NamedTuple):
    """What is said of characters: elements, and whether they are hidden or struck; None: unclear."""

    elements: dict[str, Element]
    fonts: tuple[Element, ...]
    hidden: bool | None
    struck: bool | None

    def has(self, tag: str) -> bool:
        return _is_on(self.elements.get(tag))

    def number(self, tag: str, default: int) -> int:
        per_point = _HALF_POINTS if tag in (_SIZE, _COMPLEX_SIZE, _MOVED) else TWENTIETHS
        return measure(self.elements.get(tag), VALUE, default, per_point)

    @property
    def size(self) -> int:
        """In half points; Arabic letters, and what is set as they are, have one of their own."""
        tag = _COMPLEX_SIZE if self.is_complex else _SIZE
        return self.number(tag, _USUAL_SIZE)

    @property
    def is_complex(self) -> bool:
        return any(self.has(tag) for tag in _COMPLEX)


class Looks:
    """Tells how runs look.

    Args:
        styles: the named formats of the file.
        colours: its colours.
    """

    def __init__(self, styles: Styles, colours: Colours) -> None:
        self._styles = styles
        self._colours = colours
        self._by_styles = cache(self._by_styles_uncached)
        self._paragraph_by_styles = cache(self._paragraph_by_styles_uncached)
        # What was told of characters of which the same is said: most of a report's are alike.
        self._told: dict[tuple[object, ...], Mark | None] = {}

    def of_paragraph(self, properties: Element | None, around: Around) -> Around:
        """What is said of the look of a paragraph's text outside its runs.

        Args:
            properties: those of the paragraph.
            around: what is said outside it.
        """
        own = {one.tag: one for one in properties} if properties is not None else {}
        style = self._styles.named(_value(own.get(_PARAGRAPH_STYLE)), "paragraph")
        said = self._paragraph_by_styles(style, around.formats)
        if not own.keys().isdisjoint(_OF_PARAGRAPHS):
            said = said | {tag: own[tag] for tag in _OF_PARAGRAPHS if tag in own}
        behind = self._colours.shading(said.get(_SHADING))
        is_obscured = around.is_obscured or self._is_cut(said, style, around)
        if not behind and not is_obscured and style is None:
            return around
        return around._replace(behind=behind or around.behind, is_obscured=is_obscured, paragraph_style=style)

    def mark(self, around: Around, *properties: Element | None) -> Mark | None:
        """What characters are; None if they are simply printed.

        Args:
            around: what is said outside them.
            properties: their own; of several, that which holds last.
        """
        own = [one for some in properties if some is not None for one in some]
        if any(map(len, own)):
            # What is inside a property says more than a name and attributes.
            return self._mark(around, own)
        key = (around, *((one.tag, *one.items()) for one in own))
        if key not in self._told:
            self._told[key] = self._mark(around, own)
        return self._told[key]

    def _mark(self, around: Around, properties: Iterable[Element]) -> Mark | None:
        said = self._said(around, properties)
        if said is None:
            return Mark.OVERLAY if around.is_obscured else None
        size = said.size
        if said.hidden or size <= _UNSEEN_SIZE or said.number(_WIDTH, 100) <= _UNSEEN_WIDTH:
            return Mark.HIDDEN
        if around.is_obscured or self._is_unclear(said, size):
            return Mark.OVERLAY
        if said.struck or said.has(_STRUCK_TWICE):
            return Mark.STRUCK
        if (lifted := _lifted(said, size)) is not None:
            return lifted
        if is_pictorial(self._font(said)):
            return Mark.PICTURE
        return self._coloured(said, around) or (Mark.SMALL if size <= _SMALL_SIZE else None)

    # --- what is said ------------------------------------------------------------------------------

    def _said(self, around: Around, properties: Iterable[Element]) -> _Said | None:
        """What is said of a run: by itself, else by its styles; None if nothing is."""
        own = {one.tag: one for one in properties}
        named = _value(own.get(_STYLE))
        character = self._styles.named(named, "character")
        by_styles = self._by_styles(character, around.paragraph_style, around.formats)
        own = {tag: one for tag, one in own.items() if tag in _ALL}
        if not own:
            return by_styles
        elements = {**by_styles.elements, **own} if by_styles is not None else own
        fonts = by_styles.fonts if by_styles is not None else ()
        hidden, struck = (by_styles.hidden, by_styles.struck) if by_styles is not None else (False, False)
        return _Said(
            elements,
            (own[_FONTS], *fonts) if _FONTS in own else fonts,
            _is_on(own[_HIDDEN]) if _HIDDEN in own else hidden,
            _is_on(own[_STRUCK]) if _STRUCK in own else struck,
        )

    def _by_styles_uncached(
        self, character: str | None, paragraph: str | None, formats: tuple[Element, ...]
    ) -> _Said | None:
        """What the styles of a run, of its paragraph and of its table say; None if nothing."""
        levels = (self._styles.line(character), self._styles.line(paragraph), formats)
        elements: dict[str, Element] = {}
        fonts: list[Element] = []
        for tag in _TELLING:
            found = [first_said(holders, _RUN, tag) for holders in levels]
            found.append(self._styles.of_all(_RUN, tag))
            stated = [one for one in found if one is not None]
            if stated:
                elements[tag] = stated[0]
            if tag == _FONTS:
                fonts = stated
        hidden, struck = (self._toggled(tag, levels) for tag in _TOGGLES)
        if not elements and hidden is False and struck is False:
            return None
        return _Said(elements, tuple(fonts), hidden, struck)

    def _toggled(self, tag: str, levels: tuple[tuple[Element, ...], ...]) -> bool | None:
        if _is_on(self._styles.of_all(_RUN, tag)):
            return True
        character, paragraph, table = (_is_on(first_said(holders, _RUN, tag)) for holders in levels)
        # Programs differ in what a table's style does to text that another one hides.
        return None if table and (character or paragraph) else character ^ paragraph ^ table

    def _paragraph_by_styles_uncached(
        self, style: str | None, formats: tuple[Element, ...]
    ) -> dict[str, Element]:
        """What the styles of a paragraph and of its table say of its place and what is behind it."""
        said = {}
        for tag in _OF_PARAGRAPHS:
            found = first_said((*self._styles.line(style), *formats), _PARAGRAPH, tag)
            found = found if found is not None else self._styles.of_all(_PARAGRAPH, tag)
            if found is not None:
                said[tag] = found
        return said

    # --- what that means ---------------------------------------------------------------------------

    def _is_cut(self, said: Mapping[str, Element], style: str | None, around: Around) -> bool:
        """Whether a paragraph's lines are lower than its text, or begin or end outside its cell."""
        spacing, frame, indent = said.get(_SPACED), said.get(_FRAME), said.get(_INDENT)
        if spacing is not None and spacing.get(_RULE) == "exact":
            of_text = self._by_styles(None, style, around.formats)
            size = of_text.size if of_text is not None else _USUAL_SIZE
            if measure(spacing, _LINE, 10 * size) < _UNREAD_LINE * size:
                return True
        if frame is not None and (_is_dropped(frame) or (around.has_own_frames and _is_set_apart(frame))):
            return True
        width = around.width if around.width is not None else around.columns
        if indent is None or width is None:
            return False
        begins = sum(_side(indent, *side) for side in _FORTH) - _side(indent, *_BACK)
        ends = sum(_side(indent, *side) for side in _FROM_RIGHT)
        # A cell of no width of its own gets wider for an indent, but nothing begins left of it.
        moved = max(-begins, -ends) if around.width is None else max(abs(begins), abs(ends))
        return moved >= max(width, 10 * _USUAL_SIZE)

    def _is_unclear(self, said: _Said, size: int) -> bool:
        """Whether characters may be shown in another way, in another order or over each other."""
        # Pages on the screen don't show it, printed ones do.
        is_screen = said.has(_HIDDEN_ON_WEB)
        is_close = said.number(_SPACED, 0) <= -_CLOSE * size
        fitted = said.elements.get(_FITTED)
        is_narrow = fitted is not None and measure(fitted, VALUE, 10 * size) <= _UNREAD_WIDTH * size
        is_far = abs(said.number(_MOVED, 0)) >= _FAR_MOVE * size
        layout = said.elements.get(_LAYOUT)
        is_combined = layout is not None and layout.get(_COMBINED, "0") not in _OFF
        is_told = said.hidden is not None and said.struck is not None
        return is_screen or is_close or is_narrow or is_far or is_combined or not is_told or _is_turned(said)

    def _font(self, said: _Said) -> str:
        """The font of a run's Latin letters and digits."""
        names = (_COMPLEX_FONT_OF_THEME, _COMPLEX_FONT) if said.is_complex else (_ASCII_OF_THEME, _ASCII)
        for fonts in said.fonts:
            themed, named = (fonts.get(name) for name in names)
            if themed or named:
                return (self._colours.font(themed) if themed else "") or named or ""
        return ""

    def _coloured(self, said: _Said, around: Around) -> Mark | None:
        """What characters are whose colour isn't seen, or isn't known."""
        elements = said.elements
        own = self._colours.highlight(elements.get(_HIGHLIGHT)) or self._colours.shading(
            elements.get(_SHADING)
        )
        behind = own or around.behind or (WHITE,)
        filled = elements.get(_FILLED)
        if filled is not None:
            inks = self._colours.inks(filled)
        else:
            colour = self._colours.text(elements.get(_COLOUR))
            if colour is None:
                # Programs differ in when the usual colour turns white.
                return Mark.OVERLAY if any(is_same(BLACK, one, _SAME_COLOUR) for one in own) else None
            inks = (Ink(colour, 0),)
        if inks is None:
            return Mark.OVERLAY
        unseen = [is_same(ink.on(one), one, _SAME_COLOUR) for ink in inks for one in behind]
        if not all(unseen):
            return Mark.OVERLAY if any(unseen) else None
        # Only their outline or their shadow is seen.
        return Mark.OVERLAY if self._has_form(elements) else Mark.FAINT

    def _has_form(self, elements: dict[str, Element]) -> bool:
        outline = elements.get(_OUTLINED)
        if outline is not None and self._colours.inks(outline) != ():
            return True
        return any(_is_on(elements.get(tag)) for tag in _SHADED)


def _is_turned(said: _Said) -> bool:
    """Whether characters are seen from another side than their front."""
    scene = said.elements.get(_SCENE)
    turns = scene.iter(_TURNED) if scene is not None else ()
    return any(angle != "0" for turn in turns for angle in turn.attrib.values())


def _lifted(said: _Said, size: int) -> Mark | None:
    """What characters are that stand higher or lower than what is beside them."""
    raised = said.elements.get(_RAISED)
    if raised is not None and raised.get(VALUE) in ("superscript", "subscript"):
        return Mark.RAISED
    return Mark.SHIFTED if abs(said.number(_MOVED, 0)) >= _UNSEEN_MOVE * size else None


def _value(element: Element | None) -> str | None:
    return element.get(VALUE) if element is not None else None


def _side(indent: Element, name: str, in_characters: str) -> int:
    """An indent in twentieths of a point; where it is said in hundredths of a character, that holds."""
    characters = measure(indent, in_characters, 0)
    return characters * 10 * _USUAL_SIZE // 100 if characters else measure(indent, name, 0)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(VALUE) not in _OFF

"""What a browser shows of a web page, taken from its tags and texts one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extractor.documents.asides import END, RESERVED, Mark, marked, without_marks
from extractor.documents.document import Document
from extractor.documents.web.appearance import (
    TELLING,
    Appearance,
    Opened,
    is_link_on_page,
    is_link_to_note,
    may_look_unusual,
)
from extractor.documents.web.events import Event
from extractor.documents.web.flex_rows import FlexRows
from extractor.documents.web.indents import Here, Indents
from extractor.documents.web.moved import Displacement, MovedLines
from extractor.documents.web.open_tables import OpenTables
from extractor.documents.web.pictures import is_spacer
from extractor.documents.web.said import Held, Stamps, instead_of
from extractor.documents.web.sheets import Sheets
from extractor.documents.web.tables import NO_WORDS, FlowContent
from extractor.documents.web.tags import (
    EFFECTS,
    INLINE,
    INNER_PARTS,
    INSET,
    NO_MORE_THAN_LOOKS,
    TABLE_PARTS,
    UNUSUAL,
    Action,
    Effect,
    may_write,
)
from extractor.documents.web.whitespace import BLANKS, line_of

# Browsers nest no deeper than 512.
DEEPEST = 1000
# Stands on both sides of the number of a picture, where that is.
PICTURE = RESERVED


class TooDeepError(Exception):
    """A page is nested more deeply than any real one."""


class ShownPage:
    """What is shown of a page.

    Args:
        is_preformatted: the lines of its text are lines.
        sheets: its style sheets.
        lacks_sheets: whether it names others that didn't come with it.
        indents: how far in what is in it begins.
        read: what is in a picture of that address, as far as it is to be read.
    """

    def __init__(
        self,
        *,
        is_preformatted: bool,
        sheets: Sheets,
        lacks_sheets: bool,
        indents: Indents,
        read: Callable[[str], Document | None] | None = None,
    ) -> None:
        self._read = read
        self._appearance = Appearance(sheets, lacks_sheets=lacks_sheets)
        self._lacks_sheets = lacks_sheets
        self._indents = indents
        self._moved = MovedLines()
        self._rows = FlexRows()
        # How the characters looked that came last and look as nobody knows.
        self._unsure: object = None
        #: What is in pictures; where the first of them stands, the text says that it is number 0.
        self.pictures: list[Document] = []
        # What every open element does at its end, but for those inside one that is hidden, which are
        # counted together with that.
        self._open: list[Effect] = []
        self._hidden = 0
        # Whether anything is hidden here, or looks otherwise than usual.
        self._is_special = self._appearance.is_special
        # Whether what is hidden is told as a remark of its cell.
        self._is_told = False
        self._preformatted = int(is_preformatted)
        # The pieces of the line that isn't at its end yet.
        self._pieces: list[str] = []
        self._tables = OpenTables(self._indents.end_cell)
        # What is left out of the text, though a person sees it in another way; and what lies over the page.
        self._held = Held()
        self._stamps = Stamps()

    def take(self, events: Sequence[Event]) -> None:
        """Go on with these tags and texts."""
        pieces, opened = self._pieces, self._open
        for event in events:
            if self._is_special:
                self._take_special(event)
            elif event is None:
                is_block, action = opened.pop()
                if is_block and pieces:
                    self._end_line()
                if action == "cell":
                    self._tables.end_cell()
                elif action is not None:
                    self._end(action)
            elif isinstance(event, str):
                if self._preformatted:
                    self._add_lines(event)
                # Between tags the source is broken and indented; no line begins with that.
                elif pieces or event.strip(BLANKS):
                    pieces.append(event)
            else:
                self._open_element(*event)

    def _take_special(self, event: Event) -> None:
        """Go on with a tag or text where things are hidden or look otherwise than usual."""
        if self._hidden:
            self._pass_over(event)
        elif isinstance(event, str):
            self._add_text(event)
        elif event is not None:
            self._open_unusual(*event, EFFECTS.get(event[0], INLINE))
        else:
            is_block, action = self._open.pop()
            self._appearance.close(len(self._open))
            if is_block and self._pieces:
                self._end_line()
            self._moved.close(len(self._open))
            self._stamps.close(len(self._open))
            self._rows.close(len(self._open))
            if action == "cell":
                self._tables.end_cell()
            elif action is not None:
                self._end(action)
            self._tables.end_boxes(len(self._open))
        self._look_again()

    def _look_again(self) -> None:
        """Note whether the next element or text has to be looked at more closely."""
        self._is_special = bool(self._hidden or self._tables.have_boxes) or self._appearance.is_special

    def blocks(self) -> list[FlowContent]:
        """Everything that was shown."""
        self._end_line()
        self._moved.end()
        return self._tables.flow

    @property
    def stamps(self) -> list[str]:
        """The words that lie over all of the page."""
        return self._stamps.words

    @property
    def _cell(self) -> object:
        return self._tables.cell

    @property
    def _here(self) -> Here:
        """Where what begins now would stand."""
        return self._cell is not None, not (self._tables.flow or self._pieces), len(self._open)

    def _may_be_note(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element begins a link that may lead to a note, right behind other text."""
        return tag == "a" and bool(self._pieces) and is_link_on_page(attributes)

    def _open_element(self, tag: str, attributes: Mapping[str, str]) -> None:
        effect = EFFECTS.get(tag, INLINE)
        is_block, action = effect
        if action in UNUSUAL or self._may_be_unusual(tag, attributes, is_block=is_block):
            self._open_unusual(tag, attributes, effect)
            self._look_again()
            return
        if is_block and self._pieces:
            self._end_line()
        if attributes or is_block:
            self._indents.begin(tag, attributes, self._here, is_block=is_block)
        self._open.append(effect)
        if action == "cell":
            self._tables.start_cell(attributes)
        elif action is not None:
            self._start(action, tag, attributes)
        if len(self._open) > DEEPEST:
            raise TooDeepError

    def _may_be_unusual(self, tag: str, attributes: Mapping[str, str], *, is_block: bool) -> bool:
        """Whether an element that isn't so by its name may look otherwise than what is around it."""
        if not attributes:
            return False
        is_telling = not TELLING.isdisjoint(attributes) and may_look_unusual(attributes)
        is_of_sheet = self._lacks_sheets and "class" in attributes and not is_block
        return is_telling or self._may_be_note(tag, attributes) or (is_of_sheet and self._cell is not None)

    def _open_unusual(self, tag: str, attributes: Mapping[str, str], effect: Effect) -> None:
        """An element begins that may look otherwise than what is around it."""
        is_note = self._may_be_note(tag, attributes) and is_link_to_note(attributes)
        depth = len(self._open)
        is_item = self._tables.is_item(depth)
        opened = self._appearance.open(
            tag, attributes, effect, depth, self._cell, is_note=is_note, is_item=is_item
        )
        if not opened.exists:
            self._leave_out(effect, takes_columns=opened.takes_columns)
            return
        is_block, action = opened.effect
        is_block = is_block or is_item or self._moved.is_item(depth)
        if is_block and self._pieces:
            self._end_line()
        if action not in INNER_PARTS:
            self._tables.begin_boxes(opened.box, depth)
        self._indents.begin(tag, attributes, self._here, is_block=is_block)
        self._open.append((is_block, action))
        if action == "cell":
            self._tables.start_cell(attributes)
        elif action is not None:
            self._start(action, tag, attributes)
        self._begin_moved(action, opened, depth)
        self._stamps.begin(depth, tag, is_stamp=opened.is_stamp and self._cell is None)
        if opened.marks:
            self._pieces.append(opened.marks)
        if len(self._open) > DEEPEST:
            raise TooDeepError

    def _begin_moved(self, action: Action | None, opened: Opened, depth: int) -> None:
        """An element begins whose style may move it; of a table only its cells are moved by themselves."""
        displacement = opened.displacement
        if not opened.is_plain:
            self._rows.leave_as_lines()
        if action == "cell" or action not in TABLE_PARTS:
            if action != "cell" and self._cell is not None:
                displacement = Displacement(has_items=displacement.has_items)
            self._moved.begin(depth, self._tables.flow, displacement, is_cell=action == "cell")
            if self._cell is None:
                self._rows.begin(depth, self._tables.flow, displacement)

    def _leave_out(self, effect: Effect, *, takes_columns: bool) -> None:
        """An element begins that takes no part in the layout of the page."""
        if takes_columns:
            self._tables.lack_columns()
        self._open.append((False, "left out"))
        self._hidden = 1
        self._is_told = effect[1] in NO_MORE_THAN_LOOKS and self._cell is not None

    def _pass_over(self, event: Event) -> None:
        """A tag or text inside of an element that is hidden, or the end of that."""
        self._held.take(event)
        if event is None:
            self._hidden -= 1
            if not self._hidden:
                self._is_told = False
                self._pieces += self._held.end()
                self._take_special(event)
        elif not isinstance(event, str):
            self._hidden += 1
            if len(self._open) + self._hidden > DEEPEST + 1:
                raise TooDeepError
        elif self._is_told and event.strip(BLANKS):
            self._pieces.append(marked(Mark.HIDDEN, without_marks(event)))

    def _add_text(self, text: str) -> None:
        """A text that may look otherwise than usual."""
        cell = self._cell
        self._stamps.add(text)
        mark = self._appearance.mark(cell)
        if mark is Mark.CONTROL and cell is None:
            self._pieces += (" ", text, " ")
        elif mark is not None and text.strip(BLANKS):
            self._add_marked(mark, without_marks(text))
        elif self._preformatted:
            self._add_lines(text)
        elif self._pieces or text.strip(BLANKS):
            self._pieces.append(text)

    def _add_marked(self, mark: Mark, text: str) -> None:
        """A text that isn't simply printed; of unknown look it goes on with one that looks the same."""
        look = self._appearance.look
        is_more = mark is Mark.UNSURE and look is self._unsure
        if is_more and self._pieces and self._pieces[-1].startswith(Mark.UNSURE.value):
            self._pieces[-1] = self._pieces[-1].removesuffix(END) + text + END
        else:
            self._pieces.append(marked(mark, text))
        self._unsure = look if mark is Mark.UNSURE else None

    def _add_replaced(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A picture or a control stands in the line."""
        self._rows.leave_as_lines()
        if tag == "input" and attributes.get("type", "").lower() == "hidden":
            return
        if tag == "img":
            if self._read is not None and (found := self._read(attributes.get("src", ""))) is not None:
                self._end_line()
                self._tables.flow.append(f"{PICTURE}{len(self.pictures)}{PICTURE}")
                self.pictures.append(found)
                return
            if is_spacer(attributes):
                self._pieces.append(" ")
                return
        is_seen = self._appearance.look.mark not in (Mark.HIDDEN, Mark.INVISIBLE)
        if not is_seen:
            self._pieces.append(" ")
            return
        self._held.begin(tag)
        self._pieces.append(instead_of(tag, attributes, is_in_cell=self._cell is not None))

    def _add_lines(self, text: str) -> None:
        first, *others = text.split("\n")
        self._pieces.append(first)
        for other in others:
            self._end_line()
            self._pieces.append(other)

    def _end_line(self) -> None:
        words = "".join(self._pieces)
        self._pieces.clear()
        if words.isalnum() or (
            words := line_of(text := words, keeps_blanks=self._preformatted > 0 and self._cell is None)
        ):
            self._tables.flow.append(self._indents.line(words, self._here))
        elif text.strip(BLANKS) and self._cell is not None and self._tables.flow:
            # Of rows that stand in one the line of a blank cell.
            self._tables.flow.append(NO_WORDS)

    def _start(self, action: Action, tag: str, attributes: Mapping[str, str]) -> None:
        if action in TABLE_PARTS:
            self._tables.start(action, tag)
        elif action == "left out":
            self._rows.leave_as_lines()
            if self._cell is not None and may_write(tag, attributes):
                self._pieces.append(marked(Mark.GENERATED))
            self._hidden = 1
            self._is_special = True
        elif action == "preformatted":
            self._preformatted += 1
        elif action in INSET:
            self._indents.lists += 1
        elif action not in ("unusual", "columns"):
            self._add_replaced(tag, attributes)
            if action == "left out, replaced":
                self._hidden = 1
                self._is_special = True

    def _end(self, action: Action) -> None:
        if action == "preformatted":
            self._preformatted -= 1
        elif action in INSET:
            self._indents.lists -= 1
        elif action in TABLE_PARTS:
            self._tables.end(action)

"""Web pages: what a browser would show of one, as paragraphs and tables.

The parser hands over tags and texts one after the other and no tree is built, so that neither a deeply
nested nor a large page takes more than its length in memory. Nothing that a page names is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from extractor.documents.asides import END, RESERVED, Mark, marked, sanitised, without_marks
from extractor.documents.builder import DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.source import Source
from extractor.documents.web.appearance import (
    TELLING,
    Appearance,
    is_link_on_page,
    is_link_to_note,
    may_look_unusual,
)
from extractor.documents.web.css import lacks_style_sheets, style_sheets_in
from extractor.documents.web.decoding import begins_with_tags, decode_page
from extractor.documents.web.events import Event, parsed
from extractor.documents.web.links import links_of
from extractor.documents.web.moved import Displacement, MovedLines
from extractor.documents.web.pictures import is_spacer, picture_at
from extractor.documents.web.quirks import as_html, is_quirky
from extractor.documents.web.sheets import Sheets
from extractor.documents.web.tables import DataTable, FlowContent, OpenTable
from extractor.documents.web.tags import CONTROLS, EFFECTS, INLINE, TABLE_PARTS, Action, Effect, may_write
from extractor.documents.web.title import report_title
from extractor.errors import TooLargeError
from extractor.text.folding import BLANK, INVISIBLE

# The largest page seen has a thirtieth of these tags or lines; browsers nest no deeper than 512.
_MOST_TAGS, _DEEPEST = 300_000, 1000

# --- text --------------------------------------------------------------------------------------------

_BLANKS = " \t\n\f\r"
_SPACE = re.compile(f"[{_BLANKS}]+")
# A source is broken into lines between any two Chinese characters; that is no blank between them.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff（），：；？！]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*[\n\f][ \t\n\f]*(?={_WIDE})")
# What the bytes of marks, of overrides and of references begin with in UTF-8.
_SIGNS_OF_MARKS = (b"\xef\xb7", b"\xe2\x80\xae", b"&#")
# Other blanks are shown: what begins with them is further in.
_NOT_SHOWN = " " + INVISIBLE


def _line(text: str) -> str:
    """Text as one line, its blanks as a browser shows them."""
    if "\n" in text:
        text = _BROKEN_LINE.sub("", text)
    return _SPACE.sub(" ", text).rstrip(BLANK + INVISIBLE).lstrip(_NOT_SHOWN)


# Stands on both sides of the number of a picture, where that is.
_PICTURE = RESERVED
_SHOWN = re.compile(f"{_PICTURE}([0-9]+){_PICTURE}")


class _TooDeepError(Exception):
    """A page is nested more deeply than any real one."""


class _Page:
    """What is shown of a page.

    Args:
        is_preformatted: the lines of its text are lines.
        sheets: its style sheets.
        lacks_sheets: whether it names others that didn't come with it.
        read: what is in a picture of that address, as far as it is to be read.
    """

    def __init__(
        self,
        *,
        is_preformatted: bool,
        sheets: Sheets,
        lacks_sheets: bool,
        read: Callable[[str], Document | None] | None = None,
    ) -> None:
        self._read = read
        self._appearance = Appearance(sheets, lacks_sheets=lacks_sheets)
        self._lacks_sheets = lacks_sheets
        self._moved = MovedLines()
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
        # The pieces of the line that isn't at its end yet, and what stands above it: in the innermost
        # cell or on the page, and in what is around that.
        self._pieces: list[str] = []
        self._flow: list[FlowContent] = []
        self._flows: list[list[FlowContent]] = []
        # The innermost table, and those around it.
        self._table: OpenTable | None = None
        self._tables: list[OpenTable | None] = []

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
                    self._end_cell()
                elif action is not None:
                    self._end(action)
            elif isinstance(event, str):
                if self._preformatted:
                    self._add_lines(event)
                # Between tags the source is broken and indented; no line begins with that.
                elif pieces or event.strip(_BLANKS):
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
            if action == "cell":
                self._end_cell()
            elif action is not None:
                self._end(action)
        self._is_special = bool(self._hidden) or self._appearance.is_special

    def blocks(self) -> list[FlowContent]:
        """Everything that was shown."""
        self._end_line()
        self._moved.end()
        return self._flow

    @property
    def _cell(self) -> object:
        """What stands for the cell that is being read; None outside of cells."""
        return self._flow if self._table is not None and self._table.in_cell else None

    def _may_be_note(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element begins a link that may lead to a note, right behind the text of a cell."""
        return tag == "a" and self._cell is not None and bool(self._pieces) and is_link_on_page(attributes)

    def _open_element(self, tag: str, attributes: Mapping[str, str]) -> None:
        effect = EFFECTS.get(tag, INLINE)
        is_block, action = effect
        if action == "unusual" or self._may_be_unusual(tag, attributes, is_block=is_block):
            self._open_unusual(tag, attributes, effect)
            self._is_special = bool(self._hidden) or self._appearance.is_special
            return
        if is_block and self._pieces:
            self._end_line()
        self._open.append(effect)
        if action == "cell":
            self._start_cell(attributes)
        elif action is not None:
            self._start(action, tag, attributes)
        if len(self._open) > _DEEPEST:
            raise _TooDeepError

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
        opened = self._appearance.open(tag, attributes, effect, len(self._open), self._cell, is_note=is_note)
        if not opened.exists:
            self._leave_out(effect, takes_columns=opened.takes_columns)
            return
        is_block, action = opened.effect
        depth = len(self._open)
        is_block = is_block or self._moved.is_item(depth)
        if is_block and self._pieces:
            self._end_line()
        self._open.append((is_block, action))
        if action == "cell":
            self._start_cell(attributes)
        elif action is not None:
            self._start(action, tag, attributes)
        if action == "cell" or action not in TABLE_PARTS:
            displacement = opened.displacement
            if action != "cell" and self._cell is not None:
                displacement = Displacement(has_items=displacement.has_items)
            self._moved.begin(depth, self._flow, displacement, is_cell=action == "cell")
        if opened.marks:
            self._pieces.append(opened.marks)
        if len(self._open) > _DEEPEST:
            raise _TooDeepError

    def _leave_out(self, effect: Effect, *, takes_columns: bool) -> None:
        """An element begins that takes no part in the layout of the page."""
        if takes_columns and self._table is not None:
            self._table.lacks_columns = True
        self._open.append((False, "left out"))
        self._hidden = 1
        self._is_told = effect[1] in (None, "unusual") and self._cell is not None

    def _pass_over(self, event: Event) -> None:
        """A tag or text inside of an element that is hidden, or the end of that."""
        if event is None:
            self._hidden -= 1
            if not self._hidden:
                self._is_told = False
                self._take_special(event)
        elif not isinstance(event, str):
            self._hidden += 1
            if len(self._open) + self._hidden > _DEEPEST + 1:
                raise _TooDeepError
        elif self._is_told and event.strip(_BLANKS):
            self._pieces.append(marked(Mark.HIDDEN, without_marks(event)))

    def _add_text(self, text: str) -> None:
        """A text that may look otherwise than usual."""
        cell = self._cell
        mark = self._appearance.mark(cell)
        if mark is Mark.CONTROL and cell is None:
            self._pieces += (" ", text, " ")
        elif mark is not None and text.strip(_BLANKS):
            self._add_marked(mark, without_marks(text))
        elif self._preformatted:
            self._add_lines(text)
        elif self._pieces or text.strip(_BLANKS):
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
        if tag == "input" and attributes.get("type", "").lower() == "hidden":
            return
        if tag == "img":
            if self._read is not None and (found := self._read(attributes.get("src", ""))) is not None:
                self._end_line()
                self._flow.append(f"{_PICTURE}{len(self.pictures)}{_PICTURE}")
                self.pictures.append(found)
                return
            if is_spacer(attributes):
                self._pieces.append(" ")
                return
        is_seen = self._appearance.look.mark not in (Mark.HIDDEN, Mark.INVISIBLE)
        if self._cell is None or not is_seen:
            self._pieces.append(" ")
        elif tag in CONTROLS:
            self._pieces.append(marked(Mark.CONTROL, sanitised(attributes.get("value", ""))))
        else:
            self._pieces.append(marked(Mark.PICTURE, sanitised(attributes.get("alt", ""))))

    def _add_lines(self, text: str) -> None:
        first, *others = text.split("\n")
        self._pieces.append(first)
        for other in others:
            self._end_line()
            self._pieces.append(other)

    def _end_line(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.isalnum() or (text := _line(text)):
            self._flow.append(text)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        table = self._table
        if table is not None:
            if table.in_cell:
                self._end_cell()
            self._flows.append(self._flow)
            self._flow = table.start_cell(attributes)

    def _end_cell(self) -> None:
        """Its end may have been left out, and the ends of what stands in it."""
        table = self._table
        if table is not None and table.in_cell:
            table.in_cell = False
            self._flow = self._flows.pop()

    def _start(self, action: Action, tag: str, attributes: Mapping[str, str]) -> None:
        if action == "table":
            self._tables.append(self._table)
            self._table = OpenTable()
            self._flows.append(self._flow)
            self._flow = self._table.before
        elif action in TABLE_PARTS:
            self._end_cell()
            # Tags of a table that stand outside of any do nothing but end a line.
            if self._table is not None and action == "row":
                self._table.start_row()
            elif self._table is not None:
                self._table.start_section(tag)
        elif action == "left out":
            if self._cell is not None and may_write(tag, attributes):
                self._pieces.append(marked(Mark.GENERATED))
            self._hidden = 1
            self._is_special = True
        elif action == "preformatted":
            self._preformatted += 1
        elif action not in ("unusual", "columns"):
            self._add_replaced(tag, attributes)
            if action == "left out, replaced":
                self._hidden = 1
                self._is_special = True

    def _end(self, action: Action) -> None:
        table = self._table
        if action == "preformatted":
            self._preformatted -= 1
        elif action in TABLE_PARTS and table is not None:
            self._end_cell()
            if action == "table":
                self._flow = self._flows.pop()
                self._table = self._tables.pop()
                self._flow += table.blocks()
            elif action == "row":
                table.end_row()
            else:
                table.start_section("")


def _blocks(text: str, name: str, page: _Page) -> list[FlowContent]:
    if max(text.count("<"), text.count("\n")) > _MOST_TAGS:
        raise TooLargeError(
            f"{name} 的标签或行数超过 {_MOST_TAGS}，不可能是一份年度报告。请给出单份报告的网页。",
            f"{name} has more than {_MOST_TAGS} tags or lines, which no annual report has; "
            "name the page of one report",
        )
    try:
        for events in parsed(text):
            page.take(events)
    except _TooDeepError as error:
        raise TooLargeError(
            f"{name} 的标签嵌套超过 {_DEEPEST} 层，不可能是一份年度报告。请在浏览器中重新保存后再试。",
            f"{name} nests its tags more than {_DEEPEST} deep, which no annual report does; "
            "save it again in a browser and try again",
        ) from error
    return page.blocks()


def read_html(
    source: Source, *, charset: str | None = None, attached: Mapping[str, bytes] | None = None
) -> Document:
    """Make a document of a web page.

    Args:
        source: the page.
        charset: the encoding that it was sent with, if that is known; what the bytes show goes before.
        attached: the pictures and style sheets that came with it, by address.

    Raises:
        UnknownFormatError: if it is in no known encoding.
        TooLargeError: if it has more tags, or nests them more deeply, than any report.
    """
    decoded = decode_page(source, charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    read = None
    if source.pictures is not None:
        read = partial(picture_at, source=source, pictures=source.pictures, attached=attached or {})
    # To look for marks in the bytes takes a twentieth of the time.
    if decoded.encoding != "utf-8" or any(sign in source.data for sign in _SIGNS_OF_MARKS):
        text = sanitised(text)
    text = as_html(text)
    sheets = Sheets(style_sheets_in(text, attached or {}), source.name, ignores_case=is_quirky(text))
    page = _Page(
        is_preformatted=not begins_with_tags(source.data),
        sheets=sheets,
        lacks_sheets=lacks_style_sheets(text, attached or {}),
        read=read,
    )
    builder = DocumentBuilder()
    numbers: dict[OpenTable, int] = {}
    tables_in_pictures = 0
    blocks = list(_blocks(text, source.name, page))
    if title := report_title(text, blocks):
        builder.add_paragraph(title)
    for block in blocks:
        if isinstance(block, DataTable):
            number = numbers.setdefault(block.table, len(numbers) + 1)
            builder.add_table(_located(block, number + tables_in_pictures), is_grid=True)
        elif shown := _SHOWN.fullmatch(block):
            before = len(numbers) + tables_in_pictures
            tables_in_pictures += builder.add_document(page.pictures[int(shown[1])], before)
        else:
            builder.add_paragraph(block)
    return replace(builder.document(source.name, decoded.encoding, decoded.undecodable), links=links_of(text))


def _located(table: DataTable, number: int) -> list[list[tuple[str, Locator]]]:
    """The cells of a table with their places, without the marks of pictures in them."""
    return [
        [(_SHOWN.sub("", words), Locator(None, None, number, row, column)) for words, row, column in cells]
        for cells in table.rows
    ]

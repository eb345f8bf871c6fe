"""Word files (DOCX): paragraphs, and tables as grids in which every merged cell stands once.

What Word shows is read, in the order of the text: content controls, tracked insertions, text boxes,
results of fields, automatic list numbers and embedded web pages belong to it; deleted and hidden text
doesn't. Notes, comments, headers, footers and drawn words are told beside it. What is struck, raised or
hidden in a cell, and pictures and controls there, are marked (:mod:`extractor.documents.asides`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from docx.oxml.ns import qn

from extractor.documents.asides import Mark, all_marked, marked, sanitised, without_marks
from extractor.documents.builder import BuiltCell, DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.documents.dragged_edges import straightened
from extractor.documents.errors import too_large
from extractor.documents.scans.embedded import document_in
from extractor.documents.source import Pictures, Source
from extractor.documents.web.decoding import is_html
from extractor.documents.web.mhtml import is_mhtml, read_mhtml
from extractor.documents.web.page import read_html
from extractor.documents.word.colours import Colours
from extractor.documents.word.content import (
    DRAWN,
    RUNS,
    UNKNOWN_SIGN,
    content_of,
    is_formula,
    is_ink,
    shows_more,
    text_boxes,
    words_of,
)
from extractor.documents.word.fields import Fields, is_drawn, is_made_anew, is_shown_as_nothing
from extractor.documents.word.indents import indent_of_paragraph
from extractor.documents.word.looks import Around, Looks
from extractor.documents.word.notes import REFERENCES, Notes, drawn_words
from extractor.documents.word.numbering import Numbering
from extractor.documents.word.ooxml import OFF, VALUE, Element, WordPackage, is_on, number_of
from extractor.documents.word.styles import Styles
from extractor.documents.word.table_looks import RowLook, TableLook
from extractor.errors import UnknownFormatError
from extractor.text.folding import BLANK

_TABLE, _ROW, _CELL, _PARAGRAPH = map(qn, ("w:tbl", "w:tr", "w:tc", "w:p"))
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = qn("w:pPr"), qn("w:rPr")
_ROW_PROPERTIES, _CELL_PROPERTIES = qn("w:trPr"), qn("w:tcPr")
_ROW_HIDDEN, _DELETED, _CELL_DELETED = map(qn, ("w:hidden", "w:del", "w:cellDel"))
# What was deleted, or moved to another place, while changes were tracked; and the text in that.
_DELETIONS, _DELETED_TEXT = frozenset({_DELETED, qn("w:moveFrom")}), (qn("w:delText"), qn("w:t"))
# Text from right to left, even digits.
_OVERRIDE = qn("w:bdo")
# Fields that show a box or one of several words.
_CONTROLS = (qn("w:checkBox"), qn("w:ddList"))
_FIELD, _SIMPLE_FIELD = qn("w:fldChar"), qn("w:fldSimple")
_NOTES, _OWN_MARK = (qn("w:footnoteReference"), qn("w:endnoteReference")), qn("w:customMarkFollows")
_COLUMNS_BEFORE, _WIDTH = qn("w:gridBefore"), qn("w:gridSpan")
_TABLE_PROPERTIES, _MIRRORED = qn("w:tblPr"), qn("w:bidiVisual")
_MERGED_DOWN, _MERGED_RIGHT = qn("w:vMerge"), qn("w:hMerge")
_EMBEDDED = qn("w:altChunk")
_LATIN = re.compile(r"([!-~\u00a1-\u00ff]+)")
_PICTURE = marked(Mark.PICTURE)
# Where a drawing names its picture, in the format of today and in the one before.
_SHOWN = {qn("a:blip"): qn("r:embed"), "{urn:schemas-microsoft-com:vml}imagedata": qn("r:id")}
# What is embedded has no more bytes than the largest text.
_MOST_EMBEDDED = 8 * 1024 * 1024
# Of paragraphs and cells a report has a few thousand at most.
_MOST_BLOCKS = 100_000


class _Boxed(str):
    """A line of a text box that is over a cell."""

    __slots__ = ()


class _Cell(NamedTuple):
    """A cell: the grid column it begins at, how many it has, its lines, the tables in it, its element."""

    column: int
    width: int
    text: str
    tables: Sequence[_Rows]
    element: Element


# A table: of each row its own cells.
_Rows: TypeAlias = list[list[_Cell]]


class WordPlaces(NamedTuple):
    """What in a Word file the parts of its document were read from.

    Attributes:
        package: the parts of the file.
        body: the element that holds its text.
        paragraphs: the elements of paragraphs outside tables, each with the start and the end of what it
            gave of the document's text, in order.
        cells: the elements of cells of tables, by the table, row and column of their locators.
    """

    package: WordPackage
    body: Element
    paragraphs: Sequence[tuple[int, int, Element]]
    cells: Mapping[tuple[int, int, int], Element]


def read_docx(source: Source) -> Document:
    """Make a document of a Word file.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if it holds more than a report can.
        UnknownFormatError: if its text is embedded in another format.
    """
    story, body = _opened(source)
    return story.document(body)


def word_places(source: Source) -> WordPlaces:
    """Where a Word file has what its document holds.

    Args:
        source: the file; errors are those of :func:`read_docx`.
    """
    story, body = _opened(source)
    story.document(body)
    return WordPlaces(story.package, body, story.paragraphs, story.cells)


def _opened(source: Source) -> tuple[_Story, Element]:
    package = WordPackage(source.archive)
    body = package.document.find(qn("w:body"))
    body = body if body is not None else package.document
    return _Story(source, package, body), body


class _Story:
    """The work of :func:`read_docx`.

    Attributes:
        package: the parts of the file.
        paragraphs, cells: as :class:`WordPlaces` has them, once the document is made.
    """

    def __init__(self, source: Source, package: WordPackage, body: Element) -> None:
        self._source = source
        self.package = package
        self.paragraphs: list[tuple[int, int, Element]] = []
        self.cells: dict[tuple[int, int, int], Element] = {}
        # The paragraph that the text at hand ends with.
        self._at: Element = None
        self._styles = Styles(package.styles)
        self._colours = Colours(package.theme, package.settings)
        self._numbering = Numbering(package.numbering, self._styles)
        self._looks = Looks(self._styles, self._colours)
        self._fields = Fields(body)
        self._notes = Notes(package)
        # What is said of the look of the cell at hand.
        self._around = Around()
        # Those of the paragraph at hand; they stand behind it.
        self._pictures: list[Document] = []
        self._builder = DocumentBuilder()
        self._tables = 0
        self._counted = 0
        self._bytes_embedded = 0

    def document(self, body: Element) -> Document:
        for block in self._blocks(body):
            if isinstance(block, str):
                start = self._builder.length
                self._builder.add_paragraph(" " * self._indent(self._at) + block.replace(_PICTURE, ""))
                self.paragraphs.append((start, self._builder.length, self._at))
            elif isinstance(block, Document):
                self._tables += self._builder.add_document(block, self._tables)
            else:
                self._add_table(block)
        for words in self._notes.on_pages(body):
            self._builder.add_note(words, 0, self._builder.length)
        return self._builder.document(self._source.name, "DOCX")

    def _indent(self, paragraph: Element | None) -> int:
        return indent_of_paragraph(paragraph, self._styles, self._numbering)

    def _add_table(self, table: _Rows) -> None:
        """Add a table, and after the row that they stand in the tables inside it."""
        self._tables += 1
        number = self._tables
        rows: list[list[BuiltCell]] = []
        for place, row in enumerate(table, 1):
            # A cell that only holds a table isn't blank.
            cells = [cell for cell in row if cell.text or not cell.tables]
            rows.append([BuiltCell(c.text, Locator(table=number, row=place, column=c.column)) for c in cells])
            self.cells |= {(number, place, cell.column): cell.element for cell in cells}
            for inner in (inner for cell in row for inner in cell.tables):
                self._builder.add_table(rows, is_grid=True)
                rows = []
                self._add_table(inner)
        self._builder.add_table(rows, is_grid=True)

    # --- blocks ------------------------------------------------------------------------------------

    def _blocks(self, parent: Element, *, is_cell: bool = False) -> Iterator[str | _Rows | Document]:
        """The lines of text, the tables and the pages in a body, a cell or a text box."""
        pending = ""
        for child in content_of(parent):
            if child.tag == _PARAGRAPH:
                self._count_blocks()
                properties = child.find(_PARAGRAPH_PROPERTIES)
                boxes: list[Element] = []
                around = self._looks.of_paragraph(properties, self._around)
                pending += self._number(properties, around)
                pending += self._paragraph(child, around, boxes)
                self._at = child
                if not _is_joined(properties):
                    yield from pending.split("\n")
                    pending = ""
                # What is in a text box has pictures of its own.
                found, self._pictures = self._pictures, []
                yield from found
                for block in (block for box in boxes for block in self._blocks(box)):
                    is_over = is_cell and isinstance(block, str)
                    yield _Boxed(without_marks(str(block))) if is_over else block
            elif child.tag == _TABLE:
                yield self._rows(child)
            elif child.tag == _EMBEDDED:
                document = self._embedded(child)
                self._count_blocks(document.text.count("\n"))
                yield document
        if pending:
            yield pending

    def _number(self, properties: Element | None, around: Around) -> str:
        """The automatic number of a paragraph; it looks as the mark at its end, unless its list says more."""
        number = self._numbering.number(properties)
        if not number.text:
            return ""
        end = properties.find(_RUN_PROPERTIES) if properties is not None else None
        return _looking(self._looks.mark(around, end, number.look), number.text)

    def _paragraph(self, paragraph: Element, around: Around, boxes: list[Element]) -> str:
        """The text of a paragraph; the text boxes at it are added to ``boxes``."""
        text = ""
        for piece in content_of(paragraph):
            if piece.tag in RUNS:
                text += self._looking_run(piece, around, boxes)
            elif piece.tag in _DELETIONS:
                words = "".join(one.text or "" for one in piece.iter(*_DELETED_TEXT))
                text += marked(Mark.DELETED, sanitised(words)) if words else ""
            elif piece.tag == _OVERRIDE:
                words = self._paragraph(piece, around, boxes)
                is_reversed = piece.get(VALUE) == "rtl"
                text += marked(Mark.REVERSED, without_marks(words)) if is_reversed else words
            elif piece.tag == _SIMPLE_FIELD:
                words = self._paragraph(piece, around, boxes)
                words = all_marked(Mark.OVERLAY, words) if is_made_anew(piece) else words
                words = marked(Mark.HIDDEN, without_marks(words)) if is_shown_as_nothing(piece) else words
                text += _PICTURE if is_drawn(piece) else words
            elif is_ink(piece):
                text += _PICTURE
            elif is_formula(piece):
                # A fraction, a root: digits one above the other make no number.
                text += UNKNOWN_SIGN
        return text

    def _looking_run(self, run: Element, around: Around, boxes: list[Element]) -> str:
        """The text of a run and, if it has places of notes, their marks, told how they look."""
        mark = self._looks.mark(around, run.find(_RUN_PROPERTIES))
        notes = [_is_own_mark(note) for note in run.iterchildren(*_NOTES)]
        # Word makes the number of a note; at full size it looks like a digit of what is before it.
        number = marked(Mark.GENERATED) if notes and not any(notes) and mark is None else ""
        if any(notes):
            mark = mark or Mark.LINKED
        return number + _looking(mark, self._run(run, boxes))

    def _run(self, run: Element, boxes: list[Element]) -> str:
        text = ""
        for piece in content_of(run):
            words = self._piece(piece, boxes)
            if piece in self._fields.hidden:
                words = marked(Mark.HIDDEN, shown) if (shown := without_marks(words)) else ""
            elif piece in self._fields.unclear:
                words = all_marked(Mark.OVERLAY, words)
            text += words
        return text

    def _piece(self, piece: Element, boxes: list[Element]) -> str:
        """The text of what stands in a run."""
        if (words := words_of(piece)) is not None:
            return words
        if piece.tag == _FIELD:
            is_control = next(piece.iter(*_CONTROLS), None) is not None
            return marked(Mark.CONTROL) if is_control else _PICTURE if piece in self._fields.drawn else ""
        if piece.tag in DRAWN:
            found = list(text_boxes(piece))
            boxes += found
            if self._source.pictures is not None and not found:
                self._pictures += self._read(piece, self._source.pictures)
            return "" if found else f"{_PICTURE}{drawn_words(piece)}"
        if piece.tag in REFERENCES:
            return self._notes.at(piece)
        if piece.tag in RUNS:
            return self._run(piece, boxes)
        return _PICTURE if shows_more(piece) else ""

    def _read(self, drawn: Element, pictures: Pictures) -> Iterator[Document]:
        """What is in the pictures of a drawing; where one is there in two formats, in the first of them."""
        for child in content_of(drawn):
            if child.tag in _SHOWN:
                data = self.package.embedded(child.get(_SHOWN[child.tag]))
                if data is None:
                    pictures.elsewhere += 1
                elif (document := document_in(self._source.part(data), pictures)) is not None:
                    yield document
            yield from self._read(child, pictures)

    # --- tables ------------------------------------------------------------------------------------

    def _rows(self, table: Element) -> _Rows:
        look = TableLook(table, self._styles, self._colours, self._around)
        found = [
            row
            for row in content_of(table)
            if row.tag == _ROW
            and not is_on(row.find(_ROW_PROPERTIES), _ROW_HIDDEN)
            and not is_on(row.find(_ROW_PROPERTIES), _DELETED)
        ]
        rows: _Rows = []
        # The grid columns at which merged cells begin that may go on in the next row.
        above: set[int] = set()
        for number, row in enumerate(found):
            row_look = look.row(row, number, is_last=row is found[-1])
            cells, above = self._cells_of(row, row_look, above)
            rows.append(cells)
        before = (number_of(row.find(_ROW_PROPERTIES), _COLUMNS_BEFORE, 0) for row in found)
        rows = _with_rows_beyond(
            _with_straight_edges(rows, look), [look.is_shifted(columns) for columns in before]
        )
        is_mirrored = is_on(table.find(_TABLE_PROPERTIES), _MIRRORED)
        return _from_the_right(rows) if is_mirrored else rows

    def _cells_of(self, row: Element, look: RowLook, above: set[int]) -> tuple[list[_Cell], set[int]]:
        """The cells of a row without those that only reach into it, and where merged ones begin."""
        cells: list[_Cell] = []
        merged: set[int] = set()
        column = 1 + number_of(row.find(_ROW_PROPERTIES), _COLUMNS_BEFORE, 0)
        found = [(cell, cell.find(_CELL_PROPERTIES)) for cell in content_of(row) if cell.tag == _CELL]
        shown = [(cell, properties) for cell, properties in found if not is_on(properties, _CELL_DELETED)]
        for number, (cell, properties) in enumerate(shown, 1):
            self._count_blocks()
            width = max(1, number_of(properties, _WIDTH, 1))
            down = _merge(properties, _MERGED_DOWN)
            if down is not None:
                merged.add(column)
            # One that goes on where none began is shown as a cell of its own.
            goes_on = down == "continue" and column in above
            if not goes_on and _merge(properties, _MERGED_RIGHT) != "continue":
                around = look.around(properties, column - 1, is_last=number == len(shown))
                outer, self._around = self._around, around
                cells.append(self._cell(cell, column, width))
                self._around = outer
            column += width
        return cells, merged

    def _cell(self, cell: Element, column: int, width: int) -> _Cell:
        lines: list[str] = []
        tables: list[_Rows] = []
        for block in self._blocks(cell, is_cell=True):
            if isinstance(block, str):
                lines.append(block)
            elif isinstance(block, Document):
                if block.is_ocr:
                    # Its rows and columns would be lost in a cell.
                    if self._source.pictures is not None:
                        self._source.pictures.unread += 1
                    continue
                raise self._not_readable()
            elif sum(map(len, block)) == 1:
                # A frame around its text.
                ((inner,),) = filter(None, block)
                lines.append(inner.text)
                tables += inner.tables
            else:
                tables.append(block)
        # Where nothing else is in the cell, a box that was typed over it is what it shows.
        is_boxed = not any(line.strip() for line in lines if not isinstance(line, _Boxed))
        if not is_boxed:
            # Nobody knows where it is shown.
            lines = [
                f"{marked(Mark.OVERLAY, one)}{marked(Mark.NOTED, one)}" if isinstance(one, _Boxed) else one
                for one in lines
            ]
        shown = "\n".join(lines)
        text = shown.strip()
        before = shown[: len(shown) - len(shown.lstrip(BLANK))] + " " * self._indent(cell.find(_PARAGRAPH))
        return _Cell(column, width, before + text if text else "", tables, cell)

    def _embedded(self, element: Element) -> Document:
        """The page that an element stands for; what it needs lies in the file, or isn't read."""
        data = self.package.embedded(element.get(qn("r:id"))) or b""
        self._bytes_embedded += len(data)
        if self._bytes_embedded > _MOST_EMBEDDED:
            raise too_large(self._source.name)
        if is_mhtml(data):
            return read_mhtml(self._source.part(data))
        if is_html(data):
            return read_html(self._source.part(data))
        raise self._not_readable()

    def _not_readable(self) -> UnknownFormatError:
        return UnknownFormatError(
            f"{self._source.name} 的内容以其他格式嵌入。请用 Word 或 WPS 打开并另存为 docx 后再试。",
            f"{self._source.name} embeds its text in another format; open it in Word or WPS and save it as "
            "docx",
        )

    def _count_blocks(self, number: int = 1) -> None:
        self._counted += number
        if self._counted > _MOST_BLOCKS:
            raise too_large(self._source.name)


def _with_straight_edges(rows: _Rows, look: TableLook) -> _Rows:
    """The rows of a table whose columns have one edge each."""
    edges = straightened(
        [[(cell.column - 1, cell.column - 1 + cell.width) for cell in row] for row in rows], look.widths
    )
    return [
        [
            cell._replace(
                column=1 + edges[cell.column - 1],
                width=edges[cell.column - 1 + cell.width] - edges[cell.column - 1],
            )
            for cell in row
        ]
        for row in rows
    ]


def _with_rows_beyond(rows: _Rows, is_shifted: Sequence[bool]) -> _Rows:
    """The rows of a table; of one that begins and ends further right nobody tells below what its cells stand.

    Args:
        rows: of each its own cells.
        is_shifted: whether each begins further right.
    """
    ends = [max((cell.column + cell.width for cell in row), default=0) for row in rows]
    others = [end for end, is_one in zip(ends, is_shifted, strict=True) if not is_one]
    return [
        [cell._replace(text=f"{cell.text}{marked(Mark.OVERLAY)}") for cell in row]
        if is_one and end > max(others, default=end)
        else row
        for row, end, is_one in zip(rows, ends, is_shifted, strict=True)
    ]


def _from_the_right(rows: _Rows) -> _Rows:
    """The rows of a table that is shown from right to left, as they stand from left to right."""
    end = max((cell.column + cell.width for row in rows for cell in row), default=1)
    return [
        [cell._replace(column=end - cell.column - cell.width + 1) for cell in reversed(row)] for row in rows
    ]


def _looking(mark: Mark | None, words: str) -> str:
    """The characters of a run, told what they are."""
    if mark is None:
        return words
    if mark is Mark.PICTURE:
        # Chinese characters have a font of their own.
        return "".join(all_marked(mark, one) if i % 2 else one for i, one in enumerate(_LATIN.split(words)))
    if mark is Mark.HIDDEN:
        shown = without_marks(words)
        return marked(mark, shown) if shown else ""
    return all_marked(mark, words)


def _is_own_mark(note: Element) -> bool:
    """Whether what stands with the place of a note is its mark, which then isn't numbered."""
    return note.get(_OWN_MARK, "0") not in OFF


def _is_joined(properties: Element | None) -> bool:
    """Whether the mark that ends a paragraph is deleted."""
    mark = properties.find(_RUN_PROPERTIES) if properties is not None else None
    return bool(is_on(mark, _DELETED))


def _merge(properties: Element | None, tag: str) -> str | None:
    """Whether merged cells begin (``restart``) or go on (``continue``) in a cell; None if neither."""
    element = properties.find(tag) if properties is not None else None
    return None if element is None else element.get(VALUE, "continue")

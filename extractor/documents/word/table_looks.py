"""What a Word table says of the look of its cells: shading, its style's formats for rows and columns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from docx.oxml.ns import qn

from extractor.documents.word.colours import Colours
from extractor.documents.word.looks import Around
from extractor.documents.word.low_rows import is_below
from extractor.documents.word.ooxml import OFF, VALUE, Element, measure, number_of, value_of
from extractor.documents.word.styles import Styles

_PROPERTIES, _ROW_PROPERTIES, _CELL_PROPERTIES = qn("w:tblPr"), qn("w:trPr"), qn("w:tcPr")
# What in a format says how text looks.
_TEXT = (qn("w:pPr"), qn("w:rPr"))
_EXCEPTIONS, _STYLE, _SHADING = qn("w:tblPrEx"), qn("w:tblStyle"), qn("w:shd")
_LOOK, _CONDITIONAL, _CONDITION = qn("w:tblLook"), qn("w:tblStylePr"), qn("w:type")
_ROW_BAND, _COLUMN_BAND = qn("w:tblStyleRowBandSize"), qn("w:tblStyleColBandSize")
_HEIGHT, _RULE, _EXACT = qn("w:trHeight"), qn("w:hRule"), "exact"
_LAYOUT, _KIND, _WIDTH, _WIDTH_VALUE = qn("w:tblLayout"), qn("w:type"), qn("w:tcW"), qn("w:w")
_BORDERS, _DIAGONALS = qn("w:tcBorders"), (qn("w:tl2br"), qn("w:tr2bl"))
_GRID, _GRID_COLUMN, _SPAN = qn("w:tblGrid"), qn("w:gridCol"), qn("w:gridSpan")
_FLOATING, _ACROSS, _DOWN, _INDENT = qn("w:tblpPr"), qn("w:tblpX"), qn("w:tblpY"), qn("w:tblInd")
_PARAGRAPH, _FRAME = qn("w:p"), f"{qn('w:pPr')}/{qn('w:framePr')}"
# In twentieths of a point: a row or a column in which no text is seen, a column of a usual width; places off
# every page.
_UNSEEN_HEIGHT, _UNSEEN_WIDTH, _WIDE, _LEFT_OF_PAGE, _RIGHT_OF_PAGE = 100, 60, 300, -10_000, 24_000
# The name of a choice of formats, and its bit in files of old; the last two are said where they don't hold.
_CHOICES = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


class CellPlace(NamedTuple):
    """Where a cell stands in its table, all counted from 0.

    Attributes:
        row, column: its own; the column is that of the grid.
        is_last_row, is_last_column: nothing is below it, nothing right of it.
    """

    row: int
    column: int
    is_last_row: bool
    is_last_column: bool


class _Formats(NamedTuple):
    """What a table and its style say of cells that meet the same conditions.

    Attributes:
        formats: those that say how text looks, that which holds first first.
        shading: what is behind it; None if nothing is said.
        is_crossed: a line is drawn through it.
    """

    formats: tuple[Element, ...]
    shading: Element | None
    is_crossed: bool


class RowLook(NamedTuple):
    """What a table says of the look of a row's text.

    Attributes:
        table: what is said of the whole table.
        number: of the row in the table, from 0.
        is_last: nothing is below it.
        exceptions: what it says of itself in the table's stead; None if nothing.
        is_obscured: nobody can tell whether its text is seen.
        height: in twentieths of a point, where it is no higher whatever its text needs; else None.
    """

    table: TableLook
    number: int
    is_last: bool
    exceptions: Element | None
    is_obscured: bool
    height: int | None

    def around(self, properties: Element | None, column: int, *, is_last: bool) -> Around:
        """What is said of the look of a cell's text.

        Args:
            properties: those of the cell.
            column: that of the table's grid at which it begins, from 0.
            is_last: nothing is right of it.
        """
        return self.table.around(properties, CellPlace(self.number, column, self.is_last, is_last), self)


class TableLook:
    """Tells what is said of the look of a table's text, cell by cell.

    Args:
        table: its element.
        styles: the named formats of the file.
        colours: its colours.
        outer: what is said outside the table.

    Attributes:
        widths: of the columns of its grid, in twentieths of a point.
    """

    def __init__(self, table: Element, styles: Styles, colours: Colours, outer: Around) -> None:
        properties = table.find(_PROPERTIES)
        self._colours = colours
        self._outer = outer
        self._properties = properties
        self._line = styles.line(styles.named(value_of(properties, _STYLE), "table"))
        self._conditional: dict[str, tuple[Element, ...]] = {}
        for style in self._line:
            for one in style.findall(_CONDITIONAL):
                name = one.get(_CONDITION, "")
                self._conditional[name] = (*self._conditional.get(name, ()), one)
        self._formats_of = cache(self._formats_of_uncached)
        self._usual = self._formats_of()
        self._look = properties.find(_LOOK) if properties is not None else None
        layout = properties.find(_LAYOUT) if properties is not None else None
        self._is_fixed = layout is not None and layout.get(_KIND) == "fixed"
        # Converters have been seen to make all columns next to nothing.
        columns = [one for grid in table.findall(_GRID) for one in grid.findall(_GRID_COLUMN)]
        self.widths = [measure(one, _WIDTH_VALUE, 0) for one in columns]
        self._is_measured = any(width >= _WIDE for width in self.widths)
        self._is_off_page = _is_off_page(properties)
        self._has_own_frames = _has_own_frames(table)

    def is_shifted(self, before: int) -> bool:
        """Whether a row begins further right than others, and not only by a sliver, as Word leaves them.

        Args:
            before: how many columns of the table's grid it leaves out.
        """
        return before > 0 and (not self._is_measured or sum(self.widths[:before]) >= _WIDE)

    def row(self, row: Element, number: int, *, is_last: bool) -> RowLook:
        """What is said of the look of a row's text, to be asked for cell by cell.

        Args:
            row: its element.
            number: of it in the table, from 0.
            is_last: nothing is below it.
        """
        height = _fixed_height(row)
        is_flat = height is not None and height <= _UNSEEN_HEIGHT
        is_obscured = self._outer.is_obscured or self._is_off_page or is_flat
        return RowLook(self, number, is_last, row.find(_EXCEPTIONS), is_obscured, height)

    def around(self, properties: Element | None, place: CellPlace, row: RowLook) -> Around:
        """What is said of the look of a cell's text.

        Args:
            properties: those of the cell.
            place: where it stands.
            row: what is said of its row.
        """
        own = {one.tag: one for one in properties} if properties is not None else {}
        usual = self._formats_of(*self._conditions(place)) if self._conditional else self._usual
        twips = _fixed_width(own.get(_WIDTH)) if self._is_measured else None
        columns = self._width_of_columns(place.column, own.get(_SPAN))
        is_obscured = (
            row.is_obscured
            or usual.is_crossed
            or (self._is_fixed and _is_narrow(columns if twips is None else twips))
            or is_below(properties, row.height)
            or (_BORDERS in own and _is_crossed(properties))
        )
        shading = _first((properties, row.exceptions), _SHADING)
        behind = self._colours.shading(shading if shading is not None else usual.shading)
        return Around(
            behind or self._outer.behind,
            usual.formats,
            twips,
            is_obscured=is_obscured,
            columns=columns,
            has_own_frames=self._has_own_frames,
        )

    def _width_of_columns(self, column: int, span: Element | None) -> int | None:
        """How wide the columns of the grid are that a cell takes; None if nobody measured them."""
        columns = self.widths[column : column + max(1, measure(span, VALUE, 1))] if self._is_measured else []
        return sum(columns) if columns else None

    def _formats_of_uncached(self, *conditions: str) -> _Formats:
        """What holds where conditions are met and a cell says nothing of itself."""
        met = [one for name in conditions for one in self._conditional.get(name, ())]
        stated = [*(one.find(_CELL_PROPERTIES) for one in met), self._properties]
        for one in self._line:
            stated += [one.find(_CELL_PROPERTIES), one.find(_PROPERTIES)]
        formats = tuple(one for one in (*met, *self._line) if any(one.find(tag) is not None for tag in _TEXT))
        return _Formats(formats, _first(stated, _SHADING), any(_is_crossed(one) for one in stated))

    def _conditions(self, place: CellPlace) -> list[str]:
        """The names of the conditions that a cell meets, that which holds first first (ECMA-376, 17.7.6)."""
        top = place.row == 0 and self._is_chosen("firstRow")
        bottom = place.is_last_row and self._is_chosen("lastRow")
        left = place.column == 0 and self._is_chosen("firstColumn")
        right = place.is_last_column and self._is_chosen("lastColumn")
        found = {
            "nwCell": top and left,
            "neCell": top and right,
            "swCell": bottom and left,
            "seCell": bottom and right,
            "firstCol": left,
            "lastCol": right,
            "firstRow": top,
            "lastRow": bottom,
        }
        names = [name for name, is_met in found.items() if is_met]
        if not self._is_chosen("noHBand"):
            names += self._band(place.row, "Row", _ROW_BAND, "Horz")
        if not self._is_chosen("noVBand"):
            names += self._band(place.column, "Column", _COLUMN_BAND, "Vert")
        return [*names, "wholeTable"]

    def _band(self, number: int, kind: str, tag: str, name: str) -> list[str]:
        """The stripe that a row or a column belongs to; none where it is the first one, with a format."""
        sizes = [number_of(one.find(_PROPERTIES), tag, 0) for one in self._line]
        size = next(filter(None, sizes), 1)
        counted = number - self._is_chosen(f"first{kind}")
        return [f"band{counted // size % 2 + 1}{name}"] if counted >= 0 else []

    def _is_chosen(self, name: str) -> bool:
        if self._look is None:
            return False
        said = self._look.get(qn(f"w:{name}"))
        if said is not None:
            return bool(said not in OFF)
        bits = self._look.get(VALUE, "0")
        try:
            return bool(int(bits, 16) & _CHOICES[name])
        except ValueError:
            return False


def _fixed_width(width: Element | None) -> int | None:
    """The width of a cell in twentieths of a point; None where the text decides it."""
    if width is None or width.get(_KIND) != "dxa":
        return None
    value = measure(width, _WIDTH_VALUE, -1)
    return value if value >= 0 else None


def _first(stated: Iterable[Element | None], tag: str) -> Element | None:
    found = (one.find(tag) for one in stated if one is not None)
    return next((one for one in found if one is not None), None)


def _is_narrow(width: int | None) -> bool:
    """Whether a cell is so narrow that its text isn't seen."""
    return width is not None and width <= _UNSEEN_WIDTH


def _fixed_height(row: Element) -> int | None:
    """The height of a row in twentieths of a point; None where its text decides it."""
    properties = row.find(_ROW_PROPERTIES)
    height = properties.find(_HEIGHT) if properties is not None else None
    is_exact = height is not None and height.get(_RULE) == _EXACT
    return measure(height, VALUE, _UNSEEN_HEIGHT + 1) if is_exact else None


def _is_crossed(properties: Element | None) -> bool:
    """Whether a line is drawn through a cell from corner to corner."""
    borders = properties.find(_BORDERS) if properties is not None else None
    found = [borders.find(tag) for tag in _DIAGONALS] if borders is not None else []
    return any(one is not None and one.get(VALUE, "nil") not in ("nil", "none") for one in found)


def _is_off_page(properties: Element | None) -> bool:
    """Whether a table is moved to where no page is."""
    floating = properties.find(_FLOATING) if properties is not None else None
    indent = properties.find(_INDENT) if properties is not None else None
    places = [measure(floating, _ACROSS, 0), measure(floating, _DOWN, 0), measure(indent, _WIDTH_VALUE, 0)]
    return any(not _LEFT_OF_PAGE < place < _RIGHT_OF_PAGE for place in places)


def _has_own_frames(table: Element) -> bool:
    """Whether some paragraphs of a table are set in a frame of their own.

    Word sets a table beside text by one frame that all of its paragraphs have.
    """
    frames = [paragraph.find(_FRAME) for paragraph in table.iter(_PARAGRAPH)]
    return len({tuple(sorted(frame.items())) if frame is not None else () for frame in frames}) > 1

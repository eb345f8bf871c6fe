"""Reports as OFD files (GB/T 33190), laid out here: what draws them can be had nowhere as a program.

Programs that write OFD differ in how they say the same thing. Chance chooses among their ways: a text object
a line or a character, the steps between characters or none, a transformation or none, lines that are drawn or
thin shapes that are filled, names with a prefix or without, a template with the page's foot or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from eval.zoo.reports import Report
from eval.zoo.tables import Cell, Rows, expanded

_SPACE = "http://www.ofdspec.org/2016"
# Millimetres.
_WIDTH, _HEIGHT, _MARGIN, _PAD = 210.0, 297.0, 20.0, 0.6
_PROSE, _SMALL, _LEADING = 4.2, 2.4, 1.35
_LINE = 0.2
# A column is so wide as this many characters of its text, at least and at most.
_NARROWEST, _WIDEST = 3, 11


class _Text(NamedTuple):
    """A line of text, from its left end, and the line it stands on."""

    left: float
    base: float
    size: float
    text: str


class _Rule(NamedTuple):
    """A line that is upright or level."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Page(NamedTuple):
    texts: list[_Text]
    rules: list[_Rule]


def ofd_file(report: Report, rng: Random, *, borders: bool = True) -> bytes:
    """A report with its tables; merged cells are merged.

    Args:
        report: what it says.
        rng: chooses how the file says it.
        borders: whether the tables have lines.
    """
    sheets = _Sheets(borders=borders)
    for paragraph in report.before:
        sheets.add_paragraph(paragraph)
    for section in report.sections:
        sheets.add_paragraph(section.heading)
        for table in section.tables:
            sheets.add_table(table)
    for paragraph in report.after:
        sheets.add_paragraph(paragraph)
    return _written(sheets.pages, rng)


# --- laying out ------------------------------------------------------------------------------------------


class _Sheets:
    """Pages that are filled from the top."""

    def __init__(self, *, borders: bool) -> None:
        self.pages = [_Page([], [])]
        self._borders = borders
        self._y = _MARGIN

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph."""
        for line in _lines(text, _WIDTH - 2 * _MARGIN, _PROSE):
            self._make_room(_PROSE * _LEADING)
            self.pages[-1].texts.append(_Text(_MARGIN, self._y + _PROSE, _PROSE, line))
            self._y += _PROSE * _LEADING
        self._y += _PROSE / 2

    def add_table(self, rows: Rows) -> None:
        """Add a table; where a page ends, it goes on on the next one."""
        places = expanded(rows)
        xs = _columns(places)
        heights = _heights(rows, places, xs)
        begun = 0
        for row, height in enumerate(heights):
            if self._y + sum(heights[begun : row + 1]) > _HEIGHT - _MARGIN and row > begun:
                self._draw(places, xs, heights, range(begun, row))
                self._y = _HEIGHT
                self._make_room(height)
                begun = row
        self._draw(places, xs, heights, range(begun, len(heights)))
        self._y += _PROSE

    def _make_room(self, height: float) -> None:
        if self._y + height > _HEIGHT - _MARGIN:
            self.pages.append(_Page([], []))
            self._y = _MARGIN

    def _draw(
        self,
        places: dict[tuple[int, int], tuple[Cell, bool]],
        xs: Sequence[float],
        heights: Sequence[float],
        own: range,
    ) -> None:
        """Draw some rows of a table, and the part of each merged cell that lies in them."""
        self._make_room(sum(heights[row] for row in own))
        edges = accumulate((heights[row] for row in own), initial=self._y)
        ys = dict(zip(range(own.start, own.stop + 1), edges, strict=True))
        for (row, column), (cell, is_first) in places.items():
            if not is_first or not (row < own.stop and own.start < row + cell.down):
                continue
            top, bottom = ys[max(row, own.start)], ys[min(row + cell.down, own.stop)]
            left, right = xs[column], xs[min(column + cell.right, len(xs) - 1)]
            if self._borders:
                corners = (left, top, right, top), (left, bottom, right, bottom)
                sides = (left, top, left, bottom), (right, top, right, bottom)
                self.pages[-1].rules.extend(_Rule(*edge) for edge in (*corners, *sides))
            if row >= own.start:
                self._fill(cell.text, (left, top, right, bottom))
        self._y = ys[own.stop]

    def _fill(self, text: str, edges: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = edges
        lines = _lines(text, right - left - 2 * _PAD, _SMALL)
        step = _SMALL * _LEADING
        begin = (top + bottom) / 2 - len(lines) * step / 2
        for number, line in enumerate(lines):
            start = (left + right - _length(line) * _SMALL) / 2
            self.pages[-1].texts.append(_Text(start, begin + number * step + _SMALL, _SMALL, line))


def _length(text: str) -> float:
    """In ems."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.5 for character in text)


def _lines(text: str, width: float, size: float) -> list[str]:
    """A text broken into lines; numbers aren't broken."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _length(line + piece) * size > width:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if piece and not (character.isascii() and piece[-1].isascii() and not character.isspace()):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _columns(places: dict[tuple[int, int], tuple[Cell, bool]]) -> list[float]:
    """Where columns begin and end: as wide as their text asks, together as wide as the page."""
    count = 1 + max(column for _, column in places)
    asked = [float(_NARROWEST)] * count
    for (_, column), (cell, is_first) in places.items():
        if is_first and cell.right == 1:
            asked[column] = max(asked[column], min(_length(cell.text) + 1, _WIDEST))
    scale = (_WIDTH - 2 * _MARGIN) / sum(asked)
    return list(accumulate((one * scale for one in asked), initial=_MARGIN))


def _heights(
    rows: Rows, places: dict[tuple[int, int], tuple[Cell, bool]], xs: Sequence[float]
) -> list[float]:
    """How high rows are: as high as their text asks, the last of a merged cell taking what is missing."""
    heights = [_SMALL * _LEADING + 2 * _PAD] * len(rows)
    first = [(place, cell) for place, (cell, is_first) in places.items() if is_first]
    for (row, column), cell in sorted(first, key=lambda one: one[1].down):
        width = xs[min(column + cell.right, len(xs) - 1)] - xs[column] - 2 * _PAD
        needed = len(_lines(cell.text, width, _SMALL)) * _SMALL * _LEADING + 2 * _PAD
        last = min(row + cell.down, len(rows))
        heights[last - 1] += max(0.0, needed - sum(heights[row:last]))
    return heights


# --- writing ---------------------------------------------------------------------------------------------


def _written(pages: Sequence[_Page], rng: Random) -> bytes:
    prefix = rng.choice(("ofd:", ""))
    root = f'xmlns{":ofd" if prefix else ""}="{_SPACE}"'
    writer = _Writer(prefix, rng)
    has_template = rng.random() < 0.5
    base = rng.choice(("", "/Doc_0/"))
    listed = "".join(
        f'<{prefix}Page ID="{number + 1}" BaseLoc="{base}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    area = f"<{prefix}PhysicalBox>0 0 {_WIDTH:g} {_HEIGHT:g}</{prefix}PhysicalBox>"
    template = f'<{prefix}TemplatePage ID="9001" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if has_template else ""
    common = (
        f"<{prefix}CommonData><{prefix}MaxUnitID>9999</{prefix}MaxUnitID><{prefix}PageArea>{area}"
        f"</{prefix}PageArea>{template}</{prefix}CommonData>"
    )
    files = {
        "OFD.xml": f'<{prefix}OFD {root} Version="1.0" DocType="OFD"><{prefix}DocBody><{prefix}DocRoot>'
        f"Doc_0/Document.xml</{prefix}DocRoot></{prefix}DocBody></{prefix}OFD>",
        "Doc_0/Document.xml": f"<{prefix}Document {root}>{common}<{prefix}Pages>{listed}</{prefix}Pages>"
        f"</{prefix}Document>",
    }
    if has_template:
        foot = writer.layer(_Page([_Text(_MARGIN, _HEIGHT - 8, 3, "政府信息公开工作年度报告")], []))
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = f"<{prefix}Page {root}>{foot}</{prefix}Page>"
    use = f'<{prefix}Template TemplateID="9001" ZOrder="Background"/>' if has_template else ""
    for number, page in enumerate(pages):
        content = f"{use}{writer.layer(page)}"
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<{prefix}Page {root}>{content}</{prefix}Page>"
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # Of a day that is always the same: the same seed gives the same file.
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return stream.getvalue()


class _Writer:
    """Writes objects in one of the ways of programs."""

    def __init__(self, prefix: str, rng: Random) -> None:
        self._prefix = prefix
        self._by_character = rng.random() < 0.3
        self._has_steps = rng.random() < 0.8
        self._scale = rng.choice((1.0, 1.0, 0.5))
        self._is_filled = rng.random() < 0.3
        self._number = 100

    def layer(self, page: _Page) -> str:
        """The content of a page."""
        rules = "".join(map(self._rule, dict.fromkeys(page.rules)))
        texts = "".join(self._text(part) for text in page.texts for part in self._parts(text))
        layer = f'<{self._prefix}Layer ID="{self._next()}" Type="Body">{rules}{texts}</{self._prefix}Layer>'
        return f"<{self._prefix}Content>{layer}</{self._prefix}Content>"

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _parts(self, text: _Text) -> Iterator[_Text]:
        if not self._by_character:
            yield text
            return
        left = text.left
        for character in text.text:
            yield _Text(left, text.base, text.size, character)
            left += _length(character) * text.size

    def _text(self, text: _Text) -> str:
        width, scale, prefix = _length(text.text) * text.size, self._scale, self._prefix
        size, top = text.size, text.base - text.size
        steps = [f"{_length(one) * size / scale:.4g}" for one in text.text[:-1]]
        if len(set(steps)) == 1 and len(steps) > 2:
            steps = ["g", str(len(steps)), steps[0]]
        delta = f' DeltaX="{" ".join(steps)}"' if steps and self._has_steps else ""
        matrix = f' CTM="{scale:g} 0 0 {scale:g} 0 0"' if scale != 1 else ""
        return (
            f'<{prefix}TextObject ID="{self._next()}" Boundary="{text.left:.3f} {top:.3f} {width:.3f} '
            f'{size * _LEADING:.3f}" Font="1" Size="{size / scale:.4g}"{matrix}>'
            f'<{prefix}TextCode X="0" Y="{size / scale:.4g}"{delta}>{escape(text.text)}</{prefix}TextCode>'
            f"</{prefix}TextObject>"
        )

    def _rule(self, rule: _Rule) -> str:
        prefix = self._prefix
        left, top, width, height = rule.x0, rule.y0, rule.x1 - rule.x0, rule.y1 - rule.y0
        if self._is_filled:
            wide, high = max(width, _LINE), max(height, _LINE)
            path, how = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C", "Fill"
            kind = 'Stroke="false" Fill="true"'
        else:
            path, how, kind = f"M 0 0 L {width:.3f} {height:.3f}", "Stroke", f'LineWidth="{_LINE}"'
        return (
            f'<{prefix}PathObject ID="{self._next()}" Boundary="{left:.3f} {top:.3f} {max(width, _LINE):.3f} '
            f'{max(height, _LINE):.3f}" {kind}><{prefix}{how}Color Value="0 0 0"/>'
            f"<{prefix}AbbreviatedData>{path}</{prefix}AbbreviatedData></{prefix}PathObject>"
        )

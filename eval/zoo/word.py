"""Reports as Word files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from eval.zoo import noted
from eval.zoo.reports import Report, lines_of
from eval.zoo.tables import Beside, Cell, Look, Rows, expanded

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# As wide as the text of a page, in twentieths of a point; in small print, for table 4 has 15 columns.
_WIDTH = 8600
_FIXED = (
    f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
)
_SMALL = '<w:sz w:val="14"/>'
# The properties of a piece that is seen in another way.
_LOOKS = {
    Look.STRUCK: "<w:strike/>",
    Look.RAISED: '<w:vertAlign w:val="superscript"/>',
    Look.HIDDEN: "<w:vanish/>",
    Look.TINY: '<w:sz w:val="1"/>',
    Look.SAME_COLOUR: '<w:color w:val="FFFFFF"/>',
    # Word has no class of its own for them, and hides a row by the row's own properties.
    Look.HIDDEN_BY_CLASS: "<w:vanish/>",
    Look.HIDDEN_ROW: "",
}
_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "TableGrid", "NoList")


def word_file(report: Report, *, borders: bool = True, height: int | None = None) -> bytes:
    """A report with its tables; merged cells are merged.

    Args:
        report: what it says.
        borders: whether the tables have lines.
        height: of a page in millimetres; as python-docx has it, unless given.
    """
    document = _empty()
    if height is not None:
        document.sections[0].page_height = Mm(height)
    _add_paragraphs(document, report.before[:1], report.beside)
    _add_paragraphs(document, report.before[1:])
    for section in report.sections:
        _add_paragraphs(document, [section.heading], section.beside)
        _add_paragraphs(document, section.above)
        for table in section.tables:
            add_table(document, table, borders=borders)
        _add_paragraphs(document, section.below)
    _add_paragraphs(document, report.after)
    noted.add_notes(document, _besides(report))
    noted.add_on_pages(document, report.on_pages)
    return saved(document)


def _besides(report: Report) -> Iterator[Beside]:
    """Everything that stands beside the text of a report."""
    yield from report.beside
    for section in report.sections:
        yield from section.beside
        for cell in (cell for table in section.tables for row in table for cell in row):
            yield from cell.beside


def paragraph_file(report: Report) -> bytes:
    """A report with a paragraph for each cell."""
    document = _empty()
    _add_paragraphs(document, lines_of(report))
    return saved(document)


def _empty() -> WordDocument:
    return Document(BytesIO(_template()))


@cache
def _template() -> bytes:
    """An empty document with few styles: python-docx's own has 800 KB of them, a real report some 26 KB."""
    document = Document()
    styles = document.styles.element
    for style in [one for one in styles.style_lst if one.styleId not in _STYLES]:
        styles.remove(style)
    relations = document.part.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/stylesWithEffects")]:
        del relations[key]
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """The bytes of a document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_paragraphs(document: WordDocument, lines: Iterable[str], beside: Iterable[Beside] = ()) -> None:
    """Add paragraphs, each with what else stands in its line."""
    more = "".join(map(noted.run_of, beside))
    paragraphs = "".join(f"<w:p><w:r>{_written(line)}</w:r>{more}</w:p>" for line in lines)
    # Hundreds, one by one by python-docx, take longer than to read the file.
    added = parse_xml(f"<w:body {nsdecls('w')}>{paragraphs}</w:body>")
    end = document.element.body.sectPr
    for paragraph in list(added):
        end.addprevious(paragraph)


def _written(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))


def add_table(document: WordDocument, rows: Rows, *, borders: bool = True) -> None:
    """Add a table; of a cell merged over rows, every row has a part, as Word writes it."""
    places = expanded(rows)
    width = 1 + max(column for _, column in places)
    style = "TableGrid" if borders else "TableNormal"
    body = "".join(
        f"<w:tr>{_hiding(cells)}{''.join(_cells(places, row, width))}</w:tr>"
        for row, cells in enumerate(rows)
    )
    grid = f'<w:gridCol w:w="{_WIDTH // width}"/>' * width
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/>{_FIXED}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )
    # Word wants a paragraph between two tables, and before the end.
    document.add_paragraph()._p.addprevious(element)  # noqa: SLF001 - python-docx has no other way


def _cells(places: dict[tuple[int, int], tuple[Cell, bool]], row: int, width: int) -> Iterable[str]:
    column = 0
    while column < width:
        cell, is_first = places.get((row, column), (None, True))
        if cell is None:
            # Behind the last cell of a row that is shorter than others.
            return
        merged = '<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{cell.right}"/>' if cell.right > 1 else ""
        yield (
            f"<w:tc><w:tcPr>{span}{merged if cell.down > 1 else ''}</w:tcPr>"
            f"<w:p>{_runs(cell) if is_first else _run('')}</w:p></w:tc>"
        )
        column += cell.right


def _hiding(row: Sequence[Cell]) -> str:
    is_hidden = bool(row) and all(cell.look is Look.HIDDEN_ROW for cell in row)
    return "<w:trPr><w:hidden/></w:trPr>" if is_hidden else ""


def _runs(cell: Cell) -> str:
    """Everything in a cell, seen and unseen."""
    before, after = (
        "".join(map(_beside, (one for one in cell.beside if one.is_before is is_before)))
        for is_before in (True, False)
    )
    return before + _run(cell.text, _LOOKS[cell.look] if cell.look else "") + after


def _beside(beside: Beside) -> str:
    return noted.run_of(beside) if beside.look in noted.LOOKS else _run(beside.text, _LOOKS[beside.look])


def _run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}{'' if 'w:sz ' in look else _SMALL}</w:rPr>{_written(text)}</w:r>"

"""Word files of a report with notes, comments, boxes, headers and watermarks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.helpers.whole_reports import REQUESTS, Cell, Report

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: What stands in a run at the place of a note, by the kind of the note.
REFERENCES = {
    "footnotes": '<w:r><w:footnoteReference w:id="7"/></w:r>',
    "endnotes": '<w:r><w:endnoteReference w:id="7"/></w:r>',
    "comments": '<w:r><w:commentReference w:id="7"/></w:r>',
}


def note(kind: str, words: str, *, author: str = "张三") -> dict[str, str]:
    """The part of a file that holds one note.

    Args:
        kind: ``footnotes``, ``endnotes`` or ``comments``.
        words: of the note.
        author: by whom it is.
    """
    one = kind.removesuffix("s")
    content = f'<w:{one} w:id="7" w:author="{author}">{_paragraph(words)}</w:{one}>'
    return {kind: f"<w:{kind} {_NAMES}>{content}</w:{kind}>"}


def header(words: str, *, is_watermark: bool) -> dict[str, str]:
    """The part of a file that stands on every page.

    Args:
        words: of it.
        is_watermark: whether they are drawn across the page.
    """
    drawn = f'<w:p><w:r><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:r></w:p>'
    return {"header": f"<w:hdr {_NAMES}>{drawn if is_watermark else _paragraph(words)}</w:hdr>"}


def text_box(words: str) -> str:
    """A run with a box of text over the page.

    Args:
        words: in it.
    """
    box = f"<w:txbxContent>{_paragraph(words)}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"


def word_art(words: str) -> str:
    """A run with letters that are drawn.

    Args:
        words: of them.
    """
    return f'<w:r><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:r>'


def word_file(at: str, run: str, parts: Mapping[str, str]) -> bytes:
    """A Word file of a report of 2023.

    Args:
        at: the words of the paragraph or cell behind which ``run`` stands, the first that are the same.
        run: what stands there.
        parts: other parts of the file.
    """
    report = Report()
    blocks = ["某县某局2023年政府信息公开工作年度报告", "一、总体情况", "一年来，我局认真做好公开工作。"]
    body = "".join(_paragraph(one, run if one == at else "") for one in blocks)
    left = "" if f">{at}<" in body else run
    for key, rows in report.tables.items():
        heading = report.headings[key]
        body += _paragraph(heading, left if heading == at else "")
        body += _table(rows, at if key == REQUESTS else "", left)
    body += "".join(map(_paragraph, ("五、存在的主要问题及改进情况", "公开内容有待丰富。")))
    links = f'<Relationship Id="h" Type="{_R}/header" Target="header.xml"/>' if "header" in parts else ""
    links += "".join(
        f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind != "header"
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>' if "header" in parts else ""
    )
    files = {
        "_rels/.rels": _links(
            f'<Relationship Id="d" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        ),
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "word/_rels/document.xml.rels": _links(links),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        **{f"word/{kind}.xml": part for kind, part in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _paragraph(words: str, run: str = "") -> str:
    return f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r>{run}</w:p>"


def _table(rows: list[list[Cell]], at: str, run: str) -> str:
    """A table whose cells are merged only to the right; those merged down are blank below their first row."""
    lines = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in rows:
        column, line = 0, ""
        cells = list(row)
        while cells or column in open_cells:
            if column in open_cells:
                left, across = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = (left - 1, across)
                line += _cell("", across, "<w:vMerge/>", "")
                column += across
                continue
            cell = cells.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
            if cell.down > 1:
                open_cells[column] = (cell.down - 1, cell.across)
            line += _cell(cell.words, cell.across, merge, run if cell.words == at else "")
            column += cell.across
        lines.append(f"<w:tr>{line}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def _cell(words: str, across: int, merge: str, run: str) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr>{_paragraph(words, run)}</w:tc>'

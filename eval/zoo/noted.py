"""What Word shows beside a text: footnotes, endnotes, comments, boxes, drawn letters, headers, watermarks."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from eval.zoo.tables import Beside, Look

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# The name of each kind of note in the file, and of its part.
_NOTES: Mapping[Look, tuple[str, str]] = {
    Look.FOOTNOTE: ("footnote", "footnotes"),
    Look.ENDNOTE: ("endnote", "endnotes"),
    Look.COMMENT: ("comment", "comments"),
}
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_SLANTED = 'style="position:absolute;width:400pt;height:100pt;rotation:315"'
#: The looks of what stands in this file's own parts and boxes.
LOOKS = frozenset({*_NOTES, Look.BOX, Look.WORD_ART})
# Numbers of notes stay below what a file may have.
_MOST = 2**20


def run_of(beside: Beside) -> str:
    """What stands in a paragraph at the place of a note or a box.

    Args:
        beside: of one of :data:`LOOKS`.
    """
    if beside.look in _NOTES:
        name, _ = _NOTES[beside.look]
        return f'<w:r><w:{name}Reference w:id="{_number(beside.text)}"/></w:r>'
    if beside.look is Look.WORD_ART:
        return f"<w:r>{_drawn(beside.text, '')}</w:r>"
    box = f"<v:textbox><w:txbxContent>{_paragraph(beside.text)}</w:txbxContent></v:textbox>"
    return f"<w:r><w:pict><v:shape {_VML}>{box}</v:shape></w:pict></w:r>"


def add_notes(document: WordDocument, besides: Iterable[Beside]) -> None:
    """Give a document the parts that hold its notes.

    Args:
        document: that gets them.
        besides: everything that stands beside its text.
    """
    said: dict[Look, dict[str, None]] = {}
    for one in besides:
        if one.look in _NOTES:
            said.setdefault(one.look, {})[one.text] = None
    for look, words in said.items():
        name, part = _NOTES[look]
        notes = "".join(
            f'<w:{name} w:id="{_number(one)}" w:author="审核">{_paragraph(one)}</w:{name}>' for one in words
        )
        xml = f"<w:{part} {nsdecls('w')}>{notes}</w:{part}>"
        kind = part.upper()
        own = Part(
            PackURI(f"/word/{part}.xml"),
            getattr(CONTENT_TYPE, f"WML_{kind}"),
            xml.encode(),
            document.part.package,
        )
        document.part.relate_to(own, getattr(RELATIONSHIP_TYPE, kind))


def add_on_pages(document: WordDocument, besides: Iterable[Beside]) -> None:
    """Give a document what stands on each of its pages.

    Args:
        document: that gets them.
        besides: watermarks and headers.
    """
    for one in besides:
        drawn = _drawn(one.text, _SLANTED) if one.look is Look.WATERMARK else ""
        content = f"<w:r>{drawn}</w:r>" if drawn else _run(one.text)
        paragraph = parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>")
        document.sections[0].header.paragraphs[0]._p.addprevious(paragraph)  # noqa: SLF001 - as in add_table


def _number(words: str) -> int:
    return zlib.crc32(words.encode()) % _MOST + 1


def _drawn(words: str, style: str) -> str:
    return f'<w:pict><v:shape {_VML} {style}><v:textpath string="{escape(words)}"/></v:shape></w:pict>'


def _run(words: str) -> str:
    return f"<w:r><w:t>{escape(words)}</w:t></w:r>"


def _paragraph(words: str) -> str:
    return f"<w:p>{_run(words)}</w:p>"

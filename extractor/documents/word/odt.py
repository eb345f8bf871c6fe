"""What OpenDocument files hide and LibreOffice writes into a Word file as if it were shown."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError, tostring

from extractor.documents.document import UNREADABLE
from extractor.documents.errors import damaged
from extractor.documents.source import Source
from extractor.documents.word.ooxml import Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELL = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"
_SECTION, _HIDDEN_TEXT, _HIDDEN_PARAGRAPH = (
    _TEXT + name for name in ("section", "hidden-text", "hidden-paragraph")
)
_DISPLAY, _IS_HIDDEN = f"{_TEXT}display", f"{_TEXT}is-hidden"
_CONTENT, _KIND = "content.xml", "mimetype"
_SIGNS = (b":hidden-text", b":hidden-paragraph", b":section")


def without_hidden(source: Source) -> bytes:
    """An OpenDocument text in which nothing is hidden that LibreOffice would write as if it were shown.

    Hidden sections and paragraphs are left out. What is hidden in a cell of a table hangs on a condition that
    LibreOffice works out anew: an unreadable sign stands in its place.

    Args:
        source: the file.

    Returns:
        Its bytes; the same where it hides nothing so.

    Raises:
        UnreadableError: if it is damaged or encrypted.
        TooLargeError: if it holds more than a report can.
    """
    archive = source.archive
    content = archive.read(_CONTENT) if _CONTENT in archive else b""
    if not any(sign in content for sign in _SIGNS):
        return source.data
    try:
        root = parse_xml(content)
    except XMLSyntaxError as error:
        raise damaged(source.name, "XML 有误", str(error.msg)) from error
    if not _cleared(root):
        return source.data
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        for name in archive:
            data = tostring(root, encoding="UTF-8") if name == _CONTENT else archive.read(name)
            target.writestr(name, data, ZIP_STORED if name == _KIND else ZIP_DEFLATED)
    return stream.getvalue()


def _cleared(root: Element) -> bool:
    """Take out what is hidden; whether anything was."""
    hidden = [one for one in root.iter(_SECTION) if one.get(_DISPLAY) == "none" or _is_hidden(one)]
    for section in hidden:
        _replace(section, "")
    fields = [one for one in root.iter(_HIDDEN_TEXT, _HIDDEN_PARAGRAPH) if _is_hidden(one)]
    for field in fields:
        is_in_cell = next(field.iterancestors(_CELL), None) is not None
        if field.tag == _HIDDEN_TEXT:
            _replace(field, UNREADABLE if is_in_cell else "")
        elif (paragraph := field.getparent()) is not None:
            paragraph[:] = []
            paragraph.text = UNREADABLE if is_in_cell else ""
    return bool(hidden or fields)


def _is_hidden(element: Element) -> bool:
    return bool(element.get(_IS_HIDDEN) == "true")


def _replace(element: Element, text: str) -> None:
    """Put a text in the place of an element; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
    if parent is not None:
        parent.remove(element)

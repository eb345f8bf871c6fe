"""A copy of a Word file with comments; what is no comment, nor says where one stands, is kept as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from extractor.annotating.note import INITIALS, Note
from extractor.documents.asides import COMMENTATOR
from extractor.documents.source import Source
from extractor.documents.word.docx import WordPlaces, word_places
from extractor.documents.word.ooxml import STRICT, TRANSITIONAL, Element

_PARAGRAPH, _RUN, _TEXT = qn("w:p"), qn("w:r"), qn("w:t")
_PROPERTIES, _TEXT_BOX, _ID = qn("w:pPr"), qn("w:txbxContent"), qn("w:id")
_TYPES = "[Content_Types].xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NAMESPACE = {"w": TRANSITIONAL.decode()}
# What no XML can hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The moment at which a copy is made is no part of it.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def annotated_docx(source: Source, notes: Sequence[Note]) -> bytes:
    """The bytes of a copy with comments.

    Args:
        source: the file.
        notes: one a comment.

    Raises:
        InputError: if the file can't be read as a Word file.
    """
    places = word_places(source)
    parts = _Parts(source, places)
    comments = parts.comments()
    numbers = [int(one.get(_ID, "0")) for one in comments]
    for number, note in enumerate(notes, max(numbers, default=-1) + 1):
        comments.append(_comment(number, note.text))
        _anchor(places, number, note)
    return parts.copy(comments)


# --- the text ----------------------------------------------------------------------------------------------


def _comment(number: int, text: str) -> Element:
    comment = etree.Element(qn("w:comment"), nsmap=_NAMESPACE)
    for name, value in (("w:id", str(number)), ("w:author", COMMENTATOR), ("w:initials", INITIALS)):
        comment.set(qn(name), value)
    for line in _NO_XML.sub("\ufffd", text).split("\n"):
        run = etree.SubElement(etree.SubElement(comment, _PARAGRAPH), _RUN)
        words = etree.SubElement(run, _TEXT)
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _anchor(places: WordPlaces, number: int, note: Note) -> None:
    """Mark what a comment is about; what stands at no paragraph is about the first one."""
    paragraphs = _outside_boxes(_paragraphs_of(places, note)) or list(places.body.iter(_PARAGRAPH))[:1]
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    start, end, reference = (
        etree.Element(qn(name), {_ID: str(number)}, nsmap=_NAMESPACE)
        for name in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
    )
    runs = _runs_with(first, note.printed) if first is last else []
    if runs:
        runs[0].addprevious(start)
        runs[-1].addnext(end)
    else:
        properties = first.find(_PROPERTIES)
        first.insert(0 if properties is None else first.index(properties) + 1, start)
        last.append(end)
    run = etree.Element(_RUN, nsmap=_NAMESPACE)
    run.append(reference)
    end.addnext(run)


def _paragraphs_of(places: WordPlaces, note: Note) -> list[Element]:
    """The paragraphs of the cell that a note is about, or the paragraph."""
    for locator in note.places[:1]:
        cell = places.cells.get((locator.table or 0, locator.row or 0, locator.column or 0))
        if cell is not None:
            return [child for child in cell if child.tag == _PARAGRAPH]
    if note.span is not None:
        for start, end, paragraph in places.paragraphs:
            if start <= note.span.start < end and paragraph is not None:
                return [paragraph]
    return []


def _outside_boxes(paragraphs: Sequence[Element]) -> list[Element]:
    """Word has no comments in text boxes: the paragraph that a box stands at is marked instead."""
    return [_outermost(paragraph) for paragraph in paragraphs]


def _outermost(paragraph: Element) -> Element:
    boxes = list(paragraph.iterancestors(_TEXT_BOX))
    around = list(boxes[-1].iterancestors(_PARAGRAPH)) if boxes else []
    return around[0] if around else paragraph


def _runs_with(paragraph: Element, words: str) -> list[Element]:
    """The runs of a paragraph that hold some words, if these stand in it once."""
    runs = [child for child in paragraph if child.tag == _RUN]
    texts = ["".join(one.text or "" for one in run.iter(_TEXT)) for run in runs]
    whole = "".join(texts)
    if not words or whole.count(words) != 1:
        return []
    begin, end = whole.index(words), whole.index(words) + len(words)
    held, offset = [], 0
    for run, text in zip(runs, texts, strict=True):
        if offset < end and begin < offset + len(text):
            held.append(run)
        offset += len(text)
    return held


# --- the file ----------------------------------------------------------------------------------------------


class _Parts:
    """The parts of the copy: those of the file, but for the few that are changed."""

    def __init__(self, source: Source, places: WordPlaces) -> None:
        self._source = source
        self._package = places.package
        main = places.package.main
        self._is_strict = STRICT in source.archive.read(main.membername)
        known = places.package.target(main, "comments")
        self._is_new = known is None
        self._comments = known.membername if known is not None else _free_name(source, main.baseURI)

    def comments(self) -> Element:
        """The comments that there are already."""
        if self._is_new:
            return etree.Element(qn("w:comments"), nsmap=_NAMESPACE)
        return parse_xml(self._source.archive.read(self._comments).replace(STRICT, TRANSITIONAL))

    def copy(self, comments: Element) -> bytes:
        """The bytes of the copy.

        Args:
            comments: all of them.
        """
        main = self._package.main
        changed = {main.membername: self._written(self._package.document)}
        changed[self._comments] = self._written(comments)
        if self._is_new:
            changed |= dict(self._told(main.membername, main.rels_uri.membername))
        return _copied(self._source, changed)

    def _written(self, root: Element) -> bytes:
        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return data.replace(TRANSITIONAL, STRICT) if self._is_strict else data

    def _told(self, main: str, links: str) -> Iterator[tuple[str, bytes]]:
        """The part that says of what type each is, and the one that names those of the text."""
        archive = self._source.archive
        types = parse_xml(archive.read(_TYPES))
        own = {"PartName": f"/{self._comments}", "ContentType": _COMMENTS_TYPE}
        etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Override", own)
        yield _TYPES, etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)
        known = (
            parse_xml(archive.read(links))
            if links in archive
            else etree.Element(f"{{{_LINKS}}}Relationships")
        )
        names = {link.get("Id") for link in known}
        free = next(name for number in range(1, 1_000_000) if (name := f"rIdGongkai{number}") not in names)
        base = (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
            if self._is_strict
            else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        )
        target = posixpath.relpath(self._comments, posixpath.dirname(main))
        own = {"Id": free, "Type": f"{base}/comments", "Target": target}
        etree.SubElement(known, f"{{{_LINKS}}}Relationship", own)
        yield links, etree.tostring(known, xml_declaration=True, encoding="UTF-8", standalone=True)


def _free_name(source: Source, folder: str) -> str:
    names = (f"{folder}/{name}".lstrip("/") for name in ("comments.xml", "gongkai-comments.xml"))
    return next((name for name in names if name not in source.archive), f"{folder}/gongkai.xml".lstrip("/"))


def _copied(source: Source, changed: Mapping[str, bytes]) -> bytes:
    """A ZIP archive with the same files in the same order, but for those that are changed or new.

    Args:
        source: the archive.
        changed: their content, by their names; upper and lower case are the same.
    """
    left = {name.lower(): (name, data) for name, data in changed.items()}
    target = BytesIO()
    with ZipFile(BytesIO(source.data)) as given, ZipFile(target, "w") as copy:
        for info in given.infolist():
            data = b"" if info.is_dir() else source.archive.read(info.filename)
            _, data = left.pop(info.filename.lower(), ("", data))
            copy.writestr(info, data, compress_type=info.compress_type)
        for name, data in left.values():
            copy.writestr(ZipInfo(name, _EPOCH), data, compress_type=ZIP_DEFLATED)
    return target.getvalue()

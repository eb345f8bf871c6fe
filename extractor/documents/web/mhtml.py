"""Web archives (MHTML) and mails: the page among the parts of a message.

A message is cut into its parts here, as the parser of the standard library takes a message of many lines
or of nested parts to pieces line by line; it reads the headers.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.documents.source import Source
from extractor.errors import UnknownFormatError

# The headers of a part, the parts of a message, how deep they are nested: more than any program writes.
_LONGEST_HEAD, _MOST_PARTS, _DEEPEST = 1 << 16, 10_000, 8
# What a page shows, or is shown by, that came with it.
_ATTACHED = ("image/", "text/css")
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*[A-Za-z][A-Za-z-]*:")
_IS_MESSAGE = re.compile(rb"^mime-version:", re.I | re.M)
_IS_OF_PARTS = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.I | re.M)
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")


class _Part(NamedTuple):
    """A part of a message: its type, charset and encoding, how it is cut, what it holds, its addresses."""

    kind: str
    charset: str | None
    transfer: str
    boundary: str | None
    body: bytes
    addresses: tuple[str, ...]


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes of a file are those of a web archive or a mail."""
    if _HEADER.match(data, 0, 1000) is None:
        return False
    head = _head_and_body(data)[0]
    return _IS_MESSAGE.search(head) is not None and _IS_OF_PARTS.search(head) is not None


def read_mhtml(source: Source) -> Document:
    """Make a document of the page of a web archive, with what came with it.

    That is the part that its head names as the root (RFC 2387, ``start``), or else the first page.

    Raises:
        UnknownFormatError: if it holds no page, or one in no known encoding.
        TooLargeError: if its page has more tags, or nests them more deeply, than any report.
    """
    # Every text is asked whether it is such a message, and needs nothing of what a page needs.
    from extractor.documents.web.page import read_html

    pages = [part for part in _all_parts(source.data) if part.kind == "text/html"]
    root = _root_of(source.data)
    page = next((part for part in pages if root in part.addresses), next(iter(pages), None))
    if page is None:
        raise UnknownFormatError(
            f"{source.name} 是网页存档或邮件，但其中没有网页。请在浏览器中另存为网页后再试。",
            f"{source.name} is a web archive or a mail without a page; save the page in a browser and try "
            "again",
        )
    data = _decoded(page)
    if data is None:
        raise UnknownFormatError(
            f"{source.name} 是已损坏的网页存档（base64）。请重新保存后再试。",
            f"{source.name} is a damaged web archive (base64); save it again and try again",
        )
    return read_html(replace(source, data=data), charset=page.charset, attached=_attached_in(source.data))


def _root_of(data: bytes) -> str:
    """The address of the part that is the root, if the head names one."""
    from email.parser import BytesHeaderParser

    start = BytesHeaderParser().parsebytes(_head_and_body(data)[0]).get_param("start")
    return f"cid:{start.strip('<>')}" if isinstance(start, str) else ""


def _all_parts(data: bytes) -> Iterator[_Part]:
    return islice(_parts(data, _DEEPEST), _MOST_PARTS)


def _attached_in(data: bytes) -> dict[str, bytes]:
    """The pictures and style sheets in a web archive, by each of the addresses that its pages may name."""
    attached = {}
    for part in _all_parts(data):
        if part.kind.startswith(_ATTACHED) and part.addresses and (held := _decoded(part)) is not None:
            attached.update(dict.fromkeys(part.addresses, held))
    return attached


def _parts(data: bytes, depth: int) -> Iterator[_Part]:
    part = _part(data)
    if not part.kind.startswith("multipart/"):
        yield part
    elif part.boundary and depth:
        boundary = re.escape(part.boundary.encode("utf-8", "surrogateescape"))
        # Searched for as a literal, which takes a hundredth of the time of anything that begins a line.
        found = re.finditer(rb"--" + boundary + rb"(?:--)?[ \t]*(?=[\r\n]|\Z)", part.body)
        borders = (match.span() for match in found if _begins_line(part.body, match.start()))
        end_of_all = (len(part.body), len(part.body))
        for (_, start), (end, _) in pairwise(chain(borders, [end_of_all])):
            yield from _parts(part.body[start:end].lstrip(b"\r\n"), depth - 1)


def _begins_line(data: bytes, offset: int) -> bool:
    return offset == 0 or data[offset - 1 : offset] == b"\n"


def _part(data: bytes) -> _Part:
    from email.parser import BytesHeaderParser  # not needed for a text, and slow to import

    head, body = _head_and_body(data)
    headers = BytesHeaderParser().parsebytes(head)
    transfer = str(headers.get("content-transfer-encoding", "")).strip().lower()
    charset = headers.get_content_charset()
    location, identifier = headers.get("content-location"), headers.get("content-id")
    names = [str(location).strip()] if location else []
    names += [f"cid:{str(identifier).strip().strip('<>')}"] if identifier else []
    return _Part(headers.get_content_type(), charset, transfer, headers.get_boundary(), body, tuple(names))


def _head_and_body(data: bytes) -> tuple[bytes, bytes]:
    end = _HEAD_END.search(data, 0, _LONGEST_HEAD)
    return (data[:_LONGEST_HEAD], b"") if end is None else (data[: end.start()], data[end.end() :])


def _decoded(part: _Part) -> bytes | None:
    """What a part holds; None if it is damaged."""
    if part.transfer == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if part.transfer != "base64":
        return part.body
    try:
        return binascii.a2b_base64(part.body)
    except binascii.Error:
        return None

"""What the bytes of a web page are: whether they are one, and the text that they stand for."""

from __future__ import annotations

import re

from extractor.documents.plain.encoding import Decoded, decode
from extractor.documents.source import Source

# Possessive: each of many comments could also end with a later one, and trying all takes forever.
_BEFORE_TAGS = r"(?:\s+|<\?[^>]*>|<!--.*?-->|<!\[[^>]*>)*+"
_TAGS = "html|head|body|title|meta|link|style|script|base|div|span|p|br|hr|h[1-6]|table|tbody|tr|td|center"
_TAGS += "|font|b|strong|a|img|ul|ol|dl|form|input|section|article|main|header|nav|pre|iframe|frameset"
_BEGINS = re.compile(rf"{_BEFORE_TAGS}<(?:!doctype\s+html|(?:{_TAGS})(?=[\s/>]))", re.I | re.S)
_LOOKED_AT = 1 << 14
# Converters write Markdown whose tables are HTML.
_ROW = re.compile(rb"<tr(?:\s[^<>]*)?>\s*<t[dh][\s>]", re.I)
# Half of a cell's tag at the beginning of a line: no browser makes cells of such.
_CUT_TAG = re.compile(rb"(?m)^[ \t]{0,9}t[dr](?:\s[^<>\n]{0,200})?>", re.I)
_FEWEST_CUT = 3
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# UTF-16 has a NUL in every tag; fewer are rubbish, which browsers pass over.
_STRAY_NULS = 0.05
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# What pages may be in besides UTF-8 and GB18030, which are told by their bytes; and a word of every
# report, by which the right one of two encodings is known that both fit.
_OTHER_ENCODINGS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_KNOWN_WORD = "政府"


def is_html(data: bytes) -> bool:
    """Whether the bytes of a file are those of a web page, a piece of one, or text with such tables.

    What tags were left in that somebody cut in half is text.
    """
    if len(_CUT_TAG.findall(data)) >= _FEWEST_CUT and b"<table" not in data:
        return False
    return begins_with_tags(data) or _ROW.search(data) is not None


def begins_with_tags(data: bytes) -> bool:
    """Whether a file begins as web pages do; text among which such tables stand doesn't."""
    start = data[:_LOOKED_AT].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return _BEGINS.match(start.decode("latin-1")) is not None


def decode_page(source: Source, declared: str | None) -> Decoded:
    """The text of a page.

    Args:
        source: its bytes.
        declared: the encoding that it was sent with, if that is known.
    """
    data = source.data
    if not data.startswith(_MARKS[1:]) and data.count(b"\0") < _STRAY_NULS * len(data):
        data = data.replace(b"\0", b"")
    decoded = decode(source.part(data))
    if decoded.encoding == "gb18030":
        meta = _DECLARED.search(data[:_LOOKED_AT])
        charset = (declared or (meta[1].decode() if meta is not None else "")).lower()
        encoding = _OTHER_ENCODINGS.get(charset, "")
        if encoding and _KNOWN_WORD in (text := data.decode(encoding, errors="replace")):
            return Decoded(text, charset, text.count("\ufffd"))
    return decoded

"""Old Word, WPS, RTF and OpenDocument files."""

from __future__ import annotations

from extractor.documents.document import Document
from extractor.errors import UnknownFormatError


def read_office(data: bytes, name: str, kind: str) -> Document:
    """Make a document of the bytes of such a file.

    Raises:
        UnknownFormatError: always, so far.
    """
    raise UnknownFormatError(
        f"{name} 是旧版 Word（{kind}，{len(data)} 字节），目前还不能读取。请另存为 docx 后再试。",
        f"{name} is an old Word file ({kind}, {len(data)} bytes), not read so far; save it as docx",
    )

"""Compound files, which old Word files are, those of WPS too, and all new ones that are encrypted."""

from __future__ import annotations

import struct
from io import BytesIO

from olefile import OleFileIO

from extractor.documents.errors import damaged, encrypted

# The stream of an old Word file's text. Bit 8 of its second byte of flags, behind ten other bytes, says
# whether it is encrypted ([MS-DOC] 2.5.2 FibBase, fEncrypted).
_TEXT, _FLAGS, _IS_ENCRYPTED = "worddocument", 11, 1
# What a damaged compound file makes olefile raise.
_BROKEN = (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError, struct.error)


def streams_of(data: bytes, name: str) -> frozenset[str]:
    """The names of the streams at the top of a compound file, in lower case.

    Args:
        data: its bytes.
        name: what messages call it.

    Raises:
        UnreadableError: if it is damaged or encrypted.
    """
    try:
        with OleFileIO(BytesIO(data)) as compound:
            streams = frozenset(path[0].lower() for path in compound.listdir())
            start = compound.openstream(_TEXT).read(_FLAGS + 1) if _TEXT in streams else b""
    except _BROKEN as error:
        raise damaged(name) from error
    if "encryptedpackage" in streams or (len(start) > _FLAGS and start[_FLAGS] & _IS_ENCRYPTED):
        raise encrypted(name)
    return streams

"""Pictures of web pages: which of them are in the page or came with it, and which nobody sees."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping

from extractor.documents.document import Document
from extractor.documents.scans.embedded import document_in
from extractor.documents.source import Pictures, Source

# The beginning of an address that is the picture itself.
_INSIDE = re.compile(r"data:image/[\w.+-]+;base64,", re.I)


def is_spacer(attributes: Mapping[str, str]) -> bool:
    """Whether a picture is too small for anybody to see it.

    Args:
        attributes: of its element.
    """
    return any(attributes.get(side, "").removesuffix("px") in ("0", "1", "2") for side in ("width", "height"))


def picture_at(
    address: str, source: Source, pictures: Pictures, attached: Mapping[str, bytes]
) -> Document | None:
    """What is in a picture that a page shows, if that came with it; nothing is fetched.

    Args:
        address: what the page names it by.
        source: the page.
        pictures: takes it, or counts it.
        attached: the pictures that came with the page, by address.
    """
    data = attached.get(address)
    if data is None and (inside := _INSIDE.match(address)):
        try:
            data = binascii.a2b_base64(address[inside.end() :])
        except binascii.Error:
            data = None
    if data is not None:
        return document_in(source.part(data), pictures)
    if address:
        pictures.elsewhere += 1
    return None

"""Where the links and pictures of a web page lead to, and what an address itself holds."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from urllib.parse import unquote_to_bytes

# The longest address that browsers take is far longer than any that is meant; a picture in the page is none.
_ADDRESS = re.compile(
    r"<(?:a|area|img|iframe|embed)\s(?:[^<>]{0,400}?\s)?(?:href|src)\s*=\s*[\"']?(?!data:|javascript:|#)"
    r"([^\s\"'<>]{1,300})",
    re.I,
)


def links_of(text: str) -> tuple[str, ...]:
    """The addresses of links and pictures, each once, in the order of the page.

    Args:
        text: its source.
    """
    return tuple(dict.fromkeys(unescape(match[1]) for match in _ADDRESS.finditer(text)))


def is_data(address: str) -> bool:
    """Whether an address holds what it stands for (https://www.rfc-editor.org/rfc/rfc2397)."""
    return address[:5].lower() == "data:"


def data_in(address: str) -> bytes:
    """What an address holds; nothing if it is broken.

    Args:
        address: that begins with ``data:``.
    """
    described, _, data = address.partition(",")
    content = unquote_to_bytes(data)
    if not described.lower().endswith(";base64"):
        return content
    try:
        # Browsers need no padding (https://infra.spec.whatwg.org/#forgiving-base64-decode).
        return base64.b64decode(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return b""

"""Where the links and pictures of a web page lead to."""

from __future__ import annotations

import re
from html import unescape

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

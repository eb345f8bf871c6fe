"""Fonts in which a digit is drawn as a picture or as bars."""

from __future__ import annotations

import re

_PICTORIAL = re.compile(
    r"wingdings|webdings|dingbats|marlett|monotype sorts|mt extra|bookshelf symbol|bar ?code|code ?(39|128)",
    re.IGNORECASE,
)


def is_pictorial(font: str) -> bool:
    """Whether nobody reads the digits that are set in a font.

    Args:
        font: its name, in any case.
    """
    return _PICTORIAL.search(font) is not None

"""Blanks and ends of lines in the source of a web page, as a browser shows them."""

from __future__ import annotations

import re

from extractor.text.folding import BLANK, INVISIBLE

#: What browsers take for blanks.
BLANKS = " \t\n\f\r"
_SPACE = re.compile(f"[{BLANKS}]+")
# A source is broken into lines between any two Chinese characters; that is no blank between them.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff（），：；？！]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*[\n\f][ \t\n\f]*(?={_WIDE})")
# Other blanks are shown: what begins with them is further in.
_NOT_SHOWN = " " + INVISIBLE


def line_of(text: str, *, keeps_blanks: bool = False) -> str:
    """Text as one line, its blanks as a browser shows them.

    Args:
        text: as the source has it.
        keeps_blanks: whether all of them are shown, as in ``<pre>``.
    """
    if keeps_blanks:
        return text.rstrip(BLANKS + BLANK + INVISIBLE)
    if "\n" in text:
        text = _BROKEN_LINE.sub("", text)
    return _SPACE.sub(" ", text).rstrip(BLANK + INVISIBLE).lstrip(_NOT_SHOWN)

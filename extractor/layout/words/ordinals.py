"""Ordinals in front of labels: 一、 (二) 3. ④."""

from __future__ import annotations

import re
import unicodedata

#: An ordinal, or what may be one, at the beginning of a folded text.
ORDINAL = re.compile(r"\(?([一二三四五六七八九十]{1,3}|\d{1,2})(?:\)[、.]?|[、.])|([①-⑳⑴-⒇⒈-⒛])[、.]?")


def ordinal(folded: str) -> tuple[str | None, str]:
    """The ordinal in front of a folded label, without its punctuation, and the rest."""
    match = ORDINAL.match(folded)
    if match is None or match.end() == len(folded):
        return None, folded
    number = match[1] or str(int(unicodedata.numeric(match[2])))
    return number, folded[match.end() :]

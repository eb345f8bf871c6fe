"""Words as they are read, however they are spelled: what is invisible, spaced letters, O for a zero."""

from __future__ import annotations

import re

from extractor.text.folding import BLANK, INVISIBLE

_UNSEEN = {ord(character): None for character in INVISIBLE}
# 以 下 为 2 0 2 2 年 数 据
_SPACED = re.compile(rf"(?<![^{BLANK}\n])(?:[^{BLANK}\s][{BLANK}]){{3,}}[^{BLANK}\s](?![^{BLANK}\n])")
_BLANKS = re.compile(f"[{BLANK}]")
# 二O二二年, in Latin, Greek or Cyrillic letters
_LETTER = re.compile("(?<=[2２二])[OoΟοОо](?=[0-9０-９一二三四五六七八九]{2}\\s*年)")


def as_read(words: str) -> str:
    """Words without what nobody sees in them, spaced letters together, the letter O of a year a zero.

    Args:
        words: as they stand in a text.
    """
    seen = words.translate(_UNSEEN)
    if _BLANKS.search(seen) is None:
        return _LETTER.sub("〇", seen)
    return _LETTER.sub("〇", _SPACED.sub(lambda match: _BLANKS.sub("", match[0]), seen))

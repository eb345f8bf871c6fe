"""Words as they are read, however they are spelled: invisible characters, spaced letters, 二O二二年."""

from __future__ import annotations

import re

from extractor.text.folding import BLANK, INVISIBLE

_UNSEEN = {ord(character): None for character in INVISIBLE}
# 以 下 为 2 0 2 2 年 数 据
_SPACED = re.compile(rf"(?<![^{BLANK}\n])(?:[^{BLANK}\s][{BLANK}]){{3,}}[^{BLANK}\s](?![^{BLANK}\n])")
_BLANKS = re.compile(f"[{BLANK}]")
# 二〇二二年, and with a zero in Latin, Greek or Cyrillic letters
_CHINESE_YEAR = re.compile(
    "[2２二][0０〇○零OoΟοОо][0-9０-９〇○零OoΟοОо一二三四五六七八九]{2}(?=\\s?[年至到—–~～-])"
)
_DIGITS = str.maketrans("０１２３４５６７８９〇一二三四五六七八九○零OoΟοОо", "01234567890123456789" + "0" * 8)


def as_read(words: str) -> str:
    """Words without what nobody sees in them, spaced letters together, Chinese years in digits.

    Args:
        words: as they stand in a text.
    """
    seen = words.translate(_UNSEEN)
    if _BLANKS.search(seen) is not None:
        seen = _SPACED.sub(lambda match: _BLANKS.sub("", match[0]), seen)
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), seen)

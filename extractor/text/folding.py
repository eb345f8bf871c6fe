"""Folding: the differences of writing that don't change what a page says.

Width, blanks, zero-width characters, compatibility forms (Kangxi radicals, ㈠) and, for labels only,
traditional characters and punctuation. Every character folds to one character or to nothing, so a
folded text needs no more than a list of offsets to lead back to the page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from extractor.text.traditional import SIMPLIFIED, TRADITIONAL

# Zero-width characters and soft hyphens stand beside digits on real pages; they are no blanks.
# Nor are the marks of writing from left or right; what they do to the order of digits is another question.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u2060\u2066\u2067\u2068\u2069\ufeff"
BLANK = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_WIDE_BLANKS = "\u2001\u2003\u3000"
# CJK radicals that NFKC leaves as they are, though browsers' PDFs hold them for the characters.
_RADICALS = dict(
    zip(
        "⻔⻓⺠⻚⻅⻋⻜⻢⻩⻬⻰⻛⻝⻥⻦⻄⻆⻉⻘⺟⻁⻙⻨⻳⻮⻤⻧⻪",
        "门长民页见车飞马黄齐龙风食鱼鸟西角贝青母虎韦麦龟齿鬼卤黾",
        strict=True,
    )
)


# Of the characters that other converters write, and Japanese fonts and recognisers, those of labels.
_VARIANTS = dict(zip("縂総処収対単権発関県検証罸吿", "总总处收对单权发关县检证罚告", strict=True))
_SIMPLER = {ord(old): new for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True)}
_SIMPLER |= {ord(old): new for old, new in _VARIANTS.items()}
# Words that converters exchange with the script, as OpenCC's TWPhrases has them.
_WORDS = {"資訊": "信息", "專案": "项目", "檔案": "文件"}


def indent_of(text: str) -> int:
    """How many blanks stand at the beginning of a text; one as wide as a Chinese character counts as two."""
    blanks = text[: len(text) - len(text.lstrip(BLANK))] if text[:1] in BLANK else ""
    return len(blanks) + sum(map(blanks.count, _WIDE_BLANKS))


def _compatibility() -> dict[int, str]:
    """One-to-one compatibility forms: full width, Kangxi radicals, parenthesised ideographs."""
    table = {ord(blank): " " for blank in BLANK}
    for first, last in ((0x2F00, 0x2FD5), (0xFF01, 0xFF5E), (0xF900, 0xFAD9), (0x2460, 0x2473)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and first != 0x2460:
                table[code] = folded
    table |= {ord(old): new for old, new in _RADICALS.items()}
    return table


_FIGURE_TABLE = _compatibility() | {ord(one): "" for one in INVISIBLE} | {ord("－"): "-", ord("−"): "-"}
# One character for one, so that offsets stay: what a label drops becomes a NUL first.
_LABEL_TABLE = (
    _SIMPLER
    | _FIGURE_TABLE
    | {ord("【"): "(", ord("】"): ")", ord("〔"): "(", ord("〕"): ")", ord("﹒"): ".", ord("．"): "."}
    | {ord("㈠") + i: digit for i, digit in enumerate("一二三四五六七八九十")}
    # 反覆 and 答覆 are written so, and converters write 覆議.
    | {ord("覆"): "复"}
    | dict.fromkeys(map(ord, BLANK + INVISIBLE + "\r\n"), "\0")
)
_SCRIPT = {chr(old): new for old, new in (_SIMPLER | _compatibility()).items()}
DROPPED = "\0"
# Few characters of a page fold to others: to look for those takes a third of what str.translate takes.
_FOLDED = {chr(old): new for old, new in _LABEL_TABLE.items()}
_FOLDS = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
_DROPPED_IN_KEYS = re.compile(r"[^\w]|_")


def fold_figure(text: str) -> str:
    """A figure without width and invisible characters; blanks inside it stay, as a blank."""
    return text.translate(_FIGURE_TABLE)


def fold_script(text: str) -> str:
    """A text without differences of width, script and Taiwan's words; every offset, blank and line stays."""
    text = _in_words_of_the_mainland(text)
    # A text has few different characters that fold: to replace one after the other is fast.
    for character in _SCRIPT.keys() & set(text):
        text = text.replace(character, _SCRIPT[character])
    return text


def fold_label(text: str) -> str:
    """A label with neither blanks nor differences of width or script, its punctuation kept."""
    return fold_in_place(text).replace(DROPPED, "")


def label_key(folded: str) -> str:
    """A folded label without punctuation, as labels are compared."""
    return _DROPPED_IN_KEYS.sub("", folded)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset in the text that it came from."""

    text: str
    offsets: tuple[int, ...]


def fold_in_place(text: str) -> str:
    """Fold as :func:`fold_label`, with :data:`DROPPED` for every character that this drops."""
    folded = _FOLDS.sub(lambda match: _FOLDED[match[0]], _in_words_of_the_mainland(text))
    # 覆盖 is written so in both scripts.
    return folded.replace("复盖", "覆盖") if "覆" in text else folded


def _in_words_of_the_mainland(text: str) -> str:
    """A text with the mainland's words, each as long as the one it stands for."""
    for word, usual in _WORDS.items():
        if word in text:
            text = text.replace(word, usual)
    return text


def fold_with_offsets(text: str, start: int = 0) -> Folded:
    """Fold as :func:`fold_label`, keeping offsets.

    Args:
        text: a stretch of a document.
        start: the offset of its first character in the document.
    """
    folded = fold_in_place(text)
    offsets = [offset for offset, character in enumerate(folded, start) if character != DROPPED]
    return Folded(folded.replace(DROPPED, ""), tuple(offsets))

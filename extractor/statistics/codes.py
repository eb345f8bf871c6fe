"""Codes of rows that tell levels by what they begin with: A, A01, A0101."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.text.folding import fold_label

# A0101 · 0101 · A-1-1
_CODE = re.compile(r"[A-Z]?\d{0,10}(?:[-.]\d{1,3}){0,4}")
_MARKS = re.compile("[-.]")
# 0101 政策文件 · A01、政策文件
_BEFORE_WORDS = re.compile(r"([A-Z]?\d{2,10}|[A-Z])[\s、.．]{0,4}(?=[\u4e00-\u9fff])(.+)", re.S)
# So many codes within others are no chance.
_LEAST_WITHIN = 2
#: Codes are deeper than any number before words: headings that have such stand above rows that have codes.
OF_CODES = 8
# 1100 below 1000: shorter codes end in no zeros that say nothing.
_LEAST_DIGITS = 3


def code_of(text: str) -> str:
    """A code as it is compared with others.

    Args:
        text: of its cell.
    """
    return fold_label(text).rstrip(".、")


def before_words(label: str) -> tuple[str, str]:
    """The code that a label begins with, and its words behind it; no code, and all of it, if it has none.

    Args:
        label: text of its cell.
    """
    match = _BEFORE_WORDS.fullmatch(label.strip())
    return (code_of(match[1]), match[2]) if match is not None else ("", label)


def levels_of(codes: Sequence[str]) -> dict[str, int]:
    """How deep each code says that its row is, from 0; empty where codes only count rows, or tell nothing.

    A code stands within the one before it that it begins with, as long as others do: the 10 of 1 to 12 stands
    behind 9, and within nothing.

    Args:
        codes: from top to bottom, as ``code_of`` gives them.
    """
    if len({*codes}) < len(codes) or not all(_CODE.fullmatch(code) for code in codes):
        return {}
    depths = _depths([_key(code) for code in codes])
    if depths is None and (short := _without_zeros(codes)):
        depths = _depths([(*code,) for code in short])
    return dict(zip(codes, depths, strict=True)) if depths is not None else {}


def _key(code: str) -> tuple[str, ...]:
    """A code as what it is made of: its parts where marks part these, else its characters."""
    return tuple(_MARKS.split(code)) if _MARKS.search(code) is not None else (*code,)


def _depths(keys: Sequence[tuple[str, ...]]) -> list[int] | None:
    """How many codes each stands within; None where hardly any stands within another."""
    opened: list[tuple[str, ...]] = []
    depths: list[int] = []
    for key in keys:
        while opened and key[: len(opened[-1])] != opened[-1]:
            opened.pop()
        depths.append(len(opened))
        opened.append(key)
    return depths if sum(map(bool, depths)) >= _LEAST_WITHIN else None


def _without_zeros(codes: Sequence[str]) -> list[str]:
    """Codes of as many digits without the zeros that fill them up: 1000, 1100; empty if they may count.

    Such a code doesn't follow the one before it by one, as 110 follows 109.
    """
    if len({*map(len, codes)}) != 1 or len(codes[0]) < _LEAST_DIGITS or not all(map(str.isdecimal, codes)):
        return []
    if any(after.endswith("0") and int(after) == int(code) + 1 for code, after in pairwise(codes)):
        return []
    short = [code.rstrip("0") for code in codes]
    outermost = {code for code in short if len(code) == 1}
    # 101 without 100 above it counts for itself.
    return short if outermost.issuperset(code[:1] for code in short) else []

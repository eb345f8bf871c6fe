"""Whether a page calls itself a report, or only names one: a notice, an article, an index of reports."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from extractor.statistics.words import titles_in
from extractor.text.folding import fold_label, label_key

# What blanks, pipes and the ends of lines part.
_PIECE = re.compile(r"[^\s|｜]+")
# No title holds any of these.
_OF_SENTENCES = re.compile("[，。；！？]")
# What stands behind the name of a report in a title, as a key: the year, what kind of copy it is.
_BEHIND = re.compile(r"(?:[\d年度]|全文|正文|文本|公开|附件|公示|pdf|docx?|html?)*", re.I)
# 现发布《某区2024年政府信息公开工作年度报告》。
_ANNOUNCED = re.compile(r"现[^，。；《》\n]{0,8}《([^《》]{4,80})》[^，。；\n]{0,6}[。：]")
# A title is broken over so many pieces, and no longer.
_MOST_PIECES, _LONGEST = 4, 80
# A page with so many titles and no sentence is an index.
_OF_INDEX = 3


def calls_itself(text: str, marks: Collection[str]) -> bool:
    """Whether one of some names of reports stands in a text as its title, with a year or none behind it.

    In a sentence, before other words (编制工作的通知, 解读), or in a list of titles it is named only.

    Args:
        text: of a document.
        marks: the names, as keys.
    """
    announced = (label_key(fold_label(match[1])) for match in _ANNOUNCED.finditer(text))
    is_announced = any(mark in title for title in announced for mark in marks)
    return is_announced or _is_of_one({*_titles(text, marks)}, text)


def is_titled(text: str) -> bool:
    """Whether a text has the title of a report of whatever body on open information.

    Args:
        text: of a document.
    """
    return _is_of_one(titles_in(text), text)


def _is_of_one(titles: Collection[str], text: str) -> bool:
    """Whether a page with some titles is one report; an index has many, and no sentence."""
    return bool(titles) and (len(titles) < _OF_INDEX or "。" in text)


def _titles(text: str, marks: Collection[str]) -> Iterator[str]:
    """The pieces of a text that are titles with one of these names, as keys."""
    pieces = [match[0] for match in _PIECE.finditer(text)]
    keys = [label_key(fold_label(piece)) for piece in pieces]
    for place in _beginnings(keys, marks):
        key = ""
        for piece, more in zip(pieces[place : place + _MOST_PIECES], keys[place:], strict=False):
            key += more
            if len(key) > _LONGEST or _OF_SENTENCES.search(piece):
                break
            if any(mark in key and _BEHIND.fullmatch(key.rpartition(mark)[2]) for mark in marks):
                yield key
                break


def _beginnings(keys: Sequence[str], marks: Collection[str]) -> list[int]:
    """The places of pieces at which a title with one of some names may begin.

    Args:
        keys: of the pieces of a text.
        marks: the names, as keys.
    """
    whole = "".join(keys)
    ends = list(accumulate(map(len, keys)))
    places: set[int] = set()
    for mark in marks:
        at = whole.find(mark)
        while at >= 0:
            first, last = bisect_right(ends, at), bisect_left(ends, at + len(mark))
            places.update(range(max(0, last - _MOST_PIECES + 1), first + 1))
            at = whole.find(mark, at + 1)
    return sorted(places)

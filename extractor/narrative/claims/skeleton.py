"""Sentences as phrases are matched with them: one character for each quantity, by what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Measure
from rules.phrases import COUNT, MULTIPLE, PERCENTAGE, POINTS, TENTHS

_TOKENS = {
    Measure.COUNT: COUNT,
    Measure.SHARE: PERCENTAGE,
    Measure.GROWTH: PERCENTAGE,
    Measure.POINTS: POINTS,
    Measure.MULTIPLE: MULTIPLE,
    Measure.TENTHS: TENTHS,
}
_END = re.compile(r"[。!?\n]|$")
# Behind its last quantity a sentence says nothing of it that is further away.
_LONGEST_END = 60
# Longer sentences are lists that lost their marks.
_MOST = 60


class Sentence(NamedTuple):
    """The skeleton of a sentence.

    Attributes:
        text: of the sentence, a character for each quantity.
        mentions: what these stand for, by their place.
    """

    text: str
    mentions: Mapping[int, Mention]


def skeletons(mentions: Sequence[Mention], text: str) -> Iterator[Sentence]:
    """The sentences of a stretch of text that state more than one quantity.

    Args:
        mentions: its mentions, in order.
        text: the stretch, folded.
    """
    for _, group in groupby(mentions, key=attrgetter("sentence")):
        stated = list(group)
        if 1 < len(stated) <= _MOST:
            yield _skeleton(stated, text)


def _skeleton(stated: Sequence[Mention], text: str) -> Sentence:
    first = stated[0].quantity.start
    end = first - len(stated[0].before)
    pieces: list[str] = []
    length = 0
    places: dict[int, Mention] = {}
    for mention in stated:
        start = mention.quantity.start
        if mention.quantity.unit == "番":
            start -= len("翻") if text[start - 1] == "翻" else len("翻了")
        between = text[end:start]
        length += len(between)
        places[length] = mention
        pieces += (between, _TOKENS[mention.quantity.measure])
        length += 1
        end = mention.quantity.after
    stop = _END.search(text, end, end + _LONGEST_END)
    pieces.append(text[end : stop.start() if stop else end + _LONGEST_END])
    return Sentence("".join(pieces), places)

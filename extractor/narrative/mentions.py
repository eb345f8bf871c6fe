"""The quantities of a stretch of free text in their sentences: what stands before and behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.narrative.claims import Measure
from extractor.narrative.quantities import Quantity, quantities

_SENTENCE_END = re.compile(r"[。!?\n]")
_BRACKETS = re.compile(r"[()]")
# What stands further away in a text without full stops belongs to something else.
_LONGEST_SENTENCE = 1000
# Where the words that name a quantity may begin, if nothing else was counted since.
_MARKS = ",;:。!?\n()"
_BOUNDARY = re.compile(f"[{_MARKS}]")


@dataclass(frozen=True)
class Mention:
    """A quantity in its sentence.

    Attributes:
        index: its place among the mentions of its stretch.
        quantity: the number itself.
        sentence: the number of its sentence.
        depth: how many brackets it stands in.
        gap: the text since the mention before it, or since the beginning of its sentence.
        lead: the end of ``gap`` that names it: from the last mark of punctuation on.
        behind: the text from behind its unit to the next mark of punctuation or mention.
        before: the text of its sentence before it.
    """

    index: int
    quantity: Quantity
    sentence: int
    depth: int
    gap: str
    lead: str
    behind: str
    before: str

    @property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return self.quantity.measure is Measure.COUNT

    @property
    def is_percentage(self) -> bool:
        """Whether it is printed with a per cent sign, or as 百分之."""
        return self.quantity.measure in (Measure.SHARE, Measure.GROWTH)

    @cached_property
    def unit(self) -> str | None:
        """What it is counted in, as far as sums go: 人次 and 人 are two things, 件 and 项 are one."""
        unit = self.quantity.unit
        return "件" if unit in _ITEMS else unit


_ITEMS = frozenset("件项条份宗例")


def earlier(found: Sequence[Mention], mention: Mention) -> Iterator[Mention]:
    """The mentions before one, from it on back, of its sentence and the one before that."""
    for index in range(mention.index - 1, -1, -1):
        if mention.sentence - found[index].sentence > 1 or _are_apart(found[index], mention):
            return
        yield found[index]


def later(found: Sequence[Mention], mention: Mention) -> Iterator[Mention]:
    """The mentions behind one in its sentence."""
    for index in range(mention.index + 1, len(found)):
        if found[index].sentence != mention.sentence or _are_apart(mention, found[index]):
            return
        yield found[index]


def _are_apart(first: Mention, second: Mention) -> bool:
    return second.quantity.start - first.quantity.start > _LONGEST_SENTENCE


def mentions(text: str) -> tuple[Mention, ...]:
    """The mentions of a folded text, in order.

    Args:
        text: one stretch of free text, folded.
    """
    found = quantities(text)
    if not found:
        return ()
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    brackets = [(match.start(), 1 if match[0] == "(" else -1) for match in _BRACKETS.finditer(text)]
    result: list[Mention] = []
    sentence = depth = bracket = start = previous = 0
    for index, one in enumerate(found):
        while sentence < len(ends) and ends[sentence] <= one.start:
            start = ends[sentence]
            sentence += 1
            depth = 0
        while bracket < len(brackets) and brackets[bracket][0] < one.start:
            if brackets[bracket][0] >= start:
                depth = max(0, depth + brackets[bracket][1])
            bracket += 1
        start = max(start, one.start - _LONGEST_SENTENCE)
        gap = text[max(start, previous) : one.start]
        named = gap[max(map(gap.rfind, _MARKS)) + 1 :]
        following = found[index + 1].start if index + 1 < len(found) else len(text)
        stop = _BOUNDARY.search(text, one.after, following)
        behind = text[one.after : stop.start() if stop else following]
        result.append(Mention(index, one, sentence, depth, gap, named, behind, text[start : one.start]))
        previous = one.after
    return tuple(result)

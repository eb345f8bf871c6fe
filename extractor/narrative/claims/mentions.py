"""The quantities of a stretch of free text in their sentences: what stands before and behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.narrative.claims.quantities import Quantity, quantities
from extractor.narrative.claims.units import summed_unit
from extractor.result.narrative import Measure

_SENTENCE_END = frozenset("。!?\n")
_PARTING = re.compile(r"[。!?\n()\[\]]")
# What stands further away in a text without full stops belongs to something else.
_LONGEST_SENTENCE = 1000
# The number that a list is of stands no more numbers before one of its parts.
_LONGEST_LIST = 20
_SENTENCE = re.compile(r"[^。!?\n]*")
# What is said further behind a number is of something else.
_LONGEST_END = 60
# Where the words that name a quantity may begin, if nothing else was counted since.
_MARKS = ",;:。!?\n()"
# What parts two counts, so that neither is said of the other.
_PARTING_COUNTS = re.compile(f"[{_MARKS}、和及与或]")
_UP_TO = re.compile("[至到~—-]")
_BOUNDARY = re.compile(f"[{_MARKS}]")
_TO_LAST_BOUNDARY = re.compile(f"(?s:.*)[{_MARKS}]")


@dataclass(slots=True, eq=False)
class Mention:
    """A quantity in its sentence; not frozen, as there are hundreds to make.

    Attributes:
        index: its number among the mentions of its stretch.
        quantity: the number itself.
        unit: what it is counted in, as far as sums go: 人次 and 人 are two things, 件 and 项 are one.
        sentence: the number of its sentence.
        depth: how many brackets it stands in.
        gap: the text since the mention before it, or since the beginning of its sentence.
        lead: the end of ``gap`` that names it: from the last mark of punctuation on.
        behind: the text from behind its unit to the next mark of punctuation or mention.
        before: the text of its sentence before it.
        following: the text from behind its unit to the next mention, or to the end of its sentence.
    """

    index: int
    quantity: Quantity
    unit: str | None
    sentence: int
    depth: int
    gap: str
    lead: str
    behind: str
    before: str
    following: str

    @property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return self.quantity.measure is Measure.COUNT

    @property
    def is_percentage(self) -> bool:
        """Whether it is printed with a per cent sign, or as 百分之."""
        return self.quantity.measure in (Measure.SHARE, Measure.GROWTH)


def earlier(mentions: Sequence[Mention], mention: Mention) -> Iterator[Mention]:
    """The mentions before one, from it on back, of its sentence and the one before that."""
    first = mention.quantity.start - _LONGEST_SENTENCE
    for index in range(mention.index - 1, -1, -1):
        before = mentions[index]
        if mention.sentence - before.sentence > 1 or before.quantity.start < first:
            return
        yield before


def later(mentions: Sequence[Mention], mention: Mention) -> Iterator[Mention]:
    """The mentions behind one in its sentence."""
    last = mention.quantity.start + _LONGEST_SENTENCE
    for index in range(mention.index + 1, len(mentions)):
        behind = mentions[index]
        if behind.sentence != mention.sentence or behind.quantity.start > last:
            return
        yield behind


def names_class(mention: Mention, count: Mention) -> bool:
    """Whether a number tells which are counted by the one behind it: 90分以上的部门11个, 其余7个街道2,835条.

    Args:
        mention: the number.
        count: that right behind it.
    """
    is_of_same = mention.quantity.unit == count.quantity.unit or mention.sentence != count.sentence
    return mention.index == count.index - 1 and not is_of_same and not _PARTING_COUNTS.search(count.gap)


def tells_class(mentions: Sequence[Mention], mention: Mention, count: Mention) -> bool:
    """Whether a number is one of those that tell which are counted by another: 5万元至10万元的21件.

    Args:
        mentions: of a stretch of text, in order.
        mention: the number.
        count: the other, behind it.
    """
    if names_class(mention, count):
        return True
    last = mentions[count.index - 1]
    is_first = mention.index == last.index - 1 and _UP_TO.fullmatch(last.gap) is not None
    return is_first and mention.sentence == count.sentence and names_class(last, count)


def gap_before(mentions: Sequence[Mention], count: Mention) -> str:
    """The text between a count, with the number that tells which are counted, and the mention before these.

    Args:
        mentions: of a stretch of text, in order.
        count: one of them.
    """
    before = mentions[count.index - 1] if count.index else count
    return before.gap if names_class(before, count) else count.gap


def head_of_list(mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """The number in front of the 其中 behind which another is listed; None if there is none."""
    for index in range(mention.index, max(0, mention.index - _LONGEST_LIST), -1):
        one = mentions[index]
        if one.sentence != mentions[index - 1].sentence or ";" in one.gap:
            return None
        if "其中" in one.gap:
            return mentions[index - 1]
    return None


def mentions(text: str) -> tuple[Mention, ...]:
    """The mentions of a folded text, in order.

    Args:
        text: one stretch of free text, folded.
    """
    found = quantities(text)
    if not found:
        return ()
    parting = [(match.end(), match[0]) for match in _PARTING.finditer(text)]
    result: list[Mention] = []
    sentence = depth = passed = start = previous = 0
    for index, one in enumerate(found):
        while passed < len(parting) and parting[passed][0] <= one.start:
            end, mark = parting[passed]
            if mark in _SENTENCE_END:
                start, depth, sentence = end, 0, sentence + 1
            else:
                depth = max(0, depth + (1 if mark in "([" else -1))
            passed += 1
        start = max(start, one.start - _LONGEST_SENTENCE)
        gap = text[max(start, previous) : one.start]
        boundary = _TO_LAST_BOUNDARY.match(gap)
        named = gap[boundary.end() :] if boundary else gap
        following = found[index + 1].start if index + 1 < len(found) else len(text)
        stop = _BOUNDARY.search(text, one.after, following)
        behind = text[one.after : stop.start() if stop else following]
        unit = summed_unit(one.unit)
        rest = _SENTENCE.match(text, one.after, min(following, one.after + _LONGEST_END))
        mention = Mention(
            index,
            one,
            unit,
            sentence,
            depth,
            gap,
            named,
            behind,
            before=text[start : one.start],
            following=rest[0] if rest is not None else "",
        )
        result.append(mention)
        previous = one.after
    return tuple(result)

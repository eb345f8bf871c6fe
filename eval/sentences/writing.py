"""Sentences of free text as reports write them, with what they claim: for :mod:`eval.sentences.measure`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

_FULL_WIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")

# How many texts have a line break in them.
_BROKEN = 0.2
# Kind, where the claim stands, and where the others stand.
Link = tuple[str, int, tuple[int, ...]]


class Figure(NamedTuple):
    """A claim as the sentence writes it."""

    start: int
    printed: str
    value: Decimal
    unit: str
    approximation: str
    measure: str


class Sentences(NamedTuple):
    """A text, its claims and its relations.

    ``optional`` is where numbers stand that may be read or left, ``number`` how many sentences there are.
    """

    text: str
    figures: tuple[Figure, ...]
    links: frozenset[Link]
    optional: frozenset[int]
    number: int


class Writer:
    """A text in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.text = ""
        self.figures: list[Figure] = []
        self.links: set[Link] = set()
        self.optional: set[int] = set()

    def say(self, *words: str) -> None:
        """Add words."""
        self.text += "".join(words)

    def one_of(self, *words: str) -> str:
        """Add one of these, and tell which."""
        chosen = self.random.choice(words)
        self.text += chosen
        return chosen

    def chance(self, share: float) -> bool:
        """Whether something happens, this often."""
        return self.random.random() < share

    def count(self, value: int, unit: str, *, approximation: str = "exact") -> int:
        """Add a count with its unit; its place."""
        printed = self._written(value)
        blank = " " if self.chance(0.05) and printed.isascii() else ""
        self.text += blank
        start = len(self.text)
        self.text += printed
        if approximation == "at_least":
            self.text += self.random.choice("余多") if value % 10 == 0 else ""
        self.text += blank + unit
        if approximation == "at_least" and value % 10:
            self.text += "以上"
        self.figures.append(Figure(start, printed, Decimal(value), unit, approximation, "count"))
        return start

    def percentage(self, value: Decimal, measure: str, *, is_fall: bool = False) -> int:
        """Add a percentage; its place."""
        if self.chance(0.06):
            self.text += "百分之"
            start, printed = len(self.text), str(value)
            self.text += printed
        else:
            start, printed = len(self.text), str(value)
            if self.chance(0.05):
                printed = printed.translate(_FULL_WIDTH)
            self.text += printed + self.random.choice(["%", "%", "%", "％"])
        self.figures.append(Figure(start, printed, -value if is_fall else value, "%", "exact", measure))
        return start

    def figure(self, start: int, printed: str, unit: str, approximation: str, value: int | Decimal) -> None:
        """Note a count that is written already."""
        self.figures.append(Figure(start, printed, Decimal(value), unit, approximation, "count"))

    def link(self, kind: str, claim: int, *others: int) -> None:
        """Note a relation."""
        self.links.add((kind, claim, others))

    def done(self, number: int = 1) -> Sentences:
        """The text with what it claims."""
        return Sentences(
            self.text, tuple(self.figures), frozenset(self.links), frozenset(self.optional), number
        )

    def _written(self, value: int) -> str:
        way = self.random.random()
        if way < 0.06 and value >= 1000:
            return f"{value:,}"
        if way < 0.1:
            return str(value).translate(_FULL_WIDTH)
        return str(value)


def parted(random: Random, total: int, number: int) -> list[int]:
    """Some numbers, all above zero, that sum to a total."""
    cuts = sorted(random.sample(range(1, total), number - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def joined(parts: Sequence[Sentences], between: str = "") -> Sentences:
    """Texts one after the other."""
    text = ""
    figures: list[Figure] = []
    links: set[Link] = set()
    optional: set[int] = set()
    for part in parts:
        base = len(text)
        figures += [one._replace(start=one.start + base) for one in part.figures]
        links |= {
            (kind, at + base, tuple(other + base for other in others)) for kind, at, others in part.links
        }
        optional |= {base + place for place in part.optional}
        text += part.text + between
    return Sentences(
        text, tuple(figures), frozenset(links), frozenset(optional), sum(part.number for part in parts)
    )


def broken(sentences: Sentences, random: Random) -> Sentences:
    """The text as a converter leaves some: a line break somewhere between two characters."""
    text = sentences.text
    place = random.randint(1, len(text) - 1)
    is_in_figure = any(one.start < place < one.start + len(one.printed) for one in sentences.figures)
    if random.random() > _BROKEN or is_in_figure or not (_is_han(text[place - 1]) and _is_han(text[place])):
        return sentences

    def moved(at: int) -> int:
        return at + (at >= place)

    return sentences._replace(
        text=f"{text[:place]}\n{text[place:]}",
        figures=tuple(one._replace(start=moved(one.start)) for one in sentences.figures),
        links=frozenset((kind, moved(at), tuple(map(moved, others))) for kind, at, others in sentences.links),
        optional=frozenset(map(moved, sentences.optional)),
    )


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"

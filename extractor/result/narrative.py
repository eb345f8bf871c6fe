"""Claims: the numbers that the free text states, and what they say of each other and of the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from extractor.documents.document import Span
from extractor.result.cells import LAYOUT
from extractor.text.figures import Value
from rules.confront import Outcome


class Approximation(StrEnum):
    """How exactly a number is meant: 余, 多 and 以上 are lower bounds, 近 and 约 are neither."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"


class Measure(StrEnum):
    """What kind of number it is.

    ``share``: a percentage of something, rates included; ``growth``: against last year, in per cent,
    below zero for a decrease; ``points``: percentage points; ``multiple``: 2倍, 翻一番; ``tenths``: 八成 of
    something, or a growth of so much.
    """

    COUNT = "count"
    SHARE = "share"
    GROWTH = "growth"
    POINTS = "points"
    MULTIPLE = "multiple"
    TENTHS = "tenths"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the free text states.

    Attributes:
        what: what is counted, in words of the text; empty if they don't say.
        scope: whose it is, where the text says so (全区); None otherwise.
        printed: the number as it stands there, without unit and words like 余.
        value: the number; 14.2万 is 142000, and a decrease is below zero.
        unit: its measure word, or ``%``; None if there is none.
        approximation: how exactly it is meant.
        measure: what kind of number it is.
        period: what it covers if that isn't the year of the report (上年); None otherwise.
        section: the section that it stands in: ``preamble`` or the number of the official form's section.
        span: the characters of ``printed``.
        readers: who read it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    what: str
    scope: str | None
    printed: str
    value: Value
    unit: str | None
    approximation: Approximation
    measure: Measure
    period: str | None
    section: str
    span: Span
    readers: tuple[str, ...]


class RelationKind(StrEnum):
    """What one claim says of others, or of the tables.

    ``closed``: it is the whole of parts that must sum to it; ``open``: of parts that may be only some;
    ``share``: it is the share of a part in a whole; ``growth``: it is the growth of a count against last
    year; ``cell``: it is the sum of these cells, most often of one; ``same``: it counts what another counts;
    ``difference``: between two numbers; ``change_rate``: the percentage that a difference is of the number
    before it; ``multiple``: how many times another a number is; ``product``: of others; ``average``: of a
    whole; ``mean_growth``: a year, over several; ``balance``: what was received, which with what was carried
    in is what was handled and carried out.
    """

    CLOSED = "closed"
    OPEN = "open"
    SHARE = "share"
    GROWTH = "growth"
    CELL = "cell"
    SAME = "same"
    DIFFERENCE = "difference"
    CHANGE_RATE = "change_rate"
    MULTIPLE = "multiple"
    PRODUCT = "product"
    AVERAGE = "average"
    MEAN_GROWTH = "mean_growth"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one claim says of others.

    Attributes:
        kind: what it says.
        claim: the index of the claim that is the whole, the share, the growth, or a cell's figure.
        others: of ``closed`` and ``open``, the parts; of ``share``, the part and, in the text, the whole, or
            counts that sum to it; of ``growth``, the count that has grown, and last year's where that stands
            beside it; of ``same``, the count before; of ``difference`` and ``multiple``, the number and the
            one that it is compared with; of ``change_rate``, the number and the difference; of ``product``,
            the factors; of ``average``, the whole and, if it isn't a time, the number of those that share
            it; of ``mean_growth``, the numbers of the years; of ``balance``, what was carried in, handled and
            carried out; indexes of claims.
        addresses: of ``cell``, the cells that it is the sum of; of ``share``, those whose sum the whole is
            where only the tables state it.
        part_addresses: of ``share``, those whose sum the part is where only the tables state that, too.
        outcome: whether it holds.
        readers: who read it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: RelationKind
    claim: int
    others: tuple[int, ...] = ()
    addresses: tuple[str, ...] = ()
    outcome: Outcome = Outcome.UNDECIDED
    readers: tuple[str, ...] = (LAYOUT,)
    part_addresses: tuple[str, ...] = ()

    def decided(self, outcome: Outcome) -> Relation:
        """The same with an outcome."""
        return replace(self, outcome=outcome)

    @property
    def order(self) -> tuple[int, str, tuple[int, ...]]:
        """By which relations are listed: that of the claims that they are about."""
        return self.claim, self.kind, self.others


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the free text, verbatim."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    printed: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report.

    Attributes:
        number: ``preamble``, or ``1`` to ``6``: the section of the official form that it is by its title,
            whatever number the page gives it; ``other`` for any other section.
        title: as printed, with its number; empty if the page has none.
        span: everything in it, its title included.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    number: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the free text says.

    Attributes:
        sections: in the order of the page.
        problems, improvements: of section 5, one item each.
        fee_statement: what is said about fees for handling information; None if nothing is.
        claims: the numbers that the free text states, in the order of the page.
        relations: what they say of each other and of the tables.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sections: tuple[Section, ...] = ()
    problems: tuple[Passage, ...] = ()
    improvements: tuple[Passage, ...] = ()
    fee_statement: Passage | None = None
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()

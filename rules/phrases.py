"""How sentences relate numbers, as data: phrases with places for quantities, rates, and complements.

A sentence is matched as a skeleton: its folded text, in which one character stands for each quantity, by what
kind of quantity it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from rules.loader import load_shipped
from rules.model import RegularExpression, RuleModel, as_tuple
from rules.words import Words

# What stands for a quantity in a skeleton.
COUNT, PERCENTAGE, MULTIPLE, TENTHS, POINTS = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
# Any but percentage points, which stand for a difference of others.
ANY = COUNT + PERCENTAGE + MULTIPLE + TENTHS
_RATE = f"[{PERCENTAGE}{TENTHS}{MULTIPLE}]"
# The places for quantities that phrases may have, and which quantities can fill them.
_PLACES: Final = {
    "change": f"[{ANY}]",
    "further": f"[{ANY}]",
    "rate": _RATE,
    "parts": f"{COUNT}(?:[^{ANY},;:()、]{{0,12}}(?:[,、;]|和|及|与|以及)[^{ANY},;:()、]{{0,16}}{COUNT})+",
    "values": f"{COUNT}(?:(?:[,、]|和|及)[^{ANY},、;]{{0,6}}{COUNT})+",
} | dict.fromkeys(
    (
        *(
            "current",
            "previous",
            "difference",
            "whole",
            "number",
            "average",
            "each",
            "product",
            "part",
            "rest",
        ),
    ),
    COUNT,
)
# What may stand before any quantity and relates nothing.
_IN_FRONT = "(?:约|近|将近|超过?|逾|达到?|高达|了|为|仅|只有|共计?)*"
_MARKS: Final = {"MARK": f",;:(){ANY}", "COUNT": COUNT, "RATE": PERCENTAGE, "TIMES": MULTIPLE}
# A grade of a scale as the words before its share name it: 对服务表示非常满意的占.
_GRADE = (
    "(?:[^和与及或合]*?(?:[表评]?[示价为]|认为|结果|[是,、]))?(?:选择|选)?[“]?(?:{grade})[”]?的?"
    "(?:评价|人[数次]|用户|群众|受访者|率|度)?的?(?:占比?|比例|所占比例)?[为是达到约:]*"
)
# A time before the number of it, behind a list.
_SPAN = "[^,;]{{0,4}}[,;](?:{words})(?:[共合总累]计?|为|达)*(?P<done>[\u4e00-\u9fff]{{0,4}})"
# What turns a rate into that of the others.
_DENIED = "[不未非]"
_PLACE = re.compile(r"\{(?P<name>[A-Za-z_]+)\}")


class Phrase(RuleModel):
    """Words that relate quantities.

    Attributes:
        relation: ``change``: how much something has changed since; ``change_rate``: the rate of a difference;
            ``closed``: parts that leave nothing of their whole out; the others: see the relations of the
            same names.
        words: a regular expression with places (``{current}``) and names of words (``{LAST_YEAR}``).
        needs: words of which one must be in the sentence.
        at_most: whether a product is what there was to be had, so that less is right, too.
    """

    relation: Literal["change", "change_rate", "average", "product", "mean_growth", "share", "closed"]
    words: Words
    needs: tuple[Words, ...]
    at_most: bool = False

    _lists = field_validator("needs", mode="before")(as_tuple)


class Rate(RuleModel):
    """A rate by its name.

    Attributes:
        words: its name, which ends before the percentage.
        part: what the name or the verb of its part has.
        exclude: what that must not have.
        of_all: whether 100 % of it, too, is of all that there are, and not of what was due.
    """

    words: RegularExpression
    part: RegularExpression
    exclude: RegularExpression | None = None
    of_all: bool = False

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]:
        """The name with fillers behind it, ``part`` and ``exclude``; ``denied`` stands before the name."""
        exclude = None if self.exclude is None else re.compile(self.exclude)
        return (
            re.compile(
                rf"(?P<denied>{_DENIED})?(?:{self.words})(?:均|都|分别)?(?:为|达到?|是|约|近|超过?|:|了)*$"
            ),
            re.compile(self.part),
            exclude,
        )

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """What the part of the rate has that says the opposite: 不满意率 is of what is 不满意."""
        return re.compile(f"{_DENIED}(?:能|予以?|被)?(?:{self.part})")


class BalanceWords(RuleModel):
    """What tells, in this order, what a number of a balance is.

    Attributes:
        carried_in: what was left of the year before.
        carried_out: what is left for the next.
        all: what there was to be handled.
        handled: what was.
        received: what came.
    """

    carried_in: RegularExpression
    carried_out: RegularExpression
    all: RegularExpression
    handled: RegularExpression
    received: RegularExpression


class StockWords(RuleModel):
    """What tells, in this order, what a number of a stock is.

    Attributes:
        opening: what there was.
        closing: what there is.
        added: what came to it.
        removed: what went.
    """

    opening: RegularExpression
    closing: RegularExpression
    added: RegularExpression
    removed: RegularExpression


class Comparisons(RuleModel):
    """What tells which of some numbers are compared, and by how much they differ: the words before each.

    Attributes:
        against: before the number that another is compared with.
        stated_before: before one that is told to be of another year; a group ``year`` must be one before
            that of the report.
        started: before the one that something has changed from; what ``reached`` tells must follow it.
        reached: before the one that it has changed to.
        changed: before how much it has changed.
        times: before how many times another it is.
    """

    against: Words
    stated_before: Words
    started: Words
    reached: Words
    changed: Words
    times: Words


@dataclass(frozen=True)
class CompiledPhrase:
    """A phrase whose words are compiled when a sentence first needs it.

    Attributes:
        relation: that it states.
        needs: words of which one must be in the sentence.
        expanded: its words, without places and names.
        at_most: whether less than the product is right, too.
    """

    relation: str
    needs: tuple[str, ...]
    expanded: str
    at_most: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, compiled."""
        return re.compile(self.expanded)


class TimeSpan(RuleModel):
    """A time that consists of others.

    Attributes:
        words: its name.
        times: the names of the others, in order.
    """

    words: RegularExpression
    times: tuple[RegularExpression, ...]

    _lists = field_validator("times", mode="before")(as_tuple)


class PhraseBook(RuleModel):
    """All of them, as the YAML beside this module has them.

    Attributes:
        words: regular expressions by the names that phrases use.
        comparisons: what tells numbers that are compared.
        balance: what tells those that are balanced.
        stock: what tells those of a stock that has changed.
        phrases: in the order in which they are tried.
        rates: likewise.
        narrowed: words before the name of a rate that say of which part it is.
        complements: lists of kinds; parts of which each is of one of a list's kinds leave nothing out.
        spans: times by the words before a number, with the times that each consists of.
        scales: lists of grades, from one end to the other; their shares make up all.
        opposites: pairs of kinds of which everything is one or the other.
    """

    format: Literal[1]
    words: dict[Annotated[str, Field(pattern=r"^[A-Z_]+$")], Words]
    comparisons: Comparisons
    balance: BalanceWords
    stock: StockWords
    phrases: tuple[Phrase, ...]
    rates: tuple[Rate, ...]
    narrowed: RegularExpression
    complements: tuple[tuple[RegularExpression, ...], ...]
    spans: tuple[TimeSpan, ...]
    scales: tuple[tuple[RegularExpression, ...], ...]
    opposites: tuple[tuple[RegularExpression, RegularExpression], ...]

    _lists = field_validator(
        "phrases", "rates", "complements", "spans", "scales", "opposites", mode="before"
    )(as_tuple)

    @cached_property
    def compiled(self) -> tuple[CompiledPhrase, ...]:
        """The phrases, compiled."""
        return tuple(
            CompiledPhrase(one.relation, one.needs, self._expanded(one.words), one.at_most)
            for one in self.phrases
        )

    @cached_property
    def compared(self) -> Mapping[str, re.Pattern[str]]:
        """``comparisons`` by name, compiled; each is to be searched in the words before a number."""
        told = self.comparisons.model_dump()
        return {name: re.compile(f"(?:{self._expanded(words)})$") for name, words in told.items()}

    @cached_property
    def directions(self) -> re.Pattern[str]:
        """What says that something falls, in a group ``less``, or rises, in a group ``more``."""
        return re.compile(f"(?P<less>{self._expanded('{LESS}')})|(?P<more>{self._expanded('{MORE}')})")

    @cached_property
    def balanced(self) -> Mapping[str, re.Pattern[str]]:
        """``balance`` by name, compiled."""
        return {name: re.compile(words) for name, words in self.balance.model_dump().items()}

    @cached_property
    def stocked(self) -> Mapping[str, re.Pattern[str]]:
        """``stock`` by name, compiled."""
        return {name: re.compile(words) for name, words in self.stock.model_dump().items()}

    @cached_property
    def kinds(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        """``complements``, compiled."""
        return tuple(tuple(map(re.compile, kinds)) for kinds in self.complements)

    @cached_property
    def spanned(self) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
        """``spans``, compiled: all that stands before the number of each, and the names of its times.

        A group ``done`` is what was counted in it.
        """
        return tuple(
            (
                re.compile(_SPAN.format(words=one.words)),
                tuple(map(re.compile, one.times)),
            )
            for one in self.spans
        )

    @cached_property
    def grades(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        """``scales``, compiled: the whole of the words before a share, and no grade beside its own."""
        return tuple(
            tuple(re.compile(_GRADE.format(grade=grade)) for grade in scale) for scale in self.scales
        )

    @cached_property
    def either_or(self) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
        """``opposites``, compiled."""
        return tuple((re.compile(one), re.compile(other)) for one, other in self.opposites)

    def _expanded(self, words: str) -> str:
        def expansion(match: re.Match[str]) -> str:
            name = match["name"]
            if name in _MARKS:
                return _MARKS[name]
            if name in _PLACES:
                return f"{_IN_FRONT}(?P<{name}>{_PLACES[name]})"
            return f"(?:{self._expanded(self.words[name])})"

        return _PLACE.sub(expansion, words)


@cache
def phrase_book() -> PhraseBook:
    """The phrases that come with gongkai."""
    return load_shipped("phrases.yaml", PhraseBook)

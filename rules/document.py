"""What must hold of a report as a document: its sections, what it says about itself, its dates, its words.

A form file has these rules under ``document``: each names a check, what that needs to know, and how it is
told. What they are judged by is code (:mod:`extractor.narrative.checks.document`), one module a kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, field_validator, model_validator

from rules.model import MistakeInsideError, RegularExpression, RuleModel, as_tuple
from rules.wordings import check_cells
from rules.words import Bilingual, Severity, Words, with_placeholders

SectionNumber: TypeAlias = Literal["1", "2", "3", "4", "5", "6"]
# What kind of organ a report is of. A department is one of a government, at whatever level; a city may be
# one with districts or not.
Level: TypeAlias = Literal["town", "county", "city", "province", "department"]
DayOfYear: TypeAlias = Annotated[str, Field(pattern=r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]

PLACEHOLDERS = frozenset({"text", "expected", "organ", "year", "names", "count", "date", "limit"})


class FormSection(RuleModel):
    """A section that a report must have.

    Attributes:
        number: its number in the form.
        title: as the form prints it, without the number.
        worded: what its title may be, as a regular expression over the key of a label (see
            :func:`extractor.text.folding.label_key`); the whole title must match.
    """

    number: SectionNumber
    title: Words
    worded: RegularExpression

    @cached_property
    def titles(self) -> re.Pattern[str]:
        """``worded``, compiled."""
        return re.compile(self.worded)


class _DocumentRule(RuleModel):
    """What all rules have in common.

    Attributes:
        severity: ``hard``: an error; ``soft``: a warning; ``hint``: worth a look.
        title: what must hold.
        message: what to tell where it doesn't hold, with what the check finds for its placeholders.
        citation: where it is laid down, if it is.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    severity: Severity
    title: Bilingual
    message: Bilingual
    citation: Words | None = None

    @field_validator("message")
    @classmethod
    def _known_placeholders(cls, value: Bilingual) -> Bilingual:
        return with_placeholders(value, PLACEHOLDERS)


class SectionsRule(_DocumentRule):
    """On the sections: all there, each once, in order, numbered and titled as the form has them, not empty.

    Attributes:
        sections: those that it is about; all, unless given.
    """

    check: Literal[
        "section-missing",
        "section-twice",
        "section-order",
        "section-number",
        "section-title",
        "section-empty",
    ]
    sections: tuple[SectionNumber, ...] = ()

    _lists = field_validator("sections", mode="before")(as_tuple)


class NothingSaidRule(_DocumentRule):
    """On a section that says no more than that there is nothing.

    Attributes:
        sections: that must say something.
        words: what says nothing, over text without blanks and punctuation; the whole section must match.
    """

    check: Literal["nothing-said"]
    sections: Annotated[tuple[SectionNumber, ...], Field(min_length=1)]
    words: RegularExpression

    _lists = field_validator("sections", mode="before")(as_tuple)


class Topic(RuleModel):
    """What a section must tell of.

    Attributes:
        name: as messages name it.
        words: by which it is told of.
    """

    name: Bilingual
    words: RegularExpression


class TopicsRule(_DocumentRule):
    """On topics that a report must tell of.

    Attributes:
        topics: all of them.
        at_least: of a text that has fewer of their Chinese names, nothing is said: it isn't ordered by them.
        sections: where they are looked for; all, unless given.
        levels: whose reports must; everyone's, unless given.
    """

    check: Literal["topics-missing"]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)]
    sections: tuple[SectionNumber, ...] = ()
    levels: tuple[Level, ...] = ()

    _lists = field_validator("topics", "sections", "levels", mode="before")(as_tuple)


class HeaderRule(_DocumentRule):
    """On what a report says about itself: its period, title, contact and dates."""

    check: Literal[
        "period-order",
        "period-year",
        "title-missing",
        "contact-missing",
        "contact-organ",
        "signature-organ",
        "date-missing",
        "date-early",
        "other-year",
        "plan-year",
    ]


class IllFormedRule(_DocumentRule):
    """On a part of the contact that is written as no such thing can be.

    Attributes:
        read: what is looked at: a regular expression with a group ``value``.
        formed: what is well formed; the whole value must match, without blanks.
    """

    check: Literal["ill-formed"]
    read: RegularExpression
    formed: RegularExpression

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if "value" not in re.compile(self.read).groupindex:
            raise MistakeInsideError(("read",), "read needs a group (?P<value>…)")
        return self


class LateRule(_DocumentRule):
    """On the date of a report, which is in the year after.

    Attributes:
        limits: the last day in time, month and day, by whose report it is.
        until: the last day that the rule tells of; without end, unless given.
    """

    check: Literal["date-late"]
    limits: Mapping[Level, DayOfYear]
    until: Mapping[Level, DayOfYear] = Field(default_factory=dict)


class SizeRule(_DocumentRule):
    """On figures that are greater than they can be.

    Attributes:
        cells: which (see :func:`rules.wordings.cells_regex`).
        limits: the most that can be, by whose report it is, in the unit of the form.
    """

    check: Literal["size"]
    cells: Words
    limits: Mapping[Level, Annotated[int, Field(ge=0)]]


class BlankCellsRule(_DocumentRule):
    """On cells that state nothing beside others that state a number.

    Attributes:
        cells: which must state a number.
    """

    check: Literal["cells-blank"]
    cells: Words


class SaidOtherwiseRule(_DocumentRule):
    """On a text that says in words what a cell contradicts: that there is nothing, or that there is some.

    Attributes:
        cells: on what.
        states: what a cell states where the words are wrong: ``some``, more than 0; ``none``, 0.
        sections: where the words are looked for.
        words: what says so.
        speaks_of: what the sentence, or the one before it, must speak of, if anything.
        unless: and this doesn't stand in the same sentence or the next.
        counts: what a sentence counts that is about all there are, each a list of cells to be summed: one
            whose counts (件) are none of these is about somebody else's.
    """

    check: Literal["said-otherwise"]
    cells: Words
    states: Literal["some", "none"] = "some"
    sections: Annotated[tuple[SectionNumber, ...], Field(min_length=1)]
    words: RegularExpression
    speaks_of: RegularExpression | None = None
    unless: RegularExpression | None = None
    counts: tuple[tuple[Words, ...], ...] = ()

    _lists = field_validator("sections", "counts", mode="before")(as_tuple)


class WordsRule(_DocumentRule):
    """On words that no report should have.

    Attributes:
        sections: where they are looked for; the whole text with the tables, unless given.
        words: which.
        holding: characters of which each of them has some; a text without any isn't searched.
        in_links: whether they are looked for in the addresses of its links and pictures, too.
        unless: and this doesn't match the found words with the two characters before and behind them.
    """

    check: Literal["words"]
    words: RegularExpression
    holding: tuple[Words, ...] = ()
    in_links: bool = False
    sections: tuple[Literal["preamble"] | SectionNumber, ...] = ()
    unless: RegularExpression | None = None

    _lists = field_validator("sections", "holding", mode="before")(as_tuple)


class PrivateNumberRule(_DocumentRule):
    """On numbers of persons, which no message ever prints whole.

    Attributes:
        number: of what kind.
        unless: what may stand right before it and makes it an office's, or another number; an identity number
            whose last character is right is told all the same.
    """

    check: Literal["private-number"]
    number: Literal["identity", "mobile"]
    unless: RegularExpression | None = None


DocumentRule: TypeAlias = Annotated[
    SectionsRule
    | NothingSaidRule
    | TopicsRule
    | HeaderRule
    | IllFormedRule
    | LateRule
    | SizeRule
    | BlankCellsRule
    | SaidOtherwiseRule
    | WordsRule
    | PrivateNumberRule,
    Field(discriminator="check"),
]


class DocumentRules(RuleModel):
    """The section ``document`` of a form file.

    Attributes:
        sections: those that a report must have, in order; those of the family's first form that has some,
            unless given.
        rules: on reports of this edition.
        without: ids of rules of the family's other forms that don't hold for this edition.
    """

    sections: tuple[FormSection, ...] = ()
    rules: tuple[DocumentRule, ...] = ()
    without: tuple[Words, ...] = ()

    _lists = field_validator("sections", "rules", "without", mode="before")(as_tuple)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name, ids in (
            ("rules", [rule.id for rule in self.rules]),
            ("sections", [section.number for section in self.sections]),
        ):
            for index, one in enumerate(ids):
                if one in ids[:index]:
                    raise MistakeInsideError((name, index), f"two {name} are called {one!r}")
        return self

    def before(self, others: DocumentRules | None) -> DocumentRules:
        """These rules, and those of others that they neither replace nor switch off.

        Args:
            others: of a form; None if it has none.
        """
        if others is None:
            return self
        known = {*self.without, *(rule.id for rule in self.rules)}
        return DocumentRules(
            sections=self.sections or others.sections,
            rules=(*self.rules, *(rule for rule in others.rules if rule.id not in known)),
            without=(*self.without, *others.without),
        )

    def check(self, addresses: Sequence[str]) -> None:
        """See that all cells that are named are cells of the form.

        Args:
            addresses: of the form.

        Raises:
            MistakeInsideError: if one isn't.
        """
        for index, rule in enumerate(self.rules):
            if isinstance(rule, SizeRule | BlankCellsRule | SaidOtherwiseRule):
                check_cells(rule.cells, addresses, ("document", "rules", index, "cells"))
            if isinstance(rule, SaidOtherwiseRule):
                for cells in (cells for counted in rule.counts for cells in counted):
                    check_cells(cells, addresses, ("document", "rules", index, "counts"))


def followed(document: Sequence[DocumentRules | None], number: int) -> DocumentRules:
    """The rules that a report of one form of a family follows.

    Its own come first; what it doesn't have and doesn't switch off is taken from the family's others.

    Args:
        document: of every form of the family, in their order.
        number: the index of the form that the report follows.
    """
    own = document[number] or DocumentRules()
    rules = list(own.rules)
    for other in document:
        known = {*own.without, *(rule.id for rule in rules)}
        rules += [rule for rule in (other.rules if other is not None else ()) if rule.id not in known]
    sections = next((one.sections for one in (own, *document) if one is not None and one.sections), ())
    return DocumentRules(sections=sections, rules=tuple(rules))

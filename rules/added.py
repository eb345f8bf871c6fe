"""Rules that a user adds to an edition: expressions over cells, header, sections, claims and last year.

A file of them needs no form of its own; see :mod:`rules.expression` for what an expression is. They are told
beside the verdict, which is the form's, and none confirms a cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from rules.claims import narrative_rules
from rules.document import DocumentRules, SectionNumber
from rules.expression import (
    Comparison,
    Expression,
    ExpressionError,
    Relation,
    bind,
    bound_places,
    operands,
    parse,
)
from rules.form import Form
from rules.loader import load_yaml
from rules.model import Identifier, MistakeInsideError, RegularExpression, RuleModel, as_tuple
from rules.words import Bilingual, Severity, Words, with_placeholders

LAST_YEAR = "last_year."
# Numbers of the header; a date counts days, so that two can be compared or subtracted.
HEADER_DATES = ("period_start", "period_end", "publication_date")
# Of these, 1 if the header states it, else 0.
HEADER_WORDS = ("organ", "address", "postcode", "telephone", "email", "site")
# Of a section: 1 or 0, the characters below its title, the numbers that its text states.
SECTION_NUMBERS = ("present", "characters", "numbers")
_SECTIONS = ("1", "2", "3", "4", "5", "6")
PLACEHOLDERS = frozenset({"row", "column", "left", "right", "difference"})


class NamedClaim(RuleModel):
    """A number of the free text that rules can name: the first that fits.

    Attributes:
        words: what is counted; a regular expression that must match somewhere in the words before the number.
        units: what it is counted in; anything, unless given.
        sections: where it stands; anywhere, unless given.
    """

    words: RegularExpression
    units: tuple[Words, ...] = ()
    sections: tuple[Literal["preamble"] | SectionNumber, ...] = ()

    _lists = field_validator("units", "sections", mode="before")(as_tuple)


class AddedRule(RuleModel):
    """What must hold.

    Attributes:
        expression: one comparison.
        when: another one; where it doesn't hold, or can't be decided, the rule says nothing.
        each: a pattern of addresses; the rule holds once for every match, ``@`` being what matched.
        title: what must hold, in words.
        message: for the reader when it is violated, with {row} {column} {left} {right} {difference}.
        citation: where it is laid down, if it is.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    severity: Severity
    expression: Words
    title: Bilingual
    message: Bilingual
    when: Words | None = None
    each: Words | None = None
    citation: Words | None = None

    @field_validator("expression", "when")
    @classmethod
    def _parsable(cls, value: str | None) -> str | None:
        if value is not None:
            parse(value)
        return value

    @field_validator("message")
    @classmethod
    def _known_placeholders(cls, value: Bilingual) -> Bilingual:
        return with_placeholders(value, PLACEHOLDERS)

    @model_validator(mode="after")
    def _each_has_its_use(self) -> AddedRule:
        texts = self.message.zh + self.message.en
        if self.each is None and ("{row}" in texts or "{column}" in texts):
            raise ValueError("{row} and {column} in the message need 'each'")
        return self

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The expression and, if there is one, what it holds for; parsed."""
        return tuple(parse(text) for text in (self.expression, self.when) if text is not None)


class BoundComparison(NamedTuple):
    """A comparison at one place of a form."""

    relation: Relation
    left: Expression
    right: Expression

    @property
    def names(self) -> tuple[str, ...]:
        """What it speaks of, in the order of the text."""
        return (*operands(self.left), *operands(self.right))


class BoundAddedRule(NamedTuple):
    """A rule at one place of a form.

    Attributes:
        rule: which.
        place: the address that ``each`` matched; None for a rule without ``each``.
        comparison: what must hold there.
        when: only where this holds.
    """

    rule: AddedRule
    place: str | None
    comparison: BoundComparison
    when: BoundComparison | None


class AddedRules(RuleModel):
    """A file of rules.

    Attributes:
        editions: of the forms that they are for; all, unless given.
        claims: numbers of the text, by the name that rules have for them.
        rules: expressions that must hold.
        document: rules of the kinds that forms have on a document; of an id of the form, instead of that.
    """

    format: Literal[1]
    editions: tuple[Words, ...] = ()
    claims: dict[Identifier, NamedClaim] = Field(default_factory=dict)
    rules: tuple[AddedRule, ...] = ()
    document: DocumentRules | None = None

    _lists = field_validator("editions", "rules", mode="before")(as_tuple)

    # A file is an object with an identity, as a form is.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @model_validator(mode="after")
    def _each_once(self) -> AddedRules:
        ids = [rule.id for rule in self.rules]
        ids += [rule.id for rule in self.document.rules] if self.document is not None else []
        for index, one in enumerate(ids):
            if one in ids[:index]:
                raise ValueError(f"two rules are called {one!r}")
        return self

    def is_for(self, form: Form) -> bool:
        """Whether they are for a form."""
        return not self.editions or form.edition in self.editions

    def bound(self, rule: AddedRule, form: Form) -> Iterator[BoundAddedRule]:
        """A rule, spelled out for a form.

        Args:
            rule: one of these.
            form: that it is for.

        Raises:
            ExpressionError: if the form lacks what it names, or the rule is none for it.
        """
        known = self._names(form)
        for place in bound_places(rule.each, rule.expression, form.places):
            sides = [_bound(one, place, known) for one in rule.comparisons]
            address = rule.each.replace("@", place) if rule.each is not None else None
            yield BoundAddedRule(rule, address, sides[0], sides[1] if len(sides) > 1 else None)

    def _names(self, form: Form) -> Mapping[str, bool]:
        """Everything that expressions can name beside a form."""
        names = [*form.places, *(f"{LAST_YEAR}{address}" for address in form.places)]
        names += ["header.year", *(f"header.{fact}" for fact in (*HEADER_DATES, *HEADER_WORDS))]
        names += [f"sections.{number}.{what}" for number in _SECTIONS for what in SECTION_NUMBERS]
        names += [f"claims.{name}" for name in self.claims]
        return dict.fromkeys(names, True)

    def check(self, forms: Mapping[str, Form]) -> None:
        """See that each rule fits a form that it is for.

        Args:
            forms: by edition.

        Raises:
            MistakeInsideError: if one fits none.
        """
        for edition in self.editions:
            if edition not in forms:
                there_are = ", ".join(forms)
                raise MistakeInsideError(("editions",), f"no form is of {edition!r}; there are {there_are}")
        wanted = [form for form in forms.values() if self.is_for(form)]
        taken = _ids(forms.values())
        for index, rule in enumerate(self.rules):
            if rule.id in taken:
                raise MistakeInsideError(("rules", index), f"another rule is called {rule.id!r}")
            mistakes = [mistake for form in wanted if (mistake := self._mistake(rule, form)) is not None]
            if len(mistakes) == len(wanted):
                raise MistakeInsideError(("rules", index), f"rule {rule.id!r}: {mistakes[0]}")
        if self.document is not None:
            self.document.check([address for form in wanted for address in form.places])

    def _mistake(self, rule: AddedRule, form: Form) -> str | None:
        try:
            named = [name for one in self.bound(rule, form) for name in one.comparison.names]
        except ExpressionError as error:
            return str(error)
        return None if named else "it names nothing of a report"


def _ids(forms: Collection[Form]) -> frozenset[str]:
    """What rules of forms, and of those on the text, are called."""
    documents = [form.document for form in forms if form.document is not None]
    on_cells = [rule.id for form in forms for rule in form.rules]
    on_documents = [rule.id for document in documents for rule in document.rules]
    return frozenset({*on_cells, *on_documents, *narrative_rules()})


def _bound(comparison: Comparison, place: str, known: Mapping[str, bool]) -> BoundComparison:
    left, right = (bind(side, place, known) for side in (comparison.left, comparison.right))
    return BoundComparison(comparison.relation, left, right)


def load_added_rules(text: str, name: str, forms: Sequence[Form]) -> AddedRules:
    """Read a file of rules.

    Args:
        text: its content.
        name: how error messages call the file.
        forms: that the rules must fit.

    Raises:
        FormError: with file, line and cause of every mistake that was found.
    """
    # Of one edition in several families, the first that is given counts.
    by_edition = {form.edition: form for form in reversed(forms)}
    return load_yaml(text, name, AddedRules, lambda rules: rules.check(by_edition))

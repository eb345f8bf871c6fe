"""Putting a report to the rules that a user has added: expressions of files, functions of packages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from extractor.additions import Additions, RuleFunction
from extractor.documents.document import Document, Span
from extractor.errors import AddedRulesError, GongkaiError
from extractor.narrative.checks.numbers import quantity
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.result.narrative import Claim, Measure
from extractor.verify.findings import finding_at
from extractor.verify.words import as_number, element_name, figure_text, filled, in_each, row_name
from rules.added import (
    HEADER_DATES,
    HEADER_WORDS,
    LAST_YEAR,
    AddedRule,
    AddedRules,
    BoundAddedRule,
    BoundComparison,
    NamedClaim,
)
from rules.confront import State
from rules.expression import ExpressionError, evaluate, holds
from rules.form import Form
from rules.interval import Interval, exactly, rounded
from rules.words import Bilingual, Language, Severity


def violations_of_added(
    document: Document,
    extraction: Extraction,
    last_year: Extraction | None,
    form: Form | None,
    additions: Additions,
) -> Iterator[Finding]:
    """What violates the rules that a user has added.

    Args:
        document: that was read.
        extraction: what it gave, the narrative included.
        last_year: last year's result; None if there is none: what needs it isn't decided.
        form: that decides the edition of the report; None if there is none, and so no cells.
        additions: the rules.

    Raises:
        AddedRulesError: if a function fails.
    """
    if form is not None:
        for file in additions.files:
            if file.is_for(form):
                yield from _Confronted(document, extraction, last_year, form, file).findings()
    for function in additions.functions:
        yield from _told_by(function, document, extraction, last_year)


def _told_by(
    function: RuleFunction, document: Document, extraction: Extraction, last_year: Extraction | None
) -> Iterator[Finding]:
    try:
        told = list(function.check(document, extraction, last_year))
    except GongkaiError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise AddedRulesError(
            f"规则 {function.id} 的 Python 代码出错（{kind}：{error}）。请告知其作者。",
            f"the Python code of the rule {function.id} failed ({kind}: {error}); tell its author",
        ) from error
    for one in told:
        yield _finding(document, function, one.message, one.span, one.place)


def _finding(
    document: Document,
    rule: RuleFunction | AddedRule,
    message: Bilingual,
    span: Span | None,
    place: str | None,
    **more: object,
) -> Finding:
    severity: Severity = rule.severity
    if severity == "hard" and document.is_ocr:
        # What was recognised from a picture may be misread.
        severity = "soft"
    return finding_at(
        document,
        rule.id,
        message,
        span,
        severity=severity,
        cause=Cause.SOURCE_ERROR if severity == "hard" else None,
        citation=rule.citation,
        place=place,
        **more,
    )


class _UndecidedError(Exception):
    """A name stands for nothing that is known for certain."""


@dataclass(frozen=True)
class _Stated:
    """What expressions can name of one report."""

    document: Document | None
    extraction: Extraction
    form: Form
    claims: dict[str, NamedClaim]
    _spans: dict[str, Span] = field(default_factory=dict)

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.extraction.cells}

    def value(self, name: str) -> Interval:
        """What a name stands for.

        Raises:
            _UndecidedError: if nobody knows.
        """
        group, _, rest = name.partition(".")
        if group == "header":
            return self._header(rest)
        if group == "sections":
            return self._section(*rest.split("."))
        return self._claim(name, rest) if group == "claims" else self._cell(name)

    def span(self, name: str) -> Span | None:
        """Where that stands, once its value was asked for."""
        cell = self._cells.get(name)
        return cell.span if cell is not None else self._spans.get(name)

    def _cell(self, address: str) -> Interval:
        cell = self._cells.get(address)
        if cell is None or cell.status in (Status.ABSENT, Status.DISPUTED):
            raise _UndecidedError
        if cell.state in (State.BLANK, State.MARK):
            return exactly(0)
        if cell.state is not State.NUMBER or cell.value is None:
            raise _UndecidedError
        is_rounded = self.form.places[address].figures.rounded
        return rounded(cell.value) if is_rounded else exactly(cell.value)

    def _header(self, name: str) -> Interval:
        fact = getattr(self.extraction.header, name)
        if fact is not None:
            self._spans[f"header.{name}"] = fact.span
        if name in HEADER_WORDS:
            return exactly(int(fact is not None))
        if fact is None or fact.value is None:
            raise _UndecidedError
        if name in HEADER_DATES:
            return exactly(date.fromisoformat(fact.value).toordinal())
        if not fact.value.isdecimal():
            raise _UndecidedError
        return exactly(int(fact.value))

    def _section(self, number: str, what: str) -> Interval:
        narrative = self.extraction.narrative
        section = next((one for one in narrative.sections if one.number == number), None)
        if section is None:
            return exactly(0)
        self._spans[f"sections.{number}.{what}"] = section.span
        if what == "numbers":
            return exactly(sum(claim.section == number for claim in narrative.claims))
        if what == "present":
            return exactly(1)
        if self.document is None:
            raise _UndecidedError
        text = self.document.text[section.span.start : section.span.end]
        return exactly(len("".join(text.split())) - len("".join(section.title.split())))

    def _claim(self, name: str, key: str) -> Interval:
        wanted = self.claims[key]
        claim = next((one for one in self.extraction.narrative.claims if _fits(one, wanted)), None)
        value = quantity(claim) if claim is not None else None
        if claim is None or value is None or not isinstance(value, Interval | int):
            raise _UndecidedError
        self._spans[name] = claim.span
        return value if isinstance(value, Interval) else exactly(value)


def _fits(claim: Claim, wanted: NamedClaim) -> bool:
    return (
        claim.period is None
        and claim.measure in (Measure.COUNT, Measure.SHARE)
        and (not wanted.units or claim.unit in wanted.units)
        and (not wanted.sections or claim.section in wanted.sections)
        and re.search(wanted.words, claim.what) is not None
    )


@dataclass(frozen=True)
class _Confronted:
    """A report before the rules of a file."""

    document: Document
    extraction: Extraction
    last_year: Extraction | None
    form: Form
    file: AddedRules

    @cached_property
    def _now(self) -> _Stated:
        return _Stated(self.document, self.extraction, self.form, self.file.claims)

    @cached_property
    def _before(self) -> _Stated | None:
        if self.last_year is None:
            return None
        return _Stated(None, self.last_year, self.form, {})

    def findings(self) -> Iterator[Finding]:
        """What violates them."""
        for rule in self.file.rules:
            for bound in self._bound(rule):
                yield from self._judged(bound)

    def _bound(self, rule: AddedRule) -> Sequence[BoundAddedRule]:
        try:
            return list(self.file.bound(rule, self.form))
        except ExpressionError:
            return []  # of several editions, this one lacks what the rule names

    def _judged(self, bound: BoundAddedRule) -> Iterator[Finding]:
        if bound.when is not None and not self._is_met(bound.when):
            return
        try:
            left, right = self._sides(bound.comparison)
        except (_UndecidedError, ZeroDivisionError):
            return
        if holds(bound.comparison.relation, left, right):
            return
        sides = left.middle, right.middle
        message = filled(bound.rule.message, in_each(lambda language: self._words(bound, sides, language)))
        yield _finding(
            self.document,
            bound.rule,
            message,
            self._where(bound),
            bound.place,
            left=as_number(sides[0]),
            right=as_number(sides[1]),
            difference=as_number(sides[0] - sides[1]),
        )

    def _is_met(self, condition: BoundComparison) -> bool:
        try:
            return holds(condition.relation, *self._sides(condition))
        except (_UndecidedError, ZeroDivisionError):
            return False

    def _sides(self, comparison: BoundComparison) -> tuple[Interval, Interval]:
        return evaluate(comparison.left, self._value), evaluate(comparison.right, self._value)

    def _value(self, name: str) -> Interval:
        if not name.startswith(LAST_YEAR):
            return self._now.value(name)
        if self._before is None:
            raise _UndecidedError
        return self._before.value(name.removeprefix(LAST_YEAR))

    def _where(self, bound: BoundAddedRule) -> Span | None:
        """Where to look: the cell that the rule is about, else the first thing that it names."""
        names = [*([bound.place] if bound.place is not None else []), *bound.comparison.names]
        return next((span for name in names if (span := self._now.span(name)) is not None), None)

    def _words(
        self, bound: BoundAddedRule, sides: tuple[Fraction, Fraction], language: Language
    ) -> dict[str, str]:
        left, right = sides
        words = {
            "left": figure_text(left),
            "right": figure_text(right),
            "difference": figure_text(abs(left - right)),
        }
        if bound.place is not None:
            _, _, row, column = self.form.places[bound.place]
            words |= {"row": row_name(row, language), "column": element_name(column, language)}
        return words

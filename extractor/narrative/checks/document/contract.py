"""What the rules on a document read of one report, and what a check of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from extractor.documents.document import Document, Span
from extractor.reports.organs import level_of
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.header import Fact
from extractor.result.narrative import Section
from extractor.text.folding import fold_label, fold_script, label_key
from extractor.verify.words import Words
from rules.confront import State
from rules.document import DocumentRules, Level
from rules.form import Form

R = TypeVar("R")


class Told(NamedTuple):
    """What violates a rule.

    Attributes:
        span: where to look; None if it isn't on the page.
        words: for the placeholders of the rule's message.
        place: the address of the cell that it is about, if it is about one.
    """

    span: Span | None
    words: Words
    place: str | None = None


@dataclass(frozen=True)
class CheckedReport:
    """What the rules read of one report.

    Attributes:
        document: where it was read.
        extraction: what was read, the narrative included.
        forms: the family of forms that it is of.
        rules: that it follows.
    """

    document: Document
    extraction: Extraction
    forms: tuple[Form, ...]
    rules: DocumentRules
    _keys: dict[Span, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """The document's text without differences of width and script, offsets as they are."""
        return fold_script(self.document.text)

    @cached_property
    def organ(self) -> str:
        """Whose report it is; empty if that isn't known."""
        organ = self.extraction.header.organ
        return (organ.value if organ is not None else None) or ""

    @cached_property
    def level(self) -> Level | None:
        """What kind of organ that is, as far as its name tells."""
        return level_of(self.organ)

    @cached_property
    def year(self) -> int | None:
        """The year that the report is on."""
        value = number_of(self.extraction.header.year)
        return value if value is not None and len(str(value)) == len("2025") else None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the form that it has, each where it stands first, in the order of the page."""
        known = {section.number for section in self.rules.sections}
        first: dict[str, Section] = {}
        for section in self.extraction.narrative.sections:
            if section.number in known:
                first.setdefault(section.number, section)
        return tuple(first.values())

    def section(self, number: str) -> Section | None:
        """The section with this number of the form, or the ``preamble``; None if it has none."""
        sections = self.extraction.narrative.sections
        return next((section for section in sections if section.number == number), None)

    def below_title(self, section: Section) -> Span:
        """What stands in a section below its title."""
        start, end = section.span
        return Span(self.document.text.find(section.title, start) + len(section.title), end)

    def key(self, span: Span) -> str:
        """The words of a stretch, as labels are compared: no blanks, no punctuation."""
        if span not in self._keys:
            self._keys[span] = label_key(fold_label(self.document.text[span.start : span.end]))
        return self._keys[span]

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """The cells of its tables, by address."""
        return {cell.address: cell for cell in self.extraction.cells}

    def form_of(self, address: str) -> Form:
        """The form that has a cell."""
        return next(form for form in self.forms if address in form.places)


def stated(cell: Cell) -> bool:
    """Whether a cell states a number that is settled."""
    is_settled = cell.status not in (Status.ABSENT, Status.DISPUTED)
    return is_settled and cell.state is State.NUMBER and cell.value is not None


def number_of(fact: Fact | None) -> int | None:
    """A fact that is a number; None if it isn't."""
    return int(fact.value) if fact is not None and fact.value is not None and fact.value.isdecimal() else None


def date_of(fact: Fact | None) -> date | None:
    """A fact that is a date; None if it isn't, or there is no such date."""
    return date.fromisoformat(fact.value) if fact is not None and fact.value is not None else None


@dataclass(frozen=True)
class Check(Generic[R]):
    """How the rules of one kind are judged.

    Attributes:
        kind: of rules.
        names: what these rules call their checks.
        judge: what violates one of them in a report.
        is_on_figures: whether it is figures of the tables that are wrong: then the verdict counts it.
    """

    kind: type[R]
    names: tuple[str, ...]
    judge: Callable[[CheckedReport, R], Iterator[Told]]
    is_on_figures: bool = False

    def told(self, report: CheckedReport, rule: Any) -> Iterator[Told]:
        """What violates a rule.

        Args:
            report: to judge.
            rule: of this kind.
        """
        return self.judge(report, rule)

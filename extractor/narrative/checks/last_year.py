"""Putting a report to the one of the year before: what was carried over, what has grown, what is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.narrative.checks.messages import (
    Words,
    as_printed,
    by_language,
    joined,
    listed,
    names,
    quoted,
    told,
    told_plainly,
)
from extractor.narrative.checks.numbers import percentage, quantity, settled, stated
from extractor.result.cells import Cell
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.result.header import Fact
from extractor.result.narrative import Claim, Measure, Relation, RelationKind
from extractor.verify.words import figure_text
from rules.claims import (
    AtLeast,
    Judgement,
    Number,
    Quantity,
    carried_over,
    growth_against,
    in_force,
)
from rules.confront import Outcome
from rules.form import Form, Place
from rules.interval import Interval

RULES = (
    "previous-carried-over",
    "previous-growth",
    "previous-in-force",
    "previous-year",
    "previous-organ",
    "previous-same-text",
)


def differences(
    document: Document, extraction: Extraction, last_year: Extraction, forms: Sequence[Form]
) -> Iterator[Finding]:
    """What contradicts the report of the year before.

    Args:
        document: that was read.
        extraction: what it gave.
        last_year: last year's result; if it states another year than that, nothing is compared.
        forms: the forms that the cells of either may be of.
    """
    return _Comparison(document, extraction, last_year, forms).findings()


_OVERVIEW = "1"
_YEAR = re.compile(r"20\d\d年?度?")
# Fewer numbers than these may be the same by chance.
_ENOUGH_CLAIMS = 3


@dataclass(frozen=True)
class _Comparison:
    """Two reports beside each other."""

    document: Document
    extraction: Extraction
    last_year: Extraction
    forms: Sequence[Form]

    @cached_property
    def _now(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.extraction.cells}

    @cached_property
    def _before(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.last_year.cells}

    @cached_property
    def _places(self) -> dict[str, Place]:
        """What the addresses of the forms name; of an address of several, what the first form says."""
        return {address: place for form in reversed(self.forms) for address, place in form.places.items()}

    def findings(self) -> Iterator[Finding]:
        """Everything that doesn't fit."""
        before, now = self.last_year.header, self.extraction.header
        if before.year is not None and now.year is not None and not _follow(before.year, now.year):
            yield self._differing("previous-year", before.year, now.year)
            return
        if before.organ is not None and now.organ is not None and before.organ.value != now.organ.value:
            yield self._differing("previous-organ", before.organ, now.organ)
        yield from self._copied()
        yield from self._carried_over()
        yield from self._in_force()
        for relation in self.extraction.narrative.relations:
            if relation.kind is RelationKind.GROWTH:
                yield from self._grown(relation)

    def _differing(self, rule: str, before: Fact, now: Fact) -> Finding:
        words = by_language(previous=before.printed, current=now.printed)
        return told_plainly(self.document, rule, now.span, words, Cause.UNRESOLVED)

    def _copied(self) -> Iterator[Finding]:
        """That the overview states what last year's did, number for number and in the same words."""
        now, before = (
            [claim for claim in one.narrative.claims if claim.section == _OVERVIEW]
            for one in (self.extraction, self.last_year)
        )
        if len(now) >= _ENOUGH_CLAIMS and [*map(_stated, now)] == [*map(_stated, before)]:
            words = by_language(parts=listed(now))
            yield told_plainly(self.document, "previous-same-text", now[0].span, words, Cause.UNRESOLVED)

    # --- cells ---------------------------------------------------------------------------------------

    def _carried_over(self) -> Iterator[Finding]:
        for address, cell in self._now.items():
            before = self._carried_out(address)
            now, then = _number(address, self._now), _number(before, self._before)
            if now is not None and then is not None:
                judged = carried_over(now, then)
                is_settled = settled([address], self._now) and settled([before], self._before)
                words = self._words(address, judged, previous=figure_text(Fraction(then)))
                words = joined(words, by_language(previous_cell=names(self.forms, [before])))
                yield from self._told(cell, judged, words, is_settled=is_settled)

    def _carried_out(self, address: str) -> str:
        """The cell that a cell of what was carried in continues; empty if it is no such cell."""
        place = self._places.get(address)
        if place is None or place.row.role != "carried_in":
            return ""
        (row,) = (row for row in place.block.rows if row.role == "carried_out")
        return f"{place.table.id}.{row.id}.{place.column.id}"

    def _in_force(self) -> Iterator[Finding]:
        for address, cell in self._now.items():
            place = self._places.get(address)
            if place is None or place.column.role != "in_force":
                continue
            table, block, row, _ = place
            by_role = {column.role: f"{table.id}.{row.id}.{column.id}" for column in block.columns}
            now, before = _number(address, self._now), _number(address, self._before)
            issued, repealed = (_number(by_role[role], self._now) for role in ("issued", "repealed"))
            if now is None or before is None or issued is None or repealed is None:
                continue
            judged = in_force(now, before, issued, repealed)
            numbers = {"previous": before, "issued": issued, "repealed": repealed}
            words = {name: figure_text(Fraction(value)) for name, value in numbers.items()}
            yield from self._told(cell, judged, self._words(address, judged, **words), is_settled=True)

    def _words(self, address: str, judged: Judgement, **words: str) -> Words:
        """What the messages on a cell have in common, and more."""
        return by_language(
            cell=names(self.forms, [address]),
            actual=figure_text(judged.says or Fraction(0)),
            sum=figure_text(judged.follows or Fraction(0)),
            difference=figure_text(abs(judged.difference or Fraction(0))),
            **words,
        )

    def _told(self, cell: Cell, judged: Judgement, words: Words, *, is_settled: bool) -> Iterator[Finding]:
        if judged.outcome is Outcome.VIOLATED and cell.span is not None:
            cause = Cause.SOURCE_ERROR if is_settled else Cause.UNRESOLVED
            yield told(self.document, judged, cell.span, words, cause, cell.address)

    # --- growth --------------------------------------------------------------------------------------

    def _grown(self, relation: Relation) -> Iterator[Finding]:
        claims = self.extraction.narrative.claims
        claim, count = claims[relation.claim], claims[relation.others[0]]
        printed, current = percentage(claim), quantity(count)
        found = self._counted_last_year(relation.others[0])
        if claim.measure is not Measure.GROWTH or printed is None or current is None or found is None:
            return
        judged = growth_against(printed, current, found.number)
        if judged.outcome is Outcome.VIOLATED:
            judged, words = as_printed(claim, judged)
            own = by_language(
                text=quoted(self.document, claim), current=count.printed, previous=found.printed
            )
            cause = Cause.SOURCE_ERROR if found.is_settled else Cause.UNRESOLVED
            yield told(self.document, judged, claim.span, joined(own, words), cause)

    def _counted_last_year(self, index: int) -> _Found | None:
        """Last year's number of what a claim counts: of the same cells, or else of the same words."""
        for relation in self.extraction.narrative.relations:
            if relation.kind is RelationKind.CELL and relation.claim == index:
                number = stated(relation.addresses, self._before)
                # Blank cells state no number, and their lower bound is none for a growth.
                if number is None or isinstance(number, AtLeast | Interval):
                    return None
                is_settled = settled(relation.addresses, self._before)
                return _Found(number, figure_text(Fraction(number)), is_settled)
        counted = _counted(self.extraction.narrative.claims[index])
        now = [one for one in self.extraction.narrative.claims if _counted(one) == counted]
        before = [one for one in self.last_year.narrative.claims if _counted(one) == counted]
        if not counted[0] or len(now) != 1 or len(before) != 1:
            return None
        number = quantity(before[0])
        return None if number is None else _Found(number, before[0].printed, is_settled=True)


class _Found(NamedTuple):
    """A number of last year's report; ``is_settled``: the page itself says whose it is."""

    number: Quantity
    printed: str
    is_settled: bool


def _stated(claim: Claim) -> tuple[str, str, str | None]:
    """What a claim says, but for the year that it is on."""
    return _YEAR.sub("", claim.what), claim.printed, claim.unit


def _follow(before: Fact, now: Fact) -> bool:
    """Whether two years follow each other; one that isn't a number is none that contradicts."""
    years = (before.value or "", now.value or "")
    return not all(year.isdecimal() for year in years) or int(years[0]) + 1 == int(years[1])


def _number(address: str, cells: Mapping[str, Cell]) -> Number | None:
    """What a cell states; None if it isn't there, isn't settled, or states no number."""
    number = stated([address], cells)
    return None if isinstance(number, AtLeast | Interval) else number


def _counted(claim: Claim) -> tuple[str, str | None, str | None, str | None, Measure]:
    """What makes two claims count the same, each in the year that it is on."""
    return _YEAR.sub("", claim.what), claim.scope, claim.unit, claim.period, claim.measure

"""What becomes of a model's answers about the tables: taken, refused, or read again.

Every step is a function from what was known before to what is known after. An answer that was taken is
changed only for another one that is grounded too, and only if fewer balances are violated then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from extractor.asking.answers import Answer, layout_spans
from extractor.asking.options import WhoReads
from extractor.asking.schemas import Unit, units_of
from extractor.asking.two_readings import (
    Known,
    agreed_rows,
    can_change,
    is_certain,
    rows_without_strays,
    settles,
)
from extractor.documents.document import Document
from extractor.layout.reading import Reading
from extractor.result.steps import Action
from extractor.verify.verification import Verification, verify
from rules.form import Form


@dataclass(frozen=True)
class TablesToRead:
    """The tables of one report, as the layout reader has them, and who else reads them.

    Attributes:
        document: the report.
        reading: what the layout reader has of it.
        forms: the forms that it was read by.
        who_reads: who reads the tables.
        model: what the model is called where readers are named.
    """

    document: Document
    reading: Reading
    forms: tuple[Form, ...]
    who_reads: WhoReads
    model: str

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Everything that has its labels on the page, with all columns, in the order of the form."""
        return tuple(
            unit
            for unit in units_of(self.reading)
            if all(not row.is_absent and None not in row.spans for row in unit.rows)
        )

    @cached_property
    def wanted(self) -> tuple[Unit, ...]:
        """The units that the model is asked for."""
        if self.who_reads is WhoReads.AUTO:
            return tuple(unit for unit in self.units if can_change(unit, self.document.text))
        # What this model alone has read, it isn't asked for once more.
        return tuple(unit for unit in self.units if any(row.readers != (self.model,) for row in unit.rows))

    @cached_property
    def _by_layout(self) -> Verification:
        return verify(self.document, self.reading, self.forms)

    def verified(self, known: Known) -> Verification:
        """What both readers have, put to the rules."""
        agreed = [*agreed_rows(self.wanted, known, self.who_reads, self.model)]
        beside = rows_without_strays(self.reading, agreed)
        return self._by_layout.after([*agreed, *beside])


class Judged(NamedTuple):
    """What came of one answer.

    Attributes:
        known: what is known then.
        action: what was done with it.
        is_new: whether anything is known now that wasn't.
    """

    known: Known
    action: Action
    is_new: bool


class Suspects(NamedTuple):
    """What is to be read again because rules are violated.

    Attributes:
        units: the units.
        rules: the ids of the rules.
    """

    units: tuple[Unit, ...]
    rules: tuple[str, ...]


def action_on(answer: Answer) -> Action:
    """What is done with an answer about a unit of which no other one was taken."""
    if answer.refusal is not None:
        return Action.REFUSED
    by_layout = layout_spans(answer.unit)
    if settles(answer.unit, answer):
        return Action.AGREED if by_layout == answer.spans else Action.TAKEN
    if by_layout and by_layout != answer.spans:
        return Action.DIFFERS
    return Action.TAKEN if is_certain(answer.unit) else Action.PROPOSED


def is_open(known: Known, unit: Unit) -> bool:
    """Whether a unit has no answer that could be taken, or another one than the layout reading.

    Args:
        known: what is known so far.
        unit: one of the report's.
    """
    answer = known.answers.get(unit.name)
    return answer is None or action_on(answer) in (Action.REFUSED, Action.DIFFERS)


def judged(tables: TablesToRead, known: Known, answer: Answer) -> Judged:
    """Take an answer, if it is better than what is known.

    Args:
        tables: the tables of the report.
        known: what is known so far.
        answer: what the model says of one unit now.
    """
    name = answer.unit.name
    before = known.answers.get(name)
    if before is not None and not is_open(known, answer.unit):
        return _reconsidered(tables, known, before, answer)
    answers = {**known.answers, name: answer}
    is_new = before is None or before.spans != answer.spans
    return Judged(replace(known, answers=answers), action_on(answer), is_new)


def _reconsidered(tables: TablesToRead, known: Known, before: Answer, answer: Answer) -> Judged:
    """A suspect was read again: it stands as before, or another place is better, or neither."""
    name = answer.unit.name
    if answer.spans == before.spans:
        return Judged(replace(known, reread=known.reread | {name}), Action.REREAD, is_new=True)
    if answer.spans:
        other = replace(known, answers={**known.answers, name: answer}, preferred=known.preferred | {name})
        if len(tables.verified(other).violated) < len(tables.verified(known).violated):
            return Judged(other, action_on(answer), is_new=True)
    kept = replace(known, preferred=known.preferred - {name}, wavering=known.wavering | {name})
    return Judged(kept, Action.KEPT if answer.refusal is None else Action.REFUSED, is_new=True)


def suspects(tables: TablesToRead, known: Known) -> Suspects:
    """The units that two readers placed alike, but by which a rule is violated.

    Where no suspect is left to be read again, the other units of the rule, if that can settle it.

    Args:
        tables: the tables of the report.
        known: what is known so far.
    """
    settled = [
        unit
        for unit in tables.wanted
        if can_change(unit, tables.document.text)
        and not is_open(known, unit)
        and unit.name not in known.wavering
    ]
    readable = {address for unit in settled for address in unit.addresses}
    addresses: set[str] = set()
    rules: list[str] = []
    for doubtful in tables.verified(known).doubtful():
        again = doubtful.suspects & readable
        if not again and doubtful.operands <= readable:
            again = doubtful.operands
        addresses |= again
        rules += [doubtful.confrontation.bound.id] if again else []
    units = tuple(unit for unit in settled if not addresses.isdisjoint(unit.addresses))
    return Suspects(units, tuple(rules))


def refused(tables: TablesToRead, known: Known) -> tuple[Unit, ...]:
    """The units that are still without an answer that could be taken.

    Args:
        tables: the tables of the report.
        known: what is known so far.
    """
    return tuple(unit for unit in tables.wanted if is_open(known, unit))

"""Reading with a model: ask, ground, confront with the rules, and read again what doesn't hold.

The model is never shown a sum, the number that would fit, or a rule: it is asked what is printed. An
answer is taken only where the page prints it; a taken answer is changed only for another one that is
grounded too, and only if fewer balances are violated then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from extractor.asking import steps
from extractor.asking.answers import Claim, Page, layout_spans
from extractor.asking.lines import NumberedLine
from extractor.asking.questions import rows_request, tables_request
from extractor.asking.schemas import TablesReply, Unit, salvaged, units_of
from extractor.asking.session import Session
from extractor.asking.two_readings import agreed_reading, can_change, is_certain
from extractor.documents.document import Document
from extractor.errors import (
    BudgetError,
    EmptyReplyError,
    MalformedReplyError,
    RefusalError,
    SettingsError,
    TooLongError,
    TruncatedError,
    UnavailableError,
)
from extractor.layout.labels import label_index
from extractor.layout.reading import Reader, Reading
from extractor.llm.protocol import Request, Usage
from extractor.result.extraction import Extraction
from extractor.result.header import Header
from extractor.result.steps import Action, Step
from extractor.verify.verification import Verification
from rules.form import Form

OnStep: TypeAlias = Callable[[Step, Usage], None]
Question: TypeAlias = Callable[[Sequence[Unit], Iterable[NumberedLine]], Request]

# What ends the asking, and leaves what was read.
_ENDS = (
    BudgetError,
    EmptyReplyError,
    RefusalError,
    TooLongError,
    TruncatedError,
    UnavailableError,
)
# So many answers in a row that are cut off won't become whole by asking for less.
_MOST_CUT_OFF = 3
# Lines shown before and after those that a row is on.
_CONTEXT = 1
# Rows that are asked for one by one where asking for all of them at once gave no answer.
_FEW = 6
# Figures torn from their label don't stand farther from it than this, in lines.
_MOST_BETWEEN = 40


class ModelReading:
    """One report read with a model.

    Args:
        document: the report.
        reading: what the layout reader has of it.
        forms: the forms that it was read by.
        session: through which the model is asked.
        reader: who reads what.
        on_step: told of every step as it happens, and what was spent so far.

    Attributes:
        trace: every step so far.
        is_stopped: whether nothing more can be asked.
    """

    def __init__(
        self,
        document: Document,
        reading: Reading,
        forms: tuple[Form, ...],
        session: Session,
        reader: Reader,
        on_step: OnStep,
    ) -> None:
        self._document = document
        self._reading = reading
        self._forms = forms
        self._session = session
        self._reader = reader
        self._on_step = on_step
        self._page = Page(document, label_index(forms))
        self._units = tuple(unit for unit in units_of(reading) if self._is_readable(unit))
        self._claims: dict[str, Claim] = {}
        self._reread: set[str] = set()
        self._wavering: set[str] = set()
        self._preferred: frozenset[str] = frozenset()
        self._put: set[tuple[Question, tuple[str, ...]]] = set()
        self._round = 0
        self._cut_off = 0
        self.trace: list[Step] = []
        self.is_stopped = False

    async def extraction(self, header: Header) -> Extraction:
        """Read the tables, and say what came of it.

        Where the budget or the connection comes to its end, the model refuses, or its answers are cut off
        again and again, nothing more is asked, and whatever was read before is kept.

        Raises:
            SettingsError: if the model can't be asked as it is configured, from the first question on.
            NotCachedError: if only kept replies may be used, and one is missing.
        """
        try:
            await self._read()
        except SettingsError as error:
            if not self._claims:
                raise
            self._tell(steps.stopped(self._round, error))
            self.is_stopped = True
        except _ENDS as error:
            self._tell(steps.stopped(self._round, error))
            self.is_stopped = True
        usage = self._session.spent() if self.trace else None
        return self._verified().extraction(header, usage, tuple(self.trace))

    async def _read(self) -> None:
        auto = self._reader is Reader.AUTO
        wanted = [unit for unit in self._units if can_change(unit)] if auto else list(self._units)
        if not wanted:
            return
        question = rows_request if auto else tables_request
        lines = self._around(wanted) if auto else self._table_lines()
        await self._ask(question, wanted, lines)
        while self._round < self._session.limits.rounds:
            self._round += 1
            if not await self._read_again(wanted):
                break

    def _action(self, claim: Claim) -> Action:
        """What comes of a claim."""
        if claim.refusal is not None:
            return Action.REFUSED
        own = layout_spans(claim.unit)
        if own and own != claim.spans:
            return Action.DIFFERS
        if is_certain(claim.unit):
            return Action.TAKEN
        return Action.AGREED if own and can_change(claim.unit) else Action.PROPOSED

    # --- reading again -------------------------------------------------------------------------------

    async def _read_again(self, wanted: Sequence[Unit]) -> bool:
        """One round: whether it changed anything."""
        refused = [unit for unit in wanted if self._is_open(unit)]
        suspects = self._suspects(wanted)
        progress = False
        for units in (refused, suspects):
            for group in self._groups(units):
                progress = await self._ask(rows_request, group, self._around(group)) or progress
        return progress

    def _is_open(self, unit: Unit) -> bool:
        """Whether a unit has no answer that could be taken, or another one than the layout reading."""
        claim = self._claims.get(unit.name)
        return claim is None or self._action(claim) in (Action.REFUSED, Action.DIFFERS)

    def _suspects(self, wanted: Sequence[Unit]) -> list[Unit]:
        """The units that two readers placed alike, but by which a rule is violated.

        Where no suspect is left to be read again, the other units of the rule, if that can settle it.
        """
        settled = [
            u for u in wanted if can_change(u) and not self._is_open(u) and u.name not in self._wavering
        ]
        readable = {address for unit in settled for address in unit.addresses}
        addresses: set[str] = set()
        rules: list[str] = []
        for one in self._verified().doubtful():
            own = one.suspects & readable or (one.operands if one.operands <= readable else set())
            addresses |= own
            rules += [one.confrontation.bound.id] if own else []
        units = [unit for unit in settled if not addresses.isdisjoint(unit.addresses)]
        if units:
            self._tell(steps.suspected(self._round, units, rules))
        return units

    def _groups(self, units: Sequence[Unit]) -> Iterable[Sequence[Unit]]:
        """All together where they weren't asked for together yet, else a few at a time."""
        if units and self._is_new(units):
            return [units]
        size = 1 if len(units) <= _FEW else _FEW
        groups = [units[i : i + size] for i in range(0, len(units), size)]
        return [group for group in groups if self._is_new(group)]

    def _is_new(self, units: Sequence[Unit]) -> bool:
        """Whether these weren't read again together yet: the same question would get the same answer."""
        return (rows_request, tuple(unit.name for unit in units)) not in self._put

    def _change(self, claim: Claim) -> bool:
        """Take what was read again if it is better; whether anything is known now that wasn't."""
        name, known = claim.unit.name, self._claims.get(claim.unit.name)
        if known is not None and not self._is_open(claim.unit):
            return self._reconsider(known, claim)
        self._claims[name] = claim
        self._tell(steps.answered(self._round, claim, self._action(claim)))
        return known is None or known.spans != claim.spans

    def _reconsider(self, known: Claim, claim: Claim) -> bool:
        """A suspect was read again: it stands as before, or another place is better, or neither."""
        name = known.unit.name
        if claim.spans == known.spans:
            self._reread.add(name)
            self._tell(steps.answered(self._round, claim, Action.REREAD))
            return True
        before, was = len(self._verified().violated), self._claims
        if claim.spans:
            self._claims, self._preferred = {**was, name: claim}, self._preferred | {name}
        if len(self._verified().violated) < before:
            self._tell(steps.answered(self._round, claim, self._action(claim)))
        else:
            self._claims, self._preferred = was, self._preferred - {name}
            self._wavering.add(name)
            action = Action.REFUSED if claim.refusal is not None else Action.KEPT
            self._tell(steps.answered(self._round, claim, action))
        return True

    def _verified(self) -> Verification:
        asked = [u for u in self._units if self._reader is not Reader.AUTO or can_change(u)]
        name = self._session.model_name
        reading = agreed_reading(
            self._reading,
            asked,
            self._claims,
            self._reader,
            name,
            reread=self._reread,
            wavering=self._wavering,
            preferred=self._preferred,
        )
        return Verification(self._document, reading, self._forms)

    # --- asking --------------------------------------------------------------------------------------

    async def _ask(self, question: Question, units: Sequence[Unit], lines: Sequence[int]) -> bool:
        """Put a question, in parts if the model can't take it, or its answer, at once.

        Returns:
            Whether anything is known now that wasn't; it is kept whatever becomes of the next question.
        """
        self._put.add((question, tuple(unit.name for unit in units)))
        shown = [line for n in lines if (line := self._page.lines.numbered(n))]
        if not shown:
            # No place of theirs is known, nor any certain one around them: there is nothing to ask about.
            return False
        request = question(units, shown)
        if len(shown) > 1 and not self._session.fits(request, sum(len(unit.addresses) for unit in units)):
            return await self._ask_in_parts(question, units, lines)
        self._tell(steps.asked(self._round, units, lines))
        try:
            reply = await self._answer(request)
            self._cut_off = 0
        except TooLongError as error:
            if len(shown) == 1:
                raise
            self._tell(steps.failed(self._round, units, error))
            return await self._ask_in_parts(question, units, lines)
        except TruncatedError as error:
            self._cut_off += 1
            if len(units) == 1 or self._cut_off == _MOST_CUT_OFF:
                raise
            self._tell(steps.failed(self._round, units, error))
            halves = (units[: len(units) // 2], units[len(units) // 2 :])
            changes = [await self._ask(question, half, lines) for half in halves]
            return any(changes)
        except MalformedReplyError as error:
            self._cut_off = 0
            self._tell(steps.failed(self._round, units, error))
            reply = salvaged(error.answer, request.schema)
        claims = self._page.claims(reply, units, frozenset(lines))
        changes = [self._change(claim) for claim in claims.values()]
        return any(changes)

    async def _answer(self, request: Request) -> TablesReply:
        """An empty reply is an accident of the server: the question is put once more."""
        try:
            return await self._session.ask(request, TablesReply)
        except EmptyReplyError:
            return await self._session.ask(request, TablesReply)

    async def _ask_in_parts(self, question: Question, units: Sequence[Unit], lines: Sequence[int]) -> bool:
        middle = self._page.border(lines)
        parts = [(part, self._of_part(units, part)) for part in (lines[:middle], lines[middle:])]
        changes = [await self._ask(question, own, part) for part, own in parts if own]
        return any(changes)

    def _of_part(self, units: Sequence[Unit], lines: Sequence[int]) -> list[Unit]:
        """The units that may stand on some of these lines."""
        return [u for u in units if not layout_spans(u) or not self._places(u).isdisjoint(lines)]

    def _places(self, unit: Unit) -> set[int]:
        """The lines that a unit's labels and figures are on, as far as known."""
        spans = [*layout_spans(unit), *(row.label for row in unit.rows if row.label is not None)]
        return {self._page.lines.at(span.start).number for span in spans}

    def _table_lines(self) -> tuple[int, ...]:
        """From the first header to the last figure."""
        rows = [row for unit in self._units for row in unit.rows]
        spans = [label.span for row in rows for label in row.columns if label.span is not None]
        spans += [span for stray in self._reading.strays for span in stray.figures]
        places = {self._page.lines.at(span.start).number for span in spans}
        places = places.union(*(self._places(unit) for unit in self._units))
        return tuple(range(min(places), max(places) + 1)) if places else ()

    def _around(self, units: Sequence[Unit]) -> tuple[int, ...]:
        """The lines of some units with a little context, and where they aren't certain, all between."""
        numbers: set[int] = set()
        for unit in units:
            claim = self._claims.get(unit.name)
            places = self._places(unit) | ({claim.line} if claim is not None else set())
            numbers.update(n + i for n in places for i in range(-_CONTEXT, _CONTEXT + 1))
            if not is_certain(unit):
                numbers.update(self._between_certain(unit))
        return tuple(sorted(n for n in numbers if self._page.lines.numbered(n) is not None))

    def _between_certain(self, unit: Unit) -> range:
        """The lines from the certain unit before to the certain one after, in the order of the form."""
        position = self._units.index(unit)
        before = [self._places(one) for one in self._units[:position] if is_certain(one)]
        after = [self._places(one) for one in self._units[position + 1 :] if is_certain(one)]
        if not before or not after:
            return range(0)
        first = max(before[-1])
        return range(first, min(*after[0], first + _MOST_BETWEEN) + 1)

    def _is_readable(self, unit: Unit) -> bool:
        """Whether its labels are on the page, with all columns."""
        return all(not row.is_absent and None not in row.spans for row in unit.rows)

    def _tell(self, step: Step) -> None:
        self.trace.append(step)
        self._on_step(step, self._session.usage)

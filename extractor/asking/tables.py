"""Reading the tables with a model: ask, ground, confront with the rules, and read again what doesn't hold.

The model is never shown a sum, the number that would fit, or a rule: it is asked what is printed. An
answer is taken only where the page prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from pydantic import BaseModel

from extractor.asking import steps
from extractor.asking.answers import Answer, CitedDocument
from extractor.asking.excerpts import lines_around, table_lines, units_on
from extractor.asking.headers import bear_out, can_be_told, columns_request, lines_of, read_with
from extractor.asking.judging import TablesToRead, judged, refused, suspects
from extractor.asking.mapping import TableMapper
from extractor.asking.numbered_lines import NumberedLine, NumberedLines
from extractor.asking.options import WhoReads
from extractor.asking.owners import (
    OwnerRefusal,
    owners_request,
    repeated_tables,
    told_others,
    with_own_tables,
)
from extractor.asking.owners import lines_of as lines_of_tables
from extractor.asking.questions import rows_request, tables_request
from extractor.asking.row_labels import LabelRefusal, LabelsPage, labels_request, open_labels
from extractor.asking.row_labels import lines_of as lines_of_labels
from extractor.asking.salvage import salvaged
from extractor.asking.schemas import ColumnsReply, LabelsReply, OwnersReply, TablesReply, Unit
from extractor.asking.session import Session
from extractor.asking.steps import OnStep
from extractor.asking.structure import StructureReader
from extractor.asking.told_columns import HeaderRefusal, told_header
from extractor.asking.two_readings import Known
from extractor.documents.document import Span
from extractor.errors import (
    BudgetError,
    EmptyReplyError,
    MalformedReplyError,
    ModelError,
    RefusalError,
    SettingsError,
    TooLongError,
    TruncatedError,
    UnavailableError,
)
from extractor.layout.headers.told_headers import OpenHeader, ToldHeader
from extractor.layout.open_headers import open_headers
from extractor.layout.reading import Reading, Statistics
from extractor.layout.words.label_index import label_index
from extractor.llm.protocol import Request
from extractor.reports.reading import ReportReading
from extractor.result.extraction import Extraction
from extractor.result.steps import Step

R = TypeVar("R", bound=BaseModel)
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
# What leaves a header, labels or tables untold; the rows are asked for all the same.
_SKIPS = (EmptyReplyError, TooLongError, TruncatedError)
# So many answers in a row that are cut off won't become whole by asking for less.
_MOST_CUT_OFF = 3
# More than the answer about a header is, counted in cells.
_CELLS_OF_A_HEADER = 64
# A label of an answer with its line and row, counted in cells.
_CELLS_OF_A_LABEL = 12
# Rows that are asked for one by one where asking for all of them at once gave no answer.
_FEW = 6


class TableReading:
    """The tables of one report read with a model.

    What is known is one immutable value, replaced as answers come, so that whatever ends the asking
    leaves it whole.

    Args:
        report: what the layout gives of it.
        session: through which the model is asked.
        who_reads: who reads what.
        on_step: told of every step as it happens, and what was sent and received so far.

    Attributes:
        trace: every step so far.
        is_stopped: whether nothing more can be asked.
    """

    def __init__(self, report: ReportReading, session: Session, who_reads: WhoReads, on_step: OnStep) -> None:
        self.trace: list[Step] = []
        self.is_stopped = False
        self._session = session
        self._who_reads = who_reads
        self._on_step = on_step
        self._look_at(report)
        self._known = Known()
        self._put: set[tuple[Question, tuple[str, ...]]] = set()
        self._round = 0
        self._cut_off = 0

    def _look_at(self, report: ReportReading) -> None:
        """Read a report from here on: what its layout gives is all that is known."""
        self._report = report
        self._cited = CitedDocument(report.document, label_index(report.forms, is_ocr=report.document.is_ocr))
        self._tables = TablesToRead(
            report.document, report.reading, report.forms, self._who_reads, self._session.model_name
        )

    @property
    def reading(self) -> Reading:
        """The tables as they are known, with what the model has told of headers and lines."""
        return self._tables.reading

    async def extraction(self) -> Extraction:
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
            if not self._known.answers:
                raise
            self._stop(error)
        except _ENDS as error:
            self._stop(error)
        usage = self._session.spent() if self.trace else None
        return self._tables.verified(self._known).extraction(self._report.header, usage, tuple(self.trace))

    async def _read(self) -> None:
        if self._tables.reading.statistics is not None:
            await self._read_structure(self._tables.reading.statistics)
            return
        if self._tables.who_reads is not WhoReads.BOTH:
            await self._tell_owners()
            await self._read_headers()
            await self._name_labels()
            await self._map_lines()
        wanted = self._tables.wanted
        if not wanted:
            return
        if self._tables.who_reads is WhoReads.AUTO:
            await self._ask(rows_request, wanted, self._around(wanted))
        else:
            await self._ask(tables_request, wanted, table_lines(self._cited, self._tables))
        while self._round < self._session.limits.rounds:
            self._round += 1
            if not await self._read_again():
                break

    async def _read_headers(self) -> None:
        """Ask about headers whose columns the layout can't tell; the rows below are then read by them."""
        report = self._report
        told: tuple[ToldHeader, ...] = ()
        for header in open_headers(report.document, report.forms, report.reading):
            answer = await self._told_header(header, told)
            if answer is not None:
                told = (*told, answer)
                reading = read_with(report, told, self._session.model_name)
                self._tables = replace(self._tables, reading=reading)

    async def _tell_owners(self) -> None:
        """Ask which of several tables of a kind is the report's own; the others are then left out."""
        report = self._report
        lines = NumberedLines(report.whole or report.document)
        others: list[Span] = []
        for repeated in repeated_tables(report):
            request, cells = owners_request(lines, repeated), _CELLS_OF_A_LABEL * len(repeated.each)
            asked = steps.asked_of_owners(repeated, lines.in_file(lines_of_tables(lines, repeated)))
            reply = await self._reply_if_any(request, OwnersReply, cells, asked)
            if reply is None:
                continue
            told = told_others(report, repeated, reply)
            self._tell(steps.answered_of_owners(reply, told if isinstance(told, OwnerRefusal) else None))
            others += () if isinstance(told, OwnerRefusal) else told
        if others:
            self._look_at(with_own_tables(report, others, self._session.model_name))

    async def _read_structure(self, statistics: Statistics) -> None:
        """Ask how the rows of tables of no known form hang together."""
        reader = StructureReader(
            self._report.document, self._cited.lines, self._session, self._tables.who_reads, self._tell
        )
        tables = await reader.read(statistics.tables)
        reading = replace(self._tables.reading, statistics=statistics._replace(tables=tables))
        self._tables = replace(self._tables, reading=reading)

    async def _map_lines(self) -> None:
        """Ask about tables that the layout doesn't find though their words are there."""
        is_auto = self._tables.who_reads is WhoReads.AUTO
        mapper = TableMapper(
            self._report, self._cited.lines, self._session, self._tell, asks_for_rows=is_auto
        )
        reading = await mapper.read(self._tables.reading)
        if reading is not self._tables.reading:
            self._tables = replace(self._tables, reading=reading)

    async def _name_labels(self) -> None:
        """Ask which rows those are whose labels are none of the form's."""
        report, lines = self._report, self._cited.lines
        page = LabelsPage(report.document, report.forms, lines, self._session.model_name)
        for labels in open_labels(self._tables.reading):
            request, cells = labels_request(lines, labels), _CELLS_OF_A_LABEL * len(labels.local)
            asked = steps.asked_of_labels(labels, lines.in_file(lines_of_labels(lines, labels)))
            reply = await self._reply_if_any(request, LabelsReply, cells, asked)
            if reply is None:
                continue
            told = page.told(self._tables.reading, labels, reply)
            self._tell(steps.answered_of_labels(reply, told if isinstance(told, LabelRefusal) else None))
            if not isinstance(told, LabelRefusal):
                self._tables = replace(self._tables, reading=told)

    async def _told_header(self, header: OpenHeader, others: Sequence[ToldHeader]) -> ToldHeader | None:
        """What the model says of one header, if the page bears it out."""
        report, lines = self._report, self._cited.lines
        if not can_be_told(lines, header):
            return None
        asked = steps.asked_of_columns(header, lines.in_file(lines_of(lines, header)))
        request = columns_request(lines, header)
        reply = await self._reply_if_any(request, ColumnsReply, _CELLS_OF_A_HEADER, asked)
        if reply is None:
            return None
        told = told_header(report.document, report.forms, header, reply)
        if isinstance(told, ToldHeader):
            reading = read_with(report, (*others, told), self._session.model_name)
            if not bear_out(report.document, reading, report, told):
                told = HeaderRefusal.SUMS
        refusal = told if isinstance(told, HeaderRefusal) else None
        self._tell(steps.answered_of_columns(reply, refusal))
        return told if isinstance(told, ToldHeader) else None

    async def _reply_if_any(self, request: Request, schema: type[R], cells: int, asked: Step) -> R | None:
        """What the model says of a header, labels or tables; None if it can't be asked, or says nothing.

        Args:
            request: the question.
            schema: of the reply.
            cells: how many the reply is as long as.
            asked: that it is put.
        """
        if not self._session.fits(request, cells):
            return None
        self._tell(asked)
        try:
            return await self._session.ask(request, schema)
        except MalformedReplyError as error:
            self._tell(steps.failed(0, (), error))
            return salvaged(error.answer, request, schema)
        except _SKIPS as error:
            self._tell(steps.failed(0, (), error))
            return None

    async def _read_again(self) -> bool:
        """One round: whether it changed anything."""
        without_answer = refused(self._tables, self._known)
        suspected = suspects(self._tables, self._known)
        if suspected.units:
            self._tell(steps.suspected(self._round, suspected.units, suspected.rules))
        changes = [
            await self._ask(rows_request, group, self._around(group))
            for units in (without_answer, suspected.units)
            for group in self._groups(units)
        ]
        return any(changes)

    def _groups(self, units: Sequence[Unit]) -> Iterable[Sequence[Unit]]:
        """All together where they weren't asked for together yet, else a few at a time."""
        if units and self._is_new(units):
            return [units]
        size = 1 if len(units) <= _FEW else _FEW
        groups = [units[i : i + size] for i in range(0, len(units), size)]
        return [group for group in groups if self._is_new(group)]

    def _is_new(self, units: Sequence[Unit]) -> bool:
        """Whether these weren't read again together yet: the same question would get the same answer."""
        return _question_key(rows_request, units) not in self._put

    async def _ask(self, question: Question, units: Sequence[Unit], lines: Sequence[int]) -> bool:
        """Put a question, in parts if the model can't take it, or its answer, at once.

        Returns:
            Whether anything is known now that wasn't; it is kept whatever becomes of the next question.
        """
        self._put.add(_question_key(question, units))
        shown = [line for n in lines if (line := self._cited.lines.numbered(n))]
        if not shown:
            # No place of theirs is known, nor any certain one around them: there is nothing to ask about.
            return False
        request = question(units, shown)
        if len(shown) > 1 and not self._session.fits(request, sum(len(unit.addresses) for unit in units)):
            return await self._ask_in_parts(question, units, lines)
        self._tell(steps.asked(self._round, units, self._cited.lines.in_file(lines)))
        try:
            reply = await self._reply(request)
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
            return await self._ask_for_halves(question, units, lines)
        except MalformedReplyError as error:
            self._tell(steps.failed(self._round, units, error))
            rest = salvaged(error.answer, request, TablesReply)
            if rest is None:
                return False
            reply = rest
        self._cut_off = 0
        answers = self._cited.answers(reply, units, frozenset(lines))
        changes = [self._take(answer) for answer in answers.values()]
        return any(changes)

    async def _reply(self, request: Request) -> TablesReply:
        """An empty reply is an accident of the server: the question is put once more."""
        try:
            return await self._session.ask(request, TablesReply)
        except EmptyReplyError:
            return await self._session.ask(request, TablesReply)

    async def _ask_in_parts(self, question: Question, units: Sequence[Unit], lines: Sequence[int]) -> bool:
        """Show fewer lines at a time: the question is too long."""
        border = self._cited.border(lines)
        parts = [(part, units_on(self._cited, units, part)) for part in (lines[:border], lines[border:])]
        changes = [await self._ask(question, there, part) for part, there in parts if there]
        return any(changes)

    async def _ask_for_halves(self, question: Question, units: Sequence[Unit], lines: Sequence[int]) -> bool:
        """Ask for fewer units at a time: the answer is too long."""
        middle = len(units) // 2
        changes = [await self._ask(question, half, lines) for half in (units[:middle], units[middle:])]
        return any(changes)

    def _take(self, answer: Answer) -> bool:
        """Take an answer if it is better; whether anything is known now that wasn't."""
        self._known, action, is_new = judged(self._tables, self._known, answer)
        self._tell(steps.answered(self._round, answer, action, self._cited.lines.in_file([answer.line])))
        return is_new

    def _around(self, units: Sequence[Unit]) -> tuple[int, ...]:
        return lines_around(self._cited, self._tables, self._known, units)

    def _stop(self, error: ModelError) -> None:
        self._tell(steps.stopped(self._round, error))
        self.is_stopped = True

    def _tell(self, step: Step) -> None:
        self.trace.append(step)
        self._on_step(step, self._session.traffic)


def _question_key(question: Question, units: Sequence[Unit]) -> tuple[Question, tuple[str, ...]]:
    return question, tuple(unit.name for unit in units)

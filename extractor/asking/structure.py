"""Asking a model how the rows of tables of no known form hang together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.asking import steps
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.options import WhoReads
from extractor.asking.salvage import salvaged
from extractor.asking.schemas import StructureReply, structure_schema
from extractor.asking.session import Session
from extractor.asking.told_structure import TablePage, may_be_told
from extractor.documents.document import Document
from extractor.errors import EmptyReplyError, MalformedReplyError, TooLongError, TruncatedError
from extractor.llm.protocol import Message, Request
from extractor.result.steps import Step
from extractor.statistics.table import StatisticsTable
from prompts.loader import load_prompt

# Lines above and below a table in which its title and its notes stand.
_AROUND = 4
# What an answer has of a row, counted in cells.
_CELLS_OF_A_ROW = 8


def structure_request(lines: NumberedLines, table: StatisticsTable, shown: Sequence[int]) -> Request:
    """Ask which rows of a table are parts of others, and which words of the page say so.

    Args:
        lines: of the report.
        table: that is asked about.
        shown: the numbers of the lines that are shown.
    """
    words = load_prompt("structure")
    return Request(
        (Message("system", words.filled()), Message("user", lines.shown(shown))),
        structure_schema(len(table.rows)),
        words.hash,
    )


@dataclass(frozen=True)
class StructureReader:
    """Asks about the tables of a report whose form nobody has described.

    Attributes:
        document: the report.
        lines: of it, as the model is shown them.
        session: through which the model is asked.
        who_reads: who reads: with ``auto``, only tables are asked about of which the page's look leaves open
            what some row stands below.
        tell: told of every step.
    """

    document: Document
    lines: NumberedLines
    session: Session
    who_reads: WhoReads
    tell: Callable[[Step], None]

    async def read(self, tables: Sequence[StatisticsTable]) -> tuple[StatisticsTable, ...]:
        """The tables as the model tells them, as far as the page bears that out.

        Args:
            tables: as the layout gives them.

        Raises:
            ModelError: if nothing more can be asked.
        """
        return tuple([await self._told(table) for table in tables])

    async def _told(self, table: StatisticsTable) -> StatisticsTable:
        rows = [self.lines.at(row.label.start).number for row in table.rows]
        first, last = max(min(rows) - _AROUND, 1), min(max(rows) + _AROUND, len(self.lines))
        shown = range(first, last + 1)
        request = structure_request(self.lines, table, shown)
        is_asked = self.who_reads is not WhoReads.AUTO or may_be_told(table, request.messages[-1].content)
        if not is_asked or not self.session.fits(request, _CELLS_OF_A_ROW * len(rows)):
            return table
        self.tell(steps.asked_of_structure(table.title, self.lines.in_file(shown)))
        try:
            reply = await self.session.ask(request, StructureReply)
        except MalformedReplyError as error:
            self.tell(steps.failed(0, (), error))
            rest = salvaged(error.answer, request, StructureReply)
            if rest is None:
                return table
            reply = rest
        except (EmptyReplyError, TooLongError, TruncatedError) as error:
            self.tell(steps.failed(0, (), error))
            return table
        page = TablePage(self.document, self.lines, table, shown)
        is_read_by_both = self.who_reads is WhoReads.BOTH
        told = page.told(reply, self.session.model_name, is_read_by_both=is_read_by_both)
        self.tell(steps.answered_of_structure(table.title, told.taken, told.refused))
        return told.table

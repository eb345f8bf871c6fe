"""Reading tables without rows and columns on the page with a model, which maps their lines to both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.asking import steps
from extractor.asking.left_rows import refusal_beside
from extractor.asking.numbered_lines import SEPARATOR, NumberedLines
from extractor.asking.open_tables import OpenTable, mapping_request, open_tables, with_form
from extractor.asking.salvage import salvaged
from extractor.asking.schemas import MappingReply, NamedWords
from extractor.asking.session import Session
from extractor.asking.told_series import SeriesPage, SeriesRefusal
from extractor.asking.told_tables import with_table
from extractor.errors import EmptyReplyError, MalformedReplyError, TooLongError, TruncatedError
from extractor.layout.reading import ReadBlock, Reading, ReadRow
from extractor.layout.words.label_index import label_index
from extractor.reports.reading import ReportReading
from extractor.result.steps import Step
from extractor.text.figures import is_figure, numbers_in
from extractor.verify.convention import balanced_rows
from extractor.verify.verification import verify

# Rows with different figures whose balances hold, so many times more than rows whose balances don't.
_FEWEST_ROWS, _TIMES_MORE = 2, 3
# A figure of an answer, and a label with its name and line, counted in cells.
_CELLS_OF_A_LABEL = 8
# Lines that are cut in halves again and again for want of room.
_MOST_CUTS = 4


class _Found(NamedTuple):
    """A reading, how many rows of a table were found for it, and whether these are all that it can have."""

    reading: Reading
    rows: int
    is_whole: bool


@dataclass(frozen=True)
class TableMapper:
    """Asks about the tables of a report that its layout doesn't find.

    Attributes:
        report: what the layout gives of it.
        lines: of the report, as the model is shown them.
        session: through which the model is asked.
        tell: told of every step.
        asks_for_rows: whether it is asked about rows that the layout lacks, too; whoever reads all of the
            tables is asked for these anyway.
    """

    report: ReportReading
    lines: NumberedLines
    session: Session
    tell: Callable[[Step], None]
    asks_for_rows: bool

    async def read(self, reading: Reading) -> Reading:
        """The reading with every table that the model finds and the page bears out.

        Args:
            reading: what is known of the report.

        Raises:
            ModelError: if nothing more can be asked.
        """
        document = self.report.document
        by_form = with_form(document, reading, self.report.forms)
        found = by_form
        for table in open_tables(document, self.lines, by_form, with_left_rows=self.asks_for_rows):
            found = await self._with_told(found, table)
        return reading if found is by_form else found

    async def _with_told(self, reading: Reading, table: OpenTable) -> Reading:
        """The reading with a table, if the model finds it at once, or by less at a time."""
        said = await self._asked(table, table.lines, _MOST_CUTS)
        found = self._told(reading, table, said)
        is_empty = said is not None and not said.series
        if found.is_whole or is_empty or len(table.lines) == 1 or not table.is_lost:
            return found.reading
        # The same question would get the same answer; one on half of the lines gets another one.
        again = await self._asked_in_pieces(table, table.lines, 1)
        if said is not None and again is not None:
            again = again.model_copy(update={"series": (*said.series, *again.series)})
        second = self._told(reading, table, again)
        return second.reading if second.rows > found.rows else found.reading

    def _told(self, reading: Reading, table: OpenTable, said: MappingReply | None) -> _Found:
        """The reading with a table as it was said to be, if the page bears it out."""
        if said is None:
            return _Found(reading, 0, is_whole=False)
        document, forms = self.report.document, self.report.forms
        page = SeriesPage(document, self.lines, label_index(forms, is_ocr=document.is_ocr))
        told = page.told_table(table.block, said, table.across)
        if not isinstance(told, SeriesRefusal):
            with_it = with_table(reading, table.block, told, self.session.model_name)
            refusal = None if table.is_lost else refusal_beside(table.block, told, with_it)
            if refusal is None and not self._is_borne_out(with_it, table.block, is_whole=told.is_whole):
                refusal = SeriesRefusal.SUMS
            if refusal is None:
                self.tell(steps.answered_of_table(table, len(told.series), None))
                rows = _rows_of(with_it, table.block)
                read = sum(bool(row.spans) for row in rows)
                return _Found(with_it, read, is_whole=read == len(rows))
            told = refusal
        self.tell(steps.answered_of_table(table, len(said.series), told))
        return _Found(reading, 0, is_whole=False)

    async def _asked(self, table: OpenTable, shown: Sequence[int], cuts: int) -> MappingReply | None:
        """What the model says of some lines, in pieces if it can't take them, or answer, at once."""
        request = mapping_request(self.lines, table, shown)
        if cuts and len(shown) > 1 and not self.session.fits(request, self._cells(table, shown)):
            return await self._asked_in_pieces(table, shown, cuts)
        self.tell(steps.asked_of_table(table, self.lines.in_file(shown)))
        try:
            return await self.session.ask(request, MappingReply)
        except EmptyReplyError as error:
            self.tell(steps.failed(0, (), error))
            return None
        except MalformedReplyError as error:
            self.tell(steps.failed(0, (), error))
            return salvaged(error.answer, request, MappingReply)
        except (TooLongError, TruncatedError) as error:
            if not cuts or len(shown) == 1:
                raise
            self.tell(steps.failed(0, (), error))
            return await self._asked_in_pieces(table, shown, cuts)

    async def _asked_in_pieces(
        self, table: OpenTable, shown: Sequence[int], cuts: int
    ) -> MappingReply | None:
        """The same for both halves of the lines; the second is shown with the labels across of the first."""
        border = self._border(shown)
        first = await self._asked(table, shown[:border], cuts - 1)
        if first is None:
            return None
        known = sorted({one.line for one in first.across} & {*shown[:border]})
        second = await self._asked(table, (*known, *shown[border:]), cuts - 1)
        return None if second is None else _together(first, second)

    def _border(self, shown: Sequence[int]) -> int:
        """Where to cut lines in two: near the middle, before one that doesn't begin with a figure."""
        numbered = [self.lines.numbered(number) for number in shown]
        starts = [
            i
            for i, line in enumerate(numbered)
            if i and line is not None and not _begins_with_figure(line.text)
        ]
        middle = len(shown) // 2
        return min(starts, key=lambda i: abs(i - middle), default=middle)

    def _cells(self, table: OpenTable, shown: Sequence[int]) -> int:
        """How much an answer about some lines has, counted in cells."""
        lines = [self.lines.numbered(number) for number in shown]
        figures = sum(len([*numbers_in(line.text)]) for line in lines if line is not None)
        labels = min(len(table.block.block.rows), len(shown)) + len(table.block.block.columns)
        return figures + _CELLS_OF_A_LABEL * labels

    def _is_borne_out(self, reading: Reading, block: ReadBlock, *, is_whole: bool) -> bool:
        """Whether the sums of the rows hold, as they were told; words of the page's own need some that do."""
        verification = verify(self.report.document, reading, self.report.forms)
        balanced = balanced_rows([row for row in _rows_of(reading, block) if row.spans], verification)
        fewest = 0 if is_whole else _FEWEST_ROWS
        return balanced.with_figures >= max(fewest, _TIMES_MORE * balanced.violated)


def _begins_with_figure(line: str) -> bool:
    first = line.replace(SEPARATOR, " ").split(maxsplit=1)[:1]
    return bool(first) and is_figure(first[0])


def _rows_of(reading: Reading, block: ReadBlock) -> list[ReadRow]:
    """The rows of a block, as a reading has them."""
    return [row for one in reading.blocks if one.block is block.block for row in one.found]


def _together(first: MappingReply, second: MappingReply) -> MappingReply:
    """What was said of two pieces of a table; labels across that both show were said of the first."""
    by_name = {(one.name, one.words): one for one in _of_both(first, second)}
    return first.model_copy(
        update={"across": tuple(by_name.values()), "series": (*first.series, *second.series)}
    )


def _of_both(first: MappingReply, second: MappingReply) -> Iterator[NamedWords]:
    yield from first.across
    known = {(one.name, one.words) for one in first.across}
    yield from (one for one in second.across if (one.name, one.words) not in known)

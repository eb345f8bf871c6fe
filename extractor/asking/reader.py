"""Readers that ask a model, opened once for many reports."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from extractor.asking.options import WhoReads
from extractor.asking.session import Session
from extractor.asking.steps import OnStep
from extractor.asking.tables import TableReading
from extractor.asking.text import TextReading
from extractor.documents.document import Document
from extractor.documents.source import AnySource
from extractor.errors import bugs_reported
from extractor.forms import AnyForms, FormSet
from extractor.narrative.check import with_narrative
from extractor.narrative.read import read_narrative
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import name_of, open_source
from extractor.reports.reading import ReportReading
from extractor.result.extraction import Extraction


class AskingReader:
    """Reads reports with an open model, also several at the same time, in one event loop.

    Made by :meth:`extractor.asking.plan.Asking.opened`.

    Args:
        new_session: begins the questions about one report.
        who_reads: who reads the tables.
        reads_text: whether the model reads the numbers of the free text, too.
        on_step: told of every step as it happens, and what was sent and received for the report so far.
    """

    def __init__(
        self, new_session: Callable[[], Session], who_reads: WhoReads, *, reads_text: bool, on_step: OnStep
    ) -> None:
        self._new_session = new_session
        self._who_reads = who_reads
        self._reads_text = reads_text
        self._on_step = on_step

    async def extract(
        self, source: AnySource | Document, *, forms: AnyForms = (), name: str | None = None
    ) -> tuple[Extraction, ...]:
        """As :func:`extractor.extract`, for use in an event loop.

        Args:
            source: a path, the content of a file as bytes, or a document that is open.
            forms: a set of forms, or forms to read by besides the built-in ones.
            name: what results and messages call it; the path, unless given.

        Returns:
            One extraction a report.

        Raises:
            InputError: if it can't be read or holds no report.
            FormFileError: if two forms are the same edition of one family.
            ModelError: if the model can't be asked as it is configured.
            InternalError: if gongkai itself fails; its cause is the error behind it.
        """
        known = FormSet.of(forms)
        with bugs_reported(name_of(source, name)):
            return await self.complete(read_by_layout(open_source(source, name), known))

    async def complete(self, reports: Sequence[ReportReading]) -> tuple[Extraction, ...]:
        """Ask about some reports, one after the other.

        Args:
            reports: what the layout of each gives.

        Returns:
            One extraction a report, in their order.

        Raises:
            ModelError: if the model can't be asked as it is configured.
        """
        return tuple([await self._extraction(report) for report in reports])

    async def _extraction(self, report: ReportReading) -> Extraction:
        session = self._new_session()
        tables = TableReading(report, session, self._who_reads, self._on_step)
        extraction = await tables.extraction()
        text = read_narrative(report.document, tables.reading, extraction, report.forms)
        narrative = text.narrative
        if self._reads_text and not tables.is_stopped:
            text_reading = TextReading(session, self._on_step)
            extraction, narrative = await text_reading.read(report.document, extraction, text)
        return with_narrative(report.document, extraction, narrative, report.forms)


class BlockingReader:
    """The same for use outside of an event loop: ``extract(source, asking=reader)`` waits for its answers.

    Made by :meth:`extractor.asking.plan.Asking.reading`; all calls share one loop, and so one set of
    connections.

    Args:
        runner: of the loop that the reader was opened in.
        reader: that is open.
    """

    def __init__(self, runner: asyncio.Runner, reader: AskingReader) -> None:
        self._runner = runner
        self._reader = reader

    def complete(self, reports: Sequence[ReportReading]) -> tuple[Extraction, ...]:
        """Ask about some reports, one after the other.

        Args:
            reports: what the layout of each gives.

        Returns:
            One extraction a report, in their order.

        Raises:
            ModelError: if the model can't be asked as it is configured.
        """
        return self._runner.run(self._reader.complete(reports))

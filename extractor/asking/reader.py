"""Readers that ask a model, opened once for many reports."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence

from extractor.asking.options import WhoReads
from extractor.asking.session import Session
from extractor.asking.steps import OnStep
from extractor.asking.tables import TableReading
from extractor.asking.text import TextReading
from extractor.documents.document import Document
from extractor.narrative.checks.checking import with_narrative
from extractor.narrative.read import read_narrative
from extractor.pipeline import LayoutReading, open_source, read_by_layout
from extractor.result.extraction import Extraction
from rules.form import Form


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
        self,
        source: str | os.PathLike[str] | bytes | bytearray | memoryview,
        *,
        forms: Sequence[Form] = (),
        name: str | None = None,
    ) -> tuple[Extraction, ...]:
        """As :func:`extractor.extract`, for use in an event loop.

        Args:
            source: a path, or the content of a file as bytes.
            forms: forms to read by, besides the built-in ones.
            name: what to call the report; the path, unless given.

        Returns:
            One extraction a report.

        Raises:
            InputError: if it can't be read or holds no report.
            ModelError: if the model can't be asked as it is configured.
        """
        return await self.extract_document(open_source(source, name), forms)

    async def extract_document(
        self, document: Document, forms: Sequence[Form] = ()
    ) -> tuple[Extraction, ...]:
        """Read the reports in a document, one after the other.

        Args:
            document: the input.
            forms: forms to read by, besides the built-in ones.

        Returns:
            One extraction a report.

        Raises:
            NoReportError: if it holds no report.
            ModelError: if the model can't be asked as it is configured.
        """
        return tuple([await self._extraction(report) for report in read_by_layout(document, forms)])

    async def _extraction(self, report: LayoutReading) -> Extraction:
        session = self._new_session()
        tables = TableReading(report, session, self._who_reads, self._on_step)
        extraction = await tables.extraction()
        text = read_narrative(report.document, report.reading, extraction)
        narrative = text.narrative
        if self._reads_text and not tables.is_stopped:
            text_reading = TextReading(session, self._on_step)
            extraction, narrative = await text_reading.read(report.document, extraction, text)
        return with_narrative(report.document, extraction, narrative, report.forms)


class BlockingReader:
    """The same for use outside of an event loop: each call waits until its reports are read.

    Made by :meth:`extractor.asking.plan.Asking.reading`; all calls share one loop, and so one set of
    connections.

    Args:
        runner: of the loop that the reader was opened in.
        reader: that is open.
    """

    def __init__(self, runner: asyncio.Runner, reader: AskingReader) -> None:
        self._runner = runner
        self._reader = reader

    def extract_document(self, document: Document, forms: Sequence[Form] = ()) -> tuple[Extraction, ...]:
        """Read the reports in a document.

        Args:
            document: the input.
            forms: forms to read by, besides the built-in ones.

        Returns:
            One extraction a report.

        Raises:
            NoReportError: if it holds no report.
            ModelError: if the model can't be asked as it is configured.
        """
        return self._runner.run(self._reader.extract_document(document, forms))

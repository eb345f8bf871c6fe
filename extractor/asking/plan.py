"""Asking a model: which one, for what, how much it may cost, and what is kept of its replies."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cache.mode import Mode
from cache.problems import Problem
from cache.replies import ReplyCache, default_folder
from extractor.asking.session import Limits, Prices, Replies, Session
from extractor.asking.tables import ModelReading
from extractor.asking.text import TextReading
from extractor.documents.document import Document
from extractor.errors import SettingsError
from extractor.layout.reading import Reader
from extractor.llm.protocol import Model, Profile, Reply, Request, Usage
from extractor.llm.settings import Settings
from extractor.llm.tokens import Counter, counter
from extractor.narrative.checks.checking import with_narrative
from extractor.narrative.read import read_narrative
from extractor.pipeline import LayoutReading, open_source, read_by_layout
from extractor.result.extraction import Extraction
from extractor.result.steps import Step
from rules.form import Form

if TYPE_CHECKING:
    from extractor.llm.client import OpenAIModel


@dataclass(frozen=True)
class Asking:
    """How a model is asked.

    ``extract(source, asking=Asking(Settings("qwen-plus", base_url=…)))`` reads one report;
    :meth:`opened` reads many at once.

    Attributes:
        settings: the model.
        reader: what it reads of the tables.
        limits: what may be spent on one report.
        prices: what a million tokens cost; without them there is no cost in the result.
        cache: what kept replies are used for.
        cache_folder: where they are; the user's folder for caches, unless given.
        on_step: told of every step as it happens, and what was spent on the report so far.
        on_kept: told of every question that a kept reply answers.
        on_problem: told of what is wrong with the cache, once for each kind; it is never worth a result.
        text: whether it reads the numbers of the free text, too.
    """

    settings: Settings
    reader: Reader = Reader.AUTO
    limits: Limits = field(default_factory=Limits)
    prices: Prices | None = None
    cache: Mode = Mode.READ_WRITE
    cache_folder: Path | None = None
    on_step: Callable[[Step, Usage], None] = lambda _step, _usage: None
    on_kept: Callable[[], None] = lambda: None
    on_problem: Callable[[Problem], None] = lambda _problem: None
    text: bool = True

    def extract_document(self, document: Document, forms: Sequence[Form] = ()) -> tuple[Extraction, ...]:
        """Read the reports in a document; not for use in a running event loop (see :meth:`opened`).

        Raises:
            NoReportError: if it holds no report.
            ModelError: if the model can't be asked as it is configured.
        """

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            raise SettingsError(
                "事件循环已在运行。请改用 async with asking.opened() as reader。",
                "an event loop is running; use `async with asking.opened() as reader`",
            )

        async def run() -> tuple[Extraction, ...]:
            async with self.opened() as reader:
                return await reader.extract_document(document, forms)

        return asyncio.run(run())

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[AskingReader]:
        """A reader for as many reports as one likes, also at the same time, on one set of connections."""
        replies = ReplyCache(self.cache_folder or default_folder(), self.cache, self.on_problem)
        model = _RealModel(self.settings, replies)
        try:
            yield AskingReader(model, replies, self)
        finally:
            await model.close()
            replies.close()


class AskingReader:
    """Reads reports with an open model.

    Args:
        model: that is asked.
        replies: where its replies are kept.
        asking: everything else.
    """

    def __init__(self, model: Model, replies: Replies, asking: Asking) -> None:
        self._model = model
        self._replies = replies
        self._asking = asking

    async def extract(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | memoryview,
        *,
        forms: Sequence[Form] = (),
        name: str | None = None,
    ) -> tuple[Extraction, ...]:
        """As :func:`extractor.extract`, for use in an event loop."""
        return await self.extract_document(open_source(source, name), forms)

    async def extract_document(
        self, document: Document, forms: Sequence[Form] = ()
    ) -> tuple[Extraction, ...]:
        """Read the reports in a document.

        Raises:
            NoReportError: if it holds no report.
            ModelError: if the model can't be asked as it is configured.
        """
        found = read_by_layout(document, forms)
        return tuple([await self._extraction(one) for one in found])

    async def _extraction(self, found: LayoutReading) -> Extraction:
        asking = self._asking
        session = Session(
            self._model,
            self._replies,
            self._counter,
            asking.limits,
            asking.prices,
            parameters=asking.settings.extra,
            replay=asking.cache is Mode.REPLAY,
            on_kept=asking.on_kept,
        )
        reading = ModelReading(
            found.document, found.reading, found.forms, session, asking.reader, asking.on_step
        )
        extraction = await reading.extraction(found.header)
        text = read_narrative(found.document, found.reading, extraction)
        if asking.text and not reading.is_stopped:
            extraction, narrative = await TextReading(session, asking.on_step).read(
                found.document, extraction, text
            )
        else:
            narrative = text.narrative
        return with_narrative(found.document, extraction, narrative, found.forms)

    @cached_property
    def _counter(self) -> Counter:
        return counter(self._model.name)


class _RealModel:
    """The model of some settings; what it takes to ask it is imported with the first question.

    How its server wants to be asked is found out once and kept with the replies.
    """

    def __init__(self, settings: Settings, replies: ReplyCache) -> None:
        place = sha256(f"{settings.address} {settings.model}".encode()).hexdigest()
        self._key = f"profile {place}"
        known = replies.get(self._key) if settings.profile is None else None
        self._settings = replace(settings, profile=Profile(known)) if known in set(Profile) else settings
        self._replies = replies
        self._model: OpenAIModel | None = None

    @property
    def name(self) -> str:
        return self._settings.model

    @property
    def profile(self) -> Profile | None:
        return self._model.profile if self._model is not None else self._settings.profile

    async def ask(self, request: Request) -> Reply:
        if self._model is None:
            from extractor.llm.client import OpenAIModel

            self._model = OpenAIModel(self._settings)
        known = self._model.profile
        reply = await self._model.ask(request)
        if self._model.profile is not None and known is None:
            self._replies.put(self._key, self._model.profile)
        return reply

    async def close(self) -> None:
        if self._model is not None:
            await self._model.close()

"""The plan of asking a model: which one, for what, how much it may cost, and what is kept of its replies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cache.mode import Mode
from extractor.asking.options import Limits, Prices, WhoReads
from extractor.errors import SettingsError
from extractor.llm.settings import Settings

if TYPE_CHECKING:  # a plan is made by commands that may never ask, and start without what that takes
    from cache.problems import Problem
    from extractor.asking.reader import AskingReader, BlockingReader
    from extractor.asking.session import Replies
    from extractor.asking.steps import OnStep
    from extractor.llm.protocol import Model
    from extractor.llm.retrying import OnWait
    from extractor.llm.tokens import Counter
    from extractor.reports.reading import ReportReading
    from extractor.result.extraction import Extraction


def _nobody(*_: object) -> None:
    """The listener where there is none."""


@dataclass(frozen=True)
class Asking:
    """How a model is to be asked: a value, that can be compared, pickled and sent to another process.

    ``extract(source, asking=Asking(Settings("qwen-plus", base_url=…)))`` reads one file. For more than
    one, open it once: :meth:`reading`, or :meth:`opened` in an event loop. Then they share one set of
    connections and one cache, and how the server wants to be asked is found out once.

    Attributes:
        settings: which model, where it is, and how patiently it is asked. Its key is part of the plan: who
            sends a plan elsewhere sends the key.
        who_reads: who reads the tables. ``auto`` asks only what the layout left open, and nothing at all of
            most reports; ``model`` costs some 4,500 tokens a report, ``both`` the same. A model alone is no
            better: its figures are put to the same labels and rules.
        limits: what may be spent on one report; without limits, whatever it takes (about two rounds of
            reading again at most). A window that is larger than the server's own wastes requests.
        prices: what a million tokens cost; without them there is no cost in the result.
        cache: what kept replies are used for. ``read-write``: no question is paid for twice; ``replay``:
            nothing is asked anew, and a missing reply is an error; ``off``: everything is asked anew, which
            is what a measurement of the variance needs, and nothing else does.
        cache_folder: where replies are kept; ``GONGKAI_CACHE_DIR`` or the user's folder for caches,
            unless given. It holds the reports' own words, and is never emptied by itself.
        text: whether the model reads the numbers of the free text, too: one question a report, of some
            thousands of tokens, even where ``who_reads`` leaves it nothing of the tables.
    """

    settings: Settings
    who_reads: WhoReads = WhoReads.AUTO
    limits: Limits = field(default_factory=Limits)
    prices: Prices | None = None
    cache: Mode = Mode.READ_WRITE
    cache_folder: Path | None = None
    text: bool = True

    def complete(self, reports: Sequence[ReportReading]) -> tuple[Extraction, ...]:
        """Ask about some reports, and close everything again.

        Args:
            reports: what the layout of each gives.

        Returns:
            One extraction a report, in their order.

        Raises:
            ModelError: if the model can't be asked as it is configured.
        """
        with self.reading() as reader:
            return reader.complete(reports)

    @contextmanager
    def reading(
        self,
        *,
        on_step: OnStep = _nobody,
        on_kept: Callable[[], None] = _nobody,
        on_problem: Callable[[Problem], None] = _nobody,
        on_wait: OnWait = _nobody,
    ) -> Iterator[BlockingReader]:
        """A reader for as many documents as one likes, one after the other, outside of an event loop.

        Args:
            on_step: told of every step as it happens, and what was sent and received for the report so far.
            on_kept: told of every question that a kept reply answers.
            on_problem: told of what is wrong with the cache, once for each kind; it is never worth a result.
            on_wait: told of every wait before a request is sent again.

        Raises:
            SettingsError: if an event loop is running.
        """
        import asyncio

        from extractor.asking.reader import BlockingReader

        _refuse_running_loop()
        with asyncio.Runner() as runner:
            opened = self.opened(on_step=on_step, on_kept=on_kept, on_problem=on_problem, on_wait=on_wait)
            reader = runner.run(opened.__aenter__())
            try:
                yield BlockingReader(runner, reader)
            finally:
                runner.run(opened.__aexit__(None, None, None))

    @asynccontextmanager
    async def opened(
        self,
        *,
        on_step: OnStep = _nobody,
        on_kept: Callable[[], None] = _nobody,
        on_problem: Callable[[Problem], None] = _nobody,
        on_wait: OnWait = _nobody,
    ) -> AsyncIterator[AskingReader]:
        """A reader for as many reports as one likes, also at the same time, in a running event loop.

        Args:
            on_step: told of every step as it happens, and what was sent and received for the report so far.
            on_kept: told of every question that a kept reply answers.
            on_problem: told of what is wrong with the cache, once for each kind; it is never worth a result.
            on_wait: told of every wait before a request is sent again.
        """
        from cache.replies import ReplyCache, default_folder
        from extractor.asking.remembered_profile import RememberingModel

        replies = ReplyCache(self.cache_folder or default_folder(), self.cache, on_problem)
        model = RememberingModel(self.settings, replies, on_wait)
        try:
            yield self.with_model(model, replies, on_step=on_step, on_kept=on_kept)
        finally:
            await model.close()
            replies.close()

    def with_model(
        self,
        model: Model,
        replies: Replies,
        *,
        counter: Counter | None = None,
        on_step: OnStep = _nobody,
        on_kept: Callable[[], None] = _nobody,
    ) -> AskingReader:
        """A reader that asks another model than that of the settings, such as one of a test.

        Args:
            model: that is asked.
            replies: where its replies are kept.
            counter: counts tokens before they are sent; what counts for the model's name, unless given.
            on_step: told of every step as it happens, and what was sent and received for the report so far.
            on_kept: told of every question that a kept reply answers.
        """
        from extractor.asking.reader import AskingReader
        from extractor.asking.session import Session
        from extractor.llm.tokens import counter as counter_for

        new_session = partial(
            Session,
            model,
            replies,
            counter or counter_for(model.name),
            self.limits,
            self.prices,
            parameters=self.settings.extra,
            replay=self.cache is Mode.REPLAY,
            on_kept=on_kept,
        )
        return AskingReader(new_session, self.who_reads, reads_text=self.text, on_step=on_step)


def _refuse_running_loop() -> None:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise SettingsError(
        "事件循环已在运行。请改用 async with asking.opened() as reader。",
        "an event loop is running; use `async with asking.opened() as reader`",
    )

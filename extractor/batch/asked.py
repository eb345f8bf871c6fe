"""What a batch asks of a model: about several files at once, within one allowance, after all were read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from decimal import Decimal
from threading import Lock
from typing import NamedTuple

from cache.problems import Problem
from cache.replies import ReplyCache, default_folder
from extractor.asking.allowance import Allowance, AllowedModel
from extractor.asking.plan import Asking
from extractor.asking.reader import AskingReader
from extractor.asking.remembered_profile import RememberingModel
from extractor.batch.asking_plan import AskingPlan
from extractor.batch.files import FileToRead
from extractor.batch.outcome import Outcome
from extractor.batch.reading import Content, content_of, read_content
from extractor.errors import GongkaiError, SettingsError
from extractor.forms import FormSet
from extractor.llm.tokens import counter
from extractor.reports.reading import ReportReading
from extractor.result.extraction import Extraction


class Asked(NamedTuple):
    """What came of asking about a file.

    Attributes:
        content: the digest of the file.
        outcome: with the facts as they are now.
        results: as :class:`extractor.batch.pool.Read` has them.
        is_whole: whether all questions were put and answered; if not, another run may get further.
    """

    content: str
    outcome: Outcome
    results: bytes
    is_whole: bool


class Spent(NamedTuple):
    """What a run spent on a model.

    Attributes:
        requests: that were sent, failed ones included.
        cost: by the prices that the user gave; 0 without prices.
        is_exhausted: whether the allowance ended the asking.
    """

    requests: int = 0
    cost: Decimal = Decimal(0)
    is_exhausted: bool = False


def ask_about(
    wanted: Iterable[tuple[str, FileToRead]],
    plan: AskingPlan,
    forms: FormSet,
    keep: Callable[[Asked], None],
    on_problem: Callable[[Problem], None],
) -> Spent:
    """Ask a model about files that were read by their layout before.

    Args:
        wanted: the files, each with the digest of its content.
        plan: how it is asked.
        forms: to read by.
        keep: is given what came of each, in no certain order.
        on_problem: told of what is wrong with the cache of replies.

    Raises:
        SettingsError: if the model can't be asked as it is configured.
        OutputError: of ``keep``.
    """
    return asyncio.run(_ask_about(list(wanted), plan, forms, keep, on_problem))


async def _ask_about(
    wanted: Sequence[tuple[str, FileToRead]],
    plan: AskingPlan,
    forms: FormSet,
    keep: Callable[[Asked], None],
    on_problem: Callable[[Problem], None],
) -> Spent:
    allowance = Allowance(plan.cost, plan.asking.prices, plan.rate)
    waiting = iter(wanted)
    loop, reading = asyncio.get_running_loop(), Lock()
    # Not those of the loop, which the client of the model needs.
    threads = ThreadPoolExecutor(plan.concurrency)
    async with _opened(plan.asking, allowance, on_problem) as new_reader:

        async def go_through() -> None:
            for content, file in waiting:
                if allowance.is_exhausted:
                    return
                reader, model = new_reader()
                try:
                    read = await loop.run_in_executor(
                        threads, _read_asking, content, file, forms, _InLoop(reader, loop, reading), reading
                    )
                except SettingsError:
                    raise
                except GongkaiError:
                    # It was read by its layout, which stands.
                    continue
                if read is not None:
                    keep(Asked(content, *read, is_whole=not model.is_cut_short))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(plan.concurrency, len(wanted))):
                    group.create_task(go_through())
        except* GongkaiError as errors:
            raise errors.exceptions[0] from None
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
    return Spent(allowance.traffic.requests, allowance.spent, allowance.is_exhausted)


def _read_asking(
    digest: str, file: FileToRead, forms: FormSet, asking: _InLoop, reading: Lock
) -> tuple[Outcome, bytes] | None:
    """What comes of a file with the model's answers; None if it holds something else by now."""
    begun = time.perf_counter()
    with reading:
        content = content_of(file.path, file.member)
        if not isinstance(content, Content) or content.digest != digest:
            return None
        outcome, results = read_content(content, file.name, forms, asking)
    return outcome._replace(seconds=time.perf_counter() - begun), results


class _InLoop:
    """Asks in an event loop for a thread that reads; while the thread waits, another one may read."""

    def __init__(self, reader: AskingReader, loop: asyncio.AbstractEventLoop, reading: Lock) -> None:
        self._reader = reader
        self._loop = loop
        self._reading = reading

    def complete(self, reports: Sequence[ReportReading]) -> tuple[Extraction, ...]:
        """The results of some reports, in their order."""
        future = asyncio.run_coroutine_threadsafe(self._reader.complete(reports), self._loop)
        self._reading.release()
        try:
            return future.result()
        finally:
            self._reading.acquire()


@asynccontextmanager
async def _opened(
    asking: Asking, allowance: Allowance, on_problem: Callable[[Problem], None]
) -> AsyncIterator[Callable[[], tuple[AskingReader, AllowedModel]]]:
    """What makes a reader for each file; all share connections, kept replies and the allowance."""
    replies = ReplyCache(asking.cache_folder or default_folder(), asking.cache, on_problem)
    model = RememberingModel(asking.settings, replies, allowance.on_wait, allowance.sleep)
    counted_by = counter(model.name)

    def new_reader() -> tuple[AskingReader, AllowedModel]:
        allowed = AllowedModel(model, allowance, counted_by)
        return asking.with_model(allowed, replies, counter=counted_by), allowed

    try:
        yield new_reader
    finally:
        await model.close()
        replies.close()

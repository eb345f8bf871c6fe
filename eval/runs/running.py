"""Running an evaluation: batches of items on several cores, each read, scored and kept."""

from __future__ import annotations

import asyncio
import gc
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import NamedTuple

from eval.runs.folder import RunFolder
from eval.runs.suites import RIGHT, SIMULATED, Batch, Item, items
from eval.scoring.run import Result, Setup, marks_of, order_key, spent_of
from eval.scoring.score import score
from eval.simulation.reference import gold_by_value, reference_reading
from extractor.asking.plan import Asking
from extractor.asking.reader import AskingReader
from extractor.documents.document import Document
from extractor.errors import InputError
from extractor.pipeline import extract
from extractor.reports.opening import open_document
from extractor.result.extraction import Extraction
from rules.form import Form
from rules.loader import built_in_forms

# So many reports of a batch wait for a model's answers at the same time.
_AT_ONCE = 16
# A process that reads a batch looks for cycles of objects when so many more were made than dropped.
_ALLOCATIONS = 20_000
# The verdict on a file that couldn't be read.
UNREAD = "unread"


# How many questions about the report being read were answered by kept replies.
_KEPT: ContextVar[list[int]] = ContextVar("kept")


def _count_kept() -> None:
    _KEPT.get()[0] += 1


class Work(NamedTuple):
    """A batch and how it is read; ``plan`` is None where no model is asked."""

    batch: Batch
    setup: Setup
    plan: Asking | None


class Done(NamedTuple):
    """The results of a batch, and the lists of addresses that they follow."""

    work: Work
    results: list[Result]
    orders: dict[str, tuple[str, ...]]


def run(work: Sequence[Work], folder: RunFolder, jobs: int) -> Iterator[Done]:
    """Do everything that isn't done yet; results are kept in the folder as they come.

    Args:
        work: what to do.
        folder: of the run.
        jobs: how many batches at once.

    Raises:
        OutputError: if the results can't be written.
        ModelError: if the model can't be asked as it is configured.
    """
    known = {(result.setup, result.item) for result in folder.run.results}
    left = [one for one in work if not _is_done(one, known)]
    if not left:
        return
    if jobs == 1:
        for one in left:
            yield _kept(folder, do(one), known)
        return
    with get_context("spawn").Pool(min(jobs, len(left)), _begin) as pool:
        # In their order, so that the same run gives the same files.
        for done in pool.imap(do, left):
            yield _kept(folder, done, known)


def _begin() -> None:
    """Ctrl-C is for the parent, which tells what there is; a report leaves few cycles to look for."""
    signal(SIGINT, SIG_IGN)
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)


def _is_done(work: Work, known: set[tuple[str, str]]) -> bool:
    return all((work.setup.name, name) in known for name in work.batch.names)


def _kept(folder: RunFolder, done: Done, known: set[tuple[str, str]]) -> Done:
    fresh = [result for result in done.results if (result.setup, result.item) not in known]
    known.update((result.setup, result.item) for result in fresh)
    folder.keep(fresh, done.orders)
    return done


def do(work: Work) -> Done:
    """Read and score the items of a batch.

    Raises:
        ModelError: if the model can't be asked as it is configured.
    """
    return asyncio.run(_do(work))


async def _do(work: Work) -> Done:
    gate = asyncio.Semaphore(_AT_ONCE)
    done = Done(work, [], {})

    async with _reader(work.plan) as reader:

        async def one(item: Item) -> None:
            async with gate:
                result, order = await _result(work, item, reader)
            done.orders[result.order] = order
            done.results.append(result)

        await asyncio.gather(*(one(item) for item in items(work.batch)))
    return done


@asynccontextmanager
async def _reader(plan: Asking | None) -> AsyncIterator[AskingReader | None]:
    if plan is None:
        yield None
    else:
        async with plan.opened(on_kept=_count_kept) as reader:
            yield reader


async def _read(
    work: Work, item: Item, document: Document, reader: AskingReader | None
) -> tuple[Extraction, ...]:
    is_reference = work.setup.is_reference
    if item.simulated is not None and work.setup.model in (SIMULATED.model, RIGHT.model):
        errs = work.setup.model == SIMULATED.model
        return (await item.simulated.extraction(document, is_reference=is_reference, errs=errs),)
    if is_reference and work.plan is not None:
        return (await _referred(work.plan, item, document),)
    return extract(document) if reader is None else await reader.extract(document)


async def _referred(plan: Asking, item: Item, document: Document) -> Extraction:
    from extractor.llm.client import OpenAIModel  # slow to import
    from extractor.llm.tokens import counter

    async with OpenAIModel(plan.settings) as model:
        form, own = _form(item.edition), counter(plan.settings.model)
        return await reference_reading(document, form, model, own, plan.prices)


def _form(edition: str) -> Form:
    return next(form for form in built_in_forms() if form.edition == edition)


async def _result(work: Work, item: Item, reader: AskingReader | None) -> tuple[Result, tuple[str, ...]]:
    begun = time.perf_counter()
    kept = [0]
    _KEPT.set(kept)
    extraction: Extraction | None = None
    error = ""
    document = Document("", item.name, "", ())
    try:
        document = open_document(item.data, item.name)
        read = await _read(work, item, document, reader)
        extraction = read[0] if len(read) == 1 else None
        error = "" if extraction is not None else f"{len(read)} reports were read"
    except InputError as failure:
        error = str(failure)
    seconds = time.perf_counter() - begun
    gold = item.gold(document)
    if work.setup.is_reference:
        gold = gold_by_value(gold, _form(item.edition))
    rated = score(document, extraction, gold)
    order = tuple(one.address for one in rated.rated)
    return (
        Result(
            item=item.name,
            suite=work.batch.suite,
            layout=item.layout,
            edition=item.edition,
            setup=work.setup.name,
            order=order_key(order),
            marks=marks_of(rated),
            lost=tuple(one.address for one in rated.rated if not one.is_on_page),
            misses=rated.misses,
            ungrounded=rated.ungrounded,
            verdict=extraction.verdict.value if extraction is not None else UNREAD,
            error=error,
            tried=rated.tried,
            **spent_of(extraction.usage if extraction is not None else None),
            kept_replies=kept[0],
            seconds=round(seconds, 4),
            steps=Counter(step.action.value for step in extraction.trace) if extraction is not None else {},
        ),
        order,
    )

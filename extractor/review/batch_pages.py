"""Pages of what a batch has read: of each report that a person should look at, beside the tables.

They are made by processes within the limits of the batch, one file after another, and kept at once: a run
that is stopped goes on where it was, and what was made is made again only when its report has changed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from extractor.batch.file_results import FileResult
from extractor.batch.journal import Journal
from extractor.batch.outcome import Failure, FailureKind, Limits, as_line
from extractor.batch.pool import Content, Pool, Read
from extractor.errors import OutputError, reason
from extractor.forms import FormSet
from extractor.output.files import keep_file, write_file
from extractor.review.kept import Kept
from extractor.review.listing import Entry, listing
from extractor.review.page_process import About
from extractor.review.writing import pages_beside
from rules.words import Bilingual, Language

#: The list of the pages, in the folder of the results.
LIST = "review.html"
_PROGRAM = "extractor.review.page_process"


class PagePlan(NamedTuple):
    """How pages are made.

    Attributes:
        jobs: how many processes make them.
        limits: of making those of one file.
        forms: the paths of files with forms of one's own, by which the reports were read.
        rules: of files with rules that were added, and names by which installed packages offer some.
        language: that pages are shown in at first.
    """

    jobs: int
    limits: Limits
    forms: Sequence[str]
    rules: Sequence[str]
    language: Language


class BatchPages(NamedTuple):
    """The pages of a batch.

    Attributes:
        addresses: of each report that has one, by what results call it, its path from the folder of results.
        failures: why the pages of a file couldn't be made.
    """

    addresses: Mapping[str, str]
    failures: Sequence[Failure]


class _File(NamedTuple):
    """A file that was read, and of which pages are to be made.

    Attributes:
        result: what came of it.
        place: where its results stand.
        content: the digest of its content.
    """

    result: FileResult
    place: tuple[str, int, int]
    content: str

    @property
    def name(self) -> str:
        """What results and the list call it."""
        return self.result.file.name

    @property
    def made_of(self) -> bytes:
        """What its pages are made of; another result of the same content stands elsewhere."""
        path, *place = self.place
        return as_line([self.content, Path(path).name, *place])

    def about(self, folder: Path, language: Language) -> About:
        """What the process that makes its pages is told.

        Args:
            folder: of the pages.
            language: that they are shown in at first.
        """
        names = tuple(self.result.reports())
        # The name of a file can hold what no name of a page may.
        pages = (sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16] for name in names)
        addresses = tuple(f"{folder.name}/{page}.html" for page in pages)
        return About(self.place, names, addresses, f"../{LIST}", language)


def write_batch_pages(
    folder: Path,
    results: Iterable[FileResult],
    journal: Journal,
    plan: PagePlan,
    tell: Callable[[int, int], None],
) -> BatchPages:
    """Write the pages of the reports that a person should look at, and a list of them.

    Args:
        folder: of the results.
        results: of all files.
        journal: that they are from.
        plan: how pages are made.
        tell: is told of how many files the pages are made, and of how many they are to be made.

    Raises:
        OutputError: if one can't be written.
        InternalError: if a process that makes them can't be started.
    """
    pages = pages_beside(folder / LIST)
    try:
        pages.mkdir(parents=True, exist_ok=True)
        return _write(pages, results, journal, plan, tell)
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {pages}：{zh}。已写出的页面都已保存，排除原因后用同一命令继续。",
            f"can't write {pages}: {en}; what was written is kept: mend this, and the same command goes on",
        ) from error


def _write(
    pages: Path,
    results: Iterable[FileResult],
    journal: Journal,
    plan: PagePlan,
    tell: Callable[[int, int], None],
) -> BatchPages:
    folder = pages.parent
    kept = Kept(pages, FormSet.from_files(plan.forms, plan.rules), plan.language)
    entries: dict[str, Sequence[Entry]] = {}
    waiting: dict[str, _File] = {}
    for result in results:
        if result.kept is None or result.copy_of is not None:
            continue
        file = _File(result, result.kept.place, journal.holdings[result.file.key].content or "")
        known = kept.entries(file.name, file.made_of)
        if known is None:
            waiting[result.file.key] = file
        else:
            entries[file.name] = known
    failures: list[Failure] = []
    for done, (file, made) in enumerate(_made(waiting, pages, plan), 1):
        if isinstance(made, Failure):
            failures.append(made)
        else:
            entries[file.name] = _written(folder, made)
            kept.add(file.name, file.made_of, entries[file.name])
        tell(done, len(waiting))
    shown = [entry for of_file in entries.values() for entry in of_file]
    keep_file(folder / LIST, listing(shown, folder.resolve().name, plan.language).encode())
    return BatchPages({entry.source: entry.page for entry in shown if entry.page is not None}, failures)


def _made(
    waiting: Mapping[str, _File], pages: Path, plan: PagePlan
) -> Iterator[tuple[_File, bytes | Failure]]:
    """The pages of each file, as the process that made them gives them, or why there are none."""
    contents = {file.content for file in waiting.values()}
    pool = Pool(
        plan.jobs,
        plan.limits,
        plan.forms,
        lambda digest: digest not in contents,
        rules=plan.rules,
        program=_PROGRAM,
        about=lambda file: waiting[file.key].about(pages, plan.language) if file.key in waiting else None,
    )
    with pool:
        for event in pool.read(file.result.file for file in waiting.values()):
            file = waiting.get(event.file.key) if event is not None else None
            if event is None or file is None or (isinstance(event, Content) and event.is_being_read):
                continue
            if not isinstance(event, Read):
                yield file, _changed(file.name)
            elif event.outcome.failure is not None:
                yield file, event.outcome.failure
            else:
                yield file, event.results if event.digest == file.content else _changed(file.name)


def _written(folder: Path, made: bytes) -> list[Entry]:
    """Write the pages of a file, and give what the list says of them."""
    entries = []
    for line in gzip.decompress(made).splitlines():
        page, entry = json.loads(line)
        entries.append(Entry.model_validate(entry))
        write_file(folder / str(entry["page"]), page.encode(), None)
    return entries


def _changed(name: str) -> Failure:
    return Failure(
        FailureKind.UNREADABLE,
        Bilingual(
            zh=f"{name} 在读取之后已改动。请再运行一次同一命令。",
            en=f"{name} has changed since it was read; run the same command again",
        ),
    )

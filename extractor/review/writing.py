"""Files become pages to look at: one for a report, a list and a page each for several."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extractor.documents.pages.page import Picture
from extractor.documents.source import Source, read_file
from extractor.errors import InputError
from extractor.forms import FormSet
from extractor.output.files import write_file
from extractor.pipeline import CompletesReports, ReadReport, read_reports
from extractor.reports.opening import name_of
from extractor.result.extraction import Extraction
from extractor.review.kept import Kept
from extractor.review.listing import Entry, entry_of, listing
from extractor.review.page import page_of
from extractor.review.pictures import page_pictures
from rules.words import Language

# What lies in a folder beside reports, or was made of them.
_NO_REPORTS = (".gongkai.json", ".csv", ".xlsx", ".parquet", ".jsonl")


@dataclass(frozen=True)
class Reviewing:
    """How files are read and shown.

    Attributes:
        forms: to read by.
        language: that pages are shown in at first.
        asking: the reader that asks a model; None to read by layout only.
        previous: last year's result, to be compared with; None if there is none.
    """

    forms: FormSet
    language: Language
    asking: CompletesReports | None = None
    previous: Extraction | None = None

    def read(self, file: Path) -> tuple[tuple[ReadReport, ...], list[Picture]]:
        """The reports in a file, and its pages as they look.

        Args:
            file: to be read.

        Raises:
            InputError: if it can't be read or holds no report.
            ModelError: if the model can't be asked as it is configured.
            InternalError: if gongkai itself fails.
        """
        data, name = read_file(file), name_of(file)
        reports = read_reports(data, forms=self.forms, name=name, asking=self.asking, previous=self.previous)
        return reports, page_pictures(Source(data, name), reports[0].document)

    def page(self, report: ReadReport, pictures: Sequence[Picture]) -> str:
        """The page of one report.

        Args:
            report: what was read.
            pictures: of the pages of its file.
        """
        return page_of(report, self.forms.forms, pictures, self.language)


def write_review(file: Path, output: Path, reviewing: Reviewing) -> int:
    """Write the page of a file; if it holds several reports, a list of them and a page each.

    Args:
        file: the report.
        output: the page, or the list; the pages that it lists lie in a folder beside it.
        reviewing: how it is read and shown.

    Returns:
        How many reports are in it.

    Raises:
        InputError: if it can't be read or holds no report.
        OutputError: if a page can't be written.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """
    reports, pictures = reviewing.read(file)
    if len(reports) == 1:
        write_file(output, reviewing.page(reports[0], pictures).encode(), file)
    else:
        entries = list(_written(reports, pictures, file, PurePosixPath(file.name), output, reviewing))
        write_file(output, listing(entries, file.name, reviewing.language).encode(), file)
    return len(reports)


def write_reviews(
    folder: Path, output: Path, reviewing: Reviewing, tell: Callable[[int, int], None]
) -> list[Entry]:
    """Write a list of the reports in a folder and in those below it, and a page each.

    What was written before, of a file that is still the same, is left as it is: work that was broken off goes
    on where it was. A model is asked again, which its cache makes cheap.

    Args:
        folder: with the reports.
        output: the list; the pages lie in a folder beside it.
        reviewing: how they are read and shown.
        tell: is told how many files are done, and of how many.

    Returns:
        What stands in the list; a file that can't be read is told there.

    Raises:
        OutputError: if a page can't be written.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """
    files = [file for file in sorted(folder.rglob("*")) if _may_be_report(file, output)]
    kept = Kept(pages_beside(output), reviewing.forms.forms, reviewing.language)
    entries: list[Entry] = []
    for done, file in enumerate(files):
        tell(done, len(files))
        entries += _entries_of(file, PurePosixPath(file.relative_to(folder)), output, reviewing, kept)
    tell(len(files), len(files))
    write_file(output, listing(entries, folder.resolve().name, reviewing.language).encode(), None)
    return entries


def _may_be_report(file: Path, output: Path) -> bool:
    is_ours = file == output or pages_beside(output) in file.parents
    return file.is_file() and not (is_ours or file.name.startswith(".") or file.name.endswith(_NO_REPORTS))


def pages_beside(output: Path) -> Path:
    """The folder of the pages that a list names: ``list-pages`` for ``list.html``.

    Args:
        output: the list.
    """
    return output.with_name(f"{output.stem}-pages")


def _entries_of(
    file: Path, name: PurePosixPath, output: Path, reviewing: Reviewing, kept: Kept
) -> Sequence[Entry]:
    try:
        data = read_file(file)
        # What a model answers, and last year's report, are no part of what is kept.
        is_kept = reviewing.asking is None and reviewing.previous is None
        entries: Sequence[Entry] | None = kept.entries(str(name), data) if is_kept else None
        if entries is None:
            reports, pictures = reviewing.read(file)
            entries = list(_written(reports, pictures, file, name, output, reviewing))
            if is_kept:
                kept.add(str(name), data, entries)
    except InputError as error:
        return [Entry(source=str(name), message=error.message)]
    return entries


def _written(
    reports: Sequence[ReadReport],
    pictures: Sequence[Picture],
    file: Path,
    name: PurePosixPath,
    output: Path,
    reviewing: Reviewing,
) -> Iterator[Entry]:
    """Write the pages of the reports in one file, and tell what the list says of each."""
    folder = pages_beside(output)
    folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(reports, 1):
        source = f"{name}#{number}" if len(reports) > 1 else str(name)
        # The path's own name can hold what no name of a file may, and two can differ in case only.
        page = f"{hashlib.sha256(source.encode()).hexdigest()[:16]}.html"
        write_file(folder / page, reviewing.page(report, pictures).encode(), file)
        yield entry_of(report.extraction, source, f"{folder.name}/{page}")

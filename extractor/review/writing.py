"""Files become pages to look at: one for a report, a list and a page each for several."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from extractor.decisions.beside import ENDING, path_beside
from extractor.decisions.kept import record_beside
from extractor.decisions.record import Decision, Record, digest_of
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
from extractor.review.page import Sitting, page_of
from extractor.review.pictures import page_pictures
from rules.words import Language

# What lies in a folder beside reports, or was made of them.
_NO_REPORTS = (ENDING, ".csv", ".xlsx", ".parquet", ".jsonl")


class ReviewedFile(NamedTuple):
    """A file that is to be looked at.

    Attributes:
        reports: in it.
        pictures: of its pages; none if it has no pages.
        source: the digest of its bytes.
        decisions: of people on it.
    """

    reports: tuple[ReadReport, ...]
    pictures: Sequence[Picture]
    source: str
    decisions: tuple[Decision, ...]

    def decided(self, number: int) -> Mapping[str, Decision]:
        """The choices that hold of a report, by the address of the cell.

        Args:
            number: of the report in the file, from 1.
        """
        return Record(name="", decisions=self.decisions).on(self.source, number)


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

    def read(self, file: Path) -> ReviewedFile:
        """The reports in a file as the evidence has them, its pages as they look, and decisions on it.

        Args:
            file: to be read.

        Raises:
            InputError: if it can't be read or holds no report, or its decisions can't be read.
            ModelError: if the model can't be asked as it is configured.
            InternalError: if gongkai itself fails.
        """
        record = record_beside(file)
        decisions = record.decisions if record is not None else ()
        return self.read_content(read_file(file), name_of(file), decisions)

    def read_content(self, data: bytes, name: str, decisions: tuple[Decision, ...] = ()) -> ReviewedFile:
        """The same of a file's content.

        Args:
            data: its bytes.
            name: what messages call it.
            decisions: of people on it.

        Raises:
            InputError: if it can't be read or holds no report.
            ModelError: if the model can't be asked as it is configured.
            InternalError: if gongkai itself fails.
        """
        reports = self._reports(data, name)
        pictures = page_pictures(Source(data, name), reports[0].document)
        return ReviewedFile(reports, pictures, digest_of(data), decisions)

    def reports_in(self, file: Path) -> tuple[bytes, tuple[ReadReport, ...]]:
        """The bytes of a file, and the reports in it as the evidence has them.

        Args:
            file: to be read; errors are those of :meth:`read`.
        """
        data = read_file(file)
        return data, self._reports(data, name_of(file))

    def _reports(self, data: bytes, name: str) -> tuple[ReadReport, ...]:
        return read_reports(data, forms=self.forms, name=name, asking=self.asking, previous=self.previous)

    def page(
        self, file: ReviewedFile, number: int, *, is_served: bool = False, list_address: str | None = None
    ) -> str:
        """The page of one report.

        Args:
            file: that it is in.
            number: of the report in it, from 1.
            is_served: whether a server keeps the decisions that are made on it.
            list_address: of the list that it is in, from the page; None if it is in none.
        """
        sitting = Sitting(file.source, number, file.decisions, is_served, list_address)
        return page_of(file.reports[number - 1], self.forms.forms, file.pictures, self.language, sitting)


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
    read = reviewing.read(file)
    if len(read.reports) == 1:
        write_file(output, reviewing.page(read, 1).encode(), file)
    else:
        entries = list(_written(read, file, PurePosixPath(file.name), output, reviewing))
        write_file(output, listing(entries, file.name, reviewing.language).encode(), file)
    return len(read.reports)


def served_pages(file: Path, reviewing: Reviewing) -> dict[str, str]:
    """The pages of a file as a server has them, by the end of their addresses; the empty one comes first.

    Args:
        file: the report.
        reviewing: how it is read and shown.

    Raises:
        InputError: if it can't be read or holds no report.
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """
    read = reviewing.read(file)
    if len(read.reports) == 1:
        return {"": reviewing.page(read, 1, is_served=True)}
    numbers = range(1, len(read.reports) + 1)
    pages = {
        str(number): reviewing.page(read, number, is_served=True, list_address="./") for number in numbers
    }
    entries = [
        entry_of(report.extraction, f"{file.name}#{number}", str(number), read.decided(number))
        for number, report in enumerate(read.reports, 1)
    ]
    return {"": listing(entries, file.name, reviewing.language), **pages}


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
    files = [file for file in reports_below(folder) if not _is_ours(file, output)]
    kept = Kept(pages_beside(output), reviewing.forms, reviewing.language)
    entries: list[Entry] = []
    for done, file in enumerate(files):
        tell(done, len(files))
        entries += _entries_of(file, PurePosixPath(file.relative_to(folder)), output, reviewing, kept)
    tell(len(files), len(files))
    write_file(output, listing(entries, folder.resolve().name, reviewing.language).encode(), None)
    return entries


def reports_below(folder: Path) -> list[Path]:
    """The files in a folder, and in those below it, that may be reports, in order.

    Args:
        folder: to be looked through.
    """
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not (file.name.startswith(".") or file.name.endswith(_NO_REPORTS))
    ]


def _is_ours(file: Path, output: Path) -> bool:
    """Whether it is the list, or a page that was written before."""
    return file == output or pages_beside(output) in file.parents


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
        decisions = path_beside(file)
        # Decisions are a part of the page, too.
        made_of = data + (read_file(decisions) if decisions.exists() else b"")
        # What a model answers, and last year's report, are no part of what is kept.
        is_kept = reviewing.asking is None and reviewing.previous is None
        entries: Sequence[Entry] | None = kept.entries(str(name), made_of) if is_kept else None
        if entries is None:
            entries = list(_written(reviewing.read(file), file, name, output, reviewing))
            if is_kept:
                kept.add(str(name), made_of, entries)
    except InputError as error:
        return [Entry(source=str(name), message=error.message)]
    return entries


def _written(
    read: ReviewedFile, file: Path, name: PurePosixPath, output: Path, reviewing: Reviewing
) -> Iterator[Entry]:
    """Write the pages of the reports in one file, and tell what the list says of each."""
    folder = pages_beside(output)
    folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(read.reports, 1):
        source = f"{name}#{number}" if len(read.reports) > 1 else str(name)
        # The path's own name can hold what no name of a file may, and two can differ in case only.
        page = f"{hashlib.sha256(source.encode()).hexdigest()[:16]}.html"
        made = reviewing.page(read, number, list_address=f"../{quote(output.name)}")
        write_file(folder / page, made.encode(), file)
        yield entry_of(report.extraction, source, f"{folder.name}/{page}", read.decided(number))

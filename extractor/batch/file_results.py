"""What came of each file of a batch, as its journal has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.batch.files import FileToRead
from extractor.batch.journal import Journal, Kept, held_files
from extractor.batch.outcome import Outcome


class FileResult(NamedTuple):
    """A file of a batch, and what came of it.

    Attributes:
        file: as it was given or found.
        outcome: what came of it.
        kept: where the results are; None if there are none.
        copy_of: the file before it with the same bytes; None if there is none.
    """

    file: FileToRead
    outcome: Outcome
    kept: Kept | None = None
    copy_of: FileToRead | None = None

    def reports(self) -> Iterator[str]:
        """What results call the reports in the file."""
        count = len(self.outcome.reports)
        for number in range(1, count + 1):
            yield self.file.name if count == 1 else f"{self.file.name}#{number}"


def results_of(files: Iterable[FileToRead], journal: Journal) -> Iterator[FileResult]:
    """What came of files, in their order; in the place of an archive stand the files in it.

    Args:
        files: of the batch.
        journal: where that is kept; files that it knows nothing of are left out.
    """
    first: dict[str, FileToRead] = {}
    for file in held_files(files, journal):
        holding = journal.holdings[file.key]
        kept = journal.kept(holding.content) if holding.content is not None else None
        if holding.content is not None and kept is not None and kept.outcome.failure is None:
            other = first.setdefault(holding.content, file)
            yield FileResult(file, kept.outcome, kept, None if other is file else other)
        elif (outcome := kept.outcome if kept is not None else holding.outcome) is not None:
            yield FileResult(file, outcome)

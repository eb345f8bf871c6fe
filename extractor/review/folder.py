"""A folder of reports as a server has it: the list is what it is now, pages are made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import NamedTuple

from extractor.decisions.kept import record_beside
from extractor.decisions.record import Record, digest_of
from extractor.errors import InputError
from extractor.review.listing import Entry, entry_of, listing, open_cells
from extractor.review.writing import Reviewing, reports_below


class _File(NamedTuple):
    """A file, and what the list says of it.

    Attributes:
        path: of the file.
        source: the digest of its bytes; empty if it can't be read.
        reports: of each report in it what the list says, and the addresses of the cells to be looked at; of
            a file that can't be read, why.
    """

    path: Path
    source: str
    reports: Sequence[tuple[Entry, frozenset[str]]]


class ServedFolder:
    """The reports in a folder and in those below it.

    Attributes:
        sources: the files, by what stands before ``decisions`` in the addresses of theirs.

    Args:
        folder: with the reports, which are read for the list.
        reviewing: how they are read and shown.
        tell: is told how many files are done, and of how many.

    Raises:
        ModelError: if the model can't be asked as it is configured.
        InternalError: if gongkai itself fails.
    """

    def __init__(self, folder: Path, reviewing: Reviewing, tell: Callable[[int, int], None]) -> None:
        self._title, self._reviewing = folder.resolve().name, reviewing
        self._files: dict[str, _File] = {}
        # A server asks from many threads; what reads knows of one.
        self._reading = Lock()
        files = reports_below(folder)
        for done, path in enumerate(files):
            tell(done, len(files))
            name = str(PurePosixPath(path.relative_to(folder)))
            # An address is never a path.
            prefix = f"{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}/"
            self._files[prefix] = self._read(path, name, prefix)
        tell(len(files), len(files))

    @property
    def sources(self) -> Mapping[str, Path]:
        """The files, by what stands before ``decisions`` in the addresses of theirs."""
        return {prefix: file.path for prefix, file in self._files.items()}

    def page(self, name: str) -> str | None:
        """The list, or the page of a report as its file and its decisions are now; None if there is none.

        Args:
            name: the end of its address.

        Raises:
            InputError: if the file can't be read any more.
        """
        if not name:
            return listing(list(self._entries()), self._title, self._reviewing.language)
        prefix, _, number = name.partition("/")
        file = self._files.get(f"{prefix}/")
        if file is None or not number.isascii() or not number.isdigit() or len(number) > 4:
            return None
        with self._reading:
            read = self._reviewing.read(file.path)
        if not 1 <= int(number) <= len(read.reports):
            return None
        return self._reviewing.page(read, int(number), is_served=True, list_address="../")

    def _read(self, path: Path, name: str, prefix: str) -> _File:
        try:
            data, reports = self._reviewing.reports_in(path)
        except InputError as error:
            return _File(path, "", [(Entry(source=name, message=error.message), frozenset())])
        names = [f"{name}#{number}" for number in range(1, len(reports) + 1)] if len(reports) > 1 else [name]
        listed = [
            (entry_of(report.extraction, own, f"{prefix}{number}", ()), open_cells(report.extraction))
            for number, (own, report) in enumerate(zip(names, reports, strict=True), 1)
        ]
        return _File(path, digest_of(data), listed)

    def _entries(self) -> Iterator[Entry]:
        for file in self._files.values():
            record = _record(file.path)
            for number, (entry, cells) in enumerate(file.reports, 1):
                left = cells - record.on(file.source, number).keys()
                yield entry.model_copy(update={"open": len(left)})


def _record(path: Path) -> Record:
    """The decisions on a file; none, if they can't be read: its page says so."""
    try:
        return record_beside(path) or Record(name="")
    except InputError:
        return Record(name="")

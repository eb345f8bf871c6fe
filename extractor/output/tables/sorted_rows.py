"""Rows that are put in order when all are known: they wait on disk, so that memory doesn't grow with them."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from types import TracebackType

from extractor.output.tables.entry import Entry


class SortedRows:
    """Rows with a key, given back in the order of their keys.

    They are kept in a file that SQLite makes in the folder for temporary files and removes at the end.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        # Nothing of it outlives the process, so that nothing need be made safe.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE waiting (first, second, row BLOB)")

    def __enter__(self) -> SortedRows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, key: tuple[int | str, int | str], row: Sequence[Entry]) -> None:
        """Keep a row.

        Args:
            key: by which the rows are put in order, part by part; rows with the same key stay in the order in
                which they came.
            row: an entry a column.
        """
        self._database.execute("INSERT INTO waiting VALUES (?, ?, ?)", (*key, pickle.dumps(row)))

    def __iter__(self) -> Iterator[Sequence[Entry]]:
        """The rows in order."""
        query = "SELECT row FROM waiting ORDER BY first, second, rowid"
        with closing(self._database.execute(query)) as rows:
            for (row,) in rows:
                yield pickle.loads(row)  # noqa: S301 - our own, of this process

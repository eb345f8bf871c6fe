"""The server of pages to look at, while a test asks it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.review.folder import ServedFolder
from extractor.review.server import ReviewServer, Served
from extractor.review.writing import served_pages
from tests.helpers.reviewing import REVIEWING


def served(source: Path) -> Served:
    """What there is to serve of a report, or a folder."""
    if source.is_dir():
        folder = ServedFolder(source, REVIEWING, lambda _done, _of: None)
        return Served(folder.sources, folder.page)
    return Served({"": source}, served_pages(source, REVIEWING).get)


@contextmanager
def serving(report: Path) -> Iterator[ReviewServer]:
    """A server for one report, or for a folder."""
    with ReviewServer(served(report)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()

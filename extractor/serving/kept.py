"""What the service keeps of what it has read: in memory, for a while, under names that nobody guesses."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from extractor.serving.readers import ReadFile

# Nothing is kept longer, nor more than that.
SECONDS, MEGABYTES = 3600.0, 256


class Kept:
    """Files as they were read; the oldest go first.

    Args:
        clock: tells the time in seconds.
        megabytes: of results and pages together.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, megabytes: int = MEGABYTES) -> None:
        self._clock = clock
        self._most = megabytes * 1024 * 1024
        self._files: OrderedDict[str, tuple[float, int, ReadFile]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def add(self, file: ReadFile) -> str:
        """Keep a file; its name."""
        name = secrets.token_urlsafe(18)
        size = sum(len(text.encode()) for text in (*file.results, *file.pages))
        with self._lock:
            self._files[name] = (self._clock(), size, file)
            self._size += size
            self._drop()
        return name

    def get(self, name: str) -> ReadFile | None:
        """A file; None if it isn't there, or no longer."""
        with self._lock:
            self._drop()
            found = self._files.get(name)
        return found[2] if found is not None else None

    def _drop(self) -> None:
        while self._files:
            begun, size, _ = next(iter(self._files.values()))
            if self._size <= self._most and self._clock() - begun <= SECONDS:
                return
            self._files.popitem(last=False)
            self._size -= size

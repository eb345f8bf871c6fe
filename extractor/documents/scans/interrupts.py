"""What asks the program to stop, where it can't stop at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ASKING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_put_off() -> Iterator[None]:
    """Within it, Ctrl-C and SIGTERM wait for the end.

    A compiled module that is interrupted while it is imported says that it can't be imported, and keeps to
    itself what interrupted it. Only the main thread is ever interrupted: in another, nothing is put off.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    handlers = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in _ASKING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for interrupt in asked:
            signal.raise_signal(interrupt)

"""What asks the program to end is obeyed in order: temporary files go, programs that it started end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# What shells say of a program that ended by a signal: 128 and its number.
_STATUS = 128 + signal.SIGTERM


@contextmanager
def terminated_in_order() -> Iterator[None]:
    """Within it, SIGTERM does what Ctrl-C does at that time, but for the exit status, which is 143."""
    is_asked = False

    def end(_signal: int, frame: FrameType | None) -> None:
        nonlocal is_asked
        is_asked = True
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):
            # As where a shell started the program in the background.
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        if is_asked:
            raise SystemExit(_STATUS) from None
        raise
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

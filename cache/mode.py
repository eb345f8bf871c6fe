"""What kept replies are used for; apart from what uses them, so that naming it costs nothing."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What a cache is used for.

    ``off``: nothing · ``read-write``: replies are taken from it, and put there · ``replay``: replies are
    taken from it, and nothing on disk is changed.
    """

    OFF = "off"
    READ_WRITE = "read-write"
    REPLAY = "replay"

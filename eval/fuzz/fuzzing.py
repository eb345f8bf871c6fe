"""``make fuzz``: damaged files of every format, for some minutes; what crashed, and what took longest.

Hypothesis draws the damages. What fails it makes smaller, keeps in ``.hypothesis`` and tries again first in
the next run. The exit status is 1 if of a file came anything but a result or an error of ours, or too late.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from eval.fuzz.corpus import corpus
from eval.fuzz.damaging import WAYS, Damage, damaged
from extractor import GongkaiError, InternalError, extract

_MINUTES, _SECONDS = 5.0, 30.0
_EXAMPLES = 100
# Of a failure so much is told; the same round draws the file again.
_LONGEST = 300
_PART = st.floats(0, 1, exclude_max=True)
_CHANGES = st.lists(st.builds(Damage, st.sampled_from(sorted(WAYS)), _PART, _PART), min_size=1, max_size=4)
# They start LibreOffice, or recognise pictures, which takes seconds; the others get most of the time.
_SLOW = frozenset({"DOC", "RTF", "ODT", "Word XML", "picture"})
_SHARE = 0.25


@dataclass
class Tally:
    """What came of the files of a format.

    Attributes:
        executions: how many files were read.
        refused: of how many an error of ours came.
        slowest: how long one took, in seconds of this process.
        failures: what else came.
    """

    executions: int = 0
    refused: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def main() -> None:
    """Fuzz, and print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=_MINUTES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--format", action="append", help="only this one; may be given more than once")
    given_ = parser.parse_args()
    known = corpus()
    if unknown := set(given_.format or ()) - set(known):
        parser.error(f"no such format: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    files = {name: own for name, own in known.items() if not given_.format or name in given_.format}
    weights = {name: _SHARE if name in _SLOW else 1.0 for name in files}
    tallies = {}
    for name, own in files.items():
        seconds = given_.minutes * 60 * weights[name] / sum(weights.values())
        tallies[name] = tally = fuzzed(own, seconds, given_.seed, read)
        print(
            f"{name:12} {tally.executions:7} files, {tally.refused:7} refused, "
            f"slowest {tally.slowest:6.2f} s, {len(tally.failures)} failures",
            flush=True,
        )
    failures = [f"{name}: {one}" for name, tally in tallies.items() for one in tally.failures]
    print(*failures, sep="\n", file=sys.stderr)
    print(f"{sum(tally.executions for tally in tallies.values())} files, {len(failures)} failures")
    sys.exit(bool(failures))


def read(data: bytes) -> None:
    """Read a file as users do; an error of ours but a bug is a result like any."""
    extract(data, name="fuzzed")


def fuzzed(
    files: Sequence[bytes], seconds: float, first: int, reads: Callable[[bytes], None], most: float = _SECONDS
) -> Tally:
    """Read damaged files for some time.

    Args:
        files: what is damaged.
        seconds: how long; at least one round is made.
        first: the seed of the first round.
        reads: reads a file.
        most: how many seconds a file may take.
    """
    tally = Tally()
    end = time.monotonic() + seconds
    rounds = 0
    while rounds == 0 or (time.monotonic() < end and not tally.failures):
        _round(files, first + rounds, reads, tally, end if rounds else None, most)
        rounds += 1
    return tally


def _round(
    files: Sequence[bytes],
    number: int,
    reads: Callable[[bytes], None],
    tally: Tally,
    end: float | None,
    most: float,
) -> None:
    @seed(number)
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
    )
    @given(st.sampled_from(files), _CHANGES, st.none() | _PART)
    def attempt(data: bytes, changes: list[Damage], member: float | None) -> None:
        if end is not None and time.monotonic() > end:
            return
        tally.executions += 1
        # Of this process: what else the machine does is no matter, and what we start has limits of its own.
        begun = time.process_time()
        try:
            reads(damaged(data, changes, member))
        except InternalError:
            raise
        except GongkaiError:
            tally.refused += 1
        taken = time.process_time() - begun
        tally.slowest = max(tally.slowest, taken)
        if taken > most:
            raise TimeoutError(f"{taken:.1f} s")

    with suppress(KeyboardInterrupt):
        try:
            attempt()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            tally.failures.append(f"round {number}: {error!r}"[:_LONGEST])


if __name__ == "__main__":
    main()

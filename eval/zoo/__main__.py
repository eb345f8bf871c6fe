"""``make zoo``: documents of every layout, made and read, and a table of what came of their cells."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from eval.zoo.layouts import COUNTS, LAYOUTS, Layout
from eval.zoo.programs import missing
from eval.zoo.running import parts_of, run
from eval.zoo.score import Score
from eval.zoo.telling import READMES, is_good, told, with_table

_ROOT = Path(__file__).parent.parent.parent


def _wanted(names: Sequence[str], count: int | None) -> list[tuple[Layout, int]]:
    """The layouts to be run, and how many documents of each; tells which can't be."""
    wanted = []
    for layout in [layout for layout in Layout if not names or layout in names]:
        reason = missing(LAYOUTS[layout].needs)
        if reason:
            print(f"{layout} is left out: {reason}", file=sys.stderr)
            continue
        wanted.append((layout, COUNTS[layout.kind] if count is None else count))
    return wanted


def _run(layouts: Sequence[tuple[Layout, int]], seed: int, jobs: int) -> dict[Layout, Score]:
    """The scores of what was done; on Ctrl-C, of what there is."""
    scores = {layout: Score() for layout, _ in layouts}
    parts = list(parts_of(layouts, seed))
    total, done, begun = sum(part.size for part in parts), 0, time.monotonic()
    try:
        for part, own in run(parts, jobs):
            scores[part.layout].add(own)
            done += part.size
            if sys.stderr.isatty():
                elapsed = time.monotonic() - begun
                print(f"\r{done} of {total} documents, {elapsed:.0f} s", end="", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from here. This is what there is:", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return {layout: score for layout, score in scores.items() if score.documents}


def main() -> None:
    """Print the table; exit 1 if a layout is read worse than it must be."""
    parser = argparse.ArgumentParser(prog="python -m eval.zoo", description=__doc__)
    parser.add_argument("--layout", action="append", default=[], choices=[str(one) for one in Layout])
    parser.add_argument("--count", type=int, help="documents of each layout")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--readme", action="store_true", help="write the table into both READMEs")
    arguments = parser.parse_args()
    scores = _run(_wanted(arguments.layout, arguments.count), arguments.seed, arguments.jobs)
    print("\n".join(told(scores)))
    if arguments.readme:
        for name, language in READMES.items():
            path = _ROOT / name
            path.write_text(with_table(path.read_text(encoding="utf-8"), scores, language), encoding="utf-8")
    sys.exit(not all(is_good(score) for score in scores.values()))


if __name__ == "__main__":
    main()

"""What reading and verifying a page takes, over the layouts of the zoo: the median, and the slowest ones.

Of the processor's time, for the tables alone: files are opened before. A page that admits many placements of
its figures takes longer than a clear one; at the 99th percentile it may take 50 ms on an idle core.
"""

from __future__ import annotations

import argparse
import sys
import time
from statistics import median, quantiles

from eval.bench.clock import name_of_cpu
from eval.zoo.documents import documents
from eval.zoo.layouts import LAYOUTS, Kind, Layout
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import open_document
from extractor.verify.verification import verify

_KINDS = (Kind.TEXT, Kind.HTML, Kind.WORD)
_SLOWEST = 5
# One run of a page may be held up by the machine; the fastest of so many isn't.
_RUNS = 3


def milliseconds(layout: Layout, count: int, seed: int) -> list[float]:
    """What each page of a layout takes, by the processor's clock.

    Args:
        layout: of the zoo.
        count: how many pages.
        seed: that they are drawn by.
    """
    times = []
    for file in documents(layout, seed, count):
        document = open_document(file.data, file.name)
        runs = []
        for _ in range(_RUNS):
            start = time.thread_time()
            for found in read_by_layout(document):
                verify(found.document, found.reading, found.forms).extraction(found.header)
            runs.append(1000 * (time.thread_time() - start))
        times.append(min(runs))
    return times


def main() -> None:
    """Read pages of every layout and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="pages of each layout")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(name_of_cpu())
    every: list[float] = []
    by_layout: dict[Layout, list[float]] = {}
    layouts = [layout for layout in Layout if LAYOUTS[layout].kind in _KINDS]
    for layout in layouts:
        by_layout[layout] = milliseconds(layout, arguments.count, arguments.seed)
        every += by_layout[layout]
        if sys.stderr.isatty():
            print(f"\r\x1b[K{len(by_layout)} of {len(layouts)} layouts", end="", file=sys.stderr, flush=True)
    percentiles = quantiles(every, n=100)
    print(f"{len(every)} pages of {len(layouts)} layouts, milliseconds of CPU time a page:")
    print(
        f"median {median(every):.1f}, 95 % {percentiles[94]:.1f}, 99 % {percentiles[98]:.1f}, "
        f"most {max(every):.1f}"
    )
    for layout in sorted(by_layout, key=lambda one: max(by_layout[one]), reverse=True)[:_SLOWEST]:
        times = by_layout[layout]
        print(f"  {layout}: median {median(times):.1f}, most {max(times):.1f}")


if __name__ == "__main__":
    main()

"""The results of a run as lines for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator

from eval.scoring.run import Run
from eval.scoring.score import Fit
from eval.scoring.totals import (
    COLUMNS,
    Totals,
    by_edition,
    by_layout,
    by_setup,
    by_table,
    everything,
    percent,
    totals,
)
from extractor.result.cells import Status

_WIDTH = 10


def summary(run: Run) -> Iterator[str]:
    """Everything that a run shows, line by line."""
    own = run.own
    for heading, groups in (
        ("layout", totals(own, by_layout)),
        ("table", by_table(own)),
        ("edition", totals(own, by_edition)),
        ("read by", totals(run, by_setup)),
    ):
        yield from _table(heading, groups)
        yield ""
    yield from _rest(everything(own))


def _table(heading: str, groups: dict[str, Totals]) -> Iterator[str]:
    first = max([len(heading), *map(len, groups)])
    yield heading.ljust(first) + "".join(column.head.rjust(_WIDTH) for column in COLUMNS)
    for name, group in groups.items():
        yield name.ljust(first) + "".join(column.of(group).rjust(_WIDTH) for column in COLUMNS)


def _rest(group: Totals) -> Iterator[str]:
    cells = sum(group.statuses.values())
    yield (
        "cells: " + ", ".join(f"{fit} {group.fits[fit]}" for fit in Fit) + f", ungrounded {group.ungrounded}"
    )
    yield f"wrong and confirmed: {group.silent} of {cells} cells, below {group.silent_bound:.2e} at 95 %"
    yield "exact among: " + ", ".join(
        f"{status} {percent(group.exact[status] / group.statuses[status])}"
        for status in Status
        if group.statuses[status]
    )
    for name, tried in group.tried.items():
        macro = group.macro(name)
        if macro is not None:
            yield (
                f"{name}: {tried.told}; precision "
                f"{percent(tried.precision)} (macro {percent(macro[0])}), recall {percent(tried.recall)} "
                f"(macro {percent(macro[1])})"
            )
    yield (
        f"{group.requests} requests ({group.kept_replies} questions answered by kept replies), "
        f"{group.input_tokens} tokens in, {group.output_tokens} out"
        + (f", cost {group.cost:f}" if group.cost is not None else "")
        + f", {group.seconds:.1f} s"
    )

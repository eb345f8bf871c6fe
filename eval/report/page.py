"""Writing the report of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, select_autoescape
from markupsafe import Markup

from eval.report.picture import picture
from eval.scoring.run import Run
from eval.scoring.score import Miss
from eval.scoring.totals import (
    COLUMNS,
    Totals,
    by_edition,
    by_layout,
    by_setup,
    by_table,
    everything,
    markdown,
    percent,
    totals,
)
from extractor.result.cells import Status

_TEMPLATE = Path(__file__).with_name("page.html")
_MOST_SHOWN = 200
_FLAGGED = (Status.DISPUTED, Status.ABSENT)


def tables(run: Run) -> dict[str, dict[str, Totals]]:
    """The results in groups, by what they are grouped by."""
    own = run.own
    return {
        "layout": totals(own, by_layout),
        "table": by_table(own),
        "edition": totals(own, by_edition),
        "reader": totals(run, by_setup),
    }


def to_html(run: Run) -> str:
    """One page with everything; it needs no network and no script.

    Args:
        run: with its results.
    """
    environment = Environment(autoescape=select_autoescape(default=True), trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    groups, own = tables(run), everything(run.own)
    misses = sorted(_misses(run.own), key=lambda one: one[2].status in _FLAGGED)
    confusion: dict[str, Counter[Status]] = {}
    for _, _, miss in misses:
        confusion.setdefault(miss.fit, Counter())[miss.status] += 1
    tried = [(name, one, macro) for name, one in own.tried.items() if (macro := own.macro(name)) is not None]
    return template.render(
        title=", ".join(run.manifest["suites"]),
        all=own,
        cells=sum(own.statuses.values()),
        tables=groups,
        columns=COLUMNS,
        percent=percent,
        # Made of numbers and escaped names.
        picture=Markup(picture(groups["reader"])),  # noqa: S704
        tried=tried,
        confusion=confusion,
        confusion_statuses=list(Status),
        misses=len(misses),
        shown=misses[:_MOST_SHOWN],
        manifest=run.manifest,
    )


def _misses(run: Run) -> Iterator[tuple[str, str, Miss]]:
    for result in run.results:
        yield from ((result.item, result.setup, miss) for miss in result.misses)


def to_markdown(run: Run) -> str:
    """The tables, for a pull request or a README."""
    own = everything(run.own)
    lines = [
        f"Wrong and confirmed: **{own.silent}** of {sum(own.statuses.values())} cells, "
        f"below {own.silent_bound:.2e} at 95 %.",
    ]
    for heading, groups in tables(run).items():
        lines += ["", *markdown(heading, groups)]
    lines += [""]
    for name, tried in own.tried.items():
        macro = own.macro(name)
        if macro is not None:
            lines.append(
                f"- {name}: {tried.told}; precision "
                f"{percent(tried.precision)}, recall {percent(tried.recall)}"
            )
    return "\n".join(lines) + "\n"

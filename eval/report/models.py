"""Models beside the layout alone: as lines for a terminal, and as one page with the cells that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, select_autoescape

from eval.scoring.paired import BY_LAYOUT, Paired, differing, paired, setups_of
from eval.scoring.run import Run

_TEMPLATE = Path(__file__).with_name("models.html")
_MOST_SHOWN = 1000


class _Column(NamedTuple):
    head: str
    of: Callable[[Paired], str]


_COLUMNS = (
    _Column("reports", lambda one: f"{len(one.results)}"),
    _Column("requests", lambda one: f"{sum(result.requests for result in one.results)}"),
    _Column("questions", lambda one: f"{one.asked}"),
    _Column("refused", lambda one: f"{one.refused}"),
    _Column("unusable", lambda one: f"{one.unusable}"),
    _Column("tokens in", lambda one: f"{sum(result.input_tokens for result in one.results)}"),
    _Column("out", lambda one: f"{sum(result.output_tokens for result in one.results)}"),
    _Column("price", lambda one: "–" if one.cost is None else f"{one.cost:f}"),
    _Column("seconds", lambda one: f"{sum(result.seconds for result in one.results):.1f}"),
    _Column("settled", lambda one: f"{one.settled}"),
    _Column("wrong", lambda one: f"{one.wrongly_settled}"),
    _Column("spoilt", lambda one: f"{one.spoilt}"),
    _Column("left open", lambda one: f"{one.left_open}"),
    _Column("p", lambda one: f"{one.probability:.2g}"),
)


def model_lines(run: Run) -> Iterator[str]:
    """A line a model, beside the layout alone.

    Args:
        run: that has a reading by layout of every report.
    """
    models = paired(run)
    first = max([len("model"), *(len(one.name) for one in models)])
    widths = [max(len(column.head), *(len(column.of(one)) for one in models), 0) + 2 for column in _COLUMNS]
    heads = zip(_COLUMNS, widths, strict=True)
    yield "model".ljust(first) + "".join(column.head.rjust(width) for column, width in heads)
    for one in models:
        cells = zip(_COLUMNS, widths, strict=True)
        yield one.name.ljust(first) + "".join(column.of(one).rjust(width) for column, width in cells)


def to_models_html(run: Run) -> str:
    """One page: a row a model, and the cells that differ side by side; it needs no network and no script.

    Args:
        run: that has a reading by layout of every report.
    """
    environment = Environment(autoescape=select_autoescape(default=True), trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    cells = differing(run)
    shown = list(islice(cells, _MOST_SHOWN))
    return template.render(
        title=", ".join(run.manifest["suites"]),
        columns=_COLUMNS,
        models=paired(run),
        setups=setups_of(run),
        layout=BY_LAYOUT,
        shown=shown,
        more=sum(1 for _ in cells),
    )

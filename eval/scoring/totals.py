"""Adding up the results of a run, by layout, edition, table or setup; eval.scoring.score has the metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp, lgamma, log, log1p
from typing import NamedTuple

from eval.scoring.metrics import METRICS, Tried
from eval.scoring.run import Result, Run
from eval.scoring.score import Fit, Kind, is_right, is_silent, is_unflagged
from extractor.result.cells import Status
from extractor.result.verdict import Verdict

_CONFIDENCE = 0.95
_NOTHING = Tried(0, 0, 0)


@dataclass(slots=True)
class Totals:
    """What was counted over results; every other figure of theirs follows from it.

    Attributes:
        reports: how many.
        kinds: how many of their cells are of which kind.
        ungrounded: cells that aren't printed where they claim to be.
        verdicts: of the reports.
        tried: what was found, by metric (micro).
        shares: by metric: the precision and recall of every report that has any (macro).
        requests, kept_replies, input_tokens, output_tokens, cost, seconds: of all.
    """

    reports: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    ungrounded: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    tried: dict[str, Tried] = field(default_factory=lambda: {metric.name: _NOTHING for metric in METRICS})
    shares: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: {metric.name: [] for metric in METRICS}
    )
    requests: int = 0
    kept_replies: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    seconds: float = 0.0

    def add(self, result: Result, kinds: Mapping[Kind, int]) -> None:
        """Count a report.

        Args:
            result: of the report.
            kinds: how many of its cells are of which kind; those of one table, where only that is counted.
        """
        self.reports += 1
        self.kinds.update(kinds)
        self.ungrounded += result.ungrounded
        self.verdicts[result.verdict] += 1
        for name, tried in result.tried.items():
            if tried is not None:
                self.tried[name] += tried
                if any(tried):
                    self.shares[name].append((tried.precision, tried.recall))
        self.requests += result.requests
        self.kept_replies += result.kept_replies
        self.input_tokens += result.input_tokens
        self.output_tokens += result.output_tokens
        self.seconds += result.seconds
        if result.cost is not None:
            self.cost = (self.cost or Decimal(0)) + result.cost

    def count(self, is_counted: Callable[[Kind], bool]) -> int:
        """How many cells are of the kinds that are counted."""
        return sum(count for kind, count in self.kinds.items() if is_counted(kind))

    @property
    def cells(self) -> int:
        """Cells that are expected on their pages, and told apart there."""
        return self.count(lambda kind: kind.is_on_page)

    @property
    def fits(self) -> Counter[Fit]:
        """How many of ``cells`` compare how."""
        counts = Counter[Fit]()
        for kind, count in self.kinds.items():
            if kind.is_on_page:
                counts[kind.fit] += count
        return counts

    @property
    def right(self) -> int:
        """Those of ``cells`` that are exact and that nobody is asked to look at."""
        return self.count(is_right)

    @property
    def statuses(self) -> Counter[Status]:
        """How many of all cells have which status."""
        return self._by_status(lambda _: True)

    @property
    def exact(self) -> Counter[Status]:
        """How many of all cells have which status, and are exact."""
        return self._by_status(lambda kind: kind.fit is Fit.EXACT)

    def _by_status(self, is_counted: Callable[[Kind], bool]) -> Counter[Status]:
        counts = Counter[Status]()
        for kind, count in self.kinds.items():
            if is_counted(kind):
                counts[kind.status] += count
        return counts

    @property
    def silent(self) -> int:
        """Cells that aren't exact and are confirmed, whether the page tells them apart or not."""
        return self.count(is_silent)

    @property
    def unflagged(self) -> int:
        """Cells that aren't exact and that nobody is asked to look at; silent ones too."""
        return self.count(is_unflagged)

    @property
    def share_right(self) -> float:
        """Of the cells that the pages tell apart; 1 without any."""
        return self.right / self.cells if self.cells else 1.0

    @property
    def silent_bound(self) -> float:
        """The upper bound of the share of silent errors, at 95 % (Clopper and Pearson, one-sided).

        It takes cells for independent of each other, as a model's errors in one answer aren't.
        """
        return upper_bound(self.silent, sum(self.statuses.values()))

    @property
    def verified(self) -> int:
        """Reports with this verdict."""
        return self.verdicts[Verdict.VERIFIED.value]

    @property
    def without_person(self) -> int:
        """Reports that nobody has to look at."""
        return self.verified + self.verdicts[Verdict.SOURCE_ERROR.value]

    @property
    def share_verified(self) -> float:
        """Of the reports; 1 without any."""
        return self.verified / self.reports if self.reports else 1.0

    @property
    def share_without_person(self) -> float:
        """Of the reports; 1 without any."""
        return self.without_person / self.reports if self.reports else 1.0

    def macro(self, name: str) -> tuple[float, float] | None:
        """The mean precision and recall by a metric; None where no report has anything to find."""
        shares = self.shares[name]
        if not shares:
            return None
        return sum(one for one, _ in shares) / len(shares), sum(one for _, one in shares) / len(shares)


def by_layout(result: Result) -> str:
    """The layout of a result."""
    return result.layout


def by_edition(result: Result) -> str:
    """The edition of a result."""
    return result.edition


def by_setup(result: Result) -> str:
    """How it was read."""
    return result.setup


def totals(run: Run, key: Callable[[Result], str]) -> dict[str, Totals]:
    """The results of a run in groups, in the order in which they come."""
    groups: dict[str, Totals] = {}
    for result in run.results:
        groups.setdefault(key(result), Totals()).add(result, run.kinds(result))
    return groups


def by_table(run: Run) -> dict[str, Totals]:
    """The cells of a run by the table that they stand in."""
    groups: dict[str, Totals] = {}
    for result in run.results:
        tables: dict[str, dict[Kind, int]] = {}
        for kind, count in run.kinds(result).items():
            tables.setdefault(kind.table, {})[kind] = count
        for table, kinds in tables.items():
            groups.setdefault(table, Totals()).add(result, kinds)
    return groups


def everything(run: Run) -> Totals:
    """All results of a run."""
    return next(iter(totals(run, lambda _: "").values()), Totals())


# --- a bound ---------------------------------------------------------------------------------------


def upper_bound(events: int, trials: int) -> float:
    """Clopper and Pearson's one-sided upper bound of a share, at 95 %."""
    if not trials or events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 1 - _CONFIDENCE else (low, middle)
    return high


def _at_most(events: int, trials: int, share: float) -> float:
    """How probable so few events are."""
    return sum(
        exp(
            lgamma(trials + 1)
            - lgamma(k + 1)
            - lgamma(trials - k + 1)
            + k * log(share)
            + (trials - k) * log1p(-share)
        )
        for k in range(events + 1)
    )


# --- as a table ------------------------------------------------------------------------------------


def percent(share: float) -> str:
    """A share with two decimals, never rounded up to 100."""
    return "100%" if share == 1 else f"{min(share * 100, 99.99):.2f}%"


class Column(NamedTuple):
    """A column of a table of totals: its head, and what it shows of a group."""

    head: str
    of: Callable[[Totals], str]


COLUMNS = (
    Column("reports", lambda group: str(group.reports)),
    Column("cells", lambda group: str(group.cells)),
    Column("right", lambda group: percent(group.share_right)),
    Column("verified", lambda group: percent(group.share_verified)),
    Column("no person", lambda group: percent(group.share_without_person)),
    Column("disputed", lambda group: str(group.statuses[Status.DISPUTED])),
    Column("unflagged", lambda group: str(group.unflagged)),
    Column("SILENT", lambda group: str(group.silent)),
    Column("below", lambda group: f"{group.silent_bound:.1e}"),
)


def markdown(heading: str, groups: dict[str, Totals]) -> Iterator[str]:
    """A table in Markdown, line by line."""
    yield f"| {heading} | {' | '.join(column.head for column in COLUMNS)} |"
    yield "|---" + "|--:" * len(COLUMNS) + "|"
    for name, group in groups.items():
        yield f"| {name} | {' | '.join(column.of(group) for column in COLUMNS)} |"

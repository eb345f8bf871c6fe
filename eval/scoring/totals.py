"""Adding up the results of a run, by layout, edition, table or setup; eval.scoring.score has the metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp, lgamma, log, log1p

from eval.scoring.run import Result, Run
from eval.scoring.score import Fit, Kind, Tried, is_silent, is_unflagged
from extractor.result.cells import Status
from extractor.result.extraction import Verdict

_CONFIDENCE = 0.95
_NOTHING = Tried(0, 0, 0)
_TRIED = ("findings", "claims", "relations")


@dataclass(slots=True)
class Totals:
    """What was counted over results.

    Attributes:
        reports: how many.
        cells: expected on their pages, and told apart there.
        fits: of these, how many compare how.
        right: of these, those that are exact and that nobody is asked to look at.
        statuses: how many of all expected cells have which status; exact: and are exact.
        silent: cells that aren't exact and are confirmed, whether the page tells them apart or not.
        unflagged: cells that aren't exact and that nobody is asked to look at; silent ones too.
        ungrounded: cells that aren't printed where they claim to be.
        verdicts: of the reports.
        tried: findings, claims, relations: what was found of them (micro).
        shares: of findings, claims, relations: the precision and recall of every report that has any (macro).
        requests, kept_replies, input_tokens, output_tokens, cost, seconds: of all.
    """

    reports: int = 0
    cells: int = 0
    right: int = 0
    fits: Counter[Fit] = field(default_factory=Counter)
    statuses: Counter[Status] = field(default_factory=Counter)
    exact: Counter[Status] = field(default_factory=Counter)
    silent: int = 0
    unflagged: int = 0
    ungrounded: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    tried: dict[str, Tried] = field(default_factory=lambda: dict.fromkeys(_TRIED, _NOTHING))
    shares: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: {name: [] for name in _TRIED}
    )
    requests: int = 0
    kept_replies: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    seconds: float = 0.0

    def add(self, result: Result, kinds: Mapping[Kind, int]) -> None:
        """Count a report, with so many of its cells of each kind."""
        self.reports += 1
        for kind, count in kinds.items():
            is_exact = kind.fit is Fit.EXACT
            self.statuses[kind.status] += count
            self.exact[kind.status] += count * is_exact
            self.silent += count * is_silent(kind)
            self.unflagged += count * is_unflagged(kind)
            if kind.is_on_page:
                self.cells += count
                self.fits[kind.fit] += count
                self.right += count * (is_exact and kind.status is not Status.DISPUTED)
        self.ungrounded += result.ungrounded
        self.verdicts[result.verdict] += 1
        for name in _TRIED:
            tried: Tried | None = getattr(result, name)
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

    def macro(self, name: str) -> tuple[float, float] | None:
        """The mean precision and recall of findings, claims or relations; None where no report has any."""
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

HEADS = ("reports", "cells", "right", "verified", "no person", "disputed", "unflagged", "SILENT", "below")


def row(group: Totals) -> tuple[str, ...]:
    """The columns of ``HEADS``."""
    return (
        str(group.reports),
        str(group.cells),
        percent(group.share_right),
        percent(group.verified / group.reports if group.reports else 1.0),
        percent(group.without_person / group.reports if group.reports else 1.0),
        str(group.statuses[Status.DISPUTED]),
        str(group.unflagged),
        str(group.silent),
        f"{group.silent_bound:.1e}",
    )


def percent(share: float) -> str:
    """A share with two decimals, never rounded up to 100."""
    return "100%" if share == 1 else f"{min(share * 100, 99.99):.2f}%"


def markdown(heading: str, groups: dict[str, Totals]) -> Iterator[str]:
    """A table in Markdown, line by line."""
    yield f"| {heading} | {' | '.join(HEADS)} |"
    yield "|---" + "|--:" * len(HEADS) + "|"
    for name, group in groups.items():
        yield f"| {name} | {' | '.join(row(group))} |"

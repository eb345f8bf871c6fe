"""What got better and what worse between two runs, and whether that can be chance."""

from __future__ import annotations

import pytest

from eval.scoring.compare import Comparison, compare, lines
from eval.scoring.metrics import Tried
from eval.scoring.run import Run
from extractor.result.cells import Cell, Status
from rules.confront import State
from tests.helpers.scored import SEVEN, TWELVE, ZERO, cell, result, run_of, scored

SILENT = cell("t.b.x", "8", SEVEN)
UNFLAGGED = cell("t.b.x", "8", SEVEN, Status.UNCHECKED)
FLAGGED = cell("t.b.x", "8", SEVEN, Status.DISPUTED)
ABSENT = cell("t.b.x", "", None, Status.ABSENT, State.ABSENT)
DOUBTED = cell("t.b.x", "7", SEVEN, Status.DISPUTED)
UNPROVED = cell("t.b.x", "7", SEVEN, Status.UNCHECKED)
RIGHT = cell("t.b.x", "7", SEVEN)
AS_PRINTED = cell("t.b.x", "7", SEVEN, Status.AS_PRINTED)


def run(*changed: Cell) -> Run:
    return run_of(result("a", scored(*changed)))


ORDER = [(SILENT,), (UNFLAGGED,), (FLAGGED, ABSENT, DOUBTED), (UNPROVED,), (RIGHT, AS_PRINTED)]


def test_cells_rank_by_how_far_they_mislead() -> None:
    ranked = [(rank, run(one)) for rank, group in enumerate(ORDER) for one in group]
    for rank, one in ranked:
        for other_rank, other in ranked:
            found = compare(one, other)
            assert (len(found.better), len(found.worse)) == (other_rank > rank, other_rank < rank)
            assert found.cells == 6


def test_a_change_is_told_cell_by_cell() -> None:
    found = compare(run(DOUBTED), run(SILENT))
    assert found.worse == [("a", "layout", "t.b.x", "exact disputed", "wrong confirmed")]
    assert found.newly_silent == found.worse
    assert list(lines(found, 20)) == [
        "6 cells: 0 better, 1 worse (sign test p = 1), 1 newly silent",
        "  worse  a  t.b.x  exact disputed → wrong confirmed  (layout)",
    ]


def test_a_cell_that_appears_from_nowhere_is_worse_and_better_when_it_goes() -> None:
    invented = cell("t.z.x", "12", TWELVE)
    found = compare(run(), run(invented))
    assert found.newly_silent == [("a", "layout", "t.z.x", "-", "spurious confirmed")]
    assert [one.after for one in compare(run(invented), run()).better] == ["-"]


@pytest.mark.parametrize(
    ("better", "worse", "probability"),
    [(0, 0, 1), (0, 1, 1), (1, 1, 1), (0, 5, 0.0625), (1, 9, 22 / 1024), (10, 0, 2 / 1024), (3, 4, 1)],
)
def test_the_sign_test(better: int, worse: int, probability: float) -> None:
    """22/1024: one or none of ten, at 1 + 10 of 1024, on either side."""
    change = compare(run(DOUBTED), run(RIGHT)).better
    found = Comparison(better=change * better, worse=change * worse)
    assert found.probability == pytest.approx(probability, abs=1e-12)


def test_the_sign_test_takes_many_cells() -> None:
    change = compare(run(DOUBTED), run(RIGHT)).better
    assert Comparison(better=change * 3000, worse=change * 2000).probability < 1e-40


@pytest.mark.parametrize(
    ("better", "worse", "tolerance", "is_regression"),
    [
        (0, 0, 0.0, False),
        (0, 1, 0.0, True),
        (1, 1, 0.0, False),
        (0, 10, 0.01, False),
        (0, 11, 0.01, True),
        (5, 15, 0.01, False),
    ],
)
def test_worse_cells_may_outnumber_better_ones_within_the_tolerance(
    better: int, worse: int, tolerance: float, *, is_regression: bool
) -> None:
    change = compare(run(DOUBTED), run(RIGHT)).better
    found = Comparison(cells=1000, better=change * better, worse=change * worse)
    assert found.is_regression(tolerance) is is_regression


def test_no_tolerance_is_for_a_newly_silent_error() -> None:
    assert compare(run(UNFLAGGED, DOUBTED), run(SILENT)).is_regression(1.0)
    # Not even if it makes up for another one.
    other = cell("t.a.y", "1", ZERO)
    assert compare(run(other), run(SILENT)).is_regression(1.0)


@pytest.mark.parametrize(
    ("was", "now", "is_worse"),
    [
        (Tried(2, 0, 0), Tried(1, 1, 0), True),
        (Tried(2, 0, 0), Tried(2, 0, 1), True),
        (Tried(1, 1, 0), Tried(2, 0, 0), False),
        (Tried(1, 1, 1), Tried(1, 1, 0), False),
    ],
)
def test_what_is_lost_of_findings(was: Tried, now: Tried, *, is_worse: bool) -> None:
    own = scored()
    found = compare(run_of(result("a", own, findings=was)), run_of(result("a", own, findings=now)))
    assert (len(found.fewer), len(found.more)) == (is_worse, not is_worse)
    assert found.is_regression(1.0) is is_worse
    assert any("findings" in line for line in lines(found, 20))


def test_a_report_that_is_missing_is_a_regression_and_a_new_one_is_none() -> None:
    one, other = result("a", scored()), result("b", scored())
    assert compare(run_of(one, other), run_of(one)).only_before == ["layout b"]
    assert compare(run_of(one, other), run_of(one)).is_regression(1.0)
    assert compare(run_of(one), run_of(one, other)).only_after == ["layout b"]
    assert not compare(run_of(one), run_of(one, other)).is_regression(0)


def test_reports_no_longer_verified_are_told_and_tolerated_as_cells_are() -> None:
    own = scored()
    before = run_of(*[result(str(number), own) for number in range(10)])
    after = run_of(
        *[result(str(number), own, "verified" if number else "source_error") for number in range(10)]
    )
    found = compare(before, after)
    assert found.no_longer_verified == ["0 layout: verified → source_error"]
    assert (found.is_regression(0), found.is_regression(0.1)) == (True, False)
    assert compare(after, before).newly_verified == ["0 layout: source_error → verified"]


def test_no_more_is_named_than_asked_for() -> None:
    own, wrong = scored(), scored(FLAGGED)
    before = run_of(*[result(str(number), own) for number in range(5)])
    after = run_of(*[result(str(number), wrong) for number in range(5)])
    told = list(lines(compare(before, after), 2))
    assert len([line for line in told if line.startswith("  worse")]) == 2
    assert told[-1] == "  … and 3 more"

"""What every metric of an evaluation counts, on a page of six cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.gold.expected import Expected, ExpectedFinding, Gold
from eval.scoring.metrics import Tried
from eval.scoring.score import Fit, is_silent, is_unflagged, score
from eval.scoring.totals import Totals, everything, percent
from extractor.documents.document import Document, Locator
from extractor.result.cells import Cell, Status
from extractor.result.verdict import Verdict
from rules.confront import State
from tests.helpers.scored import (
    BLANK,
    GOLD,
    MARK,
    PAGE,
    SEVEN,
    TEXT,
    TWELVE,
    ZERO,
    cell,
    extraction,
    finding,
    result,
    run_of,
    scored,
)


def fits(*changed: Cell) -> dict[str, Fit]:
    return {one.address: one.fit for one in scored(*changed).rated if one.fit is not Fit.EXACT}


def test_the_page_made_by_hand_is_what_it_says() -> None:
    for expected in GOLD.cells.values():
        assert isinstance(expected.place, int)
        assert TEXT[expected.place : expected.place + len(expected.printed)] == expected.printed


def test_a_right_reading_is_exact() -> None:
    own = scored()
    assert [one.fit for one in own.rated] == [Fit.EXACT] * 6
    assert (own.misses, own.ungrounded) == ((), 0)


@pytest.mark.parametrize(
    ("changed", "fit"),
    [
        (cell("t.b.x", "", None, Status.ABSENT, State.ABSENT), Fit.OMITTED),
        (cell("t.b.x", "8", SEVEN), Fit.WRONG),
        (cell("t.b.x", "7", SEVEN, value=70), Fit.WRONG),
        (cell("t.b.x", "0", SEVEN), Fit.WRONG),  # it stands in another row and another column
        (cell("t.b.x", "12", TWELVE), Fit.MISPLACED),
        (cell("t.c.y", "12", TWELVE), Fit.WRONG),  # the same figure, but another one's
        (cell("t.a.y", "12", TWELVE), Fit.MISPLACED),
        (cell("t.b.y", "0", ZERO), Fit.MISPLACED),
        (cell("t.c.x", "", MARK, Status.UNCHECKED, State.BLANK), Fit.WRONG),
        (cell("t.c.y", "12", None), Fit.WRONG),
    ],
)
def test_how_a_cell_compares(changed: Cell, fit: Fit) -> None:
    assert fits(changed) == {changed.address: fit}


def test_a_cell_that_the_page_has_not_is_spurious() -> None:
    gold = Gold({**GOLD.cells, "t.b.x": Expected("", State.ABSENT)})
    own = scored(gold=gold)
    assert [(one.address, one.fit) for one in own.misses] == [("t.b.x", Fit.SPURIOUS)]


def test_a_cell_that_gold_does_not_know_is_spurious_and_counted_last() -> None:
    own = scored(cell("t.z.x", "12", TWELVE), cell("t.z.y", "", None, Status.ABSENT, State.ABSENT))
    assert own.rated[-1] == ("t.z.x", Fit.SPURIOUS, Status.CONFIRMED, False)
    assert len(own.rated) == 7


def test_a_blank_is_any_of_those_beside_it_and_no_farther() -> None:
    assert not fits(cell("t.b.y", "", BLANK - 1, Status.UNCHECKED, State.BLANK))
    assert fits(cell("t.b.y", "", BLANK + 1, Status.UNCHECKED, State.BLANK)) == {"t.b.y": Fit.WRONG}


def test_without_a_place_in_gold_the_place_is_not_looked_at() -> None:
    gold = Gold({address: one._replace(place=None) for address, one in GOLD.cells.items()})
    assert not scored(cell("t.c.y", "12", TWELVE), gold=gold).misses


@pytest.mark.parametrize(
    ("status", "silent", "unflagged"),
    [
        (Status.CONFIRMED, True, True),
        (Status.UNCHECKED, False, True),
        (Status.AS_PRINTED, False, True),
        (Status.DISPUTED, False, False),
        (Status.ABSENT, False, False),
    ],
)
def test_who_is_told_of_a_wrong_cell(status: Status, *, silent: bool, unflagged: bool) -> None:
    (wrong,) = (one for one in scored(cell("t.b.x", "8", SEVEN, status)).rated if one.fit is Fit.WRONG)
    assert (is_silent(wrong), is_unflagged(wrong)) == (silent, unflagged)
    assert not any(is_silent(one) or is_unflagged(one) for one in scored().rated)


def test_what_is_not_at_its_place_is_ungrounded() -> None:
    assert scored(cell("t.b.x", "7", TWELVE), cell("t.a.y", "0", None)).ungrounded == 2
    assert scored(cell("t.b.x", "", None, Status.ABSENT, State.ABSENT)).ungrounded == 0


def test_a_miss_has_the_words_of_the_page_around_it() -> None:
    (miss,) = scored(cell("t.c.y", "12", TWELVE)).misses
    assert (miss.read, miss.gold, miss.context) == ("12", "12", TEXT)


def test_a_file_that_could_not_be_read_has_everything_omitted() -> None:
    own = score(PAGE, None, Gold(GOLD.cells, (ExpectedFinding("r", "t.a.x"),)))
    assert {one.fit for one in own.rated} == {Fit.OMITTED}
    assert {one.status for one in own.rated} == {Status.ABSENT}
    assert own.tried["findings"] == Tried(0, 1, 0)


def test_findings_are_hard_contradictions_told_once() -> None:
    gold = Gold(GOLD.cells, (ExpectedFinding("sum", "t.a.x"), ExpectedFinding("sum", "t.b.x")))
    told = (
        finding("sum", "t.a.x"),
        finding("sum", "t.c.x"),
        finding("ratio", "t.b.x", hard=False),
        finding("disputed", "t.b.x", left=None),
    )
    assert score(PAGE, extraction(findings=told), gold).tried["findings"] == Tried(found=1, missed=1, false=1)
    assert score(PAGE, extraction(findings=told), GOLD).tried["findings"] is None


def test_a_contradiction_is_left_open_only_where_a_person_is_asked_to_look_at_its_cells() -> None:
    gold = Gold(GOLD.cells, (ExpectedFinding("sum", "t.a.x", ("t.a.x", "t.b.x")),))
    settled = (cell("t.a.x", "7", SEVEN), cell("t.b.x", "12", TWELVE))
    disputed = (settled[0], cell("t.b.x", "12", TWELVE, Status.DISPUTED))
    absent = (settled[0], cell("t.b.x", "", None, Status.ABSENT, State.ABSENT))
    found, left_open, missed = Tried(1, 0, 0), Tried(0, 0, 0, left_open=1), Tried(0, 1, 0)
    for cells, verdict, told, expected in (
        (disputed, Verdict.NEEDS_REVIEW, (), left_open),
        (absent, Verdict.NEEDS_REVIEW, (), left_open),
        (disputed, Verdict.VERIFIED, (), missed),
        (settled, Verdict.NEEDS_REVIEW, (), missed),
        (disputed, Verdict.NEEDS_REVIEW, (finding("sum", "t.a.x"),), found),
    ):
        own = extraction(*cells, findings=told, verdict=verdict)
        assert score(PAGE, own, gold).tried["findings"] == expected


def test_precision_and_recall() -> None:
    tried = Tried(found=6, missed=2, false=4)
    assert (tried.precision, tried.recall) == (0.6, 0.75)
    assert Tried(found=6, missed=1, false=4, left_open=1).recall == 0.75
    assert Tried(6, 1, 4, left_open=1).told == "6 found, 1 left open, 1 missed, 4 false"
    assert (Tried(0, 0, 0).precision, Tried(0, 0, 0).recall) == (1, 1)
    assert Tried(1, 2, 3) + Tried(1, 1, 1) == Tried(2, 3, 4)


def test_micro_adds_up_and_macro_is_the_mean_of_those_that_have_any() -> None:
    own = scored()
    total = everything(
        run_of(
            result("a", own, findings=Tried(9, 0, 1)),
            result("b", own, findings=Tried(1, 1, 0)),
            result("c", own, findings=Tried(0, 0, 0)),
            result("d", own),
        )
    )
    assert total.tried["findings"] == Tried(10, 1, 1)
    assert total.macro("findings") == pytest.approx((0.95, 0.75))
    assert total.macro("claims") is None


def test_what_a_run_adds_up_to() -> None:
    wrong = scored(cell("t.b.x", "8", SEVEN), cell("t.a.y", "0", ZERO, Status.DISPUTED))
    torn = Gold({**GOLD.cells, "t.c.y": GOLD.cells["t.c.y"]._replace(is_on_page=False)})
    lost = scored(cell("t.c.y", "7", SEVEN, Status.UNCHECKED), gold=torn)
    total = everything(
        run_of(
            result("a", wrong, verdict=Verdict.NEEDS_REVIEW, requests=2, input_tokens=10, cost=Decimal(3)),
            result("b", lost, requests=1, output_tokens=5, kept_replies=4),
            result("c", scored(), verdict=Verdict.SOURCE_ERROR),
        )
    )
    assert (total.reports, total.cells, total.right) == (3, 17, 15)
    assert total.share_right == 15 / 17
    assert (total.silent, total.unflagged) == (1, 2)
    assert total.fits == {Fit.EXACT: 16, Fit.WRONG: 1}  # of those that the page tells apart
    assert total.statuses == {Status.CONFIRMED: 10, Status.UNCHECKED: 7, Status.DISPUTED: 1}
    assert total.exact == {Status.CONFIRMED: 9, Status.UNCHECKED: 6, Status.DISPUTED: 1}
    assert (total.verified, total.without_person) == (1, 2)
    assert (total.requests, total.input_tokens, total.output_tokens) == (3, 10, 5)
    assert (total.kept_replies, total.cost, total.seconds) == (4, Decimal(3), 1.5)
    # One of 18: the share at which so few are seen once in twenty times.
    bound = total.silent_bound
    assert (1 - bound) ** 18 + 18 * bound * (1 - bound) ** 17 == pytest.approx(0.05, rel=1e-6)


def test_nothing_adds_up_to_nothing() -> None:
    total = Totals()
    assert (total.share_right, total.silent_bound, total.cost) == (1, 1, None)


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert (percent(1), percent(0.99999), percent(0.5), percent(0)) == ("100%", "99.99%", "50.00%", "0.00%")


def test_a_place_in_a_table_is_a_row_and_a_column() -> None:
    page = Document(TEXT, "page", "", (), located=((0, 5, Locator(row=1, column=2)), (6, 20, Locator(row=2))))
    gold = {
        "t.a.x": Expected("12", State.NUMBER, 12, (1, 2)),
        "t.b.x": Expected("7", State.NUMBER, 7, (1, 2)),
    }
    own = score(page, extraction(), Gold(gold))
    assert [one.fit for one in own.rated[:2]] == [Fit.EXACT, Fit.WRONG]

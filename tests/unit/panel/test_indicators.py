"""Indicators are exact, as good as their worst cell, and missing where a cell hides its number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from extractor.panel.indicators import INDICATORS, Indicated, indicated
from extractor.result.cells import Cell, Status
from rules.confront import State
from tests.helpers.stated_reports import cell, stated_report

FIGURES = {
    "requests.granted.total": "6",
    "requests.partially_granted.total": "3",
    "requests.refused.internal_affairs.total": "2",
    "requests.refused.process_information.total": "1",
    "requests.unavailable.not_held.total": "7",
    "requests.handled_total.total": "21",
    "disputes.reconsideration.upheld": "2",
    "disputes.reconsideration.overturned": "1",
    "disputes.reconsideration.pending": "2",
    # The page has it wrong.
    "disputes.reconsideration.total": "0",
    "disputes.litigation.direct.overturned": "1",
    "disputes.litigation.direct.other": "2",
}


def shown(*changed: Cell, **figures: str) -> dict[str, Indicated]:
    cells = stated_report("a", "甲县人民政府", "2023", FIGURES | figures, *changed).cells
    return {one.indicator.name: one for one in indicated(cells)}


def test_numbers_are_sums_and_shares_are_exact() -> None:
    values = {name: one.value for name, one in shown().items()}
    assert values["refused"] == 3
    assert values["granted_share"] == Fraction(9, 21)
    assert values["not_held_share"] == Fraction(1, 3)
    assert values["refused_internal_affairs_share"] == Fraction(2, 3)
    # 3 + 3 disputes beside those pending; 2 overturned.
    assert (values["concluded"], values["overturned"]) == (6, 2)
    assert values["overturned_share"] == Fraction(1, 3)
    assert shown()["granted_share"].status is Status.CONFIRMED
    assert shown()["granted_share"].confirmed == 3


def test_a_figure_is_as_good_as_its_worst_cell() -> None:
    doubtful = cell("requests.handled_total.total", "21", Status.DISPUTED)
    known = shown(doubtful)
    for name in ("handled", "granted_share", "refused_share"):
        assert known[name].status is Status.DISPUTED
    assert known["granted_share"].confirmed == 2
    assert known["granted"].status is Status.CONFIRMED


def test_a_blank_counts_as_nothing_beside_a_number_and_alone_gives_none() -> None:
    known = shown(**{"requests.refused.state_secret.total": "", "requests.granted.total": ""})
    assert known["refused"].value == 3
    assert known["granted"].value is None
    assert known["granted_share"].value == Fraction(3, 21)
    nothing = shown(**{"disputes.reconsideration.upheld": ""})
    assert nothing["concluded"].value == 4


@pytest.mark.parametrize(
    ("status", "state"), [(Status.ABSENT, State.ABSENT), (Status.DISPUTED, State.UNREAD)]
)
def test_a_cell_that_hides_its_number_leaves_none(status: Status, state: State) -> None:
    known = shown(cell("requests.refused.state_secret.total", "", status, state))
    assert known["refused"].value is None
    assert known["refused"].status is status
    assert known["refused_internal_affairs_share"].value is None


def test_there_is_no_share_of_zero() -> None:
    known = shown(**{"requests.handled_total.total": "0"})
    assert known["granted_share"].value is None
    assert known["granted_share"].status is Status.CONFIRMED


def test_every_indicator_has_its_cells_in_the_newest_form_and_names_are_unique() -> None:
    assert len({one.name for one in INDICATORS}) == len(INDICATORS)
    known = indicated(stated_report("a", None, None).cells)
    assert all(one.cells for one in known)

"""A parent's cells against the sums of its units': who counts, who is missing, what is open."""

from __future__ import annotations

from pathlib import Path

from extractor.organs.organ_list import OrganList, read_organ_list
from extractor.panel.stated import StatedReport
from extractor.panel.units import CellSum, Summed, sum_of
from extractor.result.cells import Cell, Status
from rules.confront import State
from tests.helpers.stated_reports import cell, fact, stated_report

RECEIVED = "requests.received.total"
PARENT = "淮安市洪泽区人民政府"


def stated(
    name: str,
    organ: str,
    received: str,
    *cells: Cell,
    year: str = "2023",
    organs: OrganList | None = None,
    scope: str | None = None,
) -> StatedReport:
    one = stated_report(name, organ, year, {RECEIVED: received}, *cells)
    identity = (organs or OrganList()).identify(one)
    return StatedReport(name, organ, year, identity, "2021", one.cells, scope=fact(scope))


def received(cells: tuple[CellSum, ...]) -> CellSum:
    (found,) = (one for one in cells if one.address == RECEIVED)
    return found


def test_a_parent_is_the_sum_of_its_departments_and_townships() -> None:
    units = [stated("a", "洪泽区财政局", "2"), stated("b", "洪泽区黄集街道办事处", "3")]
    summed = sum_of(stated("p", PARENT, "5"), units, OrganList())
    assert all(not one.difference and not one.open for one in summed.cells)
    assert received(summed.cells).stating == 2
    summed = sum_of(stated("p", PARENT, "6"), units, OrganList())
    assert received(summed.cells).difference == 1
    assert sum(bool(one.difference) for one in summed.cells) == 1


def test_what_is_not_the_parents_is_left_out_and_says_why() -> None:
    units = [
        stated("a", "洪泽区财政局", "2"),
        stated("again", "淮安市洪泽区财政局", "2"),
        stated("other year", "洪泽区教育局", "9", year="2022"),
        stated("other organ", "金湖县财政局", "9"),
        # Whose it is isn't certain: whoever named it is believed.
        stated("uncertain", "高新区管委会", "3"),
    ]
    summed = sum_of(stated("p", PARENT, "5"), units, OrganList())
    assert dict(summed.left_out) == {"again": "twice", "other year": "year", "other organ": "organ"}
    assert [one.report for one in summed.units] == ["a", "uncertain"]
    assert not received(summed.cells).difference


def test_what_lies_in_another_unit_is_not_counted_again() -> None:
    units = [
        stated("county", PARENT, "5"),
        stated("its office", "洪泽区财政局", "2"),
        stated("city office", "淮安市财政局", "4"),
    ]
    summed = sum_of(stated("p", "淮安市人民政府", "9"), units, OrganList())
    assert summed.left_out == (("its office", "within"),)
    assert not received(summed.cells).difference


def test_a_district_that_counts_its_own_office_alone_holds_no_other() -> None:
    def summed(scope: str | None) -> Summed:
        county = stated("county", PARENT, "5", scope=scope)
        units = [county, stated("its office", "洪泽区财政局", "2")]
        return sum_of(stated("p", "淮安市人民政府", "7"), units, OrganList())

    for scope in (None, "whole"):
        assert summed(scope).left_out == (("its office", "within"),)
        assert received(summed(scope).cells).difference == 2
    assert summed("own").left_out == ()
    assert received(summed("own").cells).difference == 0


def test_a_list_tells_who_is_missing_and_who_belongs(tmp_path: Path) -> None:
    path = tmp_path / "organs.csv"
    path.write_text(
        "organ,name,code,parent\n"
        f"洪泽区财政局,江苏省淮安市洪泽区财政局,,{PARENT}\n"
        f"洪泽经济开发区管委会,江苏洪泽经济开发区管理委员会,320857,{PARENT}\n"
        f"洪泽区教育局,,,{PARENT}\n",
        encoding="utf-8",
    )
    organs = read_organ_list(path)
    units = [
        stated("a", "洪泽区财政局", "2", organs=organs),
        stated("zone", "洪泽经济开发区管委会", "3", organs=organs),
    ]
    summed = sum_of(stated("p", PARENT, "5", organs=organs), units, organs)
    assert summed.missing == ("江苏省淮安市洪泽区教育局",)
    assert len(summed.units) == 2


def test_a_cell_that_hides_its_number_leaves_the_sum_open() -> None:
    hidden = cell(RECEIVED, "", Status.DISPUTED, State.UNREAD)
    units = [stated("a", "洪泽区财政局", "2"), stated("b", "洪泽区教育局", "0", hidden)]
    found = received(sum_of(stated("p", PARENT, "5"), units, OrganList()).cells)
    assert (found.units, found.open, found.stating) == (2, ("b",), 1)


def test_the_sum_is_as_good_as_its_worst_cell() -> None:
    doubtful = cell(RECEIVED, "3", Status.DISPUTED)
    units = [stated("a", "洪泽区财政局", "2"), stated("b", "洪泽区教育局", "0", doubtful)]
    found = received(sum_of(stated("p", PARENT, "5"), units, OrganList()).cells)
    assert (found.difference, found.status) == (0, Status.DISPUTED)

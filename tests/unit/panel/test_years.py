"""The chain of years: every planted break is found, and none is invented."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from extractor.forms import FormSet
from extractor.organs.divisions import divisions
from extractor.organs.organ_list import OrganList
from extractor.panel.stated import StatedReport
from extractor.panel.years import MISSING, SEVERAL, Break, chains_of, part_of_chain
from extractor.result.cells import Cell, Status
from extractor.result.narrative import Narrative, Relation, RelationKind
from rules.confront import State
from tests.helpers.narratives import written
from tests.helpers.stated_reports import cell, stated_report

FORMS = FormSet.of().forms
IN, OUT = "requests.carried_in.total", "requests.carried_out.total"
RECEIVED = "requests.received.total"
DOCUMENTS = "disclosure.normative_documents"
YEARS = range(2021, 2026)


def stated(
    name: str, organ: str | None, year: int | None, figures: Mapping[str, str], *cells: Cell
) -> StatedReport:
    one = stated_report(name, organ, str(year) if year is not None else None, figures, *cells)
    identity = OrganList().identify(one)
    return StatedReport(
        name, organ, one.header.year.value if one.header.year else None, identity, "2021", one.cells
    )


def chain(drawn: random.Random) -> dict[int, dict[str, str]]:
    """Five years of an organ that fit each other."""
    years: dict[int, dict[str, str]] = {}
    carried, documents = drawn.randint(0, 9), drawn.randint(10, 60)
    for year in YEARS:
        issued, repealed = drawn.randint(0, 9), drawn.randint(0, 9)
        documents += issued - repealed
        out = drawn.randint(0, 9)
        years[year] = {
            IN: str(carried),
            OUT: str(out),
            f"{DOCUMENTS}.issued": str(issued),
            f"{DOCUMENTS}.repealed": str(repealed),
            f"{DOCUMENTS}.in_force": str(documents),
        }
        carried = out
    return years


def told(breaks: tuple[Break, ...]) -> set[tuple[str, str, int]]:
    return {(one.rule, one.key, one.year) for one in breaks}


def test_all_planted_breaks_of_two_hundred_organs_are_found_and_none_is_invented() -> None:
    drawn = random.Random(16)  # noqa: S311
    today = {one.identity: one for one in divisions() if one.until is None}
    counties = [one for one in today.values() if not one.code.endswith("00")]
    reports: list[StatedReport] = []
    planted: set[tuple[str, str, int]] = set()
    for county in drawn.sample(counties, 200):
        city = today[county.above or ""]
        years = chain(drawn)
        year = drawn.choice(YEARS[1:-1])
        match drawn.randint(0, 9):
            case 0:
                years[year][IN] = str(int(years[year][IN]) + drawn.randint(1, 5))
                planted.add(("previous-carried-over", county.identity, year))
            case 1:
                # This year's is wrong, and so the next year's doesn't follow from it.
                years[year][f"{DOCUMENTS}.in_force"] = "777"
                planted |= {("previous-in-force", county.identity, one) for one in (year, year + 1)}
            case 2:
                del years[year]
                planted.add((MISSING, county.identity, year))
        reports += [
            stated(f"{county.code}-{one}", f"{city.name}{county.name}人民政府", one, figures)
            for one, figures in years.items()
        ]
    drawn.shuffle(reports)
    chains = chains_of([part_of_chain(report, FORMS) for report in reports], FORMS)
    assert len(planted) > 30
    assert told(chains.breaks) == planted
    assert not chains.left_out
    assert chains.compared == 800 - 2 * sum(rule == MISSING for rule, _, _ in planted)


def test_a_break_says_what_which_and_where() -> None:
    reports = [
        stated("a", "洪泽区人民政府", 2022, {OUT: "5"}),
        stated("b", "淮安市洪泽区人民政府", 2023, {IN: "3"}),
    ]
    (found,) = chains_of(reports, FORMS).breaks
    assert (found.rule, found.place, found.reports) == ("previous-carried-over", IN, ("a", "b"))
    assert "3" in found.message.en
    assert "last year's report has 5" in found.message.en
    assert "上年报告的“四、结转下年度继续办理·总计”为5，相差2" in found.message.zh
    assert found.organ == "江苏省淮安市洪泽区人民政府"


def test_a_division_that_was_renamed_goes_on() -> None:
    reports = [
        stated("a", "洪泽县人民政府", 2015, {OUT: "5"}),
        stated("b", "洪泽区人民政府", 2016, {IN: "5"}),
    ]
    chains = chains_of(reports, FORMS)
    assert (chains.breaks, chains.compared) == ((), 1)


@pytest.mark.parametrize("organ", ["鼓楼区人民政府", "财政局", None])
def test_what_is_not_certainly_one_organ_is_in_no_chain(organ: str | None) -> None:
    reports = [stated("a", organ, 2022, {OUT: "5"}), stated("b", organ, 2023, {IN: "3"})]
    chains = chains_of(reports, FORMS)
    assert (chains.breaks, chains.left_out) == ((), ("a", "b"))


@pytest.mark.parametrize("other", [cell(IN, "3", Status.DISPUTED), cell(IN, "", Status.ABSENT, State.ABSENT)])
def test_a_figure_that_is_not_settled_breaks_nothing(other: Cell) -> None:
    reports = [
        stated("a", "洪泽区人民政府", 2022, {OUT: "5"}),
        stated("b", "洪泽区人民政府", 2023, {}, other),
    ]
    assert chains_of(reports, FORMS).breaks == ()


def test_of_several_reports_on_a_year_one_must_fit() -> None:
    before = stated("a", "洪泽区人民政府", 2022, {OUT: "5"})
    wrong, right = (
        stated(name, "洪泽区人民政府", 2023, {IN: number}) for name, number in (("b", "3"), ("c", "5"))
    )
    assert {one.rule for one in chains_of([before, wrong, right], FORMS).breaks} == {SEVERAL}
    # The same figures again are a copy, and no other version.
    again = stated("d", "洪泽区人民政府", 2023, {IN: "3"})
    assert {one.rule for one in chains_of([before, wrong, again], FORMS).breaks} == {"previous-carried-over"}


def test_a_report_without_its_year_may_be_the_one_that_is_missing() -> None:
    reports = [stated(str(year), "洪泽区人民政府", year, {}) for year in (2021, 2023)]
    assert told(chains_of(reports, FORMS).breaks) == {(MISSING, "320813", 2022)}
    undated = stated("c", "洪泽区人民政府", None, {})
    assert told(chains_of([*reports, undated], FORMS).breaks) == set()


@pytest.mark.parametrize(("received", "rules"), [("96", []), ("97", ["previous-growth"]), ("", [])])
def test_a_growth_in_the_text_is_put_to_the_cells_of_the_year_before(received: str, rules: list[str]) -> None:
    # 157 is 63.5 % more than 96, and 61.9 % more than 97.
    now = written("收到申请[157]件，同比[^63.5]%。")
    repeated = Relation(RelationKind.CELL, 0, addresses=(RECEIVED,))
    narrative = Narrative(claims=now.claims, relations=(Relation(RelationKind.GROWTH, 1, (0,)), repeated))
    later = replace(stated("b", "洪泽区人民政府", 2023, {RECEIVED: "157"}), narrative=narrative)
    before = stated("a", "洪泽区人民政府", 2022, {RECEIVED: received})
    breaks = chains_of([part_of_chain(report, FORMS) for report in (before, later)], FORMS).breaks
    assert [one.rule for one in breaks] == rules
    for one in breaks:
        assert "本年为157，上年报告为97，应为增长61.9%，相差1.6个百分点" in one.message.zh

"""Errors planted in the free text of real reports: found where arithmetic can find them, and named."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import pytest

from eval.gold.cases import load_case
from eval.gold.claims import GoldClaim, gold_claims
from eval.gold.planting import with_claim
from eval.sentences.reading import case_cells, judged, read_case
from extractor.reports.opening import open_source
from rules.confront import Outcome

REPORTS = ("longting-2023", "luodian-2019", "luozhuang-2023", "panzhihua-xiqu-2022", "yiyuan-2023")


class Planted(NamedTuple):
    """A number to be changed, one of the relations that it stands in, and the rule that this violates."""

    report: str
    changed: str
    printed: str
    about: str
    rule: str | None


def _gold(report: str) -> dict[str, GoldClaim]:
    case = load_case(report)
    path = case.path.parent / "claims.csv"
    return {claim.id: claim for claim in gold_claims(path, case.text)}


def _planted() -> Iterator[Planted]:
    for report in REPORTS:
        gold = _gold(report)
        for claim in gold.values():
            for relation in claim.relations:
                kind, names = relation.split(" ", 1)
                if kind in ("share", "growth"):
                    members = [claim.id]
                elif kind == "cell":
                    members = [claim.id]
                    names = ""
                else:
                    members = [claim.id, *names.split()]
                for member in members:
                    printed = _larger(gold[member])
                    values = {one.id: one.value for one in gold.values()} | {
                        member: Decimal(printed) * (-1 if gold[member].value < 0 else 1)
                    }
                    others = [values[name] for name in names.split()]
                    yield Planted(
                        report, member, printed, claim.id, _violated(kind, values[claim.id], others)
                    )


def _larger(claim: GoldClaim) -> str:
    """What is printed, increased by one in its last digit."""
    return str(Decimal(claim.printed) + Decimal(1).scaleb(int(Decimal(claim.printed).as_tuple().exponent)))


def _violated(kind: str, value: Decimal, others: list[Decimal]) -> str | None:
    """What the arithmetic says, worked out here and not by the program."""
    total = sum(others)
    half = Fraction(1, 2) * Fraction(10) ** int(value.as_tuple().exponent)
    if kind == "open":
        if total > value:
            return "open-over"
        return "open-under" if 0 < value - total <= value / 100 else None
    if kind == "share":
        ratio = Fraction(others[0]) / Fraction(others[1]) * 100
        return "share" if abs(ratio - Fraction(value)) > half else None
    if kind == "growth":
        last = Fraction(others[0]) / (1 + Fraction(value) / 100)
        rates = [(Fraction(others[0]) / one - 1) * 100 for one in (floor(last), ceil(last))]
        return None if any(abs(rate - Fraction(value)) <= half for rate in rates) else "growth"
    return {"closed": "closed", "cell": "same-as-cell"}[kind]


PLANTED = tuple(_planted())


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one.report}-{one.changed}-{one.about}")
def test_a_planted_error_is_found_and_named(planted: Planted) -> None:
    case, gold = load_case(planted.report), _gold(planted.report)
    changed, about = gold[planted.changed], gold[planted.about]
    narrative = read_case(case, with_claim(case, changed, planted.printed))
    shift = len(planted.printed) - len(changed.printed) if changed.start < about.start else 0
    found = {
        one.judgement.rule.removeprefix("narrative-")
        for one in judged(narrative, case_cells(case))
        if one.judgement.outcome is Outcome.VIOLATED
        and narrative.claims[one.relation.claim].span.start == about.start + shift
    }
    if planted.rule is not None:
        assert planted.rule in found
    else:
        assert not found & {"closed", "open-over", "open-under", "share", "growth"}


def test_every_kind_of_error_is_planted() -> None:
    rules = [one.rule for one in PLANTED]
    assert set(rules) == {"closed", "open-over", "open-under", "share", "growth", "same-as-cell", None}
    assert sum(rule in ("share", "growth") for rule in rules) == 19


@pytest.mark.parametrize("report", REPORTS)
def test_a_right_report_violates_nothing(report: str) -> None:
    case = load_case(report)
    found = judged(read_case(case, case.text), case_cells(case))
    assert [one for one in found if one.judgement.outcome is Outcome.VIOLATED] == []


def test_the_contradictions_of_a_real_text_are_found_and_no_others() -> None:
    case = load_case("shanghai-office-2019")
    text = open_source(case.path).text
    narrative = read_case(case, text)
    with (case.path.parent / "findings.csv").open(encoding="utf-8", newline="") as stream:
        expected = sorted(
            (
                row["rule"].removeprefix("narrative-"),
                text.index(row["before"] + row["printed"]) + len(row["before"]),
                row["says"],
                row["follows"],
            )
            for row in csv.DictReader(stream)
            if row["before"]
        )
    found = sorted(
        (
            one.judgement.rule.removeprefix("narrative-"),
            claim.span.start,
            claim.printed,
            f"{float(one.judgement.follows or 0):.{len(claim.printed.partition('.')[2])}f}",
        )
        for one in judged(narrative, case_cells(case))
        if one.judgement.outcome is Outcome.VIOLATED
        for claim in [narrative.claims[one.relation.claim]]
    )
    assert found == expected

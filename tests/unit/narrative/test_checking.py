"""Relations between claims, and with cells, put to the rules: each satisfied, violated and undecided."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from extractor.documents.document import Span
from extractor.narrative.check import check_narrative
from extractor.result.cells import Cell, Status
from extractor.result.findings import Cause, Finding
from extractor.result.header import Fact, Header
from extractor.result.narrative import Narrative, Relation, RelationKind
from rules.confront import Outcome
from rules.loader import built_in_forms
from tests.helpers.narratives import cell, written

CLOSED, OPEN, SHARE = RelationKind.CLOSED, RelationKind.OPEN, RelationKind.SHARE
GROWTH, CELL = RelationKind.GROWTH, RelationKind.CELL
RECEIVED, CARRIED_IN = "requests.received.total", "requests.carried_in.total"
AMOUNT = "disclosure.fees.amount"
RELATIONS = {
    "closed": Relation(CLOSED, 0, (1, 2)),
    "open": Relation(OPEN, 0, (1, 2)),
    "share": Relation(SHARE, 2, (1, 0)),
    "growth": Relation(GROWTH, 1, (0,)),
    "cell": Relation(CELL, 0, addresses=(RECEIVED,)),
    "cells": Relation(CELL, 0, addresses=(RECEIVED, CARRIED_IN)),
    "amount": Relation(CELL, 0, addresses=(AMOUNT,)),
}
PARTS = "发布[{}]条，其中概况[{}]条、动态[{}]条。"
HANDLED = "办结[{}]件，其中公开[{}]件，占比[={}]%。"
GROWN = "收到申请[{}]件，同比[{}]%。"
GOT = "收到申请[{}]件。"


class Case(NamedTuple):
    """A text, what it claims, and what comes of it; ``rule`` is that of a violation."""

    text: str
    relation: str
    cells: tuple[Cell, ...] = ()
    rule: str | None = None


def received(printed: str, **more: object) -> Cell:
    return cell(RECEIVED, printed, **more)  # type: ignore[arg-type]


CASES = {
    "closed/satisfied": Case(PARTS.format(100, 60, 40), "closed"),
    "closed/satisfied-ten-thousands": Case(PARTS.format("14.2万", 100_000, 42_400), "closed"),
    "closed/violated": Case(PARTS.format(100, 60, 41), "closed", rule="narrative-closed"),
    "closed/violated-ten-thousands": Case(
        PARTS.format("14.2万", 100_000, 42_600), "closed", rule="narrative-closed"
    ),
    "closed/violated-lower-bound": Case(
        "发布[100]条，其中概况[60]条、动态[50]余条。", "closed", rule="narrative-closed"
    ),
    "closed/undecided-lower-bound": Case("发布[100]条，其中概况[60]条、动态[30]余条。", "closed"),
    "closed/undecided-about": Case("发布[100]条，其中概况[60]条、动态近[50]条。", "closed"),
    "closed/undecided-whole-about": Case("发布约[100]条，其中概况[60]条、动态[50]条。", "closed"),
    "closed/undecided-share-among-parts": Case("发布[100]条，概况[60]条，占[=60]%。", "closed"),
    "open/satisfied": Case(PARTS.format(100, 60, 20), "open"),
    "open/violated": Case(PARTS.format(100, 60, 41), "open", rule="narrative-open-over"),
    "open/violated-nearly-complete": Case(PARTS.format(100, 60, 39), "open", rule="narrative-open-under"),
    "open/undecided": Case("发布[100]余条，其中概况[60]条、动态[50]条。", "open"),
    "share/satisfied": Case(HANDLED.format(157, 106, "67.5"), "share"),
    "share/violated": Case(HANDLED.format(157, 106, "67.6"), "share", rule="narrative-share"),
    "share/violated-to-its-decimal": Case(HANDLED.format(76, 3, "4.0"), "share", rule="narrative-share"),
    "share/undecided-of-nothing": Case(HANDLED.format(0, 0, "0"), "share"),
    "share/undecided-about": Case("办结[157]件，其中公开[106]件，占比约[=70]%。", "share"),
    "share/undecided-growth": Case("办结[157]件，其中公开[106]件，同比[^67.6]%。", "share"),
    "growth/satisfied": Case(GROWN.format(157, "^63.5"), "growth"),
    "growth/satisfied-decrease": Case(GROWN.format(53, "v1.85"), "growth"),
    "growth/violated": Case(GROWN.format(157, "^63.6"), "growth", rule="narrative-growth"),
    "growth/violated-decrease": Case(GROWN.format(53, "v1.95"), "growth", rule="narrative-growth"),
    "growth/violated-more-than-all": Case(GROWN.format(53, "v150"), "growth", rule="narrative-fall"),
    "growth/undecided-so-many": Case(GROWN.format(26646, "^49.5"), "growth"),
    "growth/undecided-share": Case(GROWN.format(157, "=63.6"), "growth"),
    "growth/undecided-about": Case("收到申请[157]件，同比增长近[^63.6]%。", "growth"),
    "cell/satisfied": Case(GOT.format(157), "cell", (received("157"),)),
    "cell/satisfied-as-printed": Case(GOT.format(157), "cell", (received("157", status=Status.AS_PRINTED),)),
    "cell/satisfied-sum": Case(GOT.format(157), "cells", (received("150"), cell(CARRIED_IN, "7"))),
    "cell/violated": Case(GOT.format(258), "cell", (received("275"),), rule="narrative-same-as-cell"),
    "cell/violated-sum": Case(
        GOT.format(158), "cells", (received("150"), cell(CARRIED_IN, "7")), rule="narrative-same-as-cell"
    ),
    "cell/violated-lower-bound": Case(
        "收到申请[1000]余件。", "cell", (received("998"),), rule="narrative-same-as-cell"
    ),
    # One cell states no number, and without it the sum is too large already.
    "cell/violated-beside-blank": Case(
        GOT.format(149), "cells", (received("150"), cell(CARRIED_IN, "")), rule="narrative-same-as-cell"
    ),
    "cell/undecided-beside-blank": Case(GOT.format(151), "cells", (received("150"), cell(CARRIED_IN, ""))),
    "cell/undecided-lower-bound": Case("收到申请[1000]余件。", "cell", (received("5000"),)),
    "cell/undecided-about": Case("收到申请近[1000]件。", "cell", (received("998"),)),
    "cell/undecided-blank": Case(GOT.format(157), "cell", (received(""),)),
    "cell/undecided-mark": Case(GOT.format(157), "cell", (received("/"),)),
    "cell/undecided-disputed": Case(GOT.format(157), "cell", (received("150", status=Status.DISPUTED),)),
    "cell/undecided-absent": Case(GOT.format(157), "cell", (received("", status=Status.ABSENT),)),
    "cell/undecided-not-expected": Case(GOT.format(157), "cell"),
    "cell/satisfied-amount-in-other-unit": Case(
        "收费[25.1]万元。", "amount", (cell(AMOUNT, "251000", unit="元"),)
    ),
    "cell/violated-amount": Case(
        "收费[25.1]万元。", "amount", (cell(AMOUNT, "25.3", unit="万元"),), rule="narrative-same-as-cell"
    ),
    "cell/undecided-amount-without-unit": Case("收费[25.1]万元。", "amount", (cell(AMOUNT, "251000"),)),
}


def checked(case: Case, **more: object) -> tuple[Narrative, tuple[Finding, ...]]:
    document, claims = written(case.text)
    narrative = Narrative(claims=claims, relations=(RELATIONS[case.relation],))
    cells = {one.address: one for one in case.cells}
    return check_narrative(document, narrative, cells, built_in_forms(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=CASES)
def test_every_relation(name: str, case: Case) -> None:
    narrative, findings = checked(case)
    outcome = name.partition("/")[2].partition("-")[0]
    assert [relation.outcome.value for relation in narrative.relations] == [outcome]
    assert [finding.rule for finding in findings] == ([case.rule] if case.rule else [])
    assert (outcome == "violated") == (case.rule is not None)
    for finding in findings:
        assert (finding.severity == "soft") == (finding.rule == "narrative-open-under")
        assert finding.cause == (Cause.SOURCE_ERROR if finding.severity == "hard" else None)
        assert "{" not in finding.message.zh + finding.message.en


MESSAGES = {
    "closed/violated": (
        "文中称“发布100条”，其各部分（60、41）合计101条，相差1条。",
        "The text says “发布100条”; its parts (60, 41) sum to 101, a difference of 1.",
    ),
    "closed/violated-lower-bound": (
        "文中称“发布100条”，其各部分（60、50）合计至少110条，相差10条。",
        "The text says “发布100条”; its parts (60, 50) sum to at least 110, a difference of 10.",
    ),
    "open/violated": (
        "文中称“发布100条”，其中所列各部分（60、41）合计101条，超出1条。",
        "The text says “发布100条”; the parts it lists (60, 41) sum to 101, 1 more than the whole.",
    ),
    "open/violated-nearly-complete": (
        "文中称“发布100条”，其中所列各部分（60、39）合计99条，少1条，请核对是否有遗漏。",
        "The text says “发布100条”; the parts it lists (60, 39) sum to 99, "
        "1 short; check whether one is missing.",
    ),
    "share/violated-to-its-decimal": (
        "文中称“占比4.0%”，而3占76的3.9%，相差0.1个百分点。",
        "The text says “占比4.0%”; 3 of 76 is 3.9 %, a difference of 0.1 percentage points.",
    ),
    "growth/violated-decrease": (
        "文中称“同比1.95%”，本年为53，没有哪个上年数能得出这一变化："
        "最接近的是54，应为下降1.85%，相差0.1个百分点。",
        "The text says “同比1.95%” for 53 this year; no number last year gives that. "
        "The nearest, 54, gives a decrease of 1.85 %, a difference of 0.1 percentage points.",
    ),
    "growth/violated-more-than-all": (
        "文中称“同比150%”，而降幅不可能超过100%，超出50个百分点。",
        "The text says “同比150%”; nothing falls by more than 100 %, "
        "which this exceeds by 50 percentage points.",
    ),
    "cell/violated": (
        "文中称“收到申请258件”，表中“一、本年新收政府信息公开申请数量·总计”为275件，相差17件。",
        "The text says “收到申请258件”; the table has 275 for “received this year·total”, "
        "a difference of 17.",
    ),
    "cell/violated-lower-bound": (
        "文中称“收到申请1000余件”，表中“一、本年新收政府信息公开申请数量·总计”为998件，相差2件。",
        "The text says “收到申请1000余件”; the table has 998 for “received this year·total”, "
        "a difference of 2.",
    ),
    "cell/violated-beside-blank": (
        "文中称“收到申请149件”，表中“一、本年新收政府信息公开申请数量·总计、二、上年结转政府信息公开申请数量·总计”"
        "为至少150件，相差1件。",
        "The text says “收到申请149件”; the table has at least 150 for “received this year·total + "
        "carried over from last year·total”, a difference of 1.",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_an_official_is_told(name: str) -> None:
    (finding,) = checked(CASES[name])[1]
    assert (finding.message.zh, finding.message.en) == MESSAGES[name]


def test_a_finding_stands_where_its_claim_stands_and_has_its_numbers() -> None:
    (finding,) = checked(CASES["cell/violated"])[1]
    assert (finding.line, finding.column, finding.span) == (1, 5, (4, 7))
    assert (finding.left, finding.right, finding.difference) == (258, 275, -17)
    assert finding.place == RECEIVED


def test_what_may_be_misread_is_no_error_of_the_page() -> None:
    (by_picture,) = checked(CASES["closed/violated"], is_ocr=True)[1]
    assert by_picture.cause is Cause.UNRESOLVED
    inferred = Case(GOT.format(258), "cell", (received("275", is_certain=False),))
    assert checked(inferred)[1][0].cause is Cause.UNRESOLVED


# Each share agrees with its count for all that is known, as one count is a lower bound.
SHARES = "发布[100]余条，其中概况[50]余条，占[=50.5]%，动态[50]条，占[=49.{}]%。"


@pytest.mark.parametrize(("decimal", "rules"), [(5, []), (4, []), (3, ["narrative-shares-total"])])
def test_the_shares_of_all_parts_sum_to_100(decimal: int, rules: list[str]) -> None:
    document, claims = written(SHARES.format(decimal))
    relations = (Relation(CLOSED, 0, (1, 3)), Relation(SHARE, 2, (1, 0)), Relation(SHARE, 4, (3, 0)))
    _, findings = check_narrative(document, Narrative(claims=claims, relations=relations), {}, ())
    assert [finding.rule for finding in findings] == rules
    for finding in findings:
        assert finding.message.zh == (
            "文中各部分的占比（50.5%、49.3%）合计99.8%，与100%相差0.2个百分点，四舍五入不足以解释。"
        )
    only_one = Narrative(claims=claims, relations=relations[:2])
    assert check_narrative(document, only_one, {}, ())[1] == ()


def test_what_follows_from_a_wrong_share_is_not_told_twice() -> None:
    document, claims = written("发布[100]条，其中概况[50]条，占[=55]%，动态[50]条，占[=50]%。")
    relations = (Relation(CLOSED, 0, (1, 3)), Relation(SHARE, 2, (1, 0)), Relation(SHARE, 4, (3, 0)))
    _, findings = check_narrative(document, Narrative(claims=claims, relations=relations), {}, ())
    assert [finding.rule for finding in findings] == ["narrative-share"]


@pytest.mark.parametrize(("what", "rules"), [("较上年增长", []), ("是上年的", ["narrative-multiple"])])
def test_its_words_say_whether_a_multiple_was_added(what: str, rules: list[str]) -> None:
    document, claims = written("发布[2800]条，上年[800]条，[2.5]倍。", what=what)
    narrative = Narrative(claims=claims, relations=(Relation(RelationKind.MULTIPLE, 2, (0, 1)),))
    assert [finding.rule for finding in check_narrative(document, narrative, {}, ())[1]] == rules


@pytest.mark.parametrize("name", ["period_start", "period_end", "publication_date"])
def test_a_date_that_does_not_exist(name: str) -> None:
    document, _ = written("截至2023年2月31日。")
    fact = Fact(printed="2023年2月31日", value=None, span=Span(2, 12))
    header = Header.model_validate({name: fact})
    (finding,) = check_narrative(document, Narrative(), {}, (), header=header)[1]
    assert (finding.rule, finding.severity, finding.cause) == ("narrative-date", "hard", "source_error")
    assert finding.message.zh == "文中的日期“2023年2月31日”不存在。"
    assert (finding.line, finding.column) == (1, 3)
    there = fact.model_copy(update={"value": "2023-12-31"})
    assert (
        check_narrative(document, Narrative(), {}, (), header=Header.model_validate({name: there}))[1] == ()
    )


def test_outcomes_are_put_on_the_relations_and_nothing_else_changes() -> None:
    document, claims = written(PARTS.format(100, 60, 41))
    narrative = Narrative(claims=claims, relations=(RELATIONS["closed"], RELATIONS["open"]))
    found, _ = check_narrative(document, narrative, {}, ())
    assert found.claims == narrative.claims
    assert [relation.outcome for relation in found.relations] == [Outcome.VIOLATED, Outcome.VIOLATED]
    assert [relation.others for relation in found.relations] == [(1, 2), (1, 2)]

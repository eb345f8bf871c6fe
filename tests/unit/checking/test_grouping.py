"""Which findings are told together."""

from __future__ import annotations

from extractor.checking.checked import ToldFinding
from extractor.checking.grouping import grouped
from extractor.result.findings import Cause, Finding
from rules.words import Bilingual


def told(rule: str, *suspects: str, report: str = "a.txt") -> ToldFinding:
    message = Bilingual(zh=f"{rule}。", en=f"{rule}.")
    finding = Finding(
        rule=rule, severity="hard", cause=Cause.SOURCE_ERROR, suspects=suspects, message=message
    )
    return ToldFinding(finding, report, None, "")


def groups(*given: ToldFinding) -> list[tuple[list[str], tuple[str, ...]]]:
    return [([one.finding.rule for one in group.told], group.rules) for group in grouped(given)]


def test_findings_on_one_cell_are_one_entry_where_the_first_stands() -> None:
    assert groups(told("a", "x"), told("b", "y"), told("c", "x"), told("a", "x")) == [
        (["a", "c", "a"], ("a", "c")),
        (["b"], ("b",)),
    ]


def test_what_suspects_nothing_stays_by_itself() -> None:
    assert groups(told("a"), told("a")) == [(["a"], ("a",)), (["a"], ("a",))]


def test_two_reports_in_a_file_are_told_apart() -> None:
    assert len(groups(told("a", "x"), told("a", "x", report="a.txt#2"))) == 2


def test_a_rule_that_suspects_wrong_cells_alone_is_named_by_each_and_told_by_the_first() -> None:
    assert groups(told("whole", "x", "y"), told("a", "x"), told("b", "y")) == [
        (["a", "whole"], ("a", "whole")),
        (["b"], ("b", "whole")),
    ]


def test_a_rule_that_may_mean_another_cell_has_its_entry() -> None:
    assert groups(told("a", "x"), told("either", "x", "z")) == [
        (["a"], ("a",)),
        (["either"], ("either",)),
    ]

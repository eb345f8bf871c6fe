"""Right reports in many wordings: they are what they say, and nothing is told of them."""

from __future__ import annotations

from random import Random

from eval.sentences.right_reports import alarms, right_report
from extractor import extract


def test_no_rule_tells_anything_of_a_right_report() -> None:
    assert [alarm for report in alarms(7, 40) for alarm in report] == []


def test_the_same_seed_gives_the_same_reports_and_no_two_are_alike() -> None:
    one, other = Random(3), Random(3)  # noqa: S311 - nothing here is secret
    reports = [right_report(one) for _ in range(20)]
    assert reports == [right_report(other) for _ in range(20)]
    assert len(set(reports)) == len(reports)


def test_a_wrong_figure_among_them_is_told() -> None:
    """The suite could tell: a cell of a right report is changed."""
    text = right_report(Random(5))  # noqa: S311 - nothing here is secret
    row = next(line for line in text.splitlines() if "本年新收政府信息公开申请数量" in line)
    *cells, total, end = row.split("|")
    wrong = "|".join([*cells, f" {int(total) + 1} ", end])
    (extraction,) = extract(text.replace(row, wrong).encode(), name="a.txt")
    assert "requests-row-total" in {finding.rule for finding in extraction.findings}

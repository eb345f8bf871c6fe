"""This year's report beside last year's: --previous."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gold.cases import load_case
from eval.gold.planting import with_figures
from extractor import Extraction, UnreadableError, Verdict, extract
from extractor.narrative.check import with_last_year
from extractor.pipeline import read_previous
from extractor.result.findings import Finding
from extractor.result.narrative import Narrative, Relation, RelationKind
from rules.loader import built_in_forms
from tests.helpers.narratives import Written, cell, written
from tests.integration.commands.test_cli import run

CASE = load_case("longting-2023")
THIS_YEAR = str(CASE.path)
# Of 2023, the page has nothing carried over, 4 documents in force, of which 1 was issued in the year.
FITTING = {"disclosure.normative_documents.in_force": "3"}
# One application fewer is answered, and carried on to the next year: the page of 2022 is right in itself.
ONE_LEFT = {
    **FITTING,
    **{f"requests.granted.{column}": "3" for column in ("natural_person", "total")},
    **{f"requests.handled_total.{column}": "26" for column in ("natural_person", "total")},
    "requests.carried_out.natural_person": "1",
    "requests.carried_out.total": "1",
}


def last_year(folder: Path, figures: dict[str, str], *, year: str = "2022", organ: str = "") -> str:
    path = folder / "last.txt"
    text = with_figures(CASE, figures).replace("2023", year)
    # No report states what last year's did, number for number.
    text = text.replace("共 100 余条", "共 90 余条")
    path.write_text(text.replace("龙亭区", organ or "龙亭区"), encoding="utf-8")
    return str(path)


def lines(out: str) -> list[str]:
    return [line.split("  ")[1] for line in out.splitlines()]


def test_two_reports_that_fit(tmp_path: Path) -> None:
    assert run("check", THIS_YEAR, "--previous", last_year(tmp_path, FITTING))[:2] == (0, "")


def test_what_was_carried_over_and_what_was_not(tmp_path: Path) -> None:
    previous = last_year(tmp_path, ONE_LEFT)
    assert run("check", previous)[:2] == (0, "")
    code, out, _ = run("check", THIS_YEAR, "--previous", previous, "--lang", "zh")
    assert code == 1
    assert lines(out) == ["previous-carried-over", "previous-carried-over"]
    assert out.splitlines()[0].endswith(
        "“二、上年结转政府信息公开申请数量·自然人”为0，上年报告的“四、结转下年度继续办理·自然人”为1，相差1。"
    )
    (report,) = extract(THIS_YEAR, previous=extract(previous)[0])
    assert report.verdict is Verdict.SOURCE_ERROR
    assert {finding.place for finding in report.findings} == {
        "requests.carried_in.natural_person",
        "requests.carried_in.total",
    }
    assert all(finding.citation for finding in report.findings)


def test_documents_in_force_are_a_warning(tmp_path: Path) -> None:
    code, out, _ = run("check", THIS_YEAR, "--previous", last_year(tmp_path, {}), "--lang", "en")
    assert code == 0
    assert lines(out) == ["previous-in-force"]
    assert out.strip().endswith(
        "warning: “normative documents·in force” is 4; last year's 4, plus 1 issued, "
        "minus 0 repealed, is 5, a difference of 1."
    )


def test_blank_cells_are_compared_with_nothing(tmp_path: Path) -> None:
    blank = dict.fromkeys(("requests.carried_out.total", "disclosure.normative_documents.in_force"), "")
    assert run("check", THIS_YEAR, "--previous", last_year(tmp_path, blank))[:2] == (0, "")


@pytest.mark.parametrize("year", ["2021", "2023", "2024"])
def test_reports_of_other_years_are_not_compared(tmp_path: Path, year: str) -> None:
    previous = last_year(tmp_path, ONE_LEFT, year=year)
    code, out, _ = run("check", THIS_YEAR, "--previous", previous, "--lang", "zh")
    assert (code, lines(out)) == (0, ["previous-year"])
    assert f"所给的上年报告是{year}年的，本报告是2023年的，不是相邻的两年，未作比较。" in out


def test_a_report_of_another_organ_is_compared_but_told(tmp_path: Path) -> None:
    previous = last_year(tmp_path, ONE_LEFT, organ="鼓楼区")
    code, out, _ = run("check", THIS_YEAR, "--previous", previous)
    assert code == 1
    assert sorted(lines(out)) == ["previous-carried-over", "previous-carried-over", "previous-organ"]


def test_the_json_of_last_year_does_as_well_as_the_report(tmp_path: Path) -> None:
    previous, result = last_year(tmp_path, ONE_LEFT), tmp_path / "last.json"
    assert run("extract", previous, "-o", str(result))[0] == 0
    by_report, by_json = (run("check", THIS_YEAR, "--previous", one) for one in (previous, str(result)))
    assert by_report == by_json
    assert by_json[0] == 1
    shown = run("extract", THIS_YEAR, "--previous", str(result), "--to", "json")
    assert Extraction.model_validate_json(shown[1]).verdict is Verdict.SOURCE_ERROR


@pytest.mark.parametrize("content", ['{"schema_version": 1}', '{"schema_version": 1, "report": 3}\n{}'])
def test_a_json_of_something_else_is_told_as_such(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    code, _, err = run("check", THIS_YEAR, "--previous", str(path), "--lang", "en")
    assert code == 2
    assert "is not the JSON of one report" in err
    with pytest.raises(UnreadableError):
        read_previous(path)


def test_a_file_that_is_not_there_and_two_reports_at_once(tmp_path: Path) -> None:
    code, out, err = run("check", THIS_YEAR, "--previous", str(tmp_path / "none.txt"), "--lang", "en")
    assert (code, out) == (2, "")
    assert "can't read" in err
    code, out, err = run("check", THIS_YEAR, THIS_YEAR, "--previous", THIS_YEAR, "--lang", "en")
    assert (code, out) == (2, "")
    assert "one report only" in err


# --- growth against last year's number, as claims written by hand have it ----------------------------------

GROWTH = Relation(RelationKind.GROWTH, 1, (0,))
REPEATED = Relation(RelationKind.CELL, 0, addresses=("requests.received.total",))
GROWN = "收到申请[157]件，同比[^{}]%。"


def growth_findings(now: Written, narrative: Narrative, before: Extraction) -> tuple[Finding, ...]:
    (template,) = extract(THIS_YEAR)
    extraction = template.model_copy(update={"narrative": narrative, "cells": (), "findings": ()})
    return with_last_year(now.document, extraction, before, built_in_forms()).findings


def report_of_2022(received: str = "", narrative: Narrative | None = None) -> Extraction:
    (template,) = extract(THIS_YEAR)
    year = template.header.year
    assert year is not None
    header = template.header.model_copy(update={"year": year.model_copy(update={"value": "2022"})})
    cells = (cell("requests.received.total", received),)
    return template.model_copy(
        update={"header": header, "cells": cells, "narrative": narrative or Narrative()}
    )


@pytest.mark.parametrize(
    ("percentage", "received", "rules"),
    [
        ("63.5", "96", []),
        ("63.5", "97", ["previous-growth"]),
        ("63.5", "", []),
        ("63.5", "0", []),
    ],
    ids=["satisfied", "violated", "undecided-blank", "undecided-from-nothing"],
)
def test_growth_against_the_cell_of_last_year(percentage: str, received: str, rules: list[str]) -> None:
    now = written(GROWN.format(percentage))
    narrative = Narrative(claims=now.claims, relations=(GROWTH, REPEATED))
    findings = growth_findings(now, narrative, report_of_2022(received))
    assert [finding.rule for finding in findings] == rules
    for finding in findings:
        assert finding.message.zh == (
            "文中称“同比63.5%”，本年为157，上年报告为97，应为增长61.9%，相差1.6个百分点。"
        )


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("发布信息[96]件。", []),
        ("发布信息[97]件。", ["previous-growth"]),
        ("2022年发布信息[97]件。", ["previous-growth"]),
        ("2022年发布信息[96]件。", []),
        ("2022年发布信息[97]件，2021年发布信息[12]件。", []),
        ("发布信息近[97]件。", []),
        ("发布信息[97]条。", []),
        ("发布信息[97]件，公开信息[12]件。", []),
        ("没有数字。", []),
    ],
    ids=[
        "satisfied",
        "violated",
        "violated-with-year",
        "satisfied-with-year",
        "undecided-which-year",
        "undecided-about",
        "other-unit",
        "undecided-which",
        "undecided-not-stated",
    ],
)
def test_growth_against_the_same_words_of_last_year(text: str, rules: list[str]) -> None:
    now, before = written(GROWN.format("63.5")), written(text)
    narrative = Narrative(claims=now.claims, relations=(GROWTH,))
    previous = report_of_2022(narrative=Narrative(claims=before.claims))
    assert [finding.rule for finding in growth_findings(now, narrative, previous)] == rules

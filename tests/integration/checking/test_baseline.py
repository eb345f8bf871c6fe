"""Accepted findings, through the command: who, why, and void when what they are about changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.integration.commands.test_cli import run

PAGES = Path("tests/data/checks")
BY = ("--write-baseline", "--reason", "上级口径", "--person", "王某")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A page that states 40 handled and 5 carried over in its text, and 45 and 2 in its table."""
    shutil.copy(PAGES / "08b-text-handled.html", tmp_path / "报告.html")
    return tmp_path / "报告.html"


def told(report: Path, *options: str) -> list[str]:
    out = run("check", str(report), *options, "--lang", "zh")[1]
    return [line.split("  ")[2] for line in out.splitlines()]


def test_what_was_accepted_is_not_told_again(report: Path) -> None:
    baseline = report.with_name("baseline.json")
    assert len(told(report)) == 2
    code, out, err = run("check", str(report), "--baseline", str(baseline), *BY, "--lang", "zh")
    assert (code, out) == (0, "")
    assert "认可 2 个问题" in err
    accepted = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert [(one["path"], one["reason"], one["person"]) for one in accepted] == [
        ("报告.html", "上级口径", "王某")
    ] * 2
    code, out, err = run("check", str(report), "--baseline", str(baseline), "--lang", "zh")
    assert (code, out) == (0, "")
    assert "2 个问题已认可，未列出" in err


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("未收取信息处理费", "未收取任何费用", 0),  # another sentence
        ("均已按期答复", "均已及时答复", 2),  # the sentence that both are about
        ("<td>45</td>", "<td>46</td>", 1),  # the figure of the table that it is compared with
        ("<h1>", "<p>说明</p><h1>", 0),  # it moves down
    ],
)
def test_it_is_void_when_what_it_is_about_changes(report: Path, old: str, new: str, left: int) -> None:
    baseline = report.with_name("baseline.json")
    options = ("--baseline", str(baseline), "--select", "narrative")
    run("check", str(report), *options, *BY)
    page = report.read_text(encoding="utf-8")
    assert old in page
    report.write_text(page.replace(old, new), encoding="utf-8")
    assert len(told(report, *options)) == left


def test_each_acceptance_is_for_one_finding(report: Path) -> None:
    last, linked = "<p>本年度未收取信息处理费。</p>", "<p>见http://10.0.0.1/a。</p>"
    page = report.read_text(encoding="utf-8").replace(last, last + linked)
    report.write_text(page, encoding="utf-8")
    options = ("--baseline", str(report.with_name("baseline.json")), "--select", "links-inside")
    run("check", str(report), *options, *BY)
    assert told(report, *options) == []
    report.write_text(page.replace(linked, linked * 2), encoding="utf-8")
    assert len(told(report, *options)) == 1


def test_other_files_and_rules_stay_accepted(report: Path) -> None:
    baseline, other = report.with_name("baseline.json"), report.with_name("b.html")
    shutil.copy(PAGES / "33-org-differs.html", other)
    run("check", str(report), str(other), "--baseline", str(baseline), *BY)
    page = report.read_text(encoding="utf-8")
    report.write_text(page.replace("结转下年度继续办理5件", "结转下年度继续办理2件"), encoding="utf-8")
    run("check", str(report), "--baseline", str(baseline), "--select", "section", *BY)
    kept = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert [one["path"] for one in kept] == ["b.html", "报告.html", "报告.html"]
    # Written anew of all rules, it forgets what isn't told any more.
    run("check", str(report), "--baseline", str(baseline), *BY)
    kept = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert [one["path"] for one in kept].count("报告.html") == len(told(report))


@pytest.mark.parametrize("left_out", ["--reason", "--person", "--baseline"])
def test_nobody_accepts_without_a_name_and_a_reason(report: Path, left_out: str) -> None:
    given = {"--reason": "上级口径", "--person": "王某", "--baseline": str(report.with_name("b.json"))}
    options = [word for pair in given.items() if pair[0] != left_out for word in pair]
    code, out, err = run("check", str(report), "--write-baseline", *options, "--lang", "zh")
    assert (code, out) == (2, "")
    assert "需要 --baseline FILE" in err
    assert not report.with_name("b.json").exists()


def test_a_file_that_is_no_baseline_is_refused(report: Path) -> None:
    code, out, err = run(
        "check", str(report), "--baseline", "tests/data/sarif/sarif-2.1.0.json", "--lang", "zh"
    )
    assert (code, out) == (2, "")
    assert "不是认可问题的清单" in err


def test_findings_of_some_rules_are_accepted_and_the_others_told(report: Path) -> None:
    baseline = report.with_name("baseline.json")
    page = report.read_text(encoding="utf-8")
    last = "<p>本年度未收取信息处理费。</p>"
    report.write_text(page.replace(last, f"{last}<p>见http://10.0.0.1/a。</p>"), encoding="utf-8")
    by = ("--baseline", str(baseline), "--accept", "links", "--reason", "演示环境", "--person", "李某")
    code, out, err = run("check", str(report), *by, "--lang", "zh")
    assert code == 1
    assert "links-inside" not in out
    assert out.count("narrative-same-as-cell") == 2
    assert "认可 1 个问题" in err
    # What others accepted before stays theirs, and is not told either.
    by = ("--baseline", str(baseline), "--accept", "narrative", "--reason", "上级口径", "--person", "王某")
    assert run("check", str(report), *by)[:2] == (0, "")
    kept = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert [(one["rule"], one["person"]) for one in kept] == [
        ("links-inside", "李某"),
        *[("narrative-same-as-cell", "王某")] * 2,
    ]
    assert run("check", str(report), "--baseline", str(baseline))[:2] == (0, "")


def test_a_rule_that_is_accepted_but_not_there_is_told(report: Path) -> None:
    options = ("--baseline", str(report.with_name("b.json")), "--reason", "a", "--person", "b")
    code, _, err = run("check", str(report), "--accept", "nothing-such", *options, "--lang", "en")
    assert code == 2
    assert "no rule begins with “nothing-such”" in err
    assert not report.with_name("b.json").exists()
    code, _, err = run("check", str(report), "--accept", "links", "--lang", "en")
    assert code == 2
    assert "--accept needs --baseline FILE" in err


def test_a_report_on_another_drive_than_the_baseline_stands_there_whole(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_windows(path: str, start: str) -> str:
        raise ValueError(f"path is on mount 'D:', start on mount 'C:': {path}, {start}")

    monkeypatch.setattr("os.path.relpath", of_windows)
    baseline = report.with_name("baseline.json")
    for said in ("认可 2 个问题", "2 个问题已认可"):
        by = BY if not baseline.exists() else ()
        assert said in run("check", str(report), "--baseline", str(baseline), *by, "--lang", "zh")[2]
    accepted = json.loads(baseline.read_text(encoding="utf-8"))["accepted"]
    assert {one["path"] for one in accepted} == {report.resolve().as_posix()}

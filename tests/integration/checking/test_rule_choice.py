"""Which rules there are, and findings of some of them only: gongkai rules, --select, --ignore."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from eval.gold.cases import load_case
from extractor.checking.catalogue import listed_rules
from extractor.commands.rules import rules_to_text
from extractor.verify.defect_words import DEFECTS
from rules.claims import narrative_rules
from rules.loader import all_built_in_forms, built_in_forms
from tests.integration.commands.test_cli import run

# Its columns and one total don't add up, 103 having become 130.
PLANTED = "tests/data/planted.txt"
# Two groups of table 4 don't, on the page as it was published.
HONGZE = str(load_case("hongze-2023").path)
FORM = """\
format: 1
family: library
edition: "7"
title: {zh: 图书馆年报, en: Library report}
prescribed_by: 馆务会
marks: [图书馆年度统计]
edition_from: lending
tables:
  - id: lending
    title: {zh: 借阅情况, en: Lending}
    headings: [图书借阅情况]
    blocks:
      - id: lending
        columns: [{id: books, label: 图书册数, en: books}, {id: all, label: 总册数, en: in all}]
        rows: [{id: lent, label: 借出, en: lent}]
rules:
  - id: lending-total
    kind: balance
    severity: soft
    each: lending.@.all
    expression: lending.@.all = lending.@.books
    citation: 馆务会
    message:
      zh: “{row}”合计{left}，应为{right}。
      en: "{row}: {left}, not {right}."
"""


def ids(out: str) -> list[str]:
    return [rule for line in out.splitlines() for rule in line.split("  ")[1].split(", ")]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ["requests-handled-total", "requests-row-total"]),
        (["--select", "requests-row-total"], ["requests-row-total"]),
        (
            ["--select", "requests-row-total,requests-handled"],
            ["requests-handled-total", "requests-row-total"],
        ),
        (["--select", "requests-row", "--select", "disputes"], ["requests-row-total"]),
        (["--select", "requests", "--ignore", "requests-row-total"], ["requests-handled-total"]),
        (["--ignore", "requests-handled-total, disputes"], ["requests-row-total"]),
        (["--ignore", "requests"], []),
        (["--select", "narrative"], []),
    ],
)
def test_findings_of_some_rules_only(options: list[str], found: list[str]) -> None:
    code, out, err = run("check", PLANTED, *options, "--lang", "en")
    assert ids(out) == found
    assert code == bool(found)
    # The verdict is that of the report, whatever is looked at.
    assert "1 report, 0 verified" in err


def test_a_warning_alone_is_no_error() -> None:
    assert run("check", HONGZE, "--select", "disputes")[0] == 1
    code, out, _ = run("check", HONGZE, "--ignore", "disputes")
    assert (code, out) == (0, "")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("name", ["request-row-total", "narrative,nonsense", "", "requests,", "Narrative"])
def test_a_rule_that_is_not_there_is_told(option: str, name: str) -> None:
    code, out, err = run("check", PLANTED, option, name, "--lang", "en")
    assert (code, out) == (2, "")
    assert "no rule begins with" in err
    assert "gongkai rules" in err
    assert "没有以“" in run("check", PLANTED, option, name, "--lang", "zh")[2]


def test_every_rule_stands_on_a_line_with_its_id_first() -> None:
    code, out, _ = run("rules", "--lang", "en")
    assert code == 0
    lines = [line.split("  ") for line in out.splitlines()]
    listed = [line[0] for line in lines]
    own = [rule.id for form in all_built_in_forms() for rule in form.rules]
    documents = [form.document for form in all_built_in_forms() if form.document is not None]
    own += [rule.id for document in documents for rule in document.rules]
    assert listed == [*own, *narrative_rules(), *DEFECTS]
    assert {line[1] for line in lines} == {"error", "warning", "hint"}
    assert ["requests-row-total", "error", "2019"] in [line[:3] for line in lines]
    assert "narrative-open-under  warning  -  Parts that fall short" in out
    assert "stray-figures  warning  -  Every figure of a table belongs to a row." in out
    assert "国办公开办函〔2021〕30号" in out
    assert (
        "narrative-closed  文中合计  错误  -  文中总数应等于其全部组成部分之和。"
        in run("rules", "--lang", "zh")[1]
    )


def test_every_finding_has_the_severity_that_is_listed() -> None:
    severities = {rule.id: rule.severity for rule in listed_rules(built_in_forms())}
    assert severities["undecodable"] == severities["other-edition"] == "soft"
    assert severities["missing-row"] == severities["narrative-closed"] == "hard"


def test_the_list_as_json() -> None:
    code, out, _ = run("rules", "--to", "json")
    assert code == 0
    rules = json.loads(out)
    (closed,) = (rule for rule in rules if rule["id"] == "narrative-closed")
    assert closed == {
        "id": "narrative-closed",
        "source": "narrative",
        "name": {"zh": "文中合计", "en": "narrative-closed"},
        "severity": "hard",
        "edition": None,
        "text": {
            "zh": "文中总数应等于其全部组成部分之和。",
            "en": "A whole in the text is the sum of all its parts.",
        },
        "citation": None,
    }
    assert {rule["source"] for rule in rules} == {
        "form",
        "document",
        "narrative",
        "previous",
        "defect",
    }


def test_the_rules_of_a_form_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(FORM, encoding="utf-8")
    out = run("rules", "--form", str(path), "--lang", "zh")[1]
    assert out.splitlines()[0] == "lending-total  -  提示  7  “{row}”合计{left}，应为{right}。  馆务会"
    assert run("check", PLANTED, "--form", str(path), "--select", "lending")[:2] == (0, "")
    path.write_text(FORM.replace("severity: soft", "severity: mild"), encoding="utf-8")
    code, out, err = run("rules", "--form", str(path), "--lang", "en")
    assert (code, out) == (2, "")
    assert "library.yaml:19" in err


class Terminal(io.StringIO):
    """Claims to be one."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = rules_to_text(listed_rules(built_in_forms()), "en", Terminal())
    assert "severity" in shown
    assert all(f" {rule} " in f" {shown}" for rule in narrative_rules())
    # What holds, and not the message with its placeholders.
    assert "{" not in shown


@pytest.mark.parametrize("name", ["requests-carried-over", "申请表收办平衡"])
def test_the_page_of_one_rule(name: str) -> None:
    code, out, _ = run("rules", name, "--lang", "zh")
    assert code == 0
    assert out == Path("docs/zh/rules/requests-carried-over.md").read_text(encoding="utf-8")


def test_a_rule_that_there_isnt_and_which_may_be_meant() -> None:
    code, out, err = run("rules", "request-carried-over", "--lang", "en")
    assert (code, out) == (2, "")
    assert "no rule is called “request-carried-over”; is requests-carried-over" in err
    assert "是否指 身份证号码" in run("rules", "身份证号", "--lang", "zh")[2]


def test_rules_are_chosen_by_their_chinese_names_too() -> None:
    by_id = run("check", PLANTED, "--select", "requests-row-total", "--lang", "en")
    assert by_id[1]
    assert run("check", PLANTED, "--select", "申请表每行总计", "--lang", "en") == by_id

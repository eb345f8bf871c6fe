"""Findings as other programs read them: by the command, of real files, and read back by their parsers."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from extractor.commands.inputs import read_given
from extractor.output.findings.formats import FINDINGS_FORMATS
from tests.integration.commands.test_cli import gongkai, run

PAGES = Path("tests/data/checks")
# A page with an error, one with a hint, one of which nothing is told, and one that isn't there.
WRONG, HINTED = str(PAGES / "08-text-handled.html"), str(PAGES / "29-no-contact.html")
CLEAN, GONE = str(PAGES / "00-clean.html"), str(PAGES / "00-gone.html")
PLAIN = "tests/data/planted.txt"
# The schema of SARIF; README.md beside it says where it comes from.
SCHEMA = Path("tests/data/sarif/sarif-2.1.0.json")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A text with errors, whose name is one that URIs, workflow commands and CSV have to escape."""
    path = tmp_path_factory.mktemp("年报") / "甲,乙: 100%.txt"
    path.write_text(Path(PLAIN).read_text(encoding="utf-8"), encoding="utf-8")
    return str(path)


def written(output_format: str, *arguments: str) -> str:
    return run("check", *arguments, "--output-format", output_format, "--lang", "zh")[1]


def told_as_text(path: str) -> list[tuple[int, int, str]]:
    """Line, column and rule of every finding, as the plain lines have them."""
    lines = written("text", path, "--full").splitlines()
    found = [re.match(rf"{re.escape(path)}:(\d+):(\d+)  (\S+)  ", line) for line in lines]
    return [(int(match[1]), int(match[2]), match[3]) for match in found if match is not None]


@cache
def validator() -> Any:
    # With what it checks formats by, it takes seconds to import: only where it is needed.
    import jsonschema

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def sarif(*arguments: str) -> dict[str, Any]:
    log = json.loads(written("sarif", *arguments))
    assert list(validator().iter_errors(log)) == []
    (only,) = log["runs"]
    return dict(only)


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(written("sarif", WRONG))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert len(list(validator().iter_errors(log))) == 1
    del log["version"]
    assert len(list(validator().iter_errors(log))) == 2


def test_sarif_says_of_every_finding_what_and_where(odd: str) -> None:
    log = sarif(odd, WRONG, HINTED, CLEAN, GONE)
    paths = [unquote(one["location"]["uri"]) for one in log["artifacts"]]
    assert paths == [f"file://{odd}", WRONG, HINTED, CLEAN, GONE]
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    lines = Path(odd).read_text(encoding="utf-8").splitlines()
    found = []
    for result in log["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        index = place["artifactLocation"]["index"]
        assert unquote(place["artifactLocation"]["uri"]) == paths[index]
        assert rules[result["ruleIndex"]] == result["ruleId"]
        region = place["region"]
        if index == 0 and "startColumn" in region:
            found.append((region["startLine"], region["startColumn"], result["ruleId"]))
            words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert words.strip() == words != ""
        elif index:
            # The lines of a page's text are none of its source's.
            assert region == {"startLine": 1}
    assert found == [one for one in told_as_text(odd) if one[:2] != (1, 1)] != []
    levels = {result["ruleId"]: result["level"] for result in log["results"]}
    assert (levels["narrative-same-as-cell"], levels["contact-missing"]) == ("error", "note")
    (invocation,) = log["invocations"]
    assert not invocation["executionSuccessful"]
    assert "00-gone.html" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_of_nothing_is_sarif() -> None:
    log = sarif(CLEAN)
    assert (log["results"], log["tool"]["driver"]["rules"]) == ([], [])
    assert log["invocations"][0]["executionSuccessful"]


def test_what_a_person_accepted_is_suppressed_in_sarif_with_the_reason(tmp_path: Path) -> None:
    baseline = str(tmp_path / "baseline.json")
    by = ("--accept", "narrative", "--reason", "上级口径", "--person", "王某")
    suppression = {
        "kind": "external",
        "status": "accepted",
        "justification": "上级口径",
        "properties": {"person": "王某"},
    }
    for options in (by, ()):  # when it is accepted, and ever after
        log = sarif(WRONG, HINTED, "--baseline", baseline, *options)
        told = {result["ruleId"]: result.get("suppressions") for result in log["results"]}
        assert told == {"narrative-same-as-cell": [suppression], "contact-missing": None}
        assert {rule["id"] for rule in log["tool"]["driver"]["rules"]} == told.keys()
    assert "narrative" not in written("text", WRONG, "--baseline", baseline)


def test_the_fingerprint_of_a_finding_survives_lines_above_it(tmp_path: Path) -> None:
    text = Path(PLAIN).read_text(encoding="utf-8")
    prints = []
    for name, content in (("a.txt", text), ("b.txt", f"\n\n{text}")):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        prints.append([one["partialFingerprints"] for one in sarif(str(path))["results"]])
    assert prints[0] == prints[1]
    assert len({json.dumps(one) for one in prints[0]}) > 1


def test_json_and_its_lines_hold_the_findings_of_extract(odd: str) -> None:
    found = json.loads(written("json", odd, HINTED, CLEAN))
    assert [json.loads(line) for line in written("jsonl", odd, HINTED, CLEAN).splitlines()] == found
    report = json.loads(run("extract", odd, "--to", "json")[1])
    of_odd = [one for one in found if one["path"] == odd]
    for told, finding in zip(of_odd, [*report["findings"], *report["remarks"]], strict=True):
        assert finding.items() <= told.items()
        assert (told["end_line"] is None) == (finding["line"] is None)
    assert [one["rule"] for one in found if one["path"] == HINTED] == ["contact-missing"]
    assert json.loads(written("json", CLEAN)) == []
    (gone,) = json.loads(written("json", GONE))
    assert (gone["path"], gone["rule"]) == (GONE, None)
    assert "无法读取" in gone["message"]["zh"]


def test_csv_has_a_row_a_finding(odd: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", odd, CLEAN, HINTED, GONE))))
    placed = [row for row in rows if row["path"] == odd and row["line"]]
    plain = [(int(row["line"]), int(row["column"]), row["rule"]) for row in placed]
    assert plain == [one for one in told_as_text(odd) if one[:2] != (1, 1)]
    assert [(row["rule"], row["severity"]) for row in rows[-2:]] == [
        ("contact-missing", "hint"),
        ("", "hard"),
    ]


def unescaped(text: str) -> str:
    """As GitHub's runner reads what its toolkit writes."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_github_shows_them_beside_the_lines(odd: str) -> None:
    found = []
    lines = written("github", odd, HINTED, CLEAN, GONE).splitlines()
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match is not None, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert unescaped(properties["file"]) in (odd, HINTED, GONE)
        if "line" in properties:
            rule = properties["title"].removeprefix("gongkai ")
            found.append((int(properties["line"]), int(properties["col"]), rule))
            assert int(properties["col"]) <= int(properties["endColumn"])
    assert found == [one for one in told_as_text(odd) if one[:2] != (1, 1)]
    assert lines[-2].startswith("::notice title=gongkai contact-missing,file=")
    assert lines[-1].startswith("::error title=gongkai,file=")


def test_junit_has_a_suite_a_file(odd: str) -> None:
    arguments = (odd, HINTED, CLEAN, GONE)
    root = ET.fromstring(written("junit", *arguments).encode())  # noqa: S314 - our own output
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == list(arguments)
    failed = [case.get("name") for case in suites[0].findall("testcase") if case.find("failure") is not None]
    assert failed == [rule for _, _, rule in told_as_text(odd)]
    assert [suite.get("failures") for suite in suites] == [str(len(failed)), "0", "0", "0"]
    assert [suite.get("errors") for suite in suites] == ["0", "0", "0", "1"]
    assert [suite.get("tests") for suite in suites[1:]] == ["1", "1", "1"]
    assert (root.get("tests"), root.get("errors")) == (str(len(failed) + 3), "1")
    hint = suites[1].find("testcase/system-out")
    assert hint is not None
    assert "没有联系方式" in str(hint.text)


def test_junit_fails_what_fails_the_report() -> None:
    page = str(PAGES / "33-org-differs.html")
    for options, failures in (((), "0"), (("--strict",), "1")):
        root = ET.fromstring(written("junit", page, *options).encode())  # noqa: S314 - our own output
        assert root.get("failures") == failures


def test_statistics_count_by_rule() -> None:
    pages = sorted(map(str, PAGES.glob("[01]*-*.html")))
    listed = [line.split("  ")[1] for line in written("text", *pages).splitlines()]
    counts = [line.split()[:2] for line in written("text", *pages, "--statistics").splitlines()]
    assert {rule: int(count) for count, rule in counts} == {rule: listed.count(rule) for rule in listed}
    assert [int(count) for count, _ in counts] == sorted((int(count) for count, _ in counts), reverse=True)
    objects = json.loads(written("json", *pages, "--statistics"))
    assert [[str(one["count"]), one["rule"]] for one in objects] == counts
    assert objects[0]["files"] < objects[0]["count"]
    rows = list(csv.DictReader(io.StringIO(written("csv", *pages, "--statistics"))))
    assert [[row["count"], row["rule"]] for row in rows] == counts
    assert written("json", CLEAN, "--statistics") == "[]\n"
    code, out, err = run("check", CLEAN, "--statistics", "--output-format", "junit", "--lang", "zh")
    assert (code, out) == (2, "")
    assert "--statistics 不能写成 junit。可用的格式：text、json、csv。" in err


@pytest.mark.parametrize("output_format", [row.name for row in FINDINGS_FORMATS])
def test_the_exit_status_is_the_same_in_every_format(output_format: str) -> None:
    as_format = ("--output-format", output_format)
    assert [run("check", page, *as_format)[0] for page in (CLEAN, HINTED, WRONG, GONE)] == [0, 0, 1, 2]
    assert [run("check", page, *as_format, "--exit-zero")[0] for page in (WRONG, GONE)] == [0, 2]


def test_what_was_found_before_an_interrupt_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(file: str, **given: Any) -> Any:
        if file == CLEAN:
            raise KeyboardInterrupt
        return read_given(file, **given)

    monkeypatch.setattr("extractor.commands.check.read_given", interrupted)
    code, out, _ = run("check", WRONG, CLEAN, "--output-format", "json")
    assert code == 130
    assert [one["path"] for one in json.loads(out)] == [WRONG]


def test_a_report_on_standard_input_is_told_as_such() -> None:
    shown = gongkai("check", "-", "--output-format", "sarif", data=Path(PLAIN).read_bytes())
    log = json.loads(shown.stdout)
    assert list(validator().iter_errors(log)) == []
    assert unquote(log["runs"][0]["artifacts"][0]["location"]["uri"]) == "<stdin>"

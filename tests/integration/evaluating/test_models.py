"""Models beside the layout alone: one that reads, one that says nothing, one that errs, on a server here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.commands import commands
from eval.runs.folder import read_run
from eval.scoring.paired import differing, paired
from eval.simulation.readings import simulated_flat
from eval.zoo.generation import GeneratedReport
from tests.helpers.loopback import Answer, Loopback, Seen, completion
from tests.helpers.manual import blocks
from tests.helpers.mapped import right_answer

COUNT = 4
REPORTS = [simulated_flat(0, number).report for number in range(COUNT)]
NOTHING: dict[str, Any] = {"by": "rows", "across": [], "series": []}


def asked_about(shown: str) -> GeneratedReport:
    """The report that the lines of a question are of."""
    pieces = [piece for line in shown.split("\n") for piece in line.partition(" ")[2].split("|")]
    return next(one for one in REPORTS if all(piece in one.text for piece in pieces))


def answered(seen: Seen) -> Answer:
    if seen.body["model"] == "silent":
        return completion(json.dumps(NOTHING))
    if seen.body["model"] == "broken":
        return completion("no JSON at all")
    shown = seen.body["messages"][-1]["content"]
    answer = right_answer(asked_about(shown), shown)
    return completion(json.dumps(answer, ensure_ascii=False))


def compared(folder: Path, *models: str) -> Result:
    with Loopback(script=answered) as server:
        arguments = ["models", "flattened", "--limit", str(COUNT), "--base-url", server.url, "--no-text"]
        arguments += [word for model in models for word in ("--model", model)]
        arguments += [
            "--price-input",
            "1",
            "--price-output",
            "2",
            "--jobs",
            "1",
            "--lang",
            "en",
            "-o",
            str(folder),
        ]
        return CliRunner().invoke(commands, arguments, catch_exceptions=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("models") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("CI", raising=False)
        result = compared(folder, "reads", "silent", "broken")
    assert result.exit_code == 0, result.output
    return folder, result.stdout


def test_models_stand_beside_the_layout_alone(run: tuple[Path, str]) -> None:
    folder, told = run
    reads, silent, broken = paired(read_run(folder))
    cells = sum(address.startswith("requests.") for report in REPORTS for address in report.cells)
    assert (reads.name, len(reads.results), reads.asked) == ("reads", COUNT, COUNT)
    assert (reads.settled, reads.wrongly_settled, reads.spoilt, reads.left_open) == (cells, 0, 0, 0)
    assert (silent.settled, silent.left_open, silent.refused) == (0, cells, COUNT)
    assert (broken.settled, broken.left_open, broken.refused) == (0, cells, 0)
    assert broken.unusable >= COUNT
    assert reads.probability < 0.001 < silent.probability
    assert reads.cost is not None
    assert reads.cost > 0
    head, *rows = told.splitlines()
    assert [row.split()[0] for row in rows] == ["reads", "silent", "broken"]
    assert re.split(r" {2,}", head)[1:] == [
        "reports", "requests", "questions", "refused", "unusable", "tokens in", "out", "price", "seconds",
        "settled", "wrong", "spoilt", "left open", "p",
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["docs/evaluation.md", "docs/zh/evaluation.md"])
def test_the_manual_shows_what_is_printed(page: str, run: tuple[Path, str]) -> None:
    """But for the seconds."""
    (shown,) = blocks(page, "text")
    tables = [[re.split(r" {2,}", line) for line in text.splitlines()] for text in (shown, run[1])]
    seconds = tables[0][0].index("seconds")
    first, second = ([row[:seconds] + row[seconds + 1 :] for row in table] for table in tables)
    assert first == second


def test_the_cells_that_differ_stand_side_by_side(run: tuple[Path, str]) -> None:
    folder, _ = run
    cells = {(one.item, one.address): one for one in differing(read_run(folder))}
    one = cells["flattened-0-0", "requests.received.total"]
    assert one.gold == REPORTS[0].cells["requests.received.total"].printed
    assert one.told == {
        "layout": "absent: omitted",
        "reads": "unchecked",
        "silent": "absent: omitted",
        "broken": "absent: omitted",
    }
    assert not any(address.startswith("disclosure.") for _, address in cells)
    page = (folder / "models.html").read_text(encoding="utf-8")
    assert "<th>layout</th><th>reads</th><th>silent</th><th>broken</th>" in page
    assert f"<td>requests.received.total</td><td>{one.gold}</td>" in page


def test_no_model_is_an_error(tmp_path: Path) -> None:
    arguments = ["models", "cases", "-o", str(tmp_path / "none"), "--lang", "en"]
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert result.exit_code == 2
    assert "--model" in result.stderr


def test_the_simulated_models_are_compared_without_a_server(tmp_path: Path) -> None:
    """Whoever makes no mistake settles more than the layout, and nothing wrong; whoever errs, less of it."""
    arguments = ["models", "flattened", "--limit", "2", "--jobs", "1", "-o", str(tmp_path)]
    shown = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert shown.exit_code == 0
    right, erring = paired(read_run(tmp_path))
    assert [right.name, erring.name] == ["simulated right", "simulated"]
    assert (right.wrongly_settled, right.spoilt, right.left_open) == (0, 0, 0)
    assert erring.wrongly_settled == 0
    assert erring.settled < right.settled


def test_other_suites_need_a_model_that_is_named(tmp_path: Path) -> None:
    arguments = ["models", "flattened", "cases", "--lang", "en", "-o", str(tmp_path)]
    shown = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert shown.exit_code == 2
    assert "name the models to be compared" in shown.output

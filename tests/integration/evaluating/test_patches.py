"""A broken rule, a broken layout and a broken prompt each show as a regression: three patches, kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from eval.commands import commands
from eval.gold.answers import answer_to, as_text, gold_rows
from eval.gold.cases import load_case, reviewed_cases
from eval.runs.folder import read_run
from tests.helpers.loopback import Answer, Loopback, Seen, completion

ROOT = Path(__file__).parents[3]
ROOMS = ("cache", "eval", "extractor", "prompts", "rules")
FORM = "rules/forms/2021.yaml"
# The case that a model is asked about, one with requests carried in, one with figures of both columns.
ASKED, *_ = CASES = ("longting-2023", "shanghai-sci-2024", "luozhuang-2023")


class Patch(NamedTuple):
    """A change to the project that makes it worse.

    ``old`` stands in the file once; ``told`` is what the comparison says of it.
    """

    path: str
    old: str
    new: str
    told: str


# A balance that leaves out what was carried in.
RULE = Patch(
    FORM,
    "expression: requests.received.@ + requests.carried_in.@ =",
    "expression: requests.received.@ =",
    "findings",
)
# The labels of two columns exchanged.
COLUMNS = Patch(
    FORM,
    "{id: business, label: 商业企业, en: business, under: 法人或其他组织, variants: [企业, 商业组织]}\n"
    "          - {id: research, label: 科研机构,",
    "{id: business, label: 科研机构, en: business, under: 法人或其他组织, variants: [企业, 商业组织]}\n"
    "          - {id: research, label: 商业企业,",
    "confirmed",
)
# The model isn't told any more to leave figures as they are.
PROMPT = Patch("prompts/tables.md", "只抄写，不计算。", "", "exact confirmed → ")


def evaluated(folder: Path, *arguments: str) -> Path:
    """A run of the project as it is."""
    asked = [*arguments, "-o", str(folder), "--jobs", "1", "--lang", "en"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("eval.runs.suites.reviewed_cases", lambda: [*map(load_case, CASES)])
        patched.setenv("GONGKAI_CACHE_DIR", str(folder / "replies"))
        own = CliRunner().invoke(commands, asked, catch_exceptions=False)
    assert own.exit_code in (0, 1), own.stderr
    return folder


def evaluated_by(project: Path, folder: Path, *arguments: str) -> Path:
    """A run of a copy of the project, which has to be a process of its own."""
    own = subprocess.run(
        [sys.executable, "-m", "eval", *arguments, "-o", folder, "--jobs", "1", "--lang", "en"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "GONGKAI_CACHE_DIR": str(folder / "replies")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert own.returncode in (0, 1), own.stderr
    return folder


def copy_of_project(folder: Path, patch: Patch | None = None) -> Path:
    """With these cases alone."""
    others = [one.name for one in reviewed_cases() if one.name not in CASES]
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("zoo-*", *others))
    if patch is not None:
        text = (folder / patch.path).read_text(encoding="utf-8")
        assert text.count(patch.old) == 1
        (folder / patch.path).write_text(text.replace(patch.old, patch.new), encoding="utf-8")
    return folder


def compared(before: Path, after: Path) -> tuple[int, str]:
    asked = ["compare", str(before), str(after), "--tolerance", "0.001", "--lang", "en"]
    own = CliRunner().invoke(commands, asked, catch_exceptions=False)
    assert own.stderr == ""
    return own.exit_code, own.stdout


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the project makes of the cases."""
    return evaluated(tmp_path_factory.mktemp("good") / "run", "cases")


@pytest.mark.parametrize("patch", [RULE, COLUMNS], ids=["rule", "columns"])
def test_a_broken_rule_or_layout_shows(good: Path, tmp_path: Path, patch: Patch) -> None:
    project = copy_of_project(tmp_path / "project", patch)
    bad = evaluated_by(project, tmp_path / "run", "cases")
    status, told = compared(good, bad)
    assert status == 1
    assert patch.told in told
    assert read_run(good).manifest["rules"] != read_run(bad).manifest["rules"]
    assert read_run(good).manifest["prompts"] == read_run(bad).manifest["prompts"]


def test_a_copy_that_is_not_broken_shows_nothing(good: Path, tmp_path: Path) -> None:
    same = evaluated_by(copy_of_project(tmp_path / "project"), tmp_path / "run", "cases")
    assert compared(good, same) == (0, "600 cells: 0 better, 0 worse (sign test p = 1), 0 newly silent\n")


@pytest.fixture
def obedient() -> Iterator[str]:
    """The address of a model that copies figures where it is told to, and else adds to them."""
    rows = gold_rows(load_case(ASKED))

    def answered(seen: Seen) -> Answer:
        system, user = (one["content"] for one in seen.body["messages"])
        answer = answer_to(system, user, rows)
        if PROMPT.old not in system:
            for row in answer["rows"]:
                row["cells"] = [f"{cell}1" for cell in row["cells"]]
        return completion(as_text(answer))

    with Loopback(script=answered) as server:
        yield server.url


def test_a_broken_prompt_shows(obedient: str, tmp_path: Path) -> None:
    server = ("--model", "m", "--base-url", obedient, "--api-key", "k", "--profile", "json_schema")
    asked = ("cases", *server, "--reader", "both", "--limit", "1", "--no-text", "--cache", "off")
    good = evaluated(tmp_path / "good", *asked)
    project = copy_of_project(tmp_path / "project", PROMPT)
    bad = evaluated_by(project, tmp_path / "bad", *asked)
    status, told = compared(good, bad)
    assert status == 1
    assert PROMPT.told in told
    assert ASKED in told
    assert read_run(good).manifest["prompts"] != read_run(bad).manifest["prompts"]
    assert read_run(good).manifest["rules"] == read_run(bad).manifest["rules"]

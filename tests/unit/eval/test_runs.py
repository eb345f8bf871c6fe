"""Run folders: what is written is read again, stopped runs go on, and damage is told."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.runs.folder import MANIFEST, RESULTS, RunFolder, read_run
from eval.scoring.metrics import Tried
from eval.scoring.run import Setup
from extractor.errors import OutputError, UnreadableError
from tests.helpers.scored import SEVEN, cell, manifest, result, scored

FIRST = result("a", scored(), findings=Tried(1, 2, 3), cost=Decimal("0.25"))
SECOND = result("b", scored(cell("t.b.x", "八", SEVEN)), verdict="needs_review")


def written(folder: Path) -> RunFolder:
    kept = RunFolder(folder, manifest())
    for one, order in (FIRST, SECOND):
        kept.keep([one], {one.order: order})
    return kept


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    written(tmp_path / "run")
    run = read_run(tmp_path / "run")
    assert run.manifest == json.loads(json.dumps(manifest()))
    assert run.results == [FIRST[0], SECOND[0]]
    assert list(run.rated(run.results[1])) == list(scored(cell("t.b.x", "八", SEVEN)).rated)
    assert "八" in (tmp_path / "run" / RESULTS).read_text(encoding="utf-8")


def test_an_order_of_addresses_is_written_once(tmp_path: Path) -> None:
    written(tmp_path)
    lines = (tmp_path / RESULTS).read_text(encoding="utf-8").splitlines()
    assert [("addresses" in json.loads(line)) for line in lines] == [True, False, False]


@pytest.mark.parametrize("cut", [1, 2, 40, 200])
def test_a_run_that_was_killed_while_it_wrote_goes_on(tmp_path: Path, cut: int) -> None:
    written(tmp_path)
    path = tmp_path / RESULTS
    path.write_bytes(path.read_bytes()[:-cut])
    assert [one.item for one in read_run(tmp_path).results] == ["a"]
    again = RunFolder(tmp_path, manifest())
    assert [one.item for one in again.run.results] == ["a"]
    again.keep([SECOND[0]], {SECOND[0].order: SECOND[1]})
    assert read_run(tmp_path).results == [FIRST[0], SECOND[0]]


def test_a_folder_without_results_yet_is_an_empty_run(tmp_path: Path) -> None:
    RunFolder(tmp_path, manifest())
    assert read_run(tmp_path).results == []


def test_another_run_is_not_written_over(tmp_path: Path) -> None:
    written(tmp_path)
    with pytest.raises(OutputError) as caught:
        RunFolder(tmp_path, manifest(seed=1))
    assert "another run" in caught.value.message.en
    assert "另一次运行" in caught.value.message.zh


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(OutputError):
        RunFolder(path, manifest())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (MANIFEST, b"{"),
        (MANIFEST, b"\xff\xfe"),
        (RESULTS, b"{}\n"),
        (RESULTS, b"nonsense\n"),
        (RESULTS, b"\xff\n"),
        (RESULTS, b'{"item": "a"}\n'),
        (RESULTS, b"[1]\n"),
        (RESULTS, b'{"order": "x", "addresses": 1}\n'),
    ],
)
def test_a_damaged_folder_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    written(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read_run(tmp_path)
    assert "damaged" in caught.value.message.en
    assert "已损坏" in caught.value.message.zh


@pytest.mark.parametrize(
    ("field", "value"),
    [("marks", "c"), ("marks", "z" * 6), ("order", "00000000"), ("requests", "many")],
)
def test_a_result_that_was_tampered_with_is_told(tmp_path: Path, field: str, value: str) -> None:
    written(tmp_path)
    path = tmp_path / RESULTS
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] = json.dumps({**json.loads(lines[-1]), field: value})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        read_run(tmp_path)


def test_no_run_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_run(tmp_path / "none")
    assert "name a folder that gongkai eval has written" in caught.value.message.en


def test_a_manifest_names_versions_and_what_can_change_a_result() -> None:
    own = manifest()
    assert {"program", "python", "packages", "prompts", "rules", "source", "seed", "setups"} <= own.keys()
    assert own == manifest()


@pytest.mark.parametrize(
    ("setup", "name"),
    [
        (Setup(), "layout"),
        (Setup("m"), "m"),
        (Setup("m", "both", "tools", 2), "m both tools #2"),
    ],
)
def test_what_tables_call_a_way_of_reading(setup: Setup, name: str) -> None:
    assert setup.name == name

"""``gongkai eval``: run, go on, compare, report, draft; and what can be wrong with what is asked."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from eval.commands import commands
from eval.gold.cases import load_case
from eval.runs.baseline import FOLDER, RUNS, keep, main
from eval.runs.folder import MANIFEST, RESULTS, read_run
from eval.scoring.compare import compare
from eval.scoring.metrics import Tried
from eval.scoring.totals import everything
from tests.helpers.doubtful import doubtful_page

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).parents[3]
SMALL = "luozhuang-2023"
ALL = 9
SUITES = ("cases", "zoo", "simulation")


def gongkai_eval(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def run_of_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of all cases, in processes of their own."""
    folder = tmp_path_factory.mktemp("runs") / "cases"
    own = subprocess.run(
        [sys.executable, "-m", "extractor", "eval", "cases", "-o", folder, "--jobs", "2", "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert own.returncode == 0, own.stderr
    assert "wrong and confirmed: 0 of 1782 cells" in own.stdout
    assert f"results are in {folder}" in own.stderr
    return folder


def test_all_cases_are_right(run_of_cases: Path) -> None:
    """The counts are those of the files of the cases."""
    run = read_run(run_of_cases)
    assert len(run.results) == ALL
    assert all(not result.misses and not result.ungrounded for result in run.results)
    findings = sum((one.tried["findings"] or Tried(0, 0, 0) for one in run.results), Tried(0, 0, 0))
    claims = sum((one.tried["claims"] or Tried(0, 0, 0) for one in run.results), Tried(0, 0, 0))
    assert (findings, claims) == (Tried(21, 0, 0), Tried(170, 0, 0))
    assert {one.item: one.verdict for one in run.results}[SMALL] == load_case(SMALL).verdict


def test_the_same_run_gives_the_same_file(run_of_cases: Path, tmp_path: Path) -> None:
    assert gongkai_eval("cases", "-o", tmp_path, "--jobs", 1).exit_code == 0
    first, second = (
        [
            {name: value for name, value in json.loads(line).items() if name != "seconds"}
            for line in (folder / RESULTS).read_text(encoding="utf-8").splitlines()
        ]
        for folder in (run_of_cases, tmp_path)
    )
    assert first == second


def test_what_is_done_is_not_done_again(run_of_cases: Path) -> None:
    before = (run_of_cases / RESULTS).read_bytes()
    assert gongkai_eval("cases", "-o", run_of_cases).exit_code == 0
    assert (run_of_cases / RESULTS).read_bytes() == before


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    """Killed in the middle of it, and its last line torn besides."""
    asked = ["simulation", "--limit", "32", "-o", str(tmp_path), "--jobs", "1"]
    arguments = [sys.executable, "-m", "eval", *asked]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as own:
        path = tmp_path / RESULTS
        while own.poll() is None and not (path.exists() and path.stat().st_size):
            time.sleep(0.02)
        own.send_signal(signal.SIGKILL)
    kept = path.read_bytes()
    assert 20 <= len(read_run(tmp_path).results) < 32
    with path.open("ab") as stream:
        stream.write(b'{"item": "simul')
    assert gongkai_eval("simulation", "--limit", 32, "-o", tmp_path, "--jobs", 1).exit_code == 0
    assert path.read_bytes().startswith(kept)
    names = [one.item for one in read_run(tmp_path).results]
    assert names == [f"simulation-0-{number}" for number in range(32)]


def test_compare_has_nothing_to_say_of_a_run_and_itself(run_of_cases: Path) -> None:
    own = gongkai_eval("compare", run_of_cases, run_of_cases)
    assert own.exit_code == 0
    assert own.stdout.startswith("1782 cells: 0 better, 0 worse (sign test p = 1), 0 newly silent")


def changed(run: Path, folder: Path, item: str, **fields: object) -> Path:
    """The same run, but for some fields of one result."""
    folder.mkdir()
    (folder / MANIFEST).write_bytes((run / MANIFEST).read_bytes())
    with (folder / RESULTS).open("w", encoding="utf-8") as stream:
        for line in (run / RESULTS).read_text(encoding="utf-8").splitlines():
            kept = json.loads(line)
            stream.write(json.dumps({**kept, **(fields if kept.get("item") == item else {})}) + "\n")
    return folder


def test_compare_exits_1_on_a_regression_beyond_the_tolerance(run_of_cases: Path, tmp_path: Path) -> None:
    marks = next(one.marks for one in read_run(run_of_cases).results if one.item == SMALL)
    other = changed(run_of_cases, tmp_path / "other", SMALL, marks=marks.replace("c", "d", 3))
    own = gongkai_eval("compare", run_of_cases, other)
    assert own.exit_code == 1
    assert "0 better, 3 worse (sign test p = 0.25)" in own.stdout
    assert own.stdout.count(f"worse  {SMALL}") == 3
    assert gongkai_eval("compare", run_of_cases, other, "--tolerance", "0.01").exit_code == 0
    assert gongkai_eval("compare", other, run_of_cases).exit_code == 0
    assert gongkai_eval("compare", run_of_cases, other, "--show", 1).stdout.count("  worse") == 1


def test_the_report_is_written_as_a_page_and_as_markdown(run_of_cases: Path, tmp_path: Path) -> None:
    assert gongkai_eval("report", run_of_cases).exit_code == 0
    assert "<!DOCTYPE html>" in (run_of_cases / "report.html").read_text(encoding="utf-8")
    assert gongkai_eval("report", run_of_cases, "-o", tmp_path / "r.md").exit_code == 0
    assert "Wrong and confirmed: **0** of 1782 cells" in (tmp_path / "r.md").read_text(encoding="utf-8")


# --- a case of one's own -----------------------------------------------------------------------------


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of cases of its own, empty."""
    folder = tmp_path / "cases"
    folder.mkdir()
    monkeypatch.setattr("eval.gold.cases.FOLDER", folder)
    monkeypatch.setattr("eval.gold.drafting.draft.__defaults__", (folder,))
    load_case.cache_clear()
    yield folder
    load_case.cache_clear()


def test_a_drafted_case_is_unreviewed_and_left_out_until_a_person_says_otherwise(
    cases: Path, tmp_path: Path
) -> None:
    doubtful = doubtful_page(tmp_path)
    own = gongkai_eval("new", doubtful, "--name", "mine", "--lang", "en")
    assert own.exit_code == 0, own.stderr
    assert "reviewed: true" in own.stderr
    about = yaml.safe_load((cases / "mine" / "case.yaml").read_text(encoding="utf-8"))
    assert (about["reviewed"], about["edition"], about["origin"]) == (False, "2021", "?")
    rows = (cases / "mine" / "cells.csv").read_text(encoding="utf-8").splitlines()
    # What the page leaves open, a person has to say; what is certain is there with its place.
    assert "requests.partially_granted.natural_person,?,?,,?,," in rows
    assert "requests.handled_total.total,27,27,,number,74,22" in rows
    assert (cases / "mine" / "mine.txt").read_bytes() == doubtful.read_bytes()
    assert gongkai_eval("cases", "-o", tmp_path / "run", "--jobs", 1).exit_code == 0
    assert read_run(tmp_path / "run").results == []
    again = gongkai_eval("new", doubtful, "--name", "mine", "--lang", "zh")
    assert (again.exit_code, "已有名为 mine 的案例" in again.stderr) == (2, True)


def test_a_drafted_case_of_a_clear_page_is_what_the_person_would_have_written(
    cases: Path, tmp_path: Path
) -> None:
    real = ROOT / "eval/cases" / SMALL
    assert gongkai_eval("new", real / f"{SMALL}.txt").exit_code == 0
    cells, gold = (
        [line.split(",")[:5] for line in (folder / "cells.csv").read_text(encoding="utf-8").splitlines()]
        for folder in (cases / SMALL, real)
    )
    assert cells == gold
    text = (cases / SMALL / "case.yaml").read_text(encoding="utf-8")
    (cases / SMALL / "case.yaml").write_text(text.replace("reviewed: false", "reviewed: true"))
    load_case.cache_clear()  # what was drafted has been altered
    assert gongkai_eval("cases", "-o", tmp_path / "run", "--jobs", 1).exit_code == 0
    (result,) = read_run(tmp_path / "run").results
    assert (result.misses, result.tried["claims"] is not None) == ((), True)


# --- what can be wrong -------------------------------------------------------------------------------


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (["nonsense"], "there is no suite nonsense", "没有名为 nonsense 的评测集"),
        (["cases", "--repeat", "2"], "--repeat needs a model", "--repeat 需要模型"),
        (["cases", "--reference"], "--reference needs a model", "--reference 需要模型"),
        (["compare", "none", "none"], "can't read the run none", "无法读取运行结果 none"),
        (["report", "none"], "can't read the run none", "无法读取运行结果 none"),
        (["new", "none.txt"], "none.txt", "none.txt"),
        (["new", "Makefile"], "holds no annual report", "中没有政府信息公开工作年度报告"),
    ],
)
def test_what_cannot_be_done_is_told_in_both_languages(arguments: list[str], en: str, zh: str) -> None:
    for language, words in (("en", en), ("zh", zh)):
        own = gongkai_eval(*arguments, "--lang", language)
        assert own.exit_code == 2
        assert words in own.stderr
        assert "Traceback" not in own.stderr


def test_another_run_in_the_folder_is_left_alone(run_of_cases: Path) -> None:
    before = (run_of_cases / RESULTS).read_bytes()
    own = gongkai_eval("cases", "--limit", 1, "-o", run_of_cases, "--lang", "en")
    assert (own.exit_code, "another run" in own.stderr) == (2, True)
    assert (run_of_cases / RESULTS).read_bytes() == before


def test_without_a_checkout_it_says_so(tmp_path: Path) -> None:
    """As in a wheel: the packages that a wheel has, and no eval beside them."""
    code = (
        "import importlib.abc, sys\n"
        "class NoEval(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name.partition('.')[0] == 'eval':\n"
        "            raise ModuleNotFoundError(name, name='eval')\n"
        "sys.meta_path.insert(0, NoEval())\n"
        "sys.argv = ['gongkai', 'eval', 'cases']\n"
        "from extractor.commands.app import main\n"
        "main()\n"
    )
    own = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "", "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert own.returncode == 2
    assert "gongkai eval needs a checkout; clone the project and run it there" in own.stderr
    assert list(tmp_path.iterdir()) == []


# --- the baseline ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_the_baseline_is_there_and_confirms_nothing_wrong(name: str) -> None:
    run = read_run(FOLDER / name)
    assert run.manifest["suites"] == [one for one in RUNS[name] if one.partition(":")[0] in SUITES]
    assert run.results
    assert everything(run.own).silent == 0


def test_a_result_worse_than_the_baseline_ends_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = changed(FOLDER / "cases", tmp_path / "good", "")
    marks = next(one.marks for one in read_run(good).results if one.item == SMALL)
    bad = changed(good, tmp_path / "bad", SMALL, marks=marks.replace("c", "d", 1))
    monkeypatch.setattr("sys.argv", ["baseline"])
    monkeypatch.setattr("eval.runs.baseline.RUNS", {"cases": ("cases",)})
    monkeypatch.setattr("eval.runs.baseline.make", lambda _, folder: shutil.copytree(good, folder))
    main()
    assert "cases: 1782 cells: 0 better, 0 worse" in capsys.readouterr().out
    monkeypatch.setattr("eval.runs.baseline.make", lambda _, folder: shutil.copytree(bad, folder))
    with pytest.raises(SystemExit) as ended:
        main()
    assert "keep another one: python -m eval.runs.baseline --keep" in str(ended.value.code)
    assert f"worse  {SMALL}" in capsys.readouterr().out


def test_a_baseline_is_kept_without_what_differs_every_time(run_of_cases: Path, tmp_path: Path) -> None:
    keep(run_of_cases, tmp_path / "kept")
    assert {one.seconds for one in read_run(tmp_path / "kept").results} == {0}
    assert not compare(read_run(run_of_cases), read_run(tmp_path / "kept")).is_regression(0)

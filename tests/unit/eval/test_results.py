"""The figures in docs/results.md: made of runs, put in their place, and nothing else touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.report import results as module
from eval.report.results import PAGES, block, results, with_block
from eval.scoring.run import Run
from extractor.result.cells import Status
from tests.helpers.scored import SEVEN, cell, result, run_of, scored
from tests.helpers.stated import block_of

ZOO = "text-tabs"


def drawn() -> Run:
    right, order = result("a", scored(cell("t.a.x", "12", 2, Status.DISPUTED)), suite="zoo", layout=ZOO)
    wrong, _ = result("b", scored(cell("t.b.x", "8", SEVEN)), suite="zoo", layout=ZOO)
    real, _ = result("c", scored(), suite="cases", layout="txt", verdict="source_error")
    return run_of((real, order), (right, order), (wrong, order))


def simulated() -> Run:
    own, order = result("s", scored(), suite="simulation", layout="simulated: torn", setup="simulated")
    other = replace(own, setup="simulated reference")
    return run_of((own, order), (other, order))


def test_the_tables() -> None:
    readings, layouts = block([drawn(), simulated()], "en").split("\n\n")
    assert readings.splitlines()[2:] == [
        "| by layout alone | 3 | 18 | 88.889 % | 66.667 % | 1 | 2.4e-01 |",
        "| gongkai, a model that errs | 1 | 6 | 100 % | 100 % | 0 | 3.9e-01 |",
        "| instructor, the same model | 1 | 6 | 100 % | 100 % | 0 | 3.9e-01 |",
    ]
    assert layouts.splitlines()[2:] == [
        "| real reports | 1 | 100 % | 0.000 % | 0.000 % | 0 | 0 |",
        "| text: tabs | 2 | 83.333 % | 100 % | 8.333 % | 1 | 0 |",
    ]


def test_scans_are_stated_apart() -> None:
    scan, order = result("x", scored(cell("t.b.x", "8", SEVEN)), suite="zoo", layout="scan-150")
    text, _ = result("y", scored(), suite="zoo", layout=ZOO)
    readings, _ = block([run_of((text, order), (scan, order))], "en").split("\n\n")
    assert [row.split(" | ")[::5] for row in readings.splitlines()[2:]] == [
        ["| by layout alone", "0"],
        ["| scans, by OCR", "1"],
    ]


def test_the_chinese_tables_have_the_same_figures() -> None:
    english, chinese = (block([drawn(), simulated()], language).splitlines() for language in ("en", "zh"))
    assert "| text: 制表符分隔 | 2 | 83.333 % | 100 % | 8.333 % | 1 | 0 |" in chinese
    assert len(english) == len(chinese)


def test_a_block_takes_the_place_of_the_one_before() -> None:
    text = "a\n<!-- eval -->\nold\n<!-- /eval -->\nb\n"
    assert with_block(text, "new\n") == "a\n<!-- eval -->\nnew\n<!-- /eval -->\nb\n"


def test_all_of_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [drawn(), simulated()]
    (tmp_path / "docs/zh").mkdir(parents=True)
    for name in PAGES:
        (tmp_path / name).write_text("<!-- eval -->\n<!-- /eval -->\n", encoding="utf-8")
    monkeypatch.setattr(module, "_ROOT", tmp_path)
    monkeypatch.setattr(module, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(module, "_made", lambda: range(2))
    monkeypatch.setattr(module, "read_run", lambda number: runs[number])
    monkeypatch.setattr("sys.argv", ["results"])
    with pytest.raises(SystemExit) as ended:
        module.main()
    assert ended.value.code  # one wrong cell was confirmed
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert written == results(runs)
    assert block_of(written) == block_of((tmp_path / "docs/results.md").read_text(encoding="utf-8"))
    assert block_of((tmp_path / "docs/zh/results.md").read_text(encoding="utf-8")) == block(runs, "zh")

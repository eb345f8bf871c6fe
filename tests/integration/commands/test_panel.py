"""`gongkai panel` and `gongkai sum` on reports, and on every kind of result that is kept of them."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from eval.gold.cases import load_case
from extractor.documents import source
from extractor.platforms.here import HERE
from tests.integration.commands.test_cli import run

HONGZE = load_case("hongze-2023").path
LONGTING = load_case("longting-2023").path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of a real report, and of a twin on the next year that carries in what wasn't carried out."""
    folder = tmp_path_factory.mktemp("kept")
    path = folder / "one.json"
    assert run("extract", str(HONGZE), "-o", str(path))[0] == 0
    twin = json.loads(path.read_text(encoding="utf-8"))
    twin["report"] = "twin.pdf"
    twin["header"]["year"]["value"] = "2024"
    for cell in twin["cells"]:
        if cell["address"] == "requests.carried_in.total":
            cell |= {"printed": "2", "value": 2}
        if cell["address"] == "disclosure.normative_documents.repealed":
            cell |= {"printed": "0", "value": 0}
    (folder / "twin.json").write_text(json.dumps(twin, ensure_ascii=False), encoding="utf-8")
    lines = [json.dumps(json.loads(path.read_text(encoding="utf-8"))), json.dumps(twin)]
    (folder / "extractions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_planted_break_after_a_real_report_is_told_and_nothing_else(kept: Path) -> None:
    code, out, err = run("panel", str(kept), "--lang", "en")
    assert code == 0
    breaks = [line for line in out.splitlines() if ":2024  " in line]
    assert len(breaks) == 1
    assert breaks[0].startswith("江苏省淮安市洪泽区人民政府:2024  previous-carried-over  ")
    assert "2 reports, 0 on an organ's year" in err
    assert "1 pair of years compared, 1 break" in err


def test_all_kinds_of_results_give_the_same_panel(kept: Path, tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    assert run("extract", str(HONGZE), "-o", str(table))[0] == 0
    shown = {run("panel", str(path), "--lang", "en")[1] for path in (HONGZE, kept / "one.json", table)}
    assert len(shown) == 1
    lines = shown.pop().splitlines()
    # 4 of the 21 that were handled were granted in part, none as a whole.
    (share,) = (line.split() for line in lines if "granted, wholly or in part" in line)
    assert share[-2:] == ["19.0%", "3/3"]
    (received,) = (line.split() for line in lines if "applications received" in line)
    assert received[-2:] == ["21", "1/1"]


def test_the_panel_is_written_as_csv_workbook_and_parquet(kept: Path, tmp_path: Path) -> None:
    for name in ("panel.csv", "panel.xlsx", "panel.parquet"):
        assert run("panel", str(kept), "-o", str(tmp_path / name), "--lang", "en")[0] == 0
    with (tmp_path / "panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    written = parquet.read_table(tmp_path / "panel.parquet").to_pylist()
    assert len(rows) == len(written) > 60
    share = next(row for row in rows if row["indicator"] == "granted_share")
    assert (share["value"], share["confirmed"], share["cells"], share["status"]) == (
        "4/21",
        "3",
        "3",
        "confirmed",
    )
    assert (share["organ_key"], share["organ_level"]) == ("320813", "county")
    assert [row["value"] for row in written] == [row["value"] or None for row in rows]
    page = openpyxl.load_workbook(tmp_path / "panel.xlsx")["Panel"]
    head, *below = page.iter_rows(values_only=True)
    assert len(below) == len(rows)
    (shown,) = (
        dict(zip(head, row, strict=True))
        for row, told in zip(below, rows, strict=True)
        if told["indicator"] == "granted_share" and told["report"] == share["report"]
    )
    assert (shown["value"], shown["status"]) == ("4/21", "confirmed")
    assert shown["number"] == pytest.approx(4 / 21)


def test_only_confirmed_figures_count_where_that_is_asked_for(kept: Path) -> None:
    lines = run("panel", str(kept / "one.json"), "--confirmed", "--lang", "en")[1].splitlines()
    # No rule has anything to say on licences, so that they can't be confirmed.
    assert next(line.split() for line in lines if "licences" in line)[-2:] == ["–", "0/0"]
    assert next(line.split() for line in lines if "applications received" in line)[-2:] == ["21", "1/1"]


def test_the_same_organs_year_counts_once(kept: Path) -> None:
    code, out, err = run("panel", str(kept / "one.json"), str(HONGZE), "--lang", "en")
    assert (code, "2 reports, 1 on an organ's year that is there already" in err) == (0, True)
    assert next(line.split() for line in out.splitlines() if "applications received" in line)[-2] == "21"


@pytest.mark.parametrize("command", ["panel", "sum"])
def test_an_output_of_another_kind_is_refused_before_anything_is_read(command: str, tmp_path: Path) -> None:
    code, out, err = run(command, "none.html", "none.html", "-o", str(tmp_path / "a.docx"), "--lang", "en")
    assert (code, out) == (2, "")
    assert "the endings that can be written are .csv, .xlsx, .parquet" in err
    assert "none.html" not in err


def test_what_cannot_be_read_is_told_and_the_rest_is_shown(kept: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_text('{"schema_version":1,"report":\n', encoding="utf-8")
    lost = tmp_path / "cells.csv"
    lost.write_text(
        "report,organ,year,edition,address,printed,value,unit,state,status\na,,,,b,1,x,,number,confirmed\n",
        encoding="utf-8",
    )
    code, out, err = run("panel", str(damaged), str(lost), "none.pdf", str(kept / "one.json"), "--lang", "en")
    assert code == 2
    assert "line 1 is not the JSON of one report" in err
    assert "has a cell of a that isn't one" in err
    assert "can't read none.pdf" in err
    assert "applications received" in out


def test_a_pipe_that_nobody_writes_to_holds_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "PATIENCE", 0.05)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for command in (("panel", str(pipe)), ("sum", str(pipe), str(pipe))):
        with HERE.alarm(20, TimeoutError):  # whoever opens it waits forever
            code, _, err = run(*command, "--lang", "en")
        assert code == 2
        assert "no program writes to" in err


def test_a_parent_beside_its_units(kept: Path, tmp_path: Path) -> None:
    one = json.loads((kept / "one.json").read_text(encoding="utf-8"))
    one["report"], one["header"]["organ"]["value"] = "unit", "洪泽区财政局"
    path = tmp_path / "unit.json"
    path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    code, out, err = run("sum", str(HONGZE), str(path), "--lang", "en")
    assert (code, out) == (0, "")
    assert "1 unit, 186 cells, 0 not the sum of the units'" in err
    for cell in one["cells"]:
        if cell["address"] == "requests.received.total":
            cell |= {"printed": "20", "value": 20}
    path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    table = tmp_path / "sum.csv"
    code, out, err = run("sum", str(HONGZE), str(path), "-o", str(table), "--lang", "en")
    assert code == 1
    (line,) = (line.split() for line in out.splitlines() if line.strip().startswith("received"))
    assert line == ["received", "this", "year·total", "21", "20", "1", "1", "confirmed"]
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["address"]: row for row in csv.DictReader(stream)}
    assert rows["requests.received.total"]["difference"] == "1"
    assert len(rows) == 186
    run("sum", str(HONGZE), str(path), "-o", str(tmp_path / "sum.xlsx"), "--lang", "zh")
    page = openpyxl.load_workbook(tmp_path / "sum.xlsx")["汇总"]
    (shown,) = (row for row in page.iter_rows(values_only=True) if row[0] == "requests.received.total")
    assert shown[2:6] == (21, 20, 1, 1)
    assert shown[7] == "已证实"
    assert len(run("sum", str(HONGZE), str(path), "--all", "--lang", "en")[1].splitlines()) == 188


def test_without_a_unit_nothing_is_compared(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "unit.txt").write_bytes(LONGTING.read_bytes())
    code, out, err = run("sum", str(HONGZE), str(tmp_path / "reports"), "--lang", "zh")
    assert (code, out) == (2, "")
    assert f"{tmp_path / 'reports'} 不是 gongkai batch 写出的文件夹" in err
    assert "请先读取：gongkai batch" in err
    assert err.splitlines()[-1] == "没有可计入的单位，无从对照"


def test_what_pages_say_of_their_scope_is_respected_and_told(tmp_path: Path) -> None:
    """The page's own words decide what can be summed: the same figures, and another sentence above them."""
    text = LONGTING.read_text(encoding="utf-8")
    unit = tmp_path / "unit.txt"
    unit.write_text(text, encoding="utf-8")

    def summed(sentence: str) -> tuple[int, str, str]:
        parent = tmp_path / "parent.txt"
        said = text.replace("政府办公室", "政府").replace("一、总体情况", f"{sentence}\n一、总体情况", 1)
        parent.write_text(said, encoding="utf-8")
        return run("sum", str(parent), str(unit), "--lang", "en")

    code, out, err = summed("")
    assert (code, out) == (0, "")
    assert "the parent's page doesn't say whose figures it has" in err
    code, out, err = summed("本报告数据的统计范围为全区各部门、各街道。")
    assert code == 0
    assert "has those of its units in it: “本报告数据的统计范围为全区各部门、各街道”" in err
    code, out, err = summed("本报告数据仅为区政府办公室的数据，不含各部门、各街道。")
    assert (code, out) == (2, "")
    assert "its own office's alone, and no sum of units': “本报告数据仅为区政府办公室的数据" in err
    assert "the sum of the units'" not in err


def test_a_missing_unit_and_one_that_is_not_the_parents_are_told(tmp_path: Path) -> None:
    organs = tmp_path / "organs.csv"
    organs.write_text("机关,上级\n洪泽区财政局,洪泽区人民政府\n", encoding="utf-8")
    code, out, err = run("sum", str(HONGZE), str(LONGTING), "--organs", str(organs), "--lang", "zh")
    assert (code, out) == (2, "")
    assert "缺少：江苏省淮安市洪泽区财政局" in err
    assert f"未计入 {LONGTING}：不属于该上级机关" in err

"""A batch from its files to its tables: what is read, what is written, what it says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pyarrow import parquet

from extractor import extract
from extractor.batch import part_pool, pool, result_files
from extractor.processes import command_of
from tests.helpers.batches import OTHER, RIGHT, Ended, batch, outcomes, result_bytes, rows
from tests.helpers.packages import gbk_archive


def make_pile(folder: Path) -> None:
    """A folder of reports and what lies beside them."""
    (folder / "一区").mkdir(parents=True)
    (folder / "一区" / "报告.txt").write_bytes(RIGHT.read_bytes())
    (folder / "另.txt").write_bytes(OTHER.read_bytes())
    (folder / "copy.txt").write_bytes(RIGHT.read_bytes())
    (folder / "style.css").write_text("body { color: red }")
    (folder / ".hidden.txt").write_bytes(RIGHT.read_bytes())
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "reports.zip").write_bytes(
        gbk_archive(
            {"镇/年报.txt": OTHER.read_bytes().replace("罗庄".encode(), "河东".encode()), "说明.txt": "说明"}
        )
    )


class PileRead(NamedTuple):
    """The folder with a pile that was read, what it was read to, and how that ended."""

    folder: Path
    out: Path
    ended: Ended


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> PileRead:
    """A pile read once, to be looked at; beside it others may read it again."""
    folder = tmp_path_factory.mktemp("whole")
    make_pile(folder / "pile")
    return PileRead(folder, folder / "out", batch("pile", "-o", "out", folder=folder))


def test_a_pile_becomes_tables(whole: PileRead) -> None:
    run = whole.ended
    assert run.code == 2, run.err  # one is damaged
    assert run.out == ""
    assert run.err.splitlines() == [
        "7 files, 4 reports, 0 to review, 1 file failed, 2 without a report",
        "2 the same as another",
        "1 like another in their wording: alike.csv",
        "why 3 gave none: failures.csv",
        "written to out",
    ]
    reports = rows(whole.out / "reports.csv")
    assert [(row["report"], row["organ"], row["copy_kind"], row["copy_of"]) for row in reports] == [
        ("pile/copy.txt", "龙亭区人民政府办公室", "", ""),
        ("pile/reports.zip/镇/年报.txt", "河东区人民政府", "", ""),
        ("pile/一区/报告.txt", "龙亭区人民政府办公室", "bytes", "pile/copy.txt"),
        ("pile/另.txt", "罗庄区人民政府", "figures", "pile/reports.zip/镇/年报.txt"),
    ]
    assert {row["year"] for row in reports} == {"2023"}
    failures = rows(whole.out / "failures.csv")
    assert [(row["file"], row["kind"]) for row in failures] == [
        ("pile/damaged.pdf", "unreadable"),
        ("pile/reports.zip/说明.txt", "no_report"),
        ("pile/style.css", "no_report"),
    ]
    assert "download or export it anew" in failures[0]["message_en"]


def test_the_tables_hold_what_extract_gives(whole: PileRead) -> None:
    (expected,) = extract(RIGHT, name="pile/copy.txt")
    first = (whole.out / "extractions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(first) == 3
    assert first[0] == expected.model_dump_json()
    cells = [row for row in rows(whole.out / "cells.csv") if row["report"] == "pile/copy.txt"]
    assert [(row["address"], row["printed"], row["status"]) for row in cells] == [
        (cell.address, cell.printed, cell.status) for cell in expected.cells
    ]
    # A copy has no cells of its own: sums over the table would count it twice.
    assert {row["report"] for row in rows(whole.out / "cells.csv")} == {
        "pile/copy.txt",
        "pile/reports.zip/镇/年报.txt",
        "pile/另.txt",
    }


def test_jobs_and_order_of_reading_change_nothing(whole: PileRead) -> None:
    batch("pile/另.txt", "pile", "-o", "two", folder=whole.folder, jobs=3)
    assert result_bytes(whole.out) == result_bytes(whole.folder / "two")


def test_parts_put_together_are_the_whole(whole: PileRead) -> None:
    for number in (1, 2):
        missing = batch(
            "merge", *(f"part{done}" for done in range(1, number)), "x", "-o", "m", folder=whole.folder
        )
        assert missing.code == 2
        part = batch("pile", "-o", f"part{number}", "--shard", f"{number}/2", folder=whole.folder)
        assert f"part {number} of 2 is read" in part.err
    assert "missing, or not read to the end: part 2/2" in missing.err
    merged = batch("merge", "part1", "part2", "-o", "merged", folder=whole.folder)
    assert merged.code == 2
    assert merged.err.startswith("7 files, 4 reports, 0 to review, 1 file failed, 2 without a report\n")
    assert result_bytes(whole.folder / "merged") == result_bytes(whole.out)
    counts = [
        len((whole.folder / f"part{n}/journal/{n}-of-2.files").read_bytes().splitlines()) - 1 for n in (1, 2)
    ]
    assert sum(counts) == 6
    assert max(counts) < 6


def test_patterns_and_names_that_are_no_text(tmp_path: Path) -> None:
    strange = os.fsencode(str(tmp_path)) + b"/\xb1\xa8.txt"
    Path(os.fsdecode(strange)).write_bytes(RIGHT.read_bytes())
    (tmp_path / "b.md").write_bytes(OTHER.read_bytes())
    run = batch("*.txt", "b*", "-o", "out", folder=tmp_path)
    assert run.code == 0, run.err
    assert [row["report"] for row in rows(tmp_path / "out/reports.csv")] == ["b.md", "\ufffd\ufffd.txt"]
    again = batch("*.txt", "b*", "-o", "out", folder=tmp_path)
    assert again.code == 0
    none = batch("*.pdf", "-o", "out", folder=tmp_path)
    assert (none.code, none.err) == (2, "gongkai: no file fits *.pdf; check the pattern\n")


def test_a_page_of_the_web_is_neither_read_nor_written_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RIGHT.read_bytes())
    for arguments in (
        ("https://example.org/reports", "-o", "out"),
        ("a.txt", "-o", "https://example.org/out"),
        ("merge", "out", "-o", "https://example.org/out"),
    ):
        run = batch(*arguments, folder=tmp_path)
        assert run.code == 2
        assert "is no store such as s3://…: download what is there" in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_is_too_large_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "bomb.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", bytes(40_000_000))
    first = batch("bomb.zip", "-o", "out", folder=tmp_path)
    assert [row["kind"] for row in rows(tmp_path / "out/failures.csv")] == ["too_large"]
    monkeypatch.setattr(pool, "command_of", lambda module: pytest.fail(f"{module} was started"))
    assert batch("bomb.zip", "-o", "out", folder=tmp_path) == first


def test_a_named_file_without_a_report_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("关于报送材料的函", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    run = batch("letter.txt", "pipe", "gone.txt", "-o", "out", folder=tmp_path)
    assert run.code == 2
    assert "3 files, 0 reports, 0 to review, 3 files failed" in run.err
    assert [(row["file"], row["kind"]) for row in rows(tmp_path / "out/failures.csv")] == [
        ("gone.txt", "unreadable"),
        ("letter.txt", "no_report"),
        ("pipe", "unreadable"),
    ]
    assert len(outcomes(tmp_path / "out")) == 1
    batch("letter.txt", "-o", "out", folder=tmp_path)
    assert len(outcomes(tmp_path / "out")) == 1
    batch("letter.txt", "-o", "out", "--retry", folder=tmp_path)
    assert len(outcomes(tmp_path / "out")) == 2


def test_results_of_another_run_are_no_input(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile")
    batch("pile", "-o", "pile/out", folder=tmp_path)
    before = result_bytes(tmp_path / "pile/out")
    run = batch("pile", "-o", "pile/out", folder=tmp_path)
    assert run.err.startswith("7 files")
    assert result_bytes(tmp_path / "pile/out") == before


def test_versions_of_one_year_are_told(tmp_path: Path) -> None:
    text = RIGHT.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("\n", "\n\n"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(text.replace("相关政府信息\t21", "相关政府信息\t22"), encoding="utf-8")
    run = batch(".", "-o", "out", folder=tmp_path)
    assert "1 other version" in run.err
    copies = [tuple(row.values()) for row in rows(tmp_path / "out/copies.csv")]
    whose = ("龙亭区人民政府办公室", "2023")
    assert copies == [
        ("b.txt", "a.txt", "text", *whose, ""),
        ("c.txt", "a.txt", "version", *whose, "requests.unavailable.not_held.natural_person"),
    ]


def test_a_bad_part_is_refused(tmp_path: Path) -> None:
    for part in ("0/2", "3/2", "x", "1/"):
        assert "is no part such as 2/8" in batch(".", "-o", "out", "--shard", part, folder=tmp_path).err


def test_one_json_a_line_is_in_the_journal_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RIGHT.read_bytes())
    batch("a.txt", "-o", "out", folder=tmp_path)
    lines = (tmp_path / "out/journal/1-of-1.jsonl").read_text(encoding="utf-8").splitlines()
    held, came = map(json.loads, lines)
    assert (held["file"], held["content"]) == ("a.txt", came["content"])
    assert came["reports"][0][2] == "verified"


def test_an_archive_beyond_the_size_of_a_report_is_read(tmp_path: Path) -> None:
    """Each of its files is bounded, not all of them together."""
    with ZipFile(tmp_path / "big.zip", "w") as target:
        for number in range(4):
            target.writestr(f"{number}.bin", bytes(9_000_000))
        target.writestr("r.txt", RIGHT.read_bytes())
    run = batch("big.zip", "-o", "out", folder=tmp_path)
    assert run.code == 0, run.err
    assert run.err.startswith("5 files, 1 report, 0 to review, 4 without a report\n")


def test_however_many_processes_write_the_results_are_the_same(
    whole: PileRead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_files, "REPORTS_OF_A_PART", 1)
    batch("pile", "-o", "by-one", folder=whole.folder)
    started: list[str] = []
    monkeypatch.setattr(result_files, "FEWEST_SHARED", 1)

    def noted(module: str) -> tuple[str, ...]:
        started.append(module)
        return command_of(module)

    monkeypatch.setattr(part_pool, "command_of", noted)
    batch("pile", "-o", "by-two", folder=whole.folder, jobs=2)
    assert started == ["extractor.batch.part_process"] * 2
    assert result_bytes(whole.folder / "by-one") == result_bytes(whole.folder / "by-two")


def test_an_error_and_an_end_of_a_process_that_writes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(RIGHT.read_bytes())
    batch("a.txt", "-o", "out", folder=tmp_path)
    monkeypatch.setattr(result_files, "FEWEST_SHARED", 1)
    kept = tmp_path / "out/journal/1-of-1.results.gz"
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100] + bytes(len(whole) - 100))
    (tmp_path / "out/cells.csv").unlink()
    torn = batch("a.txt", "-o", "out", folder=tmp_path, jobs=2)
    assert (torn.code, "1-of-1.results.gz is damaged" in torn.err) == (2, True)
    kept.write_bytes(whole)
    monkeypatch.setattr(part_pool, "_PROGRAM", "extractor.batch.no_such_program")
    ended = batch("a.txt", "-o", "out", folder=tmp_path, jobs=2)
    assert (ended.code, "a process that writes results ended" in ended.err) == (2, True)
    assert not (tmp_path / "out/cells.csv").exists()
    monkeypatch.undo()
    assert batch("a.txt", "-o", "out", folder=tmp_path, jobs=2).code == 0
    assert (tmp_path / "out/cells.csv").exists()


def test_what_a_manifest_says_and_whose_copy_it_is_stand_in_parquet_as_in_csv(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(RIGHT.read_bytes())
    (tmp_path / "list.csv").write_text(
        "file,organ,code,year,address,fetched\n"
        "a.txt,龙亭区政府办,410202,2023,https://www.longting.gov.cn/a.html,2024-02-01\n",
        encoding="utf-8",
    )
    run = batch("b.txt", "--manifest", "list.csv", "-o", "out", folder=tmp_path)
    assert run.code == 0, run.err
    table = parquet.read_table(tmp_path / "out/reports.parquet").to_pylist()
    first, second = table
    assert (first["given_organ"], first["given_code"], first["given_year"]) == (
        "龙亭区政府办",
        "410202",
        "2023",
    )
    assert (first["given_address"], first["fetched"]) == ("https://www.longting.gov.cn/a.html", "2024-02-01")
    assert (second["copy_of"], second["copy_kind"], second["given_organ"]) == ("a.txt", "bytes", None)
    assert [list(row) for row in table] == [list(rows(tmp_path / "out/reports.csv")[0])] * 2
    cells = parquet.read_table(tmp_path / "out/cells.parquet").to_pylist()
    assert {row["report"] for row in cells} == {"a.txt"}


def test_a_manifest_says_what_is_known_of_files_in_archives(tmp_path: Path) -> None:
    for name in ("whole.zip", "listed.zip"):
        with ZipFile(tmp_path / name, "w") as archive:
            for number in range(2):
                archive.writestr(f"in/{number}.txt", RIGHT.read_text(encoding="utf-8") + f"{name} {number}\n")
    (tmp_path / "list.csv").write_text(
        "file,organ\nwhole.zip/in/1.txt,甲\nlisted.zip/in/1.txt,乙\nwhole.zip/none.txt,丙\n", encoding="utf-8"
    )
    for _ in range(2):  # the second time they are known
        run = batch("whole.zip", "--manifest", "list.csv", "-o", "out", folder=tmp_path)
        assert run.code == 2
        assert run.err.startswith("4 files, 3 reports, ")
        given = {row["report"]: row["given_organ"] for row in rows(tmp_path / "out/reports.csv")}
        assert given == {"listed.zip/in/1.txt": "乙", "whole.zip/in/0.txt": "", "whole.zip/in/1.txt": "甲"}
        assert [row["file"] for row in rows(tmp_path / "out/failures.csv")] == ["whole.zip/none.txt"]
    for shard in ("1/2", "2/2"):
        parts = ("--manifest", "list.csv", "--shard", shard, "-o", f"part{shard[0]}")
        batch("whole.zip", *parts, folder=tmp_path)
    batch("merge", "part1", "part2", "-o", "merged", folder=tmp_path)
    assert result_bytes(tmp_path / "merged") == result_bytes(tmp_path / "out")

"""What ends or holds up a batch: hostile files, kills, a full disk. Nothing that was done is lost."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import resource
import shutil
import signal
from pathlib import Path

import pytest

from tests.helpers.batches import (
    RIGHT,
    batch,
    outcomes,
    result_bytes,
    rows,
    started,
    wait_until,
)
from tests.helpers.processes import is_alive, processes_of
from tests.helpers.ready import PROGRAM

TEXT = RIGHT.read_text(encoding="utf-8")
# It takes seconds to find that there is no report in it.
SLOW = b"<html><body>" + b"a" * 20_000_000


def make_pile(folder: Path, count: int) -> None:
    """Reports, no two of which are the same."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(TEXT + f"\n第{number}页\n", encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pile, and what a run gives that nothing disturbs."""
    folder = tmp_path_factory.mktemp("whole")
    make_pile(folder / "pile", 12)
    assert batch("pile", "-o", "out", folder=folder, jobs=2).code == 0
    return folder


@pytest.fixture
def begun(whole: Path, tmp_path: Path) -> Path:
    """The same pile, not read yet."""
    shutil.copytree(whole / "pile", tmp_path / "pile")
    return tmp_path


def goes_on(begun: Path, whole: Path, done: int) -> None:
    """The same command reads what is left, nothing twice, and gives what an undisturbed run gives."""
    assert 0 < done <= len(outcomes(begun / "out")) < 12
    assert batch("pile", "-o", "out", folder=begun).code == 0
    assert len(outcomes(begun / "out")) == 12
    assert result_bytes(begun / "out") == result_bytes(whole / "out")


def test_a_run_that_was_killed_goes_on(begun: Path, whole: Path) -> None:
    process = started("pile", "-o", "out", folder=begun, program=PROGRAM)
    wait_until(lambda: len(outcomes(begun / "out")) >= 3)
    readers = processes_of(process.pid)
    process.kill()
    process.communicate()
    assert len(readers) == 2
    # Whoever reads a file when nobody is left to hear of it ends by itself.
    wait_until(lambda: not any(map(is_alive, readers)))
    goes_on(begun, whole, 3)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_tells_how_far_it_came(number: int, code: int, begun: Path, whole: Path) -> None:
    process = started("pile", "-o", "out", folder=begun)
    wait_until(lambda: len(outcomes(begun / "out")) >= 2)
    (program,) = processes_of(process.pid)
    readers = processes_of(program)
    assert len(readers) == 2
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    done = len(outcomes(begun / "out"))
    first, second = err.splitlines()
    assert first == f"interrupted: {done} of 12 files done; the same command goes on"
    assert second.startswith(f"{done} files, {done} reports, ")
    assert not any(map(is_alive, readers))
    goes_on(begun, whole, done)


def test_a_full_disk_costs_nothing_that_was_done(begun: Path, whole: Path) -> None:
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    # A file can't grow beyond this, as if the disk were full then.
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, most[1]))
    try:
        run = batch("pile", "-o", "out", folder=begun)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert run.code == 2
    assert "the same command goes on" in run.err
    goes_on(begun, whole, 3)


def test_torn_ends_are_cut_off(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "again")
    journal = tmp_path / "again/out/journal"
    lines = journal / "1-of-1.jsonl"
    content = lines.read_bytes()
    last = content[:-1].rfind(b"\n") + 1
    lines.write_bytes(content[: last + 40])
    # A power cut may take results whose line is there.
    results = journal / "1-of-1.results.gz"
    os.truncate(results, results.stat().st_size * 3 // 4)
    assert batch("pile", "-o", "out", folder=tmp_path / "again").code == 0
    assert result_bytes(tmp_path / "again/out") == result_bytes(whole / "out")
    assert all(json.loads(line) for line in lines.read_bytes().splitlines())


def test_only_what_is_new_or_changed_is_read(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 3)
    # What came of these is known, too.
    (tmp_path / "pile/damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "pile/damaged.pdf").write_bytes(b"%PDF-1.7 and no more")
    (tmp_path / "pile/letter.txt").write_text("函", encoding="utf-8")
    batch("pile", "-o", "out", folder=tmp_path)
    assert len(outcomes(tmp_path / "out")) == 6
    before = {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "out").rglob("*.*"))}
    batch("pile", "-o", "out", folder=tmp_path)
    untouched = {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "out").rglob("*.*"))}
    assert untouched == before
    assert len(outcomes(tmp_path / "out")) == 6

    # Of the same size, at the same time: the system has another time of change for it.
    changed = tmp_path / "pile/001.txt"
    times = changed.stat().st_atime_ns, changed.stat().st_mtime_ns
    changed.write_text(changed.read_text(encoding="utf-8").replace("第1页", "第9页"), encoding="utf-8")
    os.utime(changed, ns=times)
    # Another time, the same content.
    os.utime(tmp_path / "pile/002.txt")
    (tmp_path / "pile/000.txt").unlink()
    batch("pile", "-o", "out", folder=tmp_path)
    assert len(outcomes(tmp_path / "out")) == 7
    assert [row["report"] for row in rows(tmp_path / "out/reports.csv")] == ["pile/001.txt", "pile/002.txt"]
    fresh = batch("pile", "-o", "fresh", folder=tmp_path)
    assert fresh.code == 2  # two are damaged
    assert result_bytes(tmp_path / "fresh") == result_bytes(tmp_path / "out")


def test_two_runs_dont_write_to_one_folder(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 1)
    batch("pile", "-o", "out", folder=tmp_path)
    with (tmp_path / "out/journal/1-of-1.jsonl").open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        run = batch("pile", "-o", "out", folder=tmp_path)
    assert run.code == 2
    assert "another run is writing to out" in run.err
    # Another part of the same batch may.
    assert batch("pile", "-o", "out", "--shard", "1/1", folder=tmp_path).code == 0


def test_hostile_files_cost_themselves_alone(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 2)
    (tmp_path / "pile/0-slow.html").write_bytes(SLOW)
    (tmp_path / "pile/0-wide.txt").write_bytes(b"1\n" * 15_000_000)
    run = batch("pile", "-o", "out", "--timeout", "4", "--memory", "250", folder=tmp_path)
    assert run.code == 2
    assert run.err.startswith("4 files, 2 reports, 0 to review, 2 files failed\n")
    failures = rows(tmp_path / "out/failures.csv")
    assert [(row["file"], row["kind"]) for row in failures] == [
        ("pile/0-slow.html", "too_slow"),
        ("pile/0-wide.txt", "too_much_memory"),
    ]
    assert "not read within 4 seconds" in failures[0]["message_en"]
    assert "more than 250 MB of memory" in failures[1]["message_en"]
    # They aren't tried again.
    batch("pile", "-o", "out", "--timeout", "4", "--memory", "250", folder=tmp_path)
    assert len(outcomes(tmp_path / "out")) == 4


def test_a_process_that_dies_or_stands_still_is_replaced(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 2)
    (tmp_path / "pile/0-dies.html").write_bytes(SLOW)
    (tmp_path / "pile/0-stands.html").write_bytes(SLOW + b"b")
    process = started("pile", "-o", "out", "--timeout", "2", folder=tmp_path)
    # Both processes begin with these two files.
    lines = tmp_path / "out/journal/1-of-1.jsonl"
    wait_until(lambda: lines.exists() and lines.read_bytes().count(b"0-") == 2)
    (program,) = processes_of(process.pid)
    wait_until(lambda: len(processes_of(program)) == 2)
    first, second = sorted(processes_of(program))
    os.kill(first, signal.SIGKILL)
    os.kill(second, signal.SIGSTOP)
    _, err = process.communicate(timeout=60)
    assert err.startswith("4 files, 2 reports, 0 to review, 2 files failed\n")
    assert sorted(row["kind"] for row in rows(tmp_path / "out/failures.csv")) == ["crashed", "too_slow"]
    assert not is_alive(second)


def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 2)
    ours, theirs = pty.openpty()
    process = started("pile", "-o", "out", folder=tmp_path, stderr=theirs)
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    assert process.wait() == 0
    assert b"2/2" in shown
    assert b"2 reports, 0 to review, 0 failed" in shown


def _read(terminal: int) -> bytes:
    """What is next on a terminal; nothing when the other side has closed it."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""

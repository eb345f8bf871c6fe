"""A batch whose files and results are in a store: the system's own files, which pyarrow takes for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractor.batch import result_folder as kept
from extractor.batch.files import FileToRead, Shard
from extractor.batch.journal import Holding, Journal, JournalWriter
from extractor.batch.outcome import Limits, Outcome
from extractor.batch.result_folder import StoredResults
from extractor.batch.stores import StoredFolder
from extractor.errors import OutputError
from tests.helpers.batches import OTHER, RIGHT, Ended, batch, result_bytes, rows


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path / "first"))
    folder = tmp_path / "store"
    (folder / "in").mkdir(parents=True)
    (folder / "in/a.txt").write_bytes(RIGHT.read_bytes())
    (folder / "in/b.txt").write_bytes(OTHER.read_bytes())
    return folder


def test_results_are_those_of_a_folder(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"file://{store}"

    def run() -> Ended:
        return batch(f"{address}/in", "-o", f"{address}/out", "--review", folder=store.parent)

    first = run()
    assert (first.code, first.err.splitlines()[:2]) == (
        0,
        ["2 files, 2 reports, 0 to review", f"written to {address}/out"],
    )
    batch(f"{address}/in", "-o", "out", "--review", folder=store.parent)
    here = result_bytes(store.parent / "out")
    assert {name: data for name, data in result_bytes(store / "out").items() if name in here} == here
    journal = sorted(path.name for path in (store / "out/journal").iterdir())
    # Another machine finds what was read; the one that has read it writes nothing.
    states = {path: path.stat().st_mtime_ns for path in (store / "out").rglob("*")}
    assert run() == first
    assert {path: path.stat().st_mtime_ns for path in (store / "out").rglob("*")} == states
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(store.parent / "second"))
    assert run() == first
    assert sorted(path.name for path in (store / "out/journal").iterdir()) == journal
    # Of a file that is gone, nothing stays.
    (store / "in/b.txt").unlink()
    run()
    assert [row["report"] for row in rows(store / "out/reports.csv")] == [f"{address}/in/a.txt"]


def test_parts_in_a_store_are_merged(store: Path) -> None:
    address = f"file://{store}"
    batch(f"{address}/in", "-o", "whole", folder=store.parent)
    for number in (1, 2):
        part = batch(f"{address}/in", "-o", f"{address}/out", "--shard", f"{number}/2", folder=store.parent)
        assert part.code == 0, part.err
    # The same address, written otherwise.
    merged = batch("merge", f"{address}/out", "-o", f"{address}/out/", folder=store.parent)
    assert merged.code == 0, merged.err
    assert result_bytes(store / "out") == result_bytes(store.parent / "whole")


def _wrote(folder: StoredResults, *contents: str) -> JournalWriter:
    writer = JournalWriter(folder.path, Shard(), "key", folder.piece())
    for content in contents:
        writer.keep_holding(FileToRead(content), Holding((1,), content))
        writer.keep_outcome("key", content, Outcome(0.1), Limits(1, 200), content.encode())
    return writer


def _known(folder: Path) -> list[str]:
    journal = Journal("key")
    journal.load(folder)
    return sorted(
        holding.content or "" for holding in journal.holdings.values() if journal.kept(holding.content or "")
    )


def test_a_piece_is_sent_while_the_next_is_written(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"file://{store}/out"
    with StoredResults(address, Shard()) as folder:
        writer = _wrote(folder, "a", "b")
        folder.keep_up(writer)
        assert _known(store / "out") == []
        monkeypatch.setattr(kept, "_SECONDS_OF_A_PIECE", 0.0)
        folder.keep_up(writer)
        assert _known(store / "out") == ["a", "b"]
        writer.keep_holding(FileToRead("c"), Holding((1,), "c"))
        writer.keep_outcome("key", "c", Outcome(0.1), Limits(1, 200), b"c")
        assert _known(folder.path) == ["a", "b", "c"]
        writer.__exit__()
    assert _known(store / "out") == ["a", "b", "c"]


def test_what_a_machine_had_not_sent_is_sent_by_its_next_run(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"file://{store}/out"
    refused = False

    def send(_self: StoredFolder, _name: str, _source: Path) -> None:
        nonlocal refused
        refused = True
        raise PermissionError(13, "no")

    with monkeypatch.context() as broken:
        broken.setattr(StoredFolder, "send", send)
        with (
            pytest.raises(OutputError, match=r"what was read is kept in .*batches"),
            StoredResults(address, Shard()) as folder,
        ):
            _wrote(folder, "a").__exit__()
    assert refused
    # Meanwhile another machine has read something.
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(store.parent / "second"))
    with StoredResults(address, Shard()) as folder:
        _wrote(folder, "b").__exit__()
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(store.parent / "first"))
    with StoredResults(address, Shard()) as folder:
        assert _known(folder.path) == ["a", "b"]
    assert _known(store / "out") == ["a", "b"]


def test_a_journal_that_was_removed_in_the_store_is_removed_here(store: Path) -> None:
    address = f"file://{store}/out"
    with StoredResults(address, Shard()) as folder:
        _wrote(folder, "a").__exit__()
    shutil.rmtree(store / "out")
    with StoredResults(address, Shard()) as folder:
        assert _known(folder.path) == []


def test_two_runs_of_a_machine_do_not_write_to_one_folder(store: Path) -> None:
    address = f"file://{store}/out"
    with StoredResults(address, Shard()), pytest.raises(OutputError, match="another run is writing"):
        StoredResults(address, Shard()).__enter__()

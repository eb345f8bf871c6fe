"""When a content is read again, and that a journal isn't misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.batch.files import FileToRead, Given, Shard
from extractor.batch.journal import (
    Holding,
    Journal,
    JournalWriter,
    Kept,
    finished_parts,
    is_final,
    is_of_journal,
)
from extractor.batch.outcome import Failure, FailureKind, Limits, Outcome, ReportFacts
from extractor.errors import UnreadableError
from rules.words import Bilingual

LIMITS = Limits(10.0, 500)
READ = Outcome(0.5, (ReportFacts("某县", "2023", "verified", "t", None),))


def failed(kind: FailureKind) -> Outcome:
    return Outcome(1.0, failure=Failure(kind, Bilingual(zh="坏", en="bad")))


@pytest.mark.parametrize(
    ("outcome", "now", "retries", "expected"),
    [
        (READ, LIMITS, True, True),
        (failed(FailureKind.NO_REPORT), LIMITS, False, True),
        (failed(FailureKind.NO_REPORT), LIMITS, True, False),
        (failed(FailureKind.CRASHED), LIMITS, False, True),
        (failed(FailureKind.TOO_SLOW), LIMITS, False, True),
        (failed(FailureKind.TOO_SLOW), Limits(10.5, 500), False, False),
        (failed(FailureKind.TOO_SLOW), Limits(10.0, 900), False, True),
        (failed(FailureKind.TOO_MUCH_MEMORY), Limits(20.0, 500), False, True),
        (failed(FailureKind.TOO_MUCH_MEMORY), Limits(10.0, 501), False, False),
        # The program may have been installed since.
        (failed(FailureKind.MISSING_PROGRAM), LIMITS, False, False),
    ],
)
def test_what_is_read_again(outcome: Outcome, now: Limits, *, retries: bool, expected: bool) -> None:
    assert is_final(Kept(outcome, LIMITS, Path(), 0, 0), now, retries=retries) is expected


def test_what_is_kept_is_loaded(tmp_path: Path) -> None:
    file = FileToRead("a\udcb1.txt", is_named=True, given=Given(year="2023"))
    holding = Holding((1, 2, 3, 4), "digest")
    with JournalWriter(tmp_path, Shard(2, 3), "key") as writer:
        writer.keep_holding(file, holding)
        writer.keep_outcome("key", "digest", READ, LIMITS, b"")
        writer.keep_outcome("key", "other", failed(FailureKind.BUG), LIMITS, b"")
        writer.finish([file])
    journal = Journal("key")
    journal.load(tmp_path)
    assert journal.holdings == {file.key: holding}
    kept = journal.kept("digest")
    assert kept is not None
    assert kept.outcome == READ
    other = journal.kept("other")
    assert other is not None
    assert other.outcome == failed(FailureKind.BUG)
    (part,) = finished_parts(tmp_path)
    assert part == (Shard(2, 3), "key", (file,))
    # What was read by other settings counts as unread; what a file holds is the same.
    another = Journal("another")
    another.load(tmp_path)
    assert (another.kept("digest"), another.holdings) == (None, journal.holdings)


def test_a_journal_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal/1-of-1.jsonl").write_text('{"x": 1}\n')
    with pytest.raises(UnreadableError, match="damaged, or another version wrote it"):
        Journal("key").load(tmp_path)


def test_results_that_changed_are_told(tmp_path: Path) -> None:
    path = tmp_path / "1-of-1.results.gz"
    path.write_bytes(b"\x1f\x8b no gzip")
    with pytest.raises(UnreadableError, match="damaged"):
        list(Kept(READ, LIMITS, path, 0, 11).results())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("journal/1-of-1.000001-0a.jsonl", True),
        ("journal/1-of-1.files", True),
        ("results.jsonl", False),
        ("journal/1-of-1.txt", False),
        # A store's names may have anything in them; what is there is copied to here.
        ("journal/../../1-of-1.jsonl", False),
    ],
)
def test_what_is_of_a_journal(name: str, *, expected: bool) -> None:
    assert is_of_journal(name) is expected

"""The cache of replies: real files; what is wrong with them costs a warning, never a result."""

from __future__ import annotations

import os
import pickle
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import diskcache
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cache.reading
import cache.replies
import cache.writing
from cache.disk import ReplyDisk
from cache.mode import Mode
from cache.problems import DamagedReplyError, Problem, Trouble, problem_of
from cache.replies import Info, default_folder
from tests.helpers.caches import KEY, OTHER, Kept, key_of


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache") / "kept"
    kept = Kept(folder)
    kept.cache.put(KEY, "答复")
    kept.cache.close()
    assert not kept.problems
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """A folder with one reply, and nobody who has it open."""
    return Path(shutil.copytree(made_once, tmp_path / "kept"))


def sql(folder: Path, statements: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "cache.db")) as connection, connection:
        for statement in statements.split(";"):
            connection.execute(statement, values)


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_reply_comes_back_also_to_another_process(folder: Path) -> None:
    kept = Kept(folder)
    assert kept.cache.get(KEY) == "答复"
    assert kept.cache.get(OTHER) is None
    kept.cache.put(KEY, "another")
    assert kept.cache.get(KEY) == "another"
    code = "import sys; from pathlib import Path; from cache.replies import Mode, ReplyCache\n"
    code += "print(ReplyCache(Path(sys.argv[1]), Mode.REPLAY, print).get(sys.argv[2]))"
    shown = subprocess.run([sys.executable, "-c", code, folder, KEY], capture_output=True, check=True)
    assert shown.stdout == b"another\n"
    assert not kept.problems


@pytest.fixture(scope="module")
def shared() -> Iterator[Kept]:
    with TemporaryDirectory() as name:
        kept = Kept(Path(name))
        yield kept
        kept.cache.close()


# Every character there is: NUL, line ends of any kind, and halves of surrogate pairs, which JSON can state.
@given(st.text(st.characters(exclude_categories=())))
@example("\ud83d")
@example("\ude00\ud83d\0\r\n\r\x85\u2028")
def test_any_text_comes_back_as_it_was(shared: Kept, text: str) -> None:
    shared.cache.put(KEY, text)
    assert shared.cache.get(KEY) == text
    assert not shared.problems


def test_a_huge_text_comes_back_as_it_was(folder: Path) -> None:
    kept = Kept(folder)
    huge = "数\0\r\n" * 2_000_000
    kept.cache.put(KEY, huge)
    assert kept.cache.get(KEY) == huge


def test_off_touches_nothing(tmp_path: Path, folder: Path) -> None:
    kept = Kept(tmp_path / "a" / "b", Mode.OFF)
    kept.cache.put(KEY, "x")
    assert kept.cache.get(KEY) is None
    assert Kept(folder, Mode.OFF).cache.get(KEY) is None
    assert not (tmp_path / "a").exists()


def test_replay_makes_nothing_and_changes_nothing(tmp_path: Path, folder: Path) -> None:
    missing = Kept(tmp_path / "a" / "b", Mode.REPLAY)
    missing.cache.put(KEY, "x")
    assert missing.cache.get(KEY) is None
    assert missing.cache.info() == Info(tmp_path / "a" / "b", 0, 0)
    assert missing.cache.clear() == 0
    assert not (tmp_path / "a").exists()

    before = state_of(folder)
    kept = Kept(folder, Mode.REPLAY)
    kept.cache.put(OTHER, "x")
    assert kept.cache.get(OTHER) is None
    assert kept.cache.get(KEY) == "答复"
    assert kept.cache.info().entries == 1
    assert state_of(folder) == before
    assert not missing.problems + kept.problems


def test_replay_sees_what_is_written_meanwhile(folder: Path) -> None:
    writer, reader = Kept(folder), Kept(folder, Mode.REPLAY)
    for number in range(20):
        writer.cache.put(OTHER, str(number))
        assert reader.cache.get(OTHER) == str(number)


def test_info_and_clear(folder: Path) -> None:
    kept = Kept(folder)
    for number in range(250):
        kept.cache.put(key_of(number), "x" * 1000)
    full = kept.cache.info()
    assert (full.folder, full.entries) == (folder, 251)
    assert full.bytes > 250_000
    assert kept.cache.clear() == 251
    assert kept.cache.get(KEY) is None
    assert kept.cache.info().entries == 0
    assert kept.cache.info().bytes < full.bytes / 4
    kept.cache.put(KEY, "again")
    assert kept.cache.get(KEY) == "again"
    assert not kept.problems


def test_the_folder_is_the_users_alone(made_once: Path) -> None:
    assert made_once.stat().st_mode & 0o077 == 0


def test_nothing_is_ever_evicted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(diskcache.DEFAULT_SETTINGS, "size_limit", 1)
    kept = Kept(folder)
    for number in range(50):
        kept.cache.put(key_of(number), "x")
    assert kept.cache.info().entries == 51


def test_the_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_CACHE_DIR", "here")
    assert default_folder() == tmp_path / "here"
    monkeypatch.setenv("GONGKAI_CACHE_DIR", "")
    assert default_folder().name == "gongkai"
    assert default_folder().is_absolute()


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.target),)


def plant(folder: Path, pickled: bytes, where: str) -> None:
    if where == "value":
        sql(folder, "UPDATE Cache SET mode = 4, value = ?", pickled)
    elif where == "file":
        (folder / "planted.val").write_bytes(pickled)
        sql(folder, "UPDATE Cache SET mode = 4, value = NULL, filename = 'planted.val'")
    else:
        sql(folder, "UPDATE Cache SET raw = 0, key = ?", pickled)


@pytest.mark.parametrize("where", ["value", "file", "key"])
def test_a_planted_pickle_is_not_executed(folder: Path, tmp_path: Path, where: str) -> None:
    target = tmp_path / "executed"
    plant(folder, pickle.dumps(Bomb(target)), where)
    kept = Kept(folder)
    assert kept.cache.get(KEY) is None
    assert kept.troubles == ([] if where == "key" else [Trouble.REPLY])
    with closing(diskcache.Cache(str(folder), disk=ReplyDisk)) as same:
        with pytest.raises(DamagedReplyError):
            print([same.get(key) for key in same])
        assert not target.exists()
    kept.cache.put(KEY, "mended")
    assert kept.cache.get(KEY) == "mended"
    assert kept.cache.clear() == (2 if where == "key" else 1)
    assert not target.exists()


def test_the_planted_pickle_would_be_executed_by_diskcache_itself(folder: Path, tmp_path: Path) -> None:
    plant(folder, pickle.dumps(Bomb(tmp_path / "executed")), "value")
    with closing(diskcache.Cache(str(folder))) as unprotected:
        unprotected.get(KEY)
    assert (tmp_path / "executed").exists()


@pytest.mark.parametrize("mode", [1, 2, 3, 4])
@pytest.mark.parametrize("job", ["get", "put", "clear"])
def test_a_row_names_no_file_outside(folder: Path, tmp_path: Path, mode: int, job: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    sql(folder, "UPDATE Cache SET mode = ?, value = NULL, filename = '../secret'", mode)
    kept = Kept(folder)
    if job == "get":
        assert kept.cache.get(KEY) is None
        assert kept.troubles == [Trouble.REPLY]
    elif job == "put":
        kept.cache.put(KEY, "new")
        assert kept.cache.get(KEY) == "new"
    else:
        assert kept.cache.clear() == 1
    assert secret.read_text(encoding="utf-8") == "secret"


NOT_TEXT = b"\xff"
DAMAGED = {
    "nothing": None,
    "a number": 5,
    "text": "text",
    "empty": b"",
    "too short": b"short",
    "one letter changed": sha256(f"{KEY}\nx".encode()).digest() + f"{KEY}\ny".encode(),
    "no text, with a right checksum": sha256(NOT_TEXT).digest() + NOT_TEXT,
}


@pytest.mark.parametrize("value", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_reply_is_a_miss_and_told(folder: Path, value: object) -> None:
    sql(folder, "UPDATE Cache SET value = ?", value)
    kept = Kept(folder)
    assert kept.cache.get(KEY) is None
    assert kept.cache.get(KEY) is None
    assert kept.troubles == [Trouble.REPLY]


def test_a_reply_that_also_names_a_file_is_a_miss(folder: Path) -> None:
    sql(folder, "UPDATE Cache SET filename = 'file'")
    kept = Kept(folder)
    assert kept.cache.get(KEY) is None
    assert kept.troubles == [Trouble.REPLY]


def test_a_reply_under_the_key_of_another_is_a_miss(folder: Path) -> None:
    sql(folder, "UPDATE Cache SET key = ?", OTHER)
    kept = Kept(folder)
    assert kept.cache.get(OTHER) is None
    assert kept.troubles == [Trouble.REPLY]


def test_only_text_is_kept(folder: Path) -> None:
    kept = Kept(folder)
    with pytest.raises(TypeError):
        kept.cache.put(b"key", "x")  # type: ignore[arg-type]
    disk = ReplyDisk(str(folder))
    for value in (b"x", None, 5, ["x"]):
        with pytest.raises(TypeError):
            disk.store(value, read=False)
    with pytest.raises(DamagedReplyError):
        disk.get(b"x", raw=True)
    assert kept.cache.info().entries == 1


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
@pytest.mark.parametrize("mode", list(Mode))
def test_a_file_that_is_no_database(folder: Path, content: bytes, mode: Mode) -> None:
    (folder / "cache.db").write_bytes(content)
    (folder / "foreign").write_text("stays", encoding="utf-8")
    kept = Kept(folder, mode)
    for _ in range(3):
        assert kept.cache.get(KEY) is None
        kept.cache.put(KEY, "x")
    assert kept.troubles == ([] if mode is Mode.OFF else [Trouble.DATABASE])
    assert kept.cache.info().entries == 0
    assert kept.cache.clear() == 0
    assert [path.name for path in folder.iterdir()] == ["foreign"]
    again = Kept(folder)
    again.cache.put(KEY, "x")
    assert again.cache.get(KEY) == "x"
    assert not again.problems


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE Cache",
        "ALTER TABLE Cache RENAME COLUMN mode TO fashion",
        "ALTER TABLE Cache RENAME COLUMN store_time TO fashion",
        "UPDATE Settings SET key = '_con' WHERE key = 'tag_index'",
        "INSERT INTO Settings VALUES ('clear', 'x')",
        "INSERT INTO Settings VALUES ('sqlite_user_version', 5)",
        "INSERT INTO Settings VALUES (x'00', x'00')",
        "ALTER TABLE Settings RENAME COLUMN value TO worth",
        "DROP TABLE Settings; CREATE TABLE Settings (key, value);"
        "INSERT INTO Settings VALUES ('count', 1), ('count', 2)",
    ],
)
def test_a_foreign_or_planted_database(folder: Path, statement: str) -> None:
    sql(folder, statement)
    kept = Kept(folder)
    kept.cache.get(KEY)
    kept.cache.put(OTHER, "x")
    kept.cache.clear()
    with closing(sqlite3.connect(folder / "cache.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert set(kept.troubles) <= {Trouble.DATABASE}
    again = Kept(folder)
    again.cache.put(KEY, "x")
    assert again.cache.get(KEY) == "x"


def test_damage_anywhere_never_gives_a_wrong_reply(folder: Path) -> None:
    writer = Kept(folder)
    replies = {key_of(number): f"{number}" * (number * 40) for number in range(1, 40)}
    for key, reply in replies.items():
        writer.cache.put(key, reply)
    writer.cache.close()
    sound = (folder / "cache.db").read_bytes()
    choice = random.Random(7)  # noqa: S311
    lost = 0
    for turn in range(25):
        damaged = bytearray(sound)
        for _ in range(30):
            start = choice.randrange(100, len(damaged))
            damaged[start : start + 8] = choice.randbytes(8)
        if turn % 5 == 0:
            del damaged[choice.randrange(len(damaged)) :]
        (folder / "cache.db").write_bytes(damaged)
        kept = Kept(folder)
        for key, reply in replies.items():
            found = kept.cache.get(key)
            assert found in (None, reply)
            lost += found is None
        kept.cache.put(KEY, "x")
        assert kept.cache.get(KEY) in (None, "x", "答复")
        kept.cache.close()
        for path in folder.glob("cache.db-*"):
            path.unlink()
    assert lost


def test_a_database_cut_to_nothing_begins_anew(folder: Path) -> None:
    os.truncate(folder / "cache.db", 0)
    kept = Kept(folder)
    assert kept.cache.get(KEY) is None
    kept.cache.put(KEY, "new")
    assert kept.cache.get(KEY) == "new"
    assert not kept.problems


@pytest.mark.parametrize("below", [".", "below"])
def test_a_folder_that_is_a_file(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    kept = Kept(tmp_path / "file" / below)
    kept.cache.put(KEY, "x")
    assert kept.cache.get(KEY) is None
    assert kept.cache.info().entries == 0
    assert kept.cache.clear() == 0
    assert kept.troubles == [Trouble.UNUSABLE]
    assert isinstance(kept.problems[0].error, OSError)


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user who isn't root, whom no permission stops."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_folder_that_may_only_be_read() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        owner = Kept(folder)
        owner.cache.put(KEY, "x")
        owner.cache.close()
        (folder / "cache.db").chmod(0o444)
        folder.chmod(0o555)
        with without_privileges():
            kept = Kept(folder)
            assert kept.cache.get(KEY) == "x"
            assert not kept.problems
            kept.cache.put(OTHER, "x")
            assert kept.cache.get(KEY) == "x"
            assert kept.cache.clear() == 0
            nowhere = Kept(folder / "below")
            nowhere.cache.put(KEY, "x")
            assert nowhere.troubles == [Trouble.UNUSABLE]
        folder.chmod(0o755)
        assert kept.troubles == [Trouble.UNUSABLE]
        assert owner.cache.get(KEY) == "x"


def test_no_space_left(folder: Path) -> None:
    kept = Kept(folder)
    kept.cache.put(OTHER, "before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        kept.cache.put(key_of("large"), "x" * 400_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept.troubles == [Trouble.UNUSABLE]
    assert kept.cache.get(key_of("large")) is None
    assert kept.cache.get(KEY) == "答复"
    assert kept.cache.get(OTHER) == "before"


def test_the_first_of_several_errors_says_what_is_wrong(tmp_path: Path) -> None:
    first, second = sqlite3.OperationalError("full"), sqlite3.OperationalError("cannot rollback")
    first.sqlite_errorcode, second.sqlite_errorcode = sqlite3.SQLITE_FULL, sqlite3.SQLITE_ERROR
    second.__context__ = first
    assert problem_of(tmp_path, second) == Problem(Trouble.UNUSABLE, tmp_path, first)


def test_a_lock_is_waited_for_then_told_and_not_waited_for_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.writing, "PATIENCE", 0.2)
    opened = Kept(folder)
    opened.cache.put(OTHER, "x")
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for kept in (opened, Kept(folder)):
            start = time.monotonic()
            kept.cache.put(KEY, "1")
            assert 0.15 < time.monotonic() - start < 2
            for _ in range(100):
                kept.cache.put(KEY, "2")
            assert time.monotonic() - start < 2
            assert kept.cache.get(KEY) == "答复"
            assert kept.troubles == [Trouble.BUSY]
        assert opened.cache.clear() == 0
    monkeypatch.setattr(cache.replies, "monotonic", lambda: time.monotonic() + cache.replies.PAUSE)
    opened.cache.put(KEY, "3")
    assert opened.cache.get(KEY) == "3"


def test_a_variable_in_the_name_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELSEWHERE", str(tmp_path / "elsewhere"))
    monkeypatch.chdir(tmp_path)
    kept = Kept(Path("$ELSEWHERE"))
    kept.cache.put(KEY, "x")
    assert kept.troubles == [Trouble.UNUSABLE]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a?b=c#d%20e", "中文 空格", "~"])
def test_any_other_name_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    kept = Kept(Path(name))
    kept.cache.put(KEY, "x")
    kept.cache.close()
    assert kept.cache.get(KEY) == "x"
    assert [path.name for path in tmp_path.iterdir()] == [name]

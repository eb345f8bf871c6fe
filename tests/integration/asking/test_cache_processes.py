"""The cache of replies in many processes and threads at once, and in processes that are killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from cache.mode import Mode
from tests.helpers.caches import KEY, Kept, key_of


def test_threads_lose_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")

    def work(thread: int) -> None:
        for number in range(20):
            kept.cache.put(key_of((thread, number)), f"{thread} {number}")

    threads = [Thread(target=work, args=(thread,)) for thread in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for thread in range(8):
        for number in range(20):
            assert kept.cache.get(key_of((thread, number))) == f"{thread} {number}"
    assert not kept.problems


WORKER = """if True:
    import sys
    from pathlib import Path
    from cache.mode import Mode
    from cache.replies import ReplyCache
    cache = ReplyCache(Path(sys.argv[1]), Mode.READ_WRITE, lambda problem: sys.exit(repr(problem)))
    name, count = sys.argv[2], int(sys.argv[3])
    sys.stdin.readline()
    for number in range(count):
        key = f"{name}-{number}"
        cache.put(key, key * 100)
        assert cache.get(key) == key * 100
        cache.get(f"{int(name) + 1}-{number}")
        print(key, flush=True)
    """


def start(folder: Path, name: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(folder), str(name), str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_eight_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    workers = [start(tmp_path / "kept", name, 40) for name in range(8)]
    for worker in workers:  # all of them make the database at the same moment
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
        assert worker.returncode == 0
    kept = Kept(tmp_path / "kept", Mode.REPLAY)
    for name in range(8):
        for number in range(40):
            assert kept.cache.get(f"{name}-{number}") == f"{name}-{number}" * 100
    assert kept.cache.info().entries == 320
    assert not kept.problems


@pytest.mark.parametrize("after", [1, 7, 60])
def test_kill_9_loses_nothing_that_was_put(tmp_path: Path, after: int) -> None:
    with start(tmp_path / "kept", 0, 100_000) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
        told = [worker.stdout.readline().strip() for _ in range(after)]
        worker.kill()
        told += [line.strip() for line in worker.stdout if line.endswith("\n")]
    assert worker.returncode == -9
    kept = Kept(tmp_path / "kept")
    for key in told:
        assert kept.cache.get(key) == key * 100
    assert len(told) <= kept.cache.info().entries <= len(told) + 1
    kept.cache.put(KEY, "and it goes on")
    assert kept.cache.get(KEY) == "and it goes on"
    assert not kept.problems


def test_a_database_cut_while_in_use_does_not_kill_the_process(tmp_path: Path) -> None:
    code = """if True:
        import os, sys
        from pathlib import Path
        from cache.mode import Mode
        from cache.replies import ReplyCache
        folder = Path(sys.argv[1])
        first = ReplyCache(folder, Mode.READ_WRITE, lambda problem: None)
        for number in range(300):
            first.put(f"{number:064}", "x" * 1000)
        first.close()
        first.put("0" * 64, "y")
        os.truncate(folder / "cache.db", 30_000)
        for number in range(300):
            first.get(f"{number:064}")
            first.put(f"{number:064}", "y" * 1000)
        """
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)

"""``gongkai cache`` as a user meets it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cache.mode import Mode
from cache.replies import ReplyCache
from extractor.commands.app import app
from tests.helpers.ready import ready_program

KEY = "0" * 64


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["cache", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept"


def fill(folder: Path, replies: int) -> None:
    problems: list[object] = []
    cache = ReplyCache(folder, Mode.READ_WRITE, problems.append)
    for number in range(replies):
        cache.put(f"{number:064}", "x" * 1_000_000)
    cache.close()
    assert not problems


def test_path_makes_nothing(folder: Path) -> None:
    assert run("path") == (0, f"{folder}\n", "")
    assert not folder.exists()


def test_info(folder: Path) -> None:
    assert run("info", "--lang", "en") == (0, f"folder   {folder}\nreplies  0\nsize     0 kB\n", "")
    assert not folder.exists()
    fill(folder, 2)
    assert run("info", "--lang", "en") == (0, f"folder   {folder}\nreplies  2\nsize     2.0 MB\n", "")
    assert run("info", "--lang", "zh") == (0, f"文件夹  {folder}\n答复数  2\n大小　  2.0 MB\n", "")


def test_clear(folder: Path) -> None:
    assert run("clear", "--yes", "--lang", "en") == (0, "", "removed 0 replies\n")
    assert not folder.exists()
    fill(folder, 1)
    assert run("clear", "--yes", "--lang", "zh") == (0, "", "已清除 1 条答复\n")
    assert "replies  0" in run("info", "--lang", "en")[1]


def test_clear_asks_nobody_who_is_not_there(folder: Path) -> None:
    fill(folder, 1)
    assert run("clear", "--lang", "en") == (2, "", "gongkai: to remove the cache, add --yes\n")
    assert "replies  1" in run("info", "--lang", "en")[1]


@pytest.mark.parametrize(("answer", "code", "left"), [("y", 0, 0), ("", 1, 1)])
def test_clear_asks_on_a_terminal(folder: Path, answer: str, code: int, left: int) -> None:
    fill(folder, 1)
    command = shlex.join([*ready_program(), "cache", "clear", "--lang", "en"])
    shown = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        input=f"{answer}\n",
        capture_output=True,
        check=False,
        text=True,
        env=os.environ,
    )
    assert f"Remove all replies in {folder}? [y/N]" in shown.stdout
    assert shown.returncode == code
    assert f"replies  {left}" in run("info", "--lang", "en")[1]


def test_a_damaged_cache_is_told_and_can_be_removed(folder: Path) -> None:
    fill(folder, 1)
    (folder / "cache.db").write_bytes(b"garbage" * 1000)
    code, out, err = run("info", "--lang", "en")
    assert code == 2
    assert "replies  0\nsize     7 kB\n" in out
    told = f"gongkai: the cache {folder} is damaged (file is not a database) and left out; "
    assert err == told + "gongkai cache clear removes it\n"
    code, _, err = run("clear", "--yes", "--lang", "zh")
    assert code == 0
    assert f"缓存 {folder} 已损坏" in err
    assert list(folder.iterdir()) == []
    assert run("info")[0] == 0


def test_a_cache_that_cannot_be_used(folder: Path) -> None:
    folder.write_text("x", encoding="utf-8")
    for command in (("info",), ("clear", "--yes")):
        code, _, err = run(*command, "--lang", "zh")
        assert code == 2
        told = f"gongkai: 无法使用缓存 {folder}：路径中有一段不是文件夹。"
        assert err == told + "可用 GONGKAI_CACHE_DIR 指定其他文件夹。\n"
        code, _, err = run(*command, "--lang", "en")
        told = f"gongkai: can't use the cache {folder}: Not a directory; "
        assert err == told + "GONGKAI_CACHE_DIR names another folder\n"
    assert folder.read_text(encoding="utf-8") == "x"


def test_help_needs_no_cache(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['gongkai', 'cache', '--help']\n"
        "from extractor.commands.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'cache.replies', 'diskcache', 'platformdirs', 'sqlite3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not folder.exists()

"""Faults of the program and interrupts: told, and never the end of what is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.documents.source import AnySource
from extractor.errors import SettingsError
from extractor.pipeline import ReadReport, read_reports
from tests.helpers.ready import ready_program
from tests.integration.commands.test_cli import RIGHT, gongkai, run

PLANTED = "tests/data/planted.txt"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes the reader of files raise an exception for the file `broken`."""

    def set_up(error: BaseException) -> None:
        def broken_or_read(source: AnySource, **options: Any) -> tuple[ReadReport, ...]:
            if source == "broken":
                raise error
            return read_reports(source, **options)

        monkeypatch.setattr("extractor.commands.inputs.read_reports", broken_or_read)

    return set_up


@pytest.mark.parametrize(
    "error",
    [
        IndexError("string index out of range"),
        RecursionError(),
        MemoryError(),
        BrokenPipeError(32, "Broken pipe"),
        SystemExit(0),
        BaseException("a panic"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_exception_from_one_file_ends_a_run_over_many(
    broken: Callable[[BaseException], None], error: BaseException
) -> None:
    broken(error)
    code, out, err = run("check", PLANTED, "broken", PLANTED, RIGHT, "--lang", "en")
    assert code == 2
    alone = run("check", PLANTED)[1]
    assert alone
    assert out == 2 * alone
    assert f"broken: gongkai failed ({type(error).__name__}); this is a bug: please report it" in err
    assert "4 files, 3 reports, 1 verified" in err
    assert "Traceback" not in err
    err = run("check", "broken", "--lang", "zh")[2]
    assert f"broken: 程序出错（{type(error).__name__}）。这是 gongkai 的缺陷，请报告。" in err


def test_extract_tells_a_fault_likewise(broken: Callable[[BaseException], None]) -> None:
    broken(IndexError("string index\nout of range"))
    code, out, err = run("extract", "broken", "--lang", "en")
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("broken: gongkai failed (IndexError); this is a bug")


def test_the_traceback_is_there_for_who_asks_for_it(
    broken: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(IndexError("out of range"))
    monkeypatch.setenv("GONGKAI_DEBUG", "1")
    code, _, err = run("check", "broken", RIGHT, "--lang", "en")
    assert code == 2
    assert "GONGKAI_DEBUG=1" in err
    assert "Traceback (most recent call last)" in err
    assert "IndexError: out of range" in err
    assert "2 files, 1 report, 1 verified" in err
    # Bad input is no fault: nobody needs a traceback of it.
    assert "Traceback" not in run("check", "none.txt")[2]


def test_an_archive_whose_entry_has_no_name(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr(zipfile.ZipInfo(""), b"x")
    code, out, err = run("check", str(archive), PLANTED, "--lang", "en")
    assert code == 2
    assert out == run("check", PLANTED)[1]
    assert err.startswith(f"{archive}: ")
    assert "Traceback" not in err


def test_errors_of_extract_name_the_file(broken: Callable[[BaseException], None]) -> None:
    broken(SettingsError("密钥无效。", "the key is refused"))
    assert run("extract", "broken", "--lang", "en") == (2, "", "broken: the key is refused\n")
    assert run("extract", "broken", "--lang", "zh") == (2, "", "broken: 密钥无效。\n")
    code, _, err = run("extract", "none.txt", "--lang", "en")
    assert code == 2
    assert err.startswith("none.txt: can't read none.txt")
    # What isn't about the file isn't told as if it were.
    code, _, err = run("extract", RIGHT, "--form", "none.yaml", "--lang", "en")
    assert code == 2
    assert err.startswith("gongkai: can't read none.yaml")


def test_an_interrupt_keeps_what_is_done(tmp_path: Path) -> None:
    endless = tmp_path / "endless.txt"
    os.mkfifo(endless)
    for command, first, words in (
        (("check", PLANTED, str(endless), RIGHT), True, "interrupted: 1 of 3 files checked"),
        (("extract", str(endless)), False, ""),
    ):
        process = subprocess.Popen(
            [*ready_program(), *command, "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # Opening the other end returns when the program has come to this file.
        with endless.open("wb"):
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert ("requests-row-total" in out) is first
        assert words in err
        assert ("1 file, 1 report, 0 verified" in err) is first
        assert "Traceback" not in err


EN = ("C.UTF-8", "the Python module {} isn't installed; gongkai eval needs the development")
ZH = ("zh_CN.UTF-8", "缺少 Python 模块 {}。gongkai eval 还需要开发依赖")


@pytest.mark.parametrize(
    ("missing", "arguments", "told"),
    [
        ("numpy", ("--help",), EN),
        ("jinja2", ("report", "eval/baselines/cases", "-o", "{}/x.html"), ZH),
    ],
)
def test_eval_without_what_it_needs_says_what_to_install(
    missing: str, arguments: tuple[str, ...], told: tuple[str, str], tmp_path: Path
) -> None:
    """Some is imported with the commands, some by the command that needs it."""
    # Stands before the installed one, for the processes that it starts, too.
    shadow = tmp_path / f"{missing}.py"
    path = os.pathsep.join((str(tmp_path), os.getcwd()))
    shadow.write_text(f"raise ModuleNotFoundError('No module', name={missing!r})", encoding="utf-8")
    locale, words = told
    shown = subprocess.run(
        [sys.executable, "-m", "extractor", "eval", *(word.format(tmp_path) for word in arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1", "PYTHONPATH": path},
    )
    assert (shown.returncode, shown.stdout) == (2, "")
    assert words.format(missing) in shown.stderr
    assert "pip install --editable . --group dev" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_eval_without_a_checkout() -> None:
    assert gongkai("eval", "--help").returncode == 0
    program = (
        "import sys; sys.modules['eval'] = None; sys.argv = ['gongkai', 'eval', 'cases']\n"
        "from extractor.commands.app import main; main()"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "gongkai eval" in shown.stderr
    assert "Traceback" not in shown.stderr

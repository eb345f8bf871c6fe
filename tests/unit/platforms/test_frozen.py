"""The program that has Python in it: a script stands for it, which is this Python with its module."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import processes
from extractor.batch.settings import settings_key
from extractor.frozen import dropped_files, run_program, write_page
from extractor.processes import MODULE, command_of
from tests.helpers.import_graph import ROOT

PDF = ROOT / "eval/cases/hongze-2023/hongze-2023.pdf"
# Told that it is frozen, it starts other programs by itself.
SCRIPT = "import sys; sys.frozen = True; sys.executable = {own!r}; from extractor.frozen import main; main()"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "gongkai"
    script = SCRIPT.format(own=str(path)).replace('"', "'")
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{script}" "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def test_files_that_are_dropped_on_it_get_pages_beside_them(program: Path, tmp_path: Path) -> None:
    """A PDF, so that it starts another program by itself."""
    report = tmp_path / "年报.pdf"
    report.write_bytes(PDF.read_bytes())
    run = subprocess.run(
        [program, report],
        env={**os.environ, "PYTHONPATH": str(ROOT), "BROWSER": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")
    assert "洪泽" in (tmp_path / "年报.pdf.html").read_text(encoding="utf-8")


def test_a_program_of_ours_is_run_by_its_name_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_of("extractor.batch.worker") == (sys.executable, MODULE, "extractor.batch.worker")
    with pytest.raises(SystemExit):
        run_program(["antigravity"])
    monkeypatch.delattr(sys, "frozen")
    assert processes.command_of("extractor.batch.worker")[1:] == ("-P", "-m", "extractor.batch.worker")


def test_what_is_a_command_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "check").mkdir()
    (tmp_path / "a.txt").touch()
    assert dropped_files(["a.txt"]) == [Path("a.txt")]
    assert dropped_files(["check", "a.txt"]) == []
    assert dropped_files(["--version"]) == []
    assert dropped_files([]) == []


def test_a_page_is_shown_only_if_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai"])
    report, shown = tmp_path / "a.txt", list[str]()

    def write() -> None:
        Path(sys.argv[-1]).write_text("<html>", encoding="utf-8")
        sys.exit(0)

    assert write_page(report, write, shown.append) == 0
    assert shown == [(tmp_path / "a.txt.html").as_uri()]
    assert write_page(tmp_path / "b.txt", lambda: sys.exit(2), shown.append) == 2
    assert len(shown) == 1


def test_another_program_is_another_way_of_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its modules are no files: what a batch keeps would outlive the program that read it."""
    program = tmp_path / "gongkai"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    keys = set()
    for content in (b"one", b"other"):
        program.write_bytes(content)
        keys.add(settings_key())
    assert len(keys) == 2

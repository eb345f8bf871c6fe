"""``check --watch``: a real file that changes under a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.commands.test_cli import run

PAGE = Path("tests/data/explained.txt").read_text(encoding="utf-8")
WRONG = PAGE.replace("办结45件", "办结46件")
LIMIT = 60.0


def waited(process: subprocess.Popen[bytes], told: Path, times: int) -> str:
    """What the process has told once it has waited for changes so often."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end and process.poll() is None:
        text = told.read_text(encoding="utf-8")
        if text.count("waiting for changes") >= times:
            return text
        time.sleep(0.05)
    raise AssertionError(told.read_text(encoding="utf-8"))


def test_it_checks_again_when_a_file_changes_and_ends_with_the_last_status(tmp_path: Path) -> None:
    report, told = tmp_path / "报告.txt", tmp_path / "told"
    report.write_text(PAGE, encoding="utf-8")
    with told.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "extractor", "check", str(report), "--watch", "--lang", "en"],
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        try:
            assert "narrative-same-as-cell" not in waited(process, told, 1)
            # As editors do it: a new file takes the place of the old one.
            new = tmp_path / "new"
            new.write_text(WRONG, encoding="utf-8")
            new.replace(report)
            assert waited(process, told, 2).count("narrative-same-as-cell") == 1
            # A file of configuration beside it counts, too.
            (tmp_path / "gongkai.toml").write_text(
                'ignore = ["narrative"]\nstrict = true\n', encoding="utf-8"
            )
            assert waited(process, told, 3).count("narrative-same-as-cell") == 1
            (tmp_path / "gongkai.toml").unlink()
            assert waited(process, told, 4).count("narrative-same-as-cell") == 2
            process.send_signal(signal.SIGINT)
            assert process.wait(LIMIT) == 1
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in told.read_text(encoding="utf-8")


def test_standard_input_cannot_be_watched() -> None:
    code, out, err = run("check", "-", "--watch", "--lang", "zh")
    assert (code, out) == (2, "")
    assert "标准输入（-）无法监视" in err

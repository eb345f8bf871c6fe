"""Standard streams that are closed, full or in another encoding, and names that are no text."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.helpers.ready import PROGRAM, ready_program
from tests.integration.commands.test_cli import RIGHT, run

PLANTED = "tests/data/planted.txt"
COMMANDS = [f"check {PLANTED}", f"extract {PLANTED}", "rules", "cache path", "--help", "--version"]
# A command that prints at its end, and what Typer prints.
CLOSED = [(f"check {PLANTED}", True), ("--help", True)]
# As Python itself begins it, with the streams that it makes.
STARTED = shlex.join(PROGRAM)


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """What bash does; ``gongkai`` in it is the program, ready at once."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = re.sub(r"\bgongkai\b", shlex.join(ready_program()), command)
    return subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=environment)


@pytest.mark.parametrize(("command", "is_closed"), [*((one, False) for one in COMMANDS), *CLOSED])
def test_standard_output_that_cannot_be_written(command: str, *, is_closed: bool) -> None:
    shown = shell(f"gongkai {command} {'>&-' if is_closed else '>/dev/full'}")
    err = shown.stderr.decode()
    assert shown.returncode == 2
    reason = "Bad file descriptor" if is_closed else "No space left"
    assert err.startswith(f"gongkai: can't write to standard output: {reason}")
    assert err.count("can't write") == 1
    assert "Traceback" not in err
    assert "Exception" not in err


@pytest.mark.parametrize(
    ("command", "redirection"),
    [(f"check {PLANTED}", "2>/dev/full"), (f"extract {PLANTED}", "2>&-"), ("--version", "2>/dev/full")],
)
def test_standard_error_that_cannot_be_written(command: str, redirection: str) -> None:
    code, out, _ = run(*command.split())
    shown = shell(f"gongkai {command} {redirection}")
    assert (shown.returncode, shown.stdout.decode(), shown.stderr) == (code, out, b"")


def test_all_standard_streams_closed(tmp_path: Path) -> None:
    """No file of ours comes to stand where a stream stood, and nothing is written into one."""
    target = tmp_path / "x.csv"
    assert shell(f"{STARTED} extract {PLANTED} -o {target} <&- >&- 2>&-").returncode == 0
    assert run("extract", PLANTED, "-o", str(tmp_path / "y.csv"))[0] == 0
    assert target.read_bytes() == (tmp_path / "y.csv").read_bytes()
    assert shell(f"{STARTED} check {PLANTED} <&- >&- 2>&-").returncode == 2


def test_standard_input_that_is_closed() -> None:
    shown = shell("gongkai check - <&-")
    assert (shown.returncode, shown.stdout) == (2, b"")
    assert b"can't read standard input: Bad file descriptor" in shown.stderr


def test_an_output_that_is_full() -> None:
    code, out, err = run("extract", PLANTED, "-o", "/dev/full", "--lang", "en")
    assert (code, out) == (2, "")
    assert "can't write /dev/full: No space left on device" in err


def test_a_reader_that_stops_early_gets_no_traceback() -> None:
    shown = shell(f"gongkai extract {RIGHT} --to json | head -1; exit ${{PIPESTATUS[0]}}")
    assert shown.stdout == b"{\n"
    assert shown.stderr in (
        b"",
        b"read by layout only, no model was asked: 10 cells left unread or disputed\n",
    )


def test_without_a_buffer_the_same_is_printed() -> None:
    assert (
        shell(f"PYTHONUNBUFFERED=1 {STARTED} check {PLANTED}").stdout
        == run("check", PLANTED, "--lang", "en")[1].encode()
    )


def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    folder, data = os.fsencode(tmp_path), Path(PLANTED).read_bytes()
    name, shown_name = b"\xd6\xd0.txt", "\ufffd\ufffd.txt"
    try:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(data)
    except OSError:
        pytest.skip("the file system takes no such names")
    # A real process has its arguments and streams of the system; the rest is the same in this one.
    command = [*map(os.fsencode, PROGRAM), b"check", folder + b"/" + name]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    made = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert made.returncode == 1
    assert made.stdout.decode().startswith(f"{tmp_path}/{shown_name}:")
    path = os.fsdecode(folder + b"/" + name)
    code, out, _ = run("extract", path, "--to", "json")
    assert code == 0
    assert json.loads(out)["report"] == f"{tmp_path}/{shown_name}"
    for ending in ("", ".csv"):
        target = os.fsdecode(folder + b"/\xff") + ending
        code, out, err = run("extract", path, "-o", target, "--lang", "en")
        assert (code, out) == (0, "")
        assert f"written to {tmp_path}/\ufffd{ending}" in err
        assert Path(target).stat().st_size > 0
    code, _, err = run("check", f"{path}x", "--form", f"{path}y", "--lang", "en")
    assert code == 2
    assert f"can't read {tmp_path}/{shown_name}y" in err
    code, _, err = run("check", f"{path}x", "--lang", "en")
    assert code == 2
    assert err.startswith(f"{tmp_path}/{shown_name}x: can't read {tmp_path}/{shown_name}x")


def test_a_console_in_gbk_shows_no_blank_cell_as_a_disputed_one() -> None:
    """It lacks the signs of a blank and of an unread cell; a ``?`` says that a cell is disputed."""
    report = "eval/cases/shanghai-sci-2024/shanghai-sci-2024.txt"
    utf8 = run("extract", report, "--lang", "zh")[1]
    gbk = shell(f"PYTHONIOENCODING=gbk {STARTED} extract {report} --lang zh").stdout.decode("gbk")
    assert "␣" in utf8
    assert gbk == utf8.replace("␣", "_")

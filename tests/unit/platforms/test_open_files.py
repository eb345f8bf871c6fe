"""What is written is closed before it takes its place: Windows renames and removes nothing that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gold.cases import load_case
from extractor.errors import OutputError, reason
from extractor.output.files import replacing, write_file
from tests.helpers.windows_files import hold_open_files
from tests.integration.commands.test_cli import RIGHT, run

PDF = str(load_case("hongze-2023").path)
WHO = ("--reason", "reason", "--person", "person")


def test_the_stand_in_refuses_what_windows_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    other.touch()
    refused = hold_open_files(monkeypatch)
    with path.open("wb"):
        for attempt in (path.unlink, lambda: path.replace(other), lambda: other.rename(path)):
            with pytest.raises(PermissionError):
                attempt()
    assert refused == ["a", "a", "a"]
    path.replace(other)
    other.unlink()


def test_a_file_takes_its_place_when_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_open_files(monkeypatch)
    target = tmp_path / "x.csv"
    write_file(target, b"old", None)
    write_file(target, b"new", None)
    assert target.read_bytes() == b"new"
    with pytest.raises(KeyboardInterrupt), replacing(target):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == [target]


def test_what_another_program_has_open_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_open_files(monkeypatch)
    target = tmp_path / "panel.xlsx"
    write_file(target, b"old", None)
    with target.open("rb"), pytest.raises(OutputError):
        write_file(target, b"new", None)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_windows_says_that_another_program_may_have_it_open() -> None:
    error = PermissionError(13, "拒绝访问。")
    assert reason(error) == ("没有权限", "拒绝访问。")
    vars(error)["winerror"] = 5
    assert reason(error)[0] == "没有权限，或别的程序正打开着它"


@pytest.mark.parametrize(
    "words",
    [
        ("extract", RIGHT, "-o", "out.csv"),
        ("extract", RIGHT, "-o", "out.xlsx"),
        ("extract", RIGHT, "-o", "out.parquet"),
        ("check", PDF, "--annotate", "out.pdf"),
        ("check", PDF, "--write-baseline", "--baseline", "out.json", *WHO),
        ("review", RIGHT, "-o", "out.html"),
        ("panel", RIGHT, "-o", "out.xlsx"),
        ("form", "draft", RIGHT, "-o", "out.yaml"),
        ("batch", RIGHT, "-o", "out", "--jobs", "1"),
    ],
)
def test_a_command_writes_and_writes_again(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = hold_open_files(monkeypatch)
    for _ in range(2):
        code, _, err = run(*words)
        assert code in (0, 1), err
    (written,) = Path().glob("out*")
    assert written.is_dir() or written.stat().st_size > 0
    assert refused == []

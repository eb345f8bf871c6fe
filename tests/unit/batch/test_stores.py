"""Files in a store, by their addresses: the store is the system's own files, which pyarrow takes for one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from pyarrow.fs import LocalFileSystem

from extractor.batch import stores
from extractor.batch.archives import member_in, members_of
from extractor.batch.files import FileToRead, files_in
from extractor.batch.reading import Content, content_of
from extractor.batch.stores import StoredFolder, state_at
from extractor.decisions.beside import ENDING
from extractor.errors import GongkaiError, InputError, UnreadableError


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for name in (
        "a.txt",
        f"a.txt{ENDING}",
        ".b.txt",
        "2023/c.txt",
        "2023/~$d.docx",
        "out/reports.csv",
        "2024/x/e.pdf",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", ["2023/c.txt", "2024/x/e.pdf", "a.txt"]),
        ("/", ["2023/c.txt", "2024/x/e.pdf", "a.txt"]),
        ("/2023", ["2023/c.txt"]),
        ("/a.txt", ["a.txt"]),
        ("/gone.txt", ["gone.txt"]),
        ("/*.txt", ["a.txt"]),
        ("/202?", ["2023/c.txt", "2024/x/e.pdf"]),
        ("/**/*.txt", ["2023/c.txt", "a.txt"]),
        ("/202[4-9]/**", ["2024/x/e.pdf"]),
        ("/*/*.pdf", []),
    ],
)
def test_what_an_address_leads_to(pattern: str, found: list[str], store: Path) -> None:
    address = f"file://{store}"
    if not found:
        with pytest.raises(InputError, match="no file fits"):
            files_in([address + pattern], [], f"{address}/out")
        return
    files = files_in([address + pattern], [], f"{address}/out/")
    assert [file.path for file in files] == [f"{address}/{name}" for name in found]
    assert [file.is_named for file in files] == [pattern in ("/a.txt", "/gone.txt")] * len(files)
    assert [file.listed for file in files] == [state_at(file.path) for file in files]


def test_decisions_are_a_part_of_what_is_there(store: Path) -> None:
    address = f"file://{store}/a.txt"
    before = state_at(address)
    assert content_of(address, None) == Content(b"a.txt", f"a.txt{ENDING}".encode())
    (store / f"a.txt{ENDING}").write_text("other", encoding="utf-8")
    assert state_at(address) != before
    (store / f"a.txt{ENDING}").unlink()
    assert content_of(address, None) == Content(b"a.txt")


def test_decisions_that_a_store_does_not_tell_of_are_not_left_out(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LocalFileSystem()

    def told(path: Any) -> object:
        if ENDING in str(path):
            raise OSError("AWS Error SLOW_DOWN during HeadObject operation; for good")
        return real.get_file_info(path)

    busy = SimpleNamespace(get_file_info=told, open_input_file=real.open_input_file)
    monkeypatch.setattr(stores, "_store", lambda *_: (busy, ""))
    with pytest.raises(UnreadableError, match=rf"can't read .*{ENDING}: AWS Error SLOW_DOWN"):
        content_of(f"file://{store}/a.txt", None)


def test_archives_are_read_where_they_are(store: Path) -> None:
    with ZipFile(store / "all.zip", "w") as archive:
        archive.writestr("x/报告.txt", "一")
    address = f"file://{store}/all.zip"
    assert members_of(address) == ["x/报告.txt"]
    assert member_in(address, "x/报告.txt") == "一".encode()


def test_how_a_file_was_listed_is_not_kept() -> None:
    file = FileToRead("s3://a/b", None, is_named=True, listed=(1, 2))
    assert FileToRead.from_json(file.as_json()) == file._replace(listed=None)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.org/a.txt", "is no store such as s3://…"),
        ("nothing://a/b", "is no store such as s3://…"),
        ("s3://AKIA:secret@bucket/a", "must not hold a key"),
    ],
)
def test_what_is_no_store_is_refused(address: str, said: str, tmp_path: Path) -> None:
    for use in (lambda: files_in([address], [], str(tmp_path)), lambda: StoredFolder(address)):
        with pytest.raises(InputError, match=said) as refused:
            use()
        assert "secret" not in str(refused.value)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    address = f"file://{tmp_path}/gone"
    assert state_at(address) is None
    with pytest.raises(GongkaiError, match=r"can't read .*gone: .*o such file"):
        content_of(address, None)
    folder = StoredFolder(address)
    assert folder.sizes() == {}
    with pytest.raises(UnreadableError, match=r"gone/a.txt"):
        folder.fetch("a.txt", tmp_path / "a.txt")
    assert not list(tmp_path.iterdir())

"""Old Word files of which LibreOffice loses figures: a real file, a real catdoc, a script for LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from eval.gold.cases import load_case
from eval.zoo.word import saved
from extractor import Extraction, extract
from extractor.commands.app import app
from extractor.documents.word import libreoffice
from tests.helpers.word_files import report

OFFICE, CATDOC = shutil.which("soffice"), shutil.which("catdoc")
CASE = load_case("luozhuang-2023")
needs_both = pytest.mark.skipif(not (OFFICE and CATDOC), reason="LibreOffice or catdoc isn't installed")
# Tables of the report: four of table 2, table 3, table 4.
TABLE_3 = 4


@pytest.fixture(scope="module")
def whole() -> bytes:
    return report(CASE, merged=True)


@pytest.fixture(scope="module")
def old(whole: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report as an old Word file."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "report.docx").write_bytes(whole)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", "doc:MS Word 97", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "report.docx")], check=True, capture_output=True)
    return (folder / "report.doc").read_bytes()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all programs that there are: none yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    monkeypatch.setattr(
        shutil, "which", lambda name: str(folder / name) if (folder / name).exists() else None
    )
    return folder


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def converting_to(programs: Path, result: bytes) -> None:
    """Put a script for LibreOffice that gives this Word file."""
    (programs / "result").write_bytes(result)
    write(
        programs / "soffice",
        f'while [ "$1" != --outdir ]; do shift; done; mkdir "$2"; cp {programs}/result "$2/report.docx"',
    )


def without(data: bytes, table: int) -> bytes:
    document = Document(BytesIO(data))
    element = document.tables[table]._tbl  # noqa: SLF001 - python-docx has no other way to remove a table
    element.getparent().remove(element)
    return saved(document)


def read(data: bytes) -> Extraction:
    (extraction,) = extract(data, name="报告.doc")
    return extraction


@needs_both
def test_a_lost_table_is_told(programs: Path, old: bytes, whole: bytes) -> None:
    (programs / "catdoc").symlink_to(str(CATDOC))
    converting_to(programs, without(whole, TABLE_3))
    extraction = read(old)
    lost = sum(cell.address.startswith("requests.") for cell in CASE.cells)
    (told,) = (finding for finding in extraction.findings if finding.rule == "lost-figures")
    assert (told.severity, told.cause, extraction.verdict) == ("hard", "unresolved", "needs_review")
    found = re.search(r"转换时丢失了 (\d+) 个数字（", told.message.zh)
    assert found is not None
    assert f"{found[1]} figures of the file were lost when it was converted (" in told.message.en
    # catdoc garbles a character here and there, and a row with it.
    assert 0.9 * lost < int(found[1]) <= lost


@needs_both
def test_one_lost_figure_is_enough(programs: Path, old: bytes, whole: bytes) -> None:
    """No rule sees a figure of table 2 that is gone."""
    (programs / "catdoc").symlink_to(str(CATDOC))
    document = Document(BytesIO(whole))
    document.tables[1].rows[2].cells[1].text = ""
    converting_to(programs, saved(document))
    extraction = read(old)
    assert [finding.rule for finding in extraction.findings if finding.severity == "hard"][:1] == [
        "lost-figures"
    ]
    assert "（33710）" in extraction.findings[0].message.zh
    assert extraction.verdict == "needs_review"


@needs_both
def test_nothing_is_told_where_nothing_is_lost(programs: Path, old: bytes, whole: bytes) -> None:
    (programs / "catdoc").symlink_to(str(CATDOC))
    converting_to(programs, whole)
    assert (read(old).verdict, read(old).findings) == ("verified", ())


@needs_both
def test_the_check_needs_no_catdoc(programs: Path, old: bytes, whole: bytes) -> None:
    converting_to(programs, whole)
    assert read(old).findings == ()


@needs_both
@pytest.mark.parametrize("script", ["exit 1", "kill -SEGV $$", "head -c 100000 /dev/urandom", "sleep 600"])
def test_a_catdoc_that_fails_costs_nothing(
    programs: Path, old: bytes, whole: bytes, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "_MOST_SECONDS_TO_CHECK", 1)
    write(programs / "catdoc", script)
    converting_to(programs, whole)
    assert read(old).findings == ()


@needs_both
def test_check_tells_it(programs: Path, old: bytes, whole: bytes, tmp_path: Path) -> None:
    (programs / "catdoc").symlink_to(str(CATDOC))
    converting_to(programs, without(whole, 0))
    path = tmp_path / "报告.doc"
    path.write_bytes(old)
    result = CliRunner().invoke(app, ["check", str(path), "--lang", "zh"])
    assert result.exit_code == 1
    assert f"{path}:1:1  lost-figures  转换时丢失了" in result.stdout
    assert "10、5、25）" in result.stdout

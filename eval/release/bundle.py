"""``make bundle``: a folder with gongkai, Python and all that they need, tried where there is no Python.

PyInstaller makes it, for the system that it runs on; its licence lets what it packs be given on under any.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from eval.gold.cases import load_case
from eval.release.building import ROOT
from eval.release.licences import packages
from eval.zoo import LAYOUTS, Layout, documents, missing
from eval.zoo.printing import browser
from eval.zoo.web_archive import web_archive

_TARGET = ROOT / "dist"
_PACKAGES = ("extractor", "rules", "prompts", "cache")
# What is found at run time only; models and data lie in some.
_WHOLE = ("rapidocr", "pypdfium2_raw", "docx", "tiktoken_ext")
# Parquet is for those who have Python; it would be as large as all the rest.
_LEFT_OUT = (
    "pyarrow",
    "eval",
    "tests",
    "pytest",
    "mypy",
    "hypothesis",
    "tkinter",
    "IPython",
    "matplotlib",
    "pandas",
)
# A batch of so many is tried, and the page of a PDF with so many cells.
_FILES, _BOXED = 200, 186
_LAYOUTS = (Layout.TEXT_PIPES, Layout.HTML_MERGED, Layout.WORD_MERGED, Layout.OFD_LINES)
# What LibreOffice reads for it, where it is there to make them.
_OFFICE = (Layout.OFFICE_DOC, Layout.OFFICE_RTF, Layout.OFFICE_ODT)
# Characters in it are recognised, by models that lie in the folder.
_SCAN = Layout.SCAN_150


def main() -> None:
    """Make it and try it; exits other than 0 if it doesn't read what it must."""
    subprocess.run([sys.executable, "-m", "PyInstaller", *arguments()], cwd=ROOT, check=True)  # noqa: S603 - our own environment's program
    program = _TARGET / "gongkai" / "gongkai"
    size = sum(path.lstat().st_size for path in program.parent.rglob("*") if path.is_file())
    print(f"{program.parent.relative_to(ROOT)}: {size // 1024 // 1024} MB")
    with tempfile.TemporaryDirectory() as folder:
        attempt(program, Path(folder))
    office = ", ".join(layout.upper() for layout in _made()) or "no file of LibreOffice, which isn't there"
    print(
        f"tried without Python: text, HTML, MHTML, DOCX, OFD, PDF, {office}, a scan, an archive, "
        "a page in a browser, a batch"
    )


def arguments() -> list[str]:
    """What PyInstaller is told."""
    asked = ["--name", "gongkai", "--onedir", "--console", "--noconfirm", "--log-level", "WARN"]
    asked += ["--distpath", str(_TARGET), "--workpath", str(ROOT / ".artefacts" / "bundle")]
    asked += [
        "--specpath",
        str(ROOT / ".artefacts"),
        "--paths",
        str(ROOT),
        "--copy-metadata",
        "gongkai",
    ]
    for package in _PACKAGES:
        asked += ["--collect-submodules", package, "--collect-data", package]
    for package in _WHOLE:
        asked += ["--collect-all", package]
    # By their versions a batch tells one way of reading from another.
    for known in packages():
        asked += ["--copy-metadata", known.name]
    for package in _LEFT_OUT:
        asked += ["--exclude-module", package]
    return [*asked, str(ROOT / "extractor" / "frozen.py")]


def attempt(program: Path, folder: Path) -> None:
    """Read a file of each kind, and a batch, by a program that finds nothing but itself.

    Args:
        program: that was made.
        folder: an empty one.
    """
    reports = folder / "reports"
    reports.mkdir()
    for layout in _LAYOUTS:
        for document in documents(layout, 1, _FILES // len(_LAYOUTS)):
            (reports / f"{document.name}.bin").write_bytes(document.data)
    files = [sorted(reports.glob(f"{layout}-*"))[0] for layout in _LAYOUTS]
    scan, archive, saved = folder / "scan.bin", folder / "archive.bin", folder / "saved.bin"
    scan.write_bytes(next(iter(documents(_SCAN, 1, 1))).data)
    saved.write_bytes(web_archive(files[_LAYOUTS.index(Layout.HTML_MERGED)].read_text(encoding="utf-8")))
    office = [folder / f"{layout}.bin" for layout in _made()]
    for layout, file in zip(_made(), office, strict=True):
        file.write_bytes(next(iter(documents(layout, 1, 1))).data)
    with ZipFile(archive, "w") as packed:
        packed.write(files[0], "report.txt")
    for file in (*files, *office, load_case("hongze-2023").path, scan, archive, saved):
        # LibreOffice is started by a script, which takes the system's own programs.
        shown = _run(program, folder, "extract", str(file), "--to", "json", has_system=file in office)
        (report,) = json.loads(f"[{shown}]")
        if not report["cells"]:
            sys.exit(f"{file.name}: nothing was read")
    _run(program, folder, "batch", str(reports), "-o", str(folder / "results"))
    read = (folder / "results" / "reports.csv").read_text(encoding="utf-8-sig").splitlines()
    if len(read) != _FILES + 1:
        sys.exit(f"{len(read) - 1} of {_FILES} files were read in a batch")
    dropped = folder / "年报.pdf"
    shutil.copyfile(load_case("hongze-2023").path, dropped)
    _run(program, folder, str(dropped))
    with browser() as driver:
        driver.get((folder / "年报.pdf.html").as_uri())
        boxed = driver.execute_script("return document.querySelectorAll('.page .box:not(.other)').length")
    if boxed != _BOXED:
        sys.exit(f"{boxed} of {_BOXED} cells are boxed on the page")


def _made() -> list[Layout]:
    return [layout for layout in _OFFICE if not missing(LAYOUTS[layout].needs)]


def _run(program: Path, folder: Path, *given: str, has_system: bool = False) -> str:
    """What the program prints where there is nothing else, or the system's programs only."""
    run = subprocess.run(  # noqa: S603 - the program that was made
        [str(program), *given],
        cwd=folder,
        env={
            "PATH": os.defpath if has_system else str(folder / "nothing"),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "BROWSER": "true",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        sys.exit(f"{given}: exit status {run.returncode}\n{run.stderr}")
    return run.stdout


if __name__ == "__main__":
    main()

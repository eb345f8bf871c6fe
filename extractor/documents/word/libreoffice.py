"""Old Word, WPS, RTF, Word XML and OpenDocument files, through LibreOffice where it is installed; on Windows
else through Word or WPS.

Every file is converted in a folder of its own, with a profile of its own (two conversions in one profile
lose output), within limits of time, memory and file size. The environment isn't passed on: keys are no
business of a program that parses other people's files.

LibreOffice has been seen to lose a whole table of an old Word file without a word. Where catdoc is
installed, which prints all text of such a file and knows nothing of tables, the figures in cells of both
are compared. catdoc garbles a character here and there, so that this finds a loss, but can't exclude one.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from extractor.documents.document import Document
from extractor.documents.source import Source
from extractor.documents.word.automation import command_of
from extractor.documents.word.docx import read_docx
from extractor.documents.word.odt import without_hidden
from extractor.errors import MissingProgramError, UnreadableError, reason
from extractor.platforms.here import HERE
from extractor.platforms.system import Bounds, System
from extractor.text.figures import is_figure
from extractor.text.folding import fold_figure

_PROGRAMS = ("soffice", "libreoffice")
# Named, because it would read what it doesn't recognise as a text of its own choosing.
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8", "xml": "MS Word 2003 XML"}
# A report takes one to three seconds; of catdoc a hundredth of one.
_MOST_SECONDS, _MOST_SECONDS_TO_CHECK = 60, 10
_BOUNDS = Bounds(megabytes=4096, megabytes_of_a_file=64)
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
_SCRIPTING, _INTERNET = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Inet/Settings"
# A file may ask for pictures, objects and templates from elsewhere. The first setting refuses them, but
# not everywhere (LibreOffice 7.4 fetches backgrounds of paragraphs all the same); so the way out is
# closed too, by a proxy that isn't there.
_PROFILE = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_INTERNET, "ooInetProxyType", "1"),
    *((_INTERNET, f"ooInet{protocol}ProxyName", "127.0.0.1") for protocol in ("HTTP", "HTTPS", "FTP")),
    *((_INTERNET, f"ooInet{protocol}ProxyPort", "9") for protocol in ("HTTP", "HTTPS", "FTP")),
    (_INTERNET, "ooInetNoProxy", ""),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
)


def read_by_libreoffice(source: Source, kind: str, system: System = HERE) -> Document:
    """Make a document of a file that LibreOffice reads.

    Args:
        source: the file.
        kind: what it is: ``doc``, ``rtf``, ``odt`` or ``xml``.
        system: that LibreOffice is looked for and started on.

    Raises:
        MissingProgramError: if neither LibreOffice nor a way to Word or WPS is there.
        UnreadableError: if it can't convert it, or not in time.
        TooLargeError: if it holds more than a report can.
        UnknownFormatError: if its text is embedded in another format.
    """
    name = source.name
    program = _program(system)
    if program is None and system.powershell() is None:
        raise MissingProgramError(
            f"读取 {name} 需要 LibreOffice。请安装（如 apt install libreoffice-writer），或另存为 docx。",
            f"reading {name} takes LibreOffice; install it (for instance, apt install libreoffice-writer), "
            "or save the file as docx",
        )
    if kind == "odt":
        source = replace(source, data=without_hidden(source))
    try:
        with TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
            converted = _convert(program, source, kind, Path(folder), system)
            figures = _figures_by_catdoc(Path(folder), system) if kind == "doc" else Counter()
    except OSError as error:
        raise _failure(name, *reason(error)) from error
    document = replace(read_docx(replace(source, data=converted)), encoding=kind.upper())
    return replace(document, lost=tuple((figures - _figures(document.text.splitlines())).elements()))


def _program(system: System) -> str | None:
    """LibreOffice: on PATH, or where installers put it; None if it isn't there."""
    on_path = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return on_path or next((str(path) for path in system.office_programs() if path.is_file()), None)


def _convert(program: str | None, file: Source, kind: str, folder: Path, system: System) -> bytes:
    """The file as DOCX, by way of an empty folder; without a program, by Word or WPS."""
    source, target = folder / f"report.{kind}", folder / "converted" / "report.docx"
    source.write_bytes(file.data)
    powershell = system.powershell()
    if program is None and powershell is not None:
        target.parent.mkdir()
        command, converter = command_of(powershell, source, target), ("Word 或 WPS", "Word or WPS")
    else:
        command = _command(str(program), source, kind, target)
        converter = ("LibreOffice", "LibreOffice")
    try:
        _run(command, folder, _MOST_SECONDS, system)
    except subprocess.TimeoutExpired:
        raise _failure(
            file.name, f"{_MOST_SECONDS} 秒内未完成转换", f"not converted in {_MOST_SECONDS} seconds"
        ) from None
    if not target.is_file():
        raise _failure(file.name, f"{converter[0]} 没有转换结果", f"{converter[1]} gave no result")
    return target.read_bytes()


def _command(program: str, source: Path, kind: str, target: Path) -> Sequence[str]:
    """The command of LibreOffice that converts a file."""
    profile = source.with_name("profile")
    _write_profile(profile)
    options = (*_OPTIONS, f"-env:UserInstallation={profile.as_uri()}", f"--infilter={_FILTERS[kind]}")
    return [program, *options, "--convert-to", "docx", "--outdir", str(target.parent), str(source)]


def _figures_by_catdoc(folder: Path, system: System) -> Counter[str]:
    """The figures in cells of the old Word file in a folder, as catdoc has them; none without it."""
    program, target = shutil.which("catdoc"), folder / "catdoc.txt"
    if program is None:
        return Counter()
    with suppress(subprocess.TimeoutExpired), target.open("wb") as output:
        command = [program, "-w", "-d", "utf-8", "-s", "cp936", str(folder / "report.doc")]
        _run(command, folder, _MOST_SECONDS_TO_CHECK, system, output)
    try:
        lines = target.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        # Not what it was asked for: it says nothing about the file.
        return Counter()
    # A line that is a row of a table has tabs between its cells.
    return _figures(line for line in lines if "\t" in line)


def _figures(lines: Iterable[str]) -> Counter[str]:
    """The figures that stand in cells of their own, and how often."""
    cells = (fold_figure(cell).strip() for line in lines for cell in line.split("\t"))
    return Counter(cell for cell in cells if is_figure(cell) and any(map(str.isdigit, cell)))


def _run(
    command: Sequence[str],
    folder: Path,
    seconds: int,
    system: System,
    output: int | BinaryIO = subprocess.DEVNULL,
) -> None:
    program = system.start(command, _BOUNDS, folder, output)
    try:
        program.wait(seconds)
    finally:
        # What it started outlives it otherwise.
        program.end()


def _write_profile(folder: Path) -> None:
    settings = "".join(
        f'<item oor:path="{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _PROFILE
    )
    target = folder / "user" / "registrymodifications.xcu"
    target.parent.mkdir(parents=True)
    target.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{settings}</oor:items>',
        encoding="utf-8",
    )


def _failure(name: str, zh: str, en: str) -> UnreadableError:
    return UnreadableError(
        f"无法转换 {name}：{zh}。请用 Word 或 WPS 打开并另存为 docx 后再试。",
        f"can't convert {name}: {en}; open it in Word or WPS and save it as docx",
    )

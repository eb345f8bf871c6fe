"""Benchmark: how fast each kind of file is read, and how many rows of table 3 come out right.

The same files are given to gongkai, to the library under it as anyone would use it alone, and to the peers
of ``eval/bench/peers.py`` where their environment is there. What the library alone does is the least that it
takes to have what gongkai reads: of a page its text in order and the cells of its tables, of a Word file
the cells, of a PDF every character with its box, and the boxes of the paths, as lines are drawn with them.
(Gongkai needs more of a PDF: the points of the paths, and of each piece of text its colour, whether it is
shown and how it is turned. That is its own work here, as is all that makes lines, cells and tables of it.)
In every round each file is read by each, one right after the other; what counts is CPU time, all processes
of a tool included, and of that the median of the rounds. Reading is held against the library alone on every
file by itself: it is the median of what was found round by round. ``eval/bench/table_rows.py`` says which
rows are right.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple, TypeAlias

import docx
import lxml.html
import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH, FPDFText_GetUnicode

from eval.bench import peers
from eval.bench.clock import cpu_seconds, name_of_cpu
from eval.bench.peers import encoding_of
from eval.bench.table_rows import (
    GoldRow,
    Tables,
    rows_in_extraction,
    rows_in_tables,
    rows_of_case,
    rows_of_zoo,
)
from eval.gold.cases import load_case
from eval.zoo import LAYOUTS, Layout, documents, missing
from extractor.pipeline import extract
from extractor.reports.opening import open_document

_ROUNDS, _ROUNDS_OF_SLOW = 7, 1
# A tool that takes so many seconds for a file is slow.
_SLOW = 0.2
_MOST_OF_BARE = 1.5
_ROOT = Path(__file__).parents[2]
_PEERS = _ROOT / ".peers" / "bin" / "python"
_KINDS = {"txt": "text", "html": "HTML", "docx": "DOCX", "pdf": "PDF with text", "doc": "old Word"}


_CASES = ("luozhuang-2023", "shanghai-office-2019", "form2021-blank", "hongze-2023")
_SEED = 1
_ZOO = {
    "txt": (Layout.TEXT_PIPE_AFTER, Layout.TEXT_TABS, Layout.TEXT_GBK),
    "html": (
        Layout.HTML_MERGED,
        Layout.HTML_MERGED_LEFT,
        Layout.HTML_ONE_COLUMN,
        Layout.HTML_SITE,
        Layout.HTML_GBK,
        Layout.HTML_ZERO_BLANK,
    ),
    "docx": (Layout.WORD_MERGED, Layout.WORD_MERGED_LEFT, Layout.WORD_PARAGRAPHS, Layout.WORD_ZERO_BLANK),
    "pdf": (
        Layout.PDF_OFFICE,
        Layout.PDF_OFFICE_PLAIN,
        Layout.PDF_OFFICE_BREAKS,
        Layout.PDF_BROWSER,
        Layout.PDF_BROWSER_PLAIN,
        Layout.PDF_BROWSER_BREAKS,
    ),
    "doc": (Layout.OFFICE_DOC,),
}


class File(NamedTuple):
    """A report as a file of some kind, and what it says."""

    path: Path
    kind: str
    rows: tuple[GoldRow, ...]


class Answer(NamedTuple):
    """What a tool made of a file: the CPU time that it took, and how many rows it got right.

    There are no rows where a tool makes no tables.
    """

    seconds: float
    rows: int | None


class Measured(NamedTuple):
    """What a tool made of several files: of each its time in every round, and the rows right in all."""

    rounds: tuple[tuple[float, ...], ...]
    rows: int | None

    @property
    def seconds(self) -> float:
        """What a file takes, on average."""
        return mean(map(median, self.rounds))


class ToolError(Exception):
    """A peer can't read a file."""


Tool: TypeAlias = Callable[[File], Answer]

# --- gongkai, and the libraries under it ---------------------------------------------------------------


def _reading(file: File) -> Answer:
    """Gongkai's documents alone: text and tables, every cell with its place."""
    start = cpu_seconds()
    open_document(file.path.read_bytes(), file.path.name)
    return Answer(cpu_seconds() - start, None)


def _whole(file: File) -> Answer:
    """All that gongkai does with a report."""
    start = cpu_seconds()
    (extraction,) = extract(open_document(file.path.read_bytes(), file.path.name))
    seconds = cpu_seconds() - start
    return Answer(seconds, rows_in_extraction(extraction, file.rows))


def _lxml(path: Path) -> Tables:
    """What anyone writes with it alone: the page's text in order, and the text of every table's cells.

    ``itertext`` keeps apart what ``text_content`` would make one word. It is a tree's text as it stands:
    merged cells aren't in a grid, hidden text is there, and tables that arrange the page are tables.
    """
    page = lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding=encoding_of(path)))
    tables: Tables = [
        [[" ".join(cell.text_content().split()) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    _ = [words for text in page.itertext() if (words := " ".join(text.split()))]
    return tables


def _python_docx(path: Path) -> Tables:
    document = docx.Document(BytesIO(path.read_bytes()))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def _pdfium(path: Path) -> Tables:
    """Its text: what stands on a line makes a row if it ends with seven words."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [[line.rsplit(maxsplit=7) for line in text.splitlines()] for text in texts]


def _pdfium_boxes(path: Path) -> Tables:
    """What it takes to find cells, every character with its box and where lines are drawn; but no tables.

    The text as a whole doesn't tell which of its characters a box is of.
    """
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for i in range(text.count_chars()):
                FPDFText_GetUnicode(text, i)
                text.get_charbox(i)
            for line in page.get_objects(filter=[FPDF_PAGEOBJ_PATH]):
                line.get_bounds()
    return []


def _libreoffice(path: Path) -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return _python_docx(Path(folder) / f"{path.stem}.docx")


# By the kind of file: the library under gongkai, alone.
_BARE: dict[str, tuple[str, Callable[[Path], Tables]]] = {
    "html": ("lxml alone", _lxml),
    "docx": ("python-docx alone", _python_docx),
    "pdf": ("pypdfium2 alone, boxes", _pdfium_boxes),
    "doc": ("LibreOffice, python-docx alone", _libreoffice),
}


def _alone(library: Callable[[Path], Tables]) -> Tool:
    def read(file: File) -> Answer:
        start = cpu_seconds()
        tables = library(file.path)
        seconds = cpu_seconds() - start
        return Answer(seconds, rows_in_tables(tables, file.rows) if tables else None)

    return read


# --- peers ---------------------------------------------------------------------------------------------


@contextmanager
def _peers() -> Iterator[Mapping[str, Mapping[str, Tool]]]:
    """The peers by the kind of file that they read, as long as their process runs; none without it."""
    if not _PEERS.exists():
        print("the peers aren't installed: `make peers` does that, in an environment of their own")
        yield {}
        return
    command = [str(_PEERS), "-m", "eval.bench.peers"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        yield {kind: {name: _peer(process, name) for name in tools} for kind, tools in peers.TOOLS.items()}
        process.communicate()


def _peer(process: subprocess.Popen[str], name: str) -> Tool:
    def read(file: File) -> Answer:
        if process.stdin is None or process.stdout is None:
            raise ToolError("no pipe")
        print(json.dumps([file.kind, name, str(file.path)]), file=process.stdin, flush=True)
        answer = json.loads(process.stdout.readline())
        if "error" in answer:
            raise ToolError(answer["error"])
        return Answer(answer["seconds"], rows_in_tables(answer["tables"], file.rows))

    return read


# --- the run -------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[File]:
    """The real reports that aren't texts, one that is, and some of the zoo."""
    cases = map(load_case, _CASES)
    files = [File(case.path, case.path.suffix.removeprefix("."), rows_of_case(case)) for case in cases]
    for kind, layouts in _ZOO.items():
        for layout in layouts:
            if lacking := missing(LAYOUTS[layout].needs):
                print(f"{layout}: {lacking}")
                continue
            for document in documents(layout, _SEED, 1):
                path = folder / f"{layout}.{kind}"
                path.write_bytes(document.data)
                files.append(File(path, kind, rows_of_zoo(document)))
    return files


def _measured(tools: Mapping[str, Tool], files: list[File]) -> dict[str, Measured]:
    """Of every tool its times and its rows; nothing of one that can't read a file."""
    answers: dict[tuple[str, Path], list[Answer]] = {}
    failed = set()
    for _ in range(1 + _ROUNDS):
        for file in files:
            for name, tool in tools.items():
                before = answers.setdefault((name, file.path), [])
                is_slow = len(before) > _ROUNDS_OF_SLOW and before[-1].seconds > _SLOW
                if name in failed or is_slow:
                    continue
                try:
                    before.append(tool(file))
                except ToolError as error:
                    print(f"{name} can't read {file.path.name}: {error}")
                    failed.add(name)
    # The first time, everything is imported.
    return {
        name: Measured(
            tuple(tuple(one.seconds for one in answers[name, file.path][1:]) for file in files),
            _sum([answers[name, file.path][-1].rows for file in files]),
        )
        for name in tools
        if name not in failed
    }


def _sum(rows: list[int | None]) -> int | None:
    counted = [one for one in rows if one is not None]
    return sum(counted) if counted else None


def _print(kind: str, measured: Mapping[str, Measured], files: list[File]) -> None:
    of = sum(len(file.rows) for file in files)
    bare = measured.get(_BARE[kind][0]) if kind in _BARE else None
    print(f"\n{_KINDS[kind]}: {', '.join(file.path.name for file in files)}")
    print(f"{'':<32}{'ms':>10}{'reports/s':>12}{'× bare':>10}{'rows right':>14}")
    for name, one in measured.items():
        seconds, rows = one.seconds, one.rows
        ratio = f"{seconds / bare.seconds:.2f}" if bare else ""
        right = "" if rows is None else f"{rows} of {of}"
        print(f"{name:<32}{seconds * 1000:>10.2f}{1 / seconds:>12.1f}{ratio:>10}{right:>14}", flush=True)


def _slower(reading: Measured, bare: Measured, files: list[File]) -> list[str]:
    """The files that are read too slowly, and by how much; all of them are printed."""
    ratios = [
        median(one / other for one, other in zip(own, alone, strict=False))
        for own, alone in zip(reading.rounds, bare.rounds, strict=True)
    ]
    told = [f"{file.path.name} {ratio:.2f}" for file, ratio in zip(files, ratios, strict=True)]
    print(f"× bare, reading alone: {', '.join(told)}")
    return [one for one, ratio in zip(told, ratios, strict=True) if ratio > _MOST_OF_BARE]


def main() -> None:
    """Print a table for every kind of file, and how gongkai compares with the library under it."""
    print(f"CPU time, medians of {_ROUNDS} rounds ({_ROUNDS_OF_SLOW} of slow ones); {name_of_cpu()}")
    slower = []
    with tempfile.TemporaryDirectory() as folder, _peers() as others:
        files = _files(Path(folder))
        for kind in _KINDS:
            own = [file for file in files if file.kind == kind]
            if not own:
                continue
            tools: dict[str, Tool] = {"gongkai, reading alone": _reading, "gongkai, whole way": _whole}
            if kind in _BARE:
                name, library = _BARE[kind]
                tools[name] = _alone(library)
            if kind == "pdf":
                tools["pypdfium2 alone, text"] = _alone(_pdfium)
            measured = _measured({**tools, **others.get(kind, {})}, own)
            _print(kind, measured, own)
            if kind in _BARE:
                slower += _slower(measured["gongkai, reading alone"], measured[_BARE[kind][0]], own)
    print(f"\nreading slower than {_MOST_OF_BARE} × the bare library: {', '.join(slower) or 'none'}")


if __name__ == "__main__":
    main()

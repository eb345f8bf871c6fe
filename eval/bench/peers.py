"""Other programs that read tables, as anyone would call them, and a process to run them in.

They live in an environment of their own (``make peers``), as they bring much that gongkai doesn't need:
``.peers/bin/python -m eval.bench.peers`` reads a question a line, as JSON: the kind of the file, the tool
and the path; and answers with the CPU time that it took and the tables, or with the error.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from eval.bench.clock import cpu_seconds

# Of each table its rows, of each row its cells, as the tool has them; None where it says that none is.
Tables: TypeAlias = list[list[list[Any]]]
Tool: TypeAlias = Callable[[Path], Tables]


def encoding_of(path: Path) -> str:
    """The encoding of a page, which libraries want to be told: some pages don't say it, or lie."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _pandas(path: Path) -> Tables:
    import pandas as pd

    return [frame.to_numpy().tolist() for frame in pd.read_html(path, encoding=encoding_of(path))]


def _docling_html(path: Path) -> Tables:
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.datamodel.base_models import InputFormat

    return _docling(path, InputFormat.HTML, HTMLDocumentBackend)


def _docling_docx(path: Path) -> Tables:
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat

    return _docling(path, InputFormat.DOCX, MsWordDocumentBackend)


def _docling(path: Path, kind: Any, backend: Any) -> Tables:
    """Its backend alone: its converter wants torch even for formats that need no model."""
    from docling.backend.noop_backend import NoOpBackend
    from docling.datamodel.document import InputDocument

    source = InputDocument(path, kind, NoOpBackend)
    document = backend(source, path).convert()
    return [[[cell.text for cell in row] for row in table.data.grid] for table in document.tables]


def _pdfplumber(path: Path) -> Tables:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def _camelot(flavor: str) -> Tool:
    def read(path: Path) -> Tables:
        import camelot

        tables = camelot.read_pdf(str(path), pages="all", flavor=flavor)
        return [table.df.to_numpy().tolist() for table in tables]

    return read


# By the kind of file that they read.
TOOLS: dict[str, dict[str, Tool]] = {
    "html": {"pandas.read_html": _pandas, "docling, HTML backend": _docling_html},
    "docx": {"docling, DOCX backend": _docling_docx},
    "pdf": {
        "pdfplumber": _pdfplumber,
        "camelot, lattice": _camelot("lattice"),
        "camelot, stream": _camelot("stream"),
    },
}


def _answers(questions: Iterator[str]) -> Iterator[dict[str, Any]]:
    for question in questions:
        kind, tool, path = json.loads(question)
        start = cpu_seconds()
        try:
            tables = TOOLS[kind][tool](Path(path))
        except Exception as error:  # noqa: BLE001 - whatever a tool raises, it has not read the file
            yield {"error": f"{type(error).__name__}: {error}"}
        else:
            yield {"seconds": cpu_seconds() - start, "tables": tables}


def main() -> None:
    """Answer until the other side closes."""
    # What the tools print goes elsewhere than the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    warnings.simplefilter("ignore")
    for answer in _answers(iter(sys.stdin.readline, "")):
        print(json.dumps(answer, default=str), file=answers, flush=True)


if __name__ == "__main__":
    main()

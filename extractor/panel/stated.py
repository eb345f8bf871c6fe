"""Reports to be put beside each other, from the results that were kept of them or from their files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import UnreadableError, reason
from extractor.forms import FormSet
from extractor.organs.identity import OrganIdentity
from extractor.organs.organ_list import OrganList
from extractor.pipeline import extract
from extractor.result.cells import EXTRA, Basis, Cell, Grounding, Status
from extractor.result.extraction import Extraction
from extractor.result.header import Fact
from extractor.result.narrative import Narrative
from extractor.result.records import COLUMNS
from rules.confront import State

# What a folder of results has all results in.
RESULTS = "extractions.jsonl"
_JSON = re.compile(rb'\s*\{\s*"schema_version"')
_CSV = ",".join(COLUMNS).encode()
_MARK = b"\xef\xbb\xbf"
_BEGINNING = 512
_YEAR = re.compile(r"20\d\d", re.ASCII)
_OF_A_REPORT = ("report", "organ", "year", "edition")


@dataclass(frozen=True)
class StatedReport:
    """What a report states, and whose it is.

    Attributes:
        report: what results call it.
        organ: as its page has it; None if it doesn't say.
        year: that it is on; None if it doesn't say.
        identity: whose it is.
        edition: of the form that it follows; None if it has no table.
        cells: of its form.
        narrative: what its text says; empty where only its cells are known.
        scope: what its page says of its scope; None if it doesn't, or that isn't known.
        fingerprint: the same of reports that state the same figures; empty if it isn't made yet.
    """

    report: str
    organ: str | None
    year: str | None
    identity: OrganIdentity
    edition: str | None
    cells: tuple[Cell, ...]
    narrative: Narrative = field(default_factory=Narrative)
    scope: Fact | None = None
    fingerprint: str = ""

    @cached_property
    def by_address(self) -> dict[str, Cell]:
        """Its cells by their addresses."""
        return {cell.address: cell for cell in self.cells}

    @property
    def is_own_office(self) -> bool:
        """Whether its page says that its figures are those of its own office alone."""
        return self.scope is not None and self.scope.value == "own"

    @property
    def number(self) -> int | None:
        """Its year as a number; None where it isn't known."""
        return int(self.year) if self.year is not None and _YEAR.fullmatch(self.year) else None

    @property
    def name(self) -> str:
        """What people call its organ: in full where that is known."""
        return self.identity.name or self.organ or self.report


def stated_reports(path: Path, forms: FormSet, organs: OrganList) -> Iterator[StatedReport]:
    """The reports that a path holds.

    Args:
        path: of a folder that ``gongkai batch`` wrote; of JSON or JSON lines; of CSV with a cell a row, which
            has the columns of ours; or of a report, which is read by its layout.
        forms: to read reports by.
        organs: who says whose they are.

    Raises:
        InputError: if it can't be read, or holds no report.
    """
    target = path / RESULTS if path.is_dir() else path
    if target != path and not target.exists():
        raise UnreadableError(
            f"{path} 不是 gongkai batch 写出的文件夹。若其中是报告，请先读取：gongkai batch {path} -o 结果。",
            f"{path} is no folder that gongkai batch wrote; if it holds reports, "
            f"read them first: gongkai batch {path} -o results",
        )
    try:
        # A pipe gives its beginning once, and waits for who writes to it: it is read as a report is.
        with nullcontext(BytesIO()) if target.is_fifo() else target.open("rb") as stream:
            beginning = stream.read(_BEGINNING)
    except OSError as error:
        zh, en = reason(error)
        raise UnreadableError(
            f"无法读取 {target}：{zh}。请给出报告、结果文件，或 gongkai batch 写出的文件夹。",
            f"can't read {target}: {en}; name a report, a file of results, or a folder of gongkai batch",
        ) from error
    if _JSON.match(beginning):
        for extraction in _of_json(target):
            yield _of(extraction, organs)
    elif beginning.removeprefix(_MARK).startswith(_CSV):
        yield from _of_csv(target, organs)
    else:
        for extraction in extract(target, forms=forms):
            yield _of(extraction, organs)


def _of(extraction: Extraction, organs: OrganList) -> StatedReport:
    organ, year = extraction.header.organ, extraction.header.year
    return StatedReport(
        extraction.report,
        organ.value if organ is not None else None,
        year.value if year is not None else None,
        organs.identify(extraction),
        extraction.edition,
        extraction.cells,
        extraction.narrative,
        extraction.header.scope,
    )


def _of_json(path: Path) -> Iterator[Extraction]:
    """The results in a file: one that is indented, or one a line."""
    with path.open("rb") as stream:
        first = stream.readline()
        is_one = first.strip() == b"{"
        lines: Iterable[bytes] = [first + stream.read()] if is_one else _with(first, stream)
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _parsed(line, path, number)


def _with(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _parsed(line: bytes, path: Path, number: int) -> Extraction:
    try:
        return Extraction.model_validate_json(line)
    except ValidationError as error:
        raise UnreadableError(
            f"{path} 第 {number} 行不是本程序一份报告的 JSON 结果。请重新生成。",
            f"{path}, line {number} is not the JSON of one report; make it anew",
        ) from error


def _of_csv(path: Path, organs: OrganList) -> Iterator[StatedReport]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        for (report, organ, year, edition), same in groupby(rows, itemgetter(*_OF_A_REPORT)):
            try:
                # Rows that the organ has added are no part of the form that reports have in common.
                cells = tuple(_cell(row) for row in same if not row["address"].startswith(f"{EXTRA}."))
            except (ValueError, InvalidOperation, KeyError, TypeError) as error:
                raise UnreadableError(
                    f"{path} 中 {report} 的单元格有误。请重新生成。",
                    f"{path} has a cell of {report} that isn't one; make it anew",
                ) from error
            identity = organs.identify_name(organ or None, year or None)
            yield StatedReport(report, organ or None, year or None, identity, edition or None, cells)


def _cell(row: dict[str, str]) -> Cell:
    """A cell of which a row is known: where it stands and what settles it isn't."""
    value = Decimal(row["value"]) if row["value"] else None
    is_whole = value is not None and "." not in row["value"]
    return Cell(
        address=row["address"],
        printed=row["printed"],
        value=int(value) if value is not None and is_whole else value,
        unit=row["unit"] or None,
        state=State(row["state"]),
        status=Status(row["status"]),
        placement="certain",
        grounding=Grounding.NONE,
        span=None,
        row_label=None,
        column_label=None,
        readers=(),
        basis=Basis.PROPOSAL,
    )

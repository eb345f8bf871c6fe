"""Drafting a case: what the program reads of a report, for a person to correct."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from eval.gold.cases import FOLDER
from extractor.decisions.beside import path_beside
from extractor.decisions.honoured import Decisions
from extractor.decisions.kept import record_beside
from extractor.decisions.record import digest_of
from extractor.documents.document import Document, Span
from extractor.documents.source import read_file
from extractor.errors import OutputError, UnreadableError, reason
from extractor.pipeline import extract
from extractor.reports.opening import open_source
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.narrative import Claim, Narrative, RelationKind

UNKNOWN = "?"
_CELLS = ("address", "printed", "value", "unit", "state", "line", "column")
_LABELS = ("row", "printed", "line", "column")
_FACTS = ("fact", "printed", "value", "line", "column")
_CLAIMS = (
    *("id", "section", "before", "printed", "value", "unit", "approximation", "measure", "what"),
    *("scope", "period", "relations", "optional"),
)
_FINDINGS = ("rule", "address", "before", "printed", "says", "follows")
_LEAST_BEFORE, _MOST_BEFORE = 6, 60


def draft(source: Path, name: str, folder: Path = FOLDER, *, has_decisions: bool = False) -> Path:
    """Write down what the program reads of a report; what it isn't sure of is a question mark.

    Args:
        source: the report.
        name: of the case.
        folder: of all cases.
        has_decisions: whether people decided on the report, in the file beside it: what they did is gold.

    Returns:
        The folder of the case.

    Raises:
        InputError: if it can't be read, or holds no report, or no decisions where there should be some.
        OutputError: if there is such a case, or it can't be written.
    """
    document = open_source(source)
    extraction = extract(document, decisions=_decisions_on(source) if has_decisions else None)[0]
    target = folder / name
    try:
        target.mkdir(parents=True)
        shutil.copyfile(source, target / f"{name}{source.suffix}")
        _write(target / "cells.csv", _CELLS, (_cell(document, cell) for cell in extraction.cells))
        _write(target / "labels.csv", _LABELS, _labels(document, extraction))
        _write(target / "facts.csv", _FACTS, _facts(document, extraction))
        _write(target / "claims.csv", _CLAIMS, _claims(document, extraction.narrative))
        _write(target / "findings.csv", _FINDINGS, _findings(document, extraction))
        about = {
            "source": f"{name}{source.suffix}",
            "edition": extraction.edition or UNKNOWN,
            "origin": UNKNOWN,
            "hard": [UNKNOWN],
            "reviewed": False,
            "verdict": extraction.verdict.value,
        }
        text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False)
        (target / "case.yaml").write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise OutputError(
            f"已有名为 {name} 的案例。请用 --name 另起一个名字。",
            f"there is a case {name} already; give another name with --name",
        ) from error
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(f"无法写入 {target}：{zh}。", f"can't write {target}: {en}") from error
    return target


def _decisions_on(source: Path) -> Decisions:
    record = record_beside(source)
    if record is None:
        raise UnreadableError(
            f"{path_beside(source)} 不存在。请先用 gongkai review {source} --serve 作出决定。",
            f"there is no {path_beside(source)}; decide first, with gongkai review {source} --serve",
        )
    return Decisions(record, digest_of(read_file(source)))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _place(document: Document, span: Span | None) -> tuple[object, object]:
    """Line and column, of a text; nothing of other files."""
    return document.position(span.start) if span is not None and not document.located else ("", "")


def _cell(document: Document, cell: Cell) -> tuple[object, ...]:
    if cell.status in (Status.DISPUTED, Status.ABSENT):
        return (cell.address, UNKNOWN, UNKNOWN, "", UNKNOWN, "", "")
    value = "" if cell.value is None else cell.value
    return (
        cell.address,
        cell.printed,
        value,
        cell.unit or "",
        cell.state.value,
        *_place(document, cell.span),
    )


def _labels(document: Document, extraction: Extraction) -> Iterable[tuple[object, ...]]:
    labels = {
        cell.address.rpartition(".")[0]: cell.row_label
        for cell in extraction.cells
        if cell.row_label is not None
    }
    for row, span in labels.items():
        yield (row, document.text[span.start : span.end], *_place(document, span))


def _facts(document: Document, extraction: Extraction) -> Iterable[tuple[object, ...]]:
    for name, fact in extraction.header:
        if fact is not None:
            yield (name, fact.printed, fact.value or "", *_place(document, fact.span))


def _claims(document: Document, narrative: Narrative) -> Iterable[tuple[object, ...]]:
    for number, claim in enumerate(narrative.claims):
        relations = [
            f"{one.kind} {'+'.join(one.addresses)}"
            if one.kind is RelationKind.CELL
            else f"{one.kind} {' '.join(f'c{other + 1}' for other in one.others)}"
            for one in narrative.relations
            if one.claim == number
        ]
        yield (
            f"c{number + 1}",
            claim.section,
            _before(document.text, claim),
            claim.printed,
            claim.value,
            claim.unit or "",
            claim.approximation.value,
            claim.measure.value,
            claim.what,
            claim.scope or "",
            claim.period or "",
            ";".join(relations),
            "",
        )


def _before(text: str, claim: Claim) -> str:
    """As much of the text before a number as makes its place the only one."""
    start, end = claim.span
    for length in range(_LEAST_BEFORE, _MOST_BEFORE):
        if text.count(text[max(0, start - length) : end]) == 1:
            return text[max(0, start - length) : start]
    return UNKNOWN


def _findings(document: Document, extraction: Extraction) -> Iterable[tuple[object, ...]]:
    claims = {claim.span.start: claim for claim in extraction.narrative.claims}
    for finding in extraction.findings:
        if finding.severity != "hard" or finding.left is None:
            continue
        claim = claims.get(finding.span.start) if finding.span is not None else None
        where = (finding.place or "", "", "")
        if claim is not None:
            where = ("", _before(document.text, claim), claim.printed)
        yield (finding.rule, *where, finding.left, finding.right)

"""The page of a report that would like to run in the browser of whoever looks at it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extractor.documents.document import Document
from extractor.forms import FormSet
from extractor.pipeline import ReadReport, read_reports
from extractor.result.cells import Status
from extractor.review.page import Sitting, page_of
from rules.words import Bilingual

HOSTILE = (
    "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">{{ 7*7 }}"
)


def hostile_page(report: Path) -> str:
    """The page of a report with disputed cells, made hostile."""
    return page_of(_hostile(report), FormSet.of().forms, [], "zh", Sitting("0" * 64))


def _hostile(path: Path) -> ReadReport:
    """A report whose every text would like to run, with 10,000 findings."""
    (report,) = read_reports(path)
    extraction = report.extraction
    finding = extraction.findings[0].model_copy(
        update={"message": Bilingual(zh=HOSTILE, en=HOSTILE), "place": None, "suspects": (), "places": ()}
    )
    organ = extraction.header.organ
    assert organ is not None
    cells = [
        replace(cell, printed=HOSTILE, unit=HOSTILE, remarks=(HOSTILE,), readers=(HOSTILE,))
        if cell.status is Status.DISPUTED
        else cell
        for cell in extraction.cells
    ]
    header = extraction.header.model_copy(update={"organ": organ.model_copy(update={"printed": HOSTILE})})
    update = {
        "report": f"{HOSTILE.replace('/', '')}.txt",
        "cells": tuple(cells),
        "findings": (finding,) * 10_000,
        "remarks": (),
        "header": header,
    }
    text = report.document.text.replace("正文", HOSTILE[:2], 1)
    assert len(text) == len(report.document.text)
    document: Document = replace(report.document, text=HOSTILE + text[len(HOSTILE) :])
    return ReadReport(document, extraction.model_copy(update=update))

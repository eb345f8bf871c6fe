"""The page of a report: one file that needs no network and shows the source beside the figures."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from extractor.decisions.record import Decision
from extractor.documents.pages.page import Box, Picture
from extractor.output.words import STATUSES, VERDICTS
from extractor.pipeline import ReadReport
from extractor.result.cells import Status
from extractor.result.decisions import Choice
from extractor.review.facts import as_json, facts_of
from extractor.review.flow import flow_of
from extractor.review.form_view import form_tables
from extractor.review.marks import Mark, marks_of
from extractor.review.pictures import png
from extractor.review.templates import part, policy, template, words
from extractor.verify.names import form_of_each
from rules.form import Form
from rules.words import Language

#: The page's scripts, in the order in which they make one.
SCRIPTS = ("words.js", "view.js", "card.js", "decisions.js", "keys.js")
#: Every status has a sign as well as a colour, for eyes and printers that see none.
SIGNS = {
    Status.ABSENT.value: "×",
    Status.DISPUTED.value: "?",
    Status.AS_PRINTED.value: "!",
    Status.CONFIRMED.value: "✓",
    Status.UNCHECKED.value: "○",
    Status.ACCEPTED.value: "=",
    Status.CORRECTED.value: "~",
    Choice.REJECTED.value: "¬",
}
#: What a person must look at.
OPEN = (Status.DISPUTED, Status.ABSENT, Status.AS_PRINTED)


class Sitting(NamedTuple):
    """What decisions are about, and which there are.

    Attributes:
        source: the digest of the file's bytes.
        number: of the report in it, from 1.
        decisions: all that are kept of the file.
        is_served: whether a server keeps those that are made on the page.
        list_address: of the list that the page is in, from the page; None if it is in none.
    """

    source: str
    number: int = 1
    decisions: tuple[Decision, ...] = ()
    is_served: bool = False
    list_address: str | None = None


class Boxed(NamedTuple):
    """A box on a page: the place that it is, and where it stands, in points."""

    mark: Mark
    box: Box


class PageView(NamedTuple):
    """A page as it looks, with its boxes."""

    number: int
    width: float
    height: float
    address: str
    boxes: tuple[Boxed, ...]


def page_of(
    report: ReadReport,
    forms: Sequence[Form],
    pictures: Sequence[Picture],
    language: Language,
    sitting: Sitting,
) -> str:
    """The page of one report.

    Args:
        report: what was read.
        forms: that it may have been read by.
        pictures: of its pages; none if the source has no pages.
        language: that it is shown in at first.
        sitting: what decisions are about, and which there are.
    """
    document, extraction = report
    form_of = form_of_each(extraction, forms)
    cells = (*extraction.cells, *extraction.extra)
    marks = marks_of(document, cells)
    style, script = part("review.css"), "\n".join(part(name) for name in SCRIPTS)
    facts = facts_of(report, forms, form_of)
    # A page is handed on: nobody need know the folder that the report lay in.
    file_name = Path(extraction.report).name
    page: str = template("review.html").render(
        extraction=extraction,
        cells=cells,
        organ=extraction.header.organ.printed if extraction.header.organ else file_name,
        file_name=file_name,
        list_address=sitting.list_address,
        language=language,
        policy=policy(style, script, is_served=sitting.is_served),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        facts=Markup(as_json({**facts, **_sitting(sitting, file_name), **_names()})),  # noqa: S704 - escaped there
        pages=list(_pages(report, marks, pictures)),
        flow=[] if pictures else list(flow_of(document, marks)),
        tables=list(form_tables(report, forms, form_of)),
        signs=SIGNS,
        document_text=document.text,
        verdict=VERDICTS[extraction.verdict],
    )
    return page


def _sitting(sitting: Sitting, file_name: str) -> dict[str, Any]:
    return {
        "file": file_name,
        "source": sitting.source,
        "number": sitting.number,
        "served": sitting.is_served,
        "decisions": [decision.model_dump(mode="json") for decision in sitting.decisions],
    }


def _names() -> dict[str, Any]:
    return {
        "words": words(),
        "statuses": {
            **{status.value: [name.zh, name.en] for status, name in STATUSES.items()},
            Choice.REJECTED.value: words()["name_rejected"],
        },
        "signs": SIGNS,
        "open": [status.value for status in OPEN],
    }


# --- the source --------------------------------------------------------------------------------------------


def _pages(report: ReadReport, marks: Sequence[Mark], pictures: Sequence[Picture]) -> Iterator[PageView]:
    cells = (*report.extraction.cells, *report.extraction.extra)
    boxes: dict[int | None, list[Boxed]] = {}
    places = {(start, end): locator for start, end, locator in report.document.located}
    for mark in marks if pictures else ():
        # A number within a line has no box of its own.
        locator = cells[mark.cells[0]].locator if mark.cells else places.get((mark.start, mark.end))
        if locator is not None and locator.box is not None:
            boxes.setdefault(locator.page, []).append(Boxed(mark, locator.box))
    for number, picture in enumerate(pictures, 1):
        address = "data:image/png;base64," + base64.b64encode(png(picture)).decode()
        own = tuple(boxes.get(number, ()))
        yield PageView(number, picture.width, picture.height, address, own)

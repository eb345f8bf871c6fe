"""The list of several reports: what to look at first, and where its page is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from extractor.output.words import VERDICTS
from extractor.result.extraction import Extraction
from extractor.review.page import OPEN
from extractor.review.templates import part, policy, template
from rules.words import Bilingual, Language

UNREADABLE = "unreadable"
_NAMES = {
    **{verdict.value: name for verdict, name in VERDICTS.items()},
    UNREADABLE: Bilingual(zh="无法读取", en="can't be read"),
}
# What a person must decide comes first, then what can't be looked at, then what only its office can mend.
_ORDER = ("needs_review", UNREADABLE, "source_error", "verified")


class Entry(BaseModel):
    """A report in the list, or a file that none could be read from.

    Attributes:
        source: the path of the file, from the folder; with its number, if it holds several reports.
        page: the address of its page, from the list; None if there is none.
        organ, year: whose report it is; None where it doesn't say.
        verdict: on the report, or ``unreadable``.
        open: how many cells are to be looked at, and weren't decided on.
        message: of its first finding, or why it can't be read.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    page: str | None = None
    organ: str | None = None
    year: str | None = None
    verdict: str = UNREADABLE
    open: int = 0
    message: Bilingual | None = None


def entry_of(extraction: Extraction, source: str, page: str, decided: Iterable[str]) -> Entry:
    """A report as the list has it.

    Args:
        extraction: what was read.
        source: what the list calls it.
        page: the address of its page, from the list.
        decided: the addresses of the cells that people decided on.
    """
    header, findings = extraction.header, extraction.findings
    return Entry(
        source=source,
        page=page,
        organ=header.organ.printed if header.organ is not None else None,
        year=header.year.value if header.year is not None else None,
        verdict=extraction.verdict.value,
        open=len(open_cells(extraction).difference(decided)),
        message=findings[0].message if findings else None,
    )


def open_cells(extraction: Extraction) -> frozenset[str]:
    """The addresses of the cells that are to be looked at.

    Args:
        extraction: what was read.
    """
    return frozenset(cell.address for cell in extraction.cells if cell.status in OPEN)


def listing(entries: Sequence[Entry], title: str, language: Language) -> str:
    """The page that lists reports.

    Args:
        entries: in any order.
        title: of the page.
        language: that it is shown in at first.
    """
    style, script = part("review.css"), part("index.js")
    ordered = sorted(entries, key=lambda entry: (_ORDER.index(entry.verdict), -entry.open, entry.source))
    counts = Counter(entry.verdict for entry in entries)
    return template("index.html").render(
        title=title,
        language=language,
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        entries=ordered,
        counts={verdict: counts[verdict] for verdict in _ORDER},
        verdicts=_NAMES,
    )

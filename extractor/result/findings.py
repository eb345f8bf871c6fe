"""What is wrong with a report, or with the reading of it."""

from __future__ import annotations

from enum import StrEnum

from extractor.documents.document import Locator, Span
from extractor.result.frozen import FrozenModel
from extractor.text.figures import Value
from rules.words import Bilingual, Severity


class Cause(StrEnum):
    """Why a rule is violated: the page, a figure that it doesn't state, or not known."""

    SOURCE_ERROR = "source_error"
    NOT_STATED = "not_stated"
    UNRESOLVED = "unresolved"


class Finding(FrozenModel):
    """A violated rule or a defect of the reading.

    Attributes:
        rule: the id of the edit rule, or of the kind of defect.
        severity: ``hard`` ones are errors, ``soft`` ones warnings, ``hint`` what is worth a look; the errors
            among a report's findings decide its verdict.
        cause: None unless it is an error.
        citation: where an edit rule comes from.
        place: the address that the finding is about, if it is about one.
        places: the addresses of the rows or cells that it is about, where it is about several.
        left, right, difference: the two sides of a violated rule, and left − right.
        suspects: the cells of which some must be wrong.
        rests_on_blanks: blank or marked cells that counted as nothing.
        message: for the reader.
        span: where to look; None if it isn't on the page.
        line, column: the beginning of ``span``, counted from 1; None without one.
        locator: where that is in a file that isn't text.
    """

    rule: str
    severity: Severity
    cause: Cause | None
    citation: str | None = None
    place: str | None = None
    places: tuple[str, ...] = ()
    left: Value | None = None
    right: Value | None = None
    difference: Value | None = None
    suspects: tuple[str, ...] = ()
    rests_on_blanks: tuple[str, ...] = ()
    message: Bilingual
    span: Span | None = None
    line: int | None = None
    column: int | None = None
    locator: Locator | None = None

"""The result of reading one report: the pydantic models that the JSON is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from extractor.documents.document import Locator, Span
from extractor.figures import Value
from extractor.narrative.claims import Narrative
from rules.confront import State
from rules.form import Bilingual, Severity


class Status(StrEnum):
    """How far a cell can be trusted; see ``extractor.status`` for the exact rule."""

    ABSENT = "absent"
    DISPUTED = "disputed"
    AS_PRINTED = "as_printed"
    CONFIRMED = "confirmed"
    UNCHECKED = "unchecked"

    # Looked up for every cell, and the hash of an Enum is written in Python.
    __hash__ = str.__hash__


class Verdict(StrEnum):
    """What is to be done with a report as a whole."""

    NEEDS_REVIEW = "needs_review"
    SOURCE_ERROR = "source_error"
    VERIFIED = "verified"


class Grounding(StrEnum):
    """How a printed figure was found at its place."""

    EXACT = "exact"
    FOLDED = "folded"
    AMBIGUOUS = "ambiguous"
    NONE = "none"

    # Looked up for every cell, and the hash of an Enum is written in Python.
    __hash__ = str.__hash__


class Cause(StrEnum):
    """Why a rule is violated: the page, a figure that it doesn't state, or not known."""

    SOURCE_ERROR = "source_error"
    NOT_STATED = "not_stated"
    UNRESOLVED = "unresolved"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form.

    A dataclass, as a report has 200 of them and a model takes more than twice as long to make; read
    from JSON, it is validated as a model is.

    Attributes:
        address: its name, such as ``requests.received.total``.
        printed: what the page prints, character for character; empty if blank or absent.
        value: ``printed`` as a number; None if there is none, or it can't be parsed.
        unit: printed with the figure, or else in the header; None if the page states none.
        state: number, blank, mark or absent.
        status: how far it can be trusted.
        placement: whether independent anchors agree that it belongs to this address.
        grounding: how the figure was found at its place.
        span: its characters in the document; empty for a blank cell, None if nothing is there.
        row_label, column_label: where its labels stand.
        readers: who read it.
        confidence: of a cell that was recognised from a picture, how sure its characters are, from 0 to 1;
            1 if there is no ink in it. None if it wasn't recognised, but read.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    address: str
    printed: str
    value: Value | None
    unit: str | None
    state: State
    status: Status
    placement: Literal["certain", "inferred"]
    grounding: Grounding
    span: Span | None
    row_label: Span | None
    column_label: Span | None
    readers: tuple[str, ...]
    confidence: float | None = None


class Fact(_Model):
    """Something that the head or the foot of a report states.

    ``value`` is normalised (dates are ISO 8601); None if what is printed can't be (2月31日).
    """

    printed: str
    value: str | None
    span: Span


class Header(_Model):
    """What the report says about itself; None where it doesn't."""

    organ: Fact | None = None
    year: Fact | None = None
    period_start: Fact | None = None
    period_end: Fact | None = None
    publication_date: Fact | None = None
    address: Fact | None = None
    postcode: Fact | None = None
    telephone: Fact | None = None
    email: Fact | None = None
    site: Fact | None = None


class Finding(_Model):
    """A violated rule or a defect of the reading.

    Attributes:
        rule: the id of the edit rule, or of the kind of defect.
        severity: ``hard`` findings decide the verdict, ``soft`` ones are warnings.
        cause: None for a warning.
        citation: where an edit rule comes from.
        place: the address that the finding is about, if it is about one.
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


class Action(StrEnum):
    """What happened in one step of reading with a model."""

    ASKED = "asked"
    TAKEN = "taken"
    AGREED = "agreed"
    PROPOSED = "proposed"
    REFUSED = "refused"
    DIFFERS = "differs"
    SUSPECTED = "suspected"
    REREAD = "reread"
    KEPT = "kept"
    FAILED = "failed"
    STOPPED = "stopped"


class Step(_Model):
    """One step of reading with a model.

    Attributes:
        round: 0 for the first reading; then counted from 1.
        action: ``asked``: a question was put; ``taken``: an answer is grounded, and the page's labels leave
            no doubt; ``agreed``: it is grounded, and settles what the layout reading had found without
            being certain; ``proposed``: it is grounded, and settles nothing; ``refused``: it isn't
            grounded; ``differs``: it isn't what the layout reading has; ``suspected``: a rule is
            violated, and the rows are to be read again; ``reread``: they stand as before; ``kept``: they
            were read otherwise, which is no better, so that what was read before is kept; ``failed``: no
            usable answer; ``stopped``: nothing more is asked.
        rows: that the step is about.
        lines: that were shown, or cited.
        message: what happened, for a person.
    """

    round: int
    action: Action
    rows: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    message: Bilingual


class Spent(_Model):
    """What asking a model about one report cost: the replies used, whenever they were made.

    Attributes:
        model: its name.
        requests: failed attempts included.
        input_tokens, output_tokens: of all requests.
        cached_tokens: how many of the input tokens the server had in its own prefix cache.
        counted_by: ``server``; else the vocabulary, or ``estimate``, that some of it was counted with.
        cost: by the prices that the user gave, in their currency; None without prices.
    """

    model: str
    requests: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    counted_by: str
    cost: Decimal | None


class Extraction(_Model):
    """Everything read from one report.

    Attributes:
        report: what the input is called.
        encoding: the encoding that its bytes were found to have.
        undecodable: how many characters of it could not be decoded.
        is_ocr: whether cells of it were recognised from pictures.
        family, edition: of the deciding table's form; None if no table is on the page.
        block_editions: of every block that follows another edition than ``edition``.
        cells: every cell that the page can be expected to have, in the order of the form.
        findings: errors before warnings, each in the order of the page.
        narrative: what the free text says.
        usage: what was spent on a model; None if none was asked.
        trace: what was asked, and what came of it, in order.
    """

    schema_version: Literal[1] = 1
    report: str
    encoding: str
    undecodable: int
    is_ocr: bool = False
    family: str | None
    edition: str | None
    block_editions: dict[str, str]
    verdict: Verdict
    header: Header
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    narrative: Narrative = Narrative()
    usage: Spent | None = None
    trace: tuple[Step, ...] = ()

    @cached_property
    def _by_address(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.cells}

    def cell(self, address: str) -> Cell:
        """The cell with this address.

        Raises:
            KeyError: if the report isn't expected to have it.
        """
        return self._by_address[address]

    def nested(self) -> dict[str, Any]:
        """The values as dicts within dicts: ``nested()["requests"]["received"]["total"]``."""
        result: dict[str, Any] = {}
        for cell in self.cells:
            *path, last = cell.address.split(".")
            level = result
            for part in path:
                level = level.setdefault(part, {})
            level[last] = cell.value
        return result

    def records(self) -> Iterator[dict[str, Any]]:
        """One dict a cell, with the columns of the CSV; ``pandas.DataFrame(x.records())`` works."""
        organ, year = self.header.organ, self.header.year
        for cell in self.cells:
            yield {
                "report": self.report,
                "organ": organ.value if organ else None,
                "year": year.value if year else None,
                "edition": self.edition,
                "address": cell.address,
                "printed": cell.printed,
                "value": cell.value,
                "unit": cell.unit,
                "state": cell.state.value,
                "status": cell.status.value,
            }

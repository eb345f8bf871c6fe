"""The rows of the tables of results: what stands in each column, of one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Locator
from extractor.errors import legible
from extractor.organs.identity import OrganIdentity
from extractor.result.cells import Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Finding
from extractor.result.narrative import Claim, RelationKind
from extractor.text.figures import Value
from rules.confront import Outcome
from rules.words import Bilingual

Entry: TypeAlias = str | int | float | Decimal | bool | tuple[str, ...] | None
# The entries of a row, in the order of the columns.
Row: TypeAlias = tuple[Entry, ...]

_LARGEST = 2**63 - 1
# What ``Kind.DECIMAL`` takes.
_DIGITS_BEFORE, _DIGITS_BEHIND = 28, 10


class FailedFile(NamedTuple):
    """A file that gave no report.

    Attributes:
        file: its path.
        kind: of the cause, in a word, such as ``unreadable``.
        message: why, for the reader.
    """

    file: str
    kind: str
    message: Bilingual


class CopiedReport(NamedTuple):
    """A report that is another's copy, or another version of it.

    Attributes:
        report: what results call it.
        copy_of: what they call the other.
        kind: what they have in common, in a word, such as ``bytes``.
        organ, year: of the report; None if it doesn't state them.
        differs_in: the addresses of the cells in which a version differs from the other; None if that isn't
            known.
    """

    report: str
    copy_of: str
    kind: str
    organ: str | None
    year: str | None
    differs_in: tuple[str, ...] | None = None


class AlikeReport(NamedTuple):
    """A report whose own text is largely another's.

    Attributes:
        report: what results call it.
        like: what they call the other.
        kind: whose text it is, in a word, such as ``other_organ``.
        share: the part of its own text that stands there, from 0 to 1.
        characters: how many of its characters that are, as printed.
        organ, year: of the report; None if it doesn't state them.
        like_organ, like_year: of the other.
        passages: what stands in both, as the report has it.
    """

    report: str
    like: str
    kind: str
    share: float
    characters: int
    organ: str | None
    year: str | None
    like_organ: str | None
    like_year: str | None
    passages: tuple[str, ...]


class Beside(NamedTuple):
    """What is known of a report beside its page; None where nothing is.

    Attributes:
        copy_of: what results call the report that it is a copy of.
        copy_kind: what the two have in common, in a word.
        given_organ, given_code, given_year, given_address, fetched: what a list of the files says of it.
    """

    copy_of: str | None = None
    copy_kind: str | None = None
    given_organ: str | None = None
    given_code: str | None = None
    given_year: str | None = None
    given_address: str | None = None
    fetched: str | None = None


class ReportTables(NamedTuple):
    """A report, and the rows that it adds to the tables.

    Attributes:
        file: that it was read from, or its address on the web.
        extraction: its result.
        identity: whose it is.
        report: its row in the table of reports.
        cells, claims, findings: its rows in the others.
        is_again: whether the same bytes stand there already: then it is in the table of reports alone.
        page: the path of its page to look at, from the folder of the tables; None if there is none.
    """

    file: str
    extraction: Extraction
    identity: OrganIdentity
    report: Row
    cells: Sequence[Row]
    claims: Sequence[Row]
    findings: Sequence[Row]
    is_again: bool = False
    page: str | None = None

    @classmethod
    def of(
        cls,
        file: str,
        extraction: Extraction,
        identity: OrganIdentity,
        beside: Beside | None = None,
        *,
        is_again: bool = False,
    ) -> ReportTables:
        """The rows of a report.

        Args:
            file: that it was read from, or its address on the web.
            extraction: its result.
            identity: whose it is.
            beside: what is known of it beside its page; None for nothing.
            is_again: whether the same bytes stand in the tables already.
        """
        report = report_row(file, extraction, identity, beside or Beside())
        if is_again:
            return cls(file, extraction, identity, report, (), (), (), is_again)
        return cls(
            file,
            extraction,
            identity,
            report,
            tuple(cell_rows(extraction)),
            tuple(claim_rows(extraction)),
            tuple(finding_rows(extraction)),
        )


def report_row(file: str, extraction: Extraction, identity: OrganIdentity, beside: Beside) -> Row:
    """The row of a report in the table of reports.

    Args:
        file: that it was read from.
        extraction: its result.
        identity: whose it is.
        beside: what is known of it beside its page.
    """
    header = extraction.header
    statuses = Counter(cell.status for cell in extraction.cells)
    severities = Counter(finding.severity for finding in extraction.findings)
    dates = (header.period_start, header.period_end, header.publication_date)
    return (
        *_report(extraction),
        *identity,
        legible(file),
        extraction.family,
        extraction.edition,
        extraction.verdict.value,
        len(extraction.cells),
        *(
            statuses[status]
            for status in (
                *(Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED),
                *(Status.DISPUTED, Status.ABSENT, Status.ACCEPTED, Status.CORRECTED),
            )
        ),
        severities["hard"],
        severities["soft"],
        len(extraction.remarks),
        *(fact.value if fact is not None else None for fact in dates),
        extraction.is_ocr,
        extraction.encoding,
        extraction.undecodable,
        *beside,
    )


def cell_rows(extraction: Extraction) -> Iterator[Row]:
    """The rows of a report in the table of cells; those of rows that the organ has added come last."""
    report = _report(extraction)
    for cell in (*extraction.cells, *extraction.extra):
        yield (*report, extraction.edition, *_cell(cell))


def _cell(cell: Cell) -> Row:
    return (
        cell.address,
        cell.printed,
        *_numbers(cell.value),
        cell.unit,
        # Texts as they are; to ask each for its value takes longer than the rest of the row.
        cell.state,
        cell.status,
        cell.basis,
        *_position(cell.line, cell.column, cell.locator),
        cell.confidence,
        cell.remarks,
        cell.readers,
    )


def claim_rows(extraction: Extraction) -> Iterator[Row]:
    """The rows of a report in the table of numbers in its text."""
    report, narrative = _report(extraction), extraction.narrative
    addresses: dict[int, list[str]] = {}
    violated: dict[int, list[str]] = {}
    for relation in narrative.relations:
        if relation.kind is RelationKind.CELL:
            addresses.setdefault(relation.claim, []).extend(relation.addresses)
        if relation.outcome is Outcome.VIOLATED:
            violated.setdefault(relation.claim, []).append(relation.kind.value)
    for index, claim in enumerate(narrative.claims):
        repeated, wrong = tuple(addresses.get(index, ())), tuple(violated.get(index, ()))
        yield (*report, index, *_claim(claim), repeated, wrong, claim.readers)


def _claim(claim: Claim) -> Row:
    return (
        claim.what,
        claim.scope,
        claim.printed,
        *_numbers(claim.value),
        claim.unit,
        claim.approximation.value,
        claim.measure.value,
        claim.period,
        claim.section,
        *claim.span,
    )


def finding_rows(extraction: Extraction) -> Iterator[Row]:
    """The rows of a report in the table of findings, its remarks behind them."""
    report = _report(extraction)
    for findings, is_remark in ((extraction.findings, False), (extraction.remarks, True)):
        for finding in findings:
            yield (*report, *_finding(finding, is_remark=is_remark))


def _finding(finding: Finding, *, is_remark: bool) -> Row:
    return (
        finding.rule,
        finding.severity,
        finding.cause.value if finding.cause is not None else None,
        is_remark,
        finding.message.zh,
        finding.message.en,
        finding.place,
        finding.places,
        *(exact_text(value) for value in (finding.left, finding.right, finding.difference)),
        finding.suspects,
        finding.rests_on_blanks,
        finding.citation,
        *_position(finding.line, finding.column, finding.locator),
    )


def failure_rows(failures: Iterable[FailedFile]) -> Iterator[Row]:
    """The rows of the table of files that gave no report."""
    for failure in failures:
        yield (legible(failure.file), failure.kind, failure.message.zh, failure.message.en)


def copy_rows(copies: Iterable[CopiedReport]) -> Iterator[Row]:
    """The rows of the table of copies."""
    for copy in copies:
        yield copy._replace(report=legible(copy.report), copy_of=legible(copy.copy_of))


def alike_rows(alike: Iterable[AlikeReport]) -> Iterator[Row]:
    """The rows of the table of reports that are alike."""
    for one in alike:
        yield one._replace(report=legible(one.report), like=legible(one.like))


def exact_text(value: Value | None) -> str | None:
    """A number with all its digits, never with an exponent; None for none."""
    return f"{value:f}" if isinstance(value, Decimal) else None if value is None else str(value)


def _report(extraction: Extraction) -> tuple[str, str | None, str | None]:
    organ, year = extraction.header.organ, extraction.header.year
    return legible(extraction.report), organ.value if organ else None, year.value if year else None


def _numbers(value: Value | None) -> tuple[str | None, int | None, Decimal | None]:
    """A number as text, and in the types that hold it."""
    if value is None:
        return None, None, None
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return str(value), value, Decimal(value)
    exact = Decimal(value)
    _, digits, exponent = exact.as_tuple()
    fits = isinstance(exponent, int) and -exponent <= _DIGITS_BEHIND
    fits = fits and exact.adjusted() < _DIGITS_BEFORE and len(digits) <= _DIGITS_BEFORE
    return exact_text(value), None, exact if fits else None


def _position(line: int | None, column: int | None, locator: Locator | None) -> Row:
    if locator is None:
        return line, column, None, None, None, None
    return line, column, locator.page, locator.table, locator.row, locator.column

"""Status of a cell and verdict on a report, from the evidence alone: first match wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Set
from itertools import chain
from typing import NamedTuple, TypeAlias

from extractor.layout.reading import ReadRow
from extractor.result.cells import Basis, Grounding, Status
from extractor.result.findings import Cause, Finding
from extractor.result.verdict import Verdict
from extractor.verify.cells import CheckedCell
from extractor.verify.outcomes import RuleEvidence
from rules.confront import State

# The addresses of a row's cells, which tell the row from all others.
RowAddresses: TypeAlias = tuple[str, ...]

# A cell that was recognised from a picture needs more than one balance to be believed, unless two readers
# agree.
BALANCES_NEEDED = 1
BALANCES_NEEDED_FOR_OCR = 2
_UNGROUNDED = (Grounding.AMBIGUOUS, Grounding.NONE)


class Evidence(NamedTuple):
    """What is known about a cell.

    Attributes:
        is_absent: its row or its column isn't on the page.
        is_settled: it has the same figure in every placement that the page admits, or what else settles it
            (``is_beside_the_page``) is borne out by the sums.
        grounding: how its figure was found.
        is_parsable: it is blank, a mark, or a number of the kind that the form has there.
        suspect_among_certain: it is a suspect in a violated hard balance whose operands are all
            certain.
        suspect_among_uncertain: likewise, where some operand isn't certain.
        satisfied: in how many satisfied hard balances with a printed number it is.
        in_error: it is in a hard balance that can't be evaluated.
        is_ocr: it was recognised from a picture.
        ocr_agreed: it was, and two readers read the same there, and left no ink unread.
        ocr_unprovable: it was, and no balance can prove it: it states no number, and a blank or a mark counts
            as much as a zero that was overlooked; or it is in a hard balance that doesn't hold.
        readers_differ: two readings of it aren't the same.
        reread_unchanged: it was read again independently, and is the same.
        is_beside_the_page: neither its labels nor the order of the page settle it at one place, but the
            form's own order of columns, the sums or two readers do. These have little more than the order
            of the page to go by, and no balance sees that two rows are exchanged: none confirms it.
    """

    is_absent: bool = False
    is_settled: bool = True
    grounding: Grounding = Grounding.EXACT
    is_parsable: bool = True
    suspect_among_certain: bool = False
    suspect_among_uncertain: bool = False
    satisfied: int = 0
    in_error: bool = False
    is_ocr: bool = False
    ocr_agreed: bool = False
    ocr_unprovable: bool = False
    readers_differ: bool = False
    reread_unchanged: bool = False
    is_beside_the_page: bool = False


def status_of(evidence: Evidence) -> Status:
    """The status of a cell."""
    if evidence.is_absent:
        return Status.ABSENT
    if not evidence.is_settled:
        return Status.DISPUTED
    is_one_reader = evidence.is_ocr and not evidence.ocr_agreed
    is_borne_out = evidence.satisfied >= (BALANCES_NEEDED_FOR_OCR if is_one_reader else BALANCES_NEEDED)
    if _is_misread(evidence) or (is_one_reader and not is_borne_out):
        return Status.DISPUTED
    is_suspect = evidence.suspect_among_certain or evidence.suspect_among_uncertain
    if is_suspect:
        return Status.AS_PRINTED
    is_contradicted = evidence.in_error or evidence.ocr_unprovable
    if is_borne_out and not is_contradicted and not evidence.is_beside_the_page:
        return Status.CONFIRMED
    return Status.UNCHECKED


def _is_misread(evidence: Evidence) -> bool:
    """Whether what is printed there may be something else, or is a suspect that nobody has read again."""
    is_doubtful_suspect = evidence.suspect_among_uncertain and not evidence.reread_unchanged
    is_ungrounded = evidence.grounding in _UNGROUNDED
    return is_doubtful_suspect or is_ungrounded or not evidence.is_parsable or evidence.readers_differ


def statuses_of(
    cells: Mapping[str, CheckedCell], rules: RuleEvidence, unsettled: Container[RowAddresses]
) -> dict[str, Status]:
    """The status of every cell, by address.

    Args:
        cells: by address.
        rules: what the rules say of them.
        unsettled: from :func:`unsettled_rows`.
    """
    balances = Counter(chain.from_iterable(rules.satisfied)).get
    alone = _of_one_reader(cells, rules).get
    statuses: dict[str, Status] = {}
    # Most cells have the same few combinations of evidence.
    known: dict[Evidence, Status] = {}
    for address, cell in cells.items():
        row, is_ocr = cell.row, cell.is_ocr
        among_certain, among_uncertain = address in rules.among_certain, address in rules.among_uncertain
        is_suspect = among_certain or among_uncertain
        is_borne_out = row.addresses not in unsettled or (row.is_agreed and is_suspect)
        # What Evidence(…) does, without going through its metaclass: that takes a third as long (measured).
        evidence = Evidence.__new__(
            Evidence,
            is_absent=row.is_absent,
            is_settled=cell.basis is not Basis.PROPOSAL and is_borne_out,
            grounding=cell.grounding,
            is_parsable=cell.is_parsable,
            suspect_among_certain=among_certain,
            suspect_among_uncertain=among_uncertain,
            satisfied=(alone if cell.is_one_reader else balances)(address, 0),
            in_error=address in rules.in_error,
            is_ocr=is_ocr,
            ocr_agreed=is_ocr and not cell.is_one_reader,
            ocr_unprovable=is_ocr and (address in rules.violated or cell.state is not State.NUMBER),
            readers_differ=cell.differs,
            reread_unchanged=row.is_reread and not is_ocr,
            is_beside_the_page=not cell.is_certain,
        )
        status = known.get(evidence)
        if status is None:
            status = known[evidence] = status_of(evidence)
        statuses[address] = status
    return statuses


def _of_one_reader(cells: Mapping[str, CheckedCell], rules: RuleEvidence) -> Counter[str]:
    """How many balances bear out each figure that one reader only has read from a picture.

    One that misreads a digit does so everywhere: where 7 is read as 1 in a row and in its total, that balance
    holds. So two readers must agree on all its other figures. And none bears out a zero, as a mark or a blank
    in its place would leave the balance as it is.
    """
    counts: Counter[str] = Counter()
    if any(cell.is_one_reader for cell in cells.values()):
        for addresses in rules.satisfied:
            read_once = [one for one in addresses if one in cells and cells[one].is_one_reader]
            if len(read_once) == 1 and cells[read_once[0]].value != 0:
                counts[read_once[0]] += 1
    return counts


def unsettled_rows(cells: Mapping[str, CheckedCell], rules: RuleEvidence) -> frozenset[RowAddresses]:
    """The rows that rest on two readers, on order or on a number of figures, and that no sums bear out.

    Two readers of figures that are torn from their labels go by the same order of lines, and can both be off
    by a row. A row's own total shows nothing then: it holds wherever the row is put. So each of its cells
    must be in a balance that holds and goes beyond the row; and where one such row of a table is a suspect,
    all of them may have been moved with it.

    For example, two readers agree on these two rows, and what was received, 5 and 3 and 8, is certain::

                     persons  firms  total
        granted            3      1      4
        refused            2      2      4

    ``persons + firms = total`` holds along each row, and would if the rows changed places. That
    ``granted + refused = received`` holds in every column bears both of them out: they are settled. If it
    can't be told in the column of the firms (what was received isn't stated there), each row has a cell that
    nothing beyond the row bears out, and both are unsettled. If it is violated in one column and a cell of
    one row is a suspect, both are unsettled, too, whatever holds in the other columns.

    Args:
        cells: by address.
        rules: what the rules say of them.
    """
    weak = {cell.row.addresses: cell.row for cell in cells.values() if _is_weak(cell.row)}
    if not weak:
        return frozenset()
    agreed = {addresses for addresses, row in weak.items() if row.is_agreed or row.is_one_of_several}
    return _not_borne_out(agreed, rules, cells) | _miscounted(weak.keys() - agreed, rules)


def _not_borne_out(
    rows: Set[RowAddresses], rules: RuleEvidence, cells: Mapping[str, CheckedCell]
) -> frozenset[RowAddresses]:
    """Those of rows that may have changed places with others which no balance beyond them bears out in whole.

    Where one of them is a suspect, all such rows of its table are among them. A column that holds the same
    mark, or nothing, in every row of its table is the same whichever rows changed places.
    """
    suspects = rules.among_certain | rules.among_uncertain
    suspected_tables = {_table_of(row) for row in rows if not suspects.isdisjoint(row)}
    unnumbered = _without_number_throughout(cells) if rows else frozenset()
    return frozenset(
        row
        for row in rows
        if _table_of(row) in suspected_tables
        or not (_borne_out(row, rules.satisfied) | unnumbered).issuperset(row)
    )


def _miscounted(rows: Set[RowAddresses], rules: RuleEvidence) -> frozenset[RowAddresses]:
    """Those of rows placed by the number of their figures that aren't balanced, or hold a suspect."""
    suspects = rules.among_certain | rules.among_uncertain
    return frozenset(
        row for row in rows if not suspects.isdisjoint(row) or not _balanced(row, rules.satisfied)
    )


def _is_weak(row: ReadRow) -> bool:
    """Whether a row rests on little more than the order of lines, or on the number of its figures."""
    return row.is_agreed or row.is_one_of_several or (row.basis is Basis.SUMS and not row.doubts)


def _balanced(row: RowAddresses, satisfied: Iterable[tuple[str, ...]]) -> bool:
    """Whether a balance that holds has every cell of a row."""
    return any(set(operands).issuperset(row) for operands in satisfied)


def _table_of(row: RowAddresses) -> str:
    return row[0].partition(".")[0]


def _borne_out(row: RowAddresses, satisfied: Iterable[tuple[str, ...]]) -> set[str]:
    """The cells of a row in a balance that holds and has a cell of another row."""
    beyond = (operands for operands in satisfied if not set(operands).issubset(row))
    return set(chain.from_iterable(beyond)).intersection(row)


def _without_number_throughout(cells: Mapping[str, CheckedCell]) -> frozenset[str]:
    """The cells of columns that hold the same mark, or nothing, in every row: no balance decides them."""
    columns: dict[tuple[str, str], list[str]] = {}
    for address in cells:
        column = (address.partition(".")[0], address.rpartition(".")[2])
        columns.setdefault(column, []).append(address)
    return frozenset(
        chain.from_iterable(
            addresses
            for addresses in columns.values()
            if len({(cells[address].value, cells[address].printed) for address in addresses}) == 1
            and cells[addresses[0]].value is None
        )
    )


def verdict_of(statuses: Iterable[Status], findings: Iterable[Finding]) -> Verdict:
    """The verdict on a report.

    Args:
        statuses: of every expected cell.
        findings: all of them; a rule error and a table without one number are unresolved findings.
    """
    hard = [finding for finding in findings if finding.severity == "hard"]
    doubtful = {Status.ABSENT, Status.DISPUTED}
    if any(finding.cause is Cause.UNRESOLVED for finding in hard) or not doubtful.isdisjoint(statuses):
        return Verdict.NEEDS_REVIEW
    return Verdict.SOURCE_ERROR if hard else Verdict.VERIFIED

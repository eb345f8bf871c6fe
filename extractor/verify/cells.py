"""The cells of a reading: what is printed at each, as a number, and how it was found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.documents.document import Document, Span, Sureness
from extractor.layout.reading import ColumnLabel, Doubt, ReadBlock, ReadRow
from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.other_year import has_last_year_in_brackets, without_last_year
from extractor.result.cells import Basis, Cell, Grounding, Status
from extractor.result.positions import TablePosition, position_of, table_position_of
from extractor.text.figures import parse_figure
from extractor.verify.grounding import LabelGrounding, ground_figure
from rules.confront import State
from rules.form import Column

# A cell that was recognised from a picture is doubtful if that was with less confidence than most wrong ones
# have.
_CONFIDENT = 0.9
# What the page itself settles.
_BY_THE_PAGE = frozenset({Basis.LABELS, Basis.ORDER})
# What was recognised with less confidence is a guess.
_GUESSED = 0.5


@dataclass(slots=True)
class CheckedCell:
    """A cell, parsed and grounded.

    Attributes:
        row: what holds for all cells of its row.
        span: its characters in the document; empty for a blank cell, None if nothing is there.
        column_label: where the label of its column stands; None if that isn't known.
        printed: its characters; empty if there are none.
        value: ``printed`` as a number; None if it is none, or can't be parsed.
        unit: printed with the figure, or else in the header.
        state: what it holds.
        grounding: how the figure was found at its place.
        basis: what settles it.
        is_parsable: it is blank, a mark, or a number of the kind that the form has there.
        differs: two readers don't read the same.
        is_moving: whether another placement that the page admits has the same figure from another place.
        sureness: of one that was recognised from a picture; None of any other.
        remarks: what else stands in it and is no part of its figure.
    """

    row: ReadRow
    span: Span | None
    column_label: Span | None
    printed: str
    value: int | Decimal | None
    unit: str | None
    state: State
    grounding: Grounding
    basis: Basis
    is_parsable: bool
    differs: bool = False
    sureness: Sureness | None = None
    remarks: tuple[str, ...] = ()
    is_moving: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether the page itself settles it, at one place."""
        return self.basis in _BY_THE_PAGE and not self.is_moving

    @property
    def is_ocr(self) -> bool:
        """Whether it was recognised from a picture."""
        return self.sureness is not None

    @property
    def is_guess(self) -> bool:
        """Whether it was recognised from a picture, with so little confidence that it is a guess."""
        return self.sureness is not None and self.sureness.confidence < _GUESSED

    @property
    def is_one_reader(self) -> bool:
        """Whether it was recognised from a picture, and no second reader bears out all that stands there."""
        return self.sureness is not None and not self.sureness.is_agreed

    @property
    def is_reliable(self) -> bool:
        """Whether its place is certain, and what is printed there could be read."""
        return self.is_certain and (self.sureness is None or self.sureness.confidence >= _CONFIDENT)

    @property
    def is_page(self) -> bool:
        """Whether it is the page itself: its place is certain, or it was read again; never a picture's."""
        return not self.is_ocr and (self.is_certain or self.row.is_reread)


def checked_cells(
    document: Document, blocks: Iterable[tuple[ReadBlock, Iterable[ReadRow]]], labels: LabelIndex
) -> dict[str, CheckedCell]:
    """Parse and ground cells.

    Args:
        document: where they were read.
        blocks: the blocks with those of their rows that are to be checked.
        labels: the labels of the forms that they were read by.

    Returns:
        The cells by address, in the order of the rows.
    """
    return {
        address: cell for block, rows in blocks for address, cell in _of_block(document, block, rows, labels)
    }


def _of_block(
    document: Document, block: ReadBlock, rows: Iterable[ReadRow], index: LabelIndex
) -> Iterator[tuple[str, CheckedCell]]:
    labels, columns = LabelGrounding(document, index, block.table, block.block), block.block.columns
    header: tuple[ColumnLabel, ...] = ()
    on_columns: list[bool] = []
    for row in rows:
        if not row.spans:
            for address, label in zip(row.addresses, row.columns, strict=True):
                yield address, _without_figure(row, label.span)
            continue
        # Rows below one header share its labels: they are looked at once.
        if row.columns is not header:
            header = row.columns
            on_columns = [
                label.is_put_together or labels.column(label.span, column)
                for label, column in zip(header, columns, strict=True)
            ]
        on_row = row.basis is not Basis.LABELS or labels.row(row.label, row.row)
        # Where the form's own order of columns is taken, there are no labels to stand by.
        is_usual = row.basis is Basis.CONVENTION
        yield from _of_row(document, row, columns, [on_row and (is_usual or found) for found in on_columns])


def _of_row(
    document: Document, row: ReadRow, columns: Sequence[Column], on_labels: Sequence[bool]
) -> Iterator[tuple[str, CheckedCell]]:
    """The cells of a row; ``on_labels``: which of them stand by the labels that they claim."""
    text, is_ambiguous = document.text, Doubt.LABEL_TWICE in row.doubts
    has_last_year = has_last_year_in_brackets(text)
    basis = Basis.READERS if row.doubts and row.is_agreed else Basis.PROPOSAL if row.doubts else row.basis
    cells = zip(row.addresses, row.spans, columns, row.columns, on_labels, strict=True)
    for address, span, column, label, is_labelled in cells:
        if span is None:
            gone = row._replace(is_absent=True, doubts=frozenset(), spans=())
            yield address, _without_figure(gone, None)
            continue
        printed = text[span.start : span.end]
        sureness = document.sureness_at(span.start)
        if is_ambiguous or (sureness is not None and sureness.confidence < _GUESSED):
            grounding = Grounding.AMBIGUOUS
        elif is_labelled:
            grounding = ground_figure(document, printed, span)
        else:
            grounding = Grounding.NONE
        figure = without_last_year(printed) if has_last_year else printed
        state, value, unit = parse_figure(figure, row.row.figures(column))
        # By position: 200 calls by name take 2 % of the time of a report (Python 3.11).
        cell = CheckedCell(
            row,
            span,
            label.span,
            printed,
            value,
            unit or label.unit or row.unit,
            state,
            grounding,
            Basis.PROPOSAL if address in row.open else basis,
            value is not None or state not in (State.NUMBER, State.UNREAD),
            address in row.differing,
            sureness,
            document.remarks_at(span.start),
            address in row.moving,
        )
        yield address, cell


def _without_figure(row: ReadRow, column_label: Span | None) -> CheckedCell:
    return CheckedCell(
        row=row,
        span=None,
        column_label=column_label,
        printed="",
        value=None,
        unit=None,
        state=State.ABSENT,
        grounding=Grounding.NONE,
        basis=Basis.PROPOSAL,
        is_parsable=True,
    )


def result_cell(document: Document, address: str, cell: CheckedCell, status: Status) -> Cell:
    """A cell as the result has it.

    Args:
        document: where it was read.
        address: its name.
        cell: what is known of it.
        status: how far it can be trusted.
    """
    line, column, locator = position_of(document, cell.span)
    # By position, as above.
    return Cell(
        address,
        cell.printed,
        cell.value,
        cell.unit,
        cell.state,
        status,
        "certain" if cell.is_certain and not cell.is_ocr else "inferred",
        cell.grounding,
        cell.span,
        cell.row.label,
        cell.column_label,
        cell.row.readers if cell.span is not None else (),
        None if cell.sureness is None else cell.sureness.confidence,
        line,
        column,
        locator,
        cell.remarks,
        cell.basis,
    )


def table_positions(document: Document, blocks: Iterable[ReadBlock]) -> dict[str, TablePosition]:
    """Where the tables stand, by their ids; one that isn't on the page isn't there.

    Args:
        document: where they were read.
        blocks: of the reading.
    """
    spans: dict[str, list[Span]] = {}
    header: tuple[ColumnLabel, ...] = ()
    for block in blocks:
        known = spans.setdefault(block.table.id, [])
        for row in block.found:
            known += filter(None, (row.label, *row.spans))
            # Rows below one header share its labels.
            if row.columns is not header:
                header = row.columns
                known += filter(None, (label.span for label in header))
    positions = ((table, table_position_of(document, known)) for table, known in spans.items())
    return {table: position for table, position in positions if position is not None}

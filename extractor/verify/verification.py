"""From a reading to an extraction: grounding, rules, suspects, status, findings, verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.layout.header import ColumnLabel
from extractor.layout.labels import label_index
from extractor.layout.placement import Doubt
from extractor.layout.reading import ReadBlock, Reading, ReadRow
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.result.header import Header
from extractor.result.steps import Spent, Step
from extractor.text.figures import parse_figure
from extractor.verify.findings import FindingWriter, Suspects, in_page_order, outcome_cause, suspects_of
from extractor.verify.grounding import LabelGrounding, ground_figure
from extractor.verify.status import Evidence, status_of, verdict_of
from rules.confront import Confrontation, Outcome, State, Stated, bound_rules, confront
from rules.form import Form
from rules.localise import Balance, Localisation, localise

# How much sooner a doubtful cell is suspected than one whose place is certain; one that was recognised from
# a picture is doubtful if it was recognised with less confidence than most wrong ones are.
_WEIGHT_CERTAIN, _WEIGHT_INFERRED = 2, 1
_CONFIDENT = 0.9
# What was recognised with less confidence is a guess.
_GUESSED = 0.5
# Looked at for every cell: Python 3.11 takes longer to find a member of an Enum than to compare it.
_NUMBER, _SATISFIED, _VIOLATED = State.NUMBER, Outcome.SATISFIED, Outcome.VIOLATED
# What cells hold that state no number.
_EMPTY = frozenset({State.BLANK, State.MARK})


@dataclass(slots=True)
class _CheckedCell:
    """A cell, parsed and grounded; ``row`` is what holds for all cells of its row."""

    row: ReadRow
    span: Span | None
    column_label: Span | None
    printed: str
    value: int | Decimal | None
    unit: str | None
    state: State
    grounding: Grounding
    is_certain: bool
    is_parsable: bool
    differs: bool = False
    confidence: float | None = None

    @property
    def is_ocr(self) -> bool:
        """Whether it was recognised from a picture."""
        return self.confidence is not None

    @property
    def is_reliable(self) -> bool:
        """Whether its place is certain, and what is printed there could be read."""
        return self.is_certain and (self.confidence is None or self.confidence >= _CONFIDENT)

    @property
    def is_page(self) -> bool:
        """Whether it is the page itself: its place is certain, or it was read again; never a picture's."""
        return not self.is_ocr and (self.is_certain or self.row.is_reread)


class Doubtful(NamedTuple):
    """A violated balance of which some operands aren't certain, nor read again.

    Attributes:
        suspects: those of them that are suspects.
        operands: all of them.
    """

    confrontation: Confrontation
    suspects: set[str]
    operands: set[str]


def _cell(address: str, cell: _CheckedCell, status: Status) -> Cell:
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
        cell.confidence,
    )


class _Outcomes(NamedTuple):
    """What the hard rules say: the operands of balances, cells in error, suspects."""

    satisfied: list[tuple[str, ...]]
    violated: set[str]
    in_error: set[str]
    among_certain: set[str]
    among_uncertain: set[str]


class Verification:
    """A reading put to the page and to the rules.

    Args:
        document: where it was read.
        reading: what was read.
        forms: the forms that it was read by.
    """

    def __init__(self, document: Document, reading: Reading, forms: tuple[Form, ...]) -> None:
        self._document = document
        self._reading = reading
        self._forms = forms
        self._labels = label_index(forms)
        self._cells = {address: cell for block in reading.blocks for address, cell in self._checked(block)}
        self._confrontations = list(self._confronted())
        self._localisation = self._localised()

    # --- cells ---------------------------------------------------------------------------------------

    def _checked(self, block: ReadBlock) -> Iterator[tuple[str, _CheckedCell]]:
        """The cells of a block by address; what holds for a whole row or header is asked once."""
        labels = LabelGrounding(self._document, self._labels, block.table, block.block)
        text, columns = self._document.text, block.block.columns
        header: tuple[ColumnLabel, ...] = ()
        on_columns: list[bool] = []
        for row in block.found:
            if not row.spans:
                yield from _absent(row)
                continue
            is_certain = not row.doubts
            if row.columns is not header:
                header = row.columns
                on_columns = [labels.column(own.span, c) for own, c in zip(header, columns, strict=True)]
            on_row = labels.row(row.label, row.row)
            is_ambiguous = Doubt.LABEL_TWICE in row.doubts
            cells = zip(row.addresses, row.spans, columns, header, on_columns, strict=True)
            for address, span, column, label, on_column in cells:
                if span is None:
                    gone = row._replace(is_absent=True, doubts=frozenset(), spans=())
                    yield address, _nothing(gone, None)
                    continue
                printed, confidence = text[span.start : span.end], self._document.confidence(span.start)
                if is_ambiguous or (confidence is not None and confidence < _GUESSED):
                    grounding = Grounding.AMBIGUOUS
                elif on_row and on_column:
                    grounding = ground_figure(self._document, printed, span)
                else:
                    grounding = Grounding.NONE
                state, value, unit = parse_figure(printed, column)
                yield (
                    address,
                    _CheckedCell(
                        row,
                        span,
                        label.span,
                        printed,
                        value,
                        unit or label.unit,
                        state,
                        grounding,
                        is_certain,
                        value is not None or state is not _NUMBER,
                        address in row.differing,
                        confidence,
                    ),
                )

    # --- rules ---------------------------------------------------------------------------------------

    def _confronted(self) -> Iterator[tuple[Form, Confrontation]]:
        """Every rule of every edition, as far as its cells are read by that edition."""
        for form in dict.fromkeys(block.form for block in self._reading.blocks):
            own: set[str] = set()
            left_out: set[str] = set()
            for block in self._reading.blocks:
                if block.form is form:
                    for row, addresses in block.rows:
                        (own if row.id in block.expected_rows else left_out).update(addresses)
            rules = bound_rules(form, frozenset(left_out))
            applicable = [bound for bound in rules if own.issuperset(bound.operands)]
            yield from ((form, one) for one in confront(applicable, self._cells))

    def _localised(self) -> Localisation:
        if all(one.outcome is not _VIOLATED for _, one in self._confrontations):
            return Localisation(())
        balances = [
            Balance(one.bound.coefficients, one.bound.constant)
            for _, one in self._confrontations
            if one.bound.coefficients is not None
            and (one.bound.rule.kind, one.bound.rule.severity) == ("balance", "hard")
            and one.outcome in (Outcome.SATISFIED, Outcome.VIOLATED)
            and not one.not_stated
        ]
        bounds = [one.bound for _, one in self._confrontations]
        return localise(
            balances,
            {a: Fraction(cell.value) for a, cell in self._cells.items() if cell.value is not None},
            signed=frozenset().union(*(bound.signed for bound in bounds)),
            fractional=frozenset().union(*(bound.fractional for bound in bounds)),
            weights={
                a: _WEIGHT_CERTAIN if cell.is_reliable else _WEIGHT_INFERRED
                for a, cell in self._cells.items()
            },
        )

    def _suspects_of(self, confrontation: Confrontation) -> Suspects:
        """The suspects among the operands of one violated rule."""
        if confrontation.not_stated:
            return Suspects(confrontation.not_stated)
        rule = confrontation.bound.rule
        if (rule.kind, rule.severity) != ("balance", "hard"):
            return Suspects()
        return suspects_of(confrontation.bound, self._localisation)

    def _all_certain(self, confrontation: Confrontation) -> bool:
        """Whether all operands are the page itself: their places are certain, or they were read again."""
        return all(self._cells[address].is_page for address in confrontation.bound.operands)

    @cached_property
    def violated(self) -> tuple[Confrontation, ...]:
        """The hard balances that don't hold, whatever numbers blank cells might state."""
        return tuple(
            one
            for _, one in self._confrontations
            if one.outcome is Outcome.VIOLATED
            and (one.bound.rule.kind, one.bound.rule.severity) == ("balance", "hard")
            and not one.not_stated
        )

    @property
    def unlocalised(self) -> frozenset[str]:
        """The cells of violated balances among which nobody can tell which are wrong: there are too many."""
        components = self._localisation.components
        return frozenset().union(*(one.cells for one in components if not one.complete))

    def with_figures(self, figures: Mapping[str, Stated]) -> tuple[int, int]:
        """How many hard balances would be violated, and how many satisfied, if some cells held these.

        Only balances that these cells are in are counted.
        """
        bounds = [
            one.bound
            for _, one in self._confrontations
            if (one.bound.rule.kind, one.bound.rule.severity) == ("balance", "hard")
            and not figures.keys().isdisjoint(one.bound.operands)
        ]
        outcomes = [one.outcome for one in confront(bounds, {**self._cells, **figures})]
        return outcomes.count(Outcome.VIOLATED), outcomes.count(Outcome.SATISFIED)

    def doubtful(self) -> Iterator[Doubtful]:
        """Of every violated balance, what isn't certain and wasn't read again yet."""
        for one in self.violated:
            cells = ((address, self._cells[address]) for address in one.bound.operands)
            open_cells = {a for a, cell in cells if not (cell.is_certain or cell.row.is_reread)}
            if open_cells:
                yield Doubtful(one, open_cells.intersection(self._suspects_of(one).cells), open_cells)

    # --- result --------------------------------------------------------------------------------------

    def extraction(
        self, header: Header, usage: Spent | None = None, trace: tuple[Step, ...] = ()
    ) -> Extraction:
        """What the tables give.

        Args:
            header: the header facts.
            usage: what was spent on a model, if one was asked.
            trace: what was asked, and what came of it.
        """
        statuses = self._statuses()
        findings = in_page_order([*self._violations(), *self._writer.defects(), *self._cell_defects()])
        form = self._reading.form
        deviations = {
            f"{block.table.id}.{block.block.id}": block.form.edition
            for block in self._reading.blocks
            if block.is_on_page and block.form is not form
        }
        return Extraction(
            report=self._document.name,
            encoding=self._document.encoding,
            undecodable=self._document.undecodable,
            is_ocr=self._document.is_ocr,
            family=form.family if form is not None else None,
            edition=form.edition if form is not None else None,
            block_editions=deviations,
            verdict=verdict_of(statuses.values(), findings),
            header=header,
            cells=tuple([_cell(address, cell, statuses[address]) for address, cell in self._cells.items()]),
            findings=findings,
            usage=usage,
            trace=trace,
        )

    @cached_property
    def _outcomes(self) -> _Outcomes:
        """What the rules say of the cells."""
        found = _Outcomes([], set(), set(), set(), set())
        for _, one in self._confrontations:
            rule, outcome = one.bound.rule, one.outcome
            if rule.severity != "hard":
                continue
            if outcome is _SATISFIED and rule.kind == "balance":
                found.satisfied.append(one.bound.operands)
            elif outcome is Outcome.ERROR:
                found.in_error.update(one.bound.operands)
            elif outcome is _VIOLATED and rule.kind == "balance":
                suspects = found.among_certain if self._all_certain(one) else found.among_uncertain
                suspects.update(self._suspects_of(one).cells)
                found.violated.update(one.bound.operands)
        return found

    def _statuses(self) -> dict[str, Status]:
        satisfied, violated, in_error, among_certain, among_uncertain = self._outcomes
        times = Counter(chain.from_iterable(satisfied)).get
        unsettled = self._unsettled
        statuses: dict[str, Status] = {}
        # Most cells have the same few combinations of evidence.
        known: dict[tuple[bool | int | Grounding, ...], Status] = {}
        for address, cell in self._cells.items():
            row, is_suspect = cell.row, address in among_certain or address in among_uncertain
            seen = (
                row.is_absent,
                cell.is_certain or (row.is_agreed and (is_suspect or row.addresses not in unsettled)),
                cell.grounding,
                cell.is_parsable,
                address in among_certain,
                address in among_uncertain,
                times(address, 0),
                address in in_error,
                cell.is_ocr,
                cell.is_ocr and (address in violated or cell.state is not _NUMBER),
                cell.differs,
                row.is_reread and not cell.is_ocr,
                row.is_agreed,
            )
            status = known.get(seen)
            if status is None:
                status = known[seen] = status_of(Evidence(*seen))
            statuses[address] = status
        return statuses

    @cached_property
    def _unsettled(self) -> frozenset[tuple[str, ...]]:
        """The rows that rest on two readers, and that the rows around them don't bear out.

        A row's own total holds wherever the row is put. So each of its cells must be in a balance that
        holds and goes beyond the row; and where one such row of a table is suspected, so may all be.
        """
        agreed = {cell.row.addresses for cell in self._cells.values() if cell.row.is_agreed}
        if not agreed:
            return frozenset()
        outcomes = self._outcomes
        suspects = outcomes.among_certain | outcomes.among_uncertain
        suspected = {row[0].partition(".")[0] for row in agreed if not suspects.isdisjoint(row)}
        borne_out = {
            address
            for row in agreed
            for operands in outcomes.satisfied
            if not set(operands).issubset(row)
            for address in set(operands).intersection(row)
        }
        return frozenset(
            row for row in agreed if row[0].partition(".")[0] in suspected or not borne_out.issuperset(row)
        )

    @cached_property
    def _writer(self) -> FindingWriter:
        return FindingWriter(self._document, self._reading, self._unsettled)

    def _violations(self) -> Iterator[Finding]:
        for form, one in self._confrontations:
            if one.outcome is _VIOLATED:
                cause: Cause | None = None
                if one.bound.rule.severity == "hard":
                    is_ocr = any(self._cells[address].is_ocr for address in one.bound.operands)
                    cause = outcome_cause(one, all_certain=self._all_certain(one), is_ocr=is_ocr)
                yield self._writer.violation(form, one, self._suspects_of(one), cause)

    def _cell_defects(self) -> Iterator[Finding]:
        if recognised := sum(cell.is_ocr for cell in self._cells.values()):
            yield self._writer.recognised(recognised)
        for block in self._reading.blocks:
            for address, cell in self._cells_of(block):
                if not cell.is_parsable:
                    yield self._writer.unreadable(block.form, address, cell.span, cell.printed)
                elif cell.confidence is not None and cell.confidence < _GUESSED:
                    yield self._writer.guessed(block.form, address, cell.span, cell.printed)
        for table in {block.table.id: block.table for block in self._reading.blocks}.values():
            blocks = [block for block in self._reading.blocks if block.table.id == table.id]
            if all(cell.state in _EMPTY for block in blocks for _, cell in self._cells_of(block)):
                yield self._writer.empty_table(table.title)

    def _cells_of(self, block: ReadBlock) -> Iterator[tuple[str, _CheckedCell]]:
        for row in block.found:
            for address in row.addresses:
                yield address, self._cells[address]


def _absent(row: ReadRow) -> Iterator[tuple[str, _CheckedCell]]:
    """The cells of a row without figures."""
    for address, label in zip(row.addresses, row.columns, strict=True):
        yield address, _nothing(row, label.span)


def _nothing(row: ReadRow, column_label: Span | None) -> _CheckedCell:
    """A cell without a figure."""
    return _CheckedCell(
        row,
        None,
        column_label,
        "",
        None,
        None,
        State.ABSENT,
        Grounding.NONE,
        is_certain=False,
        is_parsable=True,
    )

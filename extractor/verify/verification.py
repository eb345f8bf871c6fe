"""From a reading to an extraction: cells, rules, suspects, status, findings, verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from extractor.documents.document import Document
from extractor.layout.reading import Reading, ReadRow
from extractor.layout.words.label_index import label_index
from extractor.result.extraction import Extraction
from extractor.result.header import Header
from extractor.result.steps import Step, Usage
from extractor.verify.cells import CheckedCell, checked_cells, result_cell, table_positions
from extractor.verify.defects import cell_defects_of, defects_of
from extractor.verify.findings import in_page_order, violations
from extractor.verify.local_cells import beside_cells, local_cells
from extractor.verify.local_rows import local_figures
from extractor.verify.outcomes import (
    Confronted,
    Doubtful,
    balances_with,
    confronted,
    doubtful_balances,
    evidence_of,
    is_violated_balance,
    localised,
    unlocalised,
)
from extractor.verify.status import statuses_of, unsettled_rows, verdict_of
from extractor.verify.unknown_form import cells_of_no_form
from rules.confront import Confrontation, Stated
from rules.form import Form
from rules.localise import Localisation


@dataclass(frozen=True)
class Verification:
    """A reading put to the page and to the rules.

    Attributes:
        document: where it was read.
        reading: what was read.
        forms: the forms that it was read by.
        cells: its cells by address, in the order of the form.
        outcomes: of every rule.
    """

    document: Document
    reading: Reading
    forms: tuple[Form, ...]
    cells: Mapping[str, CheckedCell]
    outcomes: tuple[Confronted, ...]

    def after(self, rows: Iterable[ReadRow]) -> Verification:
        """The same reading with some rows read otherwise; only these are looked up on the page again.

        Args:
            rows: in the place of those with the same addresses.
        """
        reading = self.reading.with_rows(rows)
        changed = [
            (block, [row for known, row in zip(before.found, block.found, strict=True) if row is not known])
            for before, block in zip(self.reading.blocks, reading.blocks, strict=True)
        ]
        cells = {
            **self.cells,
            **checked_cells(self.document, changed, label_index(self.forms, is_ocr=self.document.is_ocr)),
        }
        outcomes = confronted(reading.blocks, cells, local_figures(self.document, reading.local_rows))
        return replace(self, reading=reading, cells=cells, outcomes=outcomes)

    @cached_property
    def _localisation(self) -> Localisation:
        return localised(self.outcomes, self.cells)

    @property
    def violated(self) -> tuple[Confrontation, ...]:
        """The hard balances that don't hold, whatever numbers blank cells might state."""
        confrontations = (one.confrontation for one in self.outcomes)
        return tuple(one for one in confrontations if is_violated_balance(one))

    @property
    def unlocalised(self) -> frozenset[str]:
        """The cells of violated balances among which nobody can tell which are wrong: there are too many."""
        return unlocalised(self._localisation)

    def with_figures(self, figures: Mapping[str, Stated]) -> tuple[int, int]:
        """How many hard balances would be violated, and how many satisfied, if some cells held these.

        Only balances that these cells are in are counted.

        Args:
            figures: what they would hold, by address.
        """
        return balances_with(figures, self.outcomes, self.cells)

    def doubtful(self) -> Iterator[Doubtful]:
        """Of every violated balance, what isn't certain and wasn't read again yet."""
        return doubtful_balances(self.outcomes, self.cells, self._localisation)

    def extraction(
        self, header: Header, usage: Usage | None = None, trace: tuple[Step, ...] = ()
    ) -> Extraction:
        """What the tables give.

        Args:
            header: the header facts.
            usage: what was spent on a model, if one was asked.
            trace: what was asked, and what came of it.
        """
        document, reading, cells = self.document, self.reading, self.cells
        evidence = evidence_of(self.outcomes, cells, self._localisation)
        unsettled = unsettled_rows(cells, evidence)
        statuses = statuses_of(cells, evidence, unsettled)
        findings = in_page_order(
            [
                *violations(document, self.outcomes, cells, self._localisation),
                *defects_of(document, reading, unsettled),
                *cell_defects_of(document, reading, cells, unsettled, statuses),
            ]
        )
        of_no_form = cells_of_no_form(document, reading)
        judged = [result_cell(document, a, cell, statuses[a]) for a, cell in cells.items()]
        return Extraction(
            report=document.name,
            encoding=document.encoding,
            undecodable=document.undecodable,
            is_ocr=document.is_ocr,
            family=reading.form.family if reading.form is not None else None,
            edition=reading.form.edition if reading.form is not None else None,
            block_editions=reading.block_editions,
            verdict=verdict_of(statuses.values(), findings),
            header=header,
            cells=tuple(judged),
            extra=(
                *local_cells(document, reading.local_rows),
                *beside_cells(document, reading.beside),
                *of_no_form,
            ),
            tables=table_positions(document, reading.blocks),
            findings=findings,
            usage=usage,
            trace=trace,
        )


def verify(document: Document, reading: Reading, forms: tuple[Form, ...]) -> Verification:
    """Put a reading to the page and to the rules.

    Args:
        document: where it was read.
        reading: what was read.
        forms: the forms that it was read by.
    """
    blocks = [(block, block.found) for block in reading.blocks]
    cells = checked_cells(document, blocks, label_index(forms, is_ocr=document.is_ocr))
    outcomes = confronted(reading.blocks, cells, local_figures(document, reading.local_rows))
    return Verification(document, reading, forms, cells, outcomes)

"""The result of reading one report: the pydantic model that the JSON is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from extractor.result.cells import Cell
from extractor.result.decisions import Decided
from extractor.result.findings import Finding
from extractor.result.frozen import FrozenModel
from extractor.result.header import Header
from extractor.result.narrative import Narrative
from extractor.result.positions import TablePosition
from extractor.result.records import Record, records_of
from extractor.result.steps import Step, Usage
from extractor.result.verdict import Verdict


class Extraction(FrozenModel):
    """Everything read from one report.

    Attributes:
        report: what the input is called.
        encoding: the encoding that its bytes were found to have.
        undecodable: how many characters of it could not be decoded.
        is_ocr: whether cells of it were recognised from pictures.
        family, edition: of the deciding table's form; None if no table is on the page.
        block_editions: of every block that follows another edition than ``edition``.
        cells: every cell that the page can be expected to have, in the order of the form.
        extra: cells of rows and columns that the organ has added to the form, under addresses made of their
            own words, such as ``extra.requests.其中网上申请.total``; of a report of no known form, the cells
            of its tables (``extra.1.依申请公开.已答复.本学年``). No rule is put to them, nor does the verdict
            count them.
        tables: where the tables of the form stand, by their ids; one that isn't on the page isn't there.
        findings: errors before warnings, each in the order of the page.
        remarks: findings that concern no figure, in the same order; the verdict doesn't count them.
        decisions: what people decided of cells, in the order of the form.
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
    extra: tuple[Cell, ...] = ()
    tables: dict[str, TablePosition] = Field(default_factory=dict)
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    decisions: tuple[Decided, ...] = ()
    narrative: Narrative = Narrative()
    usage: Usage | None = None
    trace: tuple[Step, ...] = ()

    @cached_property
    def _by_address(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.cells}

    def cell(self, address: str) -> Cell:
        """The cell with this address.

        Args:
            address: such as ``requests.received.total``.

        Raises:
            KeyError: if the report isn't expected to have it; it says which address may be meant.
        """
        known = self._by_address.get(address)
        if known is None:
            raise KeyError(_unknown(address, self._by_address))
        return known

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

    def _repr_html_(self) -> str:
        """What a notebook shows: the form with figures and statuses, and the findings."""
        from extractor.result.notebook import html_of  # needed where one is shown alone

        facts = (self.header.organ, self.header.year)
        return html_of(
            " ".join(fact.printed for fact in facts if fact is not None) or self.report,
            self.verdict.value,
            (self.family, self.edition, self.block_editions),
            (*self.cells, *self.extra),
            (*self.findings, *self.remarks),
        )

    def records(self) -> Iterator[Record]:
        """One dict a cell, with the columns of the CSV; ``pandas.DataFrame(x.records())`` works."""
        return records_of(self.report, self.header, self.edition, (*self.cells, *self.extra))


def _unknown(address: str, known: Iterable[str]) -> str:
    """That there is no such cell, and which are called nearly so."""
    from difflib import get_close_matches  # needed for a mistake alone

    if meant := get_close_matches(address, known):
        return (
            f"{address}: 没有这个单元格，是否指 {'、'.join(meant)}？"
            f"/ there is no such cell; is {' or '.join(meant)} meant?"
        )
    return (
        f"{address}: 没有这个单元格，全部地址见 cells。"
        "/ there is no such cell; cells has the addresses of all that there are"
    )

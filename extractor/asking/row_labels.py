"""Rows whose labels are no label of the form: which row each is, as a model says and the page bears out.

The layout has their figures, with words of the page's own before them, and lacks rows of the form. What
damaged, shortened or reworded labels say is for reading; that each is quoted whole, that the rows stand in
the order of the form among those that have their labels, that most labels are like their own and no two more
like each other's, and that the sums hold beyond each row, is for the page to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple

from extractor.asking.likeness import likeness
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import NONE, LabelReply, LabelsReply, labels_schema
from extractor.documents.document import Document
from extractor.layout.reading import LocalRow, ReadBlock, Reading, ReadRow
from extractor.llm.protocol import Message, Request
from extractor.result.cells import LAYOUT, Basis
from extractor.text.folding import fold_label, label_key
from extractor.verify.verification import verify
from prompts.loader import load_prompt
from rules.form import Form, Row

# Lines shown before and behind each of the rows.
_CONTEXT = 2


class LabelRefusal(StrEnum):
    """Why what was said of labels isn't taken."""

    EMPTY = "nothing_said"
    TWICE = "said_twice"
    NOT_PRINTED = "not_printed"
    ORDER = "out_of_order"
    OTHER_LABEL = "other_label"
    SUMS = "sums_say_otherwise"


class OpenLabels(NamedTuple):
    """Rows of a block that aren't on the page by their labels, and rows of the page with other labels.

    Attributes:
        block: as the layout has it.
        missing: its rows without a label.
        local: the page's rows, in page order, with a figure for every column.
    """

    block: ReadBlock
    missing: tuple[ReadRow, ...]
    local: tuple[LocalRow, ...]


def open_labels(reading: Reading) -> Iterator[OpenLabels]:
    """What can be asked about labels, block by block.

    Args:
        reading: what the layout gives.
    """
    for block in reading.blocks:
        columns = tuple(block.block.columns)
        local = tuple(
            row for row in reading.local_rows if row.table == block.table.id and row.columns == columns
        )
        missing = tuple(row for row in block.found if row.is_absent)
        if local and missing and block.is_on_page:
            yield OpenLabels(block, missing, local)


def lines_of(lines: NumberedLines, labels: OpenLabels) -> tuple[int, ...]:
    """The numbers of the lines that are shown with a question about labels.

    Args:
        lines: of the report.
        labels: that are asked about.
    """
    on = [lines.at(row.label.start).number for row in labels.local]
    near = {number + i for number in on for i in range(-_CONTEXT, _CONTEXT + 1)}
    return tuple(sorted(number for number in near if lines.numbered(number) is not None))


def labels_request(lines: NumberedLines, labels: OpenLabels) -> Request:
    """Ask which row each of some labels is.

    Rows are named in an order that is neither the form's nor the page's.

    Args:
        lines: of the report.
        labels: that are asked about.
    """
    words = load_prompt("labels")
    rows = sorted(
        (read.row for read in labels.missing), key=lambda row: sha256(f"{row.id} label".encode()).digest()
    )
    asked = "、".join(str(lines.at(row.label.start).number) for row in labels.local)
    named = "\n".join(_described(row) for row in rows)
    shown = lines.shown(lines_of(lines, labels))
    return Request(
        (
            Message("system", words.filled(rows=f"{named}\n\n要说明的行：{asked}")),
            Message("user", shown),
        ),
        labels_schema(tuple(row.id for row in rows), len(labels.local)),
        words.hash,
    )


def _described(row: Row) -> str:
    under = f"{row.under}：" if row.under else ""
    return f"{row.id} {under}{row.number or ''}{row.label}"


@dataclass(frozen=True)
class LabelsPage:
    """A report as answers about its labels cite it.

    Attributes:
        document: the report.
        forms: the editions that it is read by.
        lines: of it, as a model is shown them.
        model: what it is called.
    """

    document: Document
    forms: tuple[Form, ...]
    lines: NumberedLines
    model: str

    def told(self, reading: Reading, labels: OpenLabels, reply: LabelsReply) -> Reading | LabelRefusal:
        """The reading with the rows that a model names and the page bears out.

        Args:
            reading: that lacks them.
            labels: that were asked about.
            reply: what the model says.
        """
        said = [one for one in reply.labels if one.row != NONE]
        if (refusal := _refusal(said, reply)) is not None:
            return refusal
        local = [self._quoted(labels, one) for one in said]
        if None in local:
            return LabelRefusal.NOT_PRINTED
        missing = {read.row.id: read for read in labels.missing}
        named = {one.row: row for one, row in zip(said, local, strict=True) if row is not None}
        rows = [_read_row(missing[name], row, self.model) for name, row in named.items()]
        if not _are_in_order(labels.block, rows):
            return LabelRefusal.ORDER
        if self._are_unlike(labels, named):
            return LabelRefusal.OTHER_LABEL
        taken = tuple(named.values())
        changed = replace(
            reading.with_rows(rows),
            local_rows=tuple(row for row in reading.local_rows if row not in taken),
        )
        return changed if self._bear_out(changed, rows) else LabelRefusal.SUMS

    def _quoted(self, labels: OpenLabels, said: LabelReply) -> LocalRow | None:
        """The row of the page that an answer cites, if its label is quoted whole."""
        for row in labels.local:
            words = self.document.text[row.label.start : row.label.end]
            is_cited = self.lines.at(row.label.start).number == said.line
            if is_cited and fold_label(words) == fold_label(said.words):
                return row
        return None

    def _are_unlike(self, labels: OpenLabels, named: dict[str, LocalRow]) -> bool:
        """Whether labels are more like others than like those that they are said to be."""
        rows = {read.row.id: read.row for read in labels.missing}
        keys = {name: self._key(row) for name, row in named.items()}
        own = {name: likeness(key, rows[name]) for name, key in keys.items()}
        if 2 * sum(alike > 0 for alike in own.values()) <= len(own):
            return True
        if any(
            likeness(keys[a], rows[b]) + likeness(keys[b], rows[a]) > own[a] + own[b]
            for a, b in combinations(keys, 2)
        ):
            return True
        # A row that was left out may be the one that a label is of.
        left = [row for name, row in rows.items() if name not in named]
        return any(likeness(key, row) > own[name] for name, key in keys.items() for row in left)

    def _key(self, row: LocalRow) -> str:
        return label_key(fold_label(self.document.text[row.label.start : row.label.end]))

    def _bear_out(self, reading: Reading, rows: Iterable[ReadRow]) -> bool:
        """Whether no sum is violated in which the rows are that were told."""
        told = {address for row in rows for address in row.addresses}
        violated = verify(self.document, reading, self.forms).violated
        return all(told.isdisjoint(one.bound.operands) for one in violated)


def _refusal(said: Sequence[LabelReply], reply: LabelsReply) -> LabelRefusal | None:
    """Why an answer says nothing that can be looked up: no row at all, or a row or a line twice."""
    if not said:
        return LabelRefusal.EMPTY
    rows, lines = {one.row for one in said}, {one.line for one in reply.labels}
    return LabelRefusal.TWICE if len(rows) < len(said) or len(lines) < len(reply.labels) else None


def _read_row(missing: ReadRow, local: LocalRow, model: str) -> ReadRow:
    """A row of the form as it stands on the page under words of its own."""
    return missing._replace(
        spans=local.spans,
        label=local.label,
        columns=local.labels,
        is_absent=False,
        readers=(LAYOUT, model),
        is_agreed=True,
        basis=Basis.READERS,
        unit=local.unit if missing.row.unit is not None else None,
    )


def _are_in_order(block: ReadBlock, told: Sequence[ReadRow]) -> bool:
    """Whether rows stand on the page in the order of the form, among those that have their labels."""
    by_name = {row.row.id: row for row in told}
    rows = [by_name.get(row.row.id, row) for row in block.found]
    labels = [row.label.start for row in rows if row.label is not None]
    return labels == sorted(labels)

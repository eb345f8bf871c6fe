"""The layout reader: from a document to a reading, by labels alone and without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.headers.told_headers import ToldHeader
from extractor.layout.items.items import Item
from extractor.layout.placing.columns_beside import cells_beside
from extractor.layout.placing.page_table import Candidate
from extractor.layout.placing.placed_block import PlacedBlock, place_block
from extractor.layout.placing.placed_row import PlacedRow
from extractor.layout.placing.stacked_table import place_stacked
from extractor.layout.placing.wide_table import place_wide
from extractor.layout.reading import (
    BesideCell,
    ColumnLabel,
    Doubt,
    LocalRow,
    ReadBlock,
    Reading,
    ReadRow,
    Stray,
)
from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.unheaded import is_disowned_without_header
from extractor.layout.sections import Section, foreign_columns, of_the_report, sections_of
from extractor.result.cells import Basis
from rules.form import AddressedRow, Block, Form, Row

# Anything with a digit but a date that stands alone, such as the one of a signature.
_NUMBER = re.compile(r"(?!20\d\d[-./]\d{1,2}[-./]\d{1,2}\Z)\D*\d")
# So many rows with fewer figures than columns are no accident.
_SEVERAL_ROWS = 2


class _BlockKey(NamedTuple):
    table: str
    block: str


class _Source(NamedTuple):
    """Where a block is looked for."""

    key: _BlockKey
    sections: Sequence[Section]
    text: str
    drops_blanks: bool


class _Block(NamedTuple):
    """A block with its rows placed.

    Attributes:
        key: the ids of its table and its own.
        form: the edition that the page follows in it.
        placed: its rows.
        is_on_page: whether the page has any label of it.
    """

    key: _BlockKey
    form: Form
    placed: PlacedBlock
    is_on_page: bool

    @property
    def definition(self) -> Block:
        """The block as the edition has it."""
        return self.form.blocks[self.key][1]


def read_layout(document: Document, forms: tuple[Form, ...], told: Sequence[ToldHeader] = ()) -> Reading:
    """Read every table of the forms that the document holds.

    Args:
        document: the input.
        forms: editions of one family, newest first; each table and block is read by the edition whose labels
            it has.
        told: what another reader says of headers that the layout can't read (`open_headers`).
    """
    sections = of_the_report(sections_of(document, forms, told))
    fitting = {key: _fitting_forms(key, sections, forms) for key in _keys(forms)}
    form = _report_form(fitting, forms)
    if form is None:
        return Reading(None, (), ())
    drops_blanks = _drops_blanks(sections, document.text)
    blocks: list[_Block] = []
    for key, best in fitting.items():
        edition = form if not best or form in best else best[0]
        if key in edition.blocks:
            source = _Source(key, sections, document.text, drops_blanks)
            blocks.append(_Block(key, edition, _placed(source, edition), is_on_page=bool(best)))
    # Two reports in one document: which of them a cell is of can't be told.
    common = frozenset(block.placed.twice for block in blocks if block.placed.twice is not None)
    local_rows = () if common else tuple(_local_rows(blocks))
    beside = () if common else tuple(_cells_beside(blocks, document.text))
    taken = _taken(blocks) | {span.start for row in local_rows for span in row.all_spans}
    strays = tuple(_strays(document.text, sections, taken))
    read = tuple(
        [_read(block, common | _doubts_without_header(block, sections, document, forms)) for block in blocks]
    )
    return Reading(form, read, strays, local_rows, beside, is_repeated=bool(common))


def _taken(blocks: Iterable[_Block]) -> set[int]:
    """Where the slots start that rows of the form have, in the form's columns and in those beside them."""
    placed = [block.placed for block in blocks]
    of_the_form = {slot.start for one in placed for row in one.rows.values() for slot in row.slots if slot}
    return of_the_form | {slot.start for one in placed for row in one.beside.values() for _, slot in row}


def _cells_beside(blocks: Sequence[_Block], text: str) -> Iterator[BesideCell]:
    """The cells of columns that the form hasn't, in the order of the blocks."""
    for block in blocks:
        definition = block.form.blocks[block.key][1]
        yield from cells_beside(block.key.table, definition, block.placed, text)


# --- editions ----------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _keys(forms: tuple[Form, ...]) -> list[_BlockKey]:
    """The blocks of all editions, those of a table together."""
    keys = [_BlockKey(*key) for form in forms for key in form.blocks]
    tables = list(dict.fromkeys(key.table for key in keys))
    return sorted(dict.fromkeys(keys), key=lambda key: tables.index(key.table))


def _fitting_forms(key: _BlockKey, sections: Sequence[Section], forms: Sequence[Form]) -> list[Form]:
    """The editions whose labels the block has on this page, if it is there at all."""
    blocks = [(form, form.blocks[key][1]) for form in forms if key in form.blocks]
    scores = [(_score(key, form, block, sections), form) for form, block in blocks]
    best = max((score for score, _ in scores), default=0)
    return [form for score, form in scores if score == best] if best else []


def _score(key: _BlockKey, form: Form, block: Block, sections: Sequence[Section]) -> int:
    """How well a block's labels are those of an edition; a complete header outweighs all rows."""
    rows = {row.id for row in block.rows}
    score = 0
    for section in sections:
        header = section.headers.get((form, key))
        if block.orientation == "wide":
            named = len(header.rows) if header is not None else 0
        else:
            named = len([ids for ids in section.names.get(key, ()) if not rows.isdisjoint(ids)])
        if header is not None and named:
            score += 1000 if header.complete else 10 * len(header.columns)
        elif header is not None and (header.complete or _is_nameless(header)):
            score += 1
        score += named
    return score


def _is_nameless(header: HeaderMatch) -> bool:
    """Whether the labels of columns are all that a wide table's header has, as the form has them."""
    return header.block.orientation == "wide" and header.may_be_usual


def _report_form(fitting: dict[_BlockKey, list[Form]], forms: Sequence[Form]) -> Form | None:
    """The edition of the deciding table; where that fits several, the one that most blocks follow."""
    deciding = [best for key, best in fitting.items() if best and key.table == forms[0].edition_from]
    others = [best for best in fitting.values() if best]
    if not others:
        return None
    allowed = [form for form in forms if all(form in best for best in deciding)] or list(forms)

    def support(form: Form) -> float:
        return sum(1 / len(best) for best in others if form in best)

    return max(allowed, key=support)


# --- blocks --------------------------------------------------------------------------------------------


def _placed(source: _Source, form: Form) -> PlacedBlock:
    """The rows of a block, where the page has them."""
    block = form.blocks[source.key][1]
    return (_placed_wide if block.orientation == "wide" else _placed_rows)(source, form, block)


def _placed_rows(source: _Source, form: Form, block: Block) -> PlacedBlock:
    """Collect the page rows that can belong to a block and place them."""
    candidates: list[Candidate] = []
    loose: list[Item] = []
    pads: list[int] = []
    before, last = None, None
    above: list[Item] = []
    for section in source.sections:
        header = section.headers.get((form, source.key))
        # Rows without a label are of the block that other rows under the same header are of.
        is_unnamed = header is not None and not section.names and not _is_of_another(header, section)
        if source.key not in section.names and not is_unnamed:
            last = section.segment.rows[-1] if section.segment.rows else None
            above = _labels_behind(section, block, source.key)
            continue
        if is_unnamed and not candidates:
            loose += above
        before = before if candidates else last
        for row in section.segment.rows:
            ids = row.names.get(source.key, frozenset())
            if ids or not row.names:
                candidates.append(Candidate(row, ids, header))
        loose += section.segment.loose
        pads.append(section.segment.left_by_header)
    drops_blanks = source.drops_blanks
    return place_block(
        block, candidates, loose, source.text, pads=pads, drops_blanks=drops_blanks, before=before
    )


def _labels_behind(section: Section, block: Block, key: _BlockKey) -> list[Item]:
    """The labels of a block's rows behind the last figure of a section, whose header may follow them."""
    end = max((row.slots[-1].end for row in section.segment.rows), default=0)
    rows = {row.id for row in block.rows}
    return [
        item
        for item in section.segment.loose
        if item.start >= end and item.label is not None and not rows.isdisjoint(item.label.rows.get(key, ()))
    ]


def _drops_blanks(sections: Sequence[Section], text: str) -> bool:
    """Whether blank cells leave no trace where slots stand below their label.

    Then several rows have fewer slots than columns. In one of them alone figures may be lost; where the text
    ends, they are cut off.
    """
    end = len(text.rstrip(" \t\r\n|"))
    short = 0
    for section in sections:
        orders = [len(order) for header in section.headers.values() for order in header.orders]
        for row in section.segment.rows if orders else ():
            is_whole = row.on_line or row.slots[-1].end >= end
            short += bool(row.names) and not is_whole and len(row.slots) < min(orders)
    return short >= _SEVERAL_ROWS


def _is_of_another(header: HeaderMatch, section: Section) -> bool:
    """Whether a header has some labels of a block, and is another one's in whole or by labels of its rows."""
    others = section.headers.values()
    return not header.complete and any(other.complete or other.rows for other in others)


def _placed_wide(source: _Source, form: Form, block: Block) -> PlacedBlock:
    """A wide block has one line of figures, right below its header, or stands in another shape."""
    key = (form, source.key)
    headed = [
        (section.segment, header) for section in source.sections if (header := section.headers.get(key))
    ]
    segments = [section.segment for section in source.sections]
    named = [header for _, header in headed if header.rows]
    stacked = place_stacked(block, segments, named, source.text)
    return stacked if stacked is not None else place_wide(block, headed, source.text)


# --- rows ----------------------------------------------------------------------------------------------


def _doubts_without_header(
    block: _Block, sections: Sequence[Section], document: Document, forms: tuple[Form, ...]
) -> frozenset[Doubt]:
    """What keeps the rows of a block in doubt of which some stand under no whole header."""
    rows = [row for row in block.placed.rows.values() if row.header is None or not row.header.complete]
    place = _place_of(rows, sections)
    is_disowned = place is not None and is_disowned_without_header(document, place, forms)
    return frozenset({Doubt.DISOWNED}) if is_disowned else frozenset()


def _place_of(rows: Sequence[PlacedRow], sections: Sequence[Section]) -> TablePlace | None:
    """Where rows stand, if they have any figures."""
    ends = [slot.end for row in rows for slot in row.slots if slot is not None]
    starts = [slot.start for row in rows for slot in row.slots if slot is not None]
    if not starts:
        return None
    start = min(starts + [row.label.start for row in rows if row.label is not None])
    figures = (slot.end for section in sections for row in section.segment.rows for slot in row.slots)
    return TablePlace(max((end for end in figures if end <= start), default=0), start, max(ends))


def _read(block: _Block, common: frozenset[Doubt]) -> ReadBlock:
    """A block as it is handed on.

    Args:
        block: the block, its rows placed.
        common: what keeps every row of it in doubt.
    """
    table, definition = block.form.blocks[block.key]
    addressed = block.form.addressed_rows[block.key]
    rows = tuple(_read_rows(addressed, definition, block.placed, common))
    return ReadBlock(block.form, table, definition, block.placed.expected, block.is_on_page, rows)


def _local_rows(blocks: Iterable[_Block]) -> list[LocalRow]:
    """The rows that an organ has added to the form, in the order of the page; each of one block."""
    rows: dict[Span, LocalRow] = {}
    for block in blocks:
        definition = block.form.blocks[block.key][1]
        for placed, others in block.placed.local:
            labels = _column_labels(placed.header, definition)
            shown = [
                (column, Span(slot.start, slot.end), label)
                for column, slot, label in zip(definition.columns, placed.slots, labels, strict=True)
                if slot is not None
            ]
            if placed.label is not None and shown:
                columns, spans, shown_labels = zip(*shown, strict=True)
                beside = tuple((label, Span(slot.start, slot.end)) for label, slot in others if label)
                table, label = block.key.table, placed.label
                rows.setdefault(
                    label, LocalRow(table, label, columns, spans, shown_labels, placed.unit, beside)
                )
    return sorted(rows.values(), key=lambda row: row.label)


def _read_rows(
    rows: Sequence[AddressedRow], block: Block, placed: PlacedBlock, common: frozenset[Doubt]
) -> Iterator[ReadRow]:
    nowhere = (ColumnLabel(None, None),) * len(block.columns)
    header, labels = None, nowhere
    for row, addresses in rows:
        if row.id not in placed.expected:
            continue
        placed_row = placed.rows.get(row.id)
        if placed_row is None:
            yield ReadRow(row, addresses, (), None, nowhere, frozenset(), is_absent=True)
            continue
        if placed_row.header is not header:
            header, labels = placed_row.header, _column_labels(placed_row.header, block)
        disowned = header is not None and (header.is_disowned or row.id in header.disowned)
        doubts = common | {Doubt.DISOWNED} if disowned else common
        yield _read_row(row, addresses, placed_row, labels, doubts)


def _read_row(
    row: Row,
    addresses: tuple[str, ...],
    placed: PlacedRow,
    labels: tuple[ColumnLabel, ...],
    common: frozenset[Doubt],
) -> ReadRow:
    return ReadRow(
        row,
        addresses,
        tuple([Span(slot.start, slot.end) if slot else None for slot in placed.slots]),
        placed.label,
        labels,
        placed.doubts | common,
        offers=tuple(tuple(Span(slot.start, slot.end) for slot in slots) for slots in placed.offers),
        open=frozenset(addresses[i] for i in placed.open),
        moving=frozenset(addresses[i] for i in placed.moving),
        basis=_basis(placed),
        is_one_of_several=placed.is_one_of_several,
        is_usual=placed.is_usual,
        unit=placed.unit if row.unit is not None else None,
    )


def _basis(placed: PlacedRow) -> Basis:
    """What settles a row: no more than the reader who has told its header, be its own label whole."""
    is_told = placed.header is not None and placed.header.is_told
    return Basis.READERS if is_told and placed.basis in (Basis.LABELS, Basis.ORDER) else placed.basis


def _column_labels(header: HeaderMatch | None, block: Block) -> tuple[ColumnLabel, ...]:
    known = header.columns if header is not None else {}
    put_together = header is not None and header.is_put_together
    missing = ColumnLabel(None, None, is_put_together=put_together)
    return tuple(known.get(column.id, missing) for column in block.columns)


def _strays(text: str, sections: Sequence[Section], taken: set[int]) -> Iterator[Stray]:
    """Figures below a header that no row of a form could take; marks alone (section 6: 无) are none."""
    for section in sections:
        if not any(header.complete or header.rows for header in section.headers.values()):
            continue
        foreign = foreign_columns(section)
        for row in section.segment.rows:
            left = [slot for slot in row.figures if slot.start not in taken]
            if len(left) < len(row.figures):
                # The header tells what the others are of.
                left = [slot for slot in left if slot.grid_column not in foreign]
            if any(_NUMBER.match(text, slot.start, slot.end) for slot in left):
                yield Stray(Span(left[0].start, left[-1].end), tuple(Span(s.start, s.end) for s in left))

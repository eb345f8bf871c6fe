"""The layout reader: from a document to a reading, by labels alone and without a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.layout.fitting import Fit, Margins, aligned, fit, is_settled
from extractor.layout.header import HeaderMatch, matches
from extractor.layout.items import Item, items_of
from extractor.layout.labels import label_index
from extractor.layout.placement import Candidate, Placed, Placement, place
from extractor.layout.reading import ColumnLabel, Doubt, ReadBlock, Reading, ReadRow, Stray
from extractor.layout.rows import PageRow, Segment, segments_of
from rules.form import AddressedRow, Block, Form

_DIGIT = re.compile(r"\d")


class _BlockKey(NamedTuple):
    table: str
    block: str


class _Section(NamedTuple):
    """A segment and what its header and its rows can be.

    Attributes:
        headers: what its header can be, by form and block.
        names: by block, the form rows that each of its rows can be, if it can be any.
    """

    segment: Segment
    headers: dict[tuple[Form, tuple[str, str]], HeaderMatch]
    names: dict[tuple[str, str], list[frozenset[str]]]


class _Source(NamedTuple):
    """Where a block is looked for."""

    key: _BlockKey
    sections: Sequence[_Section]
    text: str


class Stretch(NamedTuple):
    """A header and the rows of one table below it.

    Attributes:
        table: the table's id.
        rows: the ids of the rows that the labels name, in page order; none for a wide table.
        start, end: from the header's first label to the last figure.
    """

    table: str
    rows: tuple[str, ...]
    start: int
    end: int


def read_layout(document: Document, forms: tuple[Form, ...]) -> Reading:
    """Read every table of the forms that the document holds.

    Args:
        document: the input.
        forms: editions of one family, newest first; each table and block is read by the edition
            whose labels it has.
    """
    items = items_of(document, label_index(forms))
    sections = [_section(segment, document.text, forms) for segment in segments_of(items)]
    fitting = {key: _fitting_forms(key, sections, forms) for key in _keys(forms)}
    form = _report_form(fitting, forms)
    if form is None:
        return Reading(None, (), ())
    found: list[tuple[_BlockKey, Form, Placement]] = []
    for key, best in fitting.items():
        own = form if not best or form in best else best[0]
        if key not in own.blocks:
            continue
        block = own.blocks[key][1]
        source = _Source(key, sections, document.text)
        placement = (_wide if block.orientation == "wide" else _rows)(source, own, block)
        found.append((key, own, placement))
    # Two reports in one document: which of them a cell is of can't be told.
    common = {placement.twice for *_, placement in found if placement.twice is not None}
    blocks = []
    for key, own, placement in found:
        table, block = own.blocks[key]
        rows = tuple(_read_rows(own.addressed_rows[key], block, placement, common))
        blocks.append(ReadBlock(own, table, block, placement.expected, bool(fitting[key]), rows))
    taken = {
        s.start for *_, placement in found for placed in placement.placed.values() for s in placed.slots if s
    }
    return Reading(form, tuple(blocks), tuple(_strays(document.text, sections, taken)), bool(common))


def _section(segment: Segment, text: str, forms: tuple[Form, ...]) -> _Section:
    headers = {
        (header.form, (header.table.id, header.block.id)): header
        for header in matches(segment.header, text, forms)
    }
    names: dict[tuple[str, str], list[frozenset[str]]] = {}
    for row in segment.rows:
        for key, ids in row.names.items():
            names.setdefault(key, []).append(ids)
    return _Section(segment, headers, names)


# --- stretches ---------------------------------------------------------------------------------------


def stretches_of(document: Document, forms: tuple[Form, ...]) -> list[Stretch]:
    """Where the tables of a document stand, in page order."""
    items = items_of(document, label_index(forms))
    sections = [_section(segment, document.text, forms) for segment in segments_of(items)]
    return [stretch for section in sections for stretch in _stretches(section)]


def _stretches(section: _Section) -> Iterator[Stretch]:
    segment = section.segment
    named = [row for row in segment.rows if row.names]
    wide = [key for (_, key), header in section.headers.items() if header.rows]
    tables = Counter(table for row in named for table in {table for table, _ in row.names})
    rows = named
    if not tables and wide:
        tables, rows = Counter({wide[0][0]: 1}), [*segment.rows, *segment.blank][:1]
    for table, _ in tables.most_common(1):
        ids = [
            frozenset().union(*(ids for (own, _), ids in row.names.items() if own == table)) for row in named
        ]
        heads = [row.head for row in named if row.head is not None]
        yield Stretch(
            table,
            tuple([next(iter(one)) for one in ids if len(one) == 1]),
            (segment.header or heads)[0].start,
            max((row.slots[-1].end for row in rows), default=segment.header[-1].end),
        )


# --- editions ----------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _keys(forms: tuple[Form, ...]) -> list[_BlockKey]:
    """The blocks of all editions, those of a table together."""
    keys = [_BlockKey(*key) for form in forms for key in form.blocks]
    tables = list(dict.fromkeys(key.table for key in keys))
    return sorted(dict.fromkeys(keys), key=lambda key: tables.index(key.table))


def _fitting_forms(key: _BlockKey, sections: Sequence[_Section], forms: Sequence[Form]) -> list[Form]:
    """The editions whose labels the block has on this page, if it is there at all."""
    found = [(form, form.blocks[key][1]) for form in forms if key in form.blocks]
    scores = [(_score(key, form, block, sections), form) for form, block in found]
    best = max((score for score, _ in scores), default=0)
    return [form for score, form in scores if score == best] if best else []


def _score(key: _BlockKey, form: Form, block: Block, sections: Sequence[_Section]) -> int:
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
        elif header is not None and header.complete:
            score += 1
        score += named
    return score


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


def _rows(source: _Source, form: Form, block: Block) -> Placement:
    """Collect the page rows that can belong to a block and place them."""
    candidates: list[Candidate] = []
    loose: list[Item] = []
    padded = False
    for section in source.sections:
        header = section.headers.get((form, source.key))
        # Rows without a label are of the block that other rows under the same header are of.
        is_own = header is not None and not section.names and not _is_of_another(header, section)
        if source.key not in section.names and not is_own:
            continue
        for row in section.segment.rows:
            own = row.names.get(source.key, frozenset())
            if own or not row.names:
                candidates.append(Candidate(row, own, header))
        loose += section.segment.loose
        padded = padded or section.segment.padded
    return place(block, candidates, loose, source.text, padded=padded)


def _is_of_another(header: HeaderMatch, section: _Section) -> bool:
    """Whether a header has some labels of a block, and is another one's in whole."""
    return not header.complete and any(other.complete for other in section.headers.values())


def _wide(source: _Source, form: Form, block: Block) -> Placement:
    """A wide block has one line of figures, right below its header."""
    width, count = len(block.columns), len(block.rows)
    key = (form, source.key)
    found = [(section, header) for section in source.sections if (header := section.headers.get(key))]
    found = [one for one in found if one[1].complete] or [one for one in found if one[1].rows]
    placed: dict[str, Placed] = {}
    complete = [one for one in found if one[1].complete]
    for section, header in found[:1]:
        doubts = set() if header.complete else {Doubt.HEADER}
        below = [*section.segment.rows, *section.segment.blank]
        fits = [
            fitted
            for row in below
            if (fitted := _fit_wide(row, width * count, _margins(source, section, row), header))
        ]
        if len(found) > 1 or len(fits) > 1:
            doubts.add(Doubt.LABEL_TWICE)
        if sum(row.head is None and row.on_line for row in section.segment.rows) > 1:
            doubts.add(Doubt.BESIDE_STRAYS)
        if not fits or not fits[0].sure:
            doubts.add(Doubt.SLOTS)
        slots = fits[0].slots if fits else ()
        for i, element in enumerate(block.rows):
            own = slots[i * width : (i + 1) * width]
            placed[element.id] = Placed(own, header.rows.get(element.id), header, frozenset(doubts))
    return Placement(
        placed, frozenset(row.id for row in block.rows), Doubt.TWO_REPORTS if len(complete) > 1 else None
    )


def _margins(source: _Source, section: _Section, row: PageRow) -> Margins:
    """What can be said of one row of figures alone: whether its blanks are cells of its own.

    They are not if they may be what the header leaves, several on a line above the figures; and where the
    text ends, figures may be cut off.
    """
    padded = section.segment.padded
    is_uniform = len({slot.row for slot in row.slots}) in (1, len(row.slots))
    goes_on = bool(row.slots) and bool(source.text[row.slots[-1].end :].strip(" \t\r\n|"))
    return Margins({}, below=padded, exact=not padded and is_uniform and goes_on)


def _fit_wide(row: PageRow, columns: int, margins: Margins, header: HeaderMatch) -> Fit | None:
    found = fit(row, columns, margins)
    if (found is None or not found.sure) and header.places:
        slots = aligned(row, header.places)
        is_sure = slots is not None and is_settled(row, header.places, [row])
        return Fit(slots, sure=True) if slots is not None and is_sure else found
    return found


# --- rows ----------------------------------------------------------------------------------------------


def _read_rows(
    rows: Sequence[AddressedRow], block: Block, placement: Placement, common: set[Doubt]
) -> Iterator[ReadRow]:
    nowhere = (ColumnLabel(None, None),) * len(block.columns)
    header, labels = None, nowhere
    for row, addresses in rows:
        if row.id not in placement.expected:
            continue
        placed = placement.placed.get(row.id)
        if placed is None:
            yield ReadRow(row, addresses, (), None, nowhere, frozenset(), is_absent=True)
            continue
        if placed.header is not header:
            header, labels = placed.header, _column_labels(placed.header, block)
        spans = tuple([Span(slot.start, slot.end) if slot else None for slot in placed.slots])
        offers = tuple(tuple(Span(s.start, s.end) for s in slots) for slots in placed.offers)
        yield ReadRow(row, addresses, spans, placed.label, labels, placed.doubts | common, offers=offers)


def _column_labels(header: HeaderMatch | None, block: Block) -> tuple[ColumnLabel, ...]:
    known = header.columns if header is not None else {}
    return tuple(known.get(column.id, ColumnLabel(None, None)) for column in block.columns)


def _strays(text: str, sections: Sequence[_Section], taken: set[int]) -> Iterator[Stray]:
    """Figures below a header that no row of a form could take; marks alone (section 6: 无) are none."""
    for section in sections:
        if not any(header.complete or header.rows for header in section.headers.values()):
            continue
        for row in section.segment.rows:
            left = [slot for slot in row.figures if slot.start not in taken]
            if any(_DIGIT.search(text, slot.start, slot.end) for slot in left):
                yield Stray(Span(left[0].start, left[-1].end), tuple(Span(s.start, s.end) for s in left))

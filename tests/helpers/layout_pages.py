"""Small pages for tests of the layout: their items, the words of a header, what they show of a block."""

from __future__ import annotations

from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.layout.headers.header import matches
from extractor.layout.headers.header_words import HeaderWord, group_of
from extractor.layout.items.items import Item, Kind
from extractor.layout.items.whole_labels import items_of
from extractor.layout.placing.page_table import Candidate, PageTable, page_table
from extractor.layout.placing.placed_block import PlacedBlock, place_block
from extractor.layout.rows.segments import Segment, segments_of
from extractor.layout.words.labels import LabelIndex
from rules.form import Block
from rules.loader import built_in_forms

FORMS = built_in_forms()
INDEX = LabelIndex(FORMS)


def block_of(table: str, block: str) -> Block:
    """A block in the newest edition."""
    return FORMS[0].blocks[table, block][1]


def items_on(text: str) -> list[Item]:
    """The items of a text."""
    return items_of(read_text(Source(text.encode(), "page.txt")), INDEX)


def segments_on(text: str) -> list[Segment]:
    """The segments of a text."""
    return segments_of(items_on(text), text)


def header_words(text: str, table: str, block: str, *, grid: bool = False) -> list[HeaderWord]:
    """The words of a header whose cells are separated by bars; in a grid, every cell has its column."""
    words: list[HeaderWord] = []
    start = 0
    for row, line in enumerate(text.split("\n")):
        for column, cell in enumerate(line.split("|")):
            label = INDEX.find(cell)
            kind = Kind.TEXT if label is None else Kind.LABEL
            at = column if grid else None
            item = Item(kind, start, start + len(cell), row, column, label, at, at)
            ids = label.columns.get((table, block), frozenset()) if label is not None else frozenset[str]()
            known = ids & {column.id for column in block_of(table, block).columns}
            if cell:
                words.append(HeaderWord(item, known, group_of(item, table, block_of(table, block))))
            start += len(cell) + 1
    return words


def _candidates(text: str, table: str, block: str) -> tuple[list[Candidate], list[Item]]:
    candidates: list[Candidate] = []
    loose: list[Item] = []
    for segment in segments_on(text):
        headers = [
            match
            for match in matches(segment.header, text, FORMS[:1])
            if (match.table.id, match.block.id) == (table, block)
        ]
        header = headers[0] if headers else None
        candidates += [
            Candidate(row, row.names.get((table, block), frozenset()), header) for row in segment.rows
        ]
        loose += segment.loose
    return candidates, loose


def table_on(text: str, table: str, block: str) -> PageTable:
    """What a text shows of a block."""
    candidates, loose = _candidates(text, table, block)
    return page_table(block_of(table, block), candidates, loose, text, pads=(), drops_blanks=False)


def placed_on(text: str, table: str, block: str) -> PlacedBlock:
    """The rows of a block where a text has them."""
    candidates, loose = _candidates(text, table, block)
    return place_block(block_of(table, block), candidates, loose, text)


def figures_of(placed: PlacedBlock, row: str, text: str) -> list[str]:
    """The figures of a placed row as they are printed, a column each."""
    return [text[slot.start : slot.end] if slot else "-" for slot in placed.rows[row].slots]

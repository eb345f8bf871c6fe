"""Parts of one table over which a page breaks, each with the header: what is said of one is said of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import HEADING


class PartOfTable(NamedTuple):
    """What stands below one header.

    Attributes:
        place: where it is.
        rows: by block, the ids of the form's rows that its labels name; without those that may be several.
        has_year: whether its own caption names a year.
    """

    place: TablePlace
    rows: Mapping[tuple[str, str], frozenset[str]]
    has_year: bool


def whole_tables(parts: Sequence[PartOfTable], text: str) -> list[list[int]]:
    """The tables that go over several headers, as the positions of their parts; in page order.

    A part goes on with the one before it that has rows of the same block, none of them twice, where no
    heading of a section stands between them and it has no caption of its own that names a year.

    Args:
        parts: what stands below each header of a document, in page order.
        text: the document's text.
    """
    tables: list[list[int]] = []
    for position, part in enumerate(parts):
        blocks = {block for block, rows in part.rows.items() if rows}
        if not blocks:
            continue
        table = tables[-1] if tables else []
        if table and not part.has_year and _goes_on([parts[one] for one in table], part, text):
            table.append(position)
        else:
            tables.append([position])
    return [table for table in tables if len(table) > 1]


def _goes_on(before: Sequence[PartOfTable], part: PartOfTable, text: str) -> bool:
    """Whether a part has other rows of the blocks that those before it have, below no heading of its own."""
    had: dict[tuple[str, str], set[str]] = {}
    for one in before:
        for block, rows in one.rows.items():
            had.setdefault(block, set()).update(rows)
    common = {block for block, rows in part.rows.items() if rows and had.get(block)}
    is_below_heading = HEADING.search(text, before[-1].place.end, part.place.start) is not None
    return (
        bool(common)
        and not is_below_heading
        and all(had[block].isdisjoint(part.rows[block]) for block in common)
    )

"""Where cells and tables stand, as people and programs need it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import ClassVar, TypeAlias

from pydantic import ConfigDict

from extractor.documents.document import Document, Located, Locator, Span

Box: TypeAlias = tuple[float, float, float, float]


# Where a span begins: line and column of the text, counted from 1, and in a file that isn't text page and
# box, or table, row and column.
Position: TypeAlias = tuple[int, int, Locator | None] | tuple[None, None, None]


@dataclass(frozen=True, slots=True)
class TablePosition:
    """Where a table of the form stands.

    Attributes:
        span: from its first label to its last figure.
        line, column: the beginning of ``span``, counted from 1.
        locators: in a file that isn't text, each page, or each table of the file, that it runs over; the box
            is around all that stands of it there. Empty in a text.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    span: Span
    line: int
    column: int
    locators: tuple[Locator, ...] = ()


def position_of(document: Document, span: Span | None) -> Position:
    """Where a span begins.

    Args:
        document: that it is of.
        span: characters of it; None for something that isn't on the page.
    """
    if span is None:
        return None, None, None
    line, column = document.position(span.start)
    return line, column, document.locator(span.start) if document.located else None


def table_position_of(document: Document, spans: Iterable[Span]) -> TablePosition | None:
    """Where a table stands.

    Args:
        document: that it is of.
        spans: of its labels and figures, in any order.

    Returns:
        None if there are none.
    """
    known = list(spans)
    if not known:
        return None
    span = Span(min(known).start, max(known, key=itemgetter(1)).end)
    return TablePosition(span, *document.position(span.start), _areas(document.located, span))


def _areas(located: Sequence[Located], span: Span) -> tuple[Locator, ...]:
    """What a span runs over; where the file has tables, what stands between them is none of it."""
    first = bisect_left(located, span.start, key=itemgetter(0))
    last = bisect_right(located, span.end, key=itemgetter(0))
    inside = [locator for _, end, locator in located[first:last] if end <= span.end]
    in_tables = [locator for locator in inside if locator.table is not None]
    boxes: dict[tuple[int | None, int | None], list[Box]] = {}
    for area, locators in groupby(in_tables or inside, key=attrgetter("page", "table")):
        known = boxes.setdefault(area, [])
        known += [locator.box for locator in locators if locator.box is not None]
    return tuple(
        Locator(page=page, box=_around(known), table=table) for (page, table), known in boxes.items()
    )


def _around(boxes: Sequence[Box]) -> Box | None:
    """The smallest box around all of them; None without any."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)

"""Where the tables of a document stand in its text: from the header, or the first row, to the last figure."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.rows.rows import start_with_copies
from extractor.layout.rows.segments import Segment
from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import HEADING, start_of_header


def places_of(segments: Sequence[Segment], text: str) -> list[TablePlace]:
    """Where the table below each header is: without rows only that; the rest of a header begins with it.

    Where the names of columns stand in the rows, it begins with the first row.

    Args:
        segments: of a document, in page order.
        text: the document's text.
    """
    places: list[TablePlace] = []
    last, after = Segment(), 0
    for segment in segments:
        starts = [
            *([start_of_header(segment, text)] if segment.header else []),
            *(start_with_copies(row, text) for row in segment.rows[:1]),
        ]
        start = min(starts, default=after)
        end = max((row.slots[-1].end for row in segment.rows), default=max(after, start))
        goes_on = bool(places) and is_rest_of_header(last, segment, text)
        places.append(places[-1]._replace(end=end) if goes_on else TablePlace(after, start, end))
        last, after = segment, end
    return places


def is_rest_of_header(before: Segment, segment: Segment, text: str) -> bool:
    """Whether a header is the rest of the one before, which has no rows: a merged cell is repeated there.

    Args:
        before: the segment above.
        segment: the one in question.
        text: the document's text.
    """
    if not before.header or not segment.header or before.rows or before.blank:
        return False
    end, start = before.header[-1].end, segment.header[0].start
    return HEADING.search(text, end, start) is None

"""Headers of a word or two that may be names of figures before them: 93自然人，86商业企业，…，476总计."""

from __future__ import annotations

import re

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.rows.segments import Segment

# What may stand between a figure and its name, and so many characters of it at most.
_FIGURE_BEFORE = re.compile(r"\d[件条项宗份个]?[\s,，、;；:：|｜│┃]{0,8}\Z")
_REACH = 12
_EDGES = " \t\r\n\u3000,，、;；:：|｜│┃"


def without_names_behind(header: HeaderMatch, segment: Segment, text: str, after: int) -> HeaderMatch:
    """A header that tells no order where it has some columns only, which may be names of figures before it.

    Where each figure has its name behind it, the last name of a row stands right above the next row, whose
    first figure isn't its.

    Args:
        header: of a segment, as its words are read.
        segment: the header, and the rows below it.
        text: the document's text.
        after: where the last slot before it ends, be it a mark or blank.
    """
    start = segment.header[0].start
    are_some = 0 < len(header.columns) < len(header.block.columns) and not header.rows
    if not are_some:
        return header
    follows = 0 < after <= start and not text[after:start].strip(_EDGES)
    if not follows and _FIGURE_BEFORE.search(text[max(0, start - _REACH) : start]) is None:
        return header
    return header._replace(orders=(), lacks=frozenset(), columns_at=(), may_be_usual=False)

"""What stands on a page beside its text: the head and foot of the page, margins, letters across it.

It is told as notes on the page. A stamp is drawn in letters several times as high as the text, slanted
mostly; words in a margin are turned against the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from extractor.documents.asides import Mark
from extractor.documents.document import Document
from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.measures import PAGE_EDGE, STAMP_HEIGHT, STAMP_TIMES
from extractor.documents.pages.page import Glyph, RawPage


def words_beside(page: RawPage) -> list[str]:
    """What a page says in its margins and across it, each once.

    Args:
        page: as the file has it.
    """
    if not page.glyphs or page.recognised:
        return []
    usual = Counter(glyph.turn for glyph in page.glyphs).most_common(1)[0][0]
    heights = [glyph.bottom - glyph.top for glyph in page.glyphs if glyph.turn == usual]
    least = max(STAMP_HEIGHT, STAMP_TIMES * median(heights))
    large, small = _by_size(page.glyphs, least)
    # Digits that are turned alone are no figures, and stand apart.
    digits = [Glyph(one.text, 0, *one.box) for one in page.asides if one.mark is Mark.REVERSED]
    stamped, marginal = _by_size(digits, least)
    turned = [glyph for glyph in small if glyph.turn != usual]
    level = [glyph for glyph in small if glyph.turn == usual]
    words = [*_apart(large), *_slanted(large, stamped), *_along(turned, marginal), *_at_edges(level, page)]
    return list(dict.fromkeys(filter(None, words)))


def _by_size(glyphs: Sequence[Glyph], least: float) -> tuple[list[Glyph], list[Glyph]]:
    """The letters that are as large as those of a stamp, and the others."""
    large: list[Glyph] = []
    small: list[Glyph] = []
    for glyph in glyphs:
        sides = (glyph.right - glyph.left, glyph.bottom - glyph.top)
        (large if max(sides) >= least and min(sides) >= least / 2 else small).append(glyph)
    return large, small


def _at_edges(glyphs: Sequence[Glyph], page: RawPage) -> Iterator[str]:
    """The lines at the head and foot of a page, and their words."""
    edge = PAGE_EDGE * page.height
    for line in lines_of(glyphs):
        if line.bottom < edge or line.top > page.height - edge:
            yield line.text
            yield from line.text.split()


def _slanted(large: Sequence[Glyph], digits: Sequence[Glyph]) -> list[str]:
    """Large letters with the digits among them, from left to right; none where there are no digits."""
    in_order = sorted((*large, *digits), key=lambda one: one.left)
    return ["".join(glyph.text for glyph in in_order)] if digits else []


def _along(turned: Sequence[Glyph], digits: Sequence[Glyph]) -> Iterator[str]:
    """Words that are turned by a quarter, with the digits among them, from their beginning."""
    if not turned:
        return
    direction = 1 if turned[0].turn == 1 else -1
    columns: list[list[Glyph]] = []
    for glyph in sorted((*turned, *digits), key=lambda one: one.left + one.right):
        last = columns[-1][-1] if columns else None
        if last is not None and glyph.left < (last.left + last.right) / 2:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    for column in columns:
        column.sort(key=lambda one: direction * one.top)
        yield "".join(glyph.text for glyph in column).strip()


def _apart(glyphs: Iterable[Glyph]) -> list[str]:
    """The words of large letters, in the order of the file: where one stands further left, others begin."""
    words, last = [""], 0.0
    for glyph in glyphs:
        if glyph.left < last:
            words.append("")
        words[-1] += glyph.text
        last = glyph.left
    return [one.strip() for one in words]


def noted(document: Document, beside: Sequence[Sequence[str]]) -> Document:
    """A document with what stands beside the text of its pages as notes on these.

    Args:
        document: of the pages.
        beside: of each page what stands there; on the first one, or on all, it is said of the whole.
    """
    return replace(document, notes=(*document.notes, *_notes(document, beside)))


def _notes(document: Document, beside: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    spans = _spans_of_pages(document)
    whole = (0, len(document.text))
    for number, words in enumerate(beside, 1):
        start, end = whole if number == 1 else spans.get(number, (0, 0))
        if end > start:
            yield from ((start, end, one) for one in words)


def _spans_of_pages(document: Document) -> dict[int, tuple[int, int]]:
    """From where to where the text of each page stands."""
    spans: dict[int, tuple[int, int]] = {}
    for start, end, locator in document.located:
        if locator.page is not None:
            first, last = spans.get(locator.page, (start, end))
            spans[locator.page] = (min(first, start), max(last, end))
    return spans

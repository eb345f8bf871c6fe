"""Paragraphs of lines, and what stands on every page: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.documents.builder import BuiltCell
from extractor.documents.document import UNREADABLE, Locator
from extractor.documents.pages.lines import Line, joint
from extractor.documents.pages.measures import (
    FULL_LINE_FREE,
    FULL_LINE_WIDTH,
    INDENT,
    OUTERMOST_LINES,
    PAGE_MARGIN,
    PARAGRAPH_HEIGHTS,
    PARAGRAPH_LINE_GAP,
    RUNNING_HEAD_LETTERS,
)
from extractor.documents.pages.page import Box, RawPage
from extractor.text.figures import is_figure

_PAGE_NUMBER = re.compile(
    r"(?P<dash>[-—–－·]\s*)?(?P<page>第\s*)?\d{1,3}(?(page)\s*页)(?(dash)\s*[-—–－·])"
    r"(?:\s*[/／共,，]\s*共?\s*\d{1,3}\s*页?)?"
)
# 热线 ........ 4,902件: no other line goes on with it.
_LED = re.compile(r"[^.．…·]{2,60}[.．…·]{6,300}[ \u3000]?[\d,.]{1,15}%?\w{0,4}")
# Blanks for each width of a Chinese character.
_BLANKS = 2
# A picture is no prose.
_NO_PROSE = f"{UNREADABLE} "
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        top: where it begins on its page.
        goes_on: whether its last line is full, so that another one may follow.
        indent: how far in it begins, in blanks, if dots lead from its words to a figure.
    """

    lines: list[tuple[str, int, Box]]
    top: float
    height: float
    is_indented: bool
    goes_on: bool
    indent: int = 0

    def takes(self, other: Paragraph) -> bool:
        """Whether another paragraph, next on the page or first on the next one, is its rest."""
        _, page, box = self.lines[-1]
        _, other_page, other_box = other.lines[0]
        is_near = other_page > page or other_box[1] - box[3] < PARAGRAPH_LINE_GAP * self.height
        is_alike = abs(self.height - other.height) <= PARAGRAPH_HEIGHTS * self.height
        return self.goes_on and is_near and is_alike and not other.is_indented

    @property
    def is_figures(self) -> bool:
        """Whether it holds nothing but figures."""
        return all(is_figure(word) for text, _, _ in self.lines for word in text.split())

    def built(self) -> list[BuiltCell]:
        """Its lines for a document, each with its place."""
        # In prose, a picture is a gap.
        texts = [text.replace(UNREADABLE, " ") for text, _, _ in self.lines]
        return [
            BuiltCell(text + joint(text, after), Locator(page, box))
            for (_, page, box), text, after in zip(self.lines, texts, [*texts, ""][1:], strict=True)
        ]


def paragraphs_of(lines: Sequence[Line], page: int, width: float) -> list[Paragraph]:
    """Each line as a paragraph of its own, so that those of a page and of two pages join in one way.

    Args:
        lines: from the top.
        page: counted from 1.
        width: of the page.
    """
    lines = [line for line in lines if line.text.strip(_NO_PROSE)]
    if not lines:
        return []
    boxes = [line.box for line in lines]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    are_led = [_LED.fullmatch(line.text.strip()) is not None for line in lines]
    edge = min((box[0] for box, is_led in zip(boxes, are_led, strict=True) if is_led), default=left)
    return [
        Paragraph(
            [(line.text, page, box)],
            line.top,
            height,
            is_indented=box[0] - left > INDENT * height,
            goes_on=not is_led
            and right - box[2] < FULL_LINE_FREE * height
            and box[2] - box[0] > FULL_LINE_WIDTH * width,
            indent=round(_BLANKS * (box[0] - edge) / _width_of_character(line)) if is_led else 0,
        )
        for line, box, height, is_led in zip(
            lines, boxes, [line.height for line in lines], are_led, strict=True
        )
    ]


def _width_of_character(line: Line) -> float:
    """How wide the widest character of a line is, in points."""
    return max(glyph.right - glyph.left for glyph in line.glyphs) or line.height


@dataclass(slots=True)
class Furniture:
    """What stands in the margins of the pages read so far."""

    seen: Counter[str] = field(default_factory=Counter)

    def without(self, lines: Sequence[Line], page: RawPage) -> list[Line]:
        """The lines without page numbers, and without a running head or foot that stood there before."""
        last = len(lines) - 1
        edges = [line.text for line in lines if _is_in_margin(line, page)]
        # Beside a page number that is set off, a bare one is a figure, as a zero is.
        bare = {text for text in edges if text.isdigit()}
        if all(_PAGE_NUMBER.fullmatch(text) is None for text in edges if text not in bare):
            bare = {text for text in bare if not text.strip("0")}
        return [
            line
            for i, line in enumerate(lines)
            if line.text in bare
            or _is_close_figure(line, lines[max(0, i - 1) : i + 2])
            or not (_is_in_margin(line, page) and self._is_known(line, min(i, last - i)))
        ]

    def _is_known(self, line: Line, from_edge: int) -> bool:
        text = line.text
        if _PAGE_NUMBER.fullmatch(text):
            # Farther from the edge it is a figure whose label stands a little higher or lower.
            return from_edge < OUTERMOST_LINES
        words = _DIGITS.sub("", text)
        if sum(map(str.isalpha, words)) < RUNNING_HEAD_LETTERS:
            # A row of zeros or marks is no running head.
            return False
        key = f"{round(line.top / line.height)} {words}"
        self.seen[key] += 1
        return self.seen[key] > 1


def _is_close_figure(line: Line, around: Sequence[Line]) -> bool:
    """Whether a bare number stands beside another line as the figure of its row does, and no page number."""
    return line.text.isdigit() and any(
        max(other.top - line.bottom, line.top - other.bottom) < line.height / 2
        for other in around
        if other is not line
    )


def _is_in_margin(line: Line, page: RawPage) -> bool:
    margin = PAGE_MARGIN * page.height
    return line.bottom < margin or line.top > page.height - margin

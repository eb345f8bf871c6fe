"""Figures that follow one another behind a label."""

from __future__ import annotations

from typing import NamedTuple

from extractor.documents.document import Span


class Series(NamedTuple):
    """Figures that follow one another, as they stand on the page.

    Attributes:
        name: of the row or column that they are of.
        words: its label, as quoted.
        label: where its label stands.
        cells: where they stand.
        heads: where the label of each stands right before it; none if they stand elsewhere.
    """

    name: str
    words: str
    label: Span
    cells: tuple[Span, ...]
    heads: tuple[Span, ...]

"""Where the labels of columns, or rows, stand that a model quotes, in the order of the figures below them.

They must stand one after the other on the lines that it cites; in a header of two lines, those of the upper
one and those of the lower one. Labels that are broken over lines stand there with their beginnings, and with
the rest of each further down, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.asking.cited_text import CitedText
from extractor.asking.schemas import NamedWords
from extractor.asking.series import is_ordinal_at
from extractor.documents.document import Span
from extractor.text.figures import numbers_in
from rules.form import Block

# A label is in no more pieces.
_MOST_PIECES = 4


class LabelsAcross:
    """A text in which labels are looked for that stand side by side.

    Args:
        cited: the text.
    """

    def __init__(self, cited: CitedText) -> None:
        self._cited = cited
        self._text = cited.text
        self._words = cited.words

    def before(self, end: int, across: Sequence[NamedWords], block: Block) -> tuple[Span, ...] | None:
        """Where labels stand before a position; None if they don't stand there in their order.

        Args:
            end: the position: where the first figures' own label begins.
            across: what was said of the labels, in the order of the figures.
            block: whose columns or rows they are.
        """
        in_order = self._standing(across, end) or self._in_pieces(across, end)
        if in_order is not None:
            return in_order
        # Of a header of two lines, the upper one has the columns without a group, the lower one the others.
        if [one.name for one in across] != [column.id for column in block.columns]:
            return None
        groups: dict[str | None, list[NamedWords]] = {}
        for column, said in zip(block.columns, across, strict=True):
            groups.setdefault(column.under, []).append(said)
        spans: dict[str, Span] = {}
        for group in groups.values():
            standing = self._standing(group, end) or self._in_pieces(group, end)
            if standing is None:
                return None
            spans |= zip((one.name for one in group), standing, strict=True)
        return tuple(spans[one.name] for one in across) if len(set(spans.values())) == len(spans) else None

    def _standing(self, across: Sequence[NamedWords], end: int) -> tuple[Span, ...] | None:
        """Where labels stand on the lines that are cited, one after the other, without figures between."""
        spans: list[Span] = []
        for said in across:
            span = self._cited.on_line(said.words, said.line, spans[-1].end if spans else 0, end)
            if span is None or (spans and self._has_number(spans[-1].end, span.start)):
                return None
            spans.append(span)
        return tuple(spans)

    def _in_pieces(self, across: Sequence[NamedWords], end: int) -> tuple[Span, ...] | None:
        """Where labels begin on the lines that are cited, if the rest of each stands below, in this order."""
        heads: list[Span] = []
        rests: list[tuple[int, str]] = []
        for said in across:
            words = "".join(said.words.split())
            start = heads[-1].end if heads else 0
            beginnings = (words[:length] for length in range(len(words), 0, -1))
            found = ((one, self._cited.on_line(one, said.line, start, end)) for one in beginnings)
            beginning, span = next((pair for pair in found if pair[1] is not None), ("", None))
            if span is None:
                return None
            heads.append(span)
            rests.append((span.end, words.removeprefix(beginning)))
        return tuple(heads) if self._go_on_below(rests, heads, end) else None

    def _go_on_below(self, rests: Sequence[tuple[int, str]], heads: Sequence[Span], end: int) -> bool:
        """Whether the rest of each label stands behind its beginning, piece by piece, in the same order.

        Args:
            rests: of each label, where its beginning ends, and what is left of it.
            heads: the beginnings.
            end: where the header ends.
        """
        taken = {*heads}
        left = [rest for rest in rests if rest[1]]
        for _ in range(_MOST_PIECES):
            below: list[tuple[int, str]] = []
            last = 0
            for after, words in left:
                pieces = (words[:length] for length in range(len(words), 0, -1))
                found = ((one, self._behind(one, max(after, last), end)) for one in pieces)
                piece, span = next((pair for pair in found if pair[1] is not None), ("", None))
                if span is None or span in taken or self._has_number(heads[0].end, span.start):
                    return False
                taken.add(span)
                last = span.end
                below.append((span.end, words.removeprefix(piece)))
            left = [rest for rest in below if rest[1]]
        return not left

    def _behind(self, words: str, start: int, end: int) -> Span | None:
        """Where words stand first behind a position."""
        places = self._words.everywhere(words)
        return next((one for one in places if start <= one.start and one.end <= end), None)

    def _has_number(self, start: int, end: int) -> bool:
        """Whether a number stands between two labels that is no ordinal."""
        return any(not is_ordinal_at(self._text, first) for first, _ in numbers_in(self._text, start, end))

"""Words that an answer quotes, looked up in a document without regard to blanks and ends of lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from extractor.documents.document import Span
from extractor.text.folding import fold_label, fold_with_offsets, label_key


def _key(words: str) -> str:
    return label_key(fold_label(words))


class QuotedWords:
    """A text in which words are looked up.

    Args:
        text: of a document.
        without_punctuation: whether punctuation doesn't count either, as in labels of forms.
    """

    def __init__(self, text: str, *, without_punctuation: bool = False) -> None:
        self._fold: Callable[[str], str] = _key if without_punctuation else fold_label
        folded = fold_with_offsets(text)
        kept = [pair for pair in zip(folded.text, folded.offsets, strict=True) if self._fold(pair[0])]
        self._text = "".join(character for character, _ in kept)
        self._offsets = [offset for _, offset in kept]

    def everywhere(self, words: str) -> list[Span]:
        """Every place at which words stand, in page order.

        Args:
            words: as they are quoted.
        """
        folded = self._fold(words)
        spans: list[Span] = []
        first = self._text.find(folded) if folded else -1
        while first >= 0:
            spans.append(self._span(first, len(folded)))
            first = self._text.find(folded, first + 1)
        return spans

    def at(self, position: int, words: str) -> Span | None:
        """Where words stand that begin at a position; None if they don't.

        Args:
            position: in the text; blanks may follow it.
            words: as they are quoted.
        """
        folded = self._fold(words)
        first = bisect_left(self._offsets, position)
        return self._span(first, len(folded)) if folded and self._text.startswith(folded, first) else None

    def _span(self, first: int, length: int) -> Span:
        return Span(self._offsets[first], self._offsets[first + length - 1] + 1)

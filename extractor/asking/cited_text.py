"""The text of a document as answers cite it: words that they quote, on the lines that they name."""

from __future__ import annotations

from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.quoted_words import QuotedWords
from extractor.documents.document import Span


class CitedText:
    """A text in which words are looked up, anywhere or on a line.

    Args:
        text: of a document.
        lines: of it, as a model is shown them.

    Attributes:
        text: of the document.
        words: the same, to look words up in.
    """

    def __init__(self, text: str, lines: NumberedLines) -> None:
        self.text = text
        self.words = QuotedWords(text)
        self._lines = lines

    def on_line(self, words: str, line: int, start: int, end: int | None = None) -> Span | None:
        """Where words stand first on a line, behind one position and before another; None if they don't.

        Args:
            words: as they are quoted.
            line: its number.
            start: the position behind which they stand.
            end: the position before which they stand; None for the end of the text.
        """
        last = len(self.text) if end is None else end
        places = (span for span in self.words.everywhere(words) if start <= span.start and span.end <= last)
        return next((span for span in places if self._lines.at(span.start).number == line), None)

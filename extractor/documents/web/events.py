"""What a parser of HTML hands over, in order: tags, texts, ends of elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

#: An element's tag and attributes, a text, or None for the end of an element.
Event: TypeAlias = tuple[str, Mapping[str, str]] | str | None
# So much is parsed before a page can be given up.
_CHUNK = 1 << 16


class _Events:
    """Takes what lxml's parser hands over, and keeps it in order.

    To look at many of them in one loop takes half the time of looking at each when it comes.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.data = self.events.append

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.events.append((tag, attributes))

    def end(self, _: str) -> None:
        """An element ends."""
        self.events.append(None)

    def close(self) -> None:
        """The page ends."""


def parsed(text: str) -> Iterator[Sequence[Event]]:
    """What stands in a page, in stretches; whoever takes no more of them ends the parsing.

    Args:
        text: the page.
    """
    from lxml import etree  # not needed for a text, and slow to import

    taken = _Events()
    # Without huge_tree a comment longer than one of the parser's own limits is taken for text.
    parser = etree.HTMLParser(target=taken, encoding="utf-8", huge_tree=True)
    for chunk in _chunks(text):
        parser.feed(chunk)
        yield taken.events
        taken.events.clear()
    parser.close()
    yield taken.events


def _chunks(text: str) -> Iterator[bytes]:
    """The text in pieces; one at least, as a parser that was given nothing has nothing to close."""
    for start in range(0, len(text) or 1, _CHUNK):
        yield text[start : start + _CHUNK].encode()

"""Lines of a header whose words stand one blank apart: whole labels, told from pieces of others beside them.

Converters that don't keep the look of a page write 结 结 其 尚 总 未经复议直接起诉, or the end of the
corner's words before the labels of columns: 和，等于第三项加第四项之和） 自然 总计. Such a line is cut where
each of its words is a label of one block's header, or a piece of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from extractor.layout.items.items import PROSE, Item, Kind
from extractor.layout.words.form_words import HeaderWords, is_of_corner
from extractor.layout.words.labels import LabelIndex
from extractor.text.folding import fold_label, label_key

_WORD = re.compile(r"\S+")
# What a word of a header is: a label, a piece of one, or of the words in the corner.
_Part: TypeAlias = Literal["label", "piece", "corner"]
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_LABEL, _TEXT = Kind.LABEL, Kind.TEXT


def with_header_pieces(items: Sequence[Item], text: str, index: LabelIndex) -> Iterator[Item]:
    """Items, of the lines of headers each label as one of its own.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
    """
    for item in items:
        if item.kind is not _TEXT or item.grid_column is not None or item.end - item.start > PROSE:
            yield item
            continue
        words = list(_WORD.finditer(text, item.start, item.end))
        kinds = _kinds([word[0] for word in words], index) if len(words) > 1 else None
        yield from [item] if kinds is None else _cut(item, words, kinds, index)


def _kinds(words: Sequence[str], index: LabelIndex) -> list[_Part] | None:
    """What each of the words of a line is.

    Returns:
        None if they aren't all of one block's header, or it needn't be cut.
    """
    if not index.header_characters.issuperset(label_key(fold_label(words[0]))):
        # Nearly all lines are prose.
        return None
    keys = [label_key(fold_label(word)) for word in words]
    for block in index.headers:
        kinds = [_kind(key, block) for key in keys]
        if all(kinds) and len(set(kinds)) > 1:
            return [kind for kind in kinds if kind is not None]
    return None


def _kind(key: str, block: HeaderWords) -> _Part | None:
    """What a word is in the header of a block; None if it is nothing of it."""
    if key in block.columns or key in block.others:
        return "label"
    if key and any(key in label for label in block.columns):
        return "piece"
    return "corner" if is_of_corner(key, block.corner) else None


def _cut(
    item: Item, words: Sequence[re.Match[str]], kinds: Sequence[_Part], index: LabelIndex
) -> Iterator[Item]:
    """A line as its labels, and the words between them together."""
    start = 0
    for position, kind in enumerate(kinds):
        if position + 1 < len(kinds) and kind != "label" and kinds[position + 1] == kind:
            continue
        first, last = words[start].start(), words[position].end()
        label = index.find(words[position][0]) if kind == "label" else None
        yield replace(item, kind=_TEXT if label is None else _LABEL, start=first, end=last, label=label)
        start = position + 1

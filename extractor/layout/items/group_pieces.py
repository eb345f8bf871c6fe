"""Labels of groups of rows in narrow cells beside several rows: their pieces stand on these rows' lines.

Converters write such a cell line by line: 三、本 before the label of one row, 年度办 before that of the next,
理结果 before the third. Where such pieces are a group's label together, whole and in order, they are of no
row's label, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label, LabelIndex
from extractor.text.folding import fold_label, fold_with_offsets, label_key

_WORD = re.compile(r"\S+")
# A label's pieces don't stand further apart; the longest group has so many lines, a row's label a few each.
_MOST_LINES = 60
# From a character of ASCII to the same one as wide as a Chinese character.
_TO_WIDE = 0xFEE0
# Asked of every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_LABEL, _SLOT, _TEXT = Kind.LABEL, Kind.SLOT, Kind.TEXT


@dataclass(frozen=True)
class _Piece:
    """One of the words that a line begins with.

    Attributes:
        position: of its item.
        start, end: where it stands in the text.
        line: the physical row.
        is_whole: whether its item is nothing else.
        is_before_figure: whether a figure follows right behind it on its line.
    """

    position: int
    start: int
    end: int
    line: int
    is_whole: bool
    is_before_figure: bool


@dataclass(frozen=True)
class _Begun:
    """A group's label of which some pieces have been seen, and the key of what is still to come."""

    group: str
    rest: str
    pieces: tuple[_Piece, ...]


def without_group_pieces(items: Sequence[Item], text: str, index: LabelIndex) -> list[Item]:
    """Items without the pieces of the labels of groups that stand between other words.

    Args:
        items: of a document, in reading order; no label has been put together.
        text: the document's text.
        index: the labels that are looked for.
    """
    dropped = {piece.start for label in _labels(items, text, index) for piece in label}
    if not dropped:
        return list(items)
    kept: list[Item] = []
    for item in items:
        start = item.start
        while start in dropped:
            start = _next_word(text, start, item.end)
        if start == item.start:
            kept.append(item)
        elif start < item.end:
            label = index.find(text[start : item.end])
            kept.append(replace(item, start=start, kind=_TEXT if label is None else _LABEL, label=label))
    return kept


def without_groups_beside_pieces(items: Sequence[Item], text: str, index: LabelIndex) -> list[Item]:
    """Items without the label of a group that stands level with a later line of a row's label.

    So converters write a group's cell whose middle is level with the second line of its row's:
    1.申请人无正当理由逾期不补正、行, below it (六)其他处理 政机关不再处理其政府信息公开申请.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        index: the labels that are looked for.
    """
    firsts = _first_characters(index)
    kept: list[Item] = []
    for item, following in zip_longest(items, items[1:]):
        above = kept[-1] if kept else None
        begins_group = text[item.start : item.start + 1] in firsts and item.grid_column is None
        if above is None or above.row >= item.row or not begins_group:
            kept.append(item)
        elif item.kind is _TEXT:
            kept.append(_without_group(above, item, text, index))
        elif above.kind is _SLOT or not _is_beside_piece(above, item, following, text, index):
            kept.append(item)
    return kept


def _without_group(above: Item, item: Item, text: str, index: LabelIndex) -> Item:
    """Words without the label of a group that they begin with, if the rest goes on with the line above."""
    start = _next_word(text, item.start, item.end)
    label = index.find(text[item.start : start].rstrip())
    if label is None:
        return _without_glued_group(above, item, text, index)
    is_group = start < item.end and _goes_on(above, text[start : item.end], label, text, index)
    return replace(item, start=start) if is_group else item


def _without_glued_group(above: Item, item: Item, text: str, index: LabelIndex) -> Item:
    """The same where no blank parts the two; the rest may be the first line of a label, too.

    So it is where a group's label is as wide as its cell: (四)无法提供2.没有现成, below it 信息需要….
    """
    folded = fold_with_offsets(text[item.start : item.end], item.start)
    group = next((name for name in index.groups_of_rows if folded.text.startswith(name)), None)
    label = index.find(group) if group is not None and len(group) < len(folded.text) else None
    if group is None or label is None:
        return item
    start = folded.offsets[len(group)]
    rest = text[start : item.end]
    begins = index.find(rest) is None and index.begins_row_under(rest, label)
    return replace(item, start=start) if begins or _goes_on(above, rest, label, text, index) else item


def _goes_on(above: Item, words: str, group: Label, text: str, index: LabelIndex) -> bool:
    """Whether words go on with those above them, as a label of a row under a group."""
    begun = text[above.start : above.end] + words
    return above.kind is not _SLOT and index.begins_row_under(begun, group)


def _is_beside_piece(above: Item, item: Item, following: Item | None, text: str, index: LabelIndex) -> bool:
    """Whether an item is the label of a group, and what follows on its line goes on with the line above."""
    if item.label is None or following is None or following.kind is not _TEXT or following.row != item.row:
        return False
    words = text[above.start : above.end] + text[following.start : following.end]
    return index.begins_row_under(words, item.label)


def _next_word(text: str, start: int, end: int) -> int:
    """Where the word behind the one that begins at ``start`` begins; the end if there is none."""
    words = _WORD.finditer(text, start, end)
    next(words)
    following = next(words, None)
    return end if following is None else following.start()


def _labels(items: Sequence[Item], text: str, index: LabelIndex) -> Iterator[tuple[_Piece, ...]]:
    """The pieces of every label of a group that is torn over lines on which other words stand."""
    firsts = _first_characters(index)
    begun: list[_Begun] = []
    row = -1
    for position, item in enumerate(items):
        if item.row == row:
            continue
        row = item.row
        # Nearly all lines begin no label.
        if item.grid_column is not None or not (begun or text[item.start : item.start + 1] in firsts):
            continue
        begun = [label for label in begun if row - label.pieces[-1].line <= _MOST_LINES]
        for piece in _leading_words(items, position, text):
            words = text[piece.start : piece.end]
            label = _continued(begun, piece, label_key(fold_label(words))) or _beginning(piece, words, index)
            if label is None:
                break
            begun = [other for other in begun if other.group != label.group]
            if label.rest:
                begun.append(label)
            elif _stands_apart(label, index):
                yield label.pieces


def _first_characters(index: LabelIndex) -> frozenset[str]:
    """The characters that labels of groups of rows begin with, in either width."""
    narrow = {group[0] for group in index.groups_of_rows}
    return frozenset(narrow | {chr(ord(character) + _TO_WIDE) for character in narrow if character.isascii()})


def _leading_words(items: Sequence[Item], first: int, text: str) -> Iterator[_Piece]:
    """The words that a line of text begins with; a label before figures, or alone, is none of them.

    Args:
        items: of a document.
        first: the position of the first one on the line.
        text: the document's text.
    """
    row = items[first].row
    for position in range(first, len(items)):
        item = items[position]
        if item.row != row or item.kind not in (_TEXT, _LABEL) or item.grid_column is not None:
            return
        following = items[position + 1] if position + 1 < len(items) else None
        is_followed = following is not None and following.row == row
        is_before_figures = is_followed and following is not None and following.kind is _SLOT
        words = list(_WORD.finditer(text, item.start, item.end))
        goes_on = item.kind is _TEXT or (is_followed and not is_before_figures)
        for word in words if goes_on else words[:-1]:
            is_before_figure = is_before_figures and word.end() == item.end
            yield _Piece(position, word.start(), word.end(), row, len(words) == 1, is_before_figure)
        if item.kind is _LABEL:
            return


def _continued(begun: Sequence[_Begun], piece: _Piece, key: str) -> _Begun | None:
    """The label that a piece goes on with: the last one that is begun and that it can be of.

    Args:
        begun: the labels of which some pieces have been seen.
        piece: the words.
        key: of them; empty for a mark, which may be of any label: 三 and 、 below it.
    """
    for label in reversed(begun):
        if label.rest.startswith(key):
            return _Begun(label.group, label.rest.removeprefix(key), (*label.pieces, piece))
    return None


def _beginning(piece: _Piece, words: str, index: LabelIndex) -> _Begun | None:
    """The label of a group that a piece begins, but isn't the whole of; before figures it is a row's."""
    folded = fold_label(words)
    if piece.is_before_figure or not label_key(folded):
        return None
    group = next((name for name in index.groups_of_rows if name.startswith(folded) and name != folded), None)
    return None if group is None else _Begun(group, label_key(group.removeprefix(folded)), (piece,))


def _stands_apart(label: _Begun, index: LabelIndex) -> bool:
    """Whether other words stand between a label's pieces, and they are no row's label beside its figures."""
    positions = [piece.position for piece in label.pieces]
    follow_each_other = positions == list(range(positions[0], positions[0] + len(positions)))
    if follow_each_other and all(piece.is_whole for piece in label.pieces):
        return False
    known = index.find(label.group)
    is_of_row = known is not None and known.names_row
    return not (is_of_row and any(piece.is_before_figure for piece in label.pieces))

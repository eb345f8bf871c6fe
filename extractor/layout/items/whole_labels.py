"""Labels that are torn over lines, cells or rows, put together: the items of a document with whole labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest
from operator import attrgetter

from extractor.documents.document import Document
from extractor.layout.items.group_pieces import without_group_pieces, without_groups_beside_pieces
from extractor.layout.items.header_pieces import with_header_pieces
from extractor.layout.items.items import PROSE, Item, Kind, pieces_of
from extractor.layout.items.named_figures import with_names_above
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label

_PUNCTUATION = re.compile(r"[^\w\s]+")
_ENDS_IN_FIGURE = re.compile(
    r"(?P<words>(?:\d{1,2}[.、．])?[^\s\d][^\n]*?[^\s\d.,])[ \t　]+(?P<figure>\d[\d,.]*|[/／]|[-—–─]{1,3})"
)
# Labels in narrow cells are broken over so many lines.
_MOST_LINES = 5
# A label torn over more pieces than this is not put together.
_MOST_PIECES = 40
# Looked at for every item: a member of an Enum takes Python 3.11 0.27 µs to find.
_LABEL, _SLOT, _TEXT = Kind.LABEL, Kind.SLOT, Kind.TEXT
_KIND, _ROW = attrgetter("kind"), attrgetter("row")


def items_of(document: Document, index: LabelIndex) -> list[Item]:
    """Cut a document into items, every label of a form one of them.

    Args:
        document: the input.
        index: the labels that are looked for.
    """
    text = document.text
    pieces = without_group_pieces(pieces_of(document, index), text, index)
    pieces = without_groups_beside_pieces(pieces, text, index)
    ended = _with_figures_of_ends(text, pieces, index)
    apart = list(with_header_pieces(list(_with_beginnings_apart(text, ended, index)), text, index))
    torn = with_names_above(_with_cut_labels(text, apart, index), text, index)
    whole = _with_torn_labels(text, torn, index)
    return _without_units(text, whole, index) if index.units else whole


def _with_figures_of_ends(text: str, items: Sequence[Item], index: LabelIndex) -> list[Item]:
    """Cut the first figure of a row off a piece of its torn label: 4.保护第三方合法, 权益 15; 5.要求 /."""
    result: list[Item] = []
    for item, following in zip_longest(items, items[1:]):
        match = _ENDS_IN_FIGURE.fullmatch(text, item.start, item.end) if item.kind is _TEXT else None
        words = text[item.start : match.end("words")] if match is not None else ""
        goes_on = following is not None and following.kind is _SLOT and following.row == item.row
        if (
            match is None
            or item.grid_column is not None
            or not (
                _ends_label(text, result, words, index)
                or (goes_on and _is_of_label(text, result, words, index))
            )
        ):
            result.append(item)
            continue
        result.append(replace(item, end=match.end("words")))
        result.append(replace(item, kind=_SLOT, start=match.start("figure"), column=item.column + 1))
    return result


def _ends_label(text: str, before: Sequence[Item], words: str, index: LabelIndex) -> bool:
    """Whether words are the end of a row's label of which the pieces before them are the beginning."""
    for item in reversed(before[-_MOST_LINES:]):
        if item.kind is not _TEXT:
            return False
        words = text[item.start : item.end] + words
        if len(words) > PROSE:
            return False
        label = index.find(words)
        if label is not None:
            return label.names_row
    return False


def _is_of_label(text: str, before: Sequence[Item], words: str, index: LabelIndex) -> bool:
    """Whether words are an ordinal and the beginning of a label, but not all of it, or go on with one.

    Args:
        text: the document's text.
        before: the items before them, the last of which may begin the label.
        words: the words.
        index: the labels that are looked for.
    """
    above = before[-1] if before and before[-1].kind is _TEXT else None
    begun = words if above is None else text[above.start : above.end] + words
    return any(ordinal(fold_label(one))[0] is not None and index.begins(one) for one in (words, begun))


def _with_beginnings_apart(text: str, items: Sequence[Item], index: LabelIndex) -> Iterator[Item]:
    """Cut the beginning of a label that goes on on the next line off the label before it: 总计 结果, 维持."""
    for item, following in zip_longest(items, items[1:]):
        blank = text.rfind(" ", item.start, item.end) if item.kind is _TEXT else -1
        if blank < 0 or following is None or following.kind is not _TEXT or item.grid_column is not None:
            yield item
            continue
        label = index.find(text[item.start : blank])
        rest = text[blank + 1 : item.end] + text[following.start : following.end]
        if label is None or index.find(rest) is None:
            yield item
            continue
        yield replace(item, kind=_LABEL, end=blank, label=label)
        yield replace(item, start=blank + 1)


def _with_torn_labels(text: str, items: list[Item], index: LabelIndex) -> list[Item]:
    """Put labels together that are torn over lines or cells."""
    result: list[Item] = []
    # The position behind the last torn label.
    after = 0
    is_words = [item.kind is _TEXT or item.kind is _LABEL for item in items]
    # Words with no words behind them aren't torn.
    for position, (is_word, goes_on) in enumerate(pairwise(is_words)):
        if not (is_word and goes_on) or position < after:
            continue
        joined = _joined(text, items, position, index)
        if joined is not None:
            last, label = joined
            end = items[last]
            words = "".join(text[item.start : item.end] for item in items[position : last + 1])
            result += items[after:position]
            first = items[position]
            # What is broken over lines stands at no column of the grid that those lines have.
            is_broken = label.is_of_header and not label.names_row and first.row != end.row
            column = None if is_broken else end.grid_column
            whole = replace(end, kind=_LABEL, start=first.start, label=label, grid_column=column, words=words)
            result.append(whole)
            after = last + 1
    return result + items[after:]


def _joined(text: str, items: list[Item], first: int, index: LabelIndex) -> tuple[int, Label] | None:
    """The last item and the label of the longest torn label that begins at ``first``, if one does."""
    longest = _longest_in_pieces(text, items, first, index)
    if longest is None:
        return None
    last, label = longest
    rest = index.find("".join(text[item.start : item.end] for item in items[first + 1 : last + 1]))
    return longest if rest is None or _is_more_than_its_rest(label, rest, items[first]) else None


def _longest_in_pieces(
    text: str, items: list[Item], first: int, index: LabelIndex
) -> tuple[int, Label] | None:
    """The last item and the label of the longest run of words from ``first`` on that is a label together."""
    longest = None
    words = ""
    for last in range(first, min(first + _MOST_PIECES, len(items))):
        item = items[last]
        if item.end - item.start > PROSE or (item.kind is not _TEXT and item.kind is not _LABEL):
            break
        words += text[item.start : item.end]
        if last > first and (label := index.find(words)) is not None:
            longest = (last, label)
        after = items[last + 1] if last + 1 < len(items) else None
        is_end = after is None or _PUNCTUATION.fullmatch(text, after.start, after.end) is None
        if is_end and not index.begins(words):
            break
    return longest


def _is_more_than_its_rest(label: Label, rest: Label, first: Item) -> bool:
    """Whether a label is torn, though all of it but its first piece is a label by itself.

    Args:
        label: what all pieces are together.
        rest: what all but the first are.
        first: the first piece.
    """
    if first.kind is _TEXT and label.meanings == rest.meanings and rest.number in (None, label.number):
        # The rest is a shorter wording of the same.
        return True
    # The ordinal may be what is torn off a word that can also name a column.
    return rest.names_column and rest.number is None and label.number is not None


def _without_units(text: str, items: Sequence[Item], index: LabelIndex) -> list[Item]:
    """Units behind the labels of rows, or their codes, become part of these; behind other words they go."""
    result: list[Item] = []
    for item in items:
        if item.kind is _TEXT and (unit := fold_label(text[item.start : item.end])) in index.units:
            head = _head_before(result)
            label = result[head].label if head is not None else None
            if head is not None and label is not None:
                result[head] = replace(result[head], label=replace(label, unit=label.unit or unit))
                continue
            if result and result[-1].kind is _TEXT and result[-1].row == item.row:
                continue
        result.append(item)
    return result


def _head_before(items: Sequence[Item]) -> int | None:
    """The position of the row label that ends some items, but for slots behind it; None if none does."""
    for position in range(len(items) - 1, -1, -1):
        label = items[position].label
        if label is not None:
            return position if label.names_row else None
        if items[position].kind is not _SLOT:
            return None
    return None


# --- labels that are cut over two rows ----------------------------------------------------------------


def _with_cut_labels(text: str, items: list[Item], index: LabelIndex) -> list[Item]:
    """Put labels together whose second part stands in a row of its own, with nothing but blanks beside it.

    So converters leave a row that a page break has cut inside its label.
    """
    result = list(items)
    # Where a row of the grid with one word in it begins and ends, and where that word stands.
    for first, end, word in reversed(list(_rows_of_one_word(items))):
        below = items[word]
        cut = next(
            (i for i in range(first - 1, -1, -1) if _is_above(items[i], below, items[first - 1])), None
        )
        if cut is None or items[cut].kind not in (_TEXT, _LABEL):
            continue
        above = items[cut]
        words = text[above.start : above.end] + text[below.start : below.end]
        label = index.find(words)
        if label is None or not label.names_row or not _is_whole(label, above.label, below.label):
            continue
        result[first:end] = []
        result[cut] = replace(above, kind=_LABEL, end=below.end, label=label, words=words)
    return result


def _rows_of_one_word(items: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """The rows of a grid that hold one word or label, and blank slots besides."""
    start = 0
    for _, group in groupby(items, key=_ROW):
        row = list(group)
        kinds = list(map(_KIND, row))
        if kinds.count(_TEXT) + kinds.count(_LABEL) == 1 and _SLOT in kinds:
            word = kinds.index(_TEXT) if _TEXT in kinds else kinds.index(_LABEL)
            is_blank = all(item.is_blank for item in row if item.kind is _SLOT)
            if is_blank and row[word].grid_column is not None:
                yield start, start + len(row), start + word
        start += len(row)


def _is_above(item: Item, below: Item, last: Item) -> bool:
    """Whether an item stands above another one, in the row that ends with ``last``."""
    return item.row == last.row and item.grid_column == below.grid_column


def _is_whole(label: Label, first: Label | None, second: Label | None) -> bool:
    """Whether two parts are one label: one of them at most is one by itself, and it names no other row.

    Of 2.其他 + 法律行政法规禁止公开 each is one; but the ordinal is that of both together.
    """
    if first is not None and second is not None:
        has_ordinal = label.number is not None and first.number == label.number and second.number is None
        return has_ordinal and first.names_column and second.all_rows == label.all_rows
    if first is not None:
        return second is None and first.all_rows != label.all_rows
    return second is None or second.all_rows == label.all_rows

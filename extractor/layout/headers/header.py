"""Headers: which block of which edition a header is, and which orders of columns it admits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.headers.columns import columns_of
from extractor.layout.headers.header_words import Columns, HeaderWord, Order, group_of
from extractor.layout.headers.wide_header import labels_of, rows_of, wide_columns_of
from extractor.layout.items.items import Item, Kind
from extractor.layout.reading import ColumnLabel
from extractor.layout.words.form_words import is_of_corner
from extractor.layout.words.labels import Label
from extractor.layout.words.meanings import Role
from extractor.text.folding import fold_label, label_key
from rules.form import Block, BlockShape, Form, Table

# Looked at for every item: Python 3.11 takes longer to find a member of an Enum than to compare it.
_TEXT = Kind.TEXT
# The widest header has 15 columns, and a third of this where each character stands on a line of its own.
_MOST_ITEMS = 300


class HeaderMatch(NamedTuple):
    """A header read as that of one block.

    Attributes:
        orders: the orders of columns that it admits, of a wide block those under each row.
        columns: the label of each column that is there; of a wide block, of its first row's.
        rows: for a wide block, the label of each row that is there, from left to right.
        lacks: the columns that aren't there, where the others are as they should be.
        columns_at: the columns of a grid at which the labels stand, in the order of the form, of a wide block
            those of every row; empty where the page has no grid.
        row_end: the column of a grid at which the header's lines end.
        foreign_at: the columns of a grid that have a label which is none of the form.
        foreign: where the labels stand of the columns that the form hasn't, from left to right; None for one
            that numbers the rows. Empty where it isn't known which column is whose.
        is_put_together: whether labels are broken over lines or misprinted.
        may_be_usual: whether nothing that the header shows contradicts the form's own order.
        first_at: if it lacks labels, the column of a grid at which the form's first one then stands.
        is_disowned: whether the page says that the table's figures aren't the report's: another year's, void.
        disowned: the ids of the rows of which alone the page says so, by the labels above or beside them.
        is_told: whether another reader than the layout has told its columns.
    """

    form: Form
    table: Table
    block: Block
    orders: tuple[Order, ...]
    columns: dict[str, ColumnLabel]
    rows: dict[str, Span]
    lacks: frozenset[str] = frozenset()
    columns_at: tuple[int, ...] = ()
    row_end: int | None = None
    foreign_at: frozenset[int] = frozenset()
    foreign: tuple[Span | None, ...] = ()
    is_put_together: bool = False
    may_be_usual: bool = False
    first_at: int | None = None
    is_disowned: bool = False
    disowned: frozenset[str] = frozenset()
    is_told: bool = False

    @property
    def complete(self) -> bool:
        """Whether it admits one order only, and that has every column of the block."""
        return len(self.orders) == 1 and not self.lacks


def matches(header: Sequence[Item], text: str, forms: Sequence[Form]) -> list[HeaderMatch]:
    """Read a header as every block that has a column in it; complete ones first.

    Args:
        header: its items, in reading order.
        text: the document's text.
        forms: editions of one family.
    """
    read: list[HeaderMatch] = []
    if len(header) > _MOST_ITEMS:
        return read
    labels = [item.label for item in header if item.label is not None]
    named = _named_blocks(labels)
    # Editions share most of their blocks.
    known: dict[BlockShape, HeaderMatch | None] = {}
    for form in forms:
        for key, (table, block) in form.blocks.items():
            if key not in named:
                continue
            shape = form.shapes[key]
            if shape not in known:
                known[shape] = _match(header, text, form, table, block)
            match = known[shape]
            if match is not None:
                read.append(
                    match if match.form is form else match._replace(form=form, table=table, block=block)
                )
    return sorted(read, key=lambda match: (not match.complete, -len(match.columns)))


def _named_blocks(labels: Sequence[Label]) -> set[tuple[str, str]]:
    """The blocks that labels in a header name, by the ids of their tables and their own."""
    # Where all labels of columns are broken over lines, that of a group tells whose they are.
    named = {key for label in labels for key in (*label.columns, *label.wide_rows)} or {
        (meaning.table, meaning.block)
        for label in labels
        for meaning in label.meanings
        if meaning.role is Role.GROUP
    }
    # Blocks can have the same columns; a caption tells them apart.
    captions = {key for label in labels for key in label.captions}
    return named & captions if captions else named


def _match(header: Sequence[Item], text: str, form: Form, table: Table, block: Block) -> HeaderMatch | None:
    spanning = _spanning_item(header, table.id, block)
    words = _without_corner(_words(header, table.id, block), text, block, _corner(header, spanning))
    if block.orientation == "wide":
        return _wide_match(header, words, text, form, table, block)
    if all(word.is_stranger for word in words):
        return None
    columns = columns_of(words, block, text, spanning)
    if not columns.orders and not any(word.ids for word in words):
        return None
    lacks = columns.lacks if columns.orders else frozenset[str]()
    labels = {name: _column_label(item, columns) for name, item in columns.labels.items()}
    columns_at = _columns_at(columns, [column.id for column in block.columns])
    match = HeaderMatch(form, table, block, columns.orders, labels, {}, lacks, columns_at)
    foreign_at = frozenset(columns.at) - frozenset(columns_at) if columns_at else frozenset[int]()
    return match._replace(
        row_end=_row_end(columns),
        foreign_at=foreign_at,
        foreign=_foreign(words, columns, (table.id, block.id)),
        is_put_together=columns.has_broken,
        may_be_usual=_may_be_usual(columns, block) if lacks else columns.may_be_usual,
        first_at=_first_at(columns, block) if lacks else None,
    )


def _may_be_usual(columns: Columns, block: Block) -> bool:
    """Whether the labels of a header that lacks some stand where the form's own order has them."""
    if len(columns.orders) != 1:
        return False
    usual = {column.id: i for i, column in enumerate(block.columns)}
    shown = columns.orders[0]
    numbers = [usual[name] for name in shown if name is not None]
    if len(numbers) < len(shown) or numbers != sorted(numbers):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return not columns.at or steps == [after - before for before, after in pairwise(columns.at)]


def _first_at(columns: Columns, block: Block) -> int | None:
    """The column of the grid at which the form's first column stands, by the first label that is there."""
    name = columns.orders[0][0]
    usual = [column.id for column in block.columns]
    return columns.at[0] - usual.index(name) if columns.at and name is not None else None


def _wide_match(
    header: Sequence[Item], words: Sequence[HeaderWord], text: str, form: Form, table: Table, block: Block
) -> HeaderMatch | None:
    """A wide header has all columns once under the label of each row.

    Where merged cells are repeated, a row's label stands above each of its columns, and the columns
    of the first row, whose labels have no second line, stand once more.
    """
    rows = rows_of(header, table.id, block)
    shown = rows or labels_of(header, table.id, block)
    if not words or not (shown or any(word.ids for word in words)):
        return None
    columns = wide_columns_of(words, block, text)
    is_whole = len(rows) == len(block.rows)
    spans = {name: Span(item.start, item.end) for name, item in reversed(shown)}
    spans = dict(reversed(spans.items()))
    labels = {name: _column_label(item, columns) for name, item in columns.labels.items()}
    orders = columns.orders if is_whole else ()
    columns_at = columns.at if is_whole and columns.orders else ()
    match = HeaderMatch(form, table, block, orders, labels, spans, columns_at=columns_at)
    return match._replace(
        row_end=_row_end(columns),
        foreign_at=columns.foreign_at,
        is_put_together=columns.has_broken,
        may_be_usual=not shown and _has_usual_columns_only(header, columns, table.id, block),
    )


def _has_usual_columns_only(header: Sequence[Item], columns: Columns, table: str, block: Block) -> bool:
    """Whether a wide header has whole labels of all columns in the form's order, and no label of a group."""
    groups = {str(row.under) for row in block.rows if row.under is not None}
    has_group = any(
        item.label is not None
        and any((Role.GROUP, table, block.id, group) in item.label.meanings for group in groups)
        for item in header
    )
    usual = tuple(column.id for column in block.columns)
    is_whole = columns.orders == (usual,) and not columns.has_broken and not columns.foreign_at
    return is_whole and not has_group


def _words(header: Sequence[Item], table: str, block: Block) -> list[HeaderWord]:
    """What of a header may name columns of a block, or groups of them."""
    key, is_wide = (table, block.id), block.orientation == "wide"
    words = []
    for item in header:
        if item.label is None:
            words += [HeaderWord(item)] if item.kind is _TEXT else []
            continue
        named = item.label.columns.get(key, frozenset())
        ids = named & {column.id for column in block.columns}
        group = None if ids or is_wide else group_of(item, table, block)
        # A column that only another edition has is none of this one; what elsewhere names a column may be a
        # piece of a label here, as 其他 of 其他结果 is.
        is_piece = is_wide and bool(item.label.columns) and key not in item.label.wide_rows
        if named or group is not None or key in item.label.besides or is_piece:
            words.append(HeaderWord(item, ids, group))
    return _without_repeated_groups(words, block)


def _without_repeated_groups(words: list[HeaderWord], block: Block) -> list[HeaderWord]:
    """The words of a header without the label of a group that stands before each of its columns on a line.

    法人或其他组织(商业企业) 法人或其他组织(科研机构) … is one line of labels, each with its group's.
    """
    members = {column.id for column in block.columns if column.under is not None}
    before = [
        (word.group is not None and word.item.grid_column is None)
        and bool(following.ids)
        and following.ids <= members
        and following.item.row == word.item.row
        for word, following in pairwise(words)
    ]
    groups = sum(word.group is not None for word in words)
    if groups < 2 or sum(before) != groups:
        return words
    return [word for word in words if word.group is None]


class _Corner(NamedTuple):
    """What stands in the corner of a header, and above all of its columns.

    Attributes:
        label: the words of the corner itself, if the form has them.
        column: the column of the grid at which they stand, if there is one.
        spanning: the words above all columns, if they stand there.
    """

    label: Item | None
    column: int | None
    spanning: Item | None


def _corner(header: Sequence[Item], spanning: Item | None) -> _Corner:
    begins = [
        item
        for item in header
        if item.label is not None and item.label.begins_header and item is not spanning
    ]
    columns = (item.grid_column for item in begins if item.grid_column is not None)
    return _Corner(begins[0] if begins else None, min(columns, default=None), spanning)


def _spanning_item(header: Sequence[Item], table: str, block: Block) -> Item | None:
    """The words of a header that the form has above all columns of a block."""
    meant = {(table, block.id)}
    return next(
        (
            item
            for item in header
            if item.label is not None
            and not meant.isdisjoint(
                (meaning.table, meaning.block)
                for meaning in item.label.meanings
                if meaning.role is Role.SPANNING
            )
        ),
        None,
    )


def _without_corner(
    words: Sequence[HeaderWord], text: str, block: Block, corner: _Corner
) -> list[HeaderWord]:
    """Without the words of the corner above the row labels, and what stands above the labels.

    The first cell of a header line may hold any words, but where the corner's own stand further left in a
    grid; elsewhere they are of the corner if the form has them there. What stands beside the words above all
    columns is a column beside them.

    Args:
        words: of the header, in reading order.
        text: the document's text.
        block: whose header it may be.
        corner: what stands in its corner, and above all of its columns.
    """
    labels = [word.item for word in words if not word.is_stranger]
    if not labels:
        return list(words)
    known = [label_key(fold_label(words)) for words in (*block.captions, *block.corner, *block.spanning)]
    # Where all labels of columns are broken, they tell no lines of their own.
    are_broken = not any(word.ids for word in words)
    lines = {item.row for item in labels}
    first, last = labels[0].start, labels[-1].start
    sure = _surely_of_header(words, text, block)

    def is_among_labels(item: Item) -> bool:
        """Whether words stand on a line of labels, but not first there, or between the first and the last."""
        if are_broken or (corner.column is not None and (item.grid_column or 0) > corner.column):
            return True
        if item.row in lines:
            return not _is_first(item, text)
        return first < item.start < last or _is_beside_spanning(item, corner, text)

    return [
        word
        for word in words
        if word in sure
        or (is_among_labels(word.item) and not is_of_corner(_key_of(word.item, text), known))
        or _is_of_pieces(word.item, text, block, fewest=1 if word.item.start > last else 2)
        or _is_of_broken_label(word.item, words, text, block)
    ]


def _surely_of_header(words: Sequence[HeaderWord], text: str, block: Block) -> frozenset[HeaderWord]:
    """The words that are labels; and those that stand as often as a wide table has rows, pieces of labels."""
    labels = frozenset(word for word in words if not word.is_stranger or word.item.label is not None)
    if block.orientation != "wide":
        return labels
    keys = {word: _key_of(word.item, text) for word in words if word not in labels}
    times = Counter(keys.values())
    often = [word for word, key in keys.items() if times[key] == len(block.rows)]
    return labels.union(word for word in often if _is_of_pieces(word.item, text, block, fewest=1))


def _is_of_pieces(item: Item, text: str, block: Block, fewest: int) -> bool:
    """Whether words are pieces of labels of columns: 结果 结果 其他 尚未.

    Args:
        item: the words.
        text: the document's text.
        block: whose columns they may name.
        fewest: how many words there are at least.
    """
    labels = _keys_of_columns(block)
    keys = [label_key(fold_label(word)) for word in text[item.start : item.end].split()]
    return len(keys) >= fewest and all(any(key in label for label in labels) for key in keys)


def _is_of_broken_label(item: Item, words: Sequence[HeaderWord], text: str, block: Block) -> bool:
    """Whether words end a column's label that begins further up, or begin one that ends further down.

    The first words of a line, as 人 below 自然, and those above all whole labels.

    Args:
        item: the words.
        words: of the header, in reading order.
        text: the document's text.
        block: whose columns they may name.
    """
    key = _key_of(item, text)
    strangers = [word.item for word in words if word.is_stranger]
    above = _pieces_of([other for other in strangers if other.row < item.row], text)
    below = _pieces_of([other for other in strangers if other.row > item.row], text)
    return any(
        (label.endswith(key) and _is_made_of(label.removesuffix(key), above))
        or (label.startswith(key) and _is_made_of(label.removeprefix(key), below))
        for label in _keys_of_columns(block)
    )


def _pieces_of(items: Sequence[Item], text: str) -> frozenset[str]:
    """The keys of the words of some items."""
    words = (word for item in items for word in text[item.start : item.end].split())
    return frozenset(label_key(fold_label(word)) for word in words) - {""}


def _is_made_of(key: str, pieces: frozenset[str]) -> bool:
    """Whether a key is one or more pieces, one after the other."""
    return any(
        key == piece or (key.startswith(piece) and _is_made_of(key.removeprefix(piece), pieces))
        for piece in pieces
    )


def _keys_of_columns(block: Block) -> list[str]:
    """The keys of the labels of columns in every wording."""
    return [
        label_key(fold_label(label)) for column in block.columns for label in (column.label, *column.variants)
    ]


def _is_beside_spanning(item: Item, corner: _Corner, text: str) -> bool:
    """Whether words stand beside those that stand above all columns, and not in the corner."""
    label, spanning = corner.label, corner.spanning
    if spanning is None:
        return False
    if item.row == spanning.row:
        return not _is_first(item, text)
    return label is not None and label.start < item.start < spanning.start


def _is_first(item: Item, text: str) -> bool:
    """Whether nothing stands before an item on its line of the text, but for a mark."""
    before = text[text.rfind("\n", 0, item.start) + 1 : item.start].strip()
    return len(before) <= 1 and not before.isalnum()


def _key_of(item: Item, text: str) -> str:
    """The key of the words of an item."""
    return label_key(fold_label(text[item.start : item.end]))


def _columns_at(columns: Columns, usual: Sequence[str]) -> tuple[int, ...]:
    """The columns of the grid at which the labels stand, in the order of the form."""
    if not columns.at or len(columns.orders) != 1:
        return ()
    at = {
        name: column for name, column in zip(columns.orders[0], columns.at, strict=True) if name is not None
    }
    return tuple(at[name] for name in usual) if at.keys() == set(usual) else ()


def _foreign(words: Sequence[HeaderWord], columns: Columns, key: tuple[str, str]) -> tuple[Span | None, ...]:
    """Where the labels of the columns stand that the form hasn't, where the header admits one order.

    Args:
        words: of the header, in reading order.
        columns: what they say of the columns.
        key: the ids of table and block.
    """
    strangers = [word.item for word in words if word.is_stranger]
    if len(columns.orders) != 1 or columns.orders[0].count(None) != len(strangers):
        return ()
    strangers.sort(key=lambda item: (item.grid_column or 0, item.start))
    codes = [item.label is not None and key in item.label.codes for item in strangers]
    return tuple(
        None if is_code else Span(item.start, item.end)
        for item, is_code in zip(strangers, codes, strict=True)
    )


def _row_end(columns: Columns) -> int | None:
    """The column of a grid at which the lines of the labels end."""
    ends = [item.last_grid_column for item in columns.labels.values() if item.last_grid_column is not None]
    return max((*ends, *columns.foreign_at), default=None) if columns.at else None


def _column_label(item: Item, columns: Columns) -> ColumnLabel:
    unit = item.label.unit if item.label is not None else None
    return ColumnLabel(Span(item.start, item.end), unit, columns.has_broken or item.label is None)

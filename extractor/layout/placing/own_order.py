"""Tables whose rows stand in an order of the page's own: their labels are whole, and no order is needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.layout.placing.page_table import Candidate, PageTable
from extractor.layout.words.labels import Label
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label, label_key
from extractor.text.numerals import value_of
from rules.form import Block


def every_row_is_named(table: PageTable) -> bool:
    """Whether each row that the page can have stands there once, its whole label on the line of its figures.

    Where a row has lost its label, or has another one's, a second row lacks its own: a label that stands
    elsewhere than the form has it may then be the wrong one. Where none is missing, none is left over that
    could be another row's.

    Args:
        table: what the page shows of a block.
    """
    named = [one for one, name in zip(table.candidates, table.names, strict=True) if name is not None]
    lines = {candidate.row.slots[0].row for candidate in named}
    return (
        len(named) == len(lines) == len(table.rows)
        and set(table.names) - {None} == table.index.keys()
        and all(_stands_on_its_line(candidate, table.text) for candidate in named)
        and all(one.row.head is not None for one in table.candidates if one.row.figures)
        and not any(_names_row(item.label, table) for item in table.loose if item.label is not None)
    )


def _stands_on_its_line(candidate: Candidate, text: str) -> bool:
    """Whether a row has its label in one piece, and all its figures behind that on one line."""
    row = candidate.row
    head = row.head
    if head is None or head.words is not None:
        return False
    in_one_cell = head.grid_column is not None or "\n" not in text[head.start : head.end]
    return in_one_cell and "\n" not in text[head.end : row.slots[-1].end]


def _names_row(label: Label, table: PageTable) -> bool:
    """Whether a label without figures names a row of the block, and no column."""
    return not label.names_column and not label.all_rows.isdisjoint(table.index.keys())


def names_by_itself(table: PageTable, position: int) -> bool:
    """Whether the label of a row says by itself which row it is, wherever it stands.

    What can name a column, too, doesn't, 其他 and 总计, but with the ordinal that the form gives to it alone:
    (七)总计, and not 3.其他.

    Args:
        table: what the page shows of a block.
        position: of the row's candidate, which names one row.
    """
    name, head = table.names[position], table.candidates[position].row.head
    if name is None or head is None:
        return False
    _, words = ordinal(fold_label(table.text[head.start : head.end]))
    if label_key(words) not in _keys_of_columns(table.block):
        return True
    number = table.rows[table.index[name]].number
    return has_own_ordinal(table, position) and sum(row.number == number for row in table.rows) == 1


def _keys_of_columns(block: Block) -> Iterator[str]:
    """The keys of all labels of a block's columns."""
    return (label_key(fold_label(words)) for one in block.columns for words in (one.label, *one.variants))


def has_own_ordinal(table: PageTable, position: int) -> bool:
    """Whether the ordinal that the form gives a row stands before its label.

    Args:
        table: what the page shows of a block.
        position: of the row's candidate, which names one row.
    """
    name, head = table.names[position], table.candidates[position].row.head
    number = table.rows[table.index[name]].number if name is not None else None
    label = head.label if head is not None else None
    return number is not None and label is not None and label.number == label_key(number)


def goes_with_its_group(table: PageTable, position: int) -> bool:
    """Whether a row stands beside one of its group and, if it has an ordinal, counts on from it, or to it.

    So (一)总计 does before (二)予以公开, in an order of the page's own. What counts on from a row of another
    group, 9.其他 behind 8.…, is one more row of that group.

    Args:
        table: what the page shows of a block.
        position: of the row's candidate, which names one row.
    """
    group, own = _group(table, position), _number(table, position)
    places = (position - 1, position + 1)
    beside = [place for place in places if group is not None and _group(table, place) == group]
    if own is None or not beside:
        return bool(beside) and _needs_no_ordinal(table, position)
    before, behind = (_number(table, place) if place in beside else None for place in places)
    is_first, is_next = before is None and own == 1, before == own - 1
    return (is_next and behind in (None, own + 1)) or (is_first and behind == own + 1)


def _needs_no_ordinal(table: PageTable, position: int) -> bool:
    """Whether the page has left out the ordinal before a row's label as it has before those of other rows."""
    name = table.names[position]
    return name is not None and not table.has_wrong_ordinal(table.candidates[position], name)


def _number(table: PageTable, position: int) -> int | Decimal | None:
    """The ordinal before the label of a row of the page as a number; None if it has none."""
    head = table.candidates[position].row.head
    label = head.label if head is not None else None
    return value_of(label.number) if label is not None and label.number is not None else None


def _group(table: PageTable, position: int) -> str | None:
    """The group of the form's row that a row's label names; None if it names none, or has no group."""
    name = table.names[position] if 0 <= position < len(table.names) else None
    return table.rows[table.index[name]].under if name is not None else None

"""Years above the figures of a list of indicators: the report's own names the form's column, 统计数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from extractor.layout.items.items import Item, Kind
from extractor.layout.words.labels import Label, LabelIndex
from extractor.layout.words.meanings import Role
from extractor.layout.words.other_year import year_of_title
from extractor.text.folding import fold_label
from rules.form import Form

_YEAR = re.compile(r"(20\d\d)年度?(?:数|统计数|实际)?")
_LONGEST = 12


def with_years_as_columns(
    items: Sequence[Item], text: str, forms: Sequence[Form], index: LabelIndex
) -> list[Item]:
    """Items, the report's own year in the header of a list of indicators as the label of the form's column.

    The header begins with words of the form's corner, and has no label of a column; of which year the report
    is, its title says.

    Args:
        items: of a document, in reading order.
        text: the document's text.
        forms: editions of one family.
        index: their labels.
    """
    label = _label_of_column(forms, index)
    if label is None:
        return [*items]
    named: list[Item] = []
    for _, line in groupby(items, key=attrgetter("row")):
        cells = [*line]
        own = [item for item in cells if item.label is None and is_own_year(text, item.start, item.end)]
        if _begins_header(cells) and len(own) == 1:
            place = cells.index(own[0])
            cells[place] = replace(own[0], kind=Kind.LABEL, label=label)
        named += cells
    return named


def is_own_year(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is nothing but the year that the report's title names.

    Args:
        text: the document's text.
        start: of the place.
        end: of the place.
    """
    found = _YEAR.fullmatch(fold_label(text[start:end])) if end - start <= _LONGEST else None
    return found is not None and int(found[1]) == year_of_title(text)


def _label_of_column(forms: Sequence[Form], index: LabelIndex) -> Label | None:
    """What names the one column of the lists of indicators; None if none of the forms is such a list."""
    blocks = [[block for table in form.tables for block in table.blocks] for form in forms]
    lists = [own[0].columns[0].label for own in blocks if all(len(block.columns) == 1 for block in own)]
    labels = [label for words in lists if (label := index.find(words)) is not None]
    meanings = [one for label in labels for one in label.meanings if one.role is Role.COLUMN]
    return Label(tuple(dict.fromkeys(meanings)), None, None) if meanings else None


def _begins_header(cells: Sequence[Item]) -> bool:
    """Whether a line begins with words of a corner, and none of its words names a column."""
    labels = [item.label for item in cells if item.label is not None]
    begins = bool(cells) and cells[0].label is not None and cells[0].label.begins_header
    return begins and not any(label.names_column or label.names_row for label in labels)

"""Forms whose labels may be worded otherwise, too: as one page words them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

from rules.form import Block, Element, Form

E = TypeVar("E", bound=Element)

# By the ids of table and block: other words for the labels of columns, or rows, by id.
LabelWords: TypeAlias = Mapping[tuple[str, str], Mapping[str, str]]


def relabelled(form: Form, columns: LabelWords, rows: LabelWords) -> Form:
    """A form with more wordings of some labels; it isn't checked anew, and is for reading one page.

    Args:
        form: that stays as it is.
        columns: what the page calls columns.
        rows: what it calls rows.
    """
    tables = tuple(
        table.model_copy(
            update={
                "blocks": tuple(
                    _block(block, columns.get((table.id, block.id)), rows.get((table.id, block.id)))
                    for block in table.blocks
                )
            }
        )
        for table in form.tables
    )
    # Not copied: what a form knows of its tables is kept with it.
    return Form.model_construct(**{**dict(form), "tables": tables})


def _block(block: Block, columns: Mapping[str, str] | None, rows: Mapping[str, str] | None) -> Block:
    return block.model_copy(
        update={
            "columns": tuple(_element(column, columns or {}) for column in block.columns),
            "rows": tuple(_element(row, rows or {}) for row in block.rows),
        }
    )


def _element(element: E, words: Mapping[str, str]) -> E:
    called = words.get(element.id)
    if called is None:
        return element
    return element.model_copy(update={"variants": (*element.variants, called)})

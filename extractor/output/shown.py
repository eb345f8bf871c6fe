"""Which tables and blocks of a form are shown of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.form import Block, Form, Table


def shown_blocks(
    table_id: str, addresses: set[str], forms: Sequence[Form], preferred: Form | None
) -> Iterator[tuple[Table, list[Block]]]:
    """The blocks of one table that have cells here, each from the edition whose columns they have.

    Args:
        table_id: of the table.
        addresses: of the cells that there are of it.
        forms: that the report may follow.
        preferred: the form that it follows as a whole; None if that isn't known.
    """
    found: dict[str, Block] = {}
    title: Table | None = None
    for form in sorted(forms, key=lambda form: form is not preferred):
        for table in form.tables:
            if table.id == table_id:
                title = title or table
                for block in table.blocks:
                    if block.id not in found and _has_cells(table, block, addresses):
                        found[block.id] = block
    if title is not None and found:
        yield title, list(found.values())


def _has_cells(table: Table, block: Block, addresses: set[str]) -> bool:
    """Whether some rows of a block are there, and these with all of its columns and no other."""
    columns = {column.id for column in block.columns}
    shown = {
        row.id: {a.rpartition(".")[2] for a in addresses if a.rpartition(".")[0] == f"{table.id}.{row.id}"}
        for row in block.rows
    }
    return any(shown.values()) and all(ids in (set(), columns) for ids in shown.values())

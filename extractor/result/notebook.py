"""A result as a notebook shows it: the form with its figures and statuses, and what was found.

It knows the built-in forms; cells of others stand under their addresses. Words of the program (statuses,
verdicts) are those of the JSON; labels and messages are Chinese, as the reports are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from extractor.result.cells import Cell, Status
from extractor.result.findings import Finding
from rules.form import Block, Table
from rules.loader import all_built_in_forms

# The sign and the colour of each status; the sign is for who sees no colour.
_LOOKS = {
    Status.CONFIRMED: ("✓", "#1a7352"),
    Status.UNCHECKED: ("○", "#5b6b7b"),
    Status.AS_PRINTED: ("!", "#a14b00"),
    Status.DISPUTED: ("?", "#b3261e"),
    Status.ABSENT: ("×", "#6d3a8c"),
    Status.ACCEPTED: ("=", "#1f5fa8"),
    Status.CORRECTED: ("~", "#1f5fa8"),
}
_CELL = "border:1px solid #8886;padding:1px 6px;text-align:right"
_LABEL = "border:1px solid #8886;padding:1px 6px;text-align:left"
# Of more findings the first are shown; the JSON has all.
_MOST_FINDINGS = 50


def html_of(
    title: str,
    verdict: str,
    edition: tuple[str | None, str | None, Mapping[str, str]],
    cells: Sequence[Cell],
    findings: Sequence[Finding],
) -> str:
    """HTML without any script, in which everything that a report says is escaped.

    Args:
        title: whose report it is, and of which year.
        verdict: on it.
        edition: the family and edition of the form, and the editions of blocks that follow another.
        cells: of the result.
        findings: errors, warnings and remarks, in order.
    """
    counts = Counter(cell.status for cell in cells)
    legend = "　".join(
        _status(status, f"{status.value} {counts[status]}") for status in _LOOKS if counts[status]
    )
    parts = [f"<div><b>{escape(title)}</b>　{escape(verdict)}</div>", f"<div>{legend}</div>"]
    parts += _findings(findings)
    left = {cell.address: cell for cell in cells}
    for table, block in _blocks(*edition):
        parts += _block(table, block, left)
    if left:
        rows = (f"<tr><th style='{_LABEL}'>{escape(a)}</th>{_figure(cell)}</tr>" for a, cell in left.items())
        parts.append(f"<table style='border-collapse:collapse'>{''.join(rows)}</table>")
    return f"<div style='line-height:1.5'>{''.join(parts)}</div>"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    items = [
        f"<li><code>{escape(finding.rule)}</code> {escape(finding.message.zh)}</li>"
        for finding in findings[:_MOST_FINDINGS]
    ]
    if len(findings) > _MOST_FINDINGS:
        items.append(f"<li>… {len(findings) - _MOST_FINDINGS}</li>")
    yield f"<ul style='margin:4px 0'>{''.join(items)}</ul>"


def _blocks(
    family: str | None, edition: str | None, editions: Mapping[str, str]
) -> Iterator[tuple[Table, Block]]:
    """The blocks of the form, each of the edition that the report follows in it."""
    for form in all_built_in_forms():
        for (table_id, block_id), (table, block) in form.blocks.items():
            followed = editions.get(f"{table_id}.{block_id}", edition)
            if (form.family, form.edition) == (family, followed):
                yield table, block


def _block(table: Table, block: Block, left: dict[str, Cell]) -> Iterator[str]:
    """One block as a table; its cells are taken from those that are left."""
    rows = []
    for row in block.rows:
        addresses = [f"{table.id}.{row.id}.{column.id}" for column in block.columns]
        if not all(address in left for address in addresses):
            continue
        figures = "".join(_figure(left.pop(address)) for address in addresses)
        label = escape((row.number or "") + row.label)
        rows.append(f"<tr><th style='{_LABEL}'>{label}</th>{figures}</tr>")
    if rows:
        heads = _heads(column.label for column in block.columns)
        yield (
            f"<table style='border-collapse:collapse;margin:6px 0'><caption style='text-align:left'>"
            f"{escape(table.title.zh)}</caption>{heads}{''.join(rows)}</table>"
        )


def _heads(labels: Iterable[str]) -> str:
    heads = "".join(f"<th style='{_CELL}'>{escape(label)}</th>" for label in labels)
    return f"<tr><th style='{_LABEL}'></th>{heads}</tr>"


def _figure(cell: Cell) -> str:
    shown = escape(cell.printed) if cell.printed else f"({cell.state.value})"
    title = escape(f"{cell.address} {cell.status.value}", quote=True)
    return f'<td style="{_CELL}" title="{title}">{shown} {_status(cell.status, "")}</td>'


def _status(status: Status, words: str) -> str:
    sign, colour = _LOOKS[status]
    return f"<span style='color:{colour}'>{sign} {escape(words)}</span>"

"""Planted errors: a report's text changed at one place that the gold knows.

Nothing here asks the program where a cell is; places come from the gold alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from eval.gold.cases import Case, GoldCell
from eval.gold.claims import GoldClaim

_WORD = re.compile(r"\w")


def with_figures(case: Case, printed: dict[str, str]) -> str:
    """The report with other figures in some cells (address → what to print there)."""
    changes = [(cell, printed[cell.address]) for cell in case.cells if cell.address in printed]
    return _replaced(
        case, ((case.offset(cell.line, cell.column), cell.printed, new) for cell, new in changes)
    )


def increased(case: Case, cell: GoldCell) -> str:
    """The report with one cell larger by one."""
    return with_figures(case, {cell.address: str(int(cell.printed) + 1)})


def exchanged(case: Case, first: list[str], second: list[str]) -> tuple[str, dict[str, str]]:
    """The report with the figures of two rows or columns exchanged, and what it then prints."""
    gold = {cell.address: cell.printed for cell in case.cells}
    printed = {a: gold[b] for a, b in zip(first + second, second + first, strict=True)}
    return with_figures(case, printed), printed


def with_claim(case: Case, claim: GoldClaim, printed: str) -> str:
    """The report with another number in its free text."""
    return _replaced(case, [(claim.start, claim.printed, printed)])


def relabelled(case: Case, row: str, label: str) -> str:
    """The report with other words for one row's label."""
    old = next(one for one in case.labels if one.row == row)
    return _replaced(case, [(case.offset(old.line, old.column), old.printed, label)])


def without_row(case: Case, row: str) -> str:
    """The report without one row: its label, its figures, and the merged cells' leftovers."""
    label = next(one for one in case.labels if one.row == row)
    last = max(cell.line for cell in case.cells if cell.row == row)
    while last < len(case.lines) and not _WORD.search(case.lines[last]):
        last += 1
    head = case.lines[label.line - 1][: label.column - 1]
    kept = [head] if _WORD.search(head) else []
    return "\n".join([*case.lines[: label.line - 1], *kept, *case.lines[last:]])


def cut_at(case: Case, line: int) -> str:
    """The first lines of the report."""
    return "\n".join(case.lines[:line])


def _replaced(case: Case, changes: Iterable[tuple[int, str, str]]) -> str:
    text = case.text
    for offset, old, new in sorted(changes, reverse=True):
        if text[offset : offset + len(old)] != old:
            raise ValueError(f"{case.name}: the gold says {old!r} at {offset}, the page doesn't")
        text = text[:offset] + new + text[offset + len(old) :]
    return text

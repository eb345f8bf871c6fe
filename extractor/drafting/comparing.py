"""Two forms told apart: rows and columns added, gone and renamed, rules that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rules.form import Element, Form


class Difference(NamedTuple):
    """What differs between two forms.

    Attributes:
        change: ``added``, ``gone``, ``renamed`` or ``changed``.
        what: ``row``, ``column`` or ``rule``.
        id: with its table, but for a rule.
        before, after: what it is called in each; empty where it isn't.
    """

    change: str
    what: str
    id: str
    before: str
    after: str


def differences(before: Form, after: Form) -> Iterator[Difference]:
    """What an edition of a form changes.

    Args:
        before: the earlier one.
        after: the later one.

    Yields:
        Rows, then columns, then rules, each in the order of the earlier form, what was added last. Rows and
        columns with the same id are the same; one with another id and the same label was renumbered, and is
        told as gone and added.
    """
    yield from _of("row", _rows(before), _rows(after))
    yield from _of("column", _columns(before), _columns(after))
    rules = [
        {rule.id: f"{rule.severity} {rule.expression}" for rule in form.rules} for form in (before, after)
    ]
    for name, expression in rules[0].items():
        later = rules[1].get(name)
        if later != expression:
            yield Difference("gone" if later is None else "changed", "rule", name, expression, later or "")
    for name in rules[1].keys() - rules[0].keys():
        yield Difference("added", "rule", name, "", rules[1][name])


def _rows(form: Form) -> dict[str, Element]:
    return {
        f"{table.id}.{row.id}": row for table in form.tables for block in table.blocks for row in block.rows
    }


def _columns(form: Form) -> dict[str, Element]:
    return {
        f"{table.id}.{block.id}.{column.id}": column
        for table in form.tables
        for block in table.blocks
        for column in block.columns
    }


def _of(what: str, before: Mapping[str, Element], after: Mapping[str, Element]) -> Iterator[Difference]:
    for name, element in before.items():
        later = after.get(name)
        if later is None:
            yield Difference("gone", what, name, element.label, "")
        elif later.label != element.label:
            yield Difference("renamed", what, name, element.label, later.label)
    for name, element in after.items():
        if name not in before:
            yield Difference("added", what, name, "", element.label)

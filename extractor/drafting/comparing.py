"""Two forms told apart: rows and columns added, gone, renamed and under other ids, rules that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from rules.form import Form, Row

# A row or column by its label and those of what it stands below, from the outermost on.
_Labels: TypeAlias = tuple[str, ...]


class Difference(NamedTuple):
    """What differs between two forms.

    Attributes:
        change: ``added``, ``gone``, ``renamed``, ``moved`` (under another id) or ``changed``.
        what: ``row``, ``column`` or ``rule``.
        id: with its table, but for a rule.
        before, after: what it is called in each, of one that was moved its label and its later id; empty
            where it isn't.
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
        columns with the same label below the same one are the same, else those with the same id. A rule that
        names its cells by their later ids isn't changed.
    """
    rows, columns = (_rows(before), _rows(after)), (_columns(before), _columns(after))
    moved = _moved(*rows)
    yield from _of("row", *rows, moved)
    yield from _of("column", *columns, _moved(*columns))
    yield from _of_rules(before, after, moved)


def _rows(form: Form) -> dict[str, _Labels]:
    return {
        f"{table.id}.{row.id}": (table.id, *_labels(row, {one.id: one for one in block.rows}))
        for table in form.tables
        for block in table.blocks
        for row in block.rows
    }


def _labels(row: Row, rows: Mapping[str, Row]) -> _Labels:
    above = rows.get(row.within) if row.within is not None else None
    return (*(_labels(above, rows) if above is not None else ()), row.label)


def _columns(form: Form) -> dict[str, _Labels]:
    return {
        f"{table.id}.{block.id}.{column.id}": (table.id, block.id, column.label)
        for table in form.tables
        for block in table.blocks
        for column in block.columns
    }


def _moved(before: Mapping[str, _Labels], after: Mapping[str, _Labels]) -> dict[str, str]:
    """The later ids of what has another one."""
    names = {labels: name for name, labels in after.items()}
    return {
        name: names[labels]
        for name, labels in before.items()
        if labels in names and after.get(name) != labels and before.get(names[labels]) != labels
    }


def _of(
    what: str, before: Mapping[str, _Labels], after: Mapping[str, _Labels], moved: Mapping[str, str]
) -> Iterator[Difference]:
    taken = {*moved.values()}
    for name, labels in before.items():
        later = after.get(name) if name not in taken else None
        if name in moved:
            yield Difference("moved", what, name, labels[-1], moved[name])
        elif later is None:
            yield Difference("gone", what, name, labels[-1], "")
        elif later[-1] != labels[-1]:
            yield Difference("renamed", what, name, labels[-1], later[-1])
    for name, labels in after.items():
        if name not in taken and (name not in before or name in moved):
            yield Difference("added", what, name, "", labels[-1])


def _of_rules(before: Form, after: Form, moved: Mapping[str, str]) -> Iterator[Difference]:
    rules = [
        {rule.id: f"{rule.severity} {rule.expression}" for rule in form.rules} for form in (before, after)
    ]
    ids = "|".join(re.escape(name) for name in sorted(moved, key=len, reverse=True))
    address = re.compile(rf"(?<![\w.])(?:{ids})(?=\.)") if moved else None
    for name, expression in rules[0].items():
        later = rules[1].get(name)
        same = address.sub(lambda match: moved[match[0]], expression) if address is not None else expression
        if later != same:
            yield Difference("gone" if later is None else "changed", "rule", name, expression, later or "")
    for name in rules[1].keys() - rules[0].keys():
        yield Difference("added", "rule", name, "", rules[1][name])

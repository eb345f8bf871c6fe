"""Parts that some pages count beside a row that others count them in: 信息不存在, beside 不予公开.

The page says which it does by the order of its rows, and its figures bear that out in both balances. One
wrong figure of the row between them would break both by as much, too, but then its parts stand where they
always do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from extractor.documents.document import Span
from rules.confront import BoundRule, Confrontation, Outcome
from rules.form import Moved


class Printed(Protocol):
    """What is needed to know of a cell; ``span`` is None if it isn't on the page."""

    @property
    def value(self) -> int | Decimal | None:
        """Its number."""

    @property
    def span(self) -> Span | None:
        """Its characters in the document."""


def with_moved_parts(
    confrontations: Sequence[Confrontation], cells: Mapping[str, Printed]
) -> tuple[Confrontation, ...]:
    """Rules put to cells; undecided those that hold once parts are counted where the page counts them.

    Args:
        confrontations: of one form.
        cells: by address.
    """
    violated = {one.bound.rule.id: one for one in confrontations if one.outcome is Outcome.VIOLATED}
    undecided: set[str] = set()
    for one in violated.values():
        moved = one.bound.rule.moved
        inner = violated.get(moved.balance) if moved is not None else None
        if moved is not None and inner is not None and _are_moved(one, inner, moved, cells):
            undecided |= {one.bound.id, inner.bound.id}
    return tuple(
        one._replace(outcome=Outcome.UNDECIDED) if one.bound.id in undecided else one
        for one in confrontations
    )


def _are_moved(
    outer: Confrontation, inner: Confrontation, moved: Moved, cells: Mapping[str, Printed]
) -> bool:
    """Whether all parts that may be moved are what the outer balance lacks, and the inner one has too much.

    Where the inner one has no other parts, none of its own is on the page: it has no sum. If it is short of
    all of them, a single wrong figure of its whole would look the same.
    """
    lacking, surplus = _missing(outer), -_missing(inner)
    parts = [address for address in inner.bound.operands if address in inner.bound.subtracted]
    others = [address for address in parts if address not in moved.cells]
    own = [address for address in parts if address in moved.cells]
    total = sum((Fraction(cells[address].value or 0) for address in own), Fraction(0))
    if lacking != total or not own:
        return False
    return surplus == total and _stand_apart(inner.bound, own, others, cells) if others else surplus != total


def _missing(one: Confrontation) -> Fraction:
    """By how much the left side of a violated rule is more than the right one."""
    return one.left - one.right if one.left is not None and one.right is not None else Fraction(0)


def _stand_apart(
    bound: BoundRule, own: Sequence[str], others: Sequence[str], cells: Mapping[str, Printed]
) -> bool:
    """Whether parts stand before their whole, or behind all others of its parts."""
    whole = [start for address in bound.added if (start := _start(address, cells)) is not None]
    behind = [start for address in others if (start := _start(address, cells)) is not None]
    starts = [start for address in own if (start := _start(address, cells)) is not None]
    if not whole or len(starts) < len(own):
        return False
    return all(start < min(whole) or start > max([*whole, *behind]) for start in starts)


def _start(address: str, cells: Mapping[str, Printed]) -> int | None:
    """Where a cell stands in the document's text; None if it isn't on the page."""
    span = cells[address].span
    return span.start if span is not None else None

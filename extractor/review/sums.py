"""The rules of the form put to the cells of a result, with the terms of their sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.result.extraction import Extraction
from extractor.verify.moved_parts import with_moved_parts
from rules.confront import Confrontation, bound_rules, confront
from rules.expression import Linear, linear
from rules.form import Form


class JudgedRule(NamedTuple):
    """An edit rule at one place, and what came of it.

    Attributes:
        confrontation: its outcome, with the cells that it names.
        left, right: how often each cell counts on its left and on its right side; None where that is no sum
            (a share, a product).
    """

    confrontation: Confrontation
    left: Linear | None
    right: Linear | None


def judged_rules(extraction: Extraction, form_of: Mapping[str, Form]) -> Iterator[JudgedRule]:
    """Every rule that is about cells of a result.

    Args:
        extraction: the result.
        form_of: the edition that each cell was read by, by address.
    """
    cells = {cell.address: cell for cell in extraction.cells}
    for form in dict.fromkeys(form_of.values()):
        expected = {address for address, own in form_of.items() if own is form}
        blocks = {(place.table.id, place.block.id) for place in map(form.places.__getitem__, expected)}
        # Alternatives that the page didn't choose: sums go without them.
        left_out = {
            address
            for address, place in form.places.items()
            if (place.table.id, place.block.id) in blocks and address not in expected
        }
        rules = bound_rules(form, frozenset(left_out))
        found = confront([rule for rule in rules if expected.issuperset(rule.operands)], cells)
        for confrontation in with_moved_parts(found, cells):
            bound = confrontation.bound
            yield JudgedRule(confrontation, linear(bound.left), linear(bound.right))

"""All mutations, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Sequence

from eval.adversary import (
    asides,
    behind,
    columns,
    cuts,
    looks,
    rows,
    scopes,
    sentences,
    versions,
    words,
    years,
)
from eval.adversary.registry import MUTATIONS, Mutation
from extractor.errors import SelectionError

# Each enters its own when it is imported; within a stage they are applied in this order.
_MODULES = [
    module.__name__
    for module in (columns, rows, cuts, years, words, looks, behind, scopes, asides, sentences, versions)
]


def all_mutations() -> list[Mutation]:
    """Every mutation, in the order in which they are applied."""
    return sorted(MUTATIONS.values(), key=lambda one: (one.stage, _MODULES.index(one.change.__module__)))


def mutations_named(names: Sequence[str]) -> list[Mutation]:
    """Mutations in the order in which they are applied.

    Args:
        names: theirs; all there are, if there are none.

    Raises:
        SelectionError: if there is none of such a name.
    """
    for name in names:
        if name not in MUTATIONS:
            raise SelectionError(
                f"没有名为 {name} 的变形。可用的有：{'、'.join(MUTATIONS)}。",
                f"there is no mutation {name}; there are: {', '.join(MUTATIONS)}",
            )
    return [one for one in all_mutations() if not names or one.name in names]

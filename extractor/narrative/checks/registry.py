"""All rules on the free text; a new one is a module beside this, a line here, and its words in rules/."""

from __future__ import annotations

from extractor.narrative.checks import (
    all_shares,
    arithmetic,
    cells,
    dates,
    growth,
    last_year,
    parts,
    shares,
    twice,
)
from extractor.narrative.checks.contract import RelationCheck, TextCheck
from extractor.result.narrative import RelationKind

RELATION_CHECKS: tuple[RelationCheck, ...] = (
    parts.CHECK,
    shares.CHECK,
    growth.CHECK,
    cells.CHECK,
    twice.CHECK,
    arithmetic.CHECK,
)
TEXT_CHECKS: tuple[TextCheck, ...] = (dates.CHECK, all_shares.CHECK)

# The check of each kind of relation.
CHECK_OF: dict[RelationKind, RelationCheck] = {
    kind: check for check in RELATION_CHECKS for kind in check.kinds
}
# The ids of all rules.
RULES: tuple[str, ...] = (
    *(rule for check in RELATION_CHECKS for rule in check.rules),
    *(rule for check in TEXT_CHECKS for rule in check.rules),
    *last_year.RULES,
)

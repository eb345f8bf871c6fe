"""Numbers that the tables print, too: the text states the same."""

from __future__ import annotations

from fractions import Fraction

from extractor.narrative.checks.contract import RelationCheck, ReportText
from extractor.narrative.checks.messages import Words, amount, by_language, names
from extractor.narrative.checks.numbers import quantity, stated, times
from extractor.narrative.claims.units import MONEY
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.claims import AtLeast, Judgement, same


def _judge(text: ReportText, relation: Relation) -> Judgement | None:
    claim, addresses = text.claim(relation), relation.addresses
    claimed, actual = quantity(claim), stated(addresses, text.cells)
    if claim.measure is not Measure.COUNT or claimed is None or actual is None or not addresses:
        return None
    in_money = {text.cells[address].unit in MONEY for address in addresses}
    if in_money != {claim.unit in MONEY}:
        # An amount of which one of the two doesn't state the unit.
        return None
    return same(times(claimed, MONEY.get(claim.unit or "", 1)), actual)


def _words(text: ReportText, relation: Relation, judgement: Judgement) -> tuple[Judgement, Words]:
    unit = text.claim(relation).unit
    scale = MONEY.get(unit or "", 1)
    actual, difference = judgement.follows or Fraction(0), judgement.difference or Fraction(0)
    is_bound = isinstance(stated(relation.addresses, text.cells), AtLeast)
    return judgement, by_language(
        cell=names(text.forms, relation.addresses),
        actual=amount(actual / scale, unit, is_bound=is_bound),
        difference=amount(abs(difference) / scale, unit),
    )


CHECK = RelationCheck(frozenset({RelationKind.CELL}), ("narrative-same-as-cell",), _judge, _words)

"""What the rules say of a reading: which hold, which cells are suspects, and how certain that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from extractor.layout.reading import ReadBlock
from extractor.result.findings import Cause
from extractor.verify.cells import CheckedCell
from extractor.verify.local_rows import LocalFigures, with_local_figures
from extractor.verify.moved_parts import with_moved_parts
from rules.confront import BoundRule, Confrontation, Outcome, Stated, bound_rules, confront
from rules.form import Form
from rules.localise import Balance, Localisation, localise

# How much sooner a doubtful cell is suspected than one whose place is certain.
_WEIGHT_CERTAIN, _WEIGHT_INFERRED = 2, 1

Cells: TypeAlias = Mapping[str, CheckedCell]


class Confronted(NamedTuple):
    """A rule put to the cells, and the form that it is of."""

    form: Form
    confrontation: Confrontation


class Suspects(NamedTuple):
    """Cells of one violated rule that may be wrong.

    Attributes:
        cells: in the order of the rule.
        told: those to name to the reader; none where there are too many to tell.
        all_at_once: whether all of them must be wrong, or any of them alone would do.
    """

    cells: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    all_at_once: bool = False


class Doubtful(NamedTuple):
    """A violated balance of which some operands aren't certain, nor read again.

    Attributes:
        confrontation: its outcome.
        suspects: those of these operands that are suspects.
        operands: all of these operands.
    """

    confrontation: Confrontation
    suspects: set[str]
    operands: set[str]


class RuleEvidence(NamedTuple):
    """What the hard rules say of the cells.

    Attributes:
        satisfied: the operands of every balance that holds.
        violated: all operands of balances that don't.
        in_error: all operands of rules that can't be evaluated.
        among_certain: suspects in violated balances whose operands are all the page itself.
        among_uncertain: suspects in other violated balances.
    """

    satisfied: list[tuple[str, ...]]
    violated: set[str]
    in_error: set[str]
    among_certain: set[str]
    among_uncertain: set[str]


def applicable_rules(blocks: Sequence[ReadBlock]) -> Iterator[tuple[Form, list[BoundRule]]]:
    """The rules of every edition, as far as their cells are read by that edition."""
    for form in dict.fromkeys(block.form for block in blocks):
        expected: set[str] = set()
        left_out: set[str] = set()
        for block in blocks:
            if block.form is form:
                for row, addresses in block.rows:
                    (expected if row.id in block.expected_rows else left_out).update(addresses)
        rules = bound_rules(form, frozenset(left_out))
        yield form, [bound for bound in rules if expected.issuperset(bound.operands)]


def confronted(blocks: Sequence[ReadBlock], cells: Cells, local: LocalFigures) -> tuple[Confronted, ...]:
    """Put the cells of a reading to the rules.

    Args:
        blocks: of the reading.
        cells: by address.
        local: the figures of rows that an organ has added.
    """
    return tuple(
        Confronted(form, with_local_figures(confrontation, local))
        for form, rules in applicable_rules(blocks)
        for confrontation in with_moved_parts(confront(rules, cells), cells)
    )


def is_hard_balance(bound: BoundRule) -> bool:
    """Whether a rule is one that can confirm cells, and make them suspects."""
    return (bound.rule.kind, bound.rule.severity) == ("balance", "hard")


def is_violated_balance(confrontation: Confrontation) -> bool:
    """Whether a hard balance doesn't hold, whatever numbers its blank cells might state."""
    is_violated = confrontation.outcome is Outcome.VIOLATED and not confrontation.not_stated
    return is_violated and is_hard_balance(confrontation.bound)


def localised(outcomes: Sequence[Confronted], cells: Cells) -> Localisation:
    """The cells of which some must be wrong, by all hard balances together.

    Args:
        outcomes: of all rules.
        cells: by address.
    """
    confrontations = [one.confrontation for one in outcomes]
    if all(one.outcome is not Outcome.VIOLATED for one in confrontations):
        return Localisation(())
    bounds = [one.bound for one in confrontations]
    return localise(
        [balance for one in confrontations if (balance := _equation(one)) is not None],
        {a: Fraction(cell.value) for a, cell in cells.items() if cell.value is not None},
        signed=frozenset().union(*(bound.signed for bound in bounds)),
        fractional=frozenset().union(*(bound.fractional for bound in bounds)),
        weights={a: _WEIGHT_CERTAIN if cell.is_reliable else _WEIGHT_INFERRED for a, cell in cells.items()},
    )


def _equation(confrontation: Confrontation) -> Balance | None:
    """A hard balance that numbers decide, as the search for suspects takes it."""
    bound = confrontation.bound
    is_decided = confrontation.outcome in (Outcome.SATISFIED, Outcome.VIOLATED)
    if bound.coefficients is None or not is_decided or confrontation.not_stated or not is_hard_balance(bound):
        return None
    return Balance(bound.coefficients, bound.constant)


def unlocalised(localisation: Localisation) -> frozenset[str]:
    """The cells of violated balances among which nobody can tell which are wrong: there are too many."""
    return frozenset().union(*(one.cells for one in localisation.components if not one.complete))


def suspects_of(confrontation: Confrontation, localisation: Localisation) -> Suspects:
    """The suspects among the operands of one violated rule.

    Args:
        confrontation: its outcome.
        localisation: the suspects of the whole reading.
    """
    if confrontation.not_stated:
        return Suspects(confrontation.not_stated)
    bound = confrontation.bound
    if not is_hard_balance(bound):
        return Suspects()
    components = [one for one in localisation.components if not one.cells.isdisjoint(bound.operands)]
    cells = frozenset().union(*(component.cells for component in components))
    # Each set that would do, as far as it is of this rule.
    sets = {
        frozenset(optimum).intersection(bound.operands)
        for component in components
        for optimum in component.sets
    } - {frozenset()}
    ordered = tuple(address for address in bound.operands if address in cells)
    is_complete = all(component.complete for component in components)
    return Suspects(ordered, ordered if is_complete else (), len(sets) == 1 and len(ordered) > 1)


def all_certain(confrontation: Confrontation, cells: Cells) -> bool:
    """Whether all operands are the page itself: their places are certain, or they were read again.

    Args:
        confrontation: the outcome of a rule.
        cells: by address.
    """
    return all(cells[address].is_page for address in confrontation.bound.operands)


def cause_of(confrontation: Confrontation, cells: Cells) -> Cause | None:
    """Why a rule is violated: certain operands are the page itself.

    Where some were recognised from a picture, a blank among them may be a figure that was missed.

    Args:
        confrontation: the outcome of a violated rule.
        cells: by address.

    Returns:
        None for a soft rule.
    """
    if confrontation.bound.rule.severity != "hard":
        return None
    is_ocr = any(cells[address].is_ocr for address in confrontation.bound.operands)
    if confrontation.not_stated and not is_ocr:
        return Cause.NOT_STATED
    return Cause.SOURCE_ERROR if all_certain(confrontation, cells) else Cause.UNRESOLVED


def evidence_of(outcomes: Iterable[Confronted], cells: Cells, localisation: Localisation) -> RuleEvidence:
    """What the hard rules say of the cells.

    Args:
        outcomes: of all rules.
        cells: by address.
        localisation: the suspects.
    """
    evidence = RuleEvidence([], set(), set(), set(), set())
    for _, confrontation in outcomes:
        bound, outcome = confrontation.bound, confrontation.outcome
        if bound.rule.severity != "hard":
            continue
        if outcome is Outcome.SATISFIED and bound.rule.kind == "balance":
            evidence.satisfied.append(bound.operands)
        elif outcome is Outcome.ERROR:
            evidence.in_error.update(bound.operands)
        elif outcome is Outcome.VIOLATED and bound.rule.kind == "balance":
            is_page = all_certain(confrontation, cells)
            suspects = evidence.among_certain if is_page else evidence.among_uncertain
            suspects.update(suspects_of(confrontation, localisation).cells)
            evidence.violated.update(bound.operands)
    return evidence


def balances_with(
    figures: Mapping[str, Stated], outcomes: Iterable[Confronted], cells: Cells
) -> tuple[int, int]:
    """How many hard balances would be violated, and how many satisfied, if some cells held other figures.

    Only balances that these cells are in are counted.

    Args:
        figures: what they would hold, by address.
        outcomes: of all rules as it is.
        cells: all of them as they are, by address.
    """
    bounds = [
        one.confrontation.bound
        for one in outcomes
        if is_hard_balance(one.confrontation.bound)
        and not figures.keys().isdisjoint(one.confrontation.bound.operands)
    ]
    found = [one.outcome for one in confront(bounds, {**cells, **figures})]
    return found.count(Outcome.VIOLATED), found.count(Outcome.SATISFIED)


def doubtful_balances(
    outcomes: Iterable[Confronted], cells: Cells, localisation: Localisation
) -> Iterator[Doubtful]:
    """Of every violated balance, what isn't certain and wasn't read again yet.

    Args:
        outcomes: of all rules.
        cells: by address.
        localisation: the suspects.
    """
    for _, confrontation in outcomes:
        if not is_violated_balance(confrontation):
            continue
        operands = ((address, cells[address]) for address in confrontation.bound.operands)
        uncertain = {a for a, cell in operands if not (cell.is_certain or cell.row.is_reread)}
        if uncertain:
            suspects = suspects_of(confrontation, localisation).cells
            yield Doubtful(confrontation, uncertain.intersection(suspects), uncertain)

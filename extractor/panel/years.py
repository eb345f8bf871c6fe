"""The chain of an organ's years: what a report carries in is what the one before it carried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from extractor.narrative.checks.messages import as_printed, by_language, joined
from extractor.narrative.checks.numbers import percentage, quantity, stated
from extractor.panel.stated import StatedReport
from extractor.result.narrative import Measure, Narrative, RelationKind
from extractor.verify.words import Words, figure_text, filled, in_both, in_each, name_of
from rules.claims import (
    AtLeast,
    Judgement,
    Number,
    carried_over,
    growth_against,
    in_force,
    narrative_rules,
)
from rules.confront import Outcome
from rules.form import Form, Place
from rules.interval import Interval
from rules.words import Bilingual, Language

MISSING, SEVERAL = "year-missing", "year-twice"
_MESSAGES = {
    MISSING: Bilingual(
        zh="有前后年份的报告，没有{year}年的。",
        en="There are reports on years before and after, and none on {year}.",
    ),
    SEVERAL: Bilingual(
        zh="{year}年有{count}份报告，数字不同；只要有一份与前后年份相接，就不算断开。",
        en="There are {count} reports on {year} with different figures; the chain holds if one of them fits.",
    ),
}


class Break(NamedTuple):
    """Where the years of an organ don't fit each other.

    Attributes:
        rule: ``previous-carried-over``, ``previous-in-force``, ``previous-growth``, ``year-missing`` or
            ``year-twice``.
        key: of the organ.
        organ: its name.
        year: the later of two years, or the one that is missing or there twice.
        reports: the reports that it is about, the earlier first.
        place: the address of the cell that it is about; None if it is about none.
        message: for the reader.
    """

    rule: str
    key: str
    organ: str
    year: int
    reports: tuple[str, ...]
    place: str | None
    message: Bilingual


class Chains(NamedTuple):
    """What became of the years of all organs.

    Attributes:
        breaks: in the order of organs' keys and years.
        compared: how many pairs of following years were compared.
        left_out: reports of which organ or year aren't certain, so that they are in no chain.
    """

    breaks: tuple[Break, ...]
    compared: int
    left_out: tuple[str, ...]


def chains_of(reports: Iterable[StatedReport], forms: Sequence[Form]) -> Chains:
    """Put the years of every organ to each other.

    A pair of years is broken only if no report on the one fits any on the other, and only by figures that are
    settled; a report whose organ or year isn't certain is in no chain, so that none is invented.

    Args:
        reports: in any order.
        forms: which have the roles of rows and columns, and the names of cells.
    """
    years: dict[str, dict[int, list[StatedReport]]] = {}
    left_out: list[str] = []
    undated: set[str | None] = set()
    for report in reports:
        if report.identity.key is None or report.number is None:
            left_out.append(report.report)
            undated.add(report.identity.key)
        else:
            years.setdefault(report.identity.key, {}).setdefault(report.number, []).append(report)
    breaks: list[Break] = []
    compared = 0
    for key, of_organ in sorted(years.items()):
        found = _of_organ(key, of_organ, forms)
        # A report that doesn't state its year may be the one on the year that is missing.
        breaks += [one for one in found if one.rule != MISSING or key not in undated]
        compared += sum(year + 1 in of_organ for year in of_organ)
    return Chains(tuple(breaks), compared, tuple(sorted(left_out)))


def _of_organ(
    key: str, years: Mapping[int, Sequence[StatedReport]], forms: Sequence[Form]
) -> Iterator[Break]:
    for year in range(min(years), max(years) + 1):
        now, before = years.get(year, ()), years.get(year - 1, ())
        if not now:
            name = years[max(one for one in years if one < year)][0].name
            yield Break(MISSING, key, name, year, (), None, _told(MISSING, in_both(year=str(year))))
            continue
        if len({report.fingerprint or _fingerprint(report) for report in now}) > 1:
            words = in_both(year=str(year), count=str(len(now)))
            names = tuple(report.report for report in now)
            yield Break(SEVERAL, key, now[0].name, year, names, None, _told(SEVERAL, words))
        yield from _broken(key, year, before, now, forms)


def _broken(
    key: str, year: int, before: Sequence[StatedReport], now: Sequence[StatedReport], forms: Sequence[Form]
) -> Iterator[Break]:
    """What is broken between two years, whichever of their reports are compared."""
    found: dict[str, tuple[tuple[str, str], Judgement, Words]] = {}
    pairs = [(earlier, later) for earlier in before for later in now]
    for index, (earlier, later) in enumerate(pairs):
        broken = dict(_contradictions(earlier, later, forms))
        names = (earlier.report, later.report)
        if index == 0:
            found = {address: (names, *told) for address, told in broken.items()}
        else:
            found = {address: told for address, told in found.items() if address in broken}
    for address, (names, judged, words) in found.items():
        message = filled(narrative_rules()[judged.rule].message, words)
        place = address if address in now[0].by_address else None
        yield Break(judged.rule, key, now[0].name, year, names, place, message)


def _contradictions(
    before: StatedReport, now: StatedReport, forms: Sequence[Form]
) -> Iterator[tuple[str, tuple[Judgement, Words]]]:
    """The cells of a report that contradict the one of the year before."""
    for address, place in _places(tuple(forms)).items():
        if address not in now.by_address:
            continue
        judged = None
        if place.row.role == "carried_in":
            judged = _carried(address, place, before, now, forms)
        elif place.column.role == "in_force":
            judged = _in_force(address, place, before, now, forms)
        if judged is not None and judged[0].outcome is Outcome.VIOLATED:
            yield address, judged
    yield from _growths(before, now)


def _growths(before: StatedReport, now: StatedReport) -> Iterator[tuple[str, tuple[Judgement, Words]]]:
    """The growths in the text that last year's cells contradict, by those cells."""
    narrative = now.narrative
    cells = {one.claim: one.addresses for one in narrative.relations if one.kind is RelationKind.CELL}
    for relation in narrative.relations:
        if relation.kind is not RelationKind.GROWTH or relation.others[0] not in cells:
            continue
        claim, count = narrative.claims[relation.claim], narrative.claims[relation.others[0]]
        addresses = cells[relation.others[0]]
        printed, current, previous = percentage(claim), quantity(count), stated(addresses, before.by_address)
        # Blank cells state no number, and their lower bound is none for a growth.
        if previous is None or isinstance(previous, AtLeast | Interval):
            continue
        if claim.measure is not Measure.GROWTH or printed is None or current is None:
            continue
        judged = growth_against(printed, current, previous)
        if judged.outcome is Outcome.VIOLATED:
            judged, words = as_printed(claim, judged)
            text, of = f"{claim.printed}{claim.unit or ''}", figure_text(Fraction(previous))
            own = by_language(text=text, current=count.printed, previous=of)
            yield "+".join((judged.rule, *addresses)), (judged, joined(own, words))


def _carried(
    address: str, place: Place, before: StatedReport, now: StatedReport, forms: Sequence[Form]
) -> tuple[Judgement, Words] | None:
    (out,) = (row for row in place.block.rows if row.role == "carried_out")
    continued = f"{place.table.id}.{out.id}.{place.column.id}"
    carried_in, carried_out = _number(address, now), _number(continued, before)
    if carried_in is None or carried_out is None:
        return None
    judged = carried_over(carried_in, carried_out)

    def words(language: Language) -> dict[str, str]:
        known = {"previous": figure_text(Fraction(carried_out))}
        return (
            _words(address, judged, forms, language)
            | known
            | {"previous_cell": _name(forms, continued, language)}
        )

    return judged, in_each(words)


def _in_force(
    address: str, place: Place, before: StatedReport, now: StatedReport, forms: Sequence[Form]
) -> tuple[Judgement, Words] | None:
    by_role = {column.role: f"{place.table.id}.{place.row.id}.{column.id}" for column in place.block.columns}
    numbers = {role: _number(by_role[role], now) for role in ("issued", "repealed")}
    numbers["previous"] = _number(address, before)
    actual = _number(address, now)
    known = {name: number for name, number in numbers.items() if number is not None}
    if actual is None or len(known) < len(numbers):
        return None
    judged = in_force(actual, known["previous"], known["issued"], known["repealed"])
    shown = {name: figure_text(Fraction(number)) for name, number in known.items()}
    return judged, in_each(lambda language: _words(address, judged, forms, language) | shown)


def _words(address: str, judged: Judgement, forms: Sequence[Form], language: Language) -> dict[str, str]:
    return {
        "cell": _name(forms, address, language),
        "actual": figure_text(judged.says or Fraction(0)),
        "sum": figure_text(judged.follows or Fraction(0)),
        "difference": figure_text(abs(judged.difference or Fraction(0))),
    }


def _name(forms: Sequence[Form], address: str, language: Language) -> str:
    return name_of(next(form for form in forms if address in form.places), address, language)


def _number(address: str, report: StatedReport) -> Number | None:
    """What a cell states; None if it isn't there, isn't settled, or states no number."""
    number = stated([address], report.by_address)
    return None if isinstance(number, AtLeast | Interval) else number


def part_of_chain(report: StatedReport, forms: Sequence[Form]) -> StatedReport:
    """Of a report what a chain needs, so that those of thousands fit into memory.

    Args:
        report: with all its cells.
        forms: which have the roles of rows and columns.

    Returns:
        The same with the cells that rules on years and texts are about, and its text only if that states
        a growth.
    """
    needed = _needed(tuple(forms))
    has_growth = any(one.kind is RelationKind.GROWTH for one in report.narrative.relations)
    return replace(
        report,
        cells=tuple(cell for cell in report.cells if cell.address in needed),
        narrative=report.narrative if has_growth else Narrative(),
        fingerprint=report.fingerprint or _fingerprint(report),
    )


@cache
def _needed(forms: tuple[Form, ...]) -> frozenset[str]:
    """The addresses of rows and columns that have a role, of totals, and of blocks that have no totals."""
    return frozenset(
        address
        for form in forms
        for address, (_, block, row, column) in form.places.items()
        if row.role or column.role or column.sum_of or not any(other.sum_of for other in block.columns)
    )


def _fingerprint(report: StatedReport) -> str:
    """The same of two reports on one year if they state the same figures."""
    figures = sorted((cell.address, str(cell.value)) for cell in report.cells if cell.value is not None)
    return sha256(repr(figures).encode()).hexdigest()


def _told(rule: str, words: Words) -> Bilingual:
    return filled(_MESSAGES[rule], words)


@cache
def _places(forms: tuple[Form, ...]) -> dict[str, Place]:
    """The cells that a chain is about; of an address of several forms, what the first says."""
    known = {address: place for form in reversed(forms) for address, place in form.places.items()}
    return {
        address: place
        for address, place in known.items()
        if place.row.role == "carried_in" or place.column.role == "in_force"
    }

"""Figures of the tables that a report of this organ can't have, lacks, or contradicts in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told, stated
from extractor.narrative.claims.partial import names_another_body
from extractor.result.cells import Cell, Status
from extractor.verify.words import Words, figure_text, in_each, name_of
from rules.confront import State
from rules.document import BlankCellsRule, SaidOtherwiseRule, SizeRule
from rules.wordings import cells_regex
from rules.words import Language

_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]?")
# Applications are.
_COUNTED_IN = "件"
# Of many cells so many are named.
_MOST_NAMED = 3
_BETWEEN: dict[Language, str] = {"zh": "、", "en": ", "}


def _cells(report: CheckedReport, named: str) -> list[Cell]:
    return [report.cells[address] for address in _matching(tuple(report.cells), named)]


@lru_cache(maxsize=256)
def _matching(addresses: tuple[str, ...], named: str) -> tuple[str, ...]:
    return tuple(filter(cells_regex(named).fullmatch, addresses))


def _size(report: CheckedReport, rule: SizeRule) -> Iterator[Told]:
    limit = rule.limits.get(report.level) if report.level is not None else None
    if limit is None:
        return
    for cell in _cells(report, rule.cells):
        if stated(cell) and cell.unit != "元" and cell.value is not None and cell.value > limit:
            known = {"text": cell.printed, "organ": report.organ, "limit": figure_text(Fraction(limit))}
            yield Told(cell.span, _named(report, [cell], known), cell.address)


def _blank(report: CheckedReport, rule: BlankCellsRule) -> Iterator[Told]:
    cells = _cells(report, rule.cells)
    blank = [cell for cell in cells if cell.state is State.BLANK or cell.state is State.MARK]
    for table, same in groupby(blank, key=lambda cell: cell.address.partition(".")[0]):
        empty = [cell for cell in same if _is_settled(cell)]
        if empty and any(stated(cell) for cell in cells if cell.address.startswith(f"{table}.")):
            words = _named(report, empty[:_MOST_NAMED], {"count": str(len(empty))})
            yield Told(empty[0].span, words, empty[0].address)


def _named(report: CheckedReport, cells: Sequence[Cell], known: Mapping[str, str]) -> Words:
    """Words for a message: those that are the same in both languages, and the names of some cells."""
    return in_each(
        lambda language: {
            **known,
            "names": _BETWEEN[language].join(
                name_of(report.form_of(cell.address), cell.address, language) for cell in cells
            ),
        }
    )


def _is_settled(cell: Cell) -> bool:
    return cell.status not in (Status.ABSENT, Status.DISPUTED)


def _said_otherwise(report: CheckedReport, rule: SaidOtherwiseRule) -> Iterator[Told]:
    is_some = rule.states == "some"
    cells = [cell for cell in _cells(report, rule.cells) if stated(cell)]
    wrong = [cell for cell in cells if bool(cell.value) is is_some]
    if not wrong or (not is_some and len(wrong) < len(cells)):
        return
    for section in report.sections:
        if section.number in rule.sections:
            told = _said(report, rule, report.below_title(section))
            if told is not None:
                words = _named(report, wrong, {"text": told[1], "count": wrong[0].printed})
                yield Told(told[0], words, wrong[0].address)
                return


def _said(report: CheckedReport, rule: SaidOtherwiseRule, span: Span) -> tuple[Span, str] | None:
    """Where, and in which words, a text says what a rule is on; None if it doesn't."""
    sentences = list(_SENTENCE.finditer(report.text, *span))
    for index, sentence in enumerate(sentences):
        match = re.search(rule.words, sentence[0])
        before = sentences[index - 1][0] if index else ""
        behind = sentences[index + 1][0] if index + 1 < len(sentences) else ""
        if match is None or (rule.speaks_of and not re.search(rule.speaks_of, before + sentence[0])):
            continue
        is_said = rule.unless is None or not re.search(rule.unless, sentence[0] + behind)
        another = names_another_body(sentence[0][: match.start()], report.extraction.header)
        said = sentence.start() + match.start()
        counted = Span(*sentence.span())
        if is_said and not another and _counts_all(report, rule, counted, said):
            return Span(said, sentence.start() + match.end()), match[0]
    return None


def _counts_all(report: CheckedReport, rule: SaidOtherwiseRule, sentence: Span, said: int) -> bool:
    """Whether what a sentence counts is what the report has: 区公安分局受理17件，均已办结 is another's."""
    counted = _counted(report, sentence, said)
    known = [[report.cells.get(address) for address in cells] for cells in rule.counts]
    sums = {sum(cell.value or 0 for cell in cells if cell is not None) for cells in known}
    return not rule.counts or not counted or not counted.isdisjoint(sums)


def _counted(report: CheckedReport, sentence: Span, said: int) -> Set[int | Decimal]:
    """What a sentence counts; or the number right before some of its words: 8件均已答复."""
    counted = [
        claim
        for claim in report.extraction.narrative.claims
        if claim.unit == _COUNTED_IN and sentence.start <= claim.span.start < sentence.end
    ]
    meant = [claim for claim in counted if claim.span.end + len(_COUNTED_IN) == said]
    return {claim.value for claim in meant or counted}


CHECKS = (
    Check(SizeRule, ("size",), _size, is_on_figures=True),
    Check(BlankCellsRule, ("cells-blank",), _blank),
    Check(SaidOtherwiseRule, ("said-otherwise",), _said_otherwise, is_on_figures=True),
)

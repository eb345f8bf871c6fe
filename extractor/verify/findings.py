"""Findings of violated rules, told to the reader in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from extractor.documents.document import Document, Span
from extractor.result.findings import Cause, Finding
from extractor.result.positions import position_of
from extractor.verify.outcomes import Cells, Confronted, Suspects, cause_of, suspects_of
from extractor.verify.words import (
    Words,
    as_number,
    element_name,
    figure_text,
    filled,
    in_both,
    in_each,
    joined,
    name_of,
    row_name,
    text_in,
)
from rules.confront import BoundRule, Confrontation, Outcome
from rules.expression import Expression, operands
from rules.form import Form
from rules.localise import Localisation
from rules.words import Bilingual, Language, Severity

_EMPTY = Bilingual(zh="空白", en="blank")
_OR = Bilingual(zh="”或“", en="” or “")
_AND = Bilingual(zh="”和“", en="” and “")
_BLANKS = Bilingual(zh="其中{count}个空白单元格按无数字计。", en="{count} blank cells counted as nothing.")
_SUSPECTS = Bilingual(zh="可能有误：“{names}”。", en="Suspected: “{names}”.")
_TOO_MANY = Bilingual(zh="错误较多，无法定位。", en="Too much is wrong to tell where.")
_NOT_STATED = Bilingual(
    zh="若“{names}”填有数字，则可成立。", en="It would hold if “{names}” stated a number."
)
_RANK: dict[Severity, int] = {"hard": 0, "soft": 1, "hint": 2}


def finding_at(
    document: Document, rule: str, message: Bilingual, span: Span | None, **more: object
) -> Finding:
    """A finding with its place in the document.

    Args:
        document: that it is about.
        rule: the id of the edit rule, or of the kind of defect.
        message: for the reader.
        span: where to look; None if it isn't on the page.
        **more: other fields of it; it is hard and unresolved, unless they say otherwise.
    """
    line, column, locator = position_of(document, span)
    values: dict[str, object] = {
        "severity": "hard",
        "cause": Cause.UNRESOLVED,
        "rule": rule,
        "message": message,
        "span": span,
        "line": line,
        "column": column,
        "locator": locator,
        **more,
    }
    return Finding.model_validate(values)


def in_page_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings before hints, each in the order of the page; what has no place comes first."""
    return tuple(sorted(findings, key=lambda f: (_RANK[f.severity], f.span.start if f.span else -1, f.rule)))


def violations(
    document: Document, outcomes: Iterable[Confronted], cells: Cells, localisation: Localisation
) -> Iterator[Finding]:
    """A finding for each violated rule.

    Args:
        document: where the cells were read.
        outcomes: of all rules.
        cells: by address.
        localisation: the suspects.
    """
    for form, confrontation in outcomes:
        if confrontation.outcome is Outcome.VIOLATED:
            suspects = suspects_of(confrontation, localisation)
            yield _violation(document, form, confrontation, suspects, cells)


def _violation(
    document: Document, form: Form, confrontation: Confrontation, suspects: Suspects, cells: Cells
) -> Finding:
    bound = confrontation.bound
    left, right = confrontation.left or Fraction(0), confrontation.right or Fraction(0)
    return finding_at(
        document,
        bound.rule.id,
        _message(form, confrontation, suspects, cells),
        _where(bound, suspects, cells),
        severity=bound.rule.severity,
        cause=cause_of(confrontation, cells),
        citation=bound.rule.citation,
        place=bound.place,
        left=as_number(left),
        right=as_number(right),
        difference=as_number(left - right),
        suspects=suspects.cells,
        rests_on_blanks=confrontation.blanks,
    )


def _message(form: Form, confrontation: Confrontation, suspects: Suspects, cells: Cells) -> Bilingual:
    """The rule's own words, and then what its outcome rests on, or what may be wrong."""
    bound, blanks = confrontation.bound, confrontation.blanks
    message = filled(
        bound.rule.message, in_each(lambda language: _sides(form, confrontation, cells, language))
    )
    if confrontation.not_stated:
        return joined(message, filled(_NOT_STATED, _names(form, confrontation.not_stated, _OR)))
    if blanks:
        message = joined(message, filled(_BLANKS, in_both(count=str(len(blanks)))))
    if suspects.told:
        between = _AND if suspects.all_at_once else _OR
        return joined(message, filled(_SUSPECTS, _names(form, suspects.told, between)))
    return joined(message, _TOO_MANY) if suspects.cells else message


def _sides(form: Form, confrontation: Confrontation, cells: Cells, language: Language) -> dict[str, str]:
    """The words for the placeholders of a rule's message."""
    bound = confrontation.bound
    left, right = confrontation.left or Fraction(0), confrontation.right or Fraction(0)
    words = {
        "left": _side(bound.left, left, cells, language),
        "right": _side(bound.right, right, cells, language),
        "difference": figure_text(abs(left - right)),
    }
    if bound.place is not None:
        _, _, row, column = form.places[bound.place]
        words |= {"row": row_name(row, language), "column": element_name(column, language)}
    return words


def _side(expression: Expression, value: Fraction, cells: Cells, language: Language) -> str:
    """One side of a rule; a cell that prints no number isn't said to print 0."""
    names = list(operands(expression))
    if len(names) != 1 or value != 0:
        return figure_text(value)
    return cells[names[0]].printed or text_in(_EMPTY, language)


def _names(form: Form, addresses: Sequence[str], between: Bilingual) -> Words:
    return in_each(
        lambda language: {
            "names": text_in(between, language).join(name_of(form, a, language) for a in addresses)
        }
    )


def _where(bound: BoundRule, suspects: Suspects, cells: Cells) -> Span | None:
    """Where to look: at the only suspect, else at the cell that the rule is about."""
    addresses = [*suspects.cells] if len(suspects.cells) == 1 else []
    addresses += [bound.place] if bound.place is not None else []
    spans = (cells[address].span for address in [*addresses, *bound.operands] if address in cells)
    return next((span for span in spans if span is not None), None)

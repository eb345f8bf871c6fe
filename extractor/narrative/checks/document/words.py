"""Words that no report should have: what is left of a template, what stands twice, numbers of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told
from extractor.verify.words import in_both
from rules.document import PrivateNumberRule, WordsRule

# What stands around words tells whether they are meant.
_AROUND = 2
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# Of eighteen digits, or of fifteen, as they were until 1999, behind words that say what they are.
_IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])[1-8]\d{{5}}[ -]?(?:19|20)\d\d{_DAY}[ -]?\d{{3}}[\dXx](?![\dA-Za-z])"
    rf"|(?<=身份证)(?<!\d)(?<![A-Za-z])[1-8]\d{{7}}{_DAY}\d{{3}}(?![\dA-Za-z])"
)
_MOBILE = re.compile(r"(?<![\d.\-])1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.])")
# GB 11643-1999: the weights of the first seventeen digits, and the last character by the sum modulo 11.
_WEIGHTS, _CHECK_CHARACTERS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
# Nothing but the sections of the free text; the tables hold figures.
_FREE_TEXT = ("1", "5", "6")
_BEFORE = 12


def _words(report: CheckedReport, rule: WordsRule) -> Iterator[Told]:
    if rule.in_links:
        for link in report.document.links:
            if re.match(rule.words, link):
                yield Told(None, in_both(text=link))
    if rule.holding and not any(characters in report.text for characters in rule.holding):
        return
    unless = re.compile(rule.unless) if rule.unless is not None else None
    for span in _stretches(report, rule):
        for match in re.finditer(rule.words, report.text[span.start : span.end]):
            start, end = match.start() + span.start, match.end() + span.start
            around = report.text[max(0, start - _AROUND) : end + _AROUND]
            if unless is None or unless.search(around) is None:
                text = " ".join(report.document.text[start:end].split())
                yield Told(Span(start, end), in_both(text=text))


def _stretches(report: CheckedReport, rule: WordsRule) -> list[Span]:
    if not rule.sections:
        return [Span(0, len(report.text))]
    sections = report.extraction.narrative.sections
    return [one.span for one in sections if one.number in rule.sections]


def _private(report: CheckedReport, rule: PrivateNumberRule) -> Iterator[Told]:
    pattern = _IDENTITY if rule.number == "identity" else _MOBILE
    unless = re.compile(rf"(?:{rule.unless})$") if rule.unless is not None else None
    for section in report.sections:
        if section.number not in _FREE_TEXT:
            continue
        for match in pattern.finditer(report.text, *section.span):
            before = report.text[max(0, match.start() - _BEFORE) : match.start()]
            is_another = unless is not None and unless.search(before) is not None
            if not is_another or (rule.number == "identity" and is_identity_number(match[0])):
                yield Told(Span(*match.span()), in_both(text=_masked(match[0])))


def is_identity_number(number: str) -> bool:
    """Whether the last character of eighteen is the one that the others give (GB 11643-1999).

    Args:
        number: its characters; blanks and hyphens between them don't count.
    """
    characters = re.sub(r"[ -]", "", number)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, characters[:-1], strict=False))
    return len(characters) == len(_WEIGHTS) + 1 and _CHECK_CHARACTERS[total % 11] == characters[-1].upper()


def _masked(number: str) -> str:
    """A number as messages may print it: its first three digits and its length."""
    return number[:3] + "*" * (len(number) - 3)


CHECKS = (
    Check(WordsRule, ("words",), _words),
    Check(PrivateNumberRule, ("private-number",), _private),
)

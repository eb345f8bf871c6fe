"""Findings on claims: the sentences that tell them, in both languages, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from extractor.documents.document import Document, Span
from extractor.result.findings import Cause, Finding
from extractor.result.narrative import Claim
from extractor.verify.findings import finding_at
from extractor.verify.words import as_number, figure_text, filled, name_of, row_name
from rules.claims import Judgement, narrative_rules
from rules.confront import Outcome
from rules.form import Form
from rules.words import Language

Words = Mapping[Language, Mapping[str, str]]

# A quotation begins behind one of these; a longer one than this helps nobody.
# The comma of 1,098 breaks nothing off.
_BREAKS = re.compile(r".*(?:[。；：！？，、;:|（(\t\r\n]|,(?!\d{3}(?!\d)))", re.DOTALL)
_LONGEST = 40


def told(
    document: Document,
    judgement: Judgement,
    span: Span,
    words: Words,
    cause: Cause,
    place: str | None = None,
) -> Finding:
    """A violated rule on claims.

    Args:
        document: where it was read.
        judgement: what was found.
        span: where to look.
        words: for the placeholders of its message.
        cause: why it is violated, if the rule is hard.
        place: the address of the cell that it is about, if it is about one.
    """
    rule = narrative_rules()[judgement.rule]
    return finding_at(
        document,
        judgement.rule,
        filled(rule.message, words),
        span,
        severity=rule.severity,
        cause=cause if rule.severity == "hard" else None,
        citation=rule.citation,
        place=place,
        left=_number(judgement.says),
        right=_number(judgement.follows),
        difference=_number(judgement.difference),
    )


def _number(value: Fraction | None) -> int | Decimal | None:
    return None if value is None else as_number(value)


def told_plainly(document: Document, rule: str, span: Span, words: Words, cause: Cause) -> Finding:
    """A violated rule that isn't about numbers."""
    return told(document, Judgement(rule, Outcome.VIOLATED), span, words, cause)


def quoted(document: Document, claim: Claim) -> str:
    """The clause that states a number, verbatim, to the end of its unit."""
    start, end = claim.span
    before = document.text[max(0, start - _LONGEST) : start]
    begin = start - len(before) + len(match[0]) if (match := _BREAKS.match(before)) else start - len(before)
    unit = "[%％]" if claim.unit == "%" else re.escape(claim.unit or "")
    behind = re.compile(rf"[余多]?[ 　]*{unit}(?:以上)?").match(document.text, end)
    return document.text[begin : behind.end() if behind else end].strip()


def amount(value: Fraction, unit: str | None, *, is_bound: bool = False) -> dict[Language, str]:
    """A number as people write it; Chinese has its measure word."""
    text = figure_text(value)
    return {
        "zh": f"{'至少' if is_bound else ''}{text}{unit or ''}",
        "en": f"{'at least ' if is_bound else ''}{text}",
    }


def listed(claims: Sequence[Claim], sign: str = "") -> dict[Language, str]:
    """Numbers as the text prints them."""
    printed = [f"{claim.printed}{sign}" for claim in claims]
    return {"zh": "、".join(printed), "en": ", ".join(printed)}


def names(forms: Sequence[Form], addresses: Sequence[str]) -> dict[Language, str]:
    """What people call some cells; of more than two, their rows."""
    result: dict[Language, str] = {}
    for language, between in _BETWEEN.items():
        known = []
        for address in addresses:
            form = next(form for form in forms if address in form.places)
            is_few = len(addresses) <= _FEW
            row = form.places[address][2]
            known.append(name_of(form, address, language) if is_few else row_name(row, language))
        result[language] = between.join(dict.fromkeys(known))
    return result


_BETWEEN: dict[Language, str] = {"zh": "、", "en": " + "}
_FEW = 2


def change(rate: Fraction, digits: int) -> dict[Language, str]:
    """A growth or a decrease in per cent."""
    size = with_digits(abs(rate), digits)
    return {
        "zh": f"{'下降' if rate < 0 else '增长'}{size}%",
        "en": f"{'a decrease' if rate < 0 else 'a growth'} of {size} %",
    }


def to_digits(value: Fraction, digits: int) -> Fraction:
    """Rounded half up, away from zero."""
    size = Fraction(floor(abs(value) * 10**digits + Fraction(1, 2)), 10**digits)
    return -size if value < 0 else size


def with_digits(value: Fraction, digits: int) -> str:
    """A number of 0 or more, rounded half up, with that many decimals."""
    return f"{Decimal(int(to_digits(value, digits) * 10**digits)).scaleb(-digits):f}"


def digits_of(value: int | Decimal) -> int:
    """How many decimals a number has as printed."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def by_language(**words: str | Mapping[Language, str]) -> Words:
    """Words for placeholders, each the same in both languages or given in both."""
    languages: tuple[Language, ...] = ("zh", "en")
    return {
        language: {name: word if isinstance(word, str) else word[language] for name, word in words.items()}
        for language in languages
    }


def joined(first: Words, second: Words) -> Words:
    """The words of both."""
    return {language: {**first[language], **second[language]} for language in first}


def as_printed(claim: Claim, judgement: Judgement) -> tuple[Judgement, Words]:
    """What follows to as many digits as a claim prints, which is what people compare.

    Args:
        claim: a share or a growth.
        judgement: of it.

    Returns:
        The judgement with what follows so rounded; the words for ``actual`` and ``difference``.
    """
    digits = digits_of(claim.value)
    exact = judgement.follows or Fraction(0)
    if to_digits(exact, digits) == judgement.says:
        # A part that exceeds its whole by less than the share shows.
        digits += 2
    judgement = judgement._replace(follows=to_digits(exact, digits))
    follows, difference = judgement.follows or Fraction(0), abs(judgement.difference or Fraction(0))
    is_share = judgement.rule == "narrative-share"
    actual = with_digits(follows, digits) if is_share else change(follows, digits)
    return judgement, by_language(actual=actual, difference=figure_text(difference))

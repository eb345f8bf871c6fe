"""Whether one misprint explains a contradiction: a digit that is another, or two that are exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.narrative.checks.contract import ReportText
from extractor.narrative.checks.registry import CHECK_OF
from extractor.result.narrative import Claim, Relation
from extractor.text.numerals import value_of
from rules.confront import Outcome

_DIGITS = "0123456789"
_ARABIC = re.compile(r"[\d,]+(?:\.\d+)?[十百千万亿]*", re.ASCII)
# Of more numbers one is misprinted anyhow.
_MOST = 24


def is_one_misprint(text: ReportText, violated: Relation) -> bool:
    """Whether a relation is no longer violated if one digit of one of its numbers is printed otherwise.

    Args:
        text: of the report.
        violated: a relation of its claims that doesn't hold.
    """
    claims = [text.claim(violated), *text.others(violated)]
    if len(claims) > _MOST:
        return True
    judge = CHECK_OF[violated.kind].judge
    here = replace(violated, claim=0, others=tuple(range(1, len(claims))))
    for place, claim in enumerate(claims):
        for other in _misprinted(claim):
            judgement = judge(replace(text, claims=[*claims[:place], other, *claims[place + 1 :]]), here)
            if judgement is None or judgement.outcome is not Outcome.VIOLATED:
                return True
    return False


def _misprinted(claim: Claim) -> Iterator[Claim]:
    """A claim as it could be meant if one of its digits is wrong, or two stand in the wrong order."""
    is_arabic = _ARABIC.fullmatch(claim.printed) is not None
    printed = claim.printed if is_arabic else str(abs(claim.value))
    places = [place for place, character in enumerate(printed) if character in _DIGITS]
    others = {printed[:place] + digit + printed[place + 1 :] for place in places for digit in _DIGITS}
    for place in places:
        one, two = printed[place : place + 1], printed[place + 1 : place + 2]
        if two and two in _DIGITS:
            others.add(printed[:place] + two + one + printed[place + 2 :])
    for other in sorted(others - {printed}):
        value = value_of(other)
        if value is not None:
            printed_so = other if is_arabic else claim.printed
            yield replace(claim, printed=printed_so, value=-value if claim.value < 0 else value)

"""Lists that miss their whole by two exchanged digits: 142件,其中81件、54件、16件, where 45件 was meant.

Where only some parts of a whole are listed, or where one thing may be several of them, their sum misses it by
anything; hardly ever by just what exchanging two digits beside each other would mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.narrative.claims.mentions import Mention

_FEWEST = 3
# What misses its whole by more, in per cent of the parts, is some of it only, or overlaps.
_NEAR = (65, 104)
# What is left out is hardly ever as much as an exchange of greater digits: of 18,000, 6,000、5,700、4,500.
_MUCH, _MOST_OF_MUCH = 900, 115


def is_misprinted(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts fail to sum to their whole, and would with two digits of one number exchanged.

    Args:
        whole: of the parts.
        parts: at least one.
    """
    stated = Decimal(whole.quantity.value)
    numbers = [Decimal(part.quantity.value) for part in parts]
    total = sum(numbers, Decimal(0))
    least, most = _NEAR
    missing = stated - total
    if missing >= _MUCH:
        most = _MOST_OF_MUCH
    if len(parts) < _FEWEST or not missing or not total * least <= stated * 100 <= total * most:
        return False
    if parts[-1].behind.startswith("等"):
        return False
    return total in _exchanged(stated) or any(is_mended(one, missing) for one in numbers)


def is_mended(number: Decimal, missing: Decimal) -> bool:
    """Whether two exchanged digits of a number make up what is missing.

    Args:
        number: as printed.
        missing: by how much it is too little; below zero if it is too much.
    """
    return number + missing in _exchanged(number)


def is_one_digit_off(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are printed alike but for one digit, or two that are exchanged.

    Args:
        one: a number.
        other: another.
    """
    printed, others = f"{one:f}", f"{other:f}"
    is_one = len(printed) == len(others) and sum(a != b for a, b in zip(printed, others, strict=True)) == 1
    return is_one or other in _exchanged(one)


def _exchanged(number: Decimal) -> Iterator[Decimal]:
    """A number with each two digits beside each other exchanged."""
    printed = f"{number:f}"
    places = [place for place, character in enumerate(printed) if character.isdigit()]
    for one, other in pairwise(places):
        digits = list(printed)
        digits[one], digits[other] = digits[other], digits[one]
        yield Decimal("".join(digits))

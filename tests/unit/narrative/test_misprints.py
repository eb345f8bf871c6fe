"""Lists that miss their whole by two exchanged digits of one number, and lists that miss it otherwise."""

from __future__ import annotations

import pytest

from extractor.narrative.claims.mentions import mentions
from extractor.narrative.claims.misprints import is_misprinted


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        # 45 was meant, or the whole was 151.
        ("公开142件,其中甲类81件,乙类54件,丙类16件", True),
        ("公开115件,其中甲类81件,乙类54件,丙类16件", True),
        ("公开151件,其中甲类81件,乙类54件,丙类16件", False),
        # Missed by something else; by two digits of which only some are listed; more behind them.
        ("公开143件,其中甲类81件,乙类54件,丙类16件", False),
        ("公开145件,其中甲类90件,乙类64件", False),
        ("公开142件,其中甲类81件,乙类54件,丙类16件等", False),
        # Most of it isn't listed.
        ("公开924件,其中甲类21件,乙类61件,丙类212件", False),
    ],
)
def test_two_exchanged_digits(sentence: str, is_told: bool) -> None:  # noqa: FBT001 - pytest passes it
    whole, *parts = mentions(sentence)
    assert is_misprinted(whole, parts) is is_told

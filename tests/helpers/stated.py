"""The tables that ``make eval`` writes, taken out of the texts that hold them."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"<!-- eval -->\n(.*?)<!-- /eval -->", re.S)


def block_of(text: str) -> str:
    """The tables of a page of docs/ or of eval/RESULTS.md."""
    found = _BLOCK.search(text)
    assert found is not None
    return found[1]

"""Of each kind of error that evaluators name a report that is wrong in that way, and its twin that is right.

``tests/data/kinds.jsonl`` has a kind a line: the rules that tell of it, and what stands on the page of
``00-clean.html``, what a wrong page has in its place, and what a right one has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.sweeps import IS_WHOLE
from tests.integration.checking.test_document import CLEAN, as_text, read


class Kind(NamedTuple):
    """What is wrong, the rules that tell of it, and each stretch of the page as it is, wrong, and right."""

    kind: str
    rules: list[str]
    edits: list[tuple[str, str, str]]

    def page(self, *, is_wrong: bool) -> str:
        page = CLEAN
        for stands, wrong, right in self.edits:
            assert stands in page
            page = page.replace(stands, wrong if is_wrong else right)
        return page


KINDS = [
    Kind(**json.loads(line))
    for line in Path("tests/data/kinds.jsonl").read_text(encoding="utf-8").splitlines()
]


def told(page: str) -> set[str]:
    extraction = read(page)
    return {finding.rule for finding in (*extraction.findings, *extraction.remarks)}


# A page, or its text: each kind by one of them in turn, by both where sweeps are whole.
MEDIA = (str, as_text)
ALTERNATELY = [
    pytest.param(kind, MEDIA if IS_WHOLE else [MEDIA[number % 2]], id=kind.kind)
    for number, kind in enumerate(KINDS)
]


@pytest.mark.parametrize(("kind", "media"), ALTERNATELY)
def test_each_kind_is_told_and_of_its_right_twin_nothing(
    kind: Kind, media: Sequence[Callable[[str], str]]
) -> None:
    for medium in media:
        assert told(medium(kind.page(is_wrong=True))) == set(kind.rules)
        assert told(medium(kind.page(is_wrong=False))) == set()

"""The adversary's words on figures: what they disown is neither in gold nor settled, their twins are free."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest

from eval.adversary.documents import drawn_page, file_of, mutated, unchanged_page
from eval.adversary.page import Medium, Page
from eval.adversary.registry import MUTATIONS
from extractor import extract
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from tests.helpers.sweeps import times

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
# Each says of figures that they aren't the report's, or wrong; its twin says nothing of the kind.
TWINS = {
    "scope-line": "scope-line-own",
    "scope-note": "scope-note-own",
    "scope-box": "scope-box-own",
    "stamp": "stamp-own",
    "told-elsewhere": "told-elsewhere-own",
    "correction": "correction-of-another",
    "unit-elsewhere": "unit-elsewhere-own",
    "title-not-final": "title-final",
    "period-in-part": "period-whole",
    "annex": "annex-own",
}
# Of two versions the later one counts; a line that names one costs nothing.
VERSIONS, VERSION = "versions", "version-own"


class Drawn(NamedTuple):
    """A page that a mutation was done to, and the same one without."""

    seed: int
    changed: Page
    plain: Page


def drawn(name: str, count: int) -> Iterator[Drawn]:
    """Pages of each medium in turn that a mutation can be done to; printing PDFs takes a browser."""
    mutation = MUTATIONS[name]
    media = sorted(mutation.media - {Medium.PDF})
    for seed in range(count):
        changed, plain = (unchanged_page(seeded(seed), media[seed % len(media)]) for _ in range(2))
        if mutated(changed, [mutation], seeded(seed)):
            mutated(plain, [], seeded(seed))
            yield Drawn(seed, changed, plain)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # no secret


def read(page: Page, seed: int) -> tuple[Extraction, ...]:
    return extract(file_of(page, seeded(seed)))


def settled(reports: tuple[Extraction, ...]) -> dict[str, str]:
    cells = (cell for one in reports for cell in one.cells)
    return {cell.address: cell.printed for cell in cells if cell.status in SETTLED and cell.span is not None}


@pytest.mark.parametrize("name", TWINS)
def test_figures_that_words_disown_are_not_in_gold(name: str) -> None:
    for _, changed, plain in drawn(name, times(6, 200)):
        left = plain.gold().keys() - changed.gold().keys()
        assert left
        assert left <= changed.disowned


@pytest.mark.parametrize("name", [*TWINS.values(), VERSION])
def test_the_gold_of_a_twin_is_that_of_its_page(name: str) -> None:
    for _, changed, plain in drawn(name, times(6, 200)):
        assert changed.gold() == plain.gold()


@pytest.mark.parametrize("name", TWINS)
def test_no_figure_that_words_disown_is_settled(name: str) -> None:
    for seed, changed, _ in drawn(name, times(5, 200)):
        assert not changed.disowned & settled(read(changed, seed)).keys(), seed


@pytest.mark.parametrize("name", [*TWINS.values(), VERSION])
def test_words_that_disown_nothing_cost_nothing(name: str) -> None:
    for seed, changed, plain in drawn(name, times(5, 200)):
        assert settled(read(changed, seed)) == settled(read(plain, seed)), seed


def test_all_of_them_can_be_done_to_one_page() -> None:
    names = [name for pair in TWINS.items() for name in pair]
    for number in range(times(30, 600)):
        page, done = drawn_page(number, names)
        assert {*done} <= {*names}
        assert page.gold() is not None


def test_of_two_versions_no_figure_of_the_older_one_is_settled() -> None:
    for seed, changed, plain in drawn(VERSIONS, times(5, 200)):
        assert changed.gold() == plain.gold()
        own = {address: cell.printed for address, cell in changed.gold().items()}
        for report in read(changed, seed):
            assert settled((report,)).items() <= own.items(), seed

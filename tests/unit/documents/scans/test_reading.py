"""What words say: where readers agree on few figures of a page, they agree on none."""

from __future__ import annotations

import pytest

from extractor.documents.scans.reading import Reading, within_what_was_measured


@pytest.mark.parametrize(("agreed", "counts"), [(10, True), (9, True), (8, False)])
def test_a_page_that_readers_disagree_on_is_beyond_what_was_measured(agreed: int, *, counts: bool) -> None:
    figures = [Reading("7", 0.99, is_agreed=i < agreed) for i in range(10)]
    mark = Reading("/", 0.9, is_agreed=True)
    judged = within_what_was_measured([*figures, mark])
    assert [one.is_agreed for one in judged] == [*(one.is_agreed and counts for one in figures), True]


def test_a_few_figures_tell_nothing_of_a_page() -> None:
    figures = [Reading("7", 0.99, is_agreed=i < 1) for i in range(4)]
    assert within_what_was_measured(figures) == figures

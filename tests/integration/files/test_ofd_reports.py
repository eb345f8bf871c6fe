"""Reports as OFD files: every cell as it was drawn, placed on its page."""

from __future__ import annotations

import pytest

from eval.zoo import Layout, documents
from extractor import Status, extract

PLACED = (Status.CONFIRMED, Status.UNCHECKED)


@pytest.mark.parametrize(
    ("layout", "seed"), [(Layout.OFD_LINES, 1), (Layout.OFD_LINES, 5), (Layout.OFD_PLAIN, 3)]
)
def test_every_figure_is_read_as_it_was_drawn(layout: Layout, seed: int) -> None:
    (document,) = documents(layout, seed, 1)
    (extraction,) = extract(document.data, name="年报.ofd")
    assert extraction.edition == document.edition
    gold = {address: cell.printed for address, cell in document.gold.items()}
    assert {
        cell.address: cell.printed for cell in extraction.cells if cell.status is not Status.ABSENT
    } == gold
    assert all(cell.status in PLACED for cell in extraction.cells if cell.printed)
    assert all(cell.locator is not None and cell.locator.page for cell in extraction.cells if cell.printed)

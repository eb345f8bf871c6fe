"""Page rows: slots and the labels that they follow."""

from __future__ import annotations

from extractor.layout.rows import page_rows
from tests.helpers.layout_pages import items_on


def heads(text: str) -> dict[str, int]:
    """The labels to which slots are tied, and how many."""
    rows = page_rows(items_on(text))
    return {text[r.head.start : r.head.end]: len(r.slots) for r in rows if r.head is not None}


def test_slots_below_a_label_stand_on_lines_of_their_own() -> None:
    assert heads("规章\n1\n2\n3\n") == {"规章": 3}
    assert heads("规章 |\n1 |\n||\n") == {"规章": 3}
    assert heads("规章\n|  |  |  | 行政规范性文件 |\n") == {}
    assert heads("规章\n| 1 | 2 | 3 |\n") == {}
    assert heads("规章\n| 7 |  |  |  |  |  |\n") == {}
    assert heads("| 4 | 规章 |\n| 5 |\n") == {}
    assert heads("规章\n|  |  |  |  |  |\n") == {}

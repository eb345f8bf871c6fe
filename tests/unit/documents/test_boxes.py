"""Boxes of web pages that make a table: what a style says of them, and where items of a grid stand."""

from __future__ import annotations

import time

import pytest

from extractor.documents.web.boxes import Place, box_of, placed_in_grid


@pytest.mark.parametrize(
    ("template", "columns"),
    [
        ("1fr 2fr", 2),
        ("repeat(4, 1fr)", 4),
        ("80px [labels] 20% repeat(2, minmax(0, 1fr) auto) fit-content(3em)", 7),
        ("repeat(auto-fill, 80px)", 0),
        ("repeat(2, 1fr) subgrid", 0),
        ("none", 0),
        ("1fr 0 1fr", 0),
        ("1fr 0px", 0),
        ("repeat(900, 1fr)", 0),
        ("var(--columns)", 0),
        ("", 0),
    ],
)
def test_columns_of_a_grid_are_counted_where_all_are_known(template: str, columns: int) -> None:
    box = box_of({"display": "grid", "grid-template-columns": template})
    assert (box.columns if box is not None else 0) == columns


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"grid-column": "span 3"}, Place(columns=3)),
        ({"grid-column": "2 / 5", "grid-row": "3"}, Place(3, 2, 1, 3)),
        ({"grid-column": "2 / span 4"}, Place(column=2, columns=4)),
        ({"grid-column": "span 2 / 5"}, Place(column=3, columns=2)),
        ({"grid-column": "auto / 4"}, Place(column=3)),
        ({"grid-column": "1 / -1"}, Place(column=1, columns=0)),
        ({"grid-row-start": "2", "grid-row-end": "4"}, Place(row=2, rows=2)),
        ({"grid-area": "2 / 3 / span 2 / 6"}, Place(2, 3, 2, 3)),
        ({"grid-area": "main"}, None),
        ({"grid-column": "labels"}, None),
        ({"grid-column": "-2"}, None),
        ({"grid-column": "4 / 2"}, None),
        ({"grid-column": "span 5 / 3"}, None),
        ({"grid-row": "2 / -1"}, None),
        ({"grid-row": "2", "grid-area": "1 / 1"}, None),
    ],
)
def test_places_are_told_by_numbers_of_lines(said: dict[str, str], place: Place | None) -> None:
    box = box_of(said)
    assert box is not None
    assert box.place == place


def test_items_follow_each_other_where_there_is_room() -> None:
    """A B B, A C D, E: A covers two rows, B two columns, and E three, so that it begins a row."""
    places = [Place(rows=2), Place(columns=2), Place(), Place(), Place(columns=3)]
    assert placed_in_grid(places, 3) == [
        Place(1, 1, 2, 1),
        Place(1, 2, 1, 2),
        Place(2, 2),
        Place(2, 3),
        Place(3, 1, 1, 3),
    ]


def test_an_item_that_names_its_column_stands_there_in_the_next_row() -> None:
    places = [Place(), Place(), Place(column=1, columns=0), Place()]
    assert placed_in_grid(places, 3) == [Place(1, 1), Place(1, 2), Place(2, 1, 1, 3), Place(3, 1)]


@pytest.mark.parametrize(
    "places",
    [
        [Place(), None],
        [Place(columns=4)],
        [Place(column=3, columns=2)],
        [Place(1, 1, 2, 1), Place(2, 1)],
        [Place(1, 1), Place()],
        [Place(rows=900)],
    ],
    ids=["unknown", "too wide", "out of the grid", "one over another", "some placed", "very high"],
)
def test_nothing_is_told_where_one_item_may_stand_elsewhere(places: list[Place | None]) -> None:
    assert placed_in_grid(places, 3) is None


def test_many_items_cost_little() -> None:
    start = time.process_time()
    placed_in_grid([Place(rows=60), Place(columns=3)] * 10_000, 3)
    box_of({"display": "grid", "grid-template-columns": "repeat(9," * 5_000})
    box_of({"display": "grid", "grid-template-columns": "[" * 40_000})
    assert time.process_time() - start < 2

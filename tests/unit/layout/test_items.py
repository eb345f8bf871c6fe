"""Items: labels that are torn over lines or cells are put together, and no others."""

from __future__ import annotations

import pytest

from extractor.layout.items.items import Kind
from tests.helpers.layout_pages import items_on


def labels(text: str) -> list[str]:
    """The labels on a page, in reading order."""
    return [text[item.start : item.end] for item in items_on(text) if item.kind is Kind.LABEL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.其他法律行政法规\n禁止公开\n1", ["2.其他法律行政法规\n禁止公开"]),
        ("规章\n制度\n1", ["规章"]),
        # The ordinal is torn off a word that also names a column.
        ("（七）\n总计\n1", ["（七）\n总计"]),
        ("自然人\n总计\n1", ["自然人", "总计"]),
    ],
)
def test_torn_labels(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("|禁止公开|||", ["2.其他法律行政法规|1|2|3|\n|禁止公开"]),
        # A row with a figure of its own is no rest of the one above.
        ("|禁止公开||4||", []),
    ],
)
def test_a_label_cut_over_two_rows_of_a_grid(below: str, expected: list[str]) -> None:
    assert labels(f"|2.其他法律行政法规|1|2|3|\n{below}") == expected


def test_a_footnote_at_a_label_is_no_figure_where_the_figures_have_cells() -> None:
    def slots(text: str) -> list[str]:
        return [text[item.start : item.end] for item in items_on(text) if item.kind is Kind.SLOT]

    assert slots("|规章1|2|3|4|\n") == ["2", "3", "4"]
    assert slots("规章1") == ["1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.保护第三方合法\n权益 15\n", ["15"]),
        ("4.保护 15  16\n第三方合法权益\n", ["15", "16"]),
        # Alone on its line; of no label; behind one that is whole; too many words.
        ("4.保护 15\n第三方合法权益\n", []),
        ("有关情况\n说明 15\n", []),
        ("4.保护第三方合法权益\n说明 15\n", []),
        (f"4.保护第三方合法\n{'权益' * 90} 15\n", []),
    ],
)
def test_a_figure_behind_the_end_of_a_torn_label(text: str, expected: list[str]) -> None:
    slots = [item for item in items_on(text) if item.kind is Kind.SLOT]
    assert [text[item.start : item.end] for item in slots] == expected

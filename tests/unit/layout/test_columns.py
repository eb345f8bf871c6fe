"""Orders of columns that a header admits: by the grid, by whole words, by words that are broken."""

from __future__ import annotations

import pytest

from extractor.layout.headers.columns import columns_of
from extractor.layout.headers.columns_by_grid import columns_by_grid, told_apart
from extractor.layout.headers.header_lines import lines_of
from extractor.layout.headers.header_words import Columns
from tests.helpers.layout_pages import block_of, header_words

DOCUMENTS, REQUESTS = ("disclosure", "article_20_1"), ("requests", "applications")
USUAL = ("issued", "repealed", "in_force")


def read(text: str, *, grid: bool = False) -> Columns:
    return columns_of(header_words(text, *DOCUMENTS, grid=grid), block_of(*DOCUMENTS), text)


@pytest.mark.parametrize("grid", [True, False])
@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("本年制发件数|本年废止件数|现行有效件数", USUAL),
        ("现行有效件数|本年废止件数|本年制发件数", USUAL[::-1]),
        ("本年制发件数|备注|本年废止件数|现行有效件数", ("issued", None, "repealed", "in_force")),
    ],
)
def test_whole_labels_stand_in_the_order_of_the_page(
    text: str, order: tuple[str | None, ...], *, grid: bool
) -> None:
    columns = read(text, grid=grid)
    assert columns.orders == (order,)
    assert columns.lacks == frozenset()
    assert columns.at == (tuple(range(len(order))) if grid else ())


@pytest.mark.parametrize("grid", [True, False])
def test_a_column_that_the_header_doesnt_name_is_lacking(*, grid: bool) -> None:
    columns = read("本年制发件数|现行有效件数", grid=grid)
    assert columns.orders == (("issued", "in_force"),)
    assert columns.lacks == {"repealed"}


def test_labels_may_be_broken_over_lines() -> None:
    columns = read("本年制发|本年废止|现行有效\n件数|件数|件数")
    assert (columns.orders, columns.has_broken) == ((USUAL,), True)
    # A part is lost: whose the others are can't be told.
    assert read("本年制发|本年废止|现行有效\n件数|件数").orders == ()


def test_of_a_misprinted_label_the_others_tell_which_it_is() -> None:
    assert read("本年制法件数|本年废止件数|现行有效件数").orders == (USUAL,)
    assert read("本年工作情况|本年废止件数|现行有效件数").orders == ()


def test_a_grid_with_two_labels_at_one_column_tells_nothing() -> None:
    words = header_words("本年制发件数|本年废止件数\n现行有效件数|", *DOCUMENTS, grid=True)
    assert columns_by_grid(words, block_of(*DOCUMENTS)) is None
    words = header_words("本年制发件数|本年废止件数\n本年制发件数|", *DOCUMENTS, grid=True)
    columns = columns_by_grid(words, block_of(*DOCUMENTS))
    assert columns is not None
    assert columns.orders == (("issued", "repealed"),)


def test_the_label_of_a_group_stands_above_no_other_columns() -> None:
    leaves = "自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
    over = columns_by_grid(
        header_words(f"|法人或其他组织\n{leaves}", *REQUESTS, grid=True), block_of(*REQUESTS)
    )
    assert over is not None
    assert over.orders[0][:2] == ("natural_person", "business")
    beside = header_words(f"法人或其他组织\n{leaves}", *REQUESTS, grid=True)
    assert columns_by_grid(beside, block_of(*REQUESTS)) is None


def test_labels_that_can_name_the_same_columns_are_told_apart_by_the_forms_order() -> None:
    either = frozenset({"repealed", "issued"})
    assert told_apart([either, either], block_of(*DOCUMENTS)) == ["issued", "repealed"]
    assert told_apart([either, either, either], block_of(*DOCUMENTS)) is None


def test_a_cell_a_line_the_columns_of_groups_may_stand_below_the_others() -> None:
    text = "自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他"
    words = header_words(text, *REQUESTS)
    lines = [
        [[word.item.row for word in line] for line in cut]
        for cut in lines_of(words, block_of(*REQUESTS), text)
    ]
    assert [[], [0, 1, 2], [3, 4, 5, 6, 7]] in lines
    (order,) = columns_of(words, block_of(*REQUESTS), text).orders
    members = ("business", "research", "public_welfare", "legal_service", "other_organization")
    assert order == ("natural_person", *members, "total")


def test_what_merged_cells_repeat_counts_once() -> None:
    text = "本年制发件数|本年制发件数|本年废止件数|现行有效件数"
    words = header_words(text, *DOCUMENTS)
    (line,) = next(lines_of(words, block_of(*DOCUMENTS), text))
    assert [word.item.column for word in line] == [0, 2, 3]


def test_a_group_whose_label_is_lost_holds_no_columns_together() -> None:
    text = "总计|其他|商业企业|法律服务机构|社会公益组织|自然人|科研机构"
    words = header_words(text, *REQUESTS)
    shown = (
        "total",
        "other_organization",
        "business",
        "legal_service",
        "public_welfare",
        "natural_person",
        "research",
    )
    assert shown in columns_of(words, block_of(*REQUESTS), text).orders

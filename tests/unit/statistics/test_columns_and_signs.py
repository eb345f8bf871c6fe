"""Dates beside words, and rows behind a part that has parts of its own."""

from __future__ import annotations

import pytest

from tests.unit.statistics.test_hierarchy import paths, table_of


@pytest.mark.parametrize(
    ("words", "is_row"), [("最近更新", True), ("办理时限", True), ("云溪市社会保险局", False)]
)
def test_a_date_beside_words_signs_a_table_only_where_these_are_an_organ(words: str, *, is_row: bool) -> None:
    found = table_of(f"项目\t数量\n公开\t4\n申请\t3\n{words}\t2017年1月20日\n收费\t0\n")
    assert [one.words for one in found.rows] == ["公开", "申请", *([words] if is_row else []), "收费"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        # 其中 stands right below the words of 不予公开, its part; of 同意 it would be further out.
        ("　　　　其中：秘密 | 1", "答复>不予公开>秘密"),
        ("　其中：秘密 | 1", "答复>秘密"),
    ],
    ids=["below words", "below the first 其中"],
)
def test_a_row_behind_the_parts_of_a_part_is_beside_that(inner: str, expected: str) -> None:
    rows = ["答复 | 9", "　其中：同意 | 5", "　　　　不予公开 | 3", inner, "　　　　不存在 | 1", "复议 | 0"]
    assert paths(table_of("\n".join(["项目 | 数量", *rows]))) == [
        "答复",
        "答复>同意",
        "答复>不予公开",
        expected,
        "答复>不存在",
        "复议",
    ]

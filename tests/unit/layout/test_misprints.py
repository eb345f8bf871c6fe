"""Labels of columns with a slip of the pen."""

from __future__ import annotations

import pytest

from extractor.layout.misprints import with_misprints
from tests.helpers.layout_pages import block_of, header_words

DOCUMENTS = ("disclosure", "article_20_1")
BLOCK = block_of(*DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "missing", "names"),
    [
        ("本年制法件数|本年废止件数|现行有效件数", ["issued"], ["issued"]),
        ("现行有效件数|本年废上件数|本年制法件数", ["issued", "repealed"], ["repealed", "issued"]),
        # Both are like the label of the same column.
        ("本年件数|本年件数|现行有效件数", ["issued", "repealed"], None),
        # Nothing in common; a misprint of a column that has its label; more words than columns.
        ("备注|本年废止件数|现行有效件数", ["issued"], None),
        ("本年废上件数|本年废止件数|现行有效件数", ["issued"], None),
        ("本年制法件数|备注|本年废止件数|现行有效件数", ["issued"], None),
    ],
)
def test_a_misprint_is_like_its_label_and_less_like_every_other(
    text: str, missing: list[str], names: list[str] | None
) -> None:
    words = header_words(text, *DOCUMENTS)
    columns = [column for column in BLOCK.columns if column.id in missing]
    repaired = with_misprints(words, columns, BLOCK, text)
    if names is None:
        assert repaired is None
        return
    assert repaired is not None
    changed = [new for old, new in zip(words, repaired, strict=True) if old.is_stranger]
    assert [word.ids for word in changed] == [{name} for name in names]


@pytest.mark.parametrize(
    ("printed", "column"),
    [
        ("上年总计", "total"),
        ("非自然人", "natural_person"),
        ("自然人占比", "natural_person"),
        ("外国自然人", "natural_person"),
        ("国有企业", "business"),
        ("累计", "total"),
    ],
)
def test_a_word_that_says_more_is_no_misprint(printed: str, column: str) -> None:
    words = header_words(printed, "requests", "applications")
    block = block_of("requests", "applications")
    missing = [one for one in block.columns if one.id == column]
    assert with_misprints(words, missing, block, printed) is None


@pytest.mark.parametrize(
    "printed", ["上年制发件数", "2022年制发", "本年未废止", "现行无效件数", "下年计划制发"]
)
def test_nor_is_one_with_what_no_slip_puts_in(printed: str) -> None:
    block = block_of("disclosure", "article_20_1")
    words = header_words(printed, "disclosure", "article_20_1")
    assert all(with_misprints(words, [column], block, printed) is None for column in block.columns)

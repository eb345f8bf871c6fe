"""Labels of columns with a slip of the pen."""

from __future__ import annotations

import pytest

from extractor.layout.headers.misprints import with_misprints
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
        # Other words of which half is the label's.
        ("统计", "total"),
        ("其中", "other_organization"),
        ("商业银行", "business"),
        ("培训机构", "research"),
        ("科研人员", "research"),
        ("社会中介组织", "public_welfare"),
        ("法律援助机构", "legal_service"),
    ],
)
def test_a_word_that_says_more_is_no_misprint(printed: str, column: str) -> None:
    words = header_words(printed, "requests", "applications")
    block = block_of("requests", "applications")
    missing = [one for one in block.columns if one.id == column]
    assert with_misprints(words, missing, block, printed) is None


@pytest.mark.parametrize(
    ("printed", "column"),
    [
        ("科研企业", "research"),
        ("商业企来", "business"),
        ("法律服务机溝", "legal_service"),
    ],
)
def test_one_character_is_a_slip_and_so_are_those_of_another_label(printed: str, column: str) -> None:
    words = header_words(printed, "requests", "applications")
    block = block_of("requests", "applications")
    missing = [one for one in block.columns if one.id == column]
    repaired = with_misprints(words, missing, block, printed)
    assert repaired is not None
    assert [word.ids for word in repaired] == [{column}]


@pytest.mark.parametrize(
    "printed",
    [
        "本年修订件数",
        "本年收文件数",
        "上年制发件数",
        "2022年制发",
        "本年未废止",
        "现行无效件数",
        "下年计划制发",
    ],
)
def test_nor_is_one_with_what_no_slip_puts_in(printed: str) -> None:
    block = block_of("disclosure", "article_20_1")
    words = header_words(printed, "disclosure", "article_20_1")
    assert all(with_misprints(words, [column], block, printed) is None for column in block.columns)

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

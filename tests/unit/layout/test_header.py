"""A header as that of a block: what stands in its corner, and labels that are the same word."""

from __future__ import annotations

import pytest

from extractor.layout.header import HeaderMatch, matches
from tests.helpers.layout_pages import FORMS, segments_on

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organization")
LABELS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def header_on(text: str, edition: int, block: str) -> HeaderMatch:
    """The only header on a page, as that of a block."""
    header = segments_on(text)[-1].header
    (match,) = [
        read for read in matches(header, text, FORMS[edition : edition + 1]) if read.block.id == block
    ]
    return match


@pytest.mark.parametrize(
    ("corner", "before"),
    [("序号", ()), ("序号|申请人", ()), ("序号|备注", (None,)), ("序号|备注|申请人", (None,))],
)
def test_words_of_the_corner_are_no_column(corner: str, before: tuple[None, ...]) -> None:
    text = f"申请人情况\n{corner}|{LABELS.replace(' ', '|')}\n"
    assert header_on(text, 0, "applications").orders == ((*before, *COLUMNS, "total"),)


def test_columns_with_the_same_label_stand_in_the_forms_order() -> None:
    match = header_on("信息内容 本年新 对外公开总数量 本年新\n", 1, "article_20_1")
    assert match.orders == (("made", "total_public", "disclosed"),)

"""A header as that of a block: what stands in its corner, and labels that are the same word."""

from __future__ import annotations

import pytest

from extractor.layout.headers.header import HeaderMatch, matches
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


BROKEN = """申请人情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第  自  法人或其他组织
三项加第四项之和）  然  商业 科研  社会  法律  其  总
人  企业 机构  公益  服务  他  计
组织  机构
"""


def test_labels_that_are_all_broken_over_lines_are_put_together() -> None:
    assert header_on(BROKEN, 0, "applications").orders == ((*COLUMNS, "total"),)
    exchanged = BROKEN.replace("商业 科研", "科研 商业").replace("企业 机构", "机构 企业")
    # Labels of several lines' height may stand in the text where the form has them, or not.
    assert set(header_on(exchanged, 0, "applications").orders) == {
        (*COLUMNS, "total"),
        ("natural_person", "research", "business", *COLUMNS[3:], "total"),
    }


@pytest.mark.parametrize("changed", [("其", "上"), ("法律  其", "法律"), ("总", "总  占")])
def test_pieces_that_make_no_labels_make_no_header(changed: tuple[str, str]) -> None:
    segments = segments_on(BROKEN.replace(*changed))
    assert not [read for read in matches(segments[-1].header, BROKEN, FORMS[:1]) if read.orders]


def test_a_variant_of_a_label_may_be_a_piece_of_it() -> None:
    """企业 alone is another wording of 商业企业."""
    lines = "申请人情况\n自然人  商业  科研  社会公益组织  法律服务机构  其他  总计\n企业  机构\n"
    assert header_on(lines, 0, "applications").orders == ((*COLUMNS, "total"),)
    assert header_on(lines.replace("企业  机构", "机构  企业"), 0, "applications").orders == ()


TABLE_4 = """行政复议  行政诉讼
未经复议直接起诉  复议后起诉
结果  结果  其他  尚未  总
维持  纠正  结果  审结  计  结果  结果  其他  尚未  总  结果  结果  其他  尚未  总
维持  纠正  结果  审结  计  维持  纠正  结果  审结  计
"""


def test_a_piece_that_names_a_column_elsewhere_is_a_piece_here() -> None:
    """其他 is a column of table 3, and the beginning of 其他结果."""
    usual = ("upheld", "overturned", "other", "pending", "total")
    assert header_on(TABLE_4, 0, "disputes").orders == (usual,)
    exchanged = TABLE_4.replace("其他  尚未", "尚未  其他").replace("结果  审结", "审结  结果")
    assert header_on(exchanged, 0, "disputes").orders == (
        ("upheld", "overturned", "pending", "other", "total"),
    )


@pytest.mark.parametrize(
    ("words", "may_be"),
    [
        ("商业企业 科研机构 社会公益组织 法律服务机构 其他", True),
        ("科研机构 商业企业 社会公益组织 法律服务机构 其他", False),
    ],
)
def test_whole_labels_on_lines_of_their_own_may_keep_the_usual_order(words: str, *, may_be: bool) -> None:
    below = "\n".join(words.split())
    header = header_on(f"申请人情况\n自然人 法人或其他组织 总计\n{below}\n", 0, "applications")
    assert (header.orders, header.may_be_usual) == ((), may_be)


def test_a_broken_label_may_begin_above_all_whole_labels_of_a_header() -> None:
    """Of columns that stand several times, a label may be whole in one place and broken in another."""
    text = (
        "行政复议 行政诉讼\n其他结 未经复议直接起诉 复议后起诉\n"
        "结果维持 结果纠正 果 尚未审结 总计 结果维 结果纠 其他结果 尚未审结 总计 "
        "结果维持 结果纠正 其他结果 尚未审结 总计\n持 正\n"
    )
    usual = ("upheld", "overturned", "other", "pending", "total")
    assert header_on(text, 0, "disputes").orders == (usual,)
    exchanged = text.replace("结果维持 结果纠正", "结果纠正 结果维持")
    assert header_on(exchanged, 0, "disputes").orders != (usual,)


def test_cells_whose_lines_flow_into_each_other_are_put_together() -> None:
    """Copied from a viewer, the end of a label stands on a line with the beginning of the next one."""
    above = "申请人情况\n自然人 法人或其他组织 总计\n"
    usual = (*COLUMNS, "total")
    flowing = above + "商业企\n业 科研机\n构 社会公\n益组织 法律服\n务机构 其他\n"
    assert header_on(flowing, 0, "applications").orders == (usual,)
    exchanged = above + "科研机\n构 商业企\n业 社会公\n益组织 法律服\n务机构 其他\n"
    assert header_on(exchanged, 0, "applications").orders != (usual,)

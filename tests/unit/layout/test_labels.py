"""Labels as pages have them, and what is none."""

from __future__ import annotations

import pytest

from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.meanings import Role
from extractor.layout.words.ordinals import ordinal
from extractor.layout.words.slips import is_misprint
from rules.loader import built_in_forms

INDEX = LabelIndex(built_in_forms())


def names(text: str) -> set[str]:
    label = INDEX.find(text)
    return {meaning.element for meaning in label.meanings} if label is not None else set()


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("一、本年新收政府信息公开申请数量", "received"),
        ("（一）予以公开", "granted"),
        ("(一) 予以 公开", "granted"),
        ("予以公开", "granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("1、属于国家秘密", "refused.state_secret"),
        ("1．属于国家秘密", "refused.state_secret"),
        ("3.危及“三安全一稳定”", "refused.security_and_stability"),
        ("逾期不补正", "other.not_corrected"),
        ("3.其他", "other.other"),
        ("（七）总计", "handled_total"),
        ("第二十条第（一）项", ""),
        ("本年增/减（如-8）", "change"),
        ("現行有效件數", "in_force"),
        ("行政规范性⽂件", "normative_documents"),
        ("规 章", "regulations"),
        ("结果\n维持", "upheld"),
        ("(四)无法 提供 (四)无法 提供", "(四)无法提供"),
        # Flat marks stand below the words that they are of.
        ("本年新收政府信息公开申请数量 一 、", "received"),
        ("3 危及“三安全 稳定” 一 .", "refused.security_and_stability"),
        ("上 年项目数量 一", "items_last_year"),
    ],
)
def test_labels_as_pages_have_them(text: str, element: str) -> None:
    assert element in names(text)


@pytest.mark.parametrize(
    "text",
    [
        *("予以公开了", "属于国家", "行政许可事项", "总", "2.", "", "规章制度", "其他法律行政止公开"),
        *("上年结转政府信息公开申请数量 一 、", "4 危及“三安全 稳定” 一 ."),
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert names(text) == set()


def test_the_two_headers_that_lost_their_second_line_name_either_column() -> None:
    assert names("本年新") == {"made", "disclosed"}


def test_the_unit_of_a_header() -> None:
    label = INDEX.find("本年收费金额（单位：万元）")
    assert label is not None
    assert label.unit == "万元"


def test_glued_labels() -> None:
    pieces = INDEX.split("信息内容本年收费金额(单位:万元)")
    assert [(p.start, p.end) for p in pieces] == [(0, 4), (4, 17)]
    assert pieces[1].label.unit == "万元"
    assert [m.role for m in INDEX.split("自然人总计")[1].label.meanings][:1] == [Role.COLUMN]
    assert INDEX.split("自然人等") == ()
    # The brackets behind a group's label are the ordinal of the row beside it; those of a label are closed.
    group, total = INDEX.split("三、本年度办理结果(七)总计")
    assert (group.label.number, total.label.number) == ("三", "七")
    explained = INDEX.split("三、本年度办理结果(二)部分公开(区分处理的,只计这一情形,不计其他情形)")
    assert [piece.label.number for piece in explained] == ["三", "二"]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("(一)甲", "一", "甲"),
        ("1.甲", "1", "甲"),
        ("一、甲", "一", "甲"),
        ("三安全", None, "三安全"),
        ("1.", None, "1."),
        ("12)甲", "12", "甲"),
    ],
)
def test_ordinals(text: str, number: str | None, rest: str) -> None:
    assert ordinal(text) == (number, rest)


ROW = next(
    row
    for table in built_in_forms()[0].tables
    for block in table.blocks
    for row in block.rows
    if row.id == "refused.prohibited_by_law"
)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("2.其他法律行政止公开", True),  # hongze-2023
        ("2、其他法律行政法规禁公开", True),
        ("2.其它法律行政法规禁止公开", True),
        ("3.其他法律行政止公开", False),
        ("其他法律行政止公开", False),
        ("2.其他法律行政法规允许公开", False),
        ("2.不其他法律行政法规禁止公开", False),
        ("2.法规", False),
        ("2.某某", False),
    ],
)
def test_misprints_leave_out_or_put_one_character_for_another(words: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_misprint(words, ROW) is is_one

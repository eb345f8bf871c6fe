"""Labels with mistakes of typing: which are told from all others, and which may be another one."""

from __future__ import annotations

import pytest

from extractor.layout.words.label_index import label_index
from extractor.layout.words.typing_mistakes import mistyped_label
from rules.loader import built_in_forms

INDEX = label_index(built_in_forms())


def meant(words: str) -> set[str]:
    """The rows or columns that words are the label of, with mistakes in it."""
    label = mistyped_label(words, INDEX)
    return {meaning.element for meaning in label.meanings} if label is not None else set()


@pytest.mark.parametrize(
    ("words", "element"),
    [
        ("行政规范行文件", "normative_documents"),
        ("行政事业收费", "fees"),
        ("一、本年新收政信息公开申请数量", "received"),
        ("二、上年结转政府信息申请公开数量", "carried_in"),
        ("（一）于以公开", "granted"),
        ("（二）部份公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("2.其他法律行政止公开", "refused.prohibited_by_law"),
        ("3.补证后申请内容任不明确", "unavailable.still_unclear"),
        ("5.要求行政机关确认或重新出局己获取信息", "not_processed.reissue"),
        ("（七）总记", "handled_total"),
        ("四、结转下年度续办理", "carried_out"),
        ("本年处理决定数里", "decisions"),
        ("尚末审结", "pending"),
        ("未经复议直接起述", "litigation.direct"),
    ],
)
def test_a_label_with_mistakes_is_that_label(words: str, element: str) -> None:
    assert meant(words) == {element}


@pytest.mark.parametrize(
    "words",
    [
        # As near to two labels: 予以公开 and 部分公开, 行政许可 and 行政处罚, 结果维持 and 结果纠正.
        "（一）部以公开",
        "（二）部以公开",
        "行政处可",
        "结果维正",
        # The other way round, another year's, another count, other matters.
        "（一）不以公开",
        "3.补正前申请内容仍不明确",
        "二、下年结转政府信息公开申请数量",
        "一、本月新收政府信息公开申请数量",
        "一、本年新收政府信息公开申请人数",
        "2.其他法律行政法规允许公开",
        "5.属于四类内部事务信息",
        "本年退费金额",
        "本年处理决定金额",
        "已经复议直接起诉",
        "已经审结",
        "结果变更",
        # Behind the ordinal of another row, or without any where the form has one.
        "（三）于以公开",
        "于以公开",
        "（六）总记",
        "总记",
        "结转下年度续办理",
        # What adds up less.
        "（七）小计",
        "（七）累计",
        # Own matters of an organ that differ by a character, and words put in.
        "行政处分",
        "行政处理",
        "非行政规范性文件",
        "本年应收费金额",
    ],
)
def test_what_may_be_another_label_is_none(words: str) -> None:
    assert meant(words) == set()


def test_no_label_of_a_form_is_another_one_with_mistakes() -> None:
    for form in built_in_forms():
        for rows in form.addressed_rows.values():
            for row, _ in rows:
                assert meant(f"{row.number or ''}{row.label}") <= {row.id}

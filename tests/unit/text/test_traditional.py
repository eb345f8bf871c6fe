"""Traditional characters fold to the simplified ones in which the forms are written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.checks.traditional import module, pairs
from extractor.text.folding import fold_in_place, fold_label, fold_script
from extractor.text.traditional import SIMPLIFIED, TRADITIONAL
from rules.form import Form
from rules.loader import built_in_forms

# The words of header facts, and the units of figures.
WORDS = (
    "政府信息公开工作年度报告政务公开情况关于人民政府办公室委员会管委会办事处街道乡镇局厅部署院省市县区旗州盟"
    "发布日期时间信息来源地址邮政编码电话号码网站总体情况存在的主要问题及改进措施其他需要报告的事项万元亿件条项"
)


def words_of(form: Form) -> Iterator[str]:
    yield from form.marks
    for table in form.tables:
        yield from table.headings
        for block in table.blocks:
            yield from (*block.captions, *block.corner, *block.spanning)
            for element in (*block.columns, *block.rows):
                yield from (element.label, *element.variants, element.under or "")
                yield getattr(element, "unit", None) or ""


def characters() -> str:
    words = (word for form in built_in_forms() for word in words_of(form))
    return "".join(sorted({*"".join(words), *WORDS}))


def test_every_traditional_form_of_the_forms_characters_folds_back() -> None:
    simpler = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    known = set(characters())
    forms = {old: new for old, new in simpler.items() if new in known}
    assert len(forms) > 100
    assert {old: fold_label(old) for old in forms} == forms
    assert {old: fold_script(old) for old in forms} == forms


def test_what_the_forms_print_is_simplified_and_stays() -> None:
    kept = [character for character in characters() if character in TRADITIONAL]
    assert kept == []


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("第二十條第(一)項", "第二十条第(一)项"),
        ("本年廢止件數", "本年废止件数"),
        ("現行有效件數", "现行有效件数"),
        ("行政規範性檔案", "行政规范性文件"),
        ("資訊內容", "信息内容"),
        ("採購專案數量", "采购项目数量"),
        ("行政覆議", "行政复议"),
        ("縂計", "总计"),
        ("不予処理", "不予处理"),
        ("法律服務機構", "法律服务机构"),
        ("結果糾正", "结果纠正"),
        ("復議後起訴", "复议后起诉"),
        ("複議", "复议"),
        ("採購總金額", "采购总金额"),
        ("減少", "减少"),
        ("萬元", "万元"),
        ("無正當理由大量反復申請", "无正当理由大量反复申请"),
        ("開門於後廳", "开门于后厅"),
    ],
)
def test_words_seen_on_pages(printed: str, meant: str) -> None:
    assert fold_in_place(printed) == meant


def test_the_table_is_made_of_the_dictionary() -> None:
    lines = ["條\t条", "開\t开 𫔭", "乾\t干 乾", "覆\t覆 复", "㑮\t𫝈", "並\t并"]
    assert list(pairs(lines)) == [("條", "条"), ("開", "开"), ("乾", "干"), ("並", "并")]
    assert 'TRADITIONAL = (\n    "並乾條開"\n)\nSIMPLIFIED = (\n    "并干条开"\n)\n' in module(lines)

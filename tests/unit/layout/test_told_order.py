"""Words around a table that name its columns in another order than the form's."""

from __future__ import annotations

import pytest

from extractor.layout.told_order import tells_another_order
from rules.loader import built_in_forms

_FORM = next(form for form in built_in_forms() if form.edition == "2021")
BLOCK = _FORM.blocks["requests", "applications"][1]


@pytest.mark.parametrize(
    "text",
    [
        "项目\t商业企业\t自然人\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计",
        "| 项目 | 自然人 | 其他 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 总计 |",
        "项目 商业企业 自然人 科研机构 社会公益组织 法律服务机构 其他 总计",
        "注：表中各列依次为商业企业、自然人、科研机构、社会公益组织、法律服务机构、其他、总计。",
        "（商业企业/自然人/科研机构/社会公益组织/法律服务机构/其他/总计）",
        "各列为：商業企業、自然人、科研機構、社會公益組織",
        # Misprinted, shortened, in English, or only partly known: another column's place is another column.
        "项目\t商业企来\t自燃人\t科研机够\t社会公益组织\t法律服务机构\t其他\t总计",
        "项目\t公民\t科研\t企业\t公益组织\t法律服务\t其他\t合计",
        "item\tbusiness\tnatural person\tresearch\tpublic welfare\tlegal service\tother\ttotal",
        "项目\t自然人①\t科研机构②\t商业企业③",
        "商业企业 Business\t自然人 Person\t科研机构 Research",
        "项目\t自然人\t个体户\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t总计",
        "项目\t自然人\t其他法人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t总计",
        # Without anything between, and a word a line.
        "项目商业企业自然人科研机构社会公益组织法律服务机构其他总计",
        "科研机构\n商业企业\n社会公益组织\n法律服务机构",
        "科研 商业\n机构 企业\n\n社会\n公益\n组织\n\n法律\n服务\n机构",
        "自然人\n商业\n科研\n法律服\n社会公\n其他\n总计\n企业\n机构\n务机构\n益组织",
        # Broken inside words.
        "注,自然人,社会公\n益组织,科研机\n构,商业企业,法律服务机构,其他,总计",
    ],
)
def test_another_order(text: str) -> None:
    assert tells_another_order(f"三、收到和处理情况\n{text}\n一、本年新收\t1\t2", BLOCK)


@pytest.mark.parametrize(
    "text",
    [
        # The end of the corner's words stands before the labels of six columns.
        "和，等于第三项加第四项之和） 商业 科研 社会公 法律服 其 总计",
        "",
        "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计",
        # A label is lost; words that nobody has thought of; less than a header.
        "项目\t自然人\t\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计",
        "项目\t数据1\t数据2\t数据3\t数据4\t数据5\t数据6\t数据7",
        "商业企业、自然人",
        "自然人,商业企\n业,科研机构,社会公\n益组织,法律服务机构,其他,总计",
        "商业 科研\n企业 机构\n\n社会\n公益\n组织\n\n法律\n服务\n机构",
        "自然人\n商业\n科研\n社会公\n法律服\n其他\n总计\n企业\n机构\n益组织\n务机构",
        # Labels of two lines' height stand anywhere.
        "自然人\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他",
        "收到申请7件，其中自然人6件，商业企业1件。",
        "3.其他\n（七）总计\n（三）不予公开",
    ],
)
def test_the_forms_own_order_or_none(text: str) -> None:
    assert not tells_another_order(f"三、收到和处理情况\n{text}\n一、本年新收\t1\t2", BLOCK)

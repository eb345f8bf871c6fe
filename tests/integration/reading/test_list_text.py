"""What the free text of edition 2014 says of its list of indicators is put to it."""

from __future__ import annotations

import pytest

from extractor import extract
from tests.helpers.indicator_lists import LAYOUTS, county

PAGE = LAYOUTS["indented pipes"](county()).decode()


@pytest.mark.parametrize(
    "sentence",
    [
        "全年主动公开政府信息3294条。",
        "全年收到政府信息公开申请74件。",
        "因政府信息公开引发的行政复议4件，行政诉讼5件。",
        "因政府信息公开引发行政诉讼6件。",
    ],
)
def test_a_number_that_the_list_has_otherwise_is_told(sentence: str) -> None:
    (extraction,) = extract(PAGE.replace("工作扎实有效。", sentence).encode())
    assert [one.rule for one in extraction.findings] == ["narrative-same-as-cell"]
    assert extraction.verdict == "source_error"


@pytest.mark.parametrize(
    "sentence",
    [
        "全年主动公开政府信息3284条，收到政府信息公开申请47件，引发行政复议3件、行政诉讼5件。",
        "历年累计主动公开政府信息9284条，收到信息公开申请470件。",
        "通过网站主动公开政府信息2870条，收到网上政府信息公开申请30件。",
        "主动公开政府信息3284条，其中网站2870条。",
        "上年收到政府信息公开申请41件。",
        "收到建议提案12件，人大代表建议7件。",
        "全区法院审理行政诉讼112件。",
        "主动公开规范性文件信息17条。",
    ],
)
def test_numbers_of_other_things_are_not(sentence: str) -> None:
    (extraction,) = extract(PAGE.replace("工作扎实有效。", sentence).encode())
    assert (extraction.verdict, extraction.findings) == ("verified", ())

"""Pages near to reports that are none, and reports that look like such pages."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.errors import NoReportError

NAME = "云溪县2023年政府信息公开工作年度报告"
BODY = "\n全县收到申请4件。予以公开3件。\n"
TABLE = "项目 | 数量\n网站 | 30\n微信 | 6\n报纸 | 4\n"


@pytest.mark.parametrize(
    "text",
    [
        f"关于做好{NAME}编制和发布工作的通知{BODY}",
        f"《{NAME}》解读{BODY}",
        f"我市“成绩单”出炉\n本报讯 各单位陆续发布{NAME}。{BODY}",
        f"{NAME}\n2024-01-22\n云溪县2022年政府信息公开工作年度报告\n城关镇2023年政府信息公开工作年度报告\n共3条\n",
        "云溪县政府信息公开专栏\n政府信息公开指南\n政府信息公开年报\n今日更新0条。\n",
        f"网站运维服务采购公告\n{TABLE}服务内容：监测每月2次，政府信息公开年报统计模块1套。\n",
        "2024年部门预算公开说明\n项目 | 预算\n一般公共服务 | 231.07\n住房保障 | 14.82\n总计 | 245.89\n",
        "公开目录\n事项 | 内容\n年度报告 | 信息公开年报\n预算 | 部门预算\n职能 | 机构设置\n",
    ],
    ids=["notice", "explanation", "news", "index", "menu", "purchase", "budget", "directory"],
)
def test_a_page_that_names_a_report_is_none(text: str) -> None:
    with pytest.raises(NoReportError):
        extract(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME}{BODY}",
        f"{NAME}（全文）\n发布时间：2024-01-22{BODY}",
        f"云溪县2023年\n政府信息公开工作\n年度报告{BODY}",
        f"现发布《{NAME}》。{BODY}",
        f"上一篇 云溪县2022年政府信息公开工作年度报告\n{NAME}\n城关镇{NAME[3:]}{BODY}",
        "关于印发本县报告的通知\n一、总体情况\n二、主动公开政府信息情况\n"
        "三、收到和处理政府信息公开申请情况\n四、复议情况\n",
        f"滨海监狱2021年狱（所）务公开情况统计表\n{TABLE}",
        f"云溪县2023年政务公开工作通报\n政务公开情况统计\n{TABLE}",
    ],
    ids=["title", "copy", "broken", "announced", "neighbours", "sections", "brackets", "heading"],
)
def test_a_report_near_to_such_pages_is_one(text: str) -> None:
    (extraction,) = extract(text.encode())
    assert extraction.verdict == "needs_review"

"""The pages of the rules are those that their data give; otherwise: ``python -m eval.report.rule_pages``."""

from __future__ import annotations

from eval.report.rule_pages import ROOT, pages


def kept() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("docs/rules", "docs/zh/rules")
        for path in (ROOT / folder).glob("*.md")
    }


def test_every_rule_has_its_page_and_none_is_stale() -> None:
    assert kept() == pages()


def test_a_page_says_what_why_wrong_right_where_and_how_to_leave_it_out() -> None:
    page = pages()["docs/rules/requests-carried-over.md"]
    order = [
        "# requests-carried-over 申请表收办平衡",
        "error · rule on the tables · form 2021 · form 2019",
        "Received plus carried in is handled plus carried out.",
        "## Why",
        "## Wrong",
        "| 3 | 0 | 0 | 0 | 0 | 0 | 3 |",
        "## Right",
        "| 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "## Laid down in",
        "国办公开办函〔2019〕60号",
        "## To leave it out",
        'ignore = ["requests-carried-over"]',
    ]
    assert sorted(order, key=page.index) == order
    chinese = pages()["docs/zh/rules/requests-carried-over.md"]
    assert "## 为什么" in chinese
    assert "新收与上年结转之和应等于办理结果总计与结转下年度之和。" in chinese

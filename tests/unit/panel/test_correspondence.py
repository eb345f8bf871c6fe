"""A panel over twenty years: figures that count the same are taken, those that only look alike aren't."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gold.cases import MADE
from extractor import extract
from extractor.commands.app import app
from extractor.panel.indicators import indicated, not_comparable
from rules.correspondence import correspondence
from rules.loader import STATISTICS_TABLE, built_in_forms

PAGE = """临江县人民政府2016年政府信息公开工作年度报告
政府信息公开情况统计表
统计指标 | 单位 | 统计数
（一）收到申请数 | 件 | 8
（二）申请办结数 | 件 | 7
1.按时办结数 | 件 | 5
2.延期办结数 | 件 | 2
（三）申请答复数 | 件 | 7
2.同意公开答复数 | 件 | 4
3.同意部分公开答复数 | 件 | 1
4.不同意公开答复数 | 件 | 2
涉及国家秘密 | 件 | 2
四、行政复议数量 | 件 | 6
（一）维持具体行政行为数 | 件 | 3
（二）被依法纠错数 | 件 | 2
（三）其他情形数 | 件 | 1
五、行政诉讼数量 | 件 | 2
（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 0
（二）被依法纠错数 | 件 | 2
（三）其他情形数 | 件 | 0
"""


def test_what_corresponds_is_taken_and_what_looks_alike_is_not() -> None:
    (extraction,) = extract(PAGE.encode())
    values = {one.indicator.name: one.value for one in indicated(extraction.cells)}
    assert (values["received"], values["handled"], values["partially_granted"]) == (8, 7, 1)
    assert (values["overturned"], values["concluded"]) == (4, 8)
    assert values["overturned_share"] == Fraction(4, 8)
    lacking = (
        "granted",
        "refused",
        "reconsiderations",
        "lawsuits",
        "not_held",
        "carried_in",
        "granted_share",
    )
    assert [values[name] for name in lacking] == [None] * len(lacking)


def test_the_panel_says_what_is_not_comparable() -> None:
    run = CliRunner().invoke(app, ["panel", str(MADE / "2014-pipes/2014-pipes.txt"), "--lang", "en"])
    assert run.exit_code == 0
    told = [
        line.partition("  ")[0] for line in run.stdout.splitlines() if "not comparable before 2019" in line
    ]
    assert told == [indicator.title.en for indicator, _ in not_comparable()]
    assert {"granted", "refused", "not held", "reconsiderations", "carried in"} <= set(told)
    assert "applications received" not in told
    later = "eval/cases/longting-2023/longting-2023.txt"
    assert "not comparable" not in CliRunner().invoke(app, ["panel", later, "--lang", "en"]).stdout


def test_all_addresses_are_those_of_the_forms() -> None:
    later = [address for form in built_in_forms() for address in form.places]
    earlier = {address for form in built_in_forms(STATISTICS_TABLE) for address in form.places}
    known = correspondence()
    assert {address for one in known.corresponding for address in one.earlier} <= earlier
    assert {address for one in known.alike for address in one.earlier} <= earlier
    for pattern in [
        *(a for one in known.corresponding for a in one.later),
        *(one.later for one in known.alike),
    ]:
        assert any(re.fullmatch(re.escape(pattern).replace(r"\*", ".+"), address) for address in later), (
            pattern
        )


@pytest.mark.parametrize("page", ["docs/tables.md", "docs/zh/tables.md"])
def test_the_manual_has_all_of_it(page: str) -> None:
    text, known = Path(page).read_text(encoding="utf-8"), correspondence()
    notes = [one.note for one in known.corresponding] + [one.why for one in known.alike]
    assert all((note.zh if "/zh/" in page else note.en) in text for note in notes)
    earlier = [one.earlier for one in known.corresponding] + [one.earlier for one in known.alike]
    assert all(f"`{address}`" in text for addresses in earlier for address in addresses)

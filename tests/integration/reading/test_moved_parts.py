"""Lists of provinces that count 信息不存在 beside 不予公开, and pages that contradict themselves."""

from __future__ import annotations

import pytest

from extractor import Extraction, extract

ABOVE = """青林县2009年政府信息公开工作年度报告
附表：政府信息公开情况统计表
指标名称 | 计量单位 | 本年
主动公开信息数 | 条 | 2318
申请总数 | 条 | 43
1.当面申请数 | 条 | 39
2.信函申请数 | 条 | 4
"""
GRANTED = ["同意公开答复数 25", "同意部分公开答复数 3"]
OTHERS = ["涉及商业秘密数 2", "涉及个人隐私数 3"]
MOVED = ["信息不存在数 5", "非本机关掌握数 4"]
BALANCES = {"statistics-answered", "statistics-refused"}


def read(answered: int, *rows: str) -> Extraction:
    listed = [f"对申请的答复总数 {answered}", *rows]
    lines = "".join(f"{' | 条 | '.join(one.split())}\n" for one in listed)
    (extraction,) = extract(f"{ABOVE}{lines}行政复议数 | 件 | 2\n".encode())
    assert extraction.edition == "2008"
    return extraction


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*GRANTED, "不予公开答复总数 5", *OTHERS, *MOVED], id="behind all reasons"),
        pytest.param([*GRANTED, *MOVED, "不予公开答复总数 5", *OTHERS], id="before what is refused"),
        pytest.param([*GRANTED, "不予公开答复总数 5", *MOVED], id="without reasons"),
    ],
)
def test_rows_beside_what_is_refused_make_no_contradiction_and_confirm_nothing(rows: list[str]) -> None:
    extraction = read(42, *rows)
    assert extraction.verdict == "verified"
    assert not BALANCES & {finding.rule for finding in extraction.findings}
    refused = extraction.cell("statistics.answers.refused.value")
    assert (refused.printed, str(refused.status)) == ("5", "unchecked")
    assert {str(cell.status) for cell in extraction.cells if ".refusals." in cell.address} <= {
        "unchecked",
        "absent",
    }


@pytest.mark.parametrize(
    ("answered", "rows"),
    [
        pytest.param(42, [*GRANTED, "不予公开答复总数 5", *MOVED, *OTHERS], id="first of the reasons"),
        pytest.param(43, [*GRANTED, "不予公开答复总数 5", *OTHERS, *MOVED], id="another sum"),
        pytest.param(43, [*GRANTED, "不予公开答复总数 6", *OTHERS, *MOVED], id="another number of refusals"),
        pytest.param(42, [*GRANTED, "不予公开答复总数 5", *OTHERS, *MOVED[:1]], id="one row is missing"),
        pytest.param(37, [*GRANTED, "不予公开答复总数 0", *MOVED], id="no reasons, none refused"),
    ],
)
def test_figures_that_fit_neither_place_are_a_contradiction(answered: int, rows: list[str]) -> None:
    extraction = read(answered, *rows)
    assert extraction.verdict == "source_error"
    assert BALANCES & {finding.rule for finding in extraction.findings}


def test_rows_below_what_is_refused_are_its_parts() -> None:
    extraction = read(42, *GRANTED, "不予公开答复总数 14", *OTHERS, *MOVED)
    assert str(extraction.cell("statistics.answers.refused.value").status) == "confirmed"

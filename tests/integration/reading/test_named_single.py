"""Table 2 as lines of words: a row, the name of its only column and one figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
TITLE = "某县教育局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
RIGHT = {
    "disclosure.licences.decisions": "3107",
    "disclosure.penalties.decisions": "383",
    "disclosure.coercion.decisions": "0",
    "disclosure.fees.amount": "12.5",
}


def settled(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "page.txt"
    path.write_text(f"{TITLE}{text}\n三、收到和处理政府信息公开申请情况\n", encoding="utf-8")
    cells = extract(path)[0].cells
    return {cell.address: cell.printed for cell in cells if cell.status in SETTLED}


@pytest.mark.parametrize("between", ["：", " ", "，"])
@pytest.mark.parametrize("end", ["", "。", "；"])
def test_each_line_is_a_row(tmp_path: Path, between: str, end: str) -> None:
    rows = [
        ("行政许可", "本年处理决定数量3107"),
        ("行政处罚", "本年处理决定数量383"),
        ("行政强制", "本年处理决定数量0"),
        ("行政事业性收费", "本年收费金额（单位：万元）12.5"),
    ]
    assert settled(tmp_path, "\n".join(f"{row}{between}{rest}{end}" for row, rest in rows)) == RIGHT


@pytest.mark.parametrize(
    "line",
    [
        "上年行政许可：本年处理决定数量3107",
        "行政许可：上年处理决定数量3107",
        "行政许可：本年处理决定数量3107，不予许可5",
        "行政事业性收费：本年收费金额9354279元",
        "行政事业性收费：本年收费金额9354279（元）",
        "行政处罚：本年收费金额3107",
        "行政许可：行政处罚：本年处理决定数量3107",
        "行政许可：本年处理决定数量3107\n行政许可：本年处理决定数量3108",
    ],
)
def test_what_says_more_or_less_isnt(tmp_path: Path, line: str) -> None:
    assert not settled(tmp_path, line)

"""Rows whose figures each stand behind the name of their column, and what the page says of such rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status

# The page that a model is asked about, with nothing between name and figure, and no unit behind it.
PAGE = re.sub(r"为(\d+)件", r"\1", Path("tests/data/messy/labelled.txt").read_text(encoding="utf-8"))
HEADING = "三、收到和处理政府信息公开申请情况\n"
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)


@pytest.mark.parametrize("before", [HEADING, "（一）予以公开"], ids=["above", "before a later row"])
@pytest.mark.parametrize("note", ["上年度情况如下：", "（统计时间：1月至6月）", "填表示例", "本表作废。"])
def test_what_disowns_such_rows_leaves_them_open(before: str, note: str) -> None:
    (plain,) = extract(PAGE.encode())
    assert plain.cell("requests.granted.total").status is Status.CONFIRMED
    at = PAGE.index(before) + (len(before) if before == HEADING else 0)
    (extraction,) = extract(f"{PAGE[:at]}{note}\n{PAGE[at:]}".encode())
    statuses = {cell.status for cell in extraction.cells if cell.address.startswith("requests.")}
    assert statuses.isdisjoint(SETTLED)

"""Table 4 whose columns are named by parts of their labels, under each row: 维持 纠正 其他 未审结 总计."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
ABOVE = "某县教育局2022年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n"
ROWS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
SHORT = ["维持", "纠正", "其他", "未审结", "总计"]
FIGURES = ["2", "1", "0", "0", "3", "2", "0", "1", "0", "3", "0", "0", "0", "1", "1"]


def settled(tmp_path: Path, rows: list[str], columns: list[str], mark: str = "  ") -> list[str]:
    path = tmp_path / "page.txt"
    lines = [mark.join(rows), mark.join(columns), mark.join(FIGURES)]
    path.write_text(f"{ABOVE}" + "\n".join(lines) + "\n五、存在的主要问题及改进情况\n", encoding="utf-8")
    return [cell.printed for cell in extract(path)[0].cells if cell.status in SETTLED]


@pytest.mark.parametrize("mark", ["  ", "\t", " | "])
def test_parts_of_labels_name_their_columns(tmp_path: Path, mark: str) -> None:
    assert settled(tmp_path, ROWS, SHORT * 3, mark) == FIGURES


def test_they_do_in_another_order(tmp_path: Path) -> None:
    order = ["总计", "维持", "纠正", "其他", "未审结"]
    found = settled(tmp_path, ROWS, order * 3)
    # 2 = 1 + 0 + 0 + 3 doesn't hold: nothing is settled in the form's order.
    assert found != FIGURES


@pytest.mark.parametrize(
    "columns",
    [
        ["维持", "纠正", "其他", "审结", "总计"],
        ["维持", "纠正", "其他", "结果", "总计"],
        ["纠正", "维持", "其他", "未审结", "总计", *SHORT * 2],
        ["不维持", "纠正", "其他", "未审结", "总计"],
        ["驳回", "纠正", "其他", "未审结", "总计"],
    ],
)
def test_other_words_name_none(tmp_path: Path, columns: list[str]) -> None:
    assert not settled(tmp_path, ROWS, columns if len(columns) > len(SHORT) else columns * 3)


def test_rows_exchanged_are_read_so(tmp_path: Path) -> None:
    exchanged = [*ROWS[1:], ROWS[0]]
    assert settled(tmp_path, exchanged, SHORT * 3) in ([], FIGURES[10:] + FIGURES[:10])

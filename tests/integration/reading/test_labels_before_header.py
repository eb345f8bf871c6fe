"""Table 3 in two blocks, all labels first, then the header and the lines of figures in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, LABELS, TITLE, by_address, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
NAMES = [column.label for column in BLOCK.columns]


def settled(
    path: Path, labels: list[str], header: list[str], rows: list[list[str]], mark: str
) -> dict[str, str]:
    table = [*labels, "申请人情况", mark.join(header), *(mark.join(values) for values in rows)]
    text = [TITLE, "三、收到和处理政府信息公开申请情况", *table, "五、存在的主要问题及改进情况", "无。"]
    path.write_text("\n".join(text), encoding="utf-8")
    cells = extract(path)[0].cells
    assert not [cell for cell in cells if cell.status is Status.CONFIRMED]
    return {cell.address: cell.printed for cell in cells if cell.status in SETTLED}


@pytest.mark.parametrize("mark", [" ", "\t", " | ", "   "])
def test_order_tells_whose_the_figures_are_and_sums_bear_it_out(tmp_path: Path, mark: str) -> None:
    found = settled(tmp_path / "page.txt", list(LABELS.values()), NAMES, list(VALUES.values()), mark)
    assert found == by_address(VALUES)


def test_columns_in_another_order_are_those_of_the_header(tmp_path: Path) -> None:
    order = [3, 0, 1, 2, 4, 5, 6]
    rows = [[values[place] for place in order] for values in VALUES.values()]
    header = [NAMES[place] for place in order]
    found = settled(tmp_path / "page.txt", list(LABELS.values()), header, rows, " | ")
    assert found.items() <= by_address(VALUES).items()


@pytest.mark.parametrize("damage", ["labels exchanged", "a label lost", "a line lost", "lines exchanged"])
def test_another_order_or_number_settles_nothing(tmp_path: Path, damage: str) -> None:
    labels, rows = list(LABELS.values()), list(VALUES.values())
    received, granted = 0, 2
    if damage == "labels exchanged":
        labels[received], labels[granted] = labels[granted], labels[received]
    elif damage == "lines exchanged":
        rows[received], rows[granted] = rows[granted], rows[received]
    else:
        del (labels if damage == "a label lost" else rows)[granted]
    assert not settled(tmp_path / "page.txt", labels, NAMES, rows, " | ")

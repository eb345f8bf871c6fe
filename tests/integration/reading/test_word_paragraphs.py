"""Text of Word with a cell a paragraph, a tab before it and a blank line behind, labels broken on lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import FLAT_HEADER, LABELS, TITLE, by_address, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
BOOKMARK = "[bookmark: _Hlk66177154]"


def broken(label: str, size: int) -> str:
    return "\n\t".join(label[start : start + size] for start in range(0, len(label), size))


def settled(path: Path, cells: list[str]) -> dict[str, str]:
    body = "\n\n".join(f"\t{cell}" for cell in cells)
    heading = "三、收到和处理政府信息公开申请情况"
    path.write_text(f"{TITLE}{heading}\n\n{body}\n\n五、存在的主要问题\n", encoding="utf-8")
    found = [cell for cell in extract(path)[0].cells if cell.status in SETTLED]
    return {cell.address: cell.printed for cell in found if cell.address.startswith("requests.")}


def cells_of(labels: dict[str, str]) -> list[str]:
    return [*FLAT_HEADER, *(cell for row, values in VALUES.items() for cell in (labels[row], *values))]


@pytest.mark.parametrize("size", [8, 12, 16])
def test_broken_labels_end_no_rows(tmp_path: Path, size: int) -> None:
    labels = {row: broken(label, size) for row, label in LABELS.items()}
    assert settled(tmp_path / "page.txt", cells_of(labels)) == by_address(VALUES)


def test_a_bookmark_is_no_word(tmp_path: Path) -> None:
    labels = LABELS | {"granted": f"(一)予{BOOKMARK}以公开", "received": BOOKMARK + LABELS["received"]}
    assert settled(tmp_path / "page.txt", cells_of(labels)) == by_address(VALUES)


def test_a_bookmark_between_digits_joins_none(tmp_path: Path) -> None:
    cells = cells_of(LABELS)
    cells[cells.index("34")] = f"3{BOOKMARK}4"
    found = settled(tmp_path / "page.txt", cells)
    assert "requests.unavailable.not_held.natural_person" not in found


def test_a_row_that_lost_a_figure_is_left_open(tmp_path: Path) -> None:
    cells = cells_of(LABELS)
    cells.remove("34")
    found = settled(tmp_path / "page.txt", cells)
    assert not [address for address in found if "not_held" in address]

"""Rows of groups whose ordinals a page leaves out, 其他 among them, which names a column, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import LABELS, ROWS, Page, by_address, document, figures, lines

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
IN_GROUPS = {row.id: (row.under, row.label) for row in ROWS if row.under is not None and row.number}


def cells(tmp_path: Path, labels: dict[str, str], separator: str) -> list[Cell]:
    path = tmp_path / "page.txt"
    path.write_bytes(document(lines(separator)(Page(VALUES, labels, with_groups=False))))
    return [cell for cell in extract(path)[0].cells if cell.address.startswith("requests.")]


@pytest.mark.parametrize("between", ["－", "-", "/", "—"])
@pytest.mark.parametrize("separator", ["\t", " | "])
def test_a_group_and_a_row_in_one_label(tmp_path: Path, between: str, separator: str) -> None:
    labels = LABELS | {row: f"{group}{between}{label}" for row, (group, label) in IN_GROUPS.items()}
    found = cells(tmp_path, labels, separator)
    expected = by_address(VALUES)
    assert {cell.address: cell.printed for cell in found if cell.address in expected} == expected
    assert {cell.status for cell in found if cell.address in expected} == {Status.CONFIRMED}


@pytest.mark.parametrize("number", ["", "2."])
def test_one_alone_that_lacks_its_ordinal_or_has_anothers(tmp_path: Path, number: str) -> None:
    labels = LABELS | {"other.other": f"(六)其他处理-{number}其他"}
    found = {cell.address: cell for cell in cells(tmp_path, labels, "\t")}
    assert found["requests.other.other.total"].status not in SETTLED

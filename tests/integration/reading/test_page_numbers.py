"""Page numbers alone on a line inside table 3, and digits torn from a row that look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import Page, by_address, figures, lines

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
LABEL_BELOW, SECOND = "5.属于三类内部事务信息", "4.无正当理由大量反复申请"


def settled(tmp_path: Path, changes: dict[str, str], mark: str = "  ") -> dict[str, str]:
    """What is settled of table 3 after some lines are put before others."""
    text = lines(mark, outer="|" in mark)(Page(VALUES))
    for before, put in changes.items():
        assert text.count(before) == 1
        text = text.replace(before, put + before)
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return {cell.address: cell.printed for cell in extract(path)[0].cells if cell.status in SETTLED}


@pytest.mark.parametrize("after", ["\n", "\n\n", "\n\f", "\n\n\n"])
def test_numbers_that_count_pages_are_no_figures(tmp_path: Path, after: str) -> None:
    found = settled(tmp_path, {LABEL_BELOW: f"4{after}", SECOND: f"5{after}"})
    assert found == by_address(VALUES)


def test_one_is_enough_where_its_page_ends(tmp_path: Path) -> None:
    assert settled(tmp_path, {LABEL_BELOW: "\n           6\n\n\f"}) == by_address(VALUES)


@pytest.mark.parametrize("numbers", [("6", "9"), ("5", "4"), ("06", "07"), ("4", "5 0")])
def test_other_numbers_may_be_a_rows_beside_them(tmp_path: Path, numbers: tuple[str, str]) -> None:
    found = settled(tmp_path, {LABEL_BELOW: f"{numbers[0]}\n", SECOND: f"{numbers[1]}\n"})
    assert "requests.refused.internal_affairs.total" not in found


def test_one_is_enough_beside_rows_with_borders(tmp_path: Path) -> None:
    before = f"\n3\n\n|{LABEL_BELOW}"
    assert settled(tmp_path, {f"|{LABEL_BELOW}": before.removesuffix(f"|{LABEL_BELOW}")}, "|") == by_address(
        VALUES
    )


@pytest.mark.parametrize("put", ["3\n", "\n3\n", "|3|\n", "\n| 3 |\n\n", "\n3 5\n\n"])
def test_what_stands_among_them_may_be_theirs(tmp_path: Path, put: str) -> None:
    found = settled(tmp_path, {f"|{LABEL_BELOW}": put}, "|")
    assert "requests.refused.internal_affairs.total" not in found

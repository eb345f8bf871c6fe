"""What stands between two lines of a cell: two figures never become one."""

from __future__ import annotations

import pytest

from extractor.documents.pages.lines import joined


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["1", "2"], "1 2"),
        (["-", "-"], "- -"),
        (["—", "—"], "— —"),
        (["/", "3"], "/ 3"),
        (["-", "3"], "- 3"),
        (["3", "-"], "3 -"),
        (["其他", "处理"], "其他处理"),
        (["本年增/", "减"], "本年增/减"),
        (["0519-", "8888"], "0519-8888"),
        (["—", "其他"], "—其他"),
    ],
)
def test_two_figures_of_a_cell_stay_two(lines: list[str], text: str) -> None:
    assert joined(lines) == text

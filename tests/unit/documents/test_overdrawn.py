"""Figures of web pages with something drawn through them, or behind which they stand."""

from __future__ import annotations

import time

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.web.gradients import draws_line
from extractor.documents.web.page import read_html
from tests.helpers.web_cells import told

LINE = "background:linear-gradient(transparent 45%, red 45%, red 55%, transparent 55%)"
BEHIND = "position:relative;z-index:-1"


@pytest.mark.parametrize(
    "style",
    [
        LINE,
        BEHIND,
        "background:linear-gradient(red, red) center / 100% 1px no-repeat",
        "background-image:linear-gradient(#333, #333);background-size:100% 2px",
        "background-image:repeating-linear-gradient(0deg, black 0 1px, transparent 1px 9px)",
        "background-image:linear-gradient(0deg, var(--a) 40%, var(--b) 60%)",
    ],
)
def test_what_may_be_crossed_out_or_covered_is_unread(style: str) -> None:
    assert told(f'<span style="{style}">12</span>')[0] == f"12{UNREADABLE}"
    assert told("12", opening=f'<td style="{style}">')[0] == f"12{UNREADABLE}"
    assert told('<span class="x">12</span>', sheet=f".x{{{style}}}")[0] == f"12{UNREADABLE}"


@pytest.mark.parametrize("part", ["table", "tr"])
@pytest.mark.parametrize("style", [LINE, BEHIND])
def test_what_a_row_or_a_table_is_drawn_with_goes_through_all_cells(part: str, style: str) -> None:
    page = "<table><tr><td>a</td><td>12</td></tr></table>".replace(f"<{part}>", f'<{part} style="{style}">')
    document = read_html(Source(page.encode(), "page"))
    assert document.text.rstrip("\n").endswith(UNREADABLE)


@pytest.mark.parametrize(
    "style",
    [
        "background:linear-gradient(#fff, #eee)",
        "background:linear-gradient(to bottom, #4a90d9, #2a6099)",
        "background:linear-gradient(to right, #357 0%, #79b 100%)",
        # Nothing of it is dark.
        "background:linear-gradient(to bottom, #fff 0%, #f3f3f3 50%, #ededed 51%, rgba(0,0,0,.1) 100%)",
        "background:#fff",
        # Without a position it says nothing; and in front is in front.
        "z-index:-1",
        "position:relative;z-index:1",
    ],
)
def test_backgrounds_that_change_slowly_leave_figures_as_they_are(style: str) -> None:
    assert told("12", opening=f'<td style="{style}">') == ("12", ())


def test_long_gradients_cost_little() -> None:
    start = time.process_time()
    for picture in ("linear-gradient(" * 5_000, "gradient(" + "red 1px," * 5_000, "gradient(" + "(" * 40_000):
        draws_line({"background": picture})
    assert time.process_time() - start < 1

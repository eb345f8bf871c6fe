"""A report of which the page leaves some cells open."""

from __future__ import annotations

from pathlib import Path

from eval.gold.cases import load_case
from eval.gold.planting import with_figures

# The label of 予以公开 stands before the figures of 部分公开, too: nothing tells which of the two lines is
# whose. And the total of what was received isn't stated.
DOUBTFUL = with_figures(load_case("longting-2023"), {"requests.received.total": ""}).replace(
    "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", "(一) 予以公开"
)


def doubtful_page(folder: Path) -> Path:
    """The report as a file.

    Args:
        folder: where it is written.
    """
    path = folder / "doubtful.txt"
    path.write_text(DOUBTFUL, encoding="utf-8")
    return path

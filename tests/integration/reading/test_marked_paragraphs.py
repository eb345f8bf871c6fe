"""Web pages that put each cell into a paragraph: a figure is what a person sees there, as in a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from rules.confront import State
from tests.helpers.pages import BLOCK, LABELS, TITLE, figures

ROW, COLUMN = "granted", "natural_person"
HEADER = ["申请人情况", "自然人", "法人或其他组织", "总计", *(one.label for one in BLOCK.columns[1:-1])]


def page(cell: str) -> str:
    """A page with another paragraph, ``{}`` its figure, at one place of its third table."""
    title = TITLE.split("\n")[0]
    lines = [title, "三、收到和处理政府信息公开申请情况", *HEADER]
    for name, values in figures().items():
        marked = [cell.format(values[0]), *values[1:]] if name == ROW else values
        lines += [LABELS[name], *marked]
    body = "".join(f"<p>{line}</p>" for line in [*lines, "五、存在的主要问题"])
    return f"<meta charset=utf-8><title>{title}</title>{body}"


def cells_of(path: Path, source: str) -> dict[str, Cell]:
    path.write_text(source, encoding="utf-8")
    return {cell.address: cell for cell in extract(path)[0].cells}


@pytest.mark.parametrize(
    ("cell", "remarks"),
    [
        ("<del>7</del>{}", ("struck: 7",)),
        ("{} <s>7</s>", ("struck: 7",)),
        ("{}<sup>1</sup>", ("note: 1",)),
        ("<span style='color:#fff'>1</span>{}", ("hidden: 1",)),
    ],
)
def test_what_stands_beside_a_figure_is_a_remark(cell: str, remarks: tuple[str, ...], tmp_path: Path) -> None:
    cells = cells_of(tmp_path / "page.html", page(cell))
    found = cells[f"requests.{ROW}.{COLUMN}"]
    assert (found.printed, found.status, found.remarks) == (figures()[ROW][0], Status.CONFIRMED, remarks)


@pytest.mark.parametrize(
    "cell",
    [
        "<del>{}</del>",
        "<sup>{}</sup>",
        "<span style='color:#fff'>{}</span>",
        "{}<span style='font-size:3px'>1</span>",
        "<bdo dir=rtl>{}</bdo>",
        "<img alt={}>",
        "<input value={}>",
        "<style>b::before{{content:'3'}}</style><b>{}</b>",
        "{}<a href='#fn1'>1</a>",
    ],
)
def test_what_is_no_figure_for_sure_is_not_settled(cell: str, tmp_path: Path) -> None:
    cells = cells_of(tmp_path / "page.html", page(cell))
    found = cells[f"requests.{ROW}.{COLUMN}"]
    assert (found.state, found.status) == (State.UNREAD, Status.DISPUTED)
    # What stands around it keeps its place.
    assert cells[f"requests.{ROW}.total"].printed == figures()[ROW][-1]
    assert cells[f"requests.{ROW}.total"].status is Status.CONFIRMED

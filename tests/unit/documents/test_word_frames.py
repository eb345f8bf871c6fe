"""Frames in the cells of Word files, which Word sets elsewhere than where their paragraphs stand."""

from __future__ import annotations

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.word.docx import read_docx
from tests.helpers.packages import word


def told(frames: tuple[str, str]) -> str:
    """The figure of a table of two cells whose paragraphs have these frames."""
    properties = (f"<w:pPr><w:framePr {frame}/></w:pPr>" if frame else "" for frame in frames)
    cells = (
        f"<w:tc><w:p>{one}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        for one, text in zip(properties, ("甲", "12"), strict=True)
    )
    document = read_docx(Source(word(f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"), "report.docx"))
    ((_, figure),) = (grid.cells for grid in document.grids)
    return document.text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("frame", "is_there"),
    [
        ('w:wrap="around" w:hAnchor="text" w:y="1"', True),
        ('w:x="2000" w:y="1"', False),
        ('w:xAlign="right"', False),
        ('w:vAnchor="page" w:y="1"', False),
        ('w:y="400"', False),
    ],
)
def test_a_frame_of_one_cell_may_stand_elsewhere(frame: str, *, is_there: bool) -> None:
    assert told(("", frame)) == ("12" if is_there else UNREADABLE)


def test_a_frame_around_a_table_leaves_its_cells_where_they_are() -> None:
    """Word writes a table that text flows around so: every paragraph of it has the same frame."""
    frame = 'w:hAnchor="margin" w:vAnchor="page" w:y="2017"'
    assert told((frame, frame)) == "12"

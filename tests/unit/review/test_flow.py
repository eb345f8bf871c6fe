"""A document without pages is shown whole, once, and its tables as they were."""

from __future__ import annotations

from extractor.documents.builder import BuiltCell, DocumentBuilder
from extractor.documents.document import Document, Locator
from extractor.review.flow import FlowCell, FlowTable, FlowText, flow_of
from extractor.review.marks import marks_of


def table(rows: list[list[tuple[str, int]]]) -> Document:
    """A document of a line, a table whose cells begin at these columns, and a line."""
    builder = DocumentBuilder()
    builder.add_paragraph("前文")
    builder.add_table(
        [
            [BuiltCell(text, Locator(table=1, row=number, column=column)) for text, column in row]
            for number, row in enumerate(rows, 1)
        ],
        is_grid=True,
    )
    builder.add_paragraph("后文 12 件")
    return builder.document("x", "HTML")


def sizes(document: Document) -> dict[str, tuple[int, int]]:
    """How many columns and rows each cell with a text covers."""
    (found,) = [part for part in flow_of(document, []) if isinstance(part, FlowTable)]
    return {text(cell): (cell.columns, cell.rows) for row in found.rows for cell in row if text(cell)}


def text(part: FlowCell | FlowText) -> str:
    return "".join(piece.text for piece in part.pieces)


def test_labels_reach_down_and_across_as_the_columns_tell() -> None:
    found = sizes(
        table(
            [
                [("项目", 1), ("申请人", 3)],
                [("自然人", 3), ("法人", 4), ("总计", 6)],
                [("商业", 4), ("科研", 5)],
                [("受理", 1), ("1", 3), ("2", 4), ("3", 5), ("6", 6)],
                [("办理", 1), ("公开", 2), ("4", 3), ("5", 4), ("7", 5), ("16", 6)],
                [("不公开", 2), ("8", 3), ("9", 4), ("10", 5), ("27", 6)],
                [("备注", 1)],
            ]
        )
    )
    assert found["项目"] == (2, 3)
    assert found["申请人"] == (4, 1)
    assert found["自然人"] == (1, 2)
    assert found["法人"] == (2, 1)
    assert found["总计"] == (1, 2)
    assert found["受理"] == (2, 1)
    assert found["办理"] == (1, 2)
    assert found["备注"] == (6, 1)
    assert found["27"] == (1, 1)


def test_columns_that_make_no_grid_are_shown_cell_by_cell() -> None:
    assert set(sizes(table([[("甲", 2), ("乙", 1)], [("丙", 1)]])).values()) == {(1, 1)}


def test_nothing_is_lost_or_shown_twice() -> None:
    document = table([[("甲", 1), ("", 2)], [("5", 1), ("", 2)]])
    marks = marks_of(document, ())
    parts = list(flow_of(document, marks))
    shown = [
        text(part) if isinstance(part, FlowText) else "".join(text(cell) for row in part.rows for cell in row)
        for part in parts
    ]
    assert "".join("".join(shown).split()) == "".join(document.text.split())
    boxed = [
        piece.mark for part in parts if isinstance(part, FlowText) for piece in part.pieces if piece.mark
    ]
    assert [document.text[mark.start : mark.end] for mark in boxed] == ["12"]


def test_figures_that_no_cell_has_can_be_picked() -> None:
    document = table([[("1,234", 1), ("3.5万", 2)]])
    assert [document.text[mark.start : mark.end] for mark in marks_of(document, ())] == ["1,234", "3.5", "12"]

"""The tables of a web page whose tags are being read, one inside another; some are made of boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.documents.web.boxes import Box, Kind
from extractor.documents.web.tables import FlowContent, OpenGrid, OpenTable
from extractor.documents.web.tags import Action


class OpenTables:
    """What stands on a page so far, outside of its tables and in the cells of those that are open.

    Args:
        end_cell: is told the lines of each cell that ends.

    Attributes:
        flow: what stands in the innermost cell or table, or on the page.
    """

    def __init__(self, end_cell: Callable[[list[FlowContent]], None]) -> None:
        self._told = end_cell
        self.flow: list[FlowContent] = []
        self._flows: list[list[FlowContent]] = []
        # The innermost table, and those around it.
        self._table: OpenTable | None = None
        self._tables: list[OpenTable | None] = []
        # The open boxes of tables without any ``<table>``: how many elements are around each, and what it is.
        self._boxes: list[tuple[int, Kind]] = []

    @property
    def cell(self) -> object:
        """What stands for the cell that is being read; None outside of cells."""
        return self.flow if self._table is not None and self._table.in_cell else None

    @property
    def have_boxes(self) -> bool:
        """Whether a table that is made of boxes is open."""
        return bool(self._boxes)

    def lack_columns(self) -> None:
        """A style takes columns of the innermost table away."""
        if self._table is not None:
            self._table.lacks_columns = True

    def start_cell(self, attributes: Mapping[str, str]) -> None:
        """The tag of a cell: it ends the one before it; among the items of a grid none begins."""
        table = self._table
        if table is not None and not isinstance(table, OpenGrid):
            self.end_cell()
            self._begin_item(table.start_cell(attributes))

    def end_cell(self) -> None:
        """The end of a cell by its tag, which may be left out, as the ends of what stands in it."""
        if not isinstance(self._table, OpenGrid):
            self._end_item()

    def start(self, action: Action, tag: str) -> None:
        """The tag of another part of a table; outside of any it does nothing."""
        if action == "table":
            self._begin_table(OpenTable())
            return
        self.end_cell()
        if self._table is not None and action == "row":
            self._table.start_row()
        elif self._table is not None:
            self._table.start_section(tag)

    def end(self, action: Action) -> None:
        """The end of another part of a table."""
        table = self._table
        if table is None:
            return
        self.end_cell()
        if action == "table":
            self._end_table()
        elif action == "row":
            table.end_row()
        else:
            table.end_section()

    def is_item(self, depth: int) -> bool:
        """Whether an element that begins is an item of a grid.

        Args:
            depth: how many elements are open around it.
        """
        return self._around(depth) in ("grid", "contents")

    def begin_boxes(self, box: Box | None, depth: int) -> None:
        """An element begins that may be a part of a table of boxes, or one, or both.

        Args:
            box: what its style makes of it.
            depth: how many elements are open around it.
        """
        around, table = self._around(depth), self._table
        if around is not None and table is not None and around != "cell":
            own = box if box is not None else Box()
            if isinstance(table, OpenGrid):
                is_only_part = self._begin_in_grid(table, own, depth)
            else:
                is_only_part = self._begin_in_table(table, own, around, depth)
            if is_only_part:
                return
        if box is not None and box.kind in ("grid", "table"):
            self._boxes.append((depth, box.kind))
            is_grid = box.kind == "grid"
            self._begin_table(OpenGrid(box.columns) if is_grid else OpenTable(is_of_boxes=True))

    def end_boxes(self, depth: int) -> None:
        """An element ended that has so many around it."""
        while self._boxes and self._boxes[-1][0] >= depth:
            kind = self._boxes.pop()[1]
            if kind == "cell":
                self._end_item()
            elif kind in ("grid", "table"):
                self._end_table()
            elif kind in ("row", "section") and self._table is not None:
                end = self._table.end_row if kind == "row" else self._table.end_section
                end()

    def _around(self, depth: int) -> Kind | None:
        """What the box is that an element stands in right away."""
        return self._boxes[-1][1] if self._boxes and self._boxes[-1][0] == depth - 1 else None

    def _begin_in_grid(self, table: OpenGrid, box: Box, depth: int) -> bool:
        """An item begins; True for an element of which no box is made, so that what is in it are items."""
        if box.kind == "contents":
            self._boxes.append((depth, "contents"))
            return True
        table.lacks_columns = table.lacks_columns or box.is_moved
        self._begin_item(table.start_item(box.place))
        self._boxes.append((depth, "cell"))
        return False

    def _begin_in_table(self, table: OpenTable, box: Box, around: Kind, depth: int) -> bool:
        """A part of a table begins, True unless it is a cell, or makes a cell that nobody wrote."""
        table.lacks_columns = table.lacks_columns or box.is_moved
        if box.kind == "cell":
            self._begin_item(table.start_cell({}))
            self._boxes.append((depth, "cell"))
        elif box.kind == "row" and around != "row":
            table.start_row()
            self._boxes.append((depth, "row"))
            return True
        elif box.kind == "section" and around == "table":
            table.start_section(box.section)
            self._boxes.append((depth, "section"))
            return True
        else:
            table.lacks_columns = True
        return False

    def _begin_item(self, lines: list[FlowContent]) -> None:
        self._flows.append(self.flow)
        self.flow = lines

    def _end_item(self) -> None:
        table = self._table
        if table is not None and table.in_cell:
            table.in_cell = False
            self._told(self.flow)
            self.flow = self._flows.pop()

    def _begin_table(self, table: OpenTable) -> None:
        self._tables.append(self._table)
        self._table = table
        self._begin_item(table.before)

    def _end_table(self) -> None:
        table = self._table
        self._end_item()
        self.flow = self._flows.pop()
        self._table = self._tables.pop()
        if table is not None:
            self.flow += table.blocks()

"""A sheet of the workbook: a head that stays, a filter, and rows that are added as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.output.tables.sheet_rows import DrawnRow, Entry, Head, RowDrawer, Tone, properties_of_looks
from rules.words import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Limits of the format (Excel specifications and limits).
LAST_ROW = 1_048_575
_MOST_LINKS = 65_530
_MOST_COLUMNS_OF_A_PAGE = 20
_COMMENT = {"x_scale": 3, "y_scale": 1.5, "author": "gongkai", "font_size": 9}
_MORE = {
    "zh": "一张工作表只容纳这么多行，其余见同名的 Parquet 或 CSV 文件。",
    "en": "A sheet holds no more rows; the rest is in the Parquet or CSV file of the same name.",
}


def give_looks(workbook: Workbook) -> None:
    """Give a workbook the looks that drawn rows name by their numbers."""
    for index, properties in enumerate(properties_of_looks(), start=1):
        workbook.add_format({**properties, "xf_index": index})


class Sheet:
    """A sheet that is written row by row; its rows come drawn.

    XlsxWriter writes everything around the rows. They themselves go to where it would put them, the open file
    of rows of a worksheet that keeps little in memory; so no cell of them is written by XlsxWriter.
    """

    def __init__(self, sheet: Worksheet, heads: Sequence[Head], language: Language, *, fixed: int) -> None:
        """Begin a sheet with its head.

        Args:
            sheet: an empty one, of a workbook with ``constant_memory`` and our looks.
            heads: of its columns.
            language: of what it says by itself.
            fixed: how many columns stay in sight.
        """
        self._sheet, self._language = sheet, language
        self._drawer = RowDrawer(heads)
        self._rows = self._links = 0
        self._last_column = len(heads) - 1
        sheet.freeze_panes(1, fixed)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        if len(heads) <= _MOST_COLUMNS_OF_A_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, fixed - 1)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
        self._put(self._drawer.head())

    def add(self, entries: Sequence[Entry]) -> None:
        """Write a row.

        Args:
            entries: one a column.
        """
        self.add_drawn(self._drawer.row(entries))

    def add_drawn(self, row: DrawnRow) -> None:
        """Write a row that is drawn; behind the last that a sheet holds, a line says where the rest is."""
        if self._rows > LAST_ROW:
            return
        if self._rows == LAST_ROW:
            row = self._drawer.row([Entry(_MORE[self._language], Tone.WARNING)])
        self._links += len(row.links)
        if self._links > _MOST_LINKS:
            row = row.without_links()
        for column, target, text in row.links:
            self._sheet.write_url(self._rows, column, target, None, text)
        for column, comment in row.comments:
            self._sheet.write_comment(self._rows, column, comment, _COMMENT)
        self._put(row)

    def _put(self, row: DrawnRow) -> None:
        self._rows += 1
        self._sheet.row_data_fh.write(row.numbered(self._rows))
        # XlsxWriter has nothing to write of this row, such as the words of a link.
        self._sheet.table.clear()
        self._sheet.previous_row = self._rows

    def close(self) -> None:
        """Put the filter over all that was written, and tell XlsxWriter how far that goes."""
        sheet = self._sheet
        sheet.dim_rowmin, sheet.dim_rowmax = 0, self._rows - 1
        sheet.dim_colmin, sheet.dim_colmax = 0, self._last_column
        sheet.autofilter(0, 0, self._rows - 1, self._last_column)

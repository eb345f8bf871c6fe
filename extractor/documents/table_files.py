"""Tables that users give us, such as a list of files or of organs: CSV, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from extractor.documents.source import read_file
from extractor.errors import InputError
from rules.words import Bilingual


def read_table_file(path: Path, what: Bilingual) -> list[list[str]]:
    """The rows of a table.

    Args:
        path: of a CSV, in UTF-8 or GB18030, or of a workbook (xlsx), whose first sheet it is.
        what: messages call it.

    Returns:
        The rows, each with the texts of its cells; a number without decimals has no point.

    Raises:
        InputError: if it can't be read.
    """
    data = read_file(path)
    if data.startswith(b"PK"):
        return _rows_of_workbook(data, path, what)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise _damaged(path, what) from error
    raise _damaged(path, what)


def _damaged(path: Path, what: Bilingual) -> InputError:
    return InputError(
        f"无法读取{what.zh} {path}。请另存为 UTF-8 的 CSV 或 xlsx 后再试。",
        f"can't read the {what.en} {path}; save it anew as CSV in UTF-8 or as xlsx",
    )


def _rows_of_workbook(data: bytes, path: Path, what: Bilingual) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # of no use to whoever has no workbook

    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        raise _damaged(path, what) from error
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    """What a cell of a workbook shows: a year is no decimal, a date has no time of day."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

"""A list of files with what is known of them besides: a manifest, as CSV or as a workbook."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor.batch.files import FileToRead, Given
from extractor.batch.stores import is_address
from extractor.documents.table_files import read_table_file
from extractor.errors import InputError
from rules.words import Bilingual

_WHAT = Bilingual(zh="清单", en="manifest")
# The names of its columns, in English and in Chinese.
_FILE = ("file", "文件")
_COLUMNS = {
    "organ": ("organ", "机关", "单位"),
    "code": ("code", "代码", "行政区划代码"),
    "year": ("year", "年度", "年份"),
    "address": ("address", "网址"),
    "fetched": ("fetched", "抓取日期", "下载日期"),
}


def read_manifest(path: Path) -> list[FileToRead]:
    """The files that a manifest lists, in its order.

    Args:
        path: of a CSV, in UTF-8 or GB18030, or of a workbook, whose first sheet it is. The first row names
            the columns; ``file`` must be among them: addresses, or paths relative to the manifest's folder,
            of a file in an archive that of the archive, a slash and its path there.

    Raises:
        InputError: if it can't be read, or names no files.
    """
    rows = read_table_file(path, _WHAT)
    head = [str(name).strip().lower() for name in rows[0]] if rows else []
    file = next((head.index(name) for name in _FILE if name in head), None)
    if file is None:
        raise InputError(
            f"清单 {path} 的第一行中没有名为“文件”（file）的列。请加上这一列。",
            f"the manifest {path} has no column called file in its first row; add it",
        )
    places = {
        field: next((head.index(name) for name in names if name in head), None)
        for field, names in _COLUMNS.items()
    }
    return [
        _file(row, file, places, path.parent) for row in rows[1:] if len(row) > file and row[file].strip()
    ]


def _file(row: Sequence[str], file: int, places: Mapping[str, int | None], folder: Path) -> FileToRead:
    given = {
        field: row[place].strip() or None
        for field, place in places.items()
        if place is not None and place < len(row)
    }
    named = row[file].strip()
    path = named if is_address(named) else os.path.normpath(os.path.join(folder, named))
    archive, member = _in_archive(path)
    return FileToRead(archive, member, is_named=True, given=Given(**given))


def _in_archive(path: str) -> tuple[str, str | None]:
    """The archive that a path leads into, and the path in there; the path itself if it leads into none."""
    if is_address(path) or os.path.lexists(path):
        return path, None
    for above in Path(path).parents:
        if above.is_file():
            return str(above), Path(path).relative_to(above).as_posix()
    return path, None

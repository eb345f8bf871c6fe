"""The file of decisions beside a source: read, and added to without losing anything."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from extractor.decisions.beside import path_beside
from extractor.decisions.record import MOST_BYTES, Decision, Record, record_in
from extractor.documents.source import read_file
from extractor.errors import OutputError, reason
from extractor.platforms.here import HERE

# Within one process; others are kept out by the lock on the folder.
_adding = threading.Lock()


def record_beside(source: Path) -> Record | None:
    """The decisions on a source; None if there are none.

    Args:
        source: the path of the report.

    Raises:
        UnreadableError: if what lies there is no file of decisions, or can't be read.
        TooLargeError: if it is larger than any report.
    """
    path = path_beside(source)
    return record_in(read_file(path), str(path)) if path.exists() else None


def add(source: Path, decisions: Sequence[Decision]) -> Record:
    """Add decisions to those on a source, as a whole or not at all.

    Args:
        source: the path of the report, which isn't touched.
        decisions: those that are there already are passed over.

    Returns:
        All that there are now, others' included.

    Raises:
        UnreadableError: if what lies there is no file of decisions.
        OutputError: if it can't be written.
    """
    path = path_beside(source)
    with _adding, HERE.locked_folder(path.parent):
        record = record_beside(source) or Record(name=source.name)
        more = record.with_more(decisions)
        if more is not record:
            data = more.model_dump_json(indent=1).encode()
            # Read as it will be: what couldn't be read again must not be written.
            if len(data) > MOST_BYTES or record_in(data, str(path)) != more:
                raise OutputError(f"{path} 中的决定过多。", f"{path} would hold too many decisions")
            _replace(path, data)
        return more


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, and put it in its place when all is on the disk."""
    # Of one name, so that what a kill leaves of it is written over the next time.
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {path}：{zh}。请检查文件夹是否可写、磁盘是否已满；决定仍保存在浏览器中。",
            f"can't write {path}: {en}; check that the folder is writable and the disk has room; "
            "the browser still keeps the decisions",
        ) from error

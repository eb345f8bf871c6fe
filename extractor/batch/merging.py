"""Parts of a batch, read in different places, put together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.batch.files import FileToRead
from extractor.batch.journal import Finished, Journal, finished_parts
from extractor.errors import InputError


def merged(folders: Sequence[Path]) -> tuple[list[FileToRead], Journal]:
    """The files of all parts, and what is known of them.

    Args:
        folders: that the parts were written to; several parts may be in one.

    Raises:
        InputError: if there is none, one is missing, or they were read by different settings.
        UnreadableError: if a part can't be read.
    """
    parts = [part for folder in folders for part in finished_parts(folder)]
    _check(parts)
    journal = Journal(parts[0].settings)
    for folder in folders:
        journal.load(folder)
    files = {file.key: file for part in parts for file in part.files}
    return [files[key] for key in sorted(files)], journal


def _check(parts: Sequence[Finished]) -> None:
    if not parts:
        raise InputError(
            "其中没有读完的部分。请给出 gongkai batch --shard 写出的文件夹。",
            "no part in there is read to its end; name folders that gongkai batch --shard has written",
        )
    known = {part.shard for part in parts}
    missing = sorted(
        f"{number}/{total}"
        for total in {shard.total for shard in known}
        for number in range(1, total + 1)
        if (number, total) not in known
    )
    if missing:
        raise InputError(
            f"缺少第 {'、'.join(missing)} 部分，或尚未读完。请先用 --shard 读完，并给出其文件夹。",
            f"missing, or not read to the end: part {', '.join(missing)}; read it with --shard, and name its "
            "folder",
        )
    if len({part.settings for part in parts}) > 1:
        raise InputError(
            "各部分由不同版本的程序或不同的表样读出。请用同一版本、同样的 --form 重新运行各部分。",
            "the parts were read by different versions of the program or different forms; run all of them "
            "by the same",
        )

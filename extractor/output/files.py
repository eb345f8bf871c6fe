"""Where results are written: a file as a whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from extractor.errors import OutputError, reason
from extractor.platforms.here import HERE


def write_file(path: Path, content: bytes, source: Path | None) -> None:
    """Write a file as a whole or not at all; a pipe or a device is written to as it is.

    Args:
        path: of the file; what a link leads to is replaced, not the link.
        content: all that the file will hold.
        source: the report that was read, which is never written over; None if it is no file.

    Raises:
        OutputError: if it can't be written, or is the report itself.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.write(content)
            return
        target = Path(HERE.reachable(str(path.resolve())))
        if source is not None and path.resolve() == source.resolve():
            raise OutputError(
                f"{path} 就是要读取的报告。请换一个文件名。",
                f"{path} is the report itself; choose another name",
            )
        with replacing(target) as stream:
            stream.write(content)
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {path}：{zh}。请检查文件夹是否存在、可写。",
            f"can't write {path}: {en}; check that the directory exists and is writable",
        ) from error


def keep_file(target: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; one with the same content is left alone, its time, too.

    Args:
        target: the file; not a link.
        content: all that it will hold.

    Raises:
        OSError: if it can't be written.
    """
    with suppress(FileNotFoundError):
        if target.read_bytes() == content:
            return
    with replacing(target) as stream:
        stream.write(content)


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Within it, what is written stands beside a file; it takes the file's place when all is written.

    Args:
        target: the file; not a link.

    Yields:
        What is to be written to; what is there is removed if anything fails, an interrupt, too.
    """
    with NamedTemporaryFile("wb", dir=target.parent, prefix=".gongkai-", delete=False) as part:
        try:
            yield part
            # Windows neither renames nor removes a file that is open.
            part.close()
            mask = os.umask(0)
            os.umask(mask)
            Path(part.name).chmod(0o666 & ~mask)
            Path(part.name).replace(target)
        except BaseException:  # an interrupt, too, leaves nothing behind
            with suppress(OSError):  # on a full disk, closing tries again to write
                part.close()
            Path(part.name).unlink(missing_ok=True)
            raise


def write_standard_output(content: bytes, *, is_binary: bool) -> None:
    """Write to standard output.

    Args:
        content: what to write.
        is_binary: whether these bytes are no text; a text is UTF-8, and is written in the stream's encoding.
    """
    if is_binary:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content.decode("utf-8"))
    sys.stdout.flush()

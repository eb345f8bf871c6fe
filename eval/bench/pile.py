"""A pile of made-up files for a batch: reports of many kinds, copies of some, and files that do harm."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from eval.zoo.documents import documents
from eval.zoo.layouts import LAYOUTS, Kind, Layout

_ENDINGS = {Kind.TEXT: "txt", Kind.HTML: "html", Kind.WORD: "docx"}
# Every so many files.
_COPIES, _HOSTILE = 33, 50


def make_pile(folder: Path, count: int) -> None:
    """Write files: reports of all layouts that no other program draws, 3 % copies, 2 % hostile.

    Their names mix them, so that any thousand of them are like any other.

    Args:
        folder: to be made.
        count: how many files.
    """
    folder.mkdir()
    layouts = [layout for layout in Layout if LAYOUTS[layout].kind in _ENDINGS]
    drawn = (one for layout in layouts for one in documents(layout, 7, -(-count // len(layouts))))
    numbers = random.Random(7).sample(range(count), count)  # noqa: S311 - no secret
    hostile, last = cycle(_hostile()), b""
    for place, (number, one) in enumerate(zip(numbers, drawn, strict=False)):
        ending = _ENDINGS[LAYOUTS[one.layout].kind]
        data = last if place % _COPIES == _COPIES - 1 else one.data
        last = data
        if place % _HOSTILE == _HOSTILE - 1:
            ending, data = next(hostile)
            # Or it would be read once.
            data = data + b"\n%d" % place if ending != "zip" else data
        (folder / f"{number:06}.{ending}").write_bytes(data)


def _hostile() -> Iterator[tuple[str, bytes]]:
    """Files that are damaged, no report, or made to take long: their endings and their bytes."""
    yield "pdf", b"%PDF-1.7 damaged"
    yield "txt", "关于召开会议的通知\n".encode() * 20
    yield "txt", "1件、".encode() * 100_000
    yield "html", b"<td>" * 20_000
    yield "txt", "一二三四五六七八九".encode() * 20_000
    yield "docx", b"PK\x03\x04 cut off"
    yield "txt", b"a" * 200_000 + b"@"
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", b"0" * 50_000_000)
    yield "zip", stream.getvalue()

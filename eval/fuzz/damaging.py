"""Ways to damage a file: of its bytes, or of a file in it if it is an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

_NUMBER = re.compile(rb"-?\d+")
# What readers have stumbled over: ends of ranges, signs, marks of formats.
_ODD = (
    *(b"\0", b"\xff", b"<", b">", b"&", b'"', b"%", b"{\\", b"]]>", b"0", b"-1", b"1e999", b"NaN"),
    *(b"4294967296", b"9223372036854775808", b"\xef\xbb\xbf", b"\xff\xfe", "\ufdd0".encode(), "一".encode()),
    *(
        b"\r",
        b"<table>",
        b"</td>",
        b"<![CDATA[",
        b"endobj",
        b"stream\n",
        b"/Kids [1 0 R]",
        b'colspan="99999"',
    ),
)


class Damage(NamedTuple):
    """One change.

    Attributes:
        way: the name of one of :data:`WAYS`.
        place: where, as a part of the whole from 0 to 1.
        size: how much, likewise; of what is odd, which.
    """

    way: str
    place: float
    size: float


def damaged(data: bytes, changes: Sequence[Damage], member: float | None = None) -> bytes:
    """A file with changes.

    Args:
        data: the file.
        changes: one after the other.
        member: which file of an archive is changed, as a part of how many there are; None, or no archive: the
            file itself.
    """
    if member is None or not data.startswith(b"PK"):
        return _changed(data, changes)
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()}
    except (BadZipFile, ValueError, OSError):
        return _changed(data, changes)
    name = sorted(files)[min(int(member * len(files)), len(files) - 1)]
    files[name] = _changed(files[name], changes)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for one, content in files.items():
            target.writestr(one, content)
    return stream.getvalue()


def _changed(data: bytes, changes: Sequence[Damage]) -> bytes:
    for change in changes:
        data = WAYS[change.way](data, int(change.place * len(data)), change.size)
    return data


def _flipped(data: bytes, place: int, size: float) -> bytes:
    byte = data[place : place + 1]
    return data[:place] + bytes(one ^ (1 << int(size * 7.99)) for one in byte) + data[place + 1 :]


def _cut(data: bytes, place: int, size: float) -> bytes:
    return data[:place] + data[place + int(size * size * len(data)) + 1 :]


def _ended(data: bytes, place: int, _: float) -> bytes:
    return data[:place]


def _odd(data: bytes, place: int, size: float) -> bytes:
    return data[:place] + _ODD[int(size * (len(_ODD) - 1))] + data[place:]


def _repeated(data: bytes, place: int, size: float) -> bytes:
    piece = data[place : place + 1 + int(size * 400)]
    return data[:place] + piece * (2 + int(size * 200)) + data[place:]


def _moved(data: bytes, place: int, size: float) -> bytes:
    other = int(size * len(data))
    return data[:place] + data[other : other + 300] + data[place:]


def _renumbered(data: bytes, place: int, size: float) -> bytes:
    match = _NUMBER.search(data, place)
    numbers = (b"0", b"-1", b"65536", b"2147483648", b"99999999999", b"1.5", b"")
    if match is None:
        return data
    return data[: match.start()] + numbers[int(size * (len(numbers) - 1))] + data[match.end() :]


#: By name.
WAYS: Mapping[str, Callable[[bytes, int, float], bytes]] = {
    "flip": _flipped,
    "cut": _cut,
    "end": _ended,
    "odd": _odd,
    "repeat": _repeated,
    "move": _moved,
    "renumber": _renumbered,
}

"""ZIP archives, read within bounds: Word files are archives, and reports are sent in them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from extractor.documents.errors import damaged, encrypted, too_large

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_MOST_BYTES_OF_ONE = 32 * 1024 * 1024
_CHUNK = 1024 * 1024
# What a damaged archive makes zipfile raise.
_DAMAGED = (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error, zlib.error)


class Bounds(NamedTuple):
    """What an archive may hold.

    Attributes:
        entries: the most files.
        megabytes: the most that all of them inflate to.
    """

    entries: int
    megabytes: int


# Pictures don't shrink, so a report with its pictures inflates to little more than the largest input.
OF_A_REPORT = Bounds(2000, 128)


class Archive:
    """The files in a ZIP archive.

    Nothing is inflated before it is asked for, and nothing beyond the size that the archive declares
    for it, which is bounded for all its files together.
    """

    def __init__(self, stream: IO[bytes], name: str, bounds: Bounds = OF_A_REPORT) -> None:
        """Read the directory of an archive.

        Args:
            stream: its bytes.
            name: what messages call it.
            bounds: of what it may hold.

        Raises:
            UnreadableError: if it is damaged or encrypted.
            TooLargeError: if it holds more than a report and its attachments can.
        """
        # Counted before zipfile makes an object of each.
        if _entries_in(stream) > 2 * bounds.entries:
            raise too_large(name)
        self.name = name
        try:
            self._zip = ZipFile(stream)
            # The name of a folder ends so; zipfile's own question fails for a file without a name.
            files = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
            self._entries = {_name(info): info for info in files}
        except _DAMAGED as error:
            raise damaged(self.name) from error
        if "" in self._entries:
            raise damaged(name, "其中有文件没有名称", "a file in it has no name")
        if len(self._entries) > bounds.entries or self._size() > bounds.megabytes * 1024 * 1024:
            raise too_large(name)
        if any(info.flag_bits & _ENCRYPTED for info in self._entries.values()):
            raise encrypted(name)
        # Part names of Word files are told apart without regard to case.
        self._by_part = {name.lower(): info for name, info in self._entries.items()}

    def __iter__(self) -> Iterator[str]:
        """The names of its files, in the archive's order."""
        return iter(self._entries)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._by_part

    def read(self, part: str) -> bytes:
        """The content of a file; upper and lower case are the same.

        Raises:
            UnreadableError: if it is damaged, or compressed in a way that no office program uses.
            TooLargeError: if it is larger than a report can be.
            KeyError: if it isn't there.
        """
        info = self._by_part[part.lower()]
        if info.file_size > _MOST_BYTES_OF_ONE:
            raise too_large(f"{self.name}/{part}")
        # The other methods of compression inflate without bounds.
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(self.name)
        try:
            with self._zip.open(info) as stream:
                return stream.read(info.file_size)
        except _DAMAGED as error:
            raise damaged(self.name) from error

    def _size(self) -> int:
        return sum(info.file_size for info in self._entries.values())


def _entries_in(stream: IO[bytes]) -> int:
    """How often the beginning of an entry of the directory stands in an archive, whatever it is there."""
    count, end = 0, b""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        chunk = end + chunk
        count += chunk.count(_DIRECTORY_ENTRY)
        # An entry's beginning may lie in two chunks; one that ends the chunk isn't counted again.
        end = chunk[-3:]
    return count


def _name(info: ZipInfo) -> str:
    """The name of a file; archives made on Chinese Windows have it in GBK and don't say so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        stored = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = stored.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    # What steers a terminal isn't shown.
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return shown.replace("\\", "/").lstrip("/")

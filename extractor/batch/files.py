"""What a batch is to read: files, those in folders, what a pattern fits, what a manifest lists."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from extractor.batch.stores import StoredState, found_at, is_address
from extractor.decisions.beside import ENDING
from extractor.errors import InputError, legible


class Given(NamedTuple):
    """What a manifest says of a file; None where it doesn't.

    Attributes:
        organ: whose report it is.
        code: of its division, or another by which the organ is known.
        year: of the report.
        address: of the page that it is from.
        fetched: the date on which it was.
    """

    organ: str | None = None
    code: str | None = None
    year: str | None = None
    address: str | None = None
    fetched: str | None = None


class FileToRead(NamedTuple):
    """A file that a batch reads.

    Attributes:
        path: of the file on disk, or its address in a store.
        member: its path in the archive that ``path`` is; None if it is a file itself.
        is_named: whether it was named, rather than found in a folder or an archive.
        given: what a manifest says of it.
        listed: its state in a store, as that told it with others; None if it is asked for when it is wanted.
        told: the files in the archive that it is of which a manifest says something.
    """

    path: str
    member: str | None = None
    is_named: bool = False
    given: Given = Given()
    listed: StoredState | None = None
    told: tuple[FileToRead, ...] = ()

    def as_json(self) -> list[Any]:
        """What :meth:`from_json` takes; how it was listed isn't kept."""
        return [self.path, self.member, self.is_named, self.given, *(one.as_json() for one in self.told)]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> FileToRead:
        """The file that was written so.

        Raises:
            ValueError: if it is none.
            TypeError: likewise.
        """
        path, member, is_named, given, *told = value
        return cls(path, member, is_named, Given(*given), told=tuple(map(cls.from_json, told)))

    @property
    def key(self) -> str:
        """What tells it from all others: the path, and the path in the archive behind it."""
        return self.path if self.member is None else f"{self.path}/{self.member}"

    @property
    def name(self) -> str:
        """What results and messages call it: the key, as far as that can be shown."""
        return legible(self.key)

    def inside(self, members: Iterable[str]) -> list[FileToRead]:
        """The files in it, if it is an archive, and those that a manifest says to be.

        Args:
            members: their paths there.
        """
        told = {one.member: one for one in self.told}
        return [
            told.get(name) or self._replace(member=name, is_named=False, told=())
            for name in dict.fromkeys([*members, *(one.member for one in self.told)])
        ]


class Shard(NamedTuple):
    """A part of a batch, by the names of files.

    Attributes:
        number: of the part, counted from 1.
        total: how many parts there are.
    """

    number: int = 1
    total: int = 1

    def holds(self, file: FileToRead) -> bool:
        """Whether a file is in this part; the files of one archive are in the part that this is in."""
        if self.total == 1:
            return True
        digest = sha256(file.path.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8]) % self.total == self.number - 1


def files_in(paths: Sequence[str], listed: Sequence[FileToRead], output: str) -> list[FileToRead]:
    """The files to read, each once, in the order of their names.

    Args:
        paths: of files, folders and patterns (``**`` stands for any folders), or their addresses.
        listed: the files that a manifest lists.
        output: the folder of the results, or its address, which isn't looked into.

    Raises:
        InputError: if a pattern fits nothing, a store doesn't answer, or there is no file at all.
    """
    found: dict[str, FileToRead] = {}
    for path in paths:
        for file in _stored(path, output) if is_address(path) else _files(path, Path(output).resolve()):
            known = found.get(file.key)
            found[file.key] = file._replace(is_named=file.is_named or (known is not None and known.is_named))
    # What a manifest says of a file holds wherever else it is named.
    found.update((file.key, file) for file in listed)
    for file in listed:
        if file.member is not None and (archive := found.get(file.path)) is not None:
            found[file.path] = archive._replace(told=(*archive.told, found.pop(file.key)))
    if not found:
        raise InputError(
            "没有要读取的文件。请给出文件、文件夹、通配符或清单（--manifest）。",
            "there are no files to read; name files, folders, patterns or a manifest (--manifest)",
        )
    return [found[key] for key in sorted(found)]


def _stored(address: str, output: str) -> Iterator[FileToRead]:
    for found in found_at(address):
        if not found.address.startswith(output.rstrip("/") + "/"):
            yield FileToRead(found.address, is_named=found.is_named, listed=found.state)


def _files(path: str, output: Path) -> Iterator[FileToRead]:
    if os.path.isdir(path):
        yield from _walked(path, output)
    elif glob.has_magic(path) and not os.path.lexists(path):
        fitting = sorted(glob.glob(path, recursive=True))
        if not fitting:
            raise InputError(
                f"没有与 {path} 相符的文件。请检查通配符。", f"no file fits {path}; check the pattern"
            )
        for one in fitting:
            if os.path.isdir(one):
                yield from _walked(one, output)
            elif not one.endswith(ENDING):
                yield FileToRead(one)
    else:
        yield FileToRead(os.path.normpath(path), is_named=True)


def _walked(folder: str, output: Path) -> Iterator[FileToRead]:
    """The files below a folder; no hidden ones, none that office programs keep open, none of decisions."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not _is_hidden(name) and Path(parent, name).resolve() != output
        )
        for name in names:
            if not _is_hidden(name) and not name.endswith(ENDING):
                yield FileToRead(os.path.normpath(os.path.join(parent, name)))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))

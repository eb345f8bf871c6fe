"""Files in a store of objects, as S3 is one: found, read and written by addresses such as ``s3://bucket/reports``.

It is pyarrow that speaks to the store, as it does for Ray. It takes keys and the store's own place from where
Amazon's programs do: ``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, ``~/.aws``.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeAlias, cast

from extractor.decisions.beside import ENDING
from extractor.documents.source import read_stream
from extractor.errors import InputError, MissingProgramError, UnreadableError, reason
from extractor.extras import how_to_install
from extractor.output.files import replacing

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://([^/]*)(.*)", re.IGNORECASE | re.DOTALL)
_MAGIC = re.compile(r"[*?[]")
# What matters in the words by which pyarrow tells why a store refused.
_AWS_ERROR = re.compile(r"AWS Error .*?(?=;| \(Request|$)")

# What tells one content at an address from another: size and time of change in nanoseconds, and those of the
# file of decisions beside it, if there is one.
StoredState: TypeAlias = tuple[int, ...]


def is_address(path: str) -> bool:
    """Whether this is an address, and no path of a file system."""
    return _ADDRESS.match(path) is not None


def address_beside(address: str) -> str:
    """Where the decisions on what is at an address are kept."""
    return address + ENDING


class Found(NamedTuple):
    """A file in a store.

    Attributes:
        address: of it.
        state: as the store told it; None if nothing is there.
        is_named: whether the address was its own, rather than a folder's or a pattern.
    """

    address: str
    state: StoredState | None
    is_named: bool


def found_at(address: str) -> list[Found]:
    """The file at an address, the files below it, or those that fit it as a pattern (``**``: any folders).

    Raises:
        InputError: if no such store is known, it doesn't answer, or a pattern fits nothing.
    """
    place = _place(address)
    with _told(address):
        info = place.store.get_file_info(place.path)
        if _is_folder(info):
            return list(_below(place, place.path, ()))
        magic = None if info.is_file else _MAGIC.search(place.path)
        if magic is None:
            return [Found(address, state_at(address), is_named=True)]
        first = max(place.path.rfind("/", 0, magic.start()), 0)
        found = list(_below(place, place.path[:first], place.path[first + 1 :].split("/")))
    if not found:
        raise InputError(
            f"没有与 {address} 相符的文件。请检查通配符。", f"no file fits {address}; check the pattern"
        )
    return found


def state_at(address: str) -> StoredState | None:
    """The state of what is at an address; None if nothing is, or the store doesn't tell."""
    place = _place(address)
    try:
        info, beside = place.store.get_file_info([place.path, address_beside(place.path)])
    except (OSError, ValueError):
        return None
    return _state(info, beside) if info.is_file else None


def is_there(address: str) -> bool:
    """Whether there is a file at an address.

    Raises:
        UnreadableError: if the store doesn't tell.
    """
    place = _place(address)
    with _told(address):
        return bool(place.store.get_file_info(place.path).is_file)


def read_at(address: str) -> bytes:
    """What is at an address.

    Raises:
        UnreadableError: if it can't be read.
        TooLargeError: if it is too large to be a report.
    """
    with _told(address), opened_at(address) as stream:
        return read_stream(stream, address)


def opened_at(address: str) -> IO[bytes]:
    """What is at an address, to read from any place in it.

    Raises:
        InputError: if no such store is known.
        OSError: if it can't be opened.
    """
    place = _place(address)
    with _plain_errors():
        return cast("IO[bytes]", place.store.open_input_file(place.path))


class StoredFolder:
    """A folder in a store.

    Args:
        address: of it.

    Raises:
        InputError: if no such store is known.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._place = _place(address)

    def sizes(self) -> Mapping[str, int]:
        """How many bytes the files in it have, by their paths from it.

        Raises:
            UnreadableError: if the store doesn't tell.
        """
        begin = len(self._place.path) + 1
        with _told(self._address):
            return {info.path[begin:]: info.size for info in _files(self._place.store, self._place.path)}

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file from it, as a whole or not at all.

        Raises:
            UnreadableError: if it can't be copied.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        store, path = self._place.store, self._inside(name)
        with (
            _told(f"{self._address}/{name}"),
            replacing(target) as stream,
            store.open_input_stream(path, compression=None) as source,
        ):
            shutil.copyfileobj(cast("IO[bytes]", source), stream)

    def send(self, name: str, source: Path) -> None:
        """Copy a file to it; it is there as a whole or not at all.

        Raises:
            OSError: if it can't be copied.
        """
        store, path = self._place.store, self._inside(name)
        with _plain_errors(), source.open("rb") as stream:
            try:
                target = store.open_output_stream(path, compression=None)
            except FileNotFoundError:
                # Most stores know no folders, and make none for a file.
                store.create_dir(path.rpartition("/")[0], recursive=True)
                target = store.open_output_stream(path, compression=None)
            with target:
                shutil.copyfileobj(stream, cast("IO[bytes]", target))

    def remove(self, name: str) -> None:
        """Remove a file of it.

        Raises:
            OSError: if it can't be removed.
        """
        with _plain_errors():
            self._place.store.delete_file(self._inside(name))

    def _inside(self, name: str) -> str:
        return f"{self._place.path}/{name}"


class _Place(NamedTuple):
    """Where an address leads.

    Attributes:
        store: the store.
        before: the store's own address, without what its paths begin with.
        root: what all of its paths begin with.
        path: of what is at the address.
    """

    store: FileSystem
    before: str
    root: str
    path: str

    def address(self, path: str) -> str:
        """The address of another file of the store."""
        return self.before + path[len(self.root) :]


def _place(address: str) -> _Place:
    """Where an address leads.

    Raises:
        InputError: if no such kind of store is known, or the address holds a key.
        MissingProgramError: if what it takes isn't installed.
    """
    match = _ADDRESS.fullmatch(address)
    kind, authority, path = match.groups() if match is not None else ("", "", "")
    store, root = _store(kind.lower(), authority)
    return _Place(store, f"{kind}://{authority}", root, root + path.rstrip("/"))


@lru_cache(maxsize=16)
def _store(kind: str, authority: str) -> tuple[FileSystem, str]:
    """A store, and what its paths begin with."""
    address = f"{kind}://{authority}/"
    if kind == "s3" and "@" in authority:
        raise InputError(
            "地址中不能有密钥，它会写入结果。请用环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。",
            "an address must not hold a key, as results name it; set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY",
        )
    try:
        from pyarrow.fs import FileSystem  # an extra of the package

        store, root = FileSystem.from_uri(address)
    except ModuleNotFoundError as error:
        how = how_to_install("tables")
        raise MissingProgramError(
            f"读写 {address} 需要 pyarrow：{how.zh}。", f"{address} takes pyarrow: {how.en}"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            f"{address} 不是 s3://… 一类的存储，不能读写。请先下载，或挂载为文件夹后给出路径。",
            f"{address} is no store such as s3://…: download what is there, or mount it, and name the folder",
        ) from error
    return store, root.rstrip("/")


def _files(store: FileSystem, folder: str) -> Iterator[FileInfo]:
    """All files below a folder; none if there is no such folder."""
    from pyarrow.fs import FileSelector

    selector = FileSelector(folder, allow_not_found=True, recursive=True)
    return (info for info in store.get_file_info(selector) if info.is_file)


def _is_folder(info: FileInfo) -> bool:
    from pyarrow.fs import FileType

    return info.type == FileType.Directory


def _below(place: _Place, folder: str, pattern: Sequence[str]) -> Iterator[Found]:
    """The files below a folder; no hidden ones, none that office programs keep open, none of decisions.

    Args:
        place: of anything in the store.
        folder: its path there.
        pattern: that a file, or a folder that it is in, fits, from that folder on; empty for all.
    """
    infos = {info.path: info for info in _files(place.store, folder)}
    for path, info in infos.items():
        parts = path[len(folder) + 1 :].split("/")
        if path.endswith(ENDING) or any(part.startswith((".", "~$")) for part in parts):
            continue
        if not pattern or any(_fits(parts[:number], pattern) for number in range(1, len(parts) + 1)):
            yield Found(place.address(path), _state(info, infos.get(address_beside(path))), is_named=False)


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path fit those of a pattern."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_fits(parts[number:], pattern[1:]) for number in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _state(info: FileInfo, beside: FileInfo | None) -> StoredState:
    """The state of a file with what stands beside it."""
    infos = [info] if beside is None or not beside.is_file else [info, beside]
    return tuple(number for one in infos for number in (one.size or 0, one.mtime_ns or 0))


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Within it, what a store refuses is told as the system would."""
    try:
        yield
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        said = _AWS_ERROR.search(str(error))
        raise OSError(
            number or 0, os.strerror(number) if number else said[0] if said else str(error)
        ) from error


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Within it, what a store refuses is told to whoever named the address."""
    try:
        with _plain_errors():
            yield
    except OSError as error:
        zh, en = reason(error)
        raise UnreadableError(
            f"无法读取 {address}：{zh}。请检查地址、密钥（AWS_ACCESS_KEY_ID）和网络。",
            f"can't read {address}: {en}; check the address, the keys (AWS_ACCESS_KEY_ID) and the network",
        ) from error

"""Where a batch keeps its journal and its results: a folder of this machine, or one in a store.

A store has files that are there as a whole, and none to which lines are appended. So a run whose results go
there writes to a folder of this machine first, below that of caches. Its journal is in pieces: each a journal
for itself, of the same format, which is begun anew every so many seconds and sent when it is closed. What is
in the store is fetched at the beginning of a run, so any machine goes on where another one was; what one that
was killed hadn't sent yet is still in its folder, and is sent by its next run.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from cache.replies import default_folder
from extractor.batch.files import Shard
from extractor.batch.journal import FOLDER, JournalWriter, hold, is_of_journal
from extractor.batch.outcome import as_line
from extractor.batch.stores import StoredFolder, is_address
from extractor.errors import OutputError, reason
from extractor.output.files import replacing

# A machine that is lost loses what was read since.
_SECONDS_OF_A_PIECE = 30.0
_PIECE = re.compile(r"\d+-of-\d+\.(\d+)-[0-9a-f]+\.")
_LOCK, _SENT = "lock", "sent.json"
# Which results were written is told by the times of the files here.
_OWN = f"{FOLDER}/written.json"
_UNFINISHED = ".gongkai-"


class ResultFolder:
    """A folder of this machine, used as it is.

    Attributes:
        name: as it was given.
        path: of it.
        is_here: whether it is where its results will stay.
    """

    is_here = True

    def __init__(self, name: str) -> None:
        self.path = Path(name)
        self.name = str(self.path)

    def __enter__(self) -> ResultFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """All is in place."""

    def piece(self) -> str:
        """What the names of the journal's files have behind their part; nothing, as it is whole."""
        return ""

    def keep_up(self, writer: JournalWriter) -> None:
        """See that what was read is kept where the results go.

        Args:
            writer: of the journal.
        """


class StoredResults(ResultFolder):
    """A folder in a store; ``path`` is where it is worked on.

    Args:
        address: of it.
        shard: the part of a batch that is read; of another one, nothing is fetched.

    Raises:
        InputError: if no such store is known.
    """

    is_here = False

    def __init__(self, address: str, shard: Shard) -> None:
        super().__init__(address)
        self.name = address.rstrip("/")
        key = sha256(f"{self.name} {shard.number} {shard.total}".encode()).hexdigest()[:16]
        # Pages name the folder that they are in.
        self.path = default_folder() / "batches" / key / (self.name.rpartition("/")[2] or "results")
        self._store = StoredFolder(self.name)
        self._part = "" if shard.total == 1 else f"{shard.number}-of-{shard.total}."
        self._sent: dict[str, list[int]] = {}
        self._there: dict[str, int] = {}
        self._number = 0
        self._begun = time.monotonic()

    def __enter__(self) -> StoredResults:
        """Take hold of the folder, and fetch the journal.

        Raises:
            OutputError: if another run of this machine has it, or it can't be written.
            UnreadableError: if the store doesn't give what it has.
        """
        with ExitStack() as stack:
            try:
                (self.path / FOLDER).mkdir(parents=True, exist_ok=True)
                hold(stack.enter_context((self.path.parent / _LOCK).open("ab")), self.name)
                self._sent = _sent(self.path.parent / _SENT)
            except OSError as error:
                raise self._unwritable(error) from error
            self._there = dict(self._store.sizes())
            self._fetch()
            names = (_PIECE.match(name.removeprefix(f"{FOLDER}/")) for name in self._files())
            self._number = max((int(match[1]) for match in names if match is not None), default=0)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send all that is new; of a run that was stopped, the journal.

        Raises:
            OutputError: if that can't be done; it is kept on this machine.
        """
        with self._open:
            try:
                files = self._files()
                self._send(name for name in files if kind is None or is_of_journal(name))
                if kind is None:
                    self._remove(set(self._sent) - set(files))
            except OutputError:
                if kind is None:
                    raise

    def piece(self) -> str:
        """Another one with each call; later ones sort behind earlier ones, and none is another machine's."""
        self._number += 1
        return f".{self._number:06}-{secrets.token_hex(4)}"

    def keep_up(self, writer: JournalWriter) -> None:
        """Send the piece that was written, and have another one begun, when it is time."""
        if time.monotonic() - self._begun < _SECONDS_OF_A_PIECE:
            return
        self._begun = time.monotonic()
        closed = writer.begin(self.piece())
        self._send(f"{FOLDER}/{path.name}" for path in closed if path.stat().st_size)

    def _fetch(self) -> None:
        """Have the journal that is in the store, and no piece that was removed there."""
        for name in self._files():
            if name in self._sent and name not in self._there and is_of_journal(name):
                (self.path / name).unlink()
                del self._sent[name]
        for name, size in self._there.items():
            if not is_of_journal(name) or not name.startswith(f"{FOLDER}/{self._part}"):
                continue
            path = self.path / name
            if not path.exists() or path.stat().st_size != size:
                self._store.fetch(name, path)
            self._sent[name] = _state(path)

    def _files(self) -> list[str]:
        """The files to be sent, by their paths from the folder: results before the lines that name them."""
        found = []
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_file() and name != _OWN and not path.name.startswith(_UNFINISHED):
                if path.stat().st_size or not is_of_journal(name):
                    found.append(name)
                else:
                    path.unlink()
        return sorted(found, key=lambda name: (not is_of_journal(name), name.endswith(".jsonl"), name))

    def _send(self, names: Iterable[str]) -> None:
        try:
            for name in names:
                path = self.path / name
                state = _state(path)
                if self._sent.get(name) != state or self._there.get(name) != state[0]:
                    self._store.send(name, path)
                    self._sent[name], self._there[name] = state, state[0]
            self._note_sent()
        except OSError as error:
            raise self._unwritable(error) from error

    def _remove(self, names: Iterable[str]) -> None:
        try:
            for name in sorted(names):
                if name in self._there:
                    self._store.remove(name)
                del self._sent[name]
            self._note_sent()
        except OSError as error:
            raise self._unwritable(error) from error

    def _note_sent(self) -> None:
        with replacing(self.path.parent / _SENT) as stream:
            stream.write(as_line(self._sent))

    def _unwritable(self, error: OSError) -> OutputError:
        zh, en = reason(error)
        return OutputError(
            f"无法写入 {self.name}：{zh}。已读完的报告保存在 {self.path}，排除原因后用同一命令继续。",
            f"can't write to {self.name}: {en}; what was read is kept in {self.path}: mend this, and the "
            "same command goes on",
        )


def result_folder(name: str, shard: Shard | None = None) -> ResultFolder:
    """The folder of results of this name.

    Args:
        name: its path, or its address in a store.
        shard: the part of a batch that is read; all of it, unless given.

    Raises:
        InputError: if it is an address, and no such store is known.
    """
    return StoredResults(name, shard or Shard()) if is_address(name) else ResultFolder(name)


def _state(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns]


def _sent(path: Path) -> dict[str, list[int]]:
    """What was sent, and its state then; what can't be read is sent again."""
    try:
        sent: dict[str, list[int]] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return sent

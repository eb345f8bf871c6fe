"""The journal of a batch: what each file holds and what came of it, kept at once and for good.

It is a folder with three files for each part of a batch (``1-of-1``, ``2-of-8``), of which the first two may
be in pieces (``1-of-1.000001-…``), each a journal for itself:

- ``*.jsonl``, to which lines are only ever appended. A line says what a file holds (its state on disk, and
  a digest of its content or the files in it), or what came of a content under some settings: facts and
  where its results stand, or a failure.
- ``*.results.gz``, to which the results themselves are appended: lines of JSON, compressed, for each content
  a member of gzip with its results and one with the sentences of its reports; ``zcat`` prints all of them.
- ``*.files``, which is written when all files of the part were read, and lists them.

Results are written before the line that names them. So whatever ends a run, the last line is whole or torn,
and a torn one is cut off when the run is gone on with; results without a line are of no account.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from extractor.batch.files import FileToRead, Shard
from extractor.batch.outcome import FailureKind, Limits, Outcome, as_line
from extractor.decisions.beside import ENDING
from extractor.errors import OutputError, UnreadableError, reason
from extractor.output.files import keep_file
from extractor.platforms.here import HERE

FOLDER = "journal"
_LINES, _RESULTS, _FILES = ".jsonl", ".results.gz", ".files"
# Bytes that are looked through at once for the end of a line.
_BLOCK = 65536
# What may come out otherwise without a change of content or settings: it is tried again each time.
_PASSING = {FailureKind.MISSING_PROGRAM}

# The state of a file on disk: size, times of change of content and of the entry in nanoseconds, number of it;
# behind it, that of the file of decisions beside it, if there is one.
State: TypeAlias = tuple[int, ...]


class Holding(NamedTuple):
    """What a file holds.

    Attributes:
        state: of the file on disk, or of the archive that it is in; None if it could not be found out.
        content: the digest of its bytes; None of an archive, and if it can't be read.
        members: of an archive, the files in it; None of any other file.
        outcome: why it can't be read, if it has no content.
    """

    state: State | None
    content: str | None = None
    members: tuple[str, ...] | None = None
    outcome: Outcome | None = None


class Kept(NamedTuple):
    """What came of a content.

    Attributes:
        outcome: facts or failure.
        limits: within which it was read.
        path: of the file with results.
        offset, size: where in it those of this content stand, in bytes, its reports' own text behind them.
    """

    outcome: Outcome
    limits: Limits
    path: Path
    offset: int
    size: int

    def results(self) -> Iterator[bytes]:
        """The results, each as JSON, in the order of the page.

        Raises:
            UnreadableError: if they can't be read, or aren't what was written.
        """
        path, offset, size = self.place
        return lines_at(Path(path), offset, size)

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the results stand alone: what :func:`lines_at` takes."""
        return str(self.path), self.offset, self.size - self.outcome.text_size

    def sentences(self) -> Iterator[Sequence[str]]:
        """Of each report, in the order of the page, the sentences that are its own.

        Raises:
            UnreadableError: if they can't be read, or aren't what was written.
        """
        text_size = self.outcome.text_size
        if text_size:
            yield from map(json.loads, lines_at(self.path, self.offset + self.size - text_size, text_size))


def lines_at(path: Path, offset: int, size: int) -> Iterator[bytes]:
    """The lines that stand somewhere in a file of results.

    Args:
        path: of the file.
        offset: where in it they begin, in bytes.
        size: how many bytes they are, compressed.

    Raises:
        UnreadableError: if they can't be read, or aren't what was written.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            content = gzip.decompress(stream.read(size))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    yield from content.splitlines()


class Journal:
    """What is known of files and contents.

    Attributes:
        settings: the key of those by which files are read; behind it, after a blank, that of how a model is
            asked about them, if one is.
        holdings: by the keys of files; of each, what was found last.
    """

    def __init__(self, settings: str) -> None:
        """Nothing is known yet.

        Args:
            settings: the key of those by which files are read; what was read by others counts as unread.
        """
        self.settings = settings
        self.holdings: dict[str, Holding] = {}
        # By the key of the settings, and the content.
        self._kept: dict[str, dict[str, Kept]] = {key: {} for key in settings.split()}

    def kept(self, content: str) -> Kept | None:
        """What came of a content, a model's answers included; None if it wasn't read by these settings."""
        found = (kept[content] for kept in reversed(self._kept.values()) if content in kept)
        return next(found, None)

    def kept_by(self, key: str, content: str) -> Kept | None:
        """What came of a content by its layout alone, or with a model.

        Args:
            key: of the settings, one of those in :attr:`settings`.
            content: the digest of it.
        """
        return self._kept[key].get(content)

    def load(self, folder: Path) -> None:
        """Take in all parts of a journal.

        Args:
            folder: of the results, in which the journal's folder is.

        Raises:
            UnreadableError: if a part can't be read, or is none.
        """
        for path in sorted((folder / FOLDER).glob(f"*{_LINES}")):
            try:
                self._load(path)
            except OSError as error:
                raise _unreadable(path, error) from error
            except (ValueError, KeyError, TypeError) as error:
                raise _damaged(path) from error

    def _load(self, path: Path) -> None:
        results = path.with_name(path.name.removesuffix(_LINES) + _RESULTS)
        end = results.stat().st_size if results.exists() else 0
        with path.open("rb") as stream:
            for line in stream:
                # A power cut may take results whose line is there; what is torn was never done.
                if line.endswith(b"\n"):
                    self._take(json.loads(line), results, end)

    def _take(self, line: dict[str, Any], results: Path, end: int) -> None:
        if "file" in line:
            self.holdings[line["file"]] = _holding(line)
        elif line["settings"] in self._kept and line["offset"] + line["size"] <= end:
            self._kept[line["settings"]][line["content"]] = Kept(
                Outcome.from_json(line), Limits(*line["limits"]), results, line["offset"], line["size"]
            )

    def note(self, key: str, content: str, kept: Kept) -> None:
        """Know what came of a content.

        Args:
            key: of the settings by which it was read, one of those in :attr:`settings`.
            content: the digest of it.
            kept: what came of it.
        """
        self._kept[key][content] = kept


def held_files(files: Iterable[FileToRead], journal: Journal) -> Iterator[FileToRead]:
    """The files of which a journal knows what they hold; in the place of an archive stand the files in it.

    Args:
        files: of a batch.
        journal: that knows of them.
    """
    for file in files:
        holding = journal.holdings.get(file.key)
        if holding is None:
            continue
        if holding.members is None:
            yield file
        else:
            yield from held_files(file.inside(sorted(holding.members)), journal)


def _holding(line: dict[str, Any]) -> Holding:
    state, members, failure = line.get("state"), line.get("members"), line.get("failure")
    return Holding(
        None if state is None else tuple(map(int, state)),
        line.get("content"),
        None if members is None else tuple(members),
        None if failure is None else Outcome.from_json(line),
    )


class JournalWriter:
    """A part of a journal that is being written, by one run at a time.

    Args:
        folder: of the results, in which the journal's folder is made.
        shard: the part.
        settings: as :class:`Journal` has them.
        piece: what the names of its files have behind the part.

    Raises:
        OutputError: if it can't be written, or another run is writing it.
    """

    def __init__(self, folder: Path, shard: Shard, settings: str, piece: str = "") -> None:
        self._settings = settings
        self._shard = shard
        self._part = folder / FOLDER / f"{shard.number}-of-{shard.total}"
        self._begin(piece)

    def begin(self, piece: str) -> Sequence[Path]:
        """Begin another piece.

        Args:
            piece: what the names of its files have behind the part.

        Returns:
            The files of the one before, which are closed, the results before the lines that name them.

        Raises:
            OutputError: if it can't be written.
        """
        closed = self._results, self._path
        self.__exit__()
        self._begin(piece)
        return closed

    def _begin(self, piece: str) -> None:
        folder, name = self._part.parent, self._part.name + piece
        self._path, self._results = folder / f"{name}{_LINES}", folder / f"{name}{_RESULTS}"
        with ExitStack() as stack:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._line_stream = stack.enter_context(self._path.open("ab"))
                hold(self._line_stream, str(folder.parent))
                self._result_stream = stack.enter_context(self._results.open("ab"))
                _drop_torn_line(self._path)
                self._end = self._results.stat().st_size
            except OSError as error:
                raise _unwritable(self._path, error) from error
            self._open = stack.pop_all()

    def __enter__(self) -> JournalWriter:
        return self

    def __exit__(self, *_: object) -> None:
        # What couldn't be written was told when it was tried; on a full disk, closing tries again.
        with suppress(OSError):
            self._open.close()

    def keep_holding(self, file: FileToRead, holding: Holding) -> None:
        """Keep what a file holds.

        Raises:
            OutputError: if it can't be written.
        """
        line: dict[str, Any] = {"file": file.key, "state": holding.state}
        if holding.content is not None:
            line["content"] = holding.content
        if holding.members is not None:
            line["members"] = holding.members
        if holding.outcome is not None:
            line.update(holding.outcome.as_json())
        self._append(line)

    def keep_outcome(self, key: str, content: str, outcome: Outcome, limits: Limits, results: bytes) -> Kept:
        """Keep what came of a content.

        Args:
            key: of the settings by which it was read.
            content: the digest of it.
            outcome: facts or failure.
            limits: within which it was read.
            results: as lines of JSON, and the reports' own text behind them, compressed.

        Raises:
            OutputError: if it can't be written.
        """
        offset, size = self._end, len(results)
        try:
            self._result_stream.write(results)
            self._result_stream.flush()
        except OSError as error:
            raise _unwritable(self._results, error) from error
        self._end += size
        line = {"content": content, "settings": key, "limits": limits}
        self._append({**line, "offset": offset, "size": size, **outcome.as_json()})
        return Kept(outcome, limits, self._results, offset, size)

    def finish(self, files: Iterable[FileToRead]) -> None:
        """Keep that all files of this part were read.

        Args:
            files: all of them, archives as such.

        Raises:
            OutputError: if it can't be written.
        """
        path = self._part.with_name(self._part.name + _FILES)
        lines = [as_line([self._settings, *self._shard]), *(as_line(file.as_json()) for file in files)]
        try:
            keep_file(path, b"".join(lines))
        except OSError as error:
            raise _unwritable(path, error) from error

    def _append(self, line: dict[str, Any]) -> None:
        try:
            self._line_stream.write(as_line(line))
            self._line_stream.flush()
        except OSError as error:
            raise _unwritable(self._path, error) from error


class Finished(NamedTuple):
    """A part of a batch that was read to its end.

    Attributes:
        shard: the part.
        settings: the key of those by which it was read.
        files: those that were read, archives as such.
    """

    shard: Shard
    settings: str
    files: tuple[FileToRead, ...]


def finished_parts(folder: Path) -> list[Finished]:
    """The parts of a batch that were read to their ends.

    Args:
        folder: of the results, in which the journal's folder is.

    Raises:
        UnreadableError: if what is kept of one can't be read.
    """
    parts = []
    for path in sorted((folder / FOLDER).glob(f"*{_FILES}")):
        try:
            (settings, *shard), *files = map(json.loads, path.read_bytes().splitlines())
            listed = tuple(map(FileToRead.from_json, files))
            parts.append(Finished(Shard(*shard), settings, listed))
        except OSError as error:
            raise _unreadable(path, error) from error
        except (ValueError, TypeError) as error:
            raise _damaged(path) from error
    return parts


def is_final(kept: Kept, limits: Limits, *, retries: bool) -> bool:
    """Whether a content needn't be read again.

    Args:
        kept: what came of it.
        limits: within which it could be read now.
        retries: whether failures are to be tried again.
    """
    failure = kept.outcome.failure
    if failure is None:
        return True
    if retries or failure.kind in _PASSING:
        return False
    if failure.kind is FailureKind.TOO_SLOW:
        return limits.seconds <= kept.limits.seconds
    return failure.kind is not FailureKind.TOO_MUCH_MEMORY or limits.megabytes <= kept.limits.megabytes


def state_of(path: str) -> tuple[State, int]:
    """The state of a file on disk; another one, and its content may be another. Its mode stands beside.

    Raises:
        OSError: if it isn't there, or the system doesn't tell.
    """
    state = os.stat(path)
    with suppress(OSError):
        return (*_numbers(state), *_numbers(os.stat(path + ENDING))), state.st_mode
    return _numbers(state), state.st_mode


def _numbers(state: os.stat_result) -> State:
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def is_of_journal(name: str) -> bool:
    """Whether a file of a folder of results, by its path from there, is one of the journal."""
    folder, _, file = name.rpartition("/")
    return folder == FOLDER and file.endswith((_LINES, _RESULTS, _FILES))


def hold(stream: IO[bytes], folder: str) -> None:
    """Take hold of a file for this run, until this process ends or closes it.

    Args:
        stream: of the file.
        folder: of the results that it is for, as messages call it.

    Raises:
        OutputError: if another run has it.
        OSError: if it can't be held.
    """
    try:
        HERE.lock(stream)
    except BlockingIOError as error:
        raise OutputError(
            f"另一次运行正在写入 {folder}。请等它结束，或用 -o 指定另一个文件夹。",
            f"another run is writing to {folder}; wait for its end, or name another folder with -o",
        ) from error


def _drop_torn_line(path: Path) -> None:
    """Cut off what a run that was killed had begun to write, so that nothing is appended to it."""
    with path.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        while end > 0:
            begin = max(0, end - _BLOCK)
            stream.seek(begin)
            block = stream.read(end - begin)
            last = block.rfind(b"\n")
            if last >= 0:
                if begin + last + 1 < stream.seek(0, os.SEEK_END):
                    stream.truncate(begin + last + 1)
                return
            end = begin
        stream.truncate(0)


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    zh, en = reason(error)
    return UnreadableError(
        f"无法读取运行记录 {path}：{zh}。请检查路径和权限。",
        f"can't read the journal {path}: {en}; check the path and its permissions",
    )


def _damaged(path: Path) -> UnreadableError:
    return UnreadableError(
        f"运行记录 {path} 已损坏，或由另一版本写出。请移走该文件夹后重新运行。",
        f"the journal {path} is damaged, or another version wrote it; move its folder away and run again",
    )


def _unwritable(path: Path, error: OSError) -> OutputError:
    zh, en = reason(error)
    return OutputError(
        f"无法写入 {path}：{zh}。已读完的报告都已保存，排除原因后用同一命令继续。",
        f"can't write {path}: {en}; what was read is kept: mend this, and the same command goes on",
    )

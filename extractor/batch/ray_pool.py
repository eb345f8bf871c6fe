"""The same processes that read files, on all machines of a Ray cluster.

Each actor of Ray has a process of its own that reads within limits, as :mod:`extractor.batch.pool` has it;
what happened comes back to one journal. Ray holds back files where readers are behind, and gives those of an
actor that has died to another one.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import ray
from ray.data import ActorPoolStrategy, DataContext
from ray.exceptions import RayError

from extractor.batch.files import FileToRead
from extractor.batch.outcome import Limits, Outcome, as_line
from extractor.batch.pool import Content, Event, Members, Pool, Read
from extractor.errors import OutputError

# As many files go to an actor at once; what an actor that dies was reading is read again.
_FILES_OF_A_TASK = 8
# As many are given to Ray at once, so that the list of ten million isn't held by it.
_FILES_OF_A_ROUND = 100_000


class RayPool:
    """Reads files on a cluster; what it yields is what :class:`extractor.batch.pool.Pool` yields.

    Args:
        jobs: how many files at once; None for as many as the cluster has cores.
        limits: of reading one file.
        forms: the paths of files with forms of one's own, the same on all machines.
        is_known: whether a content with this digest needn't be read.
        rules: the paths of files with rules of one's own, likewise.
    """

    def __init__(
        self,
        jobs: int | None,
        limits: Limits,
        forms: Sequence[str],
        is_known: Callable[[str], bool],
        *,
        rules: Sequence[str] = (),
    ) -> None:
        self._jobs = jobs
        self._given = (limits, tuple(forms), tuple(rules))
        self._is_known = is_known

    def __enter__(self) -> RayPool:
        """Nothing is started before there is a file to read."""
        return self

    def __exit__(self, *_: object) -> None:
        ray.shutdown()

    def read(self, files: Iterable[FileToRead]) -> Iterator[Event | None]:
        """Read files, and the files in archives among them.

        Args:
            files: to read.

        Yields:
            What happened, in no certain order.

        Raises:
            OutputError: if the cluster fails.
        """
        waiting = iter(files)
        while some := [
            as_line(file.as_json()) for _, file in zip(range(_FILES_OF_A_ROUND), waiting, strict=False)
        ]:
            self._start()
            try:
                for row in self._rows(some):
                    yield from self._wanted(_event(row))
            except RayError as error:
                raise _unavailable(error) from error

    def _start(self) -> None:
        """Join the cluster, or start one of this machine; nothing happens the second time."""
        if ray.is_initialized():
            return
        # Nothing is told to anyone of how this is used.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        # What it says besides is of no use to who reads reports; errors come as such.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        for logger in ("ray", "ray.data"):
            logging.getLogger(logger).setLevel(logging.ERROR)
        is_ours = not os.environ.get("RAY_ADDRESS")
        try:
            ray.init(
                num_cpus=self._jobs if is_ours else None,
                include_dashboard=False if is_ours else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except Exception as error:  # Ray raises no narrower one where a node doesn't start
            raise _unavailable(error) from error
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False

    def _rows(self, files: Sequence[bytes]) -> Iterator[dict[str, Any]]:
        size = self._jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
        tasks = -(-len(files) // _FILES_OF_A_TASK)
        read = ray.data.from_items([{"file": file} for file in files], override_num_blocks=tasks).map_batches(
            _Reader,
            fn_constructor_args=self._given,
            batch_size=_FILES_OF_A_TASK,
            batch_format="pyarrow",
            compute=ActorPoolStrategy(size=min(size, tasks)),
            num_cpus=1,
        )
        yield from read.iter_rows()

    def _wanted(self, event: Event) -> Iterator[Event]:
        """The event, unless the same content was read elsewhere meanwhile."""
        if isinstance(event, Content):
            yield event._replace(is_being_read=event.is_being_read and not self._is_known(event.digest))
        elif not isinstance(event, Read) or event.digest is None or not self._is_known(event.digest):
            yield event


class _Reader:
    """What an actor of Ray does."""

    def __init__(self, limits: Limits, forms: Sequence[str], rules: Sequence[str]) -> None:
        self._pool = Pool(1, limits, forms, lambda _: False, rules=rules)

    def __call__(self, batch: Any) -> dict[str, list[bytes]]:
        files = [FileToRead.from_json(json.loads(line)) for line in batch["file"].to_pylist()]
        events = [event for event in self._pool.read(files) if event is not None]
        return {
            "event": [_line(event) for event in events],
            "results": [event.results if isinstance(event, Read) else b"" for event in events],
        }


def _line(event: Event) -> bytes:
    told: dict[str, Any] = {"file": event.file.as_json()}
    if isinstance(event, Members):
        told["members"] = event.members
    elif isinstance(event, Content):
        told |= {"digest": event.digest, "is_being_read": event.is_being_read}
    else:
        told |= {"digest": event.digest, "outcome": event.outcome.as_json()}
    return as_line(told)


def _event(row: dict[str, Any]) -> Event:
    told = json.loads(row["event"])
    file = FileToRead.from_json(told["file"])
    if "members" in told:
        return Members(file, tuple(told["members"]))
    if "outcome" in told:
        return Read(file, told["digest"], Outcome.from_json(told["outcome"]), row["results"])
    return Content(file, told["digest"], told["is_being_read"])


def _unavailable(error: Exception) -> OutputError:
    said = str(error).strip().splitlines()
    last = said[-1] if said else type(error).__name__
    return OutputError(
        f"Ray 集群出错：{last}。已读完的报告都已保存；请检查集群（ray status），用同一命令继续。",
        f"the Ray cluster fails: {last}; what was read is kept: look at it with `ray status`, and the same "
        "command goes on",
    )

"""Processes that make parts of the results of a batch: which of them made one changes nothing of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection

from extractor.batch.result_parts import ResultPart, ResultPartMaker, Task
from extractor.errors import GongkaiError, OutputError
from extractor.platforms.here import HERE
from extractor.platforms.system import Program
from extractor.processes import command_of, environment

# With fewer reports, a process takes longer to start than it saves.
FEWEST_SHARED = 500
_PROGRAM = "extractor.batch.part_process"


class PartPool:
    """Makes parts, by several processes or by this one.

    Args:
        maker: of the parts.
        jobs: how many processes; 1 for none but this one.
    """

    def __init__(self, maker: ResultPartMaker, jobs: int) -> None:
        self._maker = maker
        self._jobs = jobs
        self._processes: list[tuple[Program, Connection]] = []

    def __enter__(self) -> PartPool:
        return self

    def __exit__(self, *_: object) -> None:
        for process, connection in self._processes:
            connection.close()
            process.end()

    def parts(self, tasks: Iterable[Task]) -> Iterator[ResultPart]:
        """Make parts.

        Args:
            tasks: what each is made of; taken as processes are free.

        Yields:
            The parts, in the order of the tasks.

        Raises:
            UnreadableError: if what the journal kept can't be read.
            OutputError: if a process ends.
        """
        if self._jobs == 1:
            for task in tasks:
                yield self._maker.part(task)
            return
        source = iter(tasks)
        # Each process makes one part at a time; they are heard in turn, which is the order of the tasks.
        asked: deque[Connection] = deque()
        try:
            for task in islice(source, self._jobs):
                asked.append(self._started())
                asked[-1].send(task)
            while asked:
                connection = asked.popleft()
                part = connection.recv()
                for task in islice(source, 1):
                    connection.send(task)
                    asked.append(connection)
                if isinstance(part, GongkaiError):
                    raise part
                yield part
        except (EOFError, ConnectionError) as error:
            raise OutputError(
                "写出结果的进程意外结束。请检查剩余内存，用同一命令继续，或用 --jobs 1 再试。",
                "a process that writes results ended; look at the memory that is left: the same command goes "
                "on, or try it with --jobs 1",
            ) from error

    def _started(self) -> Connection:
        process, connection = HERE.start_connected(
            lambda number: [*command_of(_PROGRAM), str(number)], environment()
        )
        self._processes.append((process, connection))
        connection.send(self._maker)
        return connection

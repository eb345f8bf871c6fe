"""What gongkai asks of an operating system, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Makes the command of a program that is told the number of its end of a connection.
ConnectedCommand: TypeAlias = Callable[[int], Sequence[str]]


class Bounds(NamedTuple):
    """What a program may use.

    Attributes:
        megabytes: of memory, of each of its processes.
        megabytes_of_a_file: that it may write to one file; not every system can hold it to that.
    """

    megabytes: int
    megabytes_of_a_file: int


class Program(Protocol):
    """A program that was started, with all that it starts."""

    def wait(self, seconds: float) -> None:
        """Wait until it has ended.

        Args:
            seconds: how long at most.

        Raises:
            subprocess.TimeoutExpired: if it hasn't ended then.
        """

    def ask_to_end(self) -> None:
        """Have it end in order, where the system has a way to ask; else it ends at once."""

    def end(self) -> None:
        """End it and all that it has started, now."""


class System(Protocol):
    """An operating system."""

    def start(self, command: Sequence[str], bounds: Bounds, folder: Path, output: int | IO[bytes]) -> Program:
        """Start a program that isn't ours, without our environment: keys are no business of it.

        Args:
            command: its path and its arguments.
            bounds: what it may use.
            folder: that it works in, and that is its home.
            output: where its standard output goes.

        Raises:
            OSError: if it can't be started.
        """

    def start_connected(
        self, command: ConnectedCommand, environment: Mapping[str, str]
    ) -> tuple[Program, Connection]:
        """Start a program of ours that talks with us.

        Args:
            command: made of the number that :meth:`connection` takes there.
            environment: its environment.

        Returns:
            The program, and our end of the connection.

        Raises:
            OSError: if it can't be started.
        """

    def connection(self, number: int) -> Connection:
        """The other end of what :meth:`start_connected` gives, in the program that was started.

        Args:
            number: that it was told.
        """

    def limit_memory(self, megabytes: int, *, is_address_space: bool = False) -> None:
        """Bound the memory of this process, where the system can.

        Args:
            megabytes: so much at most; a bound that is lower stays.
            is_address_space: whether memory that is only reserved counts, too.
        """

    def alarm(self, seconds: float, error: type[BaseException]) -> AbstractContextManager[None]:
        """Within it, an error is raised in the main thread when time is up.

        Args:
            seconds: how long.
            error: is raised, without arguments.
        """

    def lock(self, stream: IO[bytes]) -> None:
        """Take hold of a file until it is closed or this process ends.

        Raises:
            BlockingIOError: if another process has hold of it.
        """

    def locked_folder(self, folder: Path) -> AbstractContextManager[None]:
        """Within it, no other process is within it, too; waits for that.

        Args:
            folder: that must be there.
        """

    def piped(self, name: str, most: int, patience: float) -> bytes | None:
        """What is written to a named pipe, where there are such.

        Args:
            name: its path.
            most: so many bytes at least are read, if there are more of them.
            patience: seconds that somebody has to begin to write.

        Returns:
            Everything; None if nobody writes.

        Raises:
            OSError: if it can't be read.
        """

    def reachable(self, path: str) -> str:
        """A path as the system takes it, be it ever so long."""

    def cores(self) -> int:
        """How many processors this process may use."""

    def office_programs(self) -> Sequence[Path]:
        """Where installers put LibreOffice, besides the folders of programs that PATH names."""

    def powershell(self) -> str | None:
        """The program that steers Word and WPS by COM, where there is COM; else None."""

"""Windows. Written from Microsoft's documentation and tried with stand-ins: it has never run on Windows."""

from __future__ import annotations

import ctypes
import hashlib
import ntpath
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from extractor.platforms.jobs import Job, loaded_kernel32
from extractor.platforms.system import Bounds, ConnectedCommand

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# CREATE_NEW_PROCESS_GROUP, so that Ctrl-C is for us alone, and CREATE_NO_WINDOW.
_FLAGS = 0x0200 | 0x0800_0000
# Without these, a program of Windows doesn't start, or not rightly.
_KEPT = ("SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "PATH", "ProgramFiles")
_OFFICE = r"LibreOffice\program\soffice.com"
# Longer paths are taken only behind this prefix, absolute and without "..". A folder may have 248 characters.
_LONGEST_PATH, _PREFIX, _NETWORK_PREFIX = 247, "\\\\?\\", "\\\\?\\UNC\\"
# The byte that a lock is on: no file reaches there, and what is locked can't be read.
_LOCKED_BYTE = 1 << 40
_TURN = 0.05
_IS_INHERITED = True


class Api(NamedTuple):
    """What Python has on Windows alone.

    Attributes:
        kernel32: the library of the system.
        msvcrt: the module, for locks of files.
        popen: starts a process; takes ``startupinfo`` and ``creationflags``.
        startup: makes a ``startupinfo`` by which a process inherits handles, of a list of them.
        inherit: tells whether a handle can be inherited.
        pipe: makes a pair of connections.
        connection: makes a connection of a handle.
    """

    kernel32: Any
    msvcrt: Any
    popen: Any
    startup: Any
    inherit: Any
    pipe: Any
    connection: Any


def real_api() -> Api:
    """The one of the Windows that this runs on."""
    import importlib
    from multiprocessing import connection

    return Api(
        kernel32=loaded_kernel32(),
        msvcrt=importlib.import_module("msvcrt"),
        popen=subprocess.Popen,
        startup=lambda handles: subprocess.__dict__["STARTUPINFO"](lpAttributeList={"handle_list": handles}),
        inherit=os.__dict__["set_handle_inheritable"],
        pipe=connection.Pipe,
        connection=connection.__dict__["PipeConnection"],
    )


class WindowsProgram:
    """A program in a job of its own."""

    def __init__(self, process: Any, job: Job) -> None:
        self._process = process
        self._job = job
        job.take(int(process._handle))  # noqa: SLF001 - the only way to a process's handle, for thirty years

    def wait(self, seconds: float) -> None:
        """Wait for its end; TimeoutExpired if that doesn't come in time."""
        self._process.wait(seconds)

    def ask_to_end(self) -> None:
        """There is no way to ask a program without a window: it ends when its connection does."""

    def end(self) -> None:
        """With its job."""
        self._job.end()
        self._process.wait()


class Windows:
    """Windows 8 and newer; :class:`extractor.platforms.system.System` says what each method does."""

    def __init__(self, api: Api, environment: Mapping[str, str]) -> None:
        """Ask nothing yet.

        Args:
            api: what Python has on Windows alone.
            environment: of this process.
        """
        self._api = api
        self._environment = environment
        # As long as this process runs: a job ends what is in it when it is closed.
        self._own_job: Job | None = None

    def start(
        self, command: Sequence[str], bounds: Bounds, folder: Path, output: int | IO[bytes]
    ) -> WindowsProgram:
        """In a job, which bounds its memory; the size of its files can't be bounded."""
        home = str(folder)
        kept = {name: self._environment[name] for name in _KEPT if name in self._environment}
        process = self._api.popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**kept, "TEMP": home, "TMP": home, "USERPROFILE": home, "APPDATA": home},
            creationflags=_FLAGS,
        )
        return WindowsProgram(process, Job(self._api.kernel32, bounds.megabytes))

    def start_connected(
        self, command: ConnectedCommand, environment: Mapping[str, str]
    ) -> tuple[WindowsProgram, Connection]:
        """By a pair of pipes, of which the program inherits one end."""
        ours, theirs = self._api.pipe()
        with theirs:
            handle = theirs.fileno()
            self._api.inherit(handle, _IS_INHERITED)
            process = self._api.popen(
                command(handle),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                startupinfo=self._api.startup([handle]),
                creationflags=_FLAGS,
            )
        return WindowsProgram(process, Job(self._api.kernel32)), ours

    def connection(self, number: int) -> Connection:
        """The pipe with this handle."""
        connection: Connection = self._api.connection(number)
        return connection

    def limit_memory(self, megabytes: int, *, is_address_space: bool = False) -> None:
        """By a job; what is reserved isn't counted, only what is committed."""
        del is_address_space
        self._own_job = Job(self._api.kernel32, megabytes)
        self._own_job.take_this()

    @contextmanager
    def alarm(self, seconds: float, error: type[BaseException]) -> Iterator[None]:
        """By another thread: the error is raised when the main one comes back to Python."""
        main = ctypes.c_ulong(threading.get_ident())
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        timer = threading.Timer(seconds, lambda: raise_in(main, ctypes.py_object(error)))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # One that was set off and hasn't arrived would arrive anywhere.
            raise_in(main, None)

    def lock(self, stream: IO[bytes]) -> None:
        """A byte that no file reaches; BlockingIOError if another process has it."""
        position = stream.seek(0, os.SEEK_CUR) if stream.seekable() else 0
        number = stream.fileno()
        os.lseek(number, _LOCKED_BYTE, os.SEEK_SET)
        try:
            self._api.msvcrt.locking(number, self._api.msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        finally:
            os.lseek(number, position, os.SEEK_SET)

    @contextmanager
    def locked_folder(self, folder: Path) -> Iterator[None]:
        """A folder can't be locked: a file that is named for it is, among temporary ones."""
        name = hashlib.sha256(str(folder.resolve()).lower().encode()).hexdigest()[:32]
        with (Path(tempfile.gettempdir()) / f"gongkai-{name}.lock").open("ab") as stream:
            while True:
                with suppress(BlockingIOError):
                    self.lock(stream)
                    break
                time.sleep(_TURN)
            yield

    def piped(self, name: str, most: int, patience: float) -> bytes | None:
        """There are no named pipes among files."""
        del name, most, patience
        return None

    def reachable(self, path: str) -> str:
        """A long path with the prefix by which Windows takes it."""
        whole = ntpath.abspath(path)
        if len(whole) <= _LONGEST_PATH or path.startswith(_PREFIX):
            return path
        return _NETWORK_PREFIX + whole[2:] if whole.startswith("\\\\") else _PREFIX + whole

    def cores(self) -> int:
        """All that there are."""
        return os.cpu_count() or 1

    def office_programs(self) -> Sequence[Path]:
        """Below the folders of programs: of all users in 64 and 32 bit, and of this one."""
        names = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
        folders = [self._environment[name] for name in names if name in self._environment]
        if "LOCALAPPDATA" in self._environment:
            folders.append(ntpath.join(self._environment["LOCALAPPDATA"], "Programs"))
        return [Path(ntpath.join(folder, _OFFICE)) for folder in dict.fromkeys(folders)]

    def powershell(self) -> str | None:
        """Windows PowerShell, which every Windows has."""
        root = self._environment.get("SystemRoot", r"C:\Windows")
        return ntpath.join(root, r"System32\WindowsPowerShell\v1.0\powershell.exe")

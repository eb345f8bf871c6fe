"""What is done on Windows, on stand-ins for what Windows has: it was never run there."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extractor.documents.source import Source
from extractor.documents.word.automation import command_of
from extractor.documents.word.libreoffice import read_by_libreoffice
from extractor.errors import UnreadableError
from extractor.platforms.jobs import ExtendedLimits, Job
from extractor.platforms.posix import Posix
from extractor.platforms.system import Bounds
from extractor.platforms.windows import Api, Windows
from tests.helpers.packages import paragraph, word

ENVIRONMENT = {
    "SystemRoot": r"C:\Windows",
    "PATH": os.environ["PATH"],
    "OPENAI_API_KEY": "sk-secret",
    "ProgramFiles": r"C:\Program Files",
    "ProgramFiles(x86)": r"C:\Program Files (x86)",
    "LOCALAPPDATA": r"C:\Users\王\AppData\Local",
}


class Kernel32:
    """Jobs: which processes are in which, and with which limits."""

    def __init__(self) -> None:
        self.members: dict[int, list[int]] = {}
        self.limits: dict[int, ExtendedLimits] = {}
        self.closed: list[int] = []

    def CreateJobObjectW(self, security: None, name: None) -> int:  # noqa: N802 - Windows' name
        assert (security, name) == (None, None)
        self.members[len(self.members) + 1] = []
        return len(self.members)

    def SetInformationJobObject(self, job: int, kind: int, limits: Any, size: int) -> int:  # noqa: N802
        assert (kind, size) == (9, ctypes.sizeof(ExtendedLimits))
        self.limits[job] = ExtendedLimits.from_buffer_copy(
            ctypes.cast(limits, ctypes.POINTER(ExtendedLimits)).contents
        )
        return 1

    def AssignProcessToJobObject(self, job: int, process: int) -> int:  # noqa: N802
        self.members[job].append(process)
        return 1

    def TerminateJobObject(self, job: int, code: int) -> int:  # noqa: N802
        assert code
        for process in self.members[job]:
            with suppress(ProcessLookupError):
                os.kill(process, 9)
        return 1

    def CloseHandle(self, job: int) -> int:  # noqa: N802
        self.closed.append(job)
        return 1

    def GetCurrentProcess(self) -> int:  # noqa: N802
        return -1


class Msvcrt:
    """Locks of single bytes of files."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: set[tuple[int, int]] = set()

    def locking(self, number: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        byte = os.fstat(number).st_ino, os.lseek(number, 0, os.SEEK_CUR)
        if byte in self.held:
            raise PermissionError(13, "Permission denied")
        self.held.add(byte)


class Pretended:
    """A Windows whose processes are those of this machine.

    Attributes:
        started: with what each program was started.
    """

    def __init__(self) -> None:
        self.kernel32, self.msvcrt = Kernel32(), Msvcrt()
        self.started: list[dict[str, Any]] = []
        self.handles: list[int] = []
        api = Api(
            self.kernel32,
            self.msvcrt,
            self.popen,
            startup=lambda handles: handles,
            inherit=os.set_inheritable,
            pipe=Pipe,
            connection=Connection,
        )
        self.system = Windows(api, ENVIRONMENT)

    def popen(self, command: list[str], **options: Any) -> Any:
        self.started.append({"command": command, **options})
        assert options.pop("creationflags") == 0x0800_0200
        handles = options.pop("startupinfo", [])
        process = subprocess.Popen(command, pass_fds=handles, **options)
        return SimpleNamespace(_handle=process.pid, wait=process.wait, terminate=process.terminate)


@pytest.fixture
def windows() -> Pretended:
    return Pretended()


def test_the_limits_of_a_job_are_laid_out_as_windows_has_them() -> None:
    """As winnt.h has them for 64 bit: 64, 48 and four times 8 bytes."""
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112


def test_a_job_limits_the_memory_of_each_process_and_ends_with_us() -> None:
    kernel32 = Kernel32()
    job = Job(kernel32, 300)
    assert kernel32.limits[1].ProcessMemoryLimit == 300 * 1024 * 1024
    assert kernel32.limits[1].BasicLimitInformation.LimitFlags == 0x2100
    job.take_this()
    assert kernel32.members == {1: [-1]}
    Job(kernel32)
    assert kernel32.limits[2].BasicLimitInformation.LimitFlags == 0x2000


def test_a_foreign_program_gets_no_secret_and_is_ended_with_its_job(
    windows: Pretended, tmp_path: Path
) -> None:
    program = windows.system.start(["sleep", "600"], Bounds(100, 1), tmp_path, subprocess.DEVNULL)
    (started,) = windows.started
    assert "OPENAI_API_KEY" not in started["env"]
    assert started["env"]["TEMP"] == str(tmp_path)
    assert started["env"]["SystemRoot"] == r"C:\Windows"
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0.05)
    program.ask_to_end()
    program.end()
    program.wait(0)
    assert windows.kernel32.closed == [1]
    program.end()
    assert windows.kernel32.closed == [1]


def test_a_program_of_ours_inherits_one_end_and_answers(windows: Pretended) -> None:
    script = "import sys; from multiprocessing.connection import Connection as C; c = C(int(sys.argv[1])); "
    script += "c.send_bytes(c.recv_bytes() * 2)"
    program, connection = windows.system.start_connected(
        lambda number: [sys.executable, "-c", script, str(number)], dict(os.environ)
    )
    connection.send_bytes(b"ab")
    assert connection.recv_bytes() == b"abab"
    program.wait(10)
    connection.close()
    assert windows.started[0]["startupinfo"] == [int(windows.started[0]["command"][-1])]


def test_the_other_end_is_a_pipe_by_its_handle(windows: Pretended) -> None:
    ours, theirs = Pipe()
    with ours, windows.system.connection(os.dup(theirs.fileno())) as other:
        theirs.close()
        other.send_bytes(b"x")
        assert ours.recv_bytes() == b"x"


def test_time_that_is_up_raises_in_the_main_thread(windows: Pretended) -> None:
    class TimeIsUpError(BaseException):
        pass

    begun = time.monotonic()

    def work() -> None:
        while time.monotonic() - begun < 20:
            pass

    with pytest.raises(TimeIsUpError), windows.system.alarm(0.05, TimeIsUpError):
        work()
    assert time.monotonic() - begun < 20
    with windows.system.alarm(0.05, TimeIsUpError):
        pass
    time.sleep(0.1)


def test_memory_is_limited_by_a_job_of_our_own(windows: Pretended) -> None:
    windows.system.limit_memory(200, is_address_space=True)
    assert windows.kernel32.members == {1: [-1]}
    assert windows.kernel32.limits[1].ProcessMemoryLimit == 200 * 1024 * 1024


def test_a_file_is_locked_where_none_of_its_bytes_are(windows: Pretended, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"abc")
    with path.open("r+b") as one, path.open("r+b") as other:
        one.seek(2)
        windows.system.lock(one)
        assert one.read() == b"c"
        assert {byte for _, byte in windows.msvcrt.held} == {1 << 40}
        with pytest.raises(BlockingIOError):
            windows.system.lock(other)
    assert path.read_bytes() == b"abc"


def test_a_folder_is_held_by_one_at_a_time(
    windows: Pretended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inside = threading.Event()

    def enter() -> None:
        with windows.system.locked_folder(tmp_path):
            inside.set()

    with windows.system.locked_folder(tmp_path):
        assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
        other = threading.Thread(target=enter, daemon=True)
        other.start()
        assert not inside.wait(0.2)
        windows.msvcrt.held.clear()
    assert inside.wait(5)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\reports\a.docx", r"C:\reports\a.docx"),
        ("C:\\" + "公" * 300 + r"\..\b.docx", "C:\\" + "公" * 300 + r"\..\b.docx"),
        ("C:\\" + "公" * 300 + r"\b.docx", "\\\\?\\C:\\" + "公" * 300 + r"\b.docx"),
        ("\\\\server\\share\\" + "x" * 300, "\\\\?\\UNC\\server\\share\\" + "x" * 300),
        ("\\\\?\\C:\\" + "x" * 300, "\\\\?\\C:\\" + "x" * 300),
    ],
)
def test_a_long_path_is_taken(windows: Pretended, path: str, expected: str) -> None:
    assert windows.system.reachable(path) == expected


def test_libreoffice_is_looked_for_where_its_installer_puts_it(windows: Pretended) -> None:
    assert [str(path) for path in windows.system.office_programs()] == [
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
        r"C:\Users\王\AppData\Local\Programs\LibreOffice\program\soffice.com",
    ]
    places = [str(path) for path in Posix().office_programs()]
    assert "/Applications/LibreOffice.app/Contents/MacOS/soffice" in places


def test_word_is_asked_where_there_is_no_libreoffice(
    windows: Pretended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script stands for PowerShell: it writes a DOCX where the real one is told to."""
    result = tmp_path / "result.docx"
    result.write_bytes(word(paragraph("某县2023年政府信息公开工作年度报告")))
    powershell = tmp_path / "powershell"
    powershell.write_text(
        "#!/bin/sh\neval last=\\${$#}\nprintf '%s' \"$last\" > " + str(tmp_path / "script") + "\n"
        f'cp {result} "$(printf \'%s\' "$last" | sed -n "s/.*SaveAs2(\'\\(.*\\)\', 16).*/\\1/p")"\n',
        encoding="utf-8",
    )
    powershell.chmod(0o755)
    monkeypatch.setattr(windows.system, "powershell", lambda: str(powershell))
    monkeypatch.setattr("shutil.which", lambda _: None)
    document = read_by_libreoffice(Source(b"{\\rtf1}", "年报.doc"), "doc", windows.system)
    assert document.text == "某县2023年政府信息公开工作年度报告\n"
    script = (tmp_path / "script").read_text(encoding="utf-8")
    assert "'Word.Application', 'KWPS.Application', 'WPS.Application'" in script
    assert "AutomationSecurity = 3" in script
    powershell.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="Word or WPS gave no result"):
        read_by_libreoffice(Source(b"{\\rtf1}", "年报.doc"), "doc", windows.system)


def test_powershell_takes_a_path_with_any_characters() -> None:
    command = command_of(r"C:\p.exe", Path("/it's $(a) `b`/报告.doc"), Path("/out.docx"))
    assert "'/it''s $(a) `b`/报告.doc'" in command[-1]

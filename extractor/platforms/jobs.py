"""Job objects of Windows: processes that are limited, and ended, together.

The structures and numbers are those of winnt.h, as Microsoft documents them ("Job Objects").
"""

from __future__ import annotations

import ctypes
from typing import Any

_EXTENDED_LIMIT_INFORMATION = 9
_LIMIT_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
_EXIT_CODE = 1


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def loaded_kernel32() -> Any:
    """The library of Windows that has jobs, with the types of what is called in it."""
    kernel32 = ctypes.__dict__["WinDLL"]("kernel32", use_last_error=True)
    handle, number = ctypes.c_void_p, ctypes.c_uint32
    kernel32.CreateJobObjectW.restype = handle
    kernel32.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
    kernel32.SetInformationJobObject.argtypes = (handle, ctypes.c_int, handle, number)
    kernel32.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel32.TerminateJobObject.argtypes = (handle, number)
    kernel32.CloseHandle.argtypes = (handle,)
    kernel32.GetCurrentProcess.restype = handle
    return kernel32


class Job:
    """Processes that share a limit; all of them end when it is closed, as it is when we end."""

    def __init__(self, kernel32: Any, megabytes: int | None = None) -> None:
        """Make one that holds no process.

        Args:
            kernel32: the library.
            megabytes: of memory, of each process in it; None for no limit.
        """
        self._kernel32 = kernel32
        self._handle = kernel32.CreateJobObjectW(None, None)
        limits = ExtendedLimits()
        flags = _KILL_ON_CLOSE
        if megabytes is not None:
            flags |= _LIMIT_PROCESS_MEMORY
            limits.ProcessMemoryLimit = megabytes * 1024 * 1024
        limits.BasicLimitInformation.LimitFlags = flags
        kernel32.SetInformationJobObject(
            self._handle, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        )

    def take(self, process: int) -> None:
        """Put a process into it, by its handle; what it starts is in it, too."""
        self._kernel32.AssignProcessToJobObject(self._handle, process)

    def take_this(self) -> None:
        """Put this process into it."""
        self.take(self._kernel32.GetCurrentProcess())

    def end(self) -> None:
        """End all processes in it."""
        if self._handle is not None:
            self._kernel32.TerminateJobObject(self._handle, _EXIT_CODE)
            self._kernel32.CloseHandle(self._handle)
            self._handle = None

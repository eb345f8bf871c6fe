"""CPU time of a process and of those that it started, ended or not; for benchmarks, on Linux.

It imports nothing that isn't Python's own: processes of other environments are measured with it too.
"""

from __future__ import annotations

import os
import resource
import time
from contextlib import suppress
from pathlib import Path


def cpu_seconds() -> float:
    """What this process and its children have computed so far."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_of, _children()))


def _children() -> list[str]:
    children: list[str] = []
    for thread in Path("/proc/self/task").iterdir():
        # One that has ended since then has no children left.
        with suppress(FileNotFoundError):
            children += (thread / "children").read_text().split()
    return children


def _of(process: str) -> float:
    # In nanoseconds, where `stat` counts in ticks of ten milliseconds.
    return int(Path("/proc", process, "schedstat").read_text().split()[0]) / 1e9


def name_of_cpu() -> str:
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {os.cpu_count()} cores"

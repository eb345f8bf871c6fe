"""The processes that a process has started, of which those that were forked for it have another parent."""

from __future__ import annotations

from pathlib import Path


def be_of(process: int) -> None:
    """Have :func:`processes_of` find this process, which was forked on behalf of another one."""
    Path("/proc/self/comm").write_text(_name(process), encoding="ascii")


def processes_of(parent: int) -> list[int]:
    """The processes that a process has started, and that aren't yet waited for."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:
            continue
        if int(fields.split()[1]) == parent or head.partition("(")[2] == _name(parent):
            found.append(int(path.parent.name))
    return found


def is_alive(process: int) -> bool:
    """Whether a process runs: it is there, and hasn't ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _name(parent: int) -> str:
    # A process has a name of 15 characters at most.
    return f"of {parent}"

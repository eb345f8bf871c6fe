"""What only some operating systems have is asked for in one folder alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.import_graph import ROOMS, ROOT, paths, tree

# Modules, names in os, signal, select and socket, and arguments that Windows, or Unix, lacks.
MODULES = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "termios", "winreg", "_winapi", "winsound"}
NAMES = {
    *("killpg", "fork", "setsid", "getuid", "geteuid", "mkfifo", "sched_getaffinity", "O_NONBLOCK", "nice"),
    *("SIGKILL", "SIGALRM", "SIGHUP", "SIGUSR1", "setitimer", "alarm", "socketpair", "AF_UNIX", "poll"),
    *("WinDLL", "windll", "STARTUPINFO", "PipeConnection", "set_handle_inheritable"),
    *("kill", "forkpty", "openpty", "posix_spawn", "waitid", "wait3", "getpgid", "setpgid", "getgid"),
    *("setuid", "chown", "fchown", "fchmod", "mknod", "statvfs", "sysconf", "uname", "getloadavg", "symlink"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "SIGPIPE", "SIGCHLD", "SIGQUIT", "SIGTSTP", "SIGWINCH"),
    *("pause", "sigwait", "pthread_sigmask", "pthread_kill", "epoll", "kqueue"),
}
# Of whatever object.
METHODS = {"add_signal_handler", "symlink_to", "hardlink_to", "lchmod"}
OWNERS = {"os", "signal", "socket", "select", "ctypes"}
ARGUMENTS = {"start_new_session", "pass_fds", "preexec_fn", "creationflags", "startupinfo"}
PATHS = ("/bin/", "/proc/", "/dev/", "/tmp/")  # noqa: S108 - looked for, not used
# What measures, on the machine of who works on gongkai.
OF_DEVELOPERS = "eval/bench/"


def only_somewhere(path: Path) -> Iterator[str]:
    """What a module asks for that some systems lack."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imported(node)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from {node.attr} & (METHODS | (NAMES if node.value.id in OWNERS else set()))
        elif isinstance(node, ast.keyword):
            yield from {str(node.arg)} & ARGUMENTS
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (start for start in PATHS if node.value.startswith(start))


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = {alias.name for alias in node.names}
    return names & MODULES if isinstance(node, ast.Import) else {str(node.module)} & MODULES | names & NAMES


def test_what_some_systems_lack_is_asked_for_in_one_folder() -> None:
    home = ROOT / "extractor" / "platforms"
    found = {path.relative_to(ROOT).as_posix(): set(only_somewhere(path)) for path in paths(*ROOMS)}
    elsewhere = {name for name, own in found.items() if own and home not in (ROOT / name).parents}
    assert {name for name in elsewhere if not name.startswith(OF_DEVELOPERS)} == set()
    assert {"killpg", "fcntl", "resource", "start_new_session"} <= found["extractor/platforms/posix.py"]
    assert {"creationflags", "startupinfo"} <= found["extractor/platforms/windows.py"]

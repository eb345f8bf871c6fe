"""Stands for the program: hands its streams and all else to a process that becomes it, and ends as that does.

:func:`tests.helpers.ready.ready_program` has it started without site-packages, which takes no time.
"""

import json
import os
import signal
import socket
import sys


def main() -> None:
    """The arguments are the address of the server, then those of the program."""
    streams = [number for number in range(3) if _is_open(number)]
    # Above the streams, whichever of them are closed.
    for _ in range(3 - len(streams)):
        os.open(os.devnull, os.O_RDONLY)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server.connect(sys.argv[1])
    told = {
        "server": sys.argv[1],
        "streams": streams,
        "arguments": sys.argv[2:],
        "environment": dict(os.environ),
        "folder": os.getcwd(),
    }
    socket.send_fds(server, [json.dumps(told).encode()], streams)
    program = int(server.recv(20))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(program, number))
    status = int(server.recv(20))
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    # At its end Python would write what can't be written.
    os._exit(status)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()

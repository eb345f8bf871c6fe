"""A server on this machine that speaks OpenAI's chat completions, as told by a script."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self, TypeAlias


class Seen(NamedTuple):
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Answer(NamedTuple):
    """What is sent back.

    ``body`` as JSON, or as it is where it is bytes; ``torn`` sends only so many bytes of it and resets the
    connection; ``drip`` waits so many seconds before each of its bytes; ``delay`` before all of it.
    """

    body: object
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    torn: int | None = None
    drip: float = 0.0
    delay: float = 0.0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512  # with the usual 5, many connections at once are reset
    connections = 0

    def get_request(self) -> tuple[socket.socket, Any]:
        accepted = super().get_request()
        self.connections += 1
        return accepted


Script: TypeAlias = Callable[[Seen], Answer]


def completion(content: object = "{}", /, **fields: object) -> Answer:
    """A proper answer; ``fields`` replace those of the choice, or of its message, or of the whole."""
    message: dict[str, object] = {"role": "assistant", "content": content}
    choice: dict[str, object] = {"index": 0, "message": message, "finish_reason": "stop"}
    body: dict[str, object] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "served",
        "choices": [choice],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }
    for name, value in fields.items():
        place = body if name in body else choice if name in choice else message
        place[name] = value
    return Answer(body)


def error(status: int, message: str = "", **fields: object) -> Answer:
    """An error as OpenAI sends it."""
    return Answer({"error": {"message": message, "type": None, "param": None, "code": None} | fields}, status)


class Loopback:
    """Runs on a free port of 127.0.0.1 while its ``with`` block lasts; remembers each request.

    The answers are given in order, the last of them again and again; or by a function of the request.
    """

    def __init__(self, *answers: Answer, script: Script | None = None) -> None:
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._script = script or self._in_order
        self._answers = answers
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                loopback._serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def connections(self) -> int:
        """How many were made to it."""
        return self._server.connections

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [one.body for one in self.seen]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _in_order(self, _: Seen) -> Answer:
        return self._answers[min(len(self.seen), len(self._answers)) - 1]

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", 0))
        body = json.loads(handler.rfile.read(length))
        seen = Seen(handler.path, {k.lower(): v for k, v in handler.headers.items()}, body)
        with self._lock:
            self.seen.append(seen)
            answer = self._script(seen)
        try:
            _send(handler, answer)
        except OSError:  # the client gave up, as some tests want it to
            handler.close_connection = True


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    time.sleep(answer.delay)
    is_raw = isinstance(answer.body, bytes)
    content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
    handler.send_response(answer.status)
    if "content-type" not in dict(answer.headers):
        handler.send_header("content-type", "text/html" if is_raw else "application/json")
    for name, value in answer.headers:
        handler.send_header(name, value)
    handler.send_header("content-length", str(len(content)))
    handler.end_headers()
    if answer.drip:
        for position in range(len(content)):
            time.sleep(answer.drip)
            handler.wfile.write(content[position : position + 1])
            handler.wfile.flush()
        return
    handler.wfile.write(content[: answer.torn])
    if answer.torn is not None:
        handler.wfile.flush()
        # No lingering: closing sends a reset, not an end.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()

"""The page served to this machine alone, so that decisions are kept beside the source at once.

Nothing in an address is ever taken for a path: there are pages, and the decisions, by their names. Every
address holds a token that only who started the server knows. Other sites can neither write (the origin is
looked at, and JSON is asked for) nor read, nor lead here by a name of their own (the host is looked at).
"""

from __future__ import annotations

import re
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from pydantic import TypeAdapter, ValidationError

from extractor.decisions.kept import add, record_beside
from extractor.decisions.record import Decision, Record
from extractor.errors import GongkaiError

_Request: TypeAlias = socket.socket | tuple[bytes, socket.socket]

HOST = "127.0.0.1"
# A person decides on some cells at a time.
_MOST_BYTES = 4 * 1024 * 1024
#: That every answer has: no other site frames it, keeps it, or takes it for what it isn't.
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_DECISIONS: TypeAdapter[tuple[Decision, ...]] = TypeAdapter(tuple[Decision, ...])
_DECISIONS_NAME = "decisions"
_JSON, _HTML = "application/json", "text/html; charset=utf-8"


class Served(NamedTuple):
    """What there is to serve.

    Attributes:
        sources: the files that decisions are kept beside, by what stands before ``decisions`` in the
            addresses of these.
        page: the page at the end of an address; None if there is none. The empty one is the first to open.
    """

    sources: Mapping[str, Path]
    page: Callable[[str], str | None]


class ReviewServer(ThreadingHTTPServer):
    """Serves pages on a free port of this machine.

    Attributes:
        served: the pages, and the files that they are of.
    """

    daemon_threads = True

    def __init__(self, served: Served, port: int = 0) -> None:
        """Listen, but don't serve yet.

        Args:
            served: the pages, and the files that they are of.
            port: to listen at; a free one, unless given.
        """
        self.served = served
        self.token = secrets.token_urlsafe(24)
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """Where it is, without the token."""
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """Where to look."""
        return f"{self.origin}/{self.token}/"

    def handle_error(self, request: _Request, client_address: Any) -> None:
        """A browser that goes away in the middle is no error; anything else is told as one."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: ReviewServer
    protocol_version = "HTTP/1.1"
    # Nobody keeps a thread by saying nothing.
    timeout = 30

    def do_GET(self) -> None:
        """A page, or all decisions."""
        name = self._name()
        if name is None:
            return
        source = self._source(name)
        if source is not None:
            self._send_record(lambda: record_beside(source) or Record(name=source.name))
            return
        try:
            page = self.server.served.page(name)
        except GongkaiError as error:
            self._send_error(error)
            return
        if page is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.OK, page.encode(), _HTML)

    def do_POST(self) -> None:
        """More decisions; the answer is all that there are."""
        # Whatever is refused, what was sent with it isn't taken for another request.
        self.close_connection = True
        name = self._name()
        if name is None:
            return
        source = self._source(name)
        if source is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN)
        elif self.headers.get_content_type() != _JSON:
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        else:
            self._add(source)

    def _add(self, source: Path) -> None:
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,8}", length) or int(length) > _MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            decisions = _DECISIONS.validate_json(self.rfile.read(int(length)))
        except ValidationError:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self._send_record(lambda: add(source, decisions))

    def _source(self, name: str) -> Path | None:
        """The file whose decisions are asked for; None if it is something else."""
        if not name.endswith(_DECISIONS_NAME):
            return None
        return self.server.served.sources.get(name.removesuffix(_DECISIONS_NAME))

    def _name(self) -> str | None:
        """What is asked for, behind the token; None if it was refused, being none of ours."""
        token, _, name = self.path.removeprefix("/").partition("/")
        is_here = self.headers.get("Host") == self.server.origin.removeprefix("http://")
        if is_here and secrets.compare_digest(token.encode(), self.server.token.encode()):
            return name
        self._refuse(HTTPStatus.FORBIDDEN)
        return None

    def _send_record(self, record: Callable[[], Record]) -> None:
        try:
            found = record()
        except GongkaiError as error:
            self._send_error(error)
        else:
            self._send(HTTPStatus.OK, found.model_dump_json().encode(), _JSON)

    def _send_error(self, error: GongkaiError) -> None:
        self._send(HTTPStatus.INTERNAL_SERVER_ERROR, error.message.model_dump_json().encode(), _JSON)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send(status, status.phrase.encode(), "text/plain; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        """What the server calls itself: nothing that tells versions."""
        return "gongkai"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing is logged: the address holds the token."""

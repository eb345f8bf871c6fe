"""``gongkai serve``: reports are sent over HTTP, for programs inside of another system, and for browsers."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from extractor.batch.outcome import Limits
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of, note
from extractor.commands.options import FormOption, LangOption, RulesOption
from extractor.errors import InputError, MissingProgramError, reason
from extractor.extras import how_to_install
from extractor.forms import FormSet
from extractor.platforms.here import HERE

_LOOPBACK = "127.0.0.1"
_PORT, _SECONDS, _MEGABYTES, _MOST_MEGABYTES = 8765, 60.0, 2048, 32


def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; only this machine reaches the default.")
    ] = _LOOPBACK,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 for a free one.")
    ] = _PORT,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, help="How many files at once.  [default: as many as there are cores]"),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Give up a file after so many seconds.")
    ] = _SECONDS,
    memory: Annotated[
        int, typer.Option("--memory", min=64, help="Give up a file that takes so many megabytes of memory.")
    ] = _MEGABYTES,
    most: Annotated[
        int, typer.Option("--max-size", min=1, max=32, help="Refuse a file of more megabytes.")
    ] = _MOST_MEGABYTES,
    form: FormOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Serve: POST a file to /reports, and get its figures as JSON and its page to look at.

    Reads by layout only. Nothing is written to disk; what was read is kept in memory for an hour. There are
    no passwords and no encryption: for others than this machine put it behind a server that has them.
    """
    language = language_of(lang)
    with exit_on_error(language):
        FormSet.from_files(form or (), rules or ())
        try:
            import uvicorn

            from extractor.serving.application import application
            from extractor.serving.readers import Readers
        except ModuleNotFoundError as error:
            how = how_to_install("serve")
            raise MissingProgramError(
                f"gongkai serve 需另行安装：{how.zh}，然后再试。",
                f"gongkai serve takes an optional extra: {how.en}, and try again",
            ) from error
        hosts = frozenset({"127.0.0.1", "localhost", "[::1]"}) if _is_loopback(host) else None
        if hosts is None:
            note(
                language,
                f"{host} 可从其他机器访问，没有口令和加密。请置于有口令和加密的服务器之后。",
                f"{host} can be reached from other machines, without passwords or encryption; put it behind "
                "a server that has them",
            )
        own = list(map(str, form or ()))
        with _listening(host, port) as listening:
            readers = Readers(jobs or HERE.cores(), Limits(timeout, memory), own, rules or ())
            name = f"[{host}]" if ":" in host else host
            address = f"http://{name}:{listening.getsockname()[1]}/"
            note(language, f"{address} ；按 Ctrl-C 结束。", f"{address}; Ctrl-C ends it")
            try:
                app = application(readers, hosts, most * 1024 * 1024)
                config = uvicorn.Config(app, log_level="warning", access_log=False)
                config.server_header = False
                uvicorn.Server(config).run([listening])
            finally:
                readers.close()


def _listening(host: str, port: int) -> socket.socket:
    """What listens there; of port 0, at a free one."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # A name such as localhost has several addresses, and what others write first is 127.0.0.1.
        family, *_, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        return socket.create_server((str(address[0]), port), family=family)
    except OSError as error:
        zh, en = reason(error)
        raise InputError(
            f"无法在 {host} 的端口 {port} 提供服务：{zh}。请换一个 --port 或 --host。",
            f"can't serve at port {port} of {host}: {en}; choose another --port or --host",
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

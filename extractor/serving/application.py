"""What the service answers: POST /reports takes a file, GET has its result and its page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from extractor.batch.outcome import Failure, FailureKind
from extractor.documents.source import MAX_BYTES
from extractor.output.words import VERDICTS
from extractor.result.extraction import Extraction
from extractor.review.server import HEADERS
from extractor.serving.kept import Kept
from extractor.serving.readers import BusyError, Readers, ReadFile

_NAME = Query(max_length=200, description="What results and messages call the file.")
_LANGUAGE = Query(description="The language that its page is shown in at first.")
# What a failure is over HTTP; what isn't the file's fault is the server's.
_STATUSES = {
    FailureKind.TOO_LARGE: 413,
    FailureKind.TOO_SLOW: 422,
    FailureKind.TOO_MUCH_MEMORY: 422,
    FailureKind.UNKNOWN_FORMAT: 415,
    FailureKind.MISSING_PROGRAM: 501,
    FailureKind.CRASHED: 500,
    FailureKind.BUG: 500,
}
_UNPROCESSABLE = 422
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_FAILURE: dict[str, Any] = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("kind", "zh", "en")},
    "required": ["kind", "zh", "en"],
}
_REPORTS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "reports": {"type": "array", "items": {"$ref": "#/components/schemas/Extraction"}},
        "pages": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["id", "reports", "pages"],
}
_JSON = "application/json"


def application(readers: Readers, hosts: frozenset[str] | None, most_bytes: int = MAX_BYTES) -> FastAPI:
    """The service.

    Args:
        readers: read the files; whoever made them closes them.
        hosts: the names that it is asked under; None for any.
        most_bytes: that a file may have.
    """
    kept = Kept()
    app = FastAPI(
        title="gongkai",
        version=version("gongkai"),
        summary="Reads annual open-government-information reports; proves every figure, or flags it.",
        # Their pages load scripts from elsewhere; /openapi.json is there.
        docs_url=None,
        redoc_url=None,
    )
    app.middleware("http")(_guard(hosts))
    upload = _upload_page()

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def form() -> str:
        return upload

    @app.get("/health")
    def health() -> dict[str, str]:
        """Whether the service is there."""
        return {"status": "ok"}

    @app.post("/reports", openapi_extra=_BODY, responses=_told(200, 413, 415, 422, 503))
    async def send(
        request: Request,
        name: Annotated[str, _NAME] = "report",
        lang: Annotated[Literal["zh", "en"], _LANGUAGE] = "zh",
    ) -> Response:
        """Read a file: its bytes are the body. The results are those of `gongkai extract --to json`."""
        data = await _body(request, most_bytes)
        try:
            read = await run_in_threadpool(readers.read, data, Path(name).name or "report", lang)
        except BusyError:
            raise HTTPException(503, "too many files are being read", {"Retry-After": "5"}) from None
        if isinstance(read, Failure):
            return _refused(read)
        identifier = kept.add(read)
        return _result(identifier, read)

    @app.get("/reports/{identifier}", responses=_told(200, 404))
    def result(identifier: str) -> Response:
        """The results of a file that was read within the last hour."""
        return _result(identifier, _found(kept, identifier))

    @app.get("/reports/{identifier}/pages/{number}", response_class=HTMLResponse, responses={404: {}})
    def page(identifier: str, number: int) -> str:
        """The page of one report in it, from 1: the source beside the figures and what proves them."""
        pages = _found(kept, identifier).pages
        if not 1 <= number <= len(pages):
            raise HTTPException(404)
        return pages[number - 1]

    app.openapi_schema = _schema(app)
    return app


def _guard(
    hosts: frozenset[str] | None,
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Other sites can neither lead here by names of their own, nor have a browser send files here."""

    async def guard(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        is_foreign = origin is not None and origin != f"{request.url.scheme}://{host}"
        if is_foreign or (hosts is not None and host.rpartition(":")[0] not in hosts):
            response = Response("Forbidden", 403)
        else:
            response = await go_on(request)
        response.headers.update(HEADERS)
        return response

    return guard


async def _body(request: Request, most_bytes: int) -> bytes:
    """The bytes that are sent, of which no more is taken than a file may have."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most_bytes:
            raise HTTPException(
                413, f"a file may have {most_bytes // 1024 // 1024} MB", {"Connection": "close"}
            )
    return bytes(data)


def _refused(failure: Failure) -> Response:
    told = {"kind": failure.kind.value, "zh": failure.message.zh, "en": failure.message.en}
    return Response(
        json.dumps(told, ensure_ascii=False), _STATUSES.get(failure.kind, _UNPROCESSABLE), media_type=_JSON
    )


def _result(identifier: str, read: ReadFile) -> Response:
    pages = [f"/reports/{identifier}/pages/{number}" for number in range(1, len(read.pages) + 1)]
    # The results are JSON already.
    head = json.dumps({"id": identifier, "pages": pages})[:-1]
    return Response(f'{head}, "reports": [{", ".join(read.results)}]}}', media_type=_JSON)


def _found(kept: Kept, identifier: str) -> ReadFile:
    read = kept.get(identifier)
    if read is None:
        raise HTTPException(404)
    return read


def _upload_page() -> str:
    """The page with a place to drop files, which says verdicts in words of either language."""
    words = {verdict.value: told.model_dump() for verdict, told in VERDICTS.items()}
    page = (Path(__file__).parent / "upload.html").read_text(encoding="utf-8")
    return page.replace("VERDICTS", json.dumps(words, ensure_ascii=False))


def _told(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description says of answers."""
    return {
        status: {"content": {_JSON: {"schema": _REPORTS if status == 200 else _FAILURE}}}
        for status in statuses
    }


def _schema(app: FastAPI) -> dict[str, Any]:
    """The description of the service, with the schema of results as it is published."""
    own = Extraction.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schema = app.openapi()
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(own.pop("$defs", {}))
    schemas["Extraction"] = own
    return schema

"""A model behind a server that speaks OpenAI's protocol; the only module that imports openai and instructor.

Importing both takes the better part of a second, so nothing imports this module before a model is asked.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
import openai
from instructor import Mode
from instructor.processing import handle_response_model

from extractor.errors import BudgetError, SettingsError, UnavailableError
from extractor.llm.completion import is_broken, read_completion
from extractor.llm.dialect import Dialect
from extractor.llm.failures import (
    Complaint,
    Kind,
    busy,
    complaint,
    lasting,
    no_json,
    scrubbed,
    too_slow,
    unreachable,
)
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.llm.retrying import OnWait, Passing, Sleep, patiently
from extractor.llm.settings import Settings
from extractor.llm.tightening import tightened

if TYPE_CHECKING:
    from ssl import SSLContext

    from pydantic import BaseModel

_MODES = {
    Profile.JSON_SCHEMA: Mode.JSON_SCHEMA,
    Profile.TOOLS: Mode.TOOLS,
    Profile.JSON_OBJECT: Mode.JSON,
    Profile.PLAIN: Mode.MD_JSON,
}
# A server may be loading its model; one that is too slow twice is too slow.
_MOST_TIMEOUTS = 1
# openai keeps 100 connections alive by default; with more requests at once the others would be opened
# and closed for each of them.
_CONNECTIONS = httpx2.Limits(max_connections=1024, max_keepalive_connections=1024)


@cache
def _certificates() -> SSLContext:
    """By which servers are believed; loaded once for all clients, as that takes longer than asking."""
    return httpx2.create_ssl_context()


class OpenAIModel:
    """Implements :class:`extractor.llm.protocol.Model`; one connection pool, for one event loop.

    Args:
        settings: where it is, and how patiently it is asked.
        sleep: waits for so many seconds.
        on_wait: told of every wait before a request is sent again.

    Raises (when made):
        SettingsError: if the address can't be understood.
    """

    def __init__(
        self, settings: Settings, *, sleep: Sleep = asyncio.sleep, on_wait: OnWait = lambda _: None
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._on_wait = on_wait
        self._is_down = False
        self._first: _First | None = None
        self._dialect = Dialect(
            profile=settings.profile or Profile.JSON_SCHEMA,
            is_open=settings.profile is None,
            limit="max_completion_tokens" if settings.base_url is None else "max_tokens",
        )
        try:
            self._client = openai.AsyncOpenAI(
                # Never None: openai would then take a key from the environment, which may be meant for
                # another server. A server without keys ignores it.
                api_key=settings.api_key or "none",
                base_url=settings.address,
                max_retries=0,
                # A report goes to the address that was given, and to no other.
                http_client=openai.DefaultAsyncHttpxClient(
                    verify=_certificates(),
                    limits=_CONNECTIONS,
                    timeout=settings.timeout,
                    follow_redirects=False,
                ),
            )
        except httpx2.InvalidURL:
            raise SettingsError(
                "看不懂模型服务的地址；请检查",
                "the address of the model's server can't be understood; check it",
            ) from None

    @property
    def name(self) -> str:
        """What its server calls it."""
        return self._settings.model

    @property
    def profile(self) -> Profile | None:
        """How it is asked for JSON; None until the first request has found out."""
        return None if self._dialect.is_open else self._dialect.profile

    async def __aenter__(self) -> OpenAIModel:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close its connections; it can't be asked any more."""
        await self._client.close()

    async def ask(self, request: Request) -> Reply:
        """Ask once; only transport is tried again.

        Where the profile isn't known, the first request finds it, and others wait for that one.

        Raises:
            SettingsError: if the server refuses for good: key, model, address, parameters, quota.
            TooLongError: if the question is longer than the model's context.
            BudgetError: if it would take more requests than the question may.
            UnavailableError: if no attempt reached it, or it never answered properly.
        """
        while self._dialect.is_open:
            if self._first is None:
                return await self._ask_first(request)
            first = self._first
            await first.done.wait()
            if first.outage is not None:  # nor would another search find more
                said = first.outage.message
                raise UnavailableError(said.zh, said.en)
        return await self._ask(request)

    async def _ask_first(self, request: Request) -> Reply:
        first = self._first = _First()
        try:
            return await self._ask(request)
        except UnavailableError as error:
            first.outage = error
            raise
        finally:
            self._first = None
            first.done.set()

    async def _ask(self, request: Request) -> Reply:
        dialect, count = self._dialect, _Count(request.max_requests)
        while True:
            answer = await self._send(_arguments(self._settings, request, dialect), count)
            if not isinstance(answer, Complaint):
                self._dialect = dialect.settled()
                return read_completion(answer, count.requests)
            if answer.kind is Kind.FILTER:
                return Reply(answer.words, "refusal", Traffic(count.requests, is_estimated=True))
            following = dialect.after(answer) if answer.kind is Kind.PARAMETER else None
            if following is None:
                raise lasting(answer, self.name, count.requests)
            dialect = following

    async def _send(self, arguments: dict[str, object], count: _Count) -> Mapping[str, Any] | Complaint:
        """A completion, or a complaint that no other attempt would mend."""
        failure: UnavailableError
        # Nobody waits anew, file by file, for a server that all attempts have just shown to be down.
        patience = replace(self._settings, retries=0) if self._is_down else self._settings
        try:
            attempt = partial(self._attempt, arguments, count)
            answer = await patiently(attempt, patience, self._sleep, self._on_wait)
        except Passing as passing:
            failure = passing.error
            self._is_down = True
        else:
            self._is_down = False
            return answer
        # Raised out here, so that it carries no foreign exception, and with it the headers and the key.
        failure.requests = count.requests
        raise failure

    async def _attempt(self, arguments: dict[str, object], count: _Count) -> Mapping[str, Any] | Complaint:
        count.another()
        said: Complaint
        try:
            # openai's timeout is per read, which a dripping body outlasts.
            async with asyncio.timeout(self._settings.timeout):
                # The plain response, not openai's typed one: that is built without validation, at some
                # cost, from whatever a server sends, and a page of HTML arrives as a str.
                response = await self._client.post(
                    "/chat/completions", cast_to=httpx2.Response, body=arguments
                )
        except openai.APIStatusError as error:
            said = self._complaint(error.response)
        except (TimeoutError, openai.APITimeoutError):
            raise Passing(too_slow(self._settings.timeout), most=_MOST_TIMEOUTS) from None
        except openai.APIConnectionError as error:
            words = scrubbed(str(error.__cause__ or ""), self._settings.api_key)
            raise Passing(unreachable(_shown(self._settings.address), words)) from None
        else:
            body = _json(response)
            if not isinstance(body, dict):
                raise Passing(no_json(response.status_code))
            if not _is_error(body):
                return body
            said = self._complaint(response)
        if said.kind is Kind.BUSY:
            raise Passing(busy(said), said.wait)
        return said

    def _complaint(self, response: httpx2.Response) -> Complaint:
        body = _json(response)
        return complaint(
            response.status_code,
            response.text if body is None else body,
            secret=self._settings.api_key,
            retry_after=response.headers.get("retry-after"),
        )


class _First:
    """The request that finds out how a server wants to be asked."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.outage: UnavailableError | None = None


class _Count:
    """How many requests one question has taken so far."""

    def __init__(self, most: int | None) -> None:
        self.requests = 0
        self._most = most

    def another(self) -> None:
        """One more; raises BudgetError where that is too many."""
        if self._most is not None and self.requests >= self._most:
            raise BudgetError(
                f"已达到 {self._most} 次请求的上限。需要时请调高 --max-requests。",
                f"the limit of {self._most} requests is reached; raise --max-requests if needed",
                requests=self.requests,
            )
        self.requests += 1


def _arguments(settings: Settings, request: Request, dialect: Dialect) -> dict[str, object]:
    return {
        "model": settings.model,
        "messages": [{"role": one.role, "content": one.content} for one in request.messages],
        **dialect.parameters(request.max_output),
        **_format(request.schema, dialect.profile),
        **settings.extra,
    }


@lru_cache(maxsize=128)
def _format(schema: type[BaseModel], profile: Profile) -> Mapping[str, Any]:
    """The arguments that hold a server to the schema; shared, so never to be changed.

    instructor's own table of modes makes them: ``handle_response_model`` is the one public function that
    does so without a request. What it does to messages is of no use here (it appends the schema to them,
    which costs tokens, and our prompts describe the form of the reply themselves), so it gets none, and
    what it puts there is dropped. Its client isn't used: it prepares the schema anew for each request,
    and asks again by sending everything once more.
    """
    _, arguments = handle_response_model(schema, _MODES[profile], messages=[])
    made = {
        key: value for key, value in arguments.items() if key in ("response_format", "tools", "tool_choice")
    }
    name = re.sub(r"[^A-Za-z0-9_-]", "_", schema.__name__)[:64]
    if profile is Profile.JSON_SCHEMA:
        tight, is_strict = tightened(made["response_format"]["json_schema"]["schema"])
        wanted = {"name": name, "schema": tight, "strict": is_strict}
        made["response_format"] = {**made["response_format"], "json_schema": wanted}
    if profile is Profile.TOOLS:
        tight, _ = tightened(made["tools"][0]["function"]["parameters"])
        made["tools"] = [{"type": "function", "function": {"name": name, "parameters": tight}}]
        made["tool_choice"] = {"type": "function", "function": {"name": name}}
    return made


def _json(response: httpx2.Response) -> object:
    """What the body says; None if it isn't JSON."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None


def _is_error(body: Mapping[str, Any]) -> bool:
    """Whether a body that came with 200 is an error all the same."""
    return bool(body.get("error")) or body.get("object") == "error" or is_broken(body)


def _shown(address: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

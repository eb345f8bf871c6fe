"""Asking about one report: kept replies first, then the budget, then the model; everything is counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from extractor.asking.options import Limits, Prices
from extractor.errors import BudgetError, ModelError, NotCachedError, TooLongError
from extractor.llm.parsing import holds_anything, parse_reply
from extractor.llm.protocol import Model, Profile, Reply, Request, Traffic
from extractor.llm.tightening import schema_text
from extractor.llm.tokens import Counter
from extractor.result.steps import Usage

R = TypeVar("R", bound=BaseModel)

# A server that counts fewer tokens than this share of what was sent has cut the question off: vocabularies
# differ by less. One that has kept the beginning may count the rest only, which is short.
_LEAST_READ, _SHORTEST_CUT = 0.5, 1024
# A question whose answer would have less room than this is not put.
_LEAST_OUTPUT = 256
# More than a cell of an answer has, its share of the row's name included.
_TOKENS_OF_A_CELL = 4
PRICED_TOKENS = 1_000_000


def spent_on(traffic: Traffic, model: str, counter: Counter, prices: Prices | None) -> Usage:
    """What was spent, and what it cost.

    Args:
        traffic: what was sent and received, in all requests together.
        model: its name.
        counter: that counted the tokens, where the server didn't.
        prices: None if nobody has said them.
    """
    cost = None
    if prices is not None:
        cost = (traffic.input_tokens * prices.input + traffic.output_tokens * prices.output) / PRICED_TOKENS
    return Usage(
        model=model,
        requests=traffic.requests,
        input_tokens=traffic.input_tokens,
        output_tokens=traffic.output_tokens,
        cached_tokens=traffic.cached_tokens,
        counted_by=counter.name if traffic.is_estimated else "server",
        cost=cost,
    )


class Replies(Protocol):
    """Where replies are kept (``cache.replies.ReplyCache``)."""

    def get(self, key: str) -> str | None:
        """What is kept under a key."""

    def put(self, key: str, value: str) -> None:
        """Keep it.

        Args:
            key: from :meth:`get`.
            value: the reply, any text.
        """


class _Kept(BaseModel):
    """A reply as it is kept."""

    reply: Reply
    max_output: int


class Session:
    """The questions about one report.

    Args:
        model: that is asked.
        replies: where replies are kept.
        counter: counts tokens before they are sent.
        limits: what may be spent.
        prices: what it costs.
        parameters: of the server, that every question is put with.
        replay: whether only kept replies may be used.
        on_kept: told of every question that a kept reply answers.

    Attributes:
        traffic: what the replies took when they were made, whether they were kept or asked for now; so
            the same input gives the same result.
    """

    def __init__(
        self,
        model: Model,
        replies: Replies,
        counter: Counter,
        limits: Limits,
        prices: Prices | None = None,
        *,
        parameters: Mapping[str, object] | None = None,
        replay: bool = False,
        on_kept: Callable[[], None] = lambda: None,
    ) -> None:
        self.traffic = Traffic()
        self.limits = limits
        self.model_name = model.name
        self._model = model
        self._replies = replies
        self._counter = counter
        self._prices = prices
        self._parameters = dict(parameters or {})
        self._replay = replay
        self._on_kept = on_kept

    def fits(self, request: Request, cells: int) -> bool:
        """Whether the model's window takes a question and its answer.

        Args:
            request: the question.
            cells: how many cells the answer will have.
        """
        return self._size(request) + max(_LEAST_OUTPUT, _TOKENS_OF_A_CELL * cells) <= self.limits.window

    def spent(self) -> Usage:
        """What was spent so far."""
        return spent_on(self.traffic, self.model_name, self._counter, self._prices)

    async def ask(self, request: Request, schema: type[R]) -> R:
        """Put one question.

        Args:
            request: the question.
            schema: the reply's model, as the caller knows it (that of the request narrows it).

        Raises:
            ModelError: if there is no usable answer (see :mod:`extractor.errors`).
        """
        reply = self._kept(request)
        if reply is None:
            reply = await self._asked(request)
        else:
            self._on_kept()
        self.traffic = self.traffic.plus(reply.traffic)
        parsed = parse_reply(reply, request.schema)
        if not isinstance(parsed, schema):
            raise TypeError(f"the schema of the question is no {schema.__name__}")
        return parsed

    async def _asked(self, request: Request) -> Reply:
        if self._replay:
            raise NotCachedError(
                "缓存中没有这次提问的回答。请去掉重放模式再运行一次。",
                "no reply to this question is kept; run once without replay",
            )
        size = self._size(request)
        limit = self.limits.requests
        left = None if limit is None else limit - self.traffic.requests
        request = replace(request, max_output=self._affordable(size), max_requests=left)
        try:
            reply = await self._model.ask(request)
        except ModelError as error:
            self.traffic = self.traffic.plus(Traffic(requests=error.requests))
            if isinstance(error, TooLongError) and error.limit is not None:
                # What the server states is taken: nothing longer is sent again.
                self.limits = self.limits._replace(window=min(self.limits.window, error.limit))
            raise
        self._refuse_cut_off(reply, size)
        if reply.traffic.is_estimated:
            traffic = reply.traffic
            counted = Traffic(
                input_tokens=0 if traffic.input_tokens else size,
                output_tokens=0 if traffic.output_tokens else self._counter.count(reply.text),
            )
            reply = reply._replace(traffic=traffic.plus(counted))
        if holds_anything(reply) and self._model.profile is not None:
            kept = _Kept(reply=reply, max_output=request.max_output)
            self._replies.put(self._key(request, self._model.profile), kept.model_dump_json())
        return reply

    def _refuse_cut_off(self, reply: Reply, size: int) -> None:
        """Notice that a server has read the end of a question only.

        Raises:
            TooLongError: if it counts far fewer tokens than were sent.
        """
        traffic = reply.traffic
        read = traffic.input_tokens
        if traffic.is_estimated or traffic.cached_tokens or not _SHORTEST_CUT <= read < _LEAST_READ * size:
            return
        self.traffic = self.traffic.plus(traffic)
        self.limits = self.limits._replace(window=min(self.limits.window, read + _LEAST_OUTPUT))
        raise TooLongError(
            f"模型服务只读了约 {size} 个 token 中的 {read} 个，提问被悄悄截断。"
            "请用 --window 说明其上下文长度，或在服务端调高（Ollama：OLLAMA_CONTEXT_LENGTH）",
            f"of about {size} tokens the server has read {read}: it cut the question off without a word; "
            "say with --window how long its context is, or raise that at the server "
            "(Ollama: OLLAMA_CONTEXT_LENGTH)",
            requests=traffic.requests,
        )

    def _affordable(self, size: int) -> int:
        """How many tokens the answer to a question of this size may have.

        Raises:
            BudgetError: if too little is left.
        """
        limits, spent = self.limits, self.traffic
        if limits.requests is not None and spent.requests >= limits.requests:
            raise BudgetError(
                f"已达到每份报告 {limits.requests} 次请求的上限。需要时请调高 --max-requests。",
                f"the limit of {limits.requests} requests a report is reached; raise --max-requests",
            )
        rooms = [limits.output, limits.window - size]
        if limits.tokens is not None:
            rooms.append(limits.tokens - spent.input_tokens - spent.output_tokens - size)
        if min(rooms) >= _LEAST_OUTPUT:
            return min(rooms)
        if rooms[1] < _LEAST_OUTPUT:
            raise BudgetError(
                f"提问约有 {size} 个 token，模型的上下文放不下。请调高 --window，或换用上下文更长的模型。",
                f"a question of about {size} tokens doesn't fit the model's context; raise --window, or "
                "choose a model with a longer one",
            )
        raise BudgetError(
            f"再问一次会超过每份报告 {limits.tokens} 个 token 的上限。需要时请调高 --max-tokens。",
            f"another question would exceed the limit of {limits.tokens} tokens a report; raise "
            "--max-tokens if needed",
        )

    def _size(self, request: Request) -> int:
        return self._counter.count_request(request.messages, schema_text(request.schema))

    def _kept(self, request: Request) -> Reply | None:
        profiles = [self._model.profile] if self._model.profile is not None else list(Profile)
        for profile in profiles:
            text = self._replies.get(self._key(request, profile))
            if text is None:
                continue
            try:
                kept = _Kept.model_validate_json(text)
            except ValidationError:
                # Written by another version; it is asked for anew.
                continue
            if kept.reply.finish != "length" or kept.max_output >= self._room(request):
                return kept.reply
        return None

    def _room(self, request: Request) -> int:
        """How many tokens an answer may have, whatever may be spent."""
        return min(self.limits.output, self.limits.window - self._size(request))

    def _key(self, request: Request, profile: Profile) -> str:
        schema = schema_text(request.schema)
        asked = [self._model.name, profile, request.prompt_hash, request.messages, schema, self._parameters]
        text = json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()

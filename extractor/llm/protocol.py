"""What the rest of gongkai knows of a language model: an immutable request, a reply with what it took.

Nothing here depends on a library; ``client.py`` speaks to a real server, ``scripted.py`` to a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from pydantic import BaseModel

Finish: TypeAlias = Literal["stop", "length", "refusal", "empty"]


class Profile(StrEnum):
    """How a server is asked for JSON, from the most to the least binding.

    ``json_schema``: OpenAI, vLLM, Ollama, llama.cpp · ``tools``: servers with function calls only ·
    ``json_object``: DeepSeek, Qwen · ``plain``: anything that completes a chat.
    """

    JSON_SCHEMA = "json_schema"
    TOOLS = "tools"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"


class Message(NamedTuple):
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question.

    Attributes:
        messages: static text first, the report last, so that servers can reuse the prefix.
        schema: the pydantic model of the reply.
        prompt_hash: of the prompt that it was made of.
        max_output: how many tokens the reply may have; 0 where that isn't decided yet.
        max_requests: how many requests it may take, transport's retries included; None is no limit.
    """

    messages: tuple[Message, ...]
    schema: type[BaseModel]
    prompt_hash: str = ""
    max_output: int = 0
    max_requests: int | None = None


class Traffic(NamedTuple):
    """What went to and fro between us and a server: the running count of one request or of many.

    Attributes:
        requests: requests sent, failed attempts included.
        input_tokens, output_tokens: of all of them, as the server counts, or else estimated.
        cached_tokens: how many of the input tokens the server took from its own prefix cache.
        is_estimated: whether the server left any of it out, and it was counted here.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    is_estimated: bool = False

    def plus(self, other: Traffic) -> Traffic:
        """Both together."""
        return Traffic(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.is_estimated or other.is_estimated,
        )


class Reply(NamedTuple):
    """What a model answered, as it arrived.

    Attributes:
        text: the answer, or the words of a refusal; of a tool call, its arguments.
        finish: ``stop``; ``length``, it was cut off; ``refusal``; ``empty``, there is no answer in it.
        traffic: what it took, attempts that failed on the way included.
    """

    text: str
    finish: Finish
    traffic: Traffic


class Model(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """What its server calls it."""

    @property
    def profile(self) -> Profile | None:
        """How it is asked for JSON; None until that is known."""

    async def ask(self, request: Request) -> Reply:
        """Ask once; only transport is tried again.

        Raises:
            ModelError: if no reply can be had (see :mod:`extractor.errors`).
        """

"""Reading a chat completion, in whatever shape a server gives it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from extractor.llm.protocol import Finish, Reply, Traffic

# Ends that say that the server failed, not the model.
BROKEN_ENDS = frozenset({"error", "insufficient_system_resource"})


def read_completion(body: Mapping[str, Any], requests: int) -> Reply:
    """What a model answered.

    Nothing is assumed of the body: servers leave out, or set to null, whatever they don't know.

    Args:
        body: of the response.
        requests: how many it took, failed ones included.
    """
    traffic = _traffic(body, requests)
    choice = _first(body)
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {}
    end = choice.get("finish_reason")
    if refusal := message.get("refusal"):
        return Reply(str(refusal), "refusal", traffic)
    text = _arguments(message) or _content(message)
    finish: Finish = "stop"
    if end == "content_filter":
        finish = "refusal"
    elif end == "length":
        finish = "length"
    elif not text.strip():
        finish = "empty"
    return Reply(text, finish, traffic)


def is_broken(body: Mapping[str, Any]) -> bool:
    """Whether the server broke the answer off because of trouble of its own."""
    choice = _first(body)
    return bool(choice.get("error")) or choice.get("finish_reason") in BROKEN_ENDS


def _first(body: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, Mapping) else {}


def _arguments(message: Mapping[str, Any]) -> str:
    """The arguments of the function calls; one a line where a model makes several of the one it was given."""
    calls = message.get("tool_calls")
    made = []
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, Mapping) else None
        arguments = function.get("arguments") if isinstance(function, Mapping) else None
        # OpenAI sends JSON as a string; a few servers send the object itself.
        if isinstance(arguments, dict):
            arguments = json.dumps(arguments, ensure_ascii=False)
        if isinstance(arguments, str):
            made.append(arguments)
    return "\n".join(made)


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _traffic(body: Mapping[str, Any], requests: int) -> Traffic:
    usage = body.get("usage")
    usage = usage if isinstance(usage, Mapping) else {}
    details = usage.get("prompt_tokens_details")
    sent, received = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    cached = _count(details, "cached_tokens") if isinstance(details, Mapping) else None
    return Traffic(
        requests, sent or 0, received or 0, cached or 0, is_estimated=sent is None or received is None
    )


def _count(fields: Mapping[str, Any], name: str) -> int | None:
    value = fields.get(name)
    return value if isinstance(value, int) and value >= 0 else None

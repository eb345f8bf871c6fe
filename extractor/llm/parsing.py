"""From the text of a reply to what its schema describes, or to the error that says why not."""

from __future__ import annotations

import json
import re
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from extractor.errors import (
    EmptyReplyError,
    MalformedReplyError,
    Misfit,
    RefusalError,
    TruncatedError,
)
from extractor.llm.failures import quoted, scrubbed
from extractor.llm.protocol import Reply

M = TypeVar("M", bound=BaseModel)

# Outside of an object: thoughts, and where an object, or a list of them, begins. In prose a brace is hardly
# followed by a quotation mark, nor a bracket by a brace.
_OUTSIDE = re.compile(r'<think>|</think>|\{(?=\s*["}])|\[(?=\s*\{)')
# Inside: strings are skipped whole, so that nothing in them, which may be a report's own text, is taken for
# the end of the object or of a thought. Possessive, so that the time stays linear.
_INSIDE = re.compile(r'"(?:[^"\\]++|\\.)*+"|["{}\[\]]|</think>', re.DOTALL)

_OPENING, _CLOSING = frozenset("{["), frozenset("}]")


def parse_reply(reply: Reply, schema: type[M]) -> M:
    """What a reply says.

    Thoughts, code fences and prose around the answer are left out. Of several objects the last that
    fits the schema is the answer: earlier ones are drafts, or were quoted from the report.

    Args:
        reply: as it arrived.
        schema: the pydantic model of the answer.

    Raises:
        RefusalError: if the model refuses.
        EmptyReplyError: if there is no answer in the reply.
        TruncatedError: if it is cut off.
        MalformedReplyError: if it isn't what the schema asks for; with the places where it isn't.
    """
    requests = reply.traffic.requests
    if reply.finish == "refusal":
        quote = quoted(scrubbed(reply.text, None))
        raise RefusalError(
            f"模型拒绝回答；请换一个模型，或由人工核对{quote}",
            f"the model refuses to answer; use another model, or have a person look{quote}",
            requests=requests,
        )
    if reply.finish == "length":
        raise TruncatedError(
            "模型的回答被截断；请用 --max-output 提高输出上限，会思考的模型也可用 --parameters 关闭思考",
            "the model's answer is cut off; allow a longer one with --max-output, or have a reasoning model "
            "think less with --parameters",
            requests=requests,
        )
    objects = _objects(reply.text) if reply.finish == "stop" else None
    if objects is None:
        raise EmptyReplyError(
            "模型的回复里没有回答；请重试，或换一个模型",
            "the model's reply holds no answer; try again, or use another model",
            requests=requests,
        )
    misfits: tuple[Misfit, ...] = ()
    for text in reversed(objects):
        result = _validated(text, schema)
        if not isinstance(result, tuple):
            return result
        misfits = misfits or result  # the last object's say most
    if not objects:
        raise _malformed((Misfit((), "no complete JSON object"),), requests, "")
    raise _malformed(misfits, requests, objects[-1])


def holds_anything(reply: Reply) -> bool:
    """Whether there is more in a reply than thoughts and space, so that it is worth keeping."""
    if reply.finish == "stop":
        return _objects(reply.text) is not None
    return reply.finish != "empty"


def _malformed(misfits: tuple[Misfit, ...], requests: int, answer: str) -> MalformedReplyError:
    shown = "; ".join(f"{'.'.join(map(str, one.place)) or 'the whole'}: {one.reason}" for one in misfits[:3])
    quote = quoted(scrubbed(shown, None))
    return MalformedReplyError(
        f"模型的回答不符合要求的格式；请重试，或换一个模型{quote}",
        f"the model's answer isn't what was asked for; try again, or use another model{quote}",
        requests=requests,
        misfits=misfits,
        answer=answer,
    )


def _validated(text: str, schema: type[M]) -> M | tuple[Misfit, ...]:
    try:
        result = schema.model_validate_json(text)
        # pydantic takes the last of several values of one name, and NaN for a number.
        json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        return tuple(Misfit(detail["loc"], detail["msg"]) for detail in details)
    except (ValueError, RecursionError) as error:
        return (Misfit((), str(error)),)
    return result


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("an object has one name twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _objects(text: str) -> list[str] | None:
    """The outermost objects, in their order; None if there is nothing but thoughts and space.

    In one pass. A torn object voids what stands before it, which it was to replace, and nothing inside
    it counts: a row isn't a reply.
    """
    objects: list[str] = []
    position, has_words = 0, False
    while (mark := _OUTSIDE.search(text, position)) is not None:
        has_words = has_words or bool(text[position : mark.start()].strip())
        if mark.group() == "<think>":
            end = text.find("</think>", mark.end())
            position = end + len("</think>") if end >= 0 else len(text)
        elif mark.group() == "</think>":  # its counterpart stands in the prompt of some servers
            objects.clear()
            position, has_words = mark.end(), False
        else:
            has_words = True
            position, is_whole = _end(text, mark.start())
            if is_whole:
                objects.append(text[mark.start() : position])
            else:
                objects.clear()
    return objects if has_words or text[position:].strip() else None


def _end(text: str, start: int) -> tuple[int, bool]:
    """Where the value that starts there ends, and whether it is whole."""
    depth = 0
    for mark in _INSIDE.finditer(text, start):
        part = mark.group()
        if part == "</think>":
            return mark.start(), False
        if part == '"':  # a string that never ends
            break
        if part in _OPENING:
            depth += 1
        elif part in _CLOSING:
            depth -= 1
            if depth == 0:
                return mark.end(), True
    return len(text), False

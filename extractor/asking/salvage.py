"""What is left of an answer that its schema refuses: one bad element of a list doesn't void the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError

from extractor.llm.protocol import Request

R = TypeVar("R", bound=BaseModel)


def salvaged(answer: str, request: Request, schema: type[R]) -> R | None:
    """What of an answer fits its schema: what isn't a list, and the elements of lists that fit by themselves.

    Args:
        answer: a JSON object; anything at all.
        request: the question, whose own schema narrows ``schema``.
        schema: the reply's model, as the caller knows it.

    Returns:
        None if what isn't a list doesn't fit, so that nothing can be said of the rest.
    """
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        said = None
    members: dict[str, Any] = said if isinstance(said, dict) else {}
    lists = [name for name, field in schema.model_fields.items() if get_origin(field.annotation) is tuple]
    base = {name: members[name] for name in schema.model_fields if name in members and name not in lists}
    base |= dict.fromkeys(lists, ())
    try:
        whole = request.schema.model_validate(base)
    except ValidationError:
        return None
    fitting = {name: tuple(_fitting(request.schema, base, name, members.get(name))) for name in lists}
    return schema.model_validate(whole.model_copy(update=fitting))


def _fitting(
    schema: type[BaseModel], base: Mapping[str, object], name: str, elements: object
) -> Iterator[object]:
    """The elements of a list that the schema takes one by one."""
    for element in elements if isinstance(elements, list) else ():
        try:
            reply = schema.model_validate({**base, name: (element,)})
        except ValidationError:
            continue
        yield from getattr(reply, name)

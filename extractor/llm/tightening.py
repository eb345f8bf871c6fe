"""A JSON schema as the strictest server wants it, and as short as it goes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

# A title repeats a name, a default is never needed where everything is required, and what the
# reply means is explained in the prompt, once.
_PROSE = ("title", "description", "default")
# OpenAI refuses these if it is to be strict.
_NOT_STRICT = (
    "allOf", "oneOf", "not", "if", "prefixItems", "patternProperties", "propertyNames", "minProperties",
    "maxProperties", "uniqueItems", "contains",
)  # fmt: skip


# Of the parts that a schema has under these, the names are the author's, which may be those of keywords.
_NAMED_PARTS = ("properties", "$defs")
_LISTED_PARTS = ("anyOf", "allOf", "oneOf", "prefixItems")
_SINGLE_PARTS = ("items", "additionalProperties")


def tightened(schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """A copy without prose in which every object is closed and requires all that it has.

    Args:
        schema: a JSON schema; it isn't changed.

    Returns:
        The copy, and whether that is enough for OpenAI's strict mode: an object with free keys, for one,
        can't be closed.
    """
    tight: dict[str, Any] = {}
    is_strict = not any(key in schema for key in _NOT_STRICT)
    for key, value in schema.items():
        if key not in _PROSE:
            tight[key], part_is_strict = _tightened_part(key, value)
            is_strict = is_strict and part_is_strict
    if schema.get("type") == "object":
        if "properties" in tight:
            tight["required"] = list(tight["properties"])
        has_free_keys = bool(tight.setdefault("additionalProperties", False))
        is_strict = is_strict and not has_free_keys
    return tight, is_strict


def _tightened_part(key: str, value: Any) -> tuple[Any, bool]:
    """What a schema has under a keyword, with the schemas in it tightened."""
    if key in _NAMED_PARTS:
        named = {name: tightened(part) for name, part in value.items()}
        return {name: part for name, (part, _) in named.items()}, all(strict for _, strict in named.values())
    if key in _LISTED_PARTS:
        listed = [tightened(part) for part in value]
        return [part for part, _ in listed], all(strict for _, strict in listed)
    if key in _SINGLE_PARTS and isinstance(value, dict):
        return tightened(value)
    return value, True


@lru_cache(maxsize=64)
def schema_text(schema: type[BaseModel]) -> str:
    """The JSON schema of a reply as it is sent, with no blank too many."""
    tight, _ = tightened(schema.model_json_schema())
    return json.dumps(tight, ensure_ascii=False, separators=(",", ":"))

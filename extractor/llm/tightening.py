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


def tightened(schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """A copy without prose in which every object is closed and requires all that it has.

    Also says whether that is enough for OpenAI's strict mode: an object with free keys, for one, can't
    be closed.
    """
    tight: dict[str, Any] = {}
    is_strict = not any(key in schema for key in _NOT_STRICT)
    for key, value in schema.items():
        if key in _PROSE:
            continue
        if key in ("properties", "$defs"):  # names of the author's, which may be those of keywords
            parts = {name: tightened(part) for name, part in value.items()}
            tight[key] = {name: part for name, (part, _) in parts.items()}
            is_strict &= all(strict for _, strict in parts.values())
        elif key in ("anyOf", "allOf", "oneOf", "prefixItems"):
            listed = [tightened(part) for part in value]
            tight[key] = [part for part, _ in listed]
            is_strict &= all(strict for _, strict in listed)
        elif isinstance(value, dict) and key in ("items", "additionalProperties"):
            tight[key], strict = tightened(value)
            is_strict &= strict
        else:
            tight[key] = value
    if schema.get("type") == "object":
        if "properties" in tight:
            tight["required"] = list(tight["properties"])
        is_strict &= not tight.setdefault("additionalProperties", False)
    return tight, is_strict


@lru_cache(maxsize=64)
def schema_text(schema: type[BaseModel]) -> str:
    """The JSON schema of a reply as it is sent, with no blank too many."""
    tight, _ = tightened(schema.model_json_schema())
    return json.dumps(tight, ensure_ascii=False, separators=(",", ":"))

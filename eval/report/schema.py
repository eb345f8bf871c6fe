"""The JSON schema of results, as docs/schema has it: made from their model.

``python -m eval.report.schema`` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from extractor.result.extraction import Extraction

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
(_VERSION,) = get_args(Extraction.model_fields["schema_version"].annotation)
SCHEMA = Path(__file__).parents[2] / f"docs/schema/extraction-{_VERSION}.json"


def schema_text() -> str:
    """The schema of what ``--to json`` writes, as JSON."""
    schema = _without_titles(Extraction.model_json_schema(mode="serialization"))
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"


def _without_titles(schema: Any) -> Any:
    """The same without the titles that pydantic makes of names; a property may be called so, too."""
    if isinstance(schema, dict):
        return {
            key: _without_titles(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_without_titles(item) for item in schema] if isinstance(schema, list) else schema


if __name__ == "__main__":
    SCHEMA.parent.mkdir(exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8")

"""What a model can't be asked with is refused before anything is sent."""

from __future__ import annotations

import pytest

from extractor.errors import SettingsError
from extractor.llm.client import OpenAIModel
from extractor.llm.settings import Settings

KEY = "sk-not-to-be-seen-0123456789"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"api_key": f"{KEY}\n"}, "API key"),
        ({"api_key": f"{KEY}。"}, "API key"),
        ({"base_url": None, "api_key": None}, "no API key"),
        ({"base_url": "127.0.0.1:8000/v1"}, "address"),
        ({"base_url": "http://[not-an-address/v1"}, "address"),
        ({"base_url": "http://host:port/v1"}, "address"),
        ({"base_url": "http:///v1"}, "address"),
        ({"model": " "}, "no model"),
        ({"timeout": 0.0}, "timeout"),
        ({"backoff": float("nan")}, "waits"),
    ],
)
def test_settings_that_can_not_work_are_refused_before_anything_is_sent(
    fields: dict[str, object], words: str
) -> None:
    known: dict[str, object] = {"model": "m", "base_url": "http://127.0.0.1/v1", "api_key": KEY}
    with pytest.raises(SettingsError, match=words) as caught:
        Settings(**(known | fields))  # type: ignore[arg-type]
    assert KEY not in str(caught.value)


def test_an_address_that_is_none() -> None:
    with pytest.raises(SettingsError, match="can't be understood"):
        OpenAIModel(Settings("m", "http://host\x00/v1"))

"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.helpers.guard import only_loopback

# No test fails for being slow: machines are noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail any test that would reach another machine, or that depends on who runs it.

    A proxy may stand on loopback and lead anywhere; a key in the environment would be sent.
    """
    for name in os.environ:
        if name.lower().endswith("_proxy") or name.startswith(("OPENAI_", "GONGKAI_")):
            monkeypatch.delenv(name)
    with only_loopback():
        yield

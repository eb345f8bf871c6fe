"""What the tests of asking share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.reading_once import layouts_read_once


@pytest.fixture(scope="package", autouse=True)
def read_once() -> Iterator[None]:
    """Read the layout of a page once: what is asked about it, and answered, differs from test to test."""
    with layouts_read_once():
        yield

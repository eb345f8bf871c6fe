"""What all tests share."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from extractor.platforms.here import HERE
from tests.helpers.forking import start_forked
from tests.helpers.guard import only_loopback
from tests.helpers.sweeps import dealt_out, times

# No test fails for being slow: machines are noisy.
settings.register_profile("untimed", deadline=None, max_examples=times(40, 400))
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Let programs that tests start be interrupted, also where a script runs the tests in its background.

    A shell has such processes ignore Ctrl-C, and those that they start, which would then never end.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collectstart() -> None:
    """Look for no garbage while modules are imported and tests collected: there is none."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is only gone where sweeps are gone whole."""
    items[:] = dealt_out(items)


def pytest_collection_finish() -> None:
    """Leave what was imported and collected alone when garbage is looked for, and look for it more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


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


@pytest.fixture(scope="session", autouse=True)
def forked_programs() -> Iterator[None]:
    """Fork the processes that read and write in batches and services: to start one takes a second."""
    with pytest.MonkeyPatch.context() as patched:
        if sys.platform == "linux":
            patched.setattr(HERE, "start_connected", start_forked)
        yield


@pytest.fixture(scope="module")
def recognised_once() -> Iterator[None]:
    """Recognise pictures that are the same once: each takes seconds."""
    from extractor.documents.scans import page

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page, "recognised_page", cache(page.recognised_page))
        yield


@pytest.fixture
def started_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a test start these processes as users do."""
    monkeypatch.setattr(HERE, "start_connected", type(HERE).start_connected.__get__(HERE))

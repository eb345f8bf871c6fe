"""Interrupts that wait until compiled modules are loaded."""

from __future__ import annotations

import signal

import pytest

from extractor.documents.scans.interrupts import interrupts_put_off


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_waits_for_the_end_and_then_comes(
    number: signal.Signals,
) -> None:
    came: list[int] = []
    before = signal.signal(number, lambda number, _: came.append(number))
    try:
        with interrupts_put_off():
            signal.raise_signal(number)
            assert came == []
        assert came == [number]
        signal.raise_signal(number)
        assert came == [number, number]
    finally:
        signal.signal(number, before)

"""One allowance for a run: its money is never overspent, its pace is kept, a busy server is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from decimal import Decimal
from typing import Any

import pytest

from extractor.asking.allowance import Allowance
from extractor.asking.options import Prices
from extractor.errors import BudgetError, UnavailableError
from extractor.llm.protocol import Traffic
from extractor.llm.retrying import Wait

# A thousand tokens cost 1.
PRICES = Prices(Decimal(1000), Decimal(1000))


class Clock:
    """A clock that only waiting moves; all who wait are woken in the order of their moments."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(seconds / 1000)
        self.now = max(self.now, until)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


async def moments(allowance: Allowance, clock: Clock, count: int) -> list[float]:
    """When each of several requests is sent that all want to be sent now."""

    async def one() -> float:
        await allowance.pace()
        return round(clock.now, 3)

    return sorted(await asyncio.gather(*(one() for _ in range(count))))


def test_requests_are_as_far_apart_as_the_rate_says() -> None:
    async def test() -> None:
        clock = Clock()
        allowance = Allowance(rate=4.0, sleep=clock.sleep, clock=clock)
        assert await moments(allowance, clock, 4) == [0.0, 0.25, 0.5, 0.75]

    run(test())


def test_without_a_rate_nothing_waits_until_the_server_is_busy() -> None:
    async def test() -> None:
        clock = Clock()
        allowance = Allowance(sleep=clock.sleep, clock=clock)
        assert await moments(allowance, clock, 3) == [0.0, 0.0, 0.0]
        allowance.on_wait(Wait(UnavailableError("忙", "busy"), 10.0, 2))
        # Then one after the other, until it has answered.
        assert await moments(allowance, clock, 3) == [10.0, 10.5, 11.0]
        await allowance.reserve(Decimal(0))
        allowance.settle(Decimal(0), Traffic(1, 10, 10), is_answered=True)
        clock.now = 20.0
        assert await moments(allowance, clock, 2) == [20.0, 20.0]

    run(test())


def test_what_is_out_counts_at_its_most_and_what_is_back_as_it_is() -> None:
    async def test() -> None:
        clock = Clock()
        allowance = Allowance(Decimal(10), PRICES, sleep=clock.sleep, clock=clock)
        await allowance.reserve(Decimal(6))
        second = asyncio.create_task(allowance.reserve(Decimal(6)))
        await asyncio.sleep(0.01)
        assert not second.done()  # both at their most would be too much; the first may leave enough
        allowance.settle(Decimal(6), Traffic(1, 2000, 1000), is_answered=True)
        await second
        assert allowance.spent == 3
        allowance.settle(Decimal(6), Traffic(1, 3000, 1000), is_answered=True)
        with pytest.raises(BudgetError, match="--max-cost"):
            await allowance.reserve(Decimal(4))
        assert allowance.is_exhausted
        assert (allowance.spent, allowance.traffic) == (Decimal(7), Traffic(2, 5000, 2000))

    run(test())

"""What a whole run may ask of a model: for how much money, how often, and not while it is overloaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal

from extractor.asking.options import Prices
from extractor.asking.session import PRICED_TOKENS
from extractor.errors import BudgetError, ModelError, UnavailableError
from extractor.llm.protocol import Model, Profile, Reply, Request, Traffic
from extractor.llm.retrying import Sleep, Wait
from extractor.llm.tightening import schema_text
from extractor.llm.tokens import Counter

# Seconds between two requests after the server had to be left alone, until it answers again.
_GAP_AFTER_WAIT = 0.5


class Allowance:
    """What all questions of a run share: its money, its pace, and what was spent.

    Args:
        cost: the most that may be spent, in the currency of the prices; None for no limit.
        prices: of the tokens; None if nobody has said them, and then there is no limit.
        rate: the most requests a second, attempts after a failure included; None for no limit.
        sleep: waits for so many seconds.
        clock: seconds, from any beginning.

    Attributes:
        traffic: what was sent and received.
        spent: what that cost; 0 without prices.
        is_exhausted: whether a question wasn't put because it could have cost more than is left.
    """

    def __init__(
        self,
        cost: Decimal | None = None,
        prices: Prices | None = None,
        rate: float | None = None,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self.traffic = Traffic()
        self.spent = Decimal(0)
        self.is_exhausted = False
        self._cost = cost if prices is not None else None
        self._prices = prices
        self._gap = 1 / rate if rate else 0.0
        self._sleep = sleep
        self._clock = clock or asyncio.get_running_loop().time
        self._next = 0.0
        self._is_recovering = False
        # What questions that are out may cost at most, and what tells those that wait of the end of one.
        self._reserved = Decimal(0)
        self._changed = asyncio.Event()

    async def pace(self) -> None:
        """Wait until the next request may be sent; each gets a moment of its own."""
        moment = max(self._clock(), self._next)
        self._next = moment + (max(self._gap, _GAP_AFTER_WAIT) if self._is_recovering else self._gap)
        while (seconds := moment - self._clock()) > 0:
            await self._sleep(seconds)

    async def sleep(self, seconds: float) -> None:
        """Wait before a request is sent again, and then for its turn among all others."""
        await self._sleep(seconds)
        await self.pace()

    def on_wait(self, wait: Wait) -> None:
        """The server has to be left alone: no question is put meanwhile, and then one after the other.

        Args:
            wait: that has begun.
        """
        self._is_recovering = True
        self._next = max(self._next, self._clock() + wait.seconds)

    async def reserve(self, most: Decimal) -> None:
        """Set aside what a question may cost at most; wait for those that are out, if they may leave enough.

        Args:
            most: that it may cost.

        Raises:
            BudgetError: if less is left.
        """
        while self._cost is not None and self.spent + self._reserved + most > self._cost:
            if not self._reserved:
                self.is_exhausted = True
                raise BudgetError(
                    f"再问一次可能超过本次运行的费用上限 {self._cost}。需要时请调高 --max-cost。",
                    f"another question could cost more than the {self._cost} of this run; raise --max-cost "
                    "if needed",
                )
            self._changed.clear()
            await self._changed.wait()
        self._reserved += most

    def settle(self, most: Decimal, traffic: Traffic, *, is_answered: bool) -> None:
        """Count what a question took, in place of what was set aside.

        Args:
            most: that was set aside.
            traffic: what it took.
            is_answered: whether the server has answered.
        """
        self._reserved -= most
        self.traffic = self.traffic.plus(traffic)
        self.spent += self.price(traffic.input_tokens, traffic.output_tokens)
        self._is_recovering = self._is_recovering and not is_answered
        self._changed.set()

    def price(self, sent: int, received: int) -> Decimal:
        """What tokens cost; 0 without prices.

        Args:
            sent: of input.
            received: of output.
        """
        if self._prices is None:
            return Decimal(0)
        return (sent * self._prices.input + received * self._prices.output) / PRICED_TOKENS


class AllowedModel:
    """A model that is asked within an allowance, about one file.

    Implements :class:`extractor.llm.protocol.Model`.

    Args:
        model: that is asked.
        allowance: that all files share.
        counter: counts tokens before they are sent.

    Attributes:
        is_cut_short: whether a question stayed without an answer for a reason that another run may not have:
            the server couldn't be reached, or the allowance was spent.
    """

    def __init__(self, model: Model, allowance: Allowance, counter: Counter) -> None:
        self.is_cut_short = False
        self._model = model
        self._allowance = allowance
        self._counter = counter

    @property
    def name(self) -> str:
        """What its server calls it."""
        return self._model.name

    @property
    def profile(self) -> Profile | None:
        """How it is asked for JSON; None until that is known."""
        return self._model.profile

    async def ask(self, request: Request) -> Reply:
        """Ask once, when it is this question's turn.

        Raises:
            ModelError: if no reply can be had (see :mod:`extractor.errors`).
        """
        allowance = self._allowance
        size = self._counter.count_request(request.messages, schema_text(request.schema))
        most = allowance.price(size, request.max_output)
        took, is_answered = Traffic(), False
        try:
            await allowance.reserve(most)
        except BudgetError:
            self.is_cut_short = True
            raise
        try:
            await allowance.pace()
            reply = await self._model.ask(request)
            took, is_answered = reply.traffic, True
        except ModelError as error:
            # What failed may be charged for all the same.
            took = Traffic(error.requests, error.requests * size, is_estimated=True)
            self.is_cut_short = self.is_cut_short or isinstance(error, UnavailableError)
            raise
        finally:
            allowance.settle(most, took, is_answered=is_answered)
        return reply

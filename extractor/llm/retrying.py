"""Sending again what failed in passing: the only place where that is done."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from extractor.errors import UnavailableError
from extractor.llm.settings import Settings

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]


class Wait(NamedTuple):
    """A wait before a request is sent again.

    Attributes:
        error: why it has to be.
        seconds: how long the wait is.
        number: which attempt comes then, counted from 2.
    """

    error: UnavailableError
    seconds: float
    number: int


# Told of every wait as it begins.
OnWait: TypeAlias = Callable[[Wait], None]


class Passing(Exception):  # noqa: N818 - not an error to anyone outside
    """A failure that may pass.

    Attributes:
        error: what is raised if it doesn't.
        wait: for how many seconds the server asks to be left alone.
        most: how often it is tried again at most; None: as often as the settings say.
    """

    def __init__(self, error: UnavailableError, wait: float | None = None, most: int | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait
        self.most = most


async def patiently(
    attempt: Callable[[], Awaitable[T]], settings: Settings, sleep: Sleep, on_wait: OnWait
) -> T:
    """What an attempt gives, after as many as are allowed.

    Args:
        attempt: what is tried; it raises :class:`Passing` where trying again may help.
        settings: how often, and how long to wait between.
        sleep: waits for so many seconds.
        on_wait: told of every wait as it begins.

    Raises:
        Passing: the last one, if all fail, or at once if the server asks to wait too long.
    """
    enough = stop_after_attempt(1 + settings.retries)
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(Passing),
        stop=lambda state: enough(state) or _is_enough(state, settings),
        wait=lambda state: _wait(state, settings),
        sleep=sleep,
        before_sleep=lambda state: _tell(state, on_wait),
        reraise=True,
    )
    return await retrying(attempt)


def _is_enough(state: RetryCallState, settings: Settings) -> bool:
    """Whether a failure isn't worth another attempt, however many are allowed."""
    failure = state.outcome.exception() if state.outcome else None
    most = failure.most if isinstance(failure, Passing) else None
    is_often = most is not None and state.attempt_number > most
    return is_often or (_asked_for(state) or 0) > settings.longest_wait


def _tell(state: RetryCallState, on_wait: OnWait) -> None:
    failure = state.outcome.exception() if state.outcome else None
    if isinstance(failure, Passing) and state.next_action is not None:
        on_wait(Wait(failure.error, state.next_action.sleep, state.attempt_number + 1))


def _asked_for(state: RetryCallState) -> float | None:
    failure = state.outcome.exception() if state.outcome else None
    return failure.wait if isinstance(failure, Passing) else None


def _wait(state: RetryCallState, settings: Settings) -> float:
    """Exponential with jitter; on top of what the server asks for, so that not all come back at once."""
    spread = random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
    asked = _asked_for(state)
    if asked is not None:
        return asked + settings.backoff * spread
    return min(settings.backoff * 2.0 ** (state.attempt_number - 1) * spread, settings.longest_wait)

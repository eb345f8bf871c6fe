"""How a server wants to be asked is found out once, and remembered with the replies."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from extractor.asking.session import Replies
from extractor.llm.protocol import Profile, Reply, Request
from extractor.llm.settings import Settings

if TYPE_CHECKING:
    from extractor.llm.client import OpenAIModel
    from extractor.llm.retrying import OnWait, Sleep


class RememberingModel:
    """The model of some settings; what it takes to ask it is imported with the first question.

    Implements :class:`extractor.llm.protocol.Model`.

    Args:
        settings: where the model is; a profile that they name is used, and not remembered.
        replies: where the profile is kept, by the server's address and the model's name.
        on_wait: told of every wait before a request is sent again.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        settings: Settings,
        replies: Replies,
        on_wait: OnWait = lambda _: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        server = sha256(f"{settings.address} {settings.model}".encode()).hexdigest()
        self._key = f"profile {server}"
        known = replies.get(self._key) if settings.profile is None else None
        self._settings = replace(settings, profile=Profile(known)) if known in set(Profile) else settings
        self._replies = replies
        self._on_wait = on_wait
        self._sleep = sleep
        self._model: OpenAIModel | None = None

    @property
    def name(self) -> str:
        """What its server calls it."""
        return self._settings.model

    @property
    def profile(self) -> Profile | None:
        """How it is asked for JSON; None until that is known."""
        return self._model.profile if self._model is not None else self._settings.profile

    async def ask(self, request: Request) -> Reply:
        """Ask once, and remember the profile if this has found it.

        Raises:
            ModelError: if no reply can be had (see :mod:`extractor.errors`).
        """
        if self._model is None:
            from extractor.llm.client import OpenAIModel

            self._model = OpenAIModel(self._settings, sleep=self._sleep, on_wait=self._on_wait)
        known = self._model.profile
        reply = await self._model.ask(request)
        if self._model.profile is not None and known is None:
            self._replies.put(self._key, self._model.profile)
        return reply

    async def close(self) -> None:
        """Close its connections; it can't be asked any more."""
        if self._model is not None:
            await self._model.close()

"""A model with a queue of replies and a history of requests, for tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from pydantic import BaseModel

from extractor.errors import ModelError
from extractor.llm.protocol import Profile, Reply, Request, Traffic


class ScriptedModel:
    """Answers what it was told to, in order.

    A string or a pydantic model is an answer that ends well and costs nothing but a request; a
    :class:`Reply` is given as it is; an exception is raised.

    Attributes:
        history: the requests, in the order in which they came.
    """

    def __init__(
        self,
        replies: Iterable[Reply | str | BaseModel | ModelError] = (),
        *,
        name: str = "scripted",
        profile: Profile = Profile.PLAIN,
    ) -> None:
        self.name = name
        self.profile: Profile | None = profile
        self.history: list[Request] = []
        self._queue = deque(replies)

    @property
    def left(self) -> int:
        """How many replies haven't been asked for."""
        return len(self._queue)

    def add(self, *replies: Reply | str | BaseModel | ModelError) -> None:
        """Put more replies at the end of the queue."""
        self._queue.extend(replies)

    async def ask(self, request: Request) -> Reply:
        """The next reply of the queue.

        Raises:
            ModelError: where one stands in the queue.
            LookupError: if the queue is empty.
        """
        self.history.append(request)
        if not self._queue:
            last = request.messages[-1].content if request.messages else ""
            raise LookupError(f"no reply is left for request {len(self.history)}: …{last[-200:]!r}")
        reply = self._queue.popleft()
        if isinstance(reply, ModelError):
            raise reply
        if isinstance(reply, BaseModel):
            reply = reply.model_dump_json()
        return Reply(reply, "stop", Traffic(requests=1)) if isinstance(reply, str) else reply

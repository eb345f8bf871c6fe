"""A cache to test with."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from cache.mode import Mode
from cache.problems import Problem, Trouble
from cache.replies import ReplyCache


def key_of(question: object) -> str:
    return sha256(str(question).encode()).hexdigest()


KEY, OTHER = key_of("question"), key_of("other")


class Kept:
    """A cache together with the problems it told of."""

    def __init__(self, folder: Path, mode: Mode = Mode.READ_WRITE) -> None:
        self.problems: list[Problem] = []
        self.cache = ReplyCache(folder, mode, self.problems.append)

    @property
    def troubles(self) -> list[Trouble]:
        return [problem.trouble for problem in self.problems]

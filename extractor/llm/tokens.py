"""Counting tokens: exactly where a vocabulary is at hand, else by an estimate that says it is one.

tiktoken downloads a vocabulary when it is first used. Reading a report never does that: here a
vocabulary is used only if tiktoken would find it, unharmed, in the folder where it keeps its downloads.
"""

from __future__ import annotations

import hashlib
import math
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from extractor.llm.protocol import Message

ESTIMATE: Final = "estimate"


class Vocabulary(NamedTuple):
    """The file of a vocabulary, as tiktoken looks for it.

    Attributes:
        file: its name in the folder: the SHA-1 of the address that tiktoken downloads it from.
        sha256: of its content; tiktoken removes any other file of this name, and downloads it anew.
    """

    file: str
    sha256: str


_O200K = Vocabulary(
    "fb374d419588a4632f3f557e76b4b70aebbca790",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
)
VOCABULARIES = {
    "o200k_base": _O200K,
    "o200k_harmony": _O200K,
    "cl100k_base": Vocabulary(
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
_DEFAULT = "o200k_base"

# Measured on the texts of eval/cases (`make bench` measures again): the single text lies up to 9 % above
# with o200k, 10 % with cl100k. What has no vocabulary here is taken for as wasteful as cl100k.
_TOKENS_PER_CHARACTER = {"o200k_base": 0.663, "o200k_harmony": 0.663}
_TOKENS_PER_CHARACTER_ELSE = 0.938
_RESERVE = 1.2

# A run of a million blanks overflows the stack of tiktoken's regular expressions. A cut costs a token.
_PIECE = 100_000

# What a chat template puts around a message (ChatML's is the longest of the common ones), and before
# the answer.
_PER_MESSAGE, _PER_ANSWER = 5, 3


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts tokens.

    Attributes:
        name: the vocabulary, such as ``o200k_base``, or ``estimate``.
        count: how many tokens a text has; an estimate is with its reserve.
    """

    name: str
    count: Callable[[str], int]

    @property
    def is_estimate(self) -> bool:
        """Whether there is no vocabulary to count with."""
        return self.name == ESTIMATE

    def count_request(self, messages: Iterable[Message], schema: str = "") -> int:
        """How many tokens a request has, with what a chat template adds to it.

        Args:
            messages: the chat.
            schema: the JSON schema as it is sent beside the chat, if it is.
        """
        chat = sum(_PER_MESSAGE + self.count(message.content) for message in messages)
        return chat + self.count(schema) + _PER_ANSWER


def counter(model_name: str | None = None) -> Counter:
    """What counts for this model, without any download.

    Models that tiktoken doesn't know, and no model, are counted as o200k.
    """
    name = _vocabulary_name(model_name)
    folder, vocabulary = _folder(), VOCABULARIES.get(name)
    if folder is not None and vocabulary is not None:
        count = _exact(name, folder / vocabulary.file, vocabulary.sha256)
        if count is not None:
            return Counter(name, count)
    return estimator(name)


def estimator(name: str = _DEFAULT) -> Counter:
    """What estimates the tokens of the vocabulary of this name, a fifth held in reserve."""
    per_character = _TOKENS_PER_CHARACTER.get(name, _TOKENS_PER_CHARACTER_ELSE) * _RESERVE
    return Counter(ESTIMATE, lambda text: math.ceil(len(text) * per_character))


def _vocabulary_name(model_name: str | None) -> str:
    # Imported here and below: most runs count nothing, and it would cost each of them 30 ms.
    from tiktoken.model import encoding_name_for_model

    try:
        return encoding_name_for_model(model_name) if model_name else _DEFAULT
    except KeyError:
        return _DEFAULT


def _folder() -> Path | None:
    """Where tiktoken keeps its downloads; None if the environment has it keep none."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if (folder := os.environ.get(variable)) is not None:
            return Path(folder) if folder else None
    return Path(tempfile.gettempdir(), "data-gym-cache")


@cache
def _exact(name: str, path: Path, sha256: str) -> Callable[[str], int] | None:
    """Counts with the vocabulary in this file; None if tiktoken would refuse the file."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != sha256:
        return None

    import tiktoken

    encoding = tiktoken.get_encoding(name)

    def count(text: str) -> int:
        pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
        return sum(len(encoding.encode(piece, disallowed_special=())) for piece in pieces)

    return count

"""Loading prompts: a Markdown file with places to fill in, its hash, and its worked examples."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_EXAMPLE = re.compile(r"```text\n(?P<input>.*?)```.*?```json\n(?P<output>.*?)```", re.S)


class Example(NamedTuple):
    """A worked example: what a model is shown, and what it should answer."""

    input: str
    output: str


class Prompt:
    """A prompt.

    Attributes:
        name: of its file.
        text: with its places still open.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its text, in hexadecimal digits."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def places(self) -> frozenset[str]:
        """What is to be filled in."""
        return frozenset(_PLACE.findall(self.text))

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Its worked examples."""
        return tuple(Example(match["input"], match["output"]) for match in _EXAMPLE.finditer(self.text))

    def filled(self, **words: str) -> str:
        """Its text with every place filled in.

        Raises:
            ValueError: if a place is left open, or a word has no place.
        """
        if words.keys() != self.places:
            raise ValueError(f"prompt {self.name} has the places {sorted(self.places)}, not {sorted(words)}")
        return _PLACE.sub(lambda match: words[match[1]], self.text)


def prompt_names() -> tuple[str, ...]:
    """The names of all prompts, sorted; a file in capitals, such as README.md, is none."""
    stems = (
        file.name.removesuffix(".md") for file in files("prompts").iterdir() if file.name.endswith(".md")
    )
    return tuple(sorted(stem for stem in stems if stem.islower()))


@lru_cache(maxsize=16)
def load_prompt(name: str) -> Prompt:
    """The prompt of this name.

    Args:
        name: of its file, without the ending.

    Raises:
        FileNotFoundError: if there is none.
    """
    return Prompt(name, (files("prompts") / f"{name}.md").read_text(encoding="utf-8").strip())

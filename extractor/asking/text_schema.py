"""The question about the free text: which numbers are parts, shares, growth or cells; and the reply's model.

The numbers are marked in the text that is sent, so that an answer names them and can't change them. Which
rows of the tables it may name, and how they are called, stands in the form (``asked_as``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from extractor.llm.protocol import Message, Request
from extractor.narrative.text.prose import Prose
from prompts.loader import load_prompt
from rules.wordings import AskedRow

_STOP = re.compile(r"[。\n]")
_MOST = 400


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WholeReply(_Reply):
    """A whole and its parts."""

    whole: int
    parts: tuple[int, ...] = Field(max_length=_MOST)
    all: bool


class ShareReply(_Reply):
    """A share of a part in a whole."""

    share: int
    part: int
    whole: int


class GrowthReply(_Reply):
    """The growth of a count."""

    growth: int
    of: int


class CellReply(_Reply):
    """A number that rows of the tables print, too; every schema narrows ``rows`` to those asked about."""

    number: int
    rows: tuple[str, ...]


class RelationsReply(_Reply):
    """What a model says of the numbers of the free text."""

    wholes: tuple[WholeReply, ...] = Field(max_length=_MOST)
    shares: tuple[ShareReply, ...] = Field(max_length=_MOST)
    growths: tuple[GrowthReply, ...] = Field(max_length=_MOST)
    cells: tuple[CellReply, ...] = Field(max_length=_MOST)
    missed: tuple[str, ...] = Field(max_length=_MOST)


@lru_cache(maxsize=16)
def relations_schema(names: tuple[str, ...]) -> type[RelationsReply]:
    """The schema of a reply.

    Args:
        names: what it calls the rows of the tables; none where the form doesn't say how to ask for any.
    """
    if not names:
        return create_model(
            "RelationsReply", __base__=RelationsReply, __doc__="", cells=_bounded(CellReply, 0)
        )
    one_of: Any = Literal[names]
    rows = _bounded(one_of, len(names))
    cell = create_model("CellReply", __base__=CellReply, __doc__="", rows=rows)
    return create_model("RelationsReply", __base__=RelationsReply, __doc__="", cells=_bounded(cell, _MOST))


def _bounded(element: Any, most: int) -> Any:
    """A list in a schema: a server that holds its model to the schema brings it to an end, too."""
    return (tuple[element, ...], Field(max_length=most))


def relations_request(lines: Iterable[str], rows: Sequence[AskedRow]) -> Request:
    """Ask how the numbers of the free text hang together.

    Args:
        lines: sentences with every number marked (:func:`marked`).
        rows: of the tables, which the numbers may repeat.
    """
    words = load_prompt("narrative")
    named = "、".join(f"{row.id} {row.label}" for row in rows)
    messages = (Message("system", words.filled(rows=named)), Message("user", "\n".join(lines)))
    return Request(messages, relations_schema(tuple(row.id for row in rows)), words.hash)


def marked(stretch: Prose, starts: Sequence[int], first: int) -> list[str]:
    """The sentences of a stretch of text that hold numbers, with these marked as 【1】.

    Args:
        stretch: folded text, which has no such brackets of its own.
        starts: where its numbers begin, in order.
        first: what the first of them is called.
    """
    text, lines, line, written = stretch.text, [], "", 0
    for number, (start, following) in enumerate(pairwise([*starts, len(text)]), first):
        begin = max(text.rfind("。", written, start), text.rfind("\n", written, start)) + 1
        line += f"{text[max(written, begin) : start]}【{number}】"
        stop = _STOP.search(text, start, following)
        written = stop.end() if stop is not None else following
        line += text[start:written]
        if stop is not None or number == first + len(starts) - 1:
            lines.append(line.rstrip("\n"))
            line = ""
    return lines


def marks(line: str) -> int:
    """How many numbers of a line are marked."""
    return line.count("【")

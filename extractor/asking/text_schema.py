"""The question about the free text: which numbers are parts, shares, growth or cells; and the reply's model.

The numbers are marked in the text that is sent, so that an answer names them and can't change them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.llm.protocol import Message, Request
from extractor.narrative.text.prose import Prose
from prompts.loader import load_prompt

# What a reply calls the rows of the tables.
RowName = Literal[
    "received",
    "carried_in",
    "granted",
    "partially_granted",
    "refused",
    "unavailable",
    "not_held",
    "not_processed",
    "other",
    "handled_total",
    "carried_out",
    "reconsideration",
    "litigation_direct",
    "litigation_after",
    "documents_issued",
    "documents_repealed",
    "documents_in_force",
]
# What they are called on the form, and their cells.
ROWS: dict[RowName, tuple[str, tuple[str, ...]]] = {
    "received": ("本年新收申请", ("requests.received.total",)),
    "carried_in": ("上年结转", ("requests.carried_in.total",)),
    "granted": ("予以公开", ("requests.granted.total",)),
    "partially_granted": ("部分公开", ("requests.partially_granted.total",)),
    "refused": ("不予公开", ("requests.refused.*.total",)),
    "unavailable": ("无法提供", ("requests.unavailable.*.total",)),
    "not_held": ("本机关不掌握", ("requests.unavailable.not_held.total",)),
    "not_processed": ("不予处理", ("requests.not_processed.*.total",)),
    "other": ("其他处理", ("requests.other_combined.total | requests.other.*.total",)),
    "handled_total": ("办理结果总计", ("requests.handled_total.total",)),
    "carried_out": ("结转下年度", ("requests.carried_out.total",)),
    "reconsideration": ("行政复议", ("disputes.reconsideration.total",)),
    "litigation_direct": ("未经复议直接起诉", ("disputes.litigation.direct.total",)),
    "litigation_after": ("复议后起诉", ("disputes.litigation.after_reconsideration.total",)),
    "documents_issued": ("规范性文件制发", ("disclosure.normative_documents.issued",)),
    "documents_repealed": ("规范性文件废止", ("disclosure.normative_documents.repealed",)),
    "documents_in_force": ("规范性文件现行有效", ("disclosure.normative_documents.in_force",)),
}
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
    """A number that rows of the tables print, too."""

    number: int
    rows: tuple[RowName, ...] = Field(max_length=len(ROWS))


class RelationsReply(_Reply):
    """What a model says of the numbers of the free text."""

    wholes: tuple[WholeReply, ...] = Field(max_length=_MOST)
    shares: tuple[ShareReply, ...] = Field(max_length=_MOST)
    growths: tuple[GrowthReply, ...] = Field(max_length=_MOST)
    cells: tuple[CellReply, ...] = Field(max_length=_MOST)
    missed: tuple[str, ...] = Field(max_length=_MOST)


def relations_request(lines: Iterable[str]) -> Request:
    """Ask how the numbers of the free text hang together.

    Args:
        lines: sentences with every number marked (:func:`marked`).
    """
    words = load_prompt("narrative")
    rows = "、".join(f"{name} {label}" for name, (label, _) in ROWS.items())
    messages = (Message("system", words.filled(rows=rows)), Message("user", "\n".join(lines)))
    return Request(messages, RelationsReply, words.hash)


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

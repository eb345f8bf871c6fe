"""The question about the free text: which numbers are parts, shares, growth or cells; and the reply's model.

The numbers are marked in the text that is sent, so that an answer names them and can't change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.llm.protocol import Message, Request
from extractor.narrative.prose import Prose
from prompts.loader import load_prompt

# What a reply calls the rows of the tables, what they are called on the form, and their cells.
ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "received": ("本年新收申请", ("requests.received.total",)),
    "carried_in": ("上年结转", ("requests.carried_in.total",)),
    "granted": ("予以公开", ("requests.granted.total",)),
    "partially_granted": ("部分公开", ("requests.partially_granted.total",)),
    "refused": ("不予公开", ("requests.refused..total",)),
    "unavailable": ("无法提供", ("requests.unavailable..total",)),
    "not_held": ("本机关不掌握", ("requests.unavailable.not_held.total",)),
    "not_processed": ("不予处理", ("requests.not_processed..total",)),
    "other": ("其他处理", ("requests.other.total",)),
    "handled_total": ("办理结果总计", ("requests.handled_total.total",)),
    "carried_out": ("结转下年度", ("requests.carried_out.total",)),
    "reconsideration": ("行政复议", ("disputes.reconsideration.total",)),
    "litigation_direct": ("未经复议直接起诉", ("disputes.litigation.direct.total",)),
    "litigation_after": ("复议后起诉", ("disputes.litigation.after_reconsideration.total",)),
    "documents_issued": ("规范性文件制发", ("disclosure.normative_documents.issued",)),
    "documents_repealed": ("规范性文件废止", ("disclosure.normative_documents.repealed",)),
    "documents_in_force": ("规范性文件现行有效", ("disclosure.normative_documents.in_force",)),
}
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


def relations_request(sentences: Iterable[str]) -> Request:
    """Ask how the numbers of the free text hang together.

    Args:
        sentences: with every number marked (:func:`marked`).
    """
    words = load_prompt("narrative")
    rows = "、".join(f"{name} {label}" for name, (label, _) in ROWS.items())
    messages = (Message("system", words.filled(rows=rows)), Message("user", "\n".join(sentences)))
    return Request(messages, RelationsReply, words.hash)


def marked(stretch: Prose, starts: Sequence[int], first: int) -> str:
    """A stretch of text with its numbers marked; sentences that hold none are left out.

    Args:
        stretch: folded text.
        starts: where its numbers begin, in order.
        first: what the first of them is called.
    """
    text, shown, written, number = stretch.text, [], 0, first
    for start in starts:
        begins = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
        shown += [text[max(written, begins) : start], f"【{number}】"]
        written, number = start, number + 1
        end = min(
            (i for i in (text.find("。", start), text.find("\n", start)) if i >= 0), default=len(text) - 1
        )
        following = next((other for other in starts if other > start), None)
        if following is None or following > end:
            shown.append(text[start : end + 1].rstrip("\n") + "\n")
            written = end + 1
    return "".join(shown).rstrip("\n")

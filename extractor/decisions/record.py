"""Decisions as they are kept: a list that only grows, in a file beside the source.

The file of ``report.pdf`` is ``report.pdf.gongkai.json``. Each decision names the bytes that it was made on,
by their SHA-256, so that it is void on any others. To undo one is to add that. Two lists become one by adding
what the other lacks; so neither two tabs nor two people lose anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from extractor.documents.document import Span
from extractor.errors import UnreadableError
from extractor.result.decisions import Choice
from extractor.result.frozen import FrozenModel

#: No more are kept of one file, and no file of them is larger.
MOST_DECISIONS, MOST_BYTES = 20_000, 16 * 1024 * 1024


def _with_zone(moment: str) -> str:
    if datetime.fromisoformat(moment).tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment


Moment = Annotated[str, Field(max_length=40), AfterValidator(_with_zone)]
Line = Annotated[str, Field(max_length=2000)]


class Decision(FrozenModel):
    """One thing that a person did.

    Attributes:
        id: its own, of 128 random bits in hexadecimal digits.
        source: the SHA-256 of the bytes that it was made on, in hexadecimal digits.
        report: the number of the report in its file, from 1.
        address: of the cell.
        kind: a choice; ``note``: words alone; ``undone``: the decision ``undoes`` holds no more.
        read: what the cell printed when it was decided; if it is read otherwise since, the decision is void.
        printed: of a correction, the figure that is the cell's.
        span: of a correction, where it stands in the document's text.
        note: what the person says of it.
        by: who they are.
        at: when, as ISO 8601 with a time zone.
        undoes: the id of another decision.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    source: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    report: Annotated[int, Field(ge=1, le=1000)] = 1
    address: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Choice | Literal["note", "undone"]
    read: Line = ""
    printed: Line | None = None
    span: Span | None = None
    note: Line = ""
    by: Annotated[str, Field(min_length=1, max_length=100)]
    at: Moment
    undoes: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None


class Record(FrozenModel):
    """All that was decided of one file, in order: what the file beside the source holds.

    Attributes:
        name: of the source; for people alone.
        decisions: of all versions of the source that there were.
    """

    format: Literal[1] = 1
    name: str
    decisions: Annotated[tuple[Decision, ...], Field(max_length=MOST_DECISIONS)] = ()

    def with_more(self, decisions: Iterable[Decision]) -> Record:
        """The same with decisions that it lacks, in the order in which they come."""
        known = {decision.id for decision in self.decisions}
        new = {decision.id: decision for decision in decisions if decision.id not in known}
        return self.model_copy(update={"decisions": (*self.decisions, *new.values())}) if new else self

    def on(self, source: str, report: int) -> dict[str, Decision]:
        """The choices that hold of one report, by the address of the cell: of each the last, if not undone.

        Args:
            source: the digest of the file's bytes.
            report: its number in the file, from 1.
        """
        undone = {decision.undoes for decision in self.decisions if decision.kind == "undone"}
        return {
            decision.address: decision
            for decision in self.decisions
            if (decision.source, decision.report) == (source, report)
            and isinstance(decision.kind, Choice)
            and decision.id not in undone
        }

    def void(self, source: str) -> int:
        """How many choices were made on other bytes than these.

        Args:
            source: the digest of the file's bytes.
        """
        return sum(isinstance(one.kind, Choice) and one.source != source for one in self.decisions)


def digest_of(data: bytes) -> str:
    """What names the bytes of a source: their SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def record_in(data: bytes, name: str) -> Record:
    """The decisions in the bytes of a file.

    Args:
        data: the bytes.
        name: what messages call the file.

    Raises:
        UnreadableError: if they are no such file; it is never written over then.
    """
    try:
        return Record.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableError(
            f"{name} 不是本程序的决定文件，或由较新的版本写成。请更新程序，或将该文件移走后再试。",
            f"{name} is no file of decisions, or a newer version wrote it; update gongkai, or move it away",
        ) from error

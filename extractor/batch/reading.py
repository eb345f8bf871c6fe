"""The reading of one file of a batch, in whatever process it is done."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

from extractor.batch.archives import member_in, members_of
from extractor.batch.facts import facts_of
from extractor.batch.outcome import Outcome, as_line
from extractor.batch.own_text import own_sentences
from extractor.batch.stores import address_beside, is_address, is_there, read_at
from extractor.decisions.beside import ENDING, path_beside
from extractor.decisions.honoured import Decisions
from extractor.decisions.record import digest_of, record_in
from extractor.documents.source import read_file
from extractor.forms import FormSet
from extractor.pipeline import CompletesReports, read_reports

# Of gzip: it costs half a millisecond, and makes a tenth of the size of it.
_COMPRESSION = 1


class Content(NamedTuple):
    """What there is to read.

    Attributes:
        source: the bytes of a file.
        decisions: those of the file of decisions beside it; None if there is none.
    """

    source: bytes
    decisions: bytes | None = None

    @property
    def digest(self) -> str:
        """What tells it from any other: what people decided is a part of it."""
        digest = digest_of(self.source)
        return digest if self.decisions is None else digest_of(digest.encode() + self.decisions)


def content_of(path: str, member: str | None) -> Content | list[str]:
    """What a file holds; of an archive, the names of the files in it.

    Args:
        path: of the file on disk, or its address in a store.
        member: its path in the archive that ``path`` is; None if it is a file itself.

    Raises:
        InputError: if it can't be read.
    """
    if member is not None:
        return Content(member_in(path, member))
    if members := members_of(path):
        return members
    if is_address(path):
        beside_it = address_beside(path)
        return Content(read_at(path), read_at(beside_it) if is_there(beside_it) else None)
    beside = path_beside(Path(path))
    return Content(read_file(path), read_file(beside) if beside.exists() else None)


def read_content(
    content: Content, name: str, forms: FormSet, asking: CompletesReports | None = None
) -> tuple[Outcome, bytes]:
    """What comes of the content of a file: facts, and the results and the reports' own text, compressed.

    Args:
        content: of the file.
        name: what results and messages call it.
        forms: to read by.
        asking: asks a model; by layout only, unless given.

    Raises:
        GongkaiError: if it can't be read, or holds no report.
    """
    decisions: Decisions | None = None
    if content.decisions is not None:
        record = record_in(content.decisions, f"{name}{ENDING}")
        decisions = Decisions(record, digest_of(content.source))
    reports = read_reports(content.source, forms=forms, name=name, asking=asking, decisions=decisions)
    lines = "".join(report.extraction.model_dump_json() + "\n" for report in reports)
    own = [own_sentences(report) for report in reports]
    results, text = _compressed(lines.encode("utf-8")), _compressed(b"".join(map(as_line, own)))
    facts = tuple(facts_of(*pair) for pair in zip(reports, own, strict=True))
    return Outcome(0.0, facts, text_size=len(text)), results + text


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, _COMPRESSION, mtime=0)

"""What was written before of a folder: its pages aren't made again while the files are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.forms import FormSet
from extractor.review.listing import Entry
from extractor.review.page import SCRIPTS
from extractor.review.templates import part
from rules.words import Language

_NAME = "written.jsonl"
_PARTS = ("review.html", "review.css", "words.yaml", *SCRIPTS)


class _Written(BaseModel):
    """A file whose pages were written: the digest of all that they were made of, and what the list says."""

    model_config = ConfigDict(frozen=True)

    source: str
    made_of: str
    entries: tuple[Entry, ...]


class Kept:
    """The record of pages in their folder: a line a file, added when its pages are there."""

    def __init__(self, folder: Path, forms: FormSet, language: Language) -> None:
        """Look at what is there.

        Args:
            folder: of the pages.
            forms: that reports are read by, with the rules that are added to theirs.
            language: that pages are shown in at first.
        """
        self._folder, self._path = folder, folder / _NAME
        parts = [
            version("gongkai"),
            language,
            *map(part, _PARTS),
            *forms.made_of(),
        ]
        self._settings = "\0".join(parts).encode()
        self._known: dict[str, _Written] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            try:
                written = _Written.model_validate_json(line)
            except ValidationError:
                continue  # it was broken off while the line was written: that file's turn comes again
            self._known[written.source] = written

    def entries(self, source: str, data: bytes) -> tuple[Entry, ...] | None:
        """What the list says of a file, if its pages are there and would be the same.

        Args:
            source: what the list calls it.
            data: its bytes.
        """
        written = self._known.get(source)
        if written is None or written.made_of != self._digest(data):
            return None
        pages = [entry.page for entry in written.entries if entry.page is not None]
        is_there = all((self._folder.parent / page).exists() for page in pages)
        return written.entries if is_there else None

    def add(self, source: str, data: bytes, entries: Sequence[Entry]) -> None:
        """Remember that the pages of a file are written.

        Args:
            source: what the list calls it.
            data: its bytes.
            entries: what the list says of it.
        """
        line = _Written(source=source, made_of=self._digest(data), entries=tuple(entries)).model_dump_json()
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")

    def _digest(self, data: bytes) -> str:
        return hashlib.sha256(hashlib.sha256(self._settings).digest() + data).hexdigest()

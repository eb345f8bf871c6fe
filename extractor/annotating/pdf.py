"""A copy of a PDF with highlights: what is new is appended to the file, whose own bytes stay as they are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence

from extractor.annotating.note import Note
from extractor.documents.source import Source
from extractor.errors import OutputError
from extractor.processes import command_of, environment

_PROGRAM = "extractor.annotating.pdf_program"
# The slowest report seen takes a fifth of a second.
_SECONDS = 20.0


def annotated_pdf(source: Source, notes: Sequence[Note]) -> bytes:
    """The bytes of a copy with a highlight for each comment; what has no place is told on the first page.

    Args:
        source: the file.
        notes: one a comment.

    Raises:
        OutputError: if PDFium can't write it.
    """
    if not notes:
        return source.data
    told = json.dumps([_told(note) for note in notes]).encode()
    try:
        run = subprocess.run(  # noqa: S603 - our own program
            command_of(_PROGRAM),
            env=environment(),
            input=len(told).to_bytes(8, "little") + told + source.data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise OutputError(
            f"无法在 {source.name} 中写入批注。请用 gongkai review 查看问题所在。",
            f"can't write comments into {source.name}; look at it with gongkai review instead",
        ) from error
    return run.stdout


def _told(note: Note) -> dict[str, object]:
    places = [place for place in note.places if place.box is not None]
    page = places[0].page if places else 1
    return {"text": note.text, "page": page, "boxes": [one.box for one in places if one.page == page]}

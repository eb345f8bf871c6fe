"""For whom results are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from rules.form import Form
from rules.words import Language


@dataclass(frozen=True)
class Presentation:
    """What a writer is told besides the results; each takes of it what its format has a use for.

    Attributes:
        forms: the forms that the reports may follow, which have the titles of tables, rows and columns.
        language: of headings and messages.
        terminal: where text will be shown, for its width and colours; None for a file or a pipe.
        is_file: whether it is written to a file that was named, rather than to standard output.
    """

    forms: Sequence[Form]
    language: Language
    terminal: TextIO | None = None
    is_file: bool = False

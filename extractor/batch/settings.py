"""By what a file is read: a result is another's if any of it differs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from extractor.documents.scans.ocr import is_installed
from extractor.processes import is_frozen

_HOME = Path(__file__).parents[2]
_SOURCES = ("extractor/**/*.py", "extractor/**/*.tsv", "rules/**/*.py", "rules/**/*.yaml")
# Libraries on which it depends what is read of a file.
_LIBRARIES = ("cssselect", "lxml", "olefile", "pypdfium2", "python-docx", "rensa", "tinycss2")


def settings_key(forms: Sequence[str] = (), rules: Sequence[str] = ()) -> str:
    """What tells one way of reading from another: program, libraries, forms and rules, whether OCR is there.

    Args:
        forms: the paths of files with forms of one's own.
        rules: of files with rules to add, and names by which installed packages offer some.

    Raises:
        GongkaiError: if one can't be read.
    """
    content = sha256()
    for part in _parts(forms, rules):
        content.update(part + b"\0")
    return content.hexdigest()[:16]


def _parts(forms: Sequence[str], rules: Sequence[str]) -> Sequence[bytes]:
    # A program that has Python in it has its modules in itself.
    own = [Path(sys.executable)] if is_frozen() else []
    sources = sorted({path for pattern in _SOURCES for path in _HOME.glob(pattern)}) + own
    return [
        *(path.read_bytes() for path in sources),
        *(f"{name} {version(name)}".encode() for name in _LIBRARIES),
        *(part.encode() for part in _made_of(forms, rules)),
        str(is_installed()).encode(),
    ]


def _made_of(forms: Sequence[str], rules: Sequence[str]) -> tuple[str, ...]:
    """What own forms and rules are made of; the forms that ship with gongkai are among the sources."""
    if not (forms or rules):
        return ()
    from extractor.forms import FormSet  # most batches have none

    return FormSet.from_files(forms, rules).made_of()

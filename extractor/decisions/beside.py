"""Where the decisions on a source are kept: in a file beside it."""

from __future__ import annotations

from pathlib import Path

ENDING = ".gongkai.json"


def path_beside(source: Path) -> Path:
    """``report.pdf.gongkai.json`` for ``report.pdf``.

    Args:
        source: the path of the report.
    """
    return source.with_name(source.name + ENDING)

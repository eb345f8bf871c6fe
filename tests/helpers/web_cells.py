"""What a cell of a web page shows."""

from __future__ import annotations

from extractor.documents.source import Source
from extractor.documents.web.page import read_html


def told(content: str, sheet: str = "", opening: str = "<td>") -> tuple[str, tuple[str, ...]]:
    """The text of a cell beside a label, and the remarks on it."""
    style = f"<style>{sheet}</style>" if sheet else ""
    page = f"<html><head>{style}</head><body><table><tr><td>a</td>{opening}{content}</td></tr></table></body>"
    document = read_html(Source(page.encode(), "page"))
    ((*_, cell),) = (grid.cells for grid in document.grids)
    return document.text[cell.start : cell.end], document.remarks_at(cell.start)

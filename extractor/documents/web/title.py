"""The title of a web page, which browsers show above it: pages leave their reports' titles to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from extractor.documents.web.tables import FlowContent
from extractor.text.folding import fold_script

_TITLE = re.compile(r"<title[^<>]{0,200}>(?P<title>[^<]{4,300})<", re.I)
# Nothing of the head of a page stands further away from its beginning, in characters.
_HEAD = 50_000
_HEADS_A_REPORT = re.compile(r"(?=.*20\d\d)(?=.*(?:信息公开|政务公开)).*(?:报告|年报)", re.S)
# Behind the title stands the name of the site, before it that of a section of it.
_SITE = re.compile(r"[-_|—–]")
_BLANKS = re.compile(r"\s+")
_SECTION = re.compile(r"^[ #*]{0,8}[一二三四五六][ ]{0,3}、", re.M)


def report_title(source: str, blocks: Sequence[FlowContent]) -> str:
    """The title of a page if it heads a report and the page doesn't show it again; empty otherwise.

    Args:
        source: the page, as it is.
        blocks: what is shown of it. Without sections it holds no report, whatever it is called.
    """
    match = _TITLE.search(source, 0, _HEAD)
    title = unescape(match["title"]).strip() if match is not None else ""
    if not _heads_a_report(title):
        return ""
    shown = "\n".join([block for block in blocks if isinstance(block, str)])
    parts = [part for part in _SITE.split(title) if _heads_a_report(part)] or [title]
    is_shown = _BLANKS.sub("", parts[0]) in _BLANKS.sub("", shown)
    return _BLANKS.sub(" ", title) if not is_shown and _SECTION.search(shown) else ""


def _heads_a_report(words: str) -> bool:
    return _HEADS_A_REPORT.match(fold_script(words)) is not None

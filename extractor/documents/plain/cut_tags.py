"""Text in which tags of cells were left, whole or cut in half: ``td>规章</td><td>0``, ``<td rowspan="3">``.

So pages look that somebody copied from their source, and programs that take tags off by a wrong pattern. The
lines are the rows of the table; they stay the lines of the file.
"""

from __future__ import annotations

import re

# What parts two cells; what may be left of tags before the first and behind the last cell of a line.
_BETWEEN = re.compile(r"</t[dh]>[ \t]{0,9}<t[dh]\b([^<>\n]{0,200})>", re.I)
_BEFORE = re.compile(r"[ \t]{0,9}(?:<?/?t(?:able|body|head|r|d|h)\b([^<>\n]{0,200})>)", re.I)
_BEHIND = re.compile(r"</?t(?:able|body|head|r|d|h)?\b[^<>\n]{0,200}>?[ \t]{0,9}\Z", re.I)
# Other tags, and what may hide a cell or move it.
_TAG = re.compile(r"<[a-z/!]", re.I)
_HIDES = re.compile(r"style|hidden|display|class", re.I)
# Quotation marks and brackets as pages write them in their source.
_ENTITY = re.compile(r"&(ldquo|rdquo|quot|middot);", re.I)
_CHARACTERS = {"ldquo": "“", "rdquo": "”", "quot": '"', "middot": "·"}
# Fewer lines may be about tags; no line has more of them.
_FEWEST_LINES, _MOST_BEFORE = 3, 9


def with_tabs_for_tags(text: str) -> str:
    """A text with tabs between the cells of such lines, and none of their tags.

    Args:
        text: of a file.
    """
    if text.count("</t") < _FEWEST_LINES or sum(1 for _ in _BETWEEN.finditer(text)) < _FEWEST_LINES:
        return text
    return "\n".join(map(_without_tags, text.split("\n")))


def _without_tags(line: str) -> str:
    """A line with tabs for its tags; as it is where it has others, or one may hide a cell."""
    attributes = "".join(_BETWEEN.findall(line))
    # Behind the last border there may be a blank cell.
    inner = _BETWEEN.sub("\t", line.rstrip())
    for _ in range(_MOST_BEFORE):
        begun = _BEFORE.match(inner)
        if begun is None:
            break
        inner, attributes = inner[begun.end() :], attributes + begun[1]
    for _ in range(_MOST_BEFORE):
        ended = _BEHIND.search(inner)
        if ended is None:
            break
        inner = inner[: ended.start()]
    if _TAG.search(inner) is not None or _HIDES.search(attributes) is not None:
        return line
    return _ENTITY.sub(lambda entity: _CHARACTERS[entity[1].lower()], inner)

"""What the tags of web pages do to the text in them, by their names and by the style that they carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Nothing of these is shown, or nothing that can be read.
_LEFT_OUT = _names(
    "script style noscript template title iframe object embed applet svg math canvas audio video map "
    "noframes noembed select datalist textarea xml"
)
# Shown as a picture or a control in the line: what stands on both sides isn't one number.
_REPLACED = _names("img input object embed svg canvas audio video select textarea iframe")
# Raised, lowered, struck out or a button: not part of the number beside it.
_APART = _names("sup sub s strike del button")
_BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "marquee menu nav ol p plaintext pre search section summary ul xmp table thead tbody tfoot tr td th"
)
_PREFORMATTED = _names("listing plaintext pre xmp")
_SECTIONS = _names("thead tbody tfoot")
_CELLS = _names("td th")
_ROWS = _names("tr")
_TABLES = _names("table")


# What else the beginning or the end of an element does, besides ending a line.
Action: TypeAlias = Literal[
    "cell", "row", "section", "table", "preformatted", "apart", "replaced", "left out", "left out, replaced"
]
TABLE_PARTS: frozenset[Action] = frozenset({"cell", "row", "section", "table"})
# What a style doesn't change about these: whether they are blocks, or that nothing of them is shown.
FIXED: frozenset[Action] = TABLE_PARTS | {"left out", "left out, replaced"}
# Whether an element is a block, which begins and ends a line, and what else it does.
Effect: TypeAlias = tuple[bool, Action | None]
INLINE: Effect = (False, None)
_ACTIONS: dict[str, Action] = {
    **dict.fromkeys(_CELLS, "cell"),
    **dict.fromkeys(_ROWS, "row"),
    **dict.fromkeys(_SECTIONS, "section"),
    **dict.fromkeys(_TABLES, "table"),
    **dict.fromkeys(_PREFORMATTED, "preformatted"),
    **dict.fromkeys(_APART, "apart"),
    **dict.fromkeys(_REPLACED, "replaced"),
    **dict.fromkeys(_LEFT_OUT, "left out"),
    **dict.fromkeys(_LEFT_OUT & _REPLACED, "left out, replaced"),
}
EFFECTS: dict[str, Effect] = {tag: (tag in _BLOCKS, _ACTIONS.get(tag)) for tag in {*_BLOCKS, *_ACTIONS}}
_STYLE = re.compile(r"(?<![\w-])(display|visibility|float|position|mso-hide)\s*:\s*([\w-]+)", re.I)
# No real one is longer, and what is looked up is remembered.
_LONGEST_STYLE = 1000


class Shown(NamedTuple):
    """What an element's own attributes say.

    Attributes:
        exists: it takes part in the layout of the page.
        is_visible: its text can be seen.
        is_block: it begins and ends a line; None where its name decides.
    """

    exists: bool = True
    is_visible: bool = True
    is_block: bool | None = None


AS_USUAL = Shown()


def shown_as(attributes: Mapping[str, str]) -> Shown:
    """How an element with these attributes is shown."""
    if "hidden" in attributes:
        return Shown(exists=False)
    style = attributes.get("style")
    return AS_USUAL if style is None else _styled(style[:_LONGEST_STYLE])


@lru_cache(maxsize=1024)
def _styled(style: str) -> Shown:
    said = {name.lower(): value.lower() for name, value in _STYLE.findall(style)}
    if not said:
        return AS_USUAL
    display = said.get("display", "")
    is_block = None if not display else not display.startswith(("inline", "contents"))
    if said.get("float", "none") != "none" or said.get("position") in ("absolute", "fixed"):
        is_block = True
    return Shown(
        display != "none" and said.get("mso-hide") != "all", said.get("visibility") != "hidden", is_block
    )

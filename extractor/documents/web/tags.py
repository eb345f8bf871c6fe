"""What the tags of web pages do to the text in them, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Nothing of these is shown, or nothing that can be read.
_LEFT_OUT = _names(
    "script style noscript template title rp iframe object embed applet svg math canvas audio video "
    "noframes noembed select datalist textarea progress meter"
)
# Shown as a picture or a control in the line: what stands on both sides isn't one number.
_CONTROLS = _names("input select textarea progress meter")
_REPLACED = _CONTROLS | _names("img object embed svg canvas audio video iframe math applet")
# What stands in these looks or behaves otherwise than what is around it: struck, raised, hidden, a control.
_UNUSUAL = _names("sup sub rt s strike del small button details summary dialog bdo ol q hr")
# Lines in these begin further in.
_INSETS = _names("ul ol dd")
_BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "marquee menu nav ol p plaintext pre search section summary ul xmp table thead tbody tfoot tr td th"
)
_PREFORMATTED = _names("listing plaintext pre xmp")
_SECTIONS = _names("thead tbody tfoot")
_CELLS = _names("td th")
_ROWS = _names("tr")
_COLUMNS = _names("col colgroup")
_TABLES = _names("table")


# What else the beginning or the end of an element does, besides ending a line.
Action: TypeAlias = Literal[
    "cell",
    "row",
    "section",
    "table",
    "columns",
    "preformatted",
    "unusual",
    "inset",
    "unusual, inset",
    "replaced",
    "left out",
    "left out, replaced",
]
#: What elements do that look or behave otherwise by their names; and those in which lines begin further in.
UNUSUAL: frozenset[Action | None] = frozenset({"unusual", "unusual, inset"})
INSET: frozenset[Action | None] = frozenset({"inset", "unusual, inset"})
NO_MORE_THAN_LOOKS: frozenset[Action | None] = UNUSUAL | INSET | {None}
TABLE_PARTS: frozenset[Action] = frozenset({"cell", "row", "section", "table"})
#: Of these, those that stand in a table.
INNER_PARTS: frozenset[Action | None] = TABLE_PARTS - {"table"}
# Whether an element is a block, which begins and ends a line, and what else it does.
Effect: TypeAlias = tuple[bool, Action | None]
INLINE: Effect = (False, None)
_ACTIONS: dict[str, Action] = {
    **dict.fromkeys(_CELLS, "cell"),
    **dict.fromkeys(_ROWS, "row"),
    **dict.fromkeys(_SECTIONS, "section"),
    **dict.fromkeys(_TABLES, "table"),
    **dict.fromkeys(_COLUMNS, "columns"),
    **dict.fromkeys(_PREFORMATTED, "preformatted"),
    **dict.fromkeys(_UNUSUAL, "unusual"),
    **dict.fromkeys(_INSETS, "inset"),
    **dict.fromkeys(_UNUSUAL & _INSETS, "unusual, inset"),
    **dict.fromkeys(_REPLACED, "replaced"),
    **dict.fromkeys(_LEFT_OUT, "left out"),
    **dict.fromkeys(_LEFT_OUT & _REPLACED, "left out, replaced"),
}
CONTROLS: frozenset[str] = _CONTROLS
EFFECTS: dict[str, Effect] = {tag: (tag in _BLOCKS, _ACTIONS.get(tag)) for tag in {*_BLOCKS, *_ACTIONS}}


def may_write(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element of which nothing is shown may put figures beside or in place of those around it.

    Args:
        tag: its name: a script's, or that of a template, which is the shadow root of what it stands in.
        attributes: of the element.
    """
    return tag == "script" or (tag == "template" and "shadowrootmode" in attributes)

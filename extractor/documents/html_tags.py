"""What the tags of web pages do to the text in them, by their names and by the style that they carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Nothing of these is shown, or nothing that can be read.
LEFT_OUT = _names(
    "script style noscript template title iframe object embed applet svg math canvas audio video map "
    "noframes noembed select datalist textarea xml"
)
# Shown as a picture or a control in the line: what stands on both sides isn't one number.
REPLACED = _names("img input object embed svg canvas audio video select textarea iframe")
# Raised, lowered, struck out or a button: not part of the number beside it.
APART = _names("sup sub s strike del button")
BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "marquee menu nav ol p plaintext pre search section summary ul xmp table thead tbody tfoot tr td th"
)
PREFORMATTED = _names("listing plaintext pre xmp")
SECTIONS = _names("thead tbody tfoot")
CELLS = _names("td th")
TABLE_PARTS = SECTIONS | CELLS | _names("table tr")
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

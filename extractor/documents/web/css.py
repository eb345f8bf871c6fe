"""Texts of style sheets and styles: where a page has them, and what they declare; tinycss2 parses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from extractor.documents.web.styles import Declaration

# What says something unusual, by the properties that then have to be looked at. A sheet without any of it is
# passed over; most are.
_TELLING = {
    r"display\s*:": ("display",),
    r"float\s*:": ("float",),
    r"visibility\s*:": ("visibility", "content-visibility"),
    r"opacity\s*:\s*(?:0?\.0|0(?![\d.]))": ("opacity",),
    r"line-through": ("text-decoration",),
    r"vertical-align\s*:\s*(?:su|text|[-+.\d])|position\s*:": (
        "vertical-align",
        "position",
        "top",
        "bottom",
        "left",
        "right",
        "clip",
        "font",
    ),
    r"font(?:-size)?\s*:\s*(?:[^;{}]*\s)?(?:0?\.\d|\d(?!\d)|-?0|[1-6]\d(?:\.\d+)?%)": ("font",),
    r"(?:^|[^\w-])color\s*:\s*(?:#f|#e|rgb|hs|w|t|[a-z]*white|lab|lch|ok|snow|ivory|azure|var)": (
        "color",
        "background",
    ),
    r"text-fill-color|text-security": ("-webkit-text",),
    r"overflow[-xy]*\s*:\s*(?:hidden|clip|auto|scroll)": ("overflow", "width", "height"),
    r"text-indent\s*:\s*-|margin[-a-z]*\s*:[^;}]*-|letter-spacing\s*:\s*-": (
        "text-indent",
        "margin",
        "letter",
    ),
    r"clip-path|transform|filter": ("clip", "transform", "filter"),
    r"unicode-bidi|direction\s*:|flex-flow": ("direction", "unicode-bidi", "flex"),
    r"content\s*:\s*[a-z]+\(": ("content",),
    r"background[-a-z]*\s*:[^;{}]*url": ("background",),
    # What is said of elements that look unusual by their names.
    r"(?:^|[^\w.#-])(?:sup|sub|del|s|strike)\s*[,{:.]": (
        "vertical-align",
        "position",
        "top",
        "bottom",
        "decoration",
        "display",
    ),
    r"mso-hide": ("mso-hide",),
}
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ODD_STRING = re.compile(r"\\[\"'\n]|[\"'][^\"'\n]*(?:[{}]|/\*)[^\"'\n]*[\"']")
_WORDS = re.compile(r"content\s*:\s*(?:\"[^\"]|'[^'])", re.I)
_BLOCK = re.compile(r"[^{}]*\{([^{}]*)\}")
_WIDTH_OF_SCREEN = 1280.0
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_FEATURE = re.compile(r"\([^()]*\)")
_DEEPEST = 8


# Where a page has its style sheets; what looks so in comments, scripts and texts is none.
_SHEETS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|textarea|title|noscript|template|xmp)\b.*?(?:</\1|\Z)"
    r"|<style\b([^>]*)>(.*?)(?:</style|\Z)|<link\b([^>]*)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def style_sheets_in(text: str, parts: Mapping[str, bytes]) -> Iterator[str]:
    """The style sheets that a page has, or that came with it, as far as they are for a screen.

    Args:
        text: the page.
        parts: what came with it, by address.
    """
    if not parts and not any(tag in text for tag in ("<style", "<STYLE", "<Style")):
        return
    for match in _SHEETS.finditer(text):
        stated = match[2] if match[3] is not None else match[4]
        if stated is None:
            continue
        found = _ATTRIBUTE.findall(stated)
        attributes = {key.lower(): double or single or bare for key, double, single, bare in found}
        if not is_for_screen(attributes.get("media", "")):
            continue
        if match[3] is not None:
            yield match[3]
        elif "stylesheet" in attributes.get("rel", "").lower().split():
            yield parts.get(attributes.get("href", ""), b"").decode("utf-8", errors="replace")


def telling(text: str) -> str:
    """What of the sheets may say something unusual; nothing of most."""
    if "{" not in text:
        return ""
    plain = _COMMENT.sub("", text).replace("<!--", "").replace("-->", "")
    without_strings = _STRING.sub("", plain)
    # A name may be written with escapes, and a string hold what looks like the end of a block.
    if "\\" in without_strings or _ODD_STRING.search(text):
        return text
    lower = without_strings.lower()
    properties = {name for pattern, names in _TELLING.items() if re.search(pattern, lower) for name in names}
    if _WORDS.search(plain):
        properties.add("content")
    if not properties:
        return ""
    wanted = re.compile("|".join(map(re.escape, sorted(properties))), re.I)
    return _BLOCK.sub(lambda block: block[0] if wanted.search(block[1]) else "", plain)


def rules_in(text: str) -> Iterator[tuple[str, tuple[Declaration, ...]]]:
    """The selectors of every rule that is for a screen, and what it declares."""
    import tinycss2

    yield from _rules_of(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), 0)


def _rules_of(nodes: Sequence[Any], depth: int) -> Iterator[tuple[str, tuple[Declaration, ...]]]:
    import tinycss2

    for node in nodes:
        if node.type == "qualified-rule":
            found = _declared(
                tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            )
            if found:
                yield tinycss2.serialize(node.prelude).strip(), found
        elif node.type == "at-rule" and node.content is not None and depth < _DEEPEST:
            keyword = node.lower_at_keyword
            if keyword in ("supports", "layer") or (
                keyword == "media" and is_for_screen(tinycss2.serialize(node.prelude))
            ):
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _rules_of(inner, depth + 1)


@lru_cache(maxsize=1024)
def declarations_in(style: str) -> tuple[Declaration, ...]:
    """What the style of an element declares.

    Args:
        style: the value of its attribute.
    """
    import tinycss2

    return _declared(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _declared(nodes: Iterable[Any]) -> tuple[Declaration, ...]:
    import tinycss2

    found = []
    for node in nodes:
        if node.type == "declaration":
            if node.lower_name == "content":
                value = _content(node.value)
            else:
                value = tinycss2.serialize(node.value).strip().lower()
            found.append((node.lower_name, value, node.important))
    return tuple(found)


def _content(tokens: Sequence[Any]) -> str:
    """What is put before or after an element: its characters; of a picture or a counter, that it is there."""
    return "".join(
        token.value if token.type == "string" else "…" if token.type in ("function", "url") else ""
        for token in tokens
    )


def is_for_screen(media: str) -> bool:
    """Whether a list of media queries takes in a screen of the usual width."""
    return any(_is_screen(query) for query in media.lower().split(",")) if media.strip() else True


def _is_screen(query: str) -> bool:
    for bound, length, unit in _WIDTH.findall(query):
        width = float(length) * (1.0 if unit == "px" else 16.0)
        if not (width <= _WIDTH_OF_SCREEN if bound == "min" else width >= _WIDTH_OF_SCREEN):
            return False
    if _FEATURE.search(_WIDTH.sub("", query)):
        return False
    words = _FEATURE.sub("", query).replace("only", "").replace("and", "").split()
    if words[:1] == ["not"]:
        return words[1:] not in (["screen"], ["all"])
    return not words or words[0] in ("screen", "all")

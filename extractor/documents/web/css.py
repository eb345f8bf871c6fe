"""Texts of style sheets and styles: where a page has them, and what they declare; tinycss2 parses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from extractor.documents.web.cascade import Declaration
from extractor.documents.web.conditions import holds_on_screen
from extractor.documents.web.links import data_in, is_data
from extractor.documents.web.properties import is_known
from extractor.documents.web.variables import SheetRule, with_values
from extractor.text.pictorial_fonts import is_pictorial

# What says something unusual, by the properties that then have to be looked at. A sheet without any of it is
# passed over; most are.
_TELLING = {
    r"display\s*:": ("display",),
    r"display\s*:\s*(?:inline-)?flex": ("flex",),
    r"float\s*:": ("float",),
    r"visibility\s*:": ("visibility", "content-visibility"),
    r"opacity\s*:\s*(?!(?:1(?:\.0+)?|0?\.[1-9]\d*)\s*[;}!])": ("opacity",),
    r"text-decoration": ("text-decoration",),
    r"vertical-align\s*:|position\s*:": (
        "vertical-align",
        "position",
        "top",
        "bottom",
        "left",
        "right",
        "clip",
        "font",
    ),
    r"font(?:-size)?\s*:\s*(?:[^;{}]*\s)?(?:0?\.\d|\d(?!\d)|-|0|[a-z-]+\(|[1-6]\d(?:\.\d+)?%)": ("font",),
    r"font-size-adjust|zoom\s*:\s*(?!1[;}!\s]|normal)": ("font-size-adjust", "zoom"),
    r"(?:text|box)-shadow\s*:\s*(?!none)|text-stroke|outline[-a-z]*\s*:\s*(?!0|none)": (
        "shadow",
        "stroke",
        "outline",
    ),
    r"contain\s*:|quotes\s*:": ("contain", "quotes", "size", "width", "height"),
    r"list-style(?:-type)?\s*:\s*(?!none|disc|circle|square|inside|outside|url)|list-style[^;{}]*[\"']": (
        "list-style",
    ),
    # All but what is plainly dark.
    r"(?:^|[^\w-])color\s*:\s*"
    r"(?!#[0-9ab][0-9a-f]{2}(?:[0-9a-f]{3})?\b|black|red|blue|gr[ae]y|inherit|initial|windowtext)": (
        "color",
        "background",
    ),
    r"background[-a-z]*\s*:[^;{}]*#[0-9ab]": ("color", "background"),
    r"background[-a-z]*\s*:(?!\s*(?:none|transparent|inherit|#[c-f]|white|url))": ("color", "background"),
    r"line-height\s*:\s*0(?![.\d])|var\(": ("line-height", "var(", "--"),
    r"(?<!\w)order\s*:|grid-": ("order", "grid"),
    r"z-index\s*:\s*-": ("z-index", "position"),
    r"wrap-reverse|writing-mode\s*:": ("flex", "writing"),
    r"text-fill-color|text-security": ("-webkit-text",),
    r"font(?:-family)?\s*:[^;{}]*(?:dings|marlett|symbol|sorts|extra|code)": ("font",),
    r"overflow[-xy]*\s*:\s*(?:hidden|clip|auto|scroll)": ("overflow", "width", "height", "-size"),
    r"text-indent\s*:\s*-|margin[-a-z]*\s*:[^;}]*-|letter-spacing\s*:\s*(?:-|[a-z]+\()": (
        "text-indent",
        "margin",
        "letter",
    ),
    r"clip-path|transform|filter": ("clip", "transform", "filter"),
    r"unicode-bidi|direction\s*:|flex-flow": ("direction", "unicode-bidi", "flex"),
    r"content\s*:\s*(?:[a-z]+\(|(?:no-)?(?:open|close)-quote)": ("content",),
    r"underline-offset\s*:\s*-|text-emphasis": ("underline-offset", "text-emphasis"),
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
_PROPERTY = re.compile(r"[{;]\s*([a-z-][\w-]*)\s*:(?=[^{}]*[;}])")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ODD_STRING = re.compile(r"\\[\"'\n]|[\"'][^\"'\n]*(?:[{}]|/\*)[^\"'\n]*[\"']")
_WORDS = re.compile(r"content\s*:\s*(?:\"[^\"]|'[^'])", re.I)
_BLOCK = re.compile(r"[^{}]*\{([^{}]*)\}")
_NAMESPACE = re.compile(r"@namespace\b", re.I)
# At-rules whose rules apply in some browsers, or by an order of their own.
_CONDITIONAL = ("supports", "layer", "container", "scope", "starting-style", "document", "-moz-document")
#: Stands for what isn't known of what a sheet puts beside an element: a picture, a counter, an attribute.
UNKNOWN_PART = "…"
_NO_CONTENT = ("none", "normal", "initial", "inherit", "unset", "revert")
_DEEPEST = 8


# Where a page has its style sheets; what looks so in comments, scripts and texts is none.
_SHEETS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|textarea|title|noscript|template|xmp|iframe|noembed|noframes)\b.*?(?:</\1|\Z)"
    r"|<style\b([^>]*)>(.*?)(?:</style|\Z)|<link\b([^>]*)>",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"<link\b([^>]*)>", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s")
_IMPORTED = re.compile(r"@import\s+(?:url\(\s*)?[\"']?(data:[^\"'()\s]{1,1000000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


class Sheet(NamedTuple):
    """A style sheet of a page.

    Attributes:
        text: what it says.
        is_doubtful: nobody knows whether it applies.
    """

    text: str
    is_doubtful: bool = False


def style_sheets_in(text: str, parts: Mapping[str, bytes]) -> Iterator[Sheet]:
    """The style sheets that a page has, or that came with it, as far as they may be for a screen.

    Args:
        text: the page.
        parts: what came with it, by address.
    """
    if not parts and not any(tag in text for tag in ("<style", "<STYLE", "<Style", "data:")):
        return
    for match in _SHEETS.finditer(text):
        stated = match[2] if match[3] is not None else match[4]
        attributes = _attributes_in(stated or "")
        holds = holds_on_screen(attributes.get("media", ""))
        if stated is None or holds is False or not _is_css(attributes):
            continue
        # Of sheets with titles browsers apply those with the first one.
        is_doubtful = holds is None or "title" in attributes
        rel = attributes.get("rel", "").lower().split()
        if match[3] is not None:
            yield from _with_imported(match[3], is_doubtful=is_doubtful)
        elif "stylesheet" in rel and "alternate" not in rel:
            address = unescape(attributes.get("href", ""))
            content = data_in(address) if is_data(address) else parts.get(address, b"")
            yield from _with_imported(content.decode("utf-8", errors="replace"), is_doubtful=is_doubtful)


def _with_imported(said: str, *, is_doubtful: bool) -> Iterator[Sheet]:
    """A style sheet, and before it those that it takes from addresses which hold them."""
    for imported in _IMPORTED.finditer(said):
        # For which media it is meant isn't looked at.
        yield Sheet(data_in(imported[1]).decode("utf-8", errors="replace"), is_doubtful=True)
    yield Sheet(said, is_doubtful)


def _attributes_in(stated: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(stated)
    return {key.lower(): double or single or bare for key, double, single, bare in found}


def _is_css(attributes: Mapping[str, str]) -> bool:
    return attributes.get("type", "").strip().lower() in ("", "text/css")


def lacks_style_sheets(text: str, parts: Mapping[str, bytes]) -> bool:
    """Whether a page names style sheets for a screen that didn't come with it.

    Args:
        text: the page.
        parts: what came with it, by address.
    """
    for match in _LINK.finditer(text):
        attributes = _attributes_in(match[1])
        is_sheet = "stylesheet" in attributes.get("rel", "").lower().split()
        if (
            is_sheet
            and attributes.get("href", "") not in parts
            and not is_data(attributes.get("href", ""))
            and holds_on_screen(attributes.get("media", "")) is not False
        ):
            return True
    return _IMPORT.search(text) is not None


def telling(text: str) -> str:
    """What of the sheets may say something unusual; nothing of most."""
    if "{" not in text:
        return ""
    text = text.replace("<!--", "").replace("-->", "")
    plain = _COMMENT.sub("", text)
    without_strings = _STRING.sub("", plain)
    # A name may be written with escapes, and a string hold what looks like the end of a block.
    if "\\" in without_strings or _ODD_STRING.search(text):
        return text
    lower = without_strings.lower()
    if is_pictorial(plain):
        # Names of fonts may be strings.
        return text
    properties = {name for pattern, names in _TELLING.items() if re.search(pattern, lower) for name in names}
    properties.update(name for name in set(_PROPERTY.findall(lower)) if not is_known(name))
    if _WORDS.search(plain):
        properties.add("content")
    if not properties:
        return ""
    wanted = re.compile("|".join(map(re.escape, sorted(properties))), re.I)
    # Whether a comment parts the names beside it, browsers have to tell.
    parted = _COMMENT.sub(lambda match: "/**/" if _is_between_names(match) else "", text)
    return _BLOCK.sub(lambda block: block[0] if wanted.search(block[1]) else "", parted)


def _is_between_names(comment: re.Match[str]) -> bool:
    around = (
        comment.string[max(comment.start() - 1, 0) : comment.start()],
        comment.string[comment.end() : comment.end() + 1],
    )
    return all(one.strip() not in ("", *",;{}@") for one in around)


def rules_in(sheets: Iterable[Sheet]) -> list[SheetRule]:
    """The rules that are for a screen, with the values of their variables.

    Args:
        sheets: in the order of the page.
    """
    import tinycss2

    rules = [
        rule
        for sheet in sheets
        for rule in _rules_of(
            tinycss2.parse_stylesheet(sheet.text, skip_whitespace=True),
            "",
            0,
            is_doubtful=sheet.is_doubtful or _NAMESPACE.search(sheet.text) is not None,
        )
    ]
    return list(with_values(rules))


def _rules_of(nodes: Sequence[Any], around: str, depth: int, *, is_doubtful: bool) -> Iterator[SheetRule]:
    import tinycss2

    for node in nodes:
        if node.type not in ("qualified-rule", "at-rule") or node.content is None or depth >= _DEEPEST:
            continue
        selectors, is_unknown = around, is_doubtful
        if node.type == "qualified-rule":
            selectors = _nested(around, tinycss2.serialize(node.prelude).strip())
            # Those in another rule weigh otherwise than they would outside of it.
            is_unknown = is_doubtful or bool(around)
        elif node.lower_at_keyword == "media":
            holds = holds_on_screen(tinycss2.serialize(node.prelude))
            if holds is False:
                continue
            is_unknown = is_doubtful or holds is None
        elif node.lower_at_keyword in _CONDITIONAL:
            is_unknown = True
        else:
            continue
        inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        if selectors and (declarations := _declared(inner)):
            yield SheetRule(selectors, declarations, is_unknown)
        yield from _rules_of(inner, selectors, depth + 1, is_doubtful=is_unknown)


def _nested(around: str, selectors: str) -> str:
    """The selectors of a rule inside of another one, as they would be outside of it."""
    if not around:
        return selectors
    return ",".join(
        inner.replace("&", outer.strip()) if "&" in inner else f"{outer} {inner}"
        for outer in around.split(",")
        for inner in selectors.split(",")
    )


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
        if node.type != "declaration":
            continue
        name = node.name if node.name.startswith("--") else node.lower_name
        if name == "content":
            value = _content(node.value)
        else:
            value = tinycss2.serialize(one for one in node.value if one.type != "comment").strip()
            # Names of variables are told apart by case.
            value = value if name.startswith("--") or "var(" in value else value.lower()
        found.append((name, value, node.important))
    return tuple(found)


def _content(tokens: Sequence[Any]) -> str:
    """What is put before or after an element: its characters; of a picture or a counter, that it is there."""
    return "".join(
        token.value
        if token.type == "string"
        else UNKNOWN_PART
        if token.type in ("function", "url")
        or (token.type == "ident" and token.lower_value not in _NO_CONTENT)
        else ""
        for token in tokens
    )

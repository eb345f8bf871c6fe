"""Content that a page carries where a browser doesn't show it, for its script to put in its place.

Pages of Vue, and of old editors, hold an article as text in a hidden <textarea>, <xmp> or <template>, in a
<script> of another type, or in a string of JavaScript or JSON. Nothing is run here: what is found is offered
to :mod:`extractor.documents.opening`, which takes it only where the page itself shows no report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from extractor.documents.source import Source
from extractor.documents.web.decoding import decode_page

# What a browser shows no content of, or none as it stands there; what is in a comment is nothing.
_OPENING = re.compile(r"<!--|<(script|style|textarea|template|xmp|noscript|title)\b([^>]*)>?", re.I)
_LINK = re.compile(r"<link\b[^<>]*>", re.I)
_TITLE = re.compile(r"<title>[^<]*</title>", re.I)
# Possessive, and without need of its end, so that no quotation mark is looked at twice.
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*+(\"?)|'(?:[^'\\\n]|\\.)*+('?)|`(?:[^`\\]|\\.)*+(`?)", re.S)
_ESCAPE = re.compile(r"\\(?:u\{?([0-9a-fA-F]{4})\}?|x([0-9a-fA-F]{2})|(.))", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_COMMENT_END = re.compile("-->")
# Of scripts that aren't run, those of another type hold content; JSON is data.
_TEMPLATE_TYPE = re.compile(r"type\s*=\s*[\"']?text/(?:html|template|x-)", re.I)
_CELL = re.compile(r"<t[dh][\s>]", re.I)
# Content with these isn't shown as it stands: something is still to be put into it, or it may be left out.
_TO_BE_FILLED = re.compile(r"\{\{|<%|\$\{|\sv-(?:if|for|else|show|text|html)\b|\sng-")
# What is called so isn't what the page shows.
_SET_ASIDE = re.compile(
    "[dD]raft|[bB]ack_?[uU]p|(?<![a-zA-Z])(?:bak|old|prev|hist|copy|demo|test)|Bak|Old|Prev|Hist|Copy|草稿|备份"
)
_NAMES = re.compile(r"(?:id|name|class|ref)\s*=\s*[\"']?([\w-]{2,60})", re.I)
_KEY_BEFORE = re.compile(r"([\w$\"'.\]]{1,60})\s{0,9}[:=]\s{0,9}$")
# A report has more characters, no page more such contents.
_SHORTEST, _MOST, _DEEPEST = 400, 30, 20


class Carried(NamedTuple):
    """Content that a page carries.

    Attributes:
        page: it as a page, with the title and the style sheets of the one that it is in.
        element: what it stands in, as messages call it: ``<textarea>``.
        is_sure: whether a script of the page may show it as it stands; else it is only known to be there.
    """

    page: Source
    element: str
    is_sure: bool


class _Element(NamedTuple):
    """An element whose content no browser shows as it stands: its name, its attributes, and what is in it."""

    name: str
    attributes: str
    content: str


def contents_of(source: Source) -> list[Carried]:
    """The contents that may be reports which a page carries without showing them, each once.

    Args:
        source: the page.

    Raises:
        UnknownFormatError: if it is in no known encoding.
    """
    text = decode_page(source, None).text
    elements = list(_elements(text))
    scripts = "\n".join(one.content for one in elements if _is_run(one))
    title = _TITLE.search(text)
    head = [
        title[0] if title is not None else "",
        *(link for link in _LINK.findall(text) if "stylesheet" in link.lower()),
    ]
    head += [f"<style{one.attributes}>{one.content}</style>" for one in elements if one.name == "style"]
    found: dict[str, Carried] = {}
    for one in elements:
        for words, is_sure in _contents(one, scripts):
            if len(words) >= _SHORTEST and _CELL.search(words) and len(found) < _MOST:
                page = source.part(f"<html><head>{''.join(head)}</head><body>{words}</body></html>".encode())
                whole = is_sure and _TO_BE_FILLED.search(words) is None
                found.setdefault(words, Carried(page, f"<{one.name}>", whole))
    return list(found.values())


def _elements(text: str) -> Iterator[_Element]:
    """The elements of a page whose content isn't shown as it stands; none of those in comments."""
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        is_comment = opening[1] is None
        end = (_COMMENT_END if is_comment else _closing(opening[1])).search(text, opening.end())
        position = end.end() if end is not None else len(text)
        if not is_comment:
            content = text[opening.end() : end.start() if end is not None else len(text)]
            yield _Element(opening[1].lower(), opening[2], content)


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}\\b", re.I)


def _is_run(element: _Element) -> bool:
    """Whether an element is a script that is run, or data for one."""
    return element.name == "script" and _TEMPLATE_TYPE.search(element.attributes) is None


def _contents(element: _Element, scripts: str) -> Iterator[tuple[str, bool]]:
    """The contents of an element, and whether a script may show each.

    Args:
        element: whose content isn't shown as it stands.
        scripts: all that are run.
    """
    if element.name in ("style", "noscript", "title"):
        return
    if _is_run(element):
        yield from _strings_of(element.content)
        return
    # What no script names, none shows.
    is_named = any(name in scripts for name in _NAMES.findall(element.attributes))
    content = _as_markup(unescape(element.content) if element.name == "textarea" else element.content)
    yield content, is_named and _SET_ASIDE.search(element.attributes) is None


def _as_markup(words: str) -> str:
    """Words with their tags as such, where they are escaped once more."""
    return unescape(words) if "<" not in words and "&lt;" in words else words


def _strings_of(script: str) -> Iterator[tuple[str, bool]]:
    """The long strings of a script, and whether what they are called says nothing against showing them."""
    for match in _STRING.finditer(script):
        if not any(match.groups()) or len(match[0]) < _SHORTEST:
            continue
        key = _KEY_BEFORE.search(script, max(0, match.start() - 80), match.start())
        is_sure = key is None or _SET_ASIDE.search(key[1]) is None
        words = _ESCAPE.sub(_unescaped, match[0][1:-1])
        yield from ((_as_markup(one), is_sure and is_own) for one, is_own in _inner(words))


def _unescaped(escape: re.Match[str]) -> str:
    """What an escape in a string of JavaScript stands for."""
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _inner(words: str) -> Iterator[tuple[str, bool]]:
    """A string or, where it is JSON, the strings in it, and whether their names say nothing against them."""
    if not words.lstrip().startswith(("{", "[")):
        yield words, True
        return
    try:
        waiting = [(json.loads(words), True, 0)]
    except (ValueError, RecursionError):
        yield words, False
        return
    while waiting:
        value, is_sure, depth = waiting.pop()
        if isinstance(value, str):
            yield value, is_sure
        elif depth < _DEEPEST and isinstance(value, dict):
            waiting += ((v, is_sure and _SET_ASIDE.search(k) is None, depth + 1) for k, v in value.items())
        elif depth < _DEEPEST and isinstance(value, list):
            waiting += ((v, is_sure, depth + 1) for v in value)

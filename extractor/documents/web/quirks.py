"""What browsers make of tags that XHTML and HTML read in two ways, and of pages without a doctype."""

from __future__ import annotations

import re

# Browsers pass over the slash at the end of a tag, but for those of other languages; the parser doesn't.
_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|svg|math)\b)([a-z](?:[^<>]*[^<>/])?)/+>",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(
    r"(?:\s|\ufeff|<!--(?:(?!-->).)*-->|<\?[^>]*>)*<!doctype\s+html\b([^>]*)>", re.IGNORECASE | re.DOTALL
)
# https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode
_OLD = re.compile(
    r"""\s*public\s*["'](?:-//w3c//dtd\ html\ (?:3|4\.0\ (?:transitional|frameset)|experimental)"""
    r"""|-//w3c//dtd\ html\ 4\.01\ (?:transitional|frameset)//[^"']*["']\s*$"""
    r"""|-//(?!w3c)|\+//|html["'])""",
    re.IGNORECASE | re.VERBOSE,
)


def as_html(text: str) -> str:
    """A page whose elements end where browsers let them end, not at a slash in their first tag.

    Args:
        text: the page.
    """
    return _CLOSED.sub(r"<\1>", text) if "/>" in text else text


def is_quirky(text: str) -> bool:
    """Whether browsers take a page for one of the time before there was a standard.

    Names of classes and ids match in any case on such a page.

    Args:
        text: the page.
    """
    doctype = _DOCTYPE.match(text)
    return doctype is None or _OLD.match(doctype[1]) is not None

"""Selectors of style sheets: what of them is understood, and what they may match where they aren't.

Understood are types, classes, ids, plain attributes, combinators, a few pseudo-classes and pseudo-elements.
What else a selector asks for is left out of it, so that it takes in all that it may match, and the rule is
doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

# tinycss2 has no types.
_Piece: TypeAlias = Any

#: Pseudo-elements with characters of their own.
SIDES = ("before", "after", "marker")
# States that an element isn't in before somebody does something.
_STATES = frozenset(["hover", "focus", "active", "focus-within", "focus-visible", "target", "visited"])
_TESTED = frozenset(["first-child", "root", "link", "any-link"])
# What every browser knows, so that the other selectors beside it apply.
_VALID = frozenset(
    [
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "only-of-type",
        "empty",
        "checked",
        "disabled",
        "enabled",
        "required",
        "optional",
        "read-only",
        "read-write",
        "not",
        "nth-child",
        "nth-last-child",
        "nth-of-type",
        "nth-last-of-type",
        "lang",
        "is",
        "where",
        "first-letter",
        "first-line",
        "selection",
        "placeholder",
        "valid",
        "invalid",
        "indeterminate",
        "default",
    ]
)
_PARTS = ("first-letter", "first-line")
_OLD_ELEMENTS = frozenset({"before", "after", *_PARTS})
_ATTRIBUTE = re.compile(r"\[\s*[\w-]+\s*(?:[~|^$*]?=\s*(?:[\w-]+|\"[^\"\\]*\"|'[^'\\]*')\s*)?\]")
_SERIES = re.compile(r"odd|even|[+-]?\d+|[+-]?\d*n(?:\s*[+-]\s*\d+)?")
_COMBINATORS = ">+~"
_LAST_NAME = re.compile(r"[^\s>+~]*$")
_PLAIN_NAME = re.compile(r"[^\s>+~]+")


class Selector(NamedTuple):
    """A selector without what isn't understood of it.

    Attributes:
        text: what is left.
        is_doubtful: something isn't, or it is for a part of what it names.
    """

    text: str
    is_doubtful: bool


class _InvalidError(Exception):
    """No browser takes that for a selector."""


def selectors_in(prelude: str, *, ignores_case: bool) -> tuple[Selector, ...]:
    """The selectors of a rule; none of one that browsers leave out.

    Args:
        prelude: what stands before its block.
        ignores_case: whether names of classes and ids match in any case, as on pages without a doctype.
    """
    import tinycss2

    lists: list[list[_Piece]] = [[]]
    for piece in tinycss2.parse_component_value_list(prelude):
        if piece == ",":
            lists.append([])
        else:
            lists[-1].append(piece)
    try:
        found = [_Reading(ignores_case=ignores_case).read(tokens) for tokens in lists]
    except _InvalidError:
        return ()
    # Browsers leave out a rule of which they don't know one selector.
    is_doubtful = any(one.may_be_invalid for one in found)
    return tuple(Selector(one.text, one.is_doubtful or is_doubtful) for one in found if not one.is_never)


class _Reading:
    """What is understood of one selector."""

    def __init__(self, *, ignores_case: bool) -> None:
        self._ignores_case = ignores_case
        self.text = ""
        self.is_doubtful = False
        self.may_be_invalid = False
        self.is_never = False

    def read(self, tokens: Sequence[_Piece]) -> _Reading:
        """Take these tokens."""
        rest = iter(tokens)
        before: _Piece = None
        for piece in rest:
            if piece.type == "comment":
                # What stands before it may be parted from what follows, or not.
                self.text = ""
                self._leave_out()
            elif piece.type == "whitespace":
                self.text += " "
            elif piece.type == "[] block":
                self._attribute(piece.serialize())
            elif piece == ":":
                self._pseudo(rest)
            elif piece == "|":
                # A name before it is that of a namespace.
                self.text = _LAST_NAME.sub("", self.text)
                self.is_doubtful = self.may_be_invalid = True
            elif piece == "&":
                self._leave_out()
            elif piece.type in ("ident", "hash") or piece in (".", "*", *_COMBINATORS):
                self._name(piece, is_class=before == ".")
            else:
                raise _InvalidError
            before = piece
        self.text = self.text.strip()
        return self

    def _name(self, piece: _Piece, *, is_class: bool) -> None:
        if piece.type == "hash" and not piece.is_identifier:
            raise _InvalidError
        name = piece.serialize()
        is_folded = self._ignores_case and (is_class or piece.type == "hash")
        self.text += name.lower() if is_folded else name

    def _leave_out(self, *, is_valid: bool = False) -> None:
        self.is_doubtful = True
        self.may_be_invalid = self.may_be_invalid or not is_valid
        if not self.text.strip() or self.text[-1] in " >+~":
            self.text += "*"

    def _attribute(self, text: str) -> None:
        if _ATTRIBUTE.fullmatch(text):
            self.text += text
        else:
            self._leave_out()

    def _pseudo(self, rest: Iterator[_Piece]) -> None:
        piece = next(rest, None)
        is_element = piece == ":"
        piece = next(rest, None) if is_element else piece
        if piece is None or piece.type not in ("ident", "function"):
            raise _InvalidError
        name = piece.lower_value if piece.type == "ident" else piece.lower_name
        is_valid = name in _VALID or (is_element and name.startswith("-webkit-"))
        if piece.type == "function":
            self._function(piece, name, is_valid=is_valid)
        elif is_element or name in _OLD_ELEMENTS:
            self._element(name, is_valid=is_valid)
        elif name in _STATES:
            self.is_never = True
        elif name in _TESTED:
            self.text += f":{name}"
        else:
            self._leave_out(is_valid=is_valid)

    def _element(self, name: str, *, is_valid: bool) -> None:
        if name in SIDES:
            self.text += f"::{name}"
        elif name in _PARTS:
            self._leave_out(is_valid=True)
        else:
            # A part of a control, or what is marked.
            self.is_never = True
            self.may_be_invalid = self.may_be_invalid or not is_valid

    def _function(self, piece: _Piece, name: str, *, is_valid: bool) -> None:
        arguments = (
            "".join(one.serialize() for one in piece.arguments if one.type != "comment").strip().lower()
        )
        if name == "nth-child" and _SERIES.fullmatch(arguments):
            self.text += f":nth-child({arguments})"
            return
        if name == "not":
            inner = _Reading(ignores_case=self._ignores_case)
            try:
                inner.read(piece.arguments)
            except _InvalidError:
                inner.is_doubtful = True
            is_plain = not (inner.is_doubtful or inner.is_never) and "::" not in inner.text
            if is_plain and _PLAIN_NAME.fullmatch(inner.text):
                self.text += f":not({inner.text})"
                return
        self._leave_out(is_valid=is_valid)

"""Variables of style sheets (https://www.w3.org/TR/css-variables-1/): their values in rules that use them.

Which element has which value of a variable is for a browser to say. So a declaration whose variable may have
several values is taken for one of each, of which nobody knows whether it applies: mostly it doesn't matter,
as where sites say the colours of their text once for the page and again for a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

from extractor.documents.web.cascade import Declaration

# The values of each variable, by its name; of one that may be said nowhere around an element, "" as well.
_Values: TypeAlias = Mapping[str, Set[str]]
# What stands around an innermost one has parentheses.
_VARIABLE = re.compile(r"var\(\s*(?P<name>--[\w-]+)\s*(?:,(?P<fallback>[^()]*))?\)")
_WHOLE_PAGE = frozenset({":root", "html", "body"})
# A page is shown in its usual form.
_DARK_FORM = re.compile(r"dark|night", re.I)
# Without a value these are what they are around it; of others only a browser tells.
_INHERITED = frozenset({"color", "background", "background-color", "font-size"})
# A value that refers to others refers to no more in turn; and no page has more of one declaration.
_DEEPEST, _MOST_VALUES = 8, 12


class SheetRule(NamedTuple):
    """A rule of a style sheet.

    Attributes:
        selectors: as the sheet has them; of a rule in another one, with those around it before them.
        declarations: what it says.
        is_doubtful: it is for a part of the page, or for a width, that nobody knows.
    """

    selectors: str
    declarations: tuple[Declaration, ...]
    is_doubtful: bool


def with_values(rules: Sequence[SheetRule]) -> Iterator[SheetRule]:
    """Rules with values in place of variables; behind each, rules in doubt with what may hold besides.

    Args:
        rules: of a page, in order.
    """
    stated = _stated(rules)
    for rule in rules:
        certain: list[Declaration] = []
        doubtful: list[Declaration] = []
        for name, value, is_important in rule.declarations:
            if name.startswith("--"):
                continue
            values = _with_variables(name, value, stated)
            kept = certain if len(values) == 1 else doubtful
            kept += ((name, one, is_important) for one in sorted(values))
        yield rule._replace(declarations=tuple(certain))
        for declaration in doubtful:
            yield SheetRule(rule.selectors, (declaration,), is_doubtful=True)


def _stated(rules: Sequence[SheetRule]) -> _Values:
    """What rules say of variables, but for those of a page's dark form."""
    stated: dict[str, set[str]] = {}
    for rule in rules:
        for name, value, _ in rule.declarations:
            if name.startswith("--"):
                own = stated.setdefault(name, set())
                if _DARK_FORM.search(rule.selectors) is None:
                    # What isn't said of the whole page may not be said of a cell.
                    own.update((value,) if _is_of_whole_page(rule) else (value, ""))
    return stated


def _is_of_whole_page(rule: SheetRule) -> bool:
    return not rule.is_doubtful and all(one.strip() in _WHOLE_PAGE for one in rule.selectors.split(","))


def _with_variables(name: str, value: str, stated: _Values) -> Set[str]:
    """What a property's value can be; with too many values it stays as it is."""
    if "var(" not in value or name == "content":
        return {value}
    open_ones, values = [(value, 0)], set[str]()
    while open_ones:
        one, depth = open_ones.pop()
        match = _VARIABLE.search(one)
        replaced = _values_of(match, stated, is_inherited=name in _INHERITED) if match is not None else ()
        if match is None or not replaced or depth > _DEEPEST:
            values.add(one.lower())
        else:
            open_ones += (
                (f"{one[: match.start()]}{told}{one[match.end() :]}", depth + 1) for told in replaced
            )
        if len(open_ones) + len(values) > _MOST_VALUES:
            return {value.lower()}
    return values


def _values_of(match: re.Match[str], stated: _Values, *, is_inherited: bool) -> Set[str]:
    """What stands for a variable where a value has it; nothing if only a browser tells."""
    values = stated.get(match["name"])
    if values is not None and not values:
        return frozenset()
    fallback = match["fallback"]
    without = fallback.strip() if fallback is not None else ("unset" if is_inherited else match[0])
    told = {value or without for value in (values or {""})}
    return frozenset() if match[0] in told else told

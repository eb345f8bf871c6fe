"""Style sheets of a page: which of their rules apply to an element, told while its tags come in.

tinycss2 and cssselect parse them. No tree is built: each compound of a selector (``td.old`` of
``tr > td.old``) is a bit, and of every open element is known which compounds end there, with all that
stands before them. What takes no more than a look at the elements around and before an element is
supported; where a selector asks for more (``:last-child``), nobody knows whether it applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from extractor.documents.web.css import rules_in, telling
from extractor.documents.web.styles import Declaration
from extractor.errors import TooLargeError

# cssselect has no types.
_Tree: TypeAlias = Any

# Sheets of real pages have a tenth of that; what is left of them after a first look, a fiftieth.
_LONGEST, _LONGEST_SELECTOR, _MOST_STEPS = 1_000_000, 500, 10_000_000
_SIDES = ("before", "after")
# States that an element isn't in before somebody does something.
_STATES = frozenset(
    [
        "hover",
        "focus",
        "active",
        "focus-within",
        "focus-visible",
        "target",
        "visited",
        "checked",
        "disabled",
        "invalid",
        "selection",
    ]
)
_ALWAYS = frozenset({"root", "link", "any-link", "enabled", "valid", "read-write"})


class Open(NamedTuple):
    """An open element as selectors see it.

    Attributes:
        ends: the compounds that end with it, as bits.
        around: those that end with an element around it, likewise.
        before: those that end with a sibling before it.
        number: which child of its parent it is, counted from 1.
        tag: its name.
    """

    ends: int
    around: int
    before: int
    number: int
    tag: str


class Found(NamedTuple):
    """What the sheets say of an element.

    Attributes:
        declarations: for itself, the winning ones last.
        generated: for what is put before and after it.
        is_doubtful: whether nobody knows if all of that applies.
    """

    declarations: tuple[Declaration, ...] = ()
    generated: tuple[tuple[Declaration, ...], ...] = ()
    is_doubtful: bool = False


class _Compound(NamedTuple):
    """A compound of a selector.

    Attributes:
        tree: its tests, innermost first.
        before: the bit of the compound before it; 0 if it is the first.
        combinator: how that one stands to it.
    """

    bit: int
    tree: _Tree
    before: int
    combinator: str


class _Rule(NamedTuple):
    """The declarations of a selector, by how much they weigh."""

    weight: tuple[int, int, int]
    order: int
    side: str | None
    declarations: tuple[Declaration, ...]


NOTHING = Found()
_ROOT = Open(0, 0, 0, 0, "")


class Sheets:
    """The rules of a page's style sheets.

    Args:
        sheets: their texts, in the order of the page.
        name: what messages call the page.

    Raises:
        TooLargeError: if they say more than those of any report.
    """

    def __init__(self, sheets: Iterable[str], name: str) -> None:
        self._name = name
        self._steps = 0
        self._bits = 0
        # By what an element needs to have: its tag, its id or one of its classes; the rest by an empty key.
        self._compounds: dict[str, list[_Compound]] = {}
        self._rules: dict[int, list[_Rule]] = {}
        self._rule_bits = 0
        self._doubtful = 0
        self._elements: list[Open] = []
        self._found: dict[int, Found] = {}
        text = telling("\n".join(sheets))
        if len(text) > _LONGEST:
            raise self._too_large()
        if text:
            self._add(text)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def _too_large(self) -> TooLargeError:
        return TooLargeError(
            f"{self._name} 的样式表过大，不可能是一份年度报告。请在浏览器中打印为 PDF 后再试。",
            f"the style sheets of {self._name} are larger than those of any annual report; "
            "print it to PDF in a browser and try again",
        )

    # --- rules -------------------------------------------------------------------------------------

    def _add(self, text: str) -> None:
        from cssselect import SelectorError, parse  # not needed for a page without style sheets

        for order, (prelude, declarations, is_doubtful) in enumerate(rules_in(text)):
            if max(map(len, prelude.split(","))) > _LONGEST_SELECTOR:
                raise self._too_large()
            try:
                selectors = parse(prelude)
            except SelectorError:
                # Browsers leave out a rule that they don't understand.
                continue
            for selector in selectors:
                side, tree = selector.pseudo_element, selector.parsed_tree
                if (side is None or side in _SIDES) and not _is_of_a_state(tree):
                    bit = self._compound(tree)
                    rule = _Rule(selector.specificity(), order, side, declarations)
                    self._rules.setdefault(bit, []).append(rule)
                    self._rule_bits |= bit
                    self._doubtful |= bit if is_doubtful else 0

    def _compound(self, tree: _Tree) -> int:
        """The bit of the last compound of a selector, whose others are added, too."""
        before, combinator = 0, " "
        if type(tree).__name__ == "CombinedSelector":
            before = self._compound(tree.selector)
            combinator, tree = tree.combinator, tree.subselector
        bit = 1 << self._bits
        self._bits += 1
        self._compounds.setdefault(_key(tree), []).append(_Compound(bit, tree, before, combinator))
        if _is_doubtful(tree) or before & self._doubtful:
            self._doubtful |= bit
        return bit

    # --- elements ----------------------------------------------------------------------------------

    def open(self, tag: str, attributes: Mapping[str, str], depth: int) -> Found:
        """What the sheets say of an element that begins.

        Args:
            tag: its name.
            attributes: its own.
            depth: how many elements are open around it.
        """
        elements = self._elements
        # Some ends may have been passed over together with an element that is hidden.
        parent = elements[depth - 1] if 0 < depth <= len(elements) else _ROOT
        sibling = elements[depth] if depth < len(elements) else None
        if tag == "tr" and parent.tag == "table":
            # Browsers put a body between a table and rows that stand in none.
            parent = self._element("tbody", {}, parent, None)
        element = self._element(tag, attributes, parent, sibling)
        elements[depth:] = [element]
        own = element.ends & self._rule_bits
        if not own:
            return NOTHING
        found = self._found.get(own)
        if found is None:
            found = self._found[own] = self._sum(own)
        return found

    def _element(self, tag: str, attributes: Mapping[str, str], parent: Open, sibling: Open | None) -> Open:
        around = parent.around | parent.ends
        before = sibling.before | sibling.ends if sibling is not None else 0
        number = sibling.number + 1 if sibling is not None else 1
        there = {" ": around, ">": parent.ends, "~": before, "+": sibling.ends if sibling is not None else 0}
        ends = 0
        classes = frozenset(attributes.get("class", "").split())
        seen = _Element(tag, attributes, classes, number)
        keys = [tag, *(f".{one}" for one in classes), ""]
        if "id" in attributes:
            keys.append(f"#{attributes['id']}")
        for key in keys:
            compounds = self._compounds.get(key, ())
            self._steps += len(compounds)
            for bit, tree, needed, combinator in compounds:
                if (not needed or there[combinator] & needed) and _matches(tree, seen):
                    ends |= bit
        if self._steps > _MOST_STEPS:
            raise self._too_large()
        return Open(ends, around, before, number, tag)

    def _sum(self, own: int) -> Found:
        rules = [rule for bit, rules in self._rules.items() if bit & own for rule in rules]
        rules.sort(key=lambda rule: (rule.weight, rule.order))
        sides = tuple(
            tuple(one for rule in rules if rule.side == side for one in rule.declarations)
            for side in (None, *_SIDES)
        )
        return Found(sides[0], tuple(side for side in sides[1:] if side), bool(own & self._doubtful))


class _Element(NamedTuple):
    """What a compound is held against."""

    tag: str
    attributes: Mapping[str, str]
    classes: frozenset[str]
    number: int


# --- selectors ---------------------------------------------------------------------------------------


def _key(tree: _Tree) -> str:
    """What an element must have for a compound to match: ``#id`` before ``.class`` before its tag."""
    key = ""
    while True:
        kind = type(tree).__name__
        if kind == "Hash":
            return f"#{tree.id}"
        if kind == "Class" and not key:
            key = f".{tree.class_name}"
        if kind == "Element":
            return key or (tree.element or "").lower()
        tree = tree.selector


def _matches(tree: _Tree, element: _Element) -> bool:
    """Whether an element is as a compound says; what nobody knows is taken to be so."""
    while True:
        kind = type(tree).__name__
        if kind == "Element":
            return not tree.element or tree.element.lower() == element.tag
        if not _TESTS.get(kind, _unknown)(tree, element):
            return False
        tree = tree.selector


def _unknown(_: _Tree, __: _Element) -> bool:
    return True


def _attribute(tree: _Tree, element: _Element) -> bool:
    stated = element.attributes.get(tree.attrib.lower())
    if stated is None or tree.operator == "exists":
        return stated is not None
    value = tree.value.value if hasattr(tree.value, "value") else str(tree.value)
    if tree.attrib.lower() in ("type", "align", "dir", "valign"):
        stated, value = stated.lower(), value.lower()
    return {
        "=": stated == value,
        "!=": stated != value,
        "~=": value in stated.split(),
        "|=": stated == value or stated.startswith(f"{value}-"),
        "^=": bool(value) and stated.startswith(value),
        "$=": bool(value) and stated.endswith(value),
        "*=": bool(value) and value in stated,
    }.get(tree.operator, True)


def _pseudo(tree: _Tree, element: _Element) -> bool:
    return tree.ident.lower() != "first-child" or element.number == 1


def _function(tree: _Tree, element: _Element) -> bool:
    if tree.name.lower() != "nth-child":
        return True
    from cssselect.parser import parse_series

    try:
        step, first = parse_series(tree.arguments)
    except ValueError:
        return True
    behind = element.number - first
    return behind == 0 if step == 0 else behind % step == 0 and behind // step >= 0


def _any_of(tree: _Tree, element: _Element) -> bool:
    return any(_matches(one, element) for one in tree.selector_list)


_TESTS = {
    "Class": lambda tree, element: tree.class_name in element.classes,
    "Hash": lambda tree, element: tree.id == element.attributes.get("id"),
    "Attrib": _attribute,
    "Pseudo": _pseudo,
    "Function": _function,
    "Negation": lambda tree, element: (
        _is_doubtful(tree.subselector) or not _matches(tree.subselector, element)
    ),
    "Matching": _any_of,
    "SpecificityAdjustment": _any_of,
}


def _is_doubtful(tree: _Tree) -> bool:
    """Whether a compound asks for what isn't known when an element begins."""
    kind = type(tree).__name__
    if kind == "Element":
        return False
    if kind == "Pseudo":
        is_known = tree.ident.lower() in ("first-child", *_ALWAYS)
    elif kind == "Function":
        is_known = tree.name.lower() == "nth-child"
    elif kind == "Negation":
        is_known = not _is_doubtful(tree.subselector)
    elif kind in ("Matching", "SpecificityAdjustment"):
        is_known = not any(map(_is_doubtful, tree.selector_list))
    else:
        is_known = kind in ("Class", "Hash", "Attrib")
    return not is_known or _is_doubtful(tree.selector)


def _is_of_a_state(tree: _Tree) -> bool:
    """Whether a selector is for what isn't so before somebody points at it."""
    while type(tree).__name__ != "Element":
        if type(tree).__name__ == "CombinedSelector" and _is_of_a_state(tree.subselector):
            return True
        if type(tree).__name__ == "Pseudo" and tree.ident.lower() in _STATES:
            return True
        tree = tree.selector
    return False

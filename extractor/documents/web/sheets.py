"""Style sheets of a page: which of their rules apply to an element, told while its tags come in.

tinycss2 and cssselect parse them. No tree is built: each compound of a selector (``td.old`` of
``tr > td.old``) is a bit, and of every open element is known which compounds end there, with all that
stands before them. What takes no more than a look at the elements around and before an element is
supported; where a selector asks for more (``:last-child``), nobody knows whether it applies: ``selectors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from extractor.documents.web.cascade import Declaration
from extractor.documents.web.css import Sheet, rules_in, telling
from extractor.documents.web.selectors import SIDES, selectors_in
from extractor.errors import TooLargeError

# cssselect has no types.
_Tree: TypeAlias = Any

# Sheets of real pages have a tenth of that; what is left of them after a first look, a fiftieth.
_LONGEST, _LONGEST_SELECTOR, _MOST_STEPS = 1_000_000, 500, 10_000_000
# Attributes of which browsers compare the values in any case.
_FOLDED_VALUES = frozenset(
    [
        "accept",
        "accept-charset",
        "align",
        "alink",
        "axis",
        "bgcolor",
        "charset",
        "checked",
        "clear",
        "codetype",
        "color",
        "compact",
        "declare",
        "defer",
        "dir",
        "direction",
        "disabled",
        "enctype",
        "face",
        "frame",
        "hreflang",
        "http-equiv",
        "lang",
        "language",
        "link",
        "media",
        "method",
        "multiple",
        "nohref",
        "noresize",
        "noshade",
        "nowrap",
        "readonly",
        "rel",
        "rev",
        "rules",
        "scope",
        "scrolling",
        "selected",
        "shape",
        "target",
        "text",
        "type",
        "valign",
        "valuetype",
        "vlink",
    ]
)


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
        certain: those for itself that surely apply.
        doubtful: those of each rule of which nobody knows whether it applies.
    """

    declarations: tuple[Declaration, ...] = ()
    generated: tuple[tuple[Declaration, ...], ...] = ()
    certain: tuple[Declaration, ...] = ()
    doubtful: tuple[tuple[Declaration, ...], ...] = ()


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
    is_doubtful: bool


NOTHING = Found()
_ROOT = Open(0, 0, 0, 0, "")


class Sheets:
    """The rules of a page's style sheets.

    Args:
        sheets: their texts, in the order of the page.
        name: what messages call the page.
        ignores_case: whether names of classes and ids match in any case.

    Raises:
        TooLargeError: if they say more than those of any report.
    """

    def __init__(self, sheets: Iterable[Sheet], name: str, *, ignores_case: bool = False) -> None:
        self._name = name
        self._ignores_case = ignores_case
        self._steps = 0
        self._bits = 0
        # By what an element needs to have: its tag, its id or one of its classes; the rest by an empty key.
        self._compounds: dict[str, list[_Compound]] = {}
        self._rules: dict[int, list[_Rule]] = {}
        self._rule_bits = 0
        self._elements: list[Open] = []
        self._found: dict[int, Found] = {}
        said = [sheet._replace(text=text) for sheet in sheets if (text := telling(sheet.text))]
        if sum(len(sheet.text) for sheet in said) > _LONGEST:
            raise self._too_large()
        if said:
            self._add(said)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def _too_large(self) -> TooLargeError:
        return TooLargeError(
            f"{self._name} 的样式表过大，不可能是一份年度报告。请在浏览器中打印为 PDF 后再试。",
            f"the style sheets of {self._name} are larger than those of any annual report; "
            "print it to PDF in a browser and try again",
        )

    # --- rules -------------------------------------------------------------------------------------

    def _add(self, sheets: Iterable[Sheet]) -> None:
        from cssselect import SelectorError, parse  # not needed for a page without style sheets

        for order, (prelude, declarations, is_doubtful) in enumerate(rules_in(sheets)):
            if max(map(len, prelude.split(","))) > _LONGEST_SELECTOR:
                raise self._too_large()
            selectors = selectors_in(prelude, ignores_case=self._ignores_case)
            try:
                parsed = [parse(one.text)[0] for one in selectors]
            except SelectorError:
                # Browsers leave out a rule that they don't understand.
                continue
            for selector, one in zip(parsed, selectors, strict=True):
                bit = self._compound(selector.parsed_tree)
                side = selector.pseudo_element
                rule = _Rule(
                    selector.specificity(),
                    order,
                    side if side is None or isinstance(side, str) else side.name,
                    declarations,
                    is_doubtful or one.is_doubtful,
                )
                self._rules.setdefault(bit, []).append(rule)
                self._rule_bits |= bit

    def _compound(self, tree: _Tree) -> int:
        """The bit of the last compound of a selector, whose others are added, too."""
        before, combinator = 0, " "
        if type(tree).__name__ == "CombinedSelector":
            before = self._compound(tree.selector)
            combinator, tree = tree.combinator, tree.subselector
        bit = 1 << self._bits
        self._bits += 1
        self._compounds.setdefault(_key(tree), []).append(_Compound(bit, tree, before, combinator))
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
        names, own_id = attributes.get("class", ""), attributes.get("id")
        if self._ignores_case:
            names, own_id = names.lower(), own_id.lower() if own_id is not None else None
        classes = frozenset(names.split())
        seen = _Element(tag, attributes, classes, own_id, number)
        keys = [tag, *(f".{one}" for one in classes), ""]
        if own_id is not None:
            keys.append(f"#{own_id}")
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
        own_rules = [rule for rule in rules if rule.side is None]
        return Found(
            _joined(own_rules),
            tuple(_generated(rules)),
            _joined(rule for rule in own_rules if not rule.is_doubtful),
            tuple(rule.declarations for rule in own_rules if rule.is_doubtful),
        )


def _generated(rules: Sequence[_Rule]) -> Iterator[tuple[Declaration, ...]]:
    """What rules say of what stands on either side of an element's text."""
    for side in SIDES:
        of_side = [rule for rule in rules if rule.side == side]
        if any(rule.is_doubtful for rule in of_side):
            yield from (rule.declarations for rule in of_side)
        elif of_side:
            yield _joined(of_side)


def _joined(rules: Iterable[_Rule]) -> tuple[Declaration, ...]:
    return tuple(one for rule in rules for one in rule.declarations)


class _Element(NamedTuple):
    """What a compound is held against."""

    tag: str
    attributes: Mapping[str, str]
    classes: frozenset[str]
    id: str | None
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
    """Whether an element is as a compound says."""
    while True:
        kind = type(tree).__name__
        if kind == "Element":
            return not tree.element or tree.element.lower() == element.tag
        if not _TESTS[kind](tree, element):
            return False
        tree = tree.selector


def _attribute(tree: _Tree, element: _Element) -> bool:
    stated = element.attributes.get(tree.attrib.lower())
    if stated is None or tree.operator == "exists":
        return stated is not None
    value = tree.value.value if hasattr(tree.value, "value") else str(tree.value)
    if tree.attrib.lower() in _FOLDED_VALUES:
        stated, value = stated.lower(), value.lower()
    return {
        "=": stated == value,
        "~=": value in stated.split(),
        "|=": stated == value or stated.startswith(f"{value}-"),
        "^=": bool(value) and stated.startswith(value),
        "$=": bool(value) and stated.endswith(value),
        "*=": bool(value) and value in stated,
    }.get(tree.operator, True)


def _pseudo(tree: _Tree, element: _Element) -> bool:
    name = tree.ident.lower()
    if name == "first-child":
        return element.number == 1
    if name == "root":
        return element.tag == "html"
    return element.tag in ("a", "area") and "href" in element.attributes


def _function(tree: _Tree, element: _Element) -> bool:
    from cssselect.parser import parse_series

    step, first = parse_series(tree.arguments)
    behind = element.number - first
    return behind == 0 if step == 0 else behind % step == 0 and behind // step >= 0


_TESTS: Mapping[str, Callable[[_Tree, _Element], bool]] = {
    "Class": lambda tree, element: tree.class_name in element.classes,
    "Hash": lambda tree, element: tree.id == element.id,
    "Attrib": _attribute,
    "Pseudo": _pseudo,
    "Function": _function,
    "Negation": lambda tree, element: not _matches(tree.subselector, element),
}

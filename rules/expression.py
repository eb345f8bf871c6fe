"""The small language in which a form file writes its edit rules.

A rule is one comparison of two sums of addresses::

    requests.@.total = sum(requests.@.natural_person, requests.@.business)
    shares.@.share = shares.@.part ÷ shares.@.whole × 100
    disclosure.@.in_force ≥ disclosure.@.issued - disclosure.@.repealed

``+ - − × ÷ /``, brackets, whole and decimal numbers, ``= ≤ ≥`` (also ``<= >=``), names, and
``sum(…)`` over names. ``@`` stands for what the rule's ``each`` bound; ``*``, allowed inside
``sum`` only, for any one or more parts of an address. Nothing is ever handed to Python's eval.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NoReturn, TypeAlias

from rules.interval import Interval, total

Operator: TypeAlias = Literal["+", "-", "×", "÷"]
Relation: TypeAlias = Literal["=", "≤", "≥"]


class ExpressionError(ValueError):
    """The text is no expression of this language, or names what the form doesn't have."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """An address, or a pattern that still holds ``@``."""

    address: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of all addresses that the patterns match."""

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands and an operator."""

    operator: Operator
    left: Expression
    right: Expression


Expression: TypeAlias = Number | Name | Sum | Arithmetic
# Coefficients by address, and a constant.
Linear: TypeAlias = tuple[dict[str, Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What must hold."""

    relation: Relation
    left: Expression
    right: Expression


_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z@*][a-z0-9_@*]*(?:\.[a-z0-9_@*]+)*)"
    r"|(?P<symbol><=|>=|[-+−×÷/()=≤≥,]))"
)
_SYNONYMS = {"<=": "≤", ">=": "≥", "−": "-", "/": "÷"}
_MAX_DEPTH = 50


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"unexpected {text[position:].strip()[:12]!r}")
        position = match.end()
        kind = str(match.lastgroup)
        word = match.group(kind)
        yield (kind, _SYNONYMS.get(word, word))
    yield ("end", "")


class _Parser:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._depth = 0
        self._kind, self._word = next(self._tokens)

    def _fail(self, expected: str) -> NoReturn:
        found = repr(self._word) if self._word else "the end"
        raise ExpressionError(f"expected {expected}, found {found}")

    def _take(self) -> str:
        word = self._word
        self._kind, self._word = next(self._tokens)
        return word

    def _expect(self, symbol: str) -> None:
        if self._word != symbol:
            self._fail(repr(symbol))
        self._take()

    def comparison(self) -> Comparison:
        left = self._sum_of_terms()
        relation: Relation
        if self._word == "=":
            relation = "="
        elif self._word == "≤":
            relation = "≤"
        elif self._word == "≥":
            relation = "≥"
        else:
            self._fail("'=', '≤' or '≥'")
        self._take()
        right = self._sum_of_terms()
        if self._kind != "end":
            self._fail("the end of the rule")
        return Comparison(relation, left, right)

    def _sum_of_terms(self) -> Expression:
        result = self._product()
        while self._word in ("+", "-"):
            operator: Operator = "+" if self._take() == "+" else "-"
            result = Arithmetic(operator, result, self._product())
        return result

    def _product(self) -> Expression:
        result = self._factor()
        while self._word in ("×", "÷"):
            operator: Operator = "×" if self._take() == "×" else "÷"
            result = Arithmetic(operator, result, self._factor())
        return result

    def _factor(self) -> Expression:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ExpressionError("brackets are nested too deeply")
        try:
            return self._primary()
        finally:
            self._depth -= 1

    def _primary(self) -> Expression:
        if self._word == "-":
            self._take()
            return Arithmetic("-", Number(Fraction(0)), self._factor())
        if self._word == "(":
            self._take()
            inner = self._sum_of_terms()
            self._expect(")")
            return inner
        if self._kind == "number":
            return Number(Fraction(self._take()))
        if self._kind != "name":
            self._fail("a name, a number or '('")
        name = self._take()
        if name == "sum" and self._word == "(":
            return self._sum_call()
        if "*" in name:
            raise ExpressionError(f"'*' is allowed inside sum(…) only, not in {name!r}")
        return Name(name)

    def _sum_call(self) -> Sum:
        self._expect("(")
        patterns = []
        while True:
            if self._kind != "name":
                self._fail("a name")
            patterns.append(self._take())
            if self._word != ",":
                break
            self._take()
        self._expect(")")
        return Sum(tuple(patterns))


def parse(text: str) -> Comparison:
    """Read one rule.

    Raises:
        ExpressionError: with what was expected and what stands there.
    """
    return _Parser(text).comparison()


def pattern_regex(pattern: str) -> re.Pattern[str]:
    """A regular expression for a pattern; group 1, if any, is what the first ``@`` matches."""
    parts = pattern.split(".")
    if pattern.count("@") > 1 or any(part not in ("@", "*") and set(part) & {"@", "*"} for part in parts):
        raise ExpressionError(
            f"'@' (once) and '*' stand for whole parts of an address, not as in {pattern!r}"
        )
    words = {"@": r"([a-z0-9_.]+)", "*": r"[a-z0-9_.]+"}
    return re.compile(r"\.".join(words.get(part, re.escape(part)) for part in parts))


def bound_places(each: str | None, expression: str, addresses: Iterable[str]) -> list[str]:
    """What ``@`` stands for, one entry for every time that a rule holds.

    Args:
        each: the pattern of addresses for which it holds; None if it holds once.
        expression: the text of the rule.
        addresses: of the form.

    Raises:
        ExpressionError: if ``each`` matches nothing, or ``@`` and ``each`` don't go together.
    """
    if each is None:
        if "@" in expression:
            raise ExpressionError("'@' in the expression needs 'each'")
        return [""]
    if "@" not in each:
        raise ExpressionError("'each' needs one '@'")
    regex = pattern_regex(each)
    found = [match.group(1) for address in addresses if (match := regex.fullmatch(address))]
    if not found:
        raise ExpressionError(f"each: {each!r} matches no cell")
    return found


def bind(expression: Expression, bound: str, addresses: Mapping[str, bool]) -> Expression:
    """Put ``bound`` for ``@`` and spell every pattern out.

    Args:
        expression: what :func:`parse` gave, a side of it.
        bound: what ``@`` stands for.
        addresses: all addresses of the form in its order; the value tells whether the address is
            expected on the page at hand. ``sum`` leaves out those that are not.

    Raises:
        ExpressionError: for a name that the form doesn't have.
    """
    if isinstance(expression, Number):
        return expression
    if isinstance(expression, Arithmetic):
        left, right = (bind(side, bound, addresses) for side in (expression.left, expression.right))
        return Arithmetic(expression.operator, left, right)
    if isinstance(expression, Name):
        address = expression.address.replace("@", bound)
        if address not in addresses:
            raise ExpressionError(f"the form has no cell {address!r}")
        return Name(address)
    return Sum(tuple(dict.fromkeys(_matches(expression.patterns, bound, addresses))))


def _matches(patterns: Iterable[str], bound: str, addresses: Mapping[str, bool]) -> Iterator[str]:
    for pattern in patterns:
        concrete = pattern.replace("@", bound)
        if "*" in concrete:
            regex = pattern_regex(concrete)
            found = [address for address in addresses if regex.fullmatch(address)]
        else:
            found = [concrete] if concrete in addresses else []
        if not found:
            raise ExpressionError(f"the form has no cell {concrete!r}")
        yield from (address for address in found if addresses[address])


def operands(expression: Expression) -> Iterator[str]:
    """The addresses of a bound expression, in the order of the text."""
    if isinstance(expression, Name):
        yield expression.address
    elif isinstance(expression, Sum):
        yield from expression.patterns
    elif isinstance(expression, Arithmetic):
        yield from operands(expression.left)
        yield from operands(expression.right)


def evaluate(expression: Expression, lookup: Callable[[str], Interval]) -> Interval:
    """The interval of values that a bound expression can have.

    Raises:
        ZeroDivisionError: where a divisor's interval holds zero.
    """
    if isinstance(expression, Number):
        return Interval(expression.value, expression.value)
    if isinstance(expression, Name):
        return lookup(expression.address)
    if isinstance(expression, Sum):
        return total(map(lookup, expression.patterns))
    left, right = evaluate(expression.left, lookup), evaluate(expression.right, lookup)
    if expression.operator == "+":
        return left + right
    if expression.operator == "-":
        return left - right
    return left * right if expression.operator == "×" else left / right


def holds(relation: Relation, left: Interval, right: Interval) -> bool:
    """Whether some values of two intervals stand in a relation."""
    if relation == "=":
        return left.meets(right)
    return left.low <= right.high if relation == "≤" else left.high >= right.low


def linear(expression: Expression) -> Linear | None:
    """Coefficients by address and the constant of a bound expression, or None where it isn't linear."""
    if isinstance(expression, Number):
        return {}, expression.value
    if isinstance(expression, Name):
        return {expression.address: Fraction(1)}, Fraction(0)
    if isinstance(expression, Sum):
        return dict.fromkeys(expression.patterns, Fraction(1)), Fraction(0)
    left, right = linear(expression.left), linear(expression.right)
    if left is None or right is None:
        return None
    if expression.operator in ("+", "-"):
        return _added(left, right, 1 if expression.operator == "+" else -1)
    return _multiplied(left, right) if expression.operator == "×" else _divided(left, right)


def _added(left: Linear, right: Linear, sign: Literal[1, -1]) -> Linear:
    """The one and, by its sign, the other."""
    coefficients = dict(left[0])
    for address, coefficient in right[0].items():
        coefficients[address] = coefficients.get(address, Fraction(0)) + sign * coefficient
    return coefficients, left[1] + sign * right[1]


def _multiplied(left: Linear, right: Linear) -> Linear | None:
    """The product, if one of both is constant."""
    if not right[0]:
        return _scaled(left, right[1])
    return None if left[0] else _scaled(right, left[1])


def _divided(left: Linear, right: Linear) -> Linear | None:
    """The quotient, if the divisor is constant, and not zero."""
    return None if right[0] or not right[1] else _scaled(left, 1 / right[1])


def _scaled(expression: Linear, factor: Fraction) -> Linear:
    coefficients, constant = expression
    return {address: value * factor for address, value in coefficients.items()}, constant * factor

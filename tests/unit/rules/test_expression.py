from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.expression import (
    Arithmetic,
    Comparison,
    ExpressionError,
    Name,
    Number,
    Sum,
    bind,
    evaluate,
    linear,
    operands,
    parse,
)
from rules.interval import Interval, exactly

CELLS = dict.fromkeys(["t.a.x", "t.a.y", "t.b.c.x", "t.b.d.x", "t.total.x"], True)


def test_a_comparison_of_names() -> None:
    assert parse("t.a = t.b") == Comparison("=", Name("t.a"), Name("t.b"))


@pytest.mark.parametrize(("text", "relation"), [("a<=b", "≤"), ("a ≥ b", "≥"), ("a>=b", "≥"), ("a ≤ b", "≤")])
def test_relations(text: str, relation: str) -> None:
    assert parse(text).relation == relation


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 × 3", 7),
        ("(1 + 2) × 3", 9),
        ("8 - 3 - 2", 3),
        ("8 − 3 − 2", 3),
        ("-2 × 3", -6),
        ("12 ÷ 4 ÷ 3", 1),
        ("12 / 4", 3),
        ("0.5 + 0.25", Fraction(3, 4)),
    ],
)
def test_precedence_and_arithmetic(text: str, value: int | Fraction) -> None:
    assert evaluate(parse(f"{text} = 0").left, lambda _: exactly(0)) == exactly(Fraction(value))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a", "expected '=', '≤' or '≥', found the end"),
        ("a = ", "expected a name, a number or '('"),
        ("a = (b", "expected ')'"),
        ("a = b c", "expected the end of the rule, found 'c'"),
        ("a = b.*", "allowed inside sum"),
        ("a = sum()", "expected a name, found ')'"),
        ("a = sum(b", "expected ')'"),
        ("a = b; import os", "unexpected '; import os'"),
        ("a = __import__", "unexpected '__import__'"),
        ("a = 'x'", "unexpected"),
        ("(" * 60 + "a" + ")" * 60 + " = 1", "nested too deeply"),
        ("-" * 60 + "1 = 1", "nested too deeply"),
    ],
)
def test_mistakes_are_told(text: str, cause: str) -> None:
    with pytest.raises(ExpressionError, match=r".*") as caught:
        parse(text)
    assert cause in str(caught.value)


@given(st.text(alphabet="ab.@*+-×÷=()1 ,sum≤_", max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        parse(text)


def test_wildcards_spell_out_in_the_forms_order_and_leave_out_what_is_not_expected() -> None:
    expression = parse("t.total.@ = sum(t.a.@, t.b.*.@)").right
    assert bind(expression, "x", CELLS) == Sum(("t.a.x", "t.b.c.x", "t.b.d.x"))
    assert bind(expression, "x", CELLS | {"t.b.c.x": False}) == Sum(("t.a.x", "t.b.d.x"))


def test_a_cell_matched_twice_counts_once() -> None:
    assert bind(Sum(("t.*.x", "t.a.x")), "", CELLS) == Sum(("t.a.x", "t.b.c.x", "t.b.d.x", "t.total.x"))


@pytest.mark.parametrize("text", ["t.z.x = 1", "sum(t.z.*) = 1", "sum(t.z.x) = 1", "t.a = 1"])
def test_a_name_that_the_form_does_not_have(text: str) -> None:
    with pytest.raises(ExpressionError, match="the form has no cell"):
        bind(parse(text).left, "", CELLS)


def test_linear_forms() -> None:
    left = bind(parse("2 × (t.a.x - 3) + sum(t.b.*.x) ÷ 2 = 0").left, "", CELLS)
    half = Fraction(1, 2)
    assert linear(left) == ({"t.a.x": Fraction(2), "t.b.c.x": half, "t.b.d.x": half}, Fraction(-6))


@pytest.mark.parametrize("text", ["t.a.x × t.a.y", "t.a.x ÷ t.a.y", "1 ÷ t.a.x", "t.a.x ÷ 0"])
def test_what_is_not_linear(text: str) -> None:
    assert linear(parse(f"{text} = 0").left) is None


def test_operands_in_the_order_of_the_text() -> None:
    tree = Arithmetic("+", Sum(("b", "a")), Arithmetic("×", Number(Fraction(2)), Name("c")))
    assert list(operands(tree)) == ["b", "a", "c"]


def test_intervals_pass_through() -> None:
    values = {"a": Interval(Fraction(1), Fraction(2)), "b": Interval(Fraction(2), Fraction(4))}
    assert evaluate(parse("a ÷ b = 0").left, values.__getitem__) == Interval(Fraction(1, 4), Fraction(1))
    assert evaluate(parse("a - b = 0").left, values.__getitem__) == Interval(Fraction(-3), Fraction(0))


def test_a_divisor_that_can_be_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate(parse("1 ÷ a = 0").left, lambda _: Interval(Fraction(-1), Fraction(1)))

"""Rule × satisfied, violated, undecided, error; and what an outcome rests on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.confront import BoundRule, Figure, Outcome, State, bound_rules, confront
from rules.form import Form
from rules.loader import load_form

FORM = """
format: 1
family: toy
edition: "1"
title: {zh: 表, en: table}
prescribed_by: us
edition_from: t
tables:
  - id: t
    title: {zh: 表, en: table}
    blocks:
      - id: b
        columns:
          - {id: n, label: 数, en: n}
          - {id: change, label: 增减, en: change, signed: true}
          - {id: money, label: 金额, en: money, decimals: true}
          - {id: share, label: 占比, en: share, decimals: true, rounded: true}
        rows:
          - {id: a, label: 甲, en: a}
          - {id: b, label: 乙, en: b}
          - {id: total, label: 总计, en: total}
        one_of: [[[a], [b]]]
rules:
  - id: whole
    kind: balance
    severity: hard
    expression: t.total.n = sum(t.a.n, t.b.n)
    citation: c
    message: {zh: x, en: x}
  - id: share
    kind: ratio
    severity: hard
    each: t.@.share
    expression: t.@.share = t.@.n ÷ t.total.n × 100
    citation: c
    message: {zh: x, en: x}
  - id: most
    kind: range
    severity: soft
    expression: t.a.n ≤ t.b.n + 10
    citation: c
    message: {zh: x, en: x}
  - id: money
    kind: balance
    severity: hard
    expression: t.total.money = t.a.money + t.b.money
    citation: c
    message: {zh: x, en: x}
  - id: signed
    kind: balance
    severity: hard
    expression: t.total.n = t.a.n + t.a.change
    citation: c
    message: {zh: x, en: x}
  - id: twice
    kind: balance
    severity: hard
    expression: t.total.n = 2 × t.b.n + t.a.n
    citation: c
    message: {zh: x, en: x}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(FORM, "toy.yaml")


def rule(form: Form, name: str) -> BoundRule:
    return next(bound for bound in bound_rules(form) if bound.id.startswith(name))


def figure(text: str | None) -> Figure:
    if text is None:
        return Figure(State.ABSENT)
    if text == "":
        return Figure(State.BLANK)
    if text == "/":
        return Figure(State.MARK)
    if text == "x":
        return Figure(State.NUMBER, None)
    return Figure(State.NUMBER, Decimal(text) if "." in text else int(text))


@pytest.mark.parametrize(
    ("name", "cells", "outcome"),
    [
        ("whole", {"t.total.n": "5", "t.a.n": "2", "t.b.n": "3"}, "satisfied"),
        ("whole", {"t.total.n": "0", "t.a.n": "0", "t.b.n": "0"}, "satisfied"),
        ("whole", {"t.total.n": "5", "t.a.n": "2", "t.b.n": "4"}, "violated"),
        ("whole", {"t.total.n": "5", "t.a.n": "2", "t.b.n": None}, "undecided"),
        ("whole", {"t.total.n": "", "t.a.n": "", "t.b.n": "/"}, "undecided"),
        ("whole", {"t.total.n": "2", "t.a.n": "2", "t.b.n": ""}, "satisfied"),
        ("whole", {"t.total.n": "2", "t.a.n": "2", "t.b.n": "x"}, "error"),
        ("whole", {"t.total.n": None, "t.a.n": "2", "t.b.n": "x"}, "undecided"),
        ("most", {"t.a.n": "15", "t.b.n": "5"}, "satisfied"),
        ("most", {"t.a.n": "16", "t.b.n": "5"}, "violated"),
        ("most", {"t.a.n": "16", "t.b.n": None}, "undecided"),
        ("most", {"t.a.n": "16", "t.b.n": "x"}, "error"),
        ("share[t.a", {"t.a.share": "67.5", "t.a.n": "106", "t.total.n": "157"}, "satisfied"),
        ("share[t.a", {"t.a.share": "67.4", "t.a.n": "106", "t.total.n": "157"}, "violated"),
        ("share[t.a", {"t.a.share": "4", "t.a.n": "3", "t.total.n": "76"}, "satisfied"),
        ("share[t.a", {"t.a.share": "4.0", "t.a.n": "3", "t.total.n": "76"}, "violated"),
        ("share[t.a", {"t.a.share": "0", "t.a.n": "0", "t.total.n": "0"}, "undecided"),
        ("share[t.a", {"t.a.share": "x", "t.a.n": "3", "t.total.n": "76"}, "error"),
        ("money", {"t.total.money": "0.3", "t.a.money": "0.1", "t.b.money": "0.2"}, "satisfied"),
        ("money", {"t.total.money": "0.30", "t.a.money": "0.1", "t.b.money": "0.21"}, "violated"),
        (
            "money",
            {
                "t.total.money": "12345678901234567890.12",
                "t.a.money": "12345678901234567890",
                "t.b.money": "0.12",
            },
            "satisfied",
        ),
        ("signed", {"t.total.n": "2", "t.a.n": "5", "t.a.change": "-3"}, "satisfied"),
    ],
)
def test_outcomes(form: Form, name: str, cells: dict[str, str | None], outcome: str) -> None:
    figures = {address: figure(text) for address, text in cells.items()}
    (found,) = confront([rule(form, name)], figures)
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("name", "cells", "blanks", "not_stated"),
    [
        ("whole", {"t.total.n": "5", "t.a.n": "2", "t.b.n": "4"}, (), ()),
        # A blank part can be the missing 3; the total is stated.
        ("whole", {"t.total.n": "5", "t.a.n": "2", "t.b.n": ""}, ("t.b.n",), ("t.b.n",)),
        ("whole", {"t.total.n": "", "t.a.n": "2", "t.b.n": "/"}, ("t.total.n", "t.b.n"), ("t.total.n",)),
        # No number that isn't negative could stand in the blank cell.
        ("whole", {"t.total.n": "5", "t.a.n": "7", "t.b.n": ""}, ("t.b.n",), ()),
        # Either of two blanks would do.
        ("whole", {"t.total.n": "5", "t.a.n": "", "t.b.n": ""}, ("t.a.n", "t.b.n"), ("t.a.n", "t.b.n")),
        # A signed column admits any number.
        ("signed", {"t.total.n": "2", "t.a.n": "5", "t.a.change": ""}, ("t.a.change",), ("t.a.change",)),
        # 2 × b = 3 has no whole solution, and no other cell is blank.
        ("twice", {"t.total.n": "3", "t.a.n": "0", "t.b.n": ""}, ("t.b.n",), ()),
        # 2 × b = 3 has no whole solution; a alone does.
        ("twice", {"t.total.n": "3", "t.a.n": "", "t.b.n": ""}, ("t.b.n", "t.a.n"), ("t.a.n",)),
    ],
)
def test_blanks_and_what_is_not_stated(
    form: Form, name: str, cells: dict[str, str | None], blanks: tuple[str, ...], not_stated: tuple[str, ...]
) -> None:
    (found,) = confront([rule(form, name)], {a: figure(text) for a, text in cells.items()})
    assert found.outcome is Outcome.VIOLATED
    assert sorted(found.blanks) == sorted(blanks)
    assert sorted(found.not_stated) == sorted(not_stated)


def test_a_satisfied_outcome_says_that_it_rests_on_blanks(form: Form) -> None:
    (found,) = confront(
        [rule(form, "whole")], {"t.total.n": figure("2"), "t.a.n": figure("2"), "t.b.n": figure("")}
    )
    assert (found.outcome, found.blanks) == (Outcome.SATISFIED, ("t.b.n",))


def test_alternatives_that_were_not_chosen_leave_sums_and_drop_other_rules(form: Form) -> None:
    left_out = frozenset(address for address in form.places if address.startswith("t.b."))
    rules = {bound.rule.id: bound for bound in bound_rules(form, left_out)}
    assert rules["whole"].operands == ("t.total.n", "t.a.n")
    assert not {"most", "money", "twice"} & rules.keys()


@pytest.mark.parametrize("total", ["2", "3", ""])
def test_a_cell_that_cannot_be_read_is_no_zero(form: Form, total: str) -> None:
    figures = {"t.total.n": figure(total), "t.a.n": figure("2"), "t.b.n": Figure(State.UNREAD)}
    (found,) = confront([rule(form, "whole")], figures)
    assert found.outcome is Outcome.UNDECIDED

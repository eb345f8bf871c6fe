"""The section ``document`` of form files: what a report follows, and how mistakes are told."""

from __future__ import annotations

import pytest

from rules.document import DocumentRules, followed
from rules.loader import FormError, built_in_forms, load_yaml

RULE = """\
rules:
  - id: {id}
    check: {check}
    severity: {severity}
    title: {{zh: 甲, en: a}}
    message: {{zh: 甲, en: a}}
"""


def document(name: str, check: str = "title-missing", severity: str = "soft") -> DocumentRules:
    return load_yaml(RULE.format(id=name, check=check, severity=severity), "a.yaml", DocumentRules)


def test_an_edition_changes_adds_and_leaves_out_rules() -> None:
    newest = DocumentRules(rules=(*document("one").rules, *document("two").rules, *document("three").rules))
    own = DocumentRules(
        rules=(*document("two", severity="hint").rules, *document("four").rules), without=("three",)
    )
    rules = followed([newest, own], 1).rules
    assert [(rule.id, rule.severity) for rule in rules] == [
        ("two", "hint"),
        ("four", "soft"),
        ("one", "soft"),
    ]
    assert [rule.id for rule in followed([newest, own], 0).rules] == ["one", "two", "three", "four"]
    assert followed([None, own], 0).rules == own.rules


def test_both_editions_have_the_six_sections() -> None:
    documents = [form.document for form in built_in_forms()]
    for number in range(len(documents)):
        assert [section.number for section in followed(documents, number).sections] == list("123456")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RULE.format(id="a", check="nonsense", severity="soft"), "a.yaml:2: "),
        (RULE.format(id="a", check="title-missing", severity="mild"), "a.yaml:4: "),
        (
            RULE.format(id="a", check="title-missing", severity="soft") + "    cells: a\n",
            "a.yaml:7: unknown key",
        ),
        (RULE.format(id="a", check="date-late", severity="soft"), "a.yaml:2: the key 'limits' is missing"),
        (
            RULE.format(id="a", check="ill-formed", severity="soft") + "    read: a\n    formed: a\n",
            "a.yaml:7: read needs a group",
        ),
        (
            RULE.format(id="a", check="title-missing", severity="soft").replace(
                "甲, en: a}", "'{who}', en: a}"
            ),
            "{who}",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(FormError) as caught:
        load_yaml(text, "a.yaml", DocumentRules)
    assert told in str(caught.value)

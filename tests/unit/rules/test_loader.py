"""Any mistake in a form file is fatal, and told with file, line and cause."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from rules import claims, correspondence, explanations, phrases, standard_wording
from rules.loader import BUILT_IN, FormError, M, built_in_forms, load_form, load_yaml

TEXT = (files("rules") / "forms" / "2021.yaml").read_text(encoding="utf-8")


def line_of(words: str, text: str = TEXT) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("corner: [信息内容]", "corners: [信息内容]", "unknown key 'corners'"),
        ("format: 1", "format: 2", "Input should be 1"),
        ("format: 1", "format: '1'", "Input should be 1"),
        ("label: 规章, en: government rules", "en: rules", "the key 'label' is missing"),
        ("label: 规章, en: government rules", "label: '', en: rules", "at least 1 character"),
        (
            "label: 规章, en: government rules",
            "label: 规章, label: 章, en: rules",
            "the key 'label' stands twice",
        ),
        ("{id: regulations, label: 规章", "{id: Regulations, label: 规章", "pattern"),
        ("decimals: true", "decimals: yes please", "valid boolean"),
        ("number: 一、", "number: 壹、", "pattern"),
        ("edition_from: requests", "edition_from: request", "'request', which is no table"),
        (
            "other.other], [other_combined]",
            "other.other], [other_combine]",
            "'other_combine', which is no row",
        ),
        ("{difference}。", "{diff}。", "unknown placeholder {diff}"),
        ("severity: hard", "severity: grave", "'hard', 'soft' or 'hint'"),
        ("requests.@.business", "requests.@.busines", "no cell 'requests.received.busines'"),
        ("each: requests.@.total", "each: request.@.total", "matches no cell"),
        ("each: requests.@.total", "each: requests.received.total", "'each' needs one '@'"),
        ("    each: requests.@.total\n", "", "'@' in the expression needs 'each'"),
        ("kind: range", "kind: balance", "a balance is a linear equation"),
        (
            "    each: requests.@.total\n",
            "    moved: {balance: none, cells: [requests.received.total]}\n    each: requests.@.total\n",
            "moved names a rule or a cell that this form doesn't have",
        ),
        ("≥ disclosure.@.issued", "≥ disclosure.@.issued +", "expected a name, a number or '('"),
    ],
)
def test_one_mistake(old: str, new: str, cause: str) -> None:
    assert old in TEXT
    with pytest.raises(FormError) as caught:
        load_form(TEXT.replace(old, new, 1), "mine.yaml")
    message = str(caught.value)
    assert cause in message
    assert message.startswith("mine.yaml:")
    assert len(message.splitlines()) == 1
    # A mistake in a rule or a message as a whole is told at its first line.
    first = (
        line_of(old)
        if not old.startswith(("requests.", "other.", "each", "    each", "kind", "≥", "{diff"))
        else 0
    )
    start = TEXT.rfind("\n  - id:", 0, TEXT.index(old)) + 1
    assert (first or TEXT[:start].count("\n") + 1) <= int(message.split(":")[1]) <= line_of(old)


ROWS = "\n        rows:\n          - {id: received"
ALTERNATIVES = "[[other.not_corrected, other.fee_unpaid, other.other], [other_combined]]"
WIDE = "orientation: wide"


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("{id: carried_in,", "{id: received.total,", "'requests.received.total' is a cell"),
        (ALTERNATIVES, "[[other_combined]]", "one_of needs two alternatives"),
        (ALTERNATIVES, "[[other_combined], [other_combined]]", "one_of needs two alternatives"),
        (WIDE, f"{WIDE}\n        one_of: [[[reconsideration], [litigation.direct]]]", "not for a wide block"),
        (f"variants: [合计]}}{ROWS}", f"rounded: true}}{ROWS}", "a balance has no rounded figures"),
    ],
)
def test_what_no_report_could_be_read_by(old: str, new: str, cause: str) -> None:
    assert old in TEXT
    with pytest.raises(FormError, match=cause):
        load_form(TEXT.replace(old, new, 1), "mine.yaml")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "x.yaml:1: the file is empty"),
        ("a: &x [*x]", "x.yaml:1: an alias stands inside what it names"),
        ("format: [1", "not YAML: did not find"),
        ("format: 1\n\tx: 2", "x.yaml:2: not YAML"),
        ("- 1", "x.yaml:1: Input should be"),
        ("just words", "x.yaml:1: Input should be"),
        ("!!python/object/apply:os.system [ls]", "x.yaml:1"),
    ],
)
def test_no_form_at_all(text: str, cause: str) -> None:
    with pytest.raises(FormError) as caught:
        load_form(text, "x.yaml")
    assert cause in str(caught.value)


def test_several_mistakes_are_told_together() -> None:
    broken = TEXT.replace("format: 1", "format: 3").replace("corner: [信息内容]", "corners: [信息内容]", 1)
    with pytest.raises(FormError) as caught:
        load_form(broken, "x.yaml")
    assert len(str(caught.value).splitlines()) == 2


def test_two_elements_of_the_same_name() -> None:
    with pytest.raises(FormError, match="two rows are called 'licences'"):
        load_form(
            TEXT.replace(
                "{id: licences, label: 行政许可, en: licences}",
                "{id: licences, label: 甲, en: a}\n          - {id: licences, label: 乙, en: b}",
            ),
            "x.yaml",
        )


def test_the_built_in_forms_have_the_addresses_of_the_notices() -> None:
    counts = {}
    for form in built_in_forms():
        for table in form.tables:
            counts[form.edition, table.id] = sum(len(b.rows) * len(b.columns) for b in table.blocks)
    assert {family: tuple(form.edition for form in built_in_forms(family)) for family in BUILT_IN} == BUILT_IN
    # FORMS.md: 10, 25 × 7 (and one alternative row), 15; 22, 23 × 7, 15.
    assert counts == {
        ("2021", "disclosure"): 10,
        ("2021", "requests"): 26 * 7,
        ("2021", "disputes"): 15,
        ("2019", "disclosure"): 22,
        ("2019", "requests"): 23 * 7,
        ("2019", "disputes"): 15,
    }


def test_every_rule_is_cited_and_told_in_both_languages() -> None:
    for form in built_in_forms():
        for rule in form.rules:
            assert rule.citation
            assert rule.message.zh != rule.message.en


def test_all_files_that_ship_pass_the_checks_that_their_readers_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = Path(str(files("rules")))
    checked = set()

    def load_checked(path: str, model: type[M]) -> M:
        checked.add(folder / path)
        return load_yaml((folder / path).read_text(encoding="utf-8"), path, model)

    for module in (claims, correspondence, explanations, phrases, standard_wording):
        monkeypatch.setattr(module, "load_shipped", load_checked)
    for read in (
        claims.narrative_rules,
        correspondence.correspondence,
        explanations.explanations,
        phrases.phrase_book,
        standard_wording.standard_wording,
    ):
        assert read.__wrapped__() == read()
    for family, editions in BUILT_IN.items():
        for edition, form in zip(editions, built_in_forms(family), strict=True):
            path = folder / "forms" / f"{edition}.yaml"
            checked.add(path)
            assert load_form(path.read_text(encoding="utf-8"), path.name).model_dump() == form.model_dump()
    assert checked == set(folder.rglob("*.yaml"))

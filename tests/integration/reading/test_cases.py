"""Every real report says what its gold says, cell for cell and place for place."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from functools import cache

import pytest
from pydantic import ValidationError

from eval.gold.cases import Case, all_cases, file_cases, load_case
from extractor import Extraction, Status, extract
from extractor.documents.document import Locator
from extractor.reports.opening import open_document

CASES = all_cases()
CLEAR = [case for case in CASES if case.verdict == "verified"]
FILES = file_cases()
NAMES = {case: case.name for case in (*CASES, *FILES)}


@cache
def read(case: Case) -> Extraction:
    (extraction,) = extract(case.path.read_bytes(), name=case.name)
    return extraction


@pytest.mark.parametrize("case", [*CASES, *FILES], ids=NAMES.get)
def test_the_cells_are_those_of_the_form(case: Case) -> None:
    assert [cell.address for cell in read(case).cells] == [gold.address for gold in case.cells]


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_every_cell_is_right_and_at_its_place(case: Case) -> None:
    extraction = read(case)
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        assert (cell.printed, cell.value, cell.unit, cell.state) == (
            gold.printed,
            gold.value,
            gold.unit,
            gold.state,
        ), gold.address
        start = case.offset(gold.line, gold.column)
        assert cell.span == (start, start + len(gold.printed)), gold.address
        assert case.text[cell.span.start : cell.span.end] == gold.printed


@pytest.mark.parametrize("case", FILES, ids=NAMES.get)
def test_a_file_that_is_no_text_says_what_its_gold_says(case: Case) -> None:
    extraction, text = read(case), open_document(case.path.read_bytes(), case.name).text
    assert (extraction.edition, extraction.verdict) == (case.edition, case.verdict)
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        expected = (gold.printed, gold.value, gold.unit, gold.state)
        assert (cell.printed, cell.value, cell.unit, cell.state) == expected, gold.address
        assert cell.placement == "certain", gold.address
        assert cell.span is not None
        assert text[cell.span.start : cell.span.end] == gold.printed
    header = extraction.header
    facts = {name: fact for name in type(header).model_fields if (fact := getattr(header, name)) is not None}
    assert {name: (fact.printed, fact.value) for name, fact in facts.items()} == {
        name: (gold.printed, gold.value) for name, gold in case.facts.items()
    }
    for label in case.labels:
        for cell in extraction.cells:
            if cell.address.rpartition(".")[0] == label.row:
                assert cell.row_label is not None
                assert text[cell.row_label.start : cell.row_label.end] == label.printed


@pytest.mark.parametrize("case", CLEAR, ids=NAMES.get)
def test_clear_reports_are_verified(case: Case) -> None:
    extraction = read(case)
    assert extraction.verdict == "verified"
    assert extraction.edition == case.edition
    assert extraction.findings == ()
    for cell in extraction.cells:
        ruled = not cell.address.startswith("disclosure.")
        assert cell.status == (Status.CONFIRMED if ruled else Status.UNCHECKED), cell.address
        assert cell.placement == "certain"


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_header_facts(case: Case) -> None:
    header = read(case).header
    for name in type(header).model_fields:
        fact, gold = getattr(header, name), case.facts.get(name)
        assert (fact is None) == (gold is None), name
        if fact is not None and gold is not None:
            start = case.offset(gold.line, gold.column)
            assert (fact.printed, fact.value) == (gold.printed, gold.value)
            assert fact.span == (start, start + len(gold.printed))


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_labels_stand_where_the_cells_say(case: Case) -> None:
    extraction = read(case)
    for label in case.labels:
        for cell in extraction.cells:
            if cell.address.rpartition(".")[0] == label.row and cell.row_label is not None:
                start = case.offset(label.line, label.column)
                if not any(gold.torn and gold.address == cell.address for gold in case.cells):
                    assert cell.row_label == (start, start + len(label.printed)), cell.address


def test_signed_and_decimal_figures_stay_exact() -> None:
    luodian, luozhuang = read(load_case("luodian-2019")), read(load_case("luozhuang-2023"))
    assert luodian.cell("disclosure.licences.change").value == -3
    assert luodian.cell("disclosure.other_services.change").value == 7
    assert str(luozhuang.cell("disclosure.fees.amount").value) == "1633.444944"


class TestTornReport:
    """shanghai-sci-2024: values torn from their labels by a converter."""

    def test_what_the_page_admits_one_reading_of_is_not_disputed(self) -> None:
        """The header of table 3 is lost, and the form's order of columns is taken: nothing is confirmed."""
        case = load_case("shanghai-sci-2024")
        extraction = read(case)
        whole = [gold for gold in case.cells if not gold.torn]
        assert sum(gold.address.startswith("requests.") for gold in whole) == 105
        for gold in case.cells:
            status = extraction.cell(gold.address).status
            if gold.torn:
                is_settled = gold.address.startswith("requests.")
                assert status == (Status.UNCHECKED if is_settled else Status.DISPUTED), gold.address
                assert not is_settled or extraction.cell(gold.address).printed == gold.printed
            elif gold.state == "blank":
                assert status == Status.DISPUTED
            else:
                assert status in (Status.CONFIRMED, Status.UNCHECKED), gold.address

    def test_the_blank_total_is_not_stated_and_not_filled_in(self) -> None:
        extraction = read(load_case("shanghai-sci-2024"))
        blank = extraction.cell("requests.carried_out.total")
        assert (blank.printed, blank.value, blank.state) == ("", None, "blank")
        findings = [finding for finding in extraction.findings if finding.cause == "not_stated"]
        assert {finding.rule for finding in findings} == {"requests-row-total", "requests-carried-over"}
        assert all(finding.suspects == (blank.address,) for finding in findings)
        (row_total,) = (finding for finding in findings if finding.rule == "requests-row-total")
        assert row_total.message.zh.startswith("“四、结转下年度继续办理”的总计为空白，")
        assert "the total is blank" in row_total.message.en
        assert extraction.verdict == "needs_review"


class TestShanghai:
    """shanghai-office-2019: a web page that leaves totals blank."""

    OUTCOMES = 19  # rows of table 3 between those carried in and their total

    def test_what_the_page_proves_is_confirmed_and_what_it_lacks_is_as_printed(self) -> None:
        extraction = read(load_case("shanghai-office-2019"))
        requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
        rows = list(dict.fromkeys(cell.address.rpartition(".")[0] for cell in requests))
        proved = {rows[0], rows[1], rows[-2], rows[-1]}
        for cell in requests:
            row, _, column = cell.address.rpartition(".")
            if row in proved or column not in ("research", "public_welfare", "total"):
                assert cell.status == Status.CONFIRMED, cell.address
            else:
                expected = Status.AS_PRINTED if column == "total" else Status.UNCHECKED
                assert (cell.status, cell.printed) == (expected, ""), cell.address
        assert len(rows) == self.OUTCOMES + len(proved)
        for cell in extraction.cells:
            if cell.address.startswith("disputes."):
                is_proved = "after_reconsideration" not in cell.address
                assert cell.status == (Status.CONFIRMED if is_proved else Status.UNCHECKED)

    def test_every_finding_is_a_total_that_is_not_stated_and_says_where(self) -> None:
        every = read(load_case("shanghai-office-2019")).findings
        findings = [finding for finding in every if finding.rule.startswith("requests-")]
        assert {finding.cause for finding in findings} == {"not_stated"}
        rules = [finding.rule for finding in findings]
        assert (rules.count("requests-row-total"), rules.count("requests-handled-total")) == (11, 1)
        # （一）予以公开 is the sixth row of table 2, the total its tenth column.
        assert findings[0].locator == Locator(table=2, row=6, column=10)
        assert all(finding.locator is not None and finding.locator.column == 10 for finding in findings)


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_the_same_input_gives_the_same_output(case: Case) -> None:
    first, second = read(case).model_dump_json(), read(case).model_dump_json()
    assert first == second
    assert Extraction.model_validate_json(first).model_dump_json() == first
    assert Extraction.model_validate_json(first) == read(case)


@pytest.mark.parametrize(
    "wrong",
    [{"status": "proved"}, {"value": True}, {"span": [1]}, {"printed": 3}, {"note": ""}, {"placement": ""}],
    ids=str,
)
def test_a_cell_that_is_none_is_refused_when_json_is_read(wrong: dict[str, object]) -> None:
    report = json.loads(read(CASES[0]).model_dump_json())
    report["cells"][0] |= wrong
    with pytest.raises(ValidationError, match=rf"cells\.0\.{next(iter(wrong))}"):
        Extraction.model_validate_json(json.dumps(report))


def test_a_cell_that_was_read_stays_as_it_is() -> None:
    cell = read(CASES[0]).cells[0]
    with pytest.raises(FrozenInstanceError):
        cell.printed = "1"  # type: ignore[misc]

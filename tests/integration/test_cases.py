"""Every real report says what its gold says, cell for cell and place for place."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from eval.cases import Case, all_cases, load_case
from extractor import Extraction, Status, extract

CASES = all_cases()
CLEAR = [case for case in CASES if case.verdict == "verified"]
NAMES = {case: case.name for case in CASES}


def read(case: Case) -> Extraction:
    (extraction,) = extract(case.path.read_bytes(), name=case.name)
    return extraction


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
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

    def test_rows_with_their_label_are_not_disputed_and_torn_ones_are(self) -> None:
        case = load_case("shanghai-sci-2024")
        extraction = read(case)
        whole = [gold for gold in case.cells if not gold.torn]
        assert sum(gold.address.startswith("requests.") for gold in whole) == 105
        for gold in case.cells:
            status = extraction.cell(gold.address).status
            if gold.torn:
                assert status == Status.DISPUTED, gold.address
            elif gold.state == "blank":
                assert status == Status.AS_PRINTED
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

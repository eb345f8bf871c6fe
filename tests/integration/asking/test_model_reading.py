"""Reading with a model: what it says is taken only where the page prints it."""

from __future__ import annotations

import json

import pytest

from eval.gold.answers import Answer
from eval.gold.cases import Case, all_cases, load_case
from extractor import Extraction, Status, extract
from extractor.asking.options import Limits, WhoReads
from extractor.llm.scripted import ScriptedModel
from prompts.loader import load_prompt
from tests.helpers.answering import Change, GoldModel, is_about_tables, lines_of, names_of, read, row_of
from tests.helpers.torn import TORN

CASES = all_cases()
CLEAR = [case for case in CASES if case.verdict == "verified"]
NAMES = {case: case.name for case in CASES}
LUOZHUANG = load_case("luozhuang-2023")


def statuses(extraction: Extraction) -> dict[str, Status]:
    return {cell.address: cell.status for cell in extraction.cells}


def wrong(extraction: Extraction, case: Case) -> list[str]:
    """Cells that are said to be certain, and aren't what the page says."""
    trusted = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
    gold = {cell.address: cell for cell in case.cells}
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in trusted
        and (
            cell.printed != gold[cell.address].printed
            or cell.span is None
            or cell.span.start != case.offset(gold[cell.address].line, gold[cell.address].column)
        )
    ]


@pytest.mark.parametrize("reader", [WhoReads.MODEL, WhoReads.BOTH])
@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_a_right_answer_is_taken(case: Case, reader: WhoReads) -> None:
    model = GoldModel(case)
    extraction = read(case.text, model, reader)
    assert len(model.history) == 1
    assert wrong(extraction, case) == []
    assert all(cell.printed == gold.printed for cell, gold in zip(extraction.cells, case.cells, strict=True))
    if case in CLEAR:
        assert extraction.verdict == "verified"
        names = ("gold",) if reader is WhoReads.MODEL else ("layout", "gold")
        assert {cell.readers for cell in extraction.cells} == {names}


@pytest.mark.parametrize("case", CLEAR, ids=NAMES.get)
def test_nothing_is_asked_of_what_the_layout_has_read(case: Case) -> None:
    model = ScriptedModel()
    extraction = read(case.text, model, WhoReads.AUTO)
    assert model.history == []
    assert extraction.usage is None
    (by_layout,) = extract(case.text.encode(), name="report")
    assert extraction == by_layout


def test_only_torn_rows_are_asked_for() -> None:
    model = GoldModel(TORN)
    extraction = read(TORN.text, model, WhoReads.AUTO)
    (question,) = model.history
    torn = {cell.row.removeprefix("requests.") for cell in TORN.cells if cell.torn}
    assert set(names_of(question)) <= torn
    assert len(lines_of(question)) < 60
    assert wrong(extraction, TORN) == []
    before, after = statuses(extract(TORN.text.encode())[0]), statuses(extraction)
    settled = {a for a in after if before[a] is Status.DISPUTED and after[a] is Status.UNCHECKED}
    assert len(settled) == 49
    assert {extraction.cell(a).readers for a in settled} == {("layout", "gold")}
    assert {extraction.cell(a).placement for a in settled} == {"inferred"}


def test_who_only_repeats_the_layout_reading_of_a_doubtful_label_settles_nothing() -> None:
    label = "(一)予以公开"
    text = LUOZHUANG.text.replace(label, "(二)部分公开", 1)
    assert text != LUOZHUANG.text
    (by_layout,) = extract(text.encode())
    extraction = read(text, GoldModel(LUOZHUANG), WhoReads.BOTH)
    for row in ("granted", "partially_granted"):
        for column in ("natural_person", "total"):
            address = f"requests.{row}.{column}"
            assert by_layout.cell(address).status is Status.DISPUTED
            assert extraction.cell(address).status is Status.DISPUTED


# --- wrong answers -------------------------------------------------------------------------------------


def first_only(change: Change) -> Change:
    return lambda answer, number: change(answer, number) if number == 0 else answer


def digit_changed(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["cells"][0] = "108"
    return answer


def digit_dropped(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["cells"][0] = "13"
    return answer


def cells_shifted(answer: Answer, _: int) -> Answer:
    cells = row_of(answer, "received")["cells"]
    cells.insert(0, cells.pop())
    return answer


def columns_exchanged(answer: Answer, _: int) -> Answer:
    for row in answer["rows"]:
        if len(row["cells"]) == 7:
            row["cells"][0], row["cells"][1] = row["cells"][1], row["cells"][0]
    return answer


def rows_exchanged(answer: Answer, _: int) -> Answer:
    one, two = row_of(answer, "granted"), row_of(answer, "partially_granted")
    one["row"], two["row"] = two["row"], one["row"]
    return answer


def cells_of_rows_exchanged(answer: Answer, _: int) -> Answer:
    one, two = row_of(answer, "granted"), row_of(answer, "partially_granted")
    one["cells"], two["cells"] = two["cells"], one["cells"]
    return answer


def row_skipped(answer: Answer, _: int) -> Answer:
    answer["rows"].remove(row_of(answer, "granted"))
    return answer


def total_made_to_fit(answer: Answer, _: int) -> Answer:
    cells = row_of(answer, "handled_total")["cells"]
    cells[0], cells[6] = str(int(cells[0]) + 1), str(int(cells[6]) + 1)
    return answer


def all_zeros(answer: Answer, _: int) -> Answer:
    return {"rows": [], "zeros": [*answer["zeros"], *(row["line"] for row in answer["rows"])]}


def no_such_line(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["line"] = 90210
    return answer


def other_line(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["line"] -= 1
    return answer


def answered_twice(answer: Answer, _: int) -> Answer:
    row = row_of(answer, "granted")
    answer["rows"].append({**row, "line": row["line"] + 1})
    return answer


def the_example(_: Answer, __: int) -> Answer:
    (example,) = load_prompt("tables").examples
    found: Answer = json.loads(example.output)
    return found


def too_few_cells(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["cells"].pop()
    return answer


def blank_for_zero(answer: Answer, _: int) -> Answer:
    row_of(answer, "granted")["cells"][1] = ""
    return answer


def joined_cells(answer: Answer, _: int) -> Answer:
    cells = row_of(answer, "granted")["cells"]
    cells[:2] = [cells[0] + cells[1]]
    cells.append("")
    return answer


WRONG = [
    digit_changed,
    digit_dropped,
    cells_shifted,
    columns_exchanged,
    rows_exchanged,
    cells_of_rows_exchanged,
    row_skipped,
    total_made_to_fit,
    all_zeros,
    no_such_line,
    other_line,
    answered_twice,
    the_example,
    too_few_cells,
    blank_for_zero,
    joined_cells,
]
WRONG_NAMES = [change.__name__ for change in WRONG]


@pytest.mark.parametrize("reader", [WhoReads.MODEL, WhoReads.BOTH])
@pytest.mark.parametrize("change", WRONG, ids=WRONG_NAMES)
def test_a_wrong_answer_is_refused_and_read_again(change: Change, reader: WhoReads) -> None:
    model = GoldModel(LUOZHUANG, first_only(change))
    extraction = read(LUOZHUANG.text, model, reader)
    assert [is_about_tables(request) for request in model.history] == [True, False]
    assert extraction.verdict == "verified"
    assert wrong(extraction, LUOZHUANG) == []


@pytest.mark.parametrize("reader", [WhoReads.MODEL, WhoReads.BOTH])
@pytest.mark.parametrize("change", WRONG, ids=WRONG_NAMES)
def test_an_answer_that_stays_wrong_is_flagged_or_the_page_proves_the_right_one(
    change: Change, reader: WhoReads
) -> None:
    def always(answer: Answer, number: int) -> Answer:
        try:
            return change(answer, number)
        except StopIteration:  # it isn't asked for this row
            return answer

    model = GoldModel(LUOZHUANG, always)
    extraction = read(LUOZHUANG.text, model, reader)
    assert wrong(extraction, LUOZHUANG) == []
    assert len(model.history) <= 1 + Limits().rounds * 32
    if reader is WhoReads.BOTH:
        assert extraction.verdict == "needs_review"
        assert extraction.findings
    else:
        # What the page itself proves doesn't need the model.
        assert extraction.verdict == "verified"

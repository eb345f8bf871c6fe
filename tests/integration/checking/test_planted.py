"""Planted errors: what the page then prints is what is expected, and nothing wrong is confirmed.

The expected suspects come from an enumeration written here, which knows the arithmetic of FORMS.md
and nothing of the program's rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.main import get_command

from eval.gold import planting
from eval.gold.cases import Case, GoldCell, all_cases
from extractor import Extraction, NoReportError, Status
from extractor.commands.app import app
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import open_source
from extractor.verify.verification import verify
from tests.helpers.sweeps import IS_WHOLE, part_of, times

CASES = [case for case in all_cases() if case.verdict == "verified"]
NAMES = {case: case.name for case in CASES}
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service")
COLUMNS = (*APPLICANTS, "other_organization", "total")
NOT_OUTCOMES = ("received", "carried_in", "handled_total", "carried_out")
SETTINGS = settings(max_examples=times(15, 200), suppress_health_check=list(HealthCheck))


@lru_cache(maxsize=32)
def read(text: str) -> Extraction:
    """The tables as read and verified; the free text has no part in them.

    Whichever zero of a run of them is lost or doubled, what is left is the same text.
    """
    ((document, forms, reading, header, _),) = read_by_layout(open_source(text.encode(), "planted"))
    return verify(document, reading, forms).extraction(header)


@cache
def statuses_before(case: Case) -> dict[str, Status]:
    return {cell.address: cell.status for cell in read(case.text).cells}


def ruled_cells(case: Case) -> list[GoldCell]:
    return [cell for cell in case.cells if not cell.address.startswith("disclosure.")]


@cache
def balances(case: Case) -> list[dict[str, int]]:
    """The form's arithmetic, each as coefficients of a sum that is zero."""
    rows = dict.fromkeys(cell.row for cell in ruled_cells(case))
    requests = [row.removeprefix("requests.") for row in rows if row.startswith("requests.")]
    result: list[dict[str, int]] = []
    for row in requests:
        parts = {f"requests.{row}.{column}": 1 for column in COLUMNS if column != "total"}
        result.append(parts | {f"requests.{row}.total": -1})
    for column in COLUMNS:
        outcomes = {f"requests.{row}.{column}": 1 for row in requests if row not in NOT_OUTCOMES}
        result.append(outcomes | {f"requests.handled_total.{column}": -1})
        result.append(
            {
                f"requests.received.{column}": 1,
                f"requests.carried_in.{column}": 1,
                f"requests.handled_total.{column}": -1,
                f"requests.carried_out.{column}": -1,
            }
        )
    for row in rows:
        if row.startswith("disputes."):
            parts = {f"{row}.{name}": 1 for name in ("upheld", "overturned", "other", "pending")}
            result.append(parts | {f"{row}.total": -1})
    return result


def single_suspects(case: Case, values: dict[str, int]) -> set[str]:
    """Every cell whose change alone, to a number that isn't negative, would satisfy every balance."""
    residuals = [(b, sum(k * values[a] for a, k in b.items())) for b in balances(case)]
    found = set()
    for address in values:
        needed = {values[address] - r // b[address] for b, r in residuals if address in b}
        untouched = [r for b, r in residuals if address not in b]
        if len(needed) == 1 and min(needed) >= 0 and not any(untouched):
            found.add(address)
    return found


def share(case: Case) -> slice:
    """The part of what is dealt out to the reports of a form that falls to one of them."""
    of_form = [one for one in CASES if one.edition == case.edition]
    return slice(of_form.index(case), None, len(of_form))


def cells_planted(case: Case) -> Sequence[GoldCell]:
    """Every ruled cell of a form in one of its reports, or of each row and of each column some."""
    return part_of(ruled_cells(case), 3)[share(case)]


def test_every_row_and_column_of_a_form_is_planted() -> None:
    for edition, count in (("2019", 176), ("2021", 190)):
        of_form = [case for case in CASES if case.edition == edition]
        planted = [cell.address for case in of_form for cell in cells_planted(case)]
        assert len(set(planted)) == len(planted) >= (count if IS_WHOLE else count // 3)
        ruled = [cell.address for case in of_form for cell in ruled_cells(case)]
        for part in (0, 2):
            assert {one.rpartition(".")[part] for one in planted} == {
                one.rpartition(".")[part] for one in ruled
            }


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_each_cell_increased_by_one(case: Case) -> None:
    before = statuses_before(case)
    gold = {cell.address: cell for cell in case.cells}
    for cell in cells_planted(case):
        extraction = read(planting.increased(case, cell))
        values = {c.address: int(c.printed) for c in ruled_cells(case)}
        values[cell.address] += 1
        expected = single_suspects(case, values)
        if cell.address.startswith("requests."):
            assert expected == {cell.address}
        assert extraction.verdict == "source_error", cell.address
        assert {s for finding in extraction.findings for s in finding.suspects} == expected
        errors = [finding for finding in extraction.findings if finding.severity == "hard"]
        assert errors
        assert all(finding.cause == "source_error" for finding in errors)
        for found in extraction.cells:
            printed = (
                str(values[cell.address]) if found.address == cell.address else gold[found.address].printed
            )
            assert found.printed == printed
            if found.address in expected:
                assert found.status == Status.AS_PRINTED
            elif found.address.startswith("disputes.") and found.address.rpartition(".")[0] == cell.row:
                # Its only balance is violated, and only a satisfied one confirms (DESIGN, Status 4).
                assert found.status == Status.UNCHECKED
            else:
                assert found.status == before[found.address]


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_one_command_tells_of_every_file(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = {tmp_path / f"{cell.address}.txt": cell for cell in cells_planted(case)[::5]}
    for path, cell in planted.items():
        path.write_text(planting.increased(case, cell), encoding="utf-8")
    assert get_command(app)(["check", *map(str, planted)], standalone_mode=False) == 1
    told = {line.partition(".txt:")[0] for line in capsys.readouterr().out.splitlines()}
    assert told == {str(path.with_suffix("")) for path in planted}


def rows_of(case: Case, table: str) -> list[str]:
    return list(dict.fromkeys(cell.row for cell in case.cells if cell.row.startswith(table)))


def assert_prints(extraction: Extraction, case: Case, changed: dict[str, str]) -> None:
    """Every cell is what the changed page prints; none is disputed or absent."""
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        assert cell.printed == changed.get(gold.address, gold.printed), gold.address
        assert cell.status not in (Status.DISPUTED, Status.ABSENT)


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_adjacent_rows_exchanged(case: Case) -> None:
    rows = rows_of(case, "requests.")
    for above, below in list(pairwise(rows))[share(case)]:
        first, second = ([f"{row}.{column}" for column in COLUMNS] for row in (above, below))
        text, printed = planting.exchanged(case, first, second)
        assert_prints(read(text), case, printed)


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_adjacent_columns_exchanged(case: Case) -> None:
    rows = rows_of(case, "requests.")
    for left, right in list(pairwise(COLUMNS))[share(case)]:
        first, second = ([f"{row}.{column}" for row in rows] for column in (left, right))
        text, printed = planting.exchanged(case, first, second)
        assert_prints(read(text), case, printed)


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_a_label_replaced_by_another_rows(case: Case) -> None:
    # Each label of a form by the next and by one far from it, or by all others; dealt out to its reports.
    labels = [label for label in case.labels if label.row.startswith("requests.")]
    distances = range(1, len(labels)) if IS_WHOLE else (1, 9)
    pairs = [
        (label, labels[(number + distance) % len(labels)])
        for distance in distances
        for number, label in enumerate(labels)
    ]
    for victim, other in pairs[share(case)]:
        extraction = read(planting.relabelled(case, victim.row, other.printed))
        for gold in case.cells:
            cell = extraction.cell(gold.address)
            if gold.row in (victim.row, other.row):
                assert cell.status == Status.DISPUTED, (victim.row, other.row, gold.address)
            elif cell.status in (Status.CONFIRMED, Status.UNCHECKED):
                assert cell.printed == gold.printed


JUNK = ("某某", "某某某某某某", "2.甲乙丙丁戊己庚辛", "（其中）说明")


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_a_label_replaced_by_junk(case: Case) -> None:
    # Every label of a form by one or two of these, dealt out to its reports.
    turns = [
        (label, JUNK[(number + turn) % 4])
        for turn in range(times(1, 2))
        for number, label in enumerate(case.labels)
    ]
    for label, junk in turns[share(case)]:
        extraction = read(planting.relabelled(case, label.row, junk))
        for gold in case.cells:
            if gold.row != label.row:
                cell = extraction.cell(gold.address)
                assert cell.printed == gold.printed, (label.row, gold.address)
                assert cell.status != Status.ABSENT
                continue
            cells = [cell for cell in extraction.cells if cell.address == gold.address]
            assert all((c.status, c.printed, c.span) == (Status.ABSENT, "", None) for c in cells), label.row
        assert extraction.verdict == "needs_review"


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_a_row_deleted(case: Case) -> None:
    for label in case.labels[share(case)]:
        extraction = read(planting.without_row(case, label.row))
        assert extraction.verdict == "needs_review"
        for gold in case.cells:
            cells = [cell for cell in extraction.cells if cell.address == gold.address]
            if gold.row == label.row:
                assert all(c.status == Status.ABSENT and c.value is None for c in cells), label.row
            else:
                assert [(c.printed, c.value, c.state, c.placement) for c in cells] == [
                    (gold.printed, gold.value, gold.state, "certain")
                ], (label.row, gold.address)


def dealt_out(case: Case, lines: range) -> range:
    """Few lines of each report, and others of each: line by line, reports of a layout are alike."""
    return lines[CASES.index(case) :: times(4, 1) * len(CASES)]


def complete_rows(case: Case, line: int) -> set[str]:
    """The rows whose every cell stands on one of the first ``line`` lines; table 4 is one row."""
    last: dict[str, int] = {}
    for cell in case.cells:
        row = "disputes" if cell.address.startswith("disputes.") else cell.row
        last[row] = max(last.get(row, 0), cell.line)
    return {row for row, end in last.items() if end <= line}


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_the_text_cut_at_any_line(case: Case) -> None:
    for line in dealt_out(case, range(1, len(case.lines))):
        try:
            extraction = read(planting.cut_at(case, line))
        except NoReportError:
            assert not complete_rows(case, line)
            continue
        found = {cell.address: cell for cell in extraction.cells}
        complete = complete_rows(case, line)
        for gold in case.cells:
            row = "disputes" if gold.address.startswith("disputes.") else gold.row
            cell = found.get(gold.address)
            if row in complete:
                assert cell is not None
                assert (cell.printed, cell.value, cell.state) == (gold.printed, gold.value, gold.state), line
                assert cell.placement == "certain", (line, gold.address)
            elif cell is not None:
                assert cell.status in (Status.ABSENT, Status.DISPUTED), (line, gold.address)
                if gold.line > line:
                    assert (cell.printed, cell.value) == ("", None), (line, gold.address)


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[Case, str, dict[str, str]]:
    """A report with several figures changed, and what it then prints."""
    case = draw(st.sampled_from(CASES))
    cells = draw(st.lists(st.sampled_from(case.cells), max_size=8, unique_by=lambda cell: cell.address))
    figures = st.one_of(st.integers(0, 99999).map(str), st.just("-"), st.just("/"))
    printed = {cell.address: draw(figures) for cell in cells if cell.state == "number"}
    return case, planting.with_figures(case, printed), printed


@SETTINGS
@given(mixtures())
def test_any_figures_are_read_as_printed(mixture: tuple[Case, str, dict[str, str]]) -> None:
    case, text, printed = mixture
    extraction = read(text)
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        assert cell.printed == printed.get(gold.address, gold.printed)
        if cell.state == "number":
            assert isinstance(cell.value, int | Decimal)
        else:
            assert cell.value is None


def is_said_of_another(own: GoldCell, number: int, case: Case, lines: list[tuple[int, str]]) -> bool:
    """Whether a row of one figure has lost it together with the next row's label, and nothing else between.

    The page then prints the next row's figure behind the label, and the next row is told to be missing.
    """
    if not own.address.startswith("disclosure."):
        return False
    left = {line for line, _ in lines}
    between = range(own.line or 0, number)
    is_label = any(re.search(r"[一-鿿]", case.lines[line - 1]) for line in between)
    return is_label and left.isdisjoint(between)


def assert_gold_or_flagged(case: Case, lines: list[tuple[int, str]]) -> None:
    """Whatever isn't flagged stands on its own line of the page, wherever that has moved.

    Args:
        case: the report before lines were lost or doubled.
        lines: what is left of it, each line with its number in the report.
    """
    try:
        extraction = read("\n".join(text for _, text in lines))
    except NoReportError:
        return
    starts = [0]
    for _, text in lines:
        starts.append(starts[-1] + len(text) + 1)
    gold = {cell.address: cell for cell in case.cells}
    for cell in extraction.cells:
        if cell.status in (Status.ABSENT, Status.DISPUTED):
            continue
        assert cell.span is not None
        number, _ = lines[bisect_right(starts, cell.span.start) - 1]
        own = gold[cell.address]
        if is_said_of_another(own, number, case, lines):
            continue
        assert cell.printed == own.printed, (cell.address, extraction.verdict)
        # Of a figure that is the same wherever the page has it, one place is shown.
        assert number == own.line or cell.placement == "inferred", cell.address


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_any_line_lost(case: Case) -> None:
    lines = list(enumerate(case.lines, 1))
    for at in dealt_out(case, range(len(lines))):
        assert_gold_or_flagged(case, lines[:at] + lines[at + 1 :])


@pytest.mark.parametrize("case", CASES, ids=NAMES.get)
def test_any_line_doubled(case: Case) -> None:
    lines = list(enumerate(case.lines, 1))
    for at in dealt_out(case, range(len(lines))):
        assert_gold_or_flagged(case, [*lines[: at + 1], *lines[at:]])


# Lines that were once lost together, counted from 0 in what was left: figures that a row lost, with the
# label, the pad or the line that would have shown it.
LOST_TOGETHER = [
    ("panzhihua-xiqu-2022", (103, 175)),
    ("panzhihua-xiqu-2022", (102, 83, 83)),
    ("panzhihua-xiqu-2022", (0, 0, 63, 81)),
    ("panzhihua-xiqu-2022", (93, 276)),
    ("luodian-2019", (80, 80)),
    ("luodian-2019", (48, 50)),
    ("luodian-2019", (50, 50)),
    ("yiyuan-2023", (78, 147)),
    ("yiyuan-2023", (209, 209)),
    ("yiyuan-2023", (203, 209)),
    ("yiyuan-2023", (233, 0, 233, 233)),
]


@pytest.mark.parametrize(("name", "places"), LOST_TOGETHER)
def test_lines_lost_together(name: str, places: tuple[int, ...]) -> None:
    case = next(case for case in CASES if case.name == name)
    lines = list(enumerate(case.lines, 1))
    for place in places:
        del lines[place]
    assert_gold_or_flagged(case, lines)


@SETTINGS
@given(st.data())
def test_several_lines_lost_or_several_doubled(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    lines = list(enumerate(case.lines, 1))
    lost = data.draw(st.booleans())
    for _ in range(data.draw(st.integers(2, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = [] if lost else [lines[at], lines[at]]
    assert_gold_or_flagged(case, lines)

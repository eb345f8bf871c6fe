"""Decisions are honoured when a report is read, void on other bytes, and never lost."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gold.drafting import draft
from extractor.commands.app import app
from extractor.decisions.beside import path_beside
from extractor.decisions.honoured import Decisions
from extractor.decisions.kept import add, record_beside
from extractor.decisions.record import Decision, Record, digest_of
from extractor.documents.document import Span
from extractor.errors import UnreadableError
from extractor.pipeline import ReadReport, read_reports
from extractor.result.cells import Basis, Status
from extractor.result.verdict import Verdict
from rules.confront import State
from tests.helpers.deciding import decision
from tests.helpers.import_graph import ROOT
from tests.helpers.pages import LAYOUTS, Page, document, figures

CASES = ROOT / "eval" / "cases"
HONGZE = CASES / "hongze-2023" / "hongze-2023.pdf"
OFFICE = CASES / "shanghai-office-2019" / "shanghai-office-2019.html"
TORN = CASES / "shanghai-sci-2024" / "shanghai-sci-2024.txt"
AFTER = "disputes.litigation.after_reconsideration"


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """A copy of a report whose last table has a header that is incomplete: 15 of its cells are disputed."""
    report = tmp_path / TORN.name
    report.write_bytes(TORN.read_bytes())
    return report


def decided(report: Path, made: Iterable[Decision]) -> ReadReport:
    """A report as it is read with decisions on it."""
    data = report.read_bytes()
    record = Record(name=report.name, decisions=tuple(made))
    (found,) = read_reports(data, name=report.name, decisions=Decisions(record, digest_of(data)))
    return found


def on(report: Path, address: str, kind: str = "accepted", **more: object) -> Decision:
    """A decision on the bytes that a report has."""
    return decision(address, kind, source=digest_of(report.read_bytes()), **more)


def accepting_all(report: Path) -> list[Decision]:
    (read,) = read_reports(report)
    cells = [cell for cell in read.extraction.cells if cell.status is Status.DISPUTED]
    assert len(cells) == 16
    return [on(report, cell.address, read=cell.printed) for cell in cells]


def test_what_people_accept_is_settled_and_never_confirmed() -> None:
    extraction = decided(TORN, accepting_all(TORN)).extraction
    statuses = [cell.status for cell in extraction.cells if cell.address.startswith("disputes.")]
    assert set(statuses) == {Status.ACCEPTED}
    assert "disputed" not in {finding.rule for finding in extraction.findings}
    # The page leaves a total blank where its row has 1: that stays, whoever looks.
    assert extraction.verdict is Verdict.SOURCE_ERROR
    first = extraction.decisions[0]
    assert (first.by, first.status, first.choice) == ("王小明", Status.DISPUTED, "accepted")
    assert extraction.cell("disputes.reconsideration.total").basis is Basis.PROPOSAL
    assert extraction.cell("requests.carried_out.total").status is Status.ACCEPTED


@pytest.fixture
def corrected() -> ReadReport:
    """The 5 of 复议后起诉·结果维持 made its total, the balance holds; the page of the report has 0."""
    (before,) = read_reports(HONGZE)
    five = before.extraction.cell(f"{AFTER}.upheld").span
    return decided(HONGZE, [on(HONGZE, f"{AFTER}.total", "corrected", read="0", printed="5", span=five)])


def test_a_correction_takes_another_figure_of_the_page(corrected: ReadReport) -> None:
    extraction = corrected.extraction
    cell = extraction.cell(f"{AFTER}.total")
    assert (cell.printed, cell.value, cell.status) == ("5", 5, Status.CORRECTED)
    assert cell.span == extraction.cell(f"{AFTER}.upheld").span
    (told,) = extraction.decisions
    assert (told.by, told.read, told.status) == ("王小明", "0", Status.AS_PRINTED)


def test_a_correction_mends_no_page_that_contradicts_itself(corrected: ReadReport) -> None:
    """It prints a total of 0 beside 5: that is told as before, and who decided on it."""
    (before,) = read_reports(HONGZE)
    extraction = corrected.extraction
    assert extraction.verdict is Verdict.SOURCE_ERROR
    (_, was), (_, told) = before.extraction.findings, extraction.findings
    assert (told.place, told.left, told.right) == (f"{AFTER}.total", 0, 5)
    assert told.message.zh == f"{was.message.zh}王小明将“复议后起诉·总计”更正为“5”；页面所印未变。"
    assert "王小明 corrected" in told.message.en
    assert extraction.findings[0] == before.extraction.findings[0]


def test_what_is_accepted_as_printed_is_told_with_who_accepts_it() -> None:
    extraction = decided(HONGZE, [on(HONGZE, f"{AFTER}.total", read="0")]).extraction
    assert extraction.verdict is Verdict.SOURCE_ERROR
    assert "王小明认可“复议后起诉·总计”；页面所印未变。" in extraction.findings[1].message.zh


def test_a_text_that_contradicts_the_table_does_so_whatever_is_decided() -> None:
    """The text says 265, the table 252 + 12 + 1 + 44 + 3 + 25: without the last three they would agree."""
    (before,) = read_reports(OFFICE)
    start = before.document.text.index("其他处理0件") + 4
    zero = Span(start, start + 1)
    made = [
        on(
            OFFICE,
            f"requests.unavailable.{name}",
            "corrected",
            read=read,
            printed="0",
            span=zero,
        )
        for name, read in (
            ("must_be_created.natural_person", "44"),
            ("must_be_created.business", "3"),
            ("still_unclear.natural_person", "25"),
        )
    ]
    extraction = decided(OFFICE, made).extraction
    assert len(extraction.decisions) == 3
    rules = [
        [one.message.zh for one in each.findings if one.rule == "narrative-same-as-cell"]
        for each in (before.extraction, extraction)
    ]
    assert rules[0] == rules[1]
    assert "265件" in rules[0][1]


def test_a_cell_that_prints_no_number_does_so_whoever_accepts_it(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    page = document(LAYOUTS["pipes"](Page(figures()))).decode()
    report.write_text(page.replace(" | 49\n", " | 四九\n", 1), encoding="utf-8")
    (before,) = read_reports(report)
    (told,) = [one for one in before.extraction.findings if one.rule == "unreadable"]
    assert told.place is not None
    extraction = decided(report, [on(report, told.place, read="四九")]).extraction
    (told,) = [one for one in extraction.findings if one.rule == "unreadable"]
    assert told.cause == "source_error"


def test_what_people_say_of_a_cell_confirms_no_other(corrected: ReadReport) -> None:
    """The balance holds by the corrected total alone: its other operands are what the page printed before."""
    (before,) = read_reports(HONGZE)
    extraction = corrected.extraction
    names = ("overturned", "other", "pending")
    assert {extraction.cell(f"{AFTER}.{name}").status for name in names} == {Status.UNCHECKED}
    assert extraction.cell(f"{AFTER}.upheld").status is Status.AS_PRINTED
    confirmed = {cell.address for cell in before.extraction.cells if cell.status is Status.CONFIRMED}
    assert {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} <= confirmed


def test_a_part_of_a_number_is_no_correction(tmp_path: Path) -> None:
    """The 4 of 49 is no figure that the page prints."""
    report = tmp_path / "report.txt"
    report.write_bytes(document(LAYOUTS["pipes"](Page(figures()))))
    (before,) = read_reports(report)
    received = before.extraction.cell("requests.received.total")
    assert received.printed == "49"
    assert received.span is not None
    start, end = received.span
    address, read = "requests.carried_in.total", before.extraction.cell("requests.carried_in.total").printed
    for span in (Span(start, start + 1), Span(start + 1, end)):
        printed = before.document.text[span.start : span.end]
        made = on(report, address, "corrected", read=read, printed=printed, span=span)
        assert decided(report, [made]).extraction.decisions == ()
    made = on(report, address, "corrected", read=read, printed="49", span=received.span)
    assert decided(report, [made]).extraction.cell(address).printed == "49"


@pytest.mark.parametrize("kind", ["accepted", "rejected"])
def test_of_a_cell_that_is_not_on_the_page_there_is_nothing_to_accept(kind: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    lines = document(LAYOUTS["pipes"](Page(figures()))).decode().split("\n")
    report.write_text("\n".join(line for line in lines if "重复申请" not in line), encoding="utf-8")
    address = "requests.not_processed.repeated.total"
    extraction = decided(report, [on(report, address, kind, read="")]).extraction
    assert extraction.cell(address).status is Status.ABSENT
    assert extraction.decisions == ()
    assert extraction.verdict is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    "more",
    [
        {"read": "0", "printed": "6", "span": Span(1968, 1969)},
        {"read": "7", "printed": "0", "span": Span(1967, 1968)},
        {"read": "0", "printed": "5", "span": None},
        {"read": "0", "printed": "5", "span": Span(99_999, 100_000)},
    ],
)
def test_a_figure_that_does_not_stand_where_it_should_is_no_correction(more: dict[str, object]) -> None:
    """Nor is one of a cell that is read otherwise by now."""
    extraction = decided(HONGZE, [on(HONGZE, f"{AFTER}.total", "corrected", **more)]).extraction
    cell = extraction.cell(f"{AFTER}.total")
    assert (cell.printed, cell.status) == ("0", Status.AS_PRINTED)
    assert extraction.decisions == ()
    assert "decisions-void" in {finding.rule for finding in extraction.findings}


def test_what_people_reject_is_in_doubt_and_told() -> None:
    made = on(HONGZE, "requests.received.total", "rejected", read="21")
    extraction = decided(HONGZE, [made]).extraction
    assert extraction.cell("requests.received.total").status is Status.DISPUTED
    assert extraction.verdict is Verdict.NEEDS_REVIEW
    (told,) = [finding for finding in extraction.findings if finding.rule == "rejected"]
    assert told.place == "requests.received.total"
    assert "王小明" in told.message.zh
    assert "21" in told.message.en


def test_a_cell_that_is_not_on_the_page_can_be_given_its_figure(tmp_path: Path) -> None:
    """A row whose figures stand in a line of their own, behind words: a person points at them."""
    text = TORN.read_text(encoding="utf-8").replace(
        "| 3.其他 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |", "别的事项另有 4 件"
    )
    report = tmp_path / "report.txt"
    report.write_text(text, encoding="utf-8")
    (before,) = read_reports(report)
    address = "requests.other.other.natural_person"
    cell = before.extraction.cell(address)
    assert cell.state is State.ABSENT
    stands = before.document.text.index("另有 4 件") + 3
    made = on(report, address, "corrected", read="", printed="4", span=Span(stands, stands + 1))
    extraction = decided(report, [made]).extraction
    assert extraction.cell(address).value == 4
    assert extraction.cell(address).status is Status.CORRECTED
    assert extraction.cell("requests.other.other.total").status is Status.ABSENT


def run(*arguments: str) -> tuple[int, str]:
    """A command's exit status and what it prints."""
    result = CliRunner().invoke(app, [*arguments, "--lang", "zh"])
    return result.exit_code, result.output


def test_commands_honour_the_file_beside_a_report(torn: Path) -> None:
    assert "disputed" in run("check", str(torn))[1]
    add(torn, accepting_all(torn))
    assert "disputed" not in run("check", str(torn))[1]
    run("extract", str(torn), "-o", str(torn.with_suffix(".json")))
    told = json.loads(torn.with_suffix(".json").read_text(encoding="utf-8"))
    assert {one["by"] for one in told["decisions"]} == {"王小明"}
    assert "人工认可 16" in run("extract", str(torn))[1]


def test_decisions_are_void_when_the_file_changes_and_that_is_said(torn: Path) -> None:
    add(torn, accepting_all(torn))
    torn.write_bytes(torn.read_bytes() + b"\n")
    told = run("check", str(torn))[1]
    assert "disputed" in told
    assert "decisions-void  提示：有 16 项人工决定已失效" in told


def test_a_damaged_file_of_decisions_is_told_and_left_as_it_is(torn: Path) -> None:
    path_beside(torn).write_text("{", encoding="utf-8")
    status, told = run("check", str(torn))
    assert status == 2
    assert "移走" in told
    with pytest.raises(UnreadableError, match="move it away"):
        add(torn, [on(torn, "t.a.x")])
    assert path_beside(torn).read_text(encoding="utf-8") == "{"


def test_decisions_are_gold(torn: Path, tmp_path: Path) -> None:
    """What a person accepted is no question any more in the draft of a case; what they rejected is one."""
    with pytest.raises(UnreadableError, match="decide first"):
        draft(torn, "case", tmp_path, has_decisions=True)
    rejected = on(torn, "requests.received.natural_person", "rejected", read="32")
    add(torn, [*accepting_all(torn)[:-1], rejected])
    case = draft(torn, "case", tmp_path, has_decisions=True)
    with (case / "cells.csv").open(encoding="utf-8", newline="") as stream:
        cells = {row["address"]: row["printed"] for row in csv.DictReader(stream)}
    assert cells["disputes.reconsideration.total"] == "1"
    last = accepting_all(torn)[-1].address
    assert {address for address, printed in cells.items() if printed == "?"} == {rejected.address, last}


_ADDER = """
import sys
from pathlib import Path
from extractor.decisions.kept import add
from tests.helpers.deciding import decision
who, report = sys.argv[1], Path(sys.argv[2])
for number in range(int(sys.argv[3])):
    add(report, [decision(f"t.{who}.n{number}", id=f"{who}{number:031x}")])
    print(number, flush=True)
"""


def adding(who: str, report: Path, count: int) -> subprocess.Popen[str]:
    """A program that adds so many decisions one by one, and tells each that is kept."""
    return subprocess.Popen(
        [sys.executable, "-c", _ADDER, who, str(report), str(count)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_that_add_at_once_lose_nothing(torn: Path) -> None:
    programs = [adding(who, torn, 40) for who in ("a", "b")]
    assert [program.wait(60) for program in programs] == [0, 0]
    for program in programs:
        assert program.stdout is not None
        program.stdout.close()
    record = record_beside(torn)
    assert record is not None
    assert len(record.decisions) == 80
    before = torn.read_bytes()
    assert before == TORN.read_bytes()


def test_what_was_kept_survives_a_kill_at_any_time(torn: Path) -> None:
    for round_, seconds in enumerate((0.02, 0.05, 0.11)):
        program = adding(str(round_), torn, 5000)
        assert program.stdout is not None
        kept = int(program.stdout.readline())
        time.sleep(seconds)
        program.send_signal(signal.SIGKILL)
        rest = program.stdout.read().split()
        program.wait(10)
        program.stdout.close()
        kept = int(rest[-1]) if rest else kept
        record = record_beside(torn)
        assert record is not None
        own = [one for one in record.decisions if one.id.startswith(str(round_))]
        assert len(own) >= kept + 1
    assert torn.read_bytes() == TORN.read_bytes()


# Adds a decision again and again, killed at the first step of keeping it, at the second, and so on until none
# is left; a step is a line of the module. Prints how many steps there are.
_KILLED = """
import os, signal, sys
from itertools import count
from pathlib import Path
from extractor.decisions import kept
from tests.helpers.deciding import decision
report = Path(sys.argv[1])
for step in count():
    child = os.fork()
    if child == 0:
        left = step
        def trace(frame, event, _):
            global left
            if frame.f_code.co_filename != kept.__file__:
                return None
            if event == "line":
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
            return trace
        sys.settrace(trace)
        kept.add(report, [decision("t.b.x", id=f"{step:032x}")])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = kept.record_beside(report)
    assert found is not None and found.decisions[0].address == "t.a.x", step
    assert {one.address for one in found.decisions[1:]} <= {"t.b.x"}, step
    if os.WIFEXITED(status):
        assert found.decisions[-1].id == f"{step:032x}"
        print(step)
        break
"""


def test_a_kill_between_any_two_steps_of_keeping_loses_nothing(torn: Path) -> None:
    add(torn, [on(torn, "t.a.x")])
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(torn)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 10
    assert torn.read_bytes() == TORN.read_bytes()
    # What a kill leaves is written over: beside the report lies its file of decisions alone.
    assert sorted(path.name for path in torn.parent.iterdir()) == [torn.name, path_beside(torn).name]

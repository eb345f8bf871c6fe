"""Several reports in one document: each is read as if it stood alone, or what is in doubt is told."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from typer.testing import CliRunner

from eval.gold.cases import Case, all_cases, load_case
from eval.gold.planting import with_figures
from eval.zoo.word import saved
from extractor import Extraction, Status, extract
from extractor.commands.app import app
from rules.loader import built_in_forms
from tests.helpers.pages import BLOCK, LABELS, LAYOUTS, TITLE, Page, figures
from tests.helpers.rendering import Style, rendered
from tests.helpers.word_files import report
from tests.integration.files.test_html_pages import page, repeated, tables

LONGTING, LUODIAN, LUOZHUANG, YIYUAN = (
    load_case(name) for name in ("longting-2023", "luodian-2019", "luozhuang-2023", "yiyuan-2023")
)
CASES = all_cases()
# Each stands before two others, and behind two.
PAIRS = [(case, CASES[(number + step) % len(CASES)]) for step in (1, 2) for number, case in enumerate(CASES)]
FLAGGED = (Status.ABSENT, Status.DISPUTED)


def apart(extraction: Extraction) -> list[str]:
    """The rules of what was found, without that it isn't alone."""
    return [finding.rule for finding in extraction.findings if finding.rule != "several-reports"]


def assert_says(extraction: Extraction, case: Case) -> None:
    """Every cell is that of the case, and none is in doubt that isn't torn."""
    assert [cell.address for cell in extraction.cells] == [gold.address for gold in case.cells]
    for gold in case.cells:
        cell = extraction.cell(gold.address)
        assert (cell.printed, cell.value, cell.state) == (gold.printed, gold.value, gold.state), gold.address
        assert cell.status not in FLAGGED or gold.torn or gold.state == "blank", gold.address
    assert (extraction.edition, extraction.verdict) == (case.edition, case.verdict)
    assert bool(apart(extraction)) == (case.verdict != "verified")


# --- each with other tables ---------------------------------------------------------------------------


@pytest.mark.parametrize("is_another", [True, False])
def test_tables_of_two_reports_that_have_none_in_common_are_no_report(*, is_another: bool) -> None:
    # The first report has no table 4, the second one no table 3: no table is there twice.
    names = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    wide = f"行政复议 | 未经复议直接起诉 | 复议后起诉\n{names} | {names} | {names}\n"
    wide += " | ".join(("3", "1", "0", "2", "6", *"00000", *"00000"))
    title = (
        "某县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n本年度收到申请0件。\n"
        if is_another
        else ""
    )
    text = TITLE + LAYOUTS["pipes"](Page(figures())) + f"\n{title}四、行政复议、行政诉讼情况\n{wide}\n"
    (extraction,) = extract(text.encode())
    shown = [c for c in extraction.cells if c.address.startswith(("requests.", "disputes.reconsideration"))]
    confirmed = sum(cell.status is Status.CONFIRMED for cell in shown)
    assert confirmed == (0 if is_another else len(shown))


# --- one after the other -----------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda case: case.name)
def test_two_texts_are_read_as_if_each_stood_alone(one: Case, other: Case) -> None:
    text = f"{one.text}\n{other.text}"
    found = extract(text.encode(), name="两份.txt")
    assert [extraction.report for extraction in found] == ["两份.txt#1", "两份.txt#2"]
    for extraction, case, shift in zip(found, (one, other), (0, len(one.text) + 1), strict=True):
        assert_says(extraction, case)
        for gold in case.cells:
            start = shift + case.offset(gold.line, gold.column)
            assert extraction.cell(gold.address).span == (start, start + len(gold.printed))
        for name in type(extraction.header).model_fields:
            fact, expected = getattr(extraction.header, name), case.facts.get(name)
            # The date below the one report, without the organ, may be taken for that above the other.
            assert (fact is None) == (expected is None), name
            if fact is not None and expected is not None:
                start = shift + case.offset(expected.line, expected.column)
                assert (fact.value, fact.span.start) == (expected.value, start), name


def test_three_reports() -> None:
    text = "\n".join(case.text for case in (YIYUAN, LUODIAN, LONGTING))
    found = extract(text.encode(), name="x")
    for extraction, case in zip(found, (YIYUAN, LUODIAN, LONGTING), strict=True):
        assert_says(extraction, case)
    assert [x.header.year.value for x in found if x.header.year] == ["2023", "2019", "2023"]
    told = [finding for x in found for finding in x.findings]
    assert [(f.rule, f.severity, f.line == 1) for f in told] == [
        ("several-reports", "soft", True),
        *[("several-reports", "soft", False)] * 2,
    ]
    assert "3 份报告" in told[1].message.zh
    assert "number 2" in told[1].message.en


def test_two_years_of_one_organ() -> None:
    older = with_figures(YIYUAN, {"disclosure.penalties.decisions": "77"}).replace("2023年", "2022年")
    first, second = extract(f"{older}\n{YIYUAN.text}".encode())
    assert first.verdict == "verified"
    assert first.header.organ is not None
    assert second.header.organ is not None
    assert first.header.organ.value == second.header.organ.value == "沂源县人民政府"
    assert first.cell("disclosure.penalties.decisions").printed == "77"
    assert_says(second, YIYUAN)
    years = [x.header.year.value for x in (first, second) if x.header.year]
    assert years == ["2022", "2023"]


def html(one: Case, other: Case) -> bytes:
    second = page(other).replace("某县2023", "某县2022")
    return (page(one) + second).encode()


def word(one: Case, other: Case) -> bytes:
    first, second = (Document(io.BytesIO(report(case, merged=True))) for case in (one, other))
    second.paragraphs[0].text = "某县人民政府2022年政府信息公开工作年度报告"
    for element in list(second.element.body)[:-1]:
        first.element.body.insert(len(first.element.body) - 1, element)
    return saved(first)


def pdf(one: Case, other: Case) -> bytes:
    forms = {form.edition: form for form in built_in_forms()}
    both = pdfium.PdfDocument.new()
    for case, title in (
        (one, "甲县2023年政府信息公开工作年度报告"),
        (other, "乙县2022年政府信息公开工作年度报告"),
    ):
        cells = {cell.address: cell.printed for cell in case.cells}
        both.import_pages(pdfium.PdfDocument(rendered(forms[case.edition], cells, Style(), title)))
    stream = io.BytesIO()
    both.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("written", [html, word, pdf], ids=lambda one: one.__name__)
@pytest.mark.parametrize(("one", "other"), [(LUOZHUANG, YIYUAN), (LUODIAN, LONGTING)])
def test_files_that_are_no_text(written: Callable[[Case, Case], bytes], one: Case, other: Case) -> None:
    first, second = extract(written(one, other), name="x")
    assert_says(first, one)
    assert_says(second, other)


def test_a_saved_page_with_another_below_it() -> None:
    shanghai = load_case("shanghai-office-2019")
    first, second = extract(shanghai.path.read_bytes() + page(LONGTING).encode())
    for gold in shanghai.cells:
        cell = first.cell(gold.address)
        assert (cell.printed, cell.state) == (gold.printed, gold.state), gold.address
    assert first.verdict == shanghai.verdict
    assert_says(second, LONGTING)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("zeros", [False, True], ids=["figures", "zeros"])
def test_every_layout_of_text(layout: str, zeros: bool) -> None:  # noqa: FBT001
    """Without tables 2 and 4 only words part the reports."""
    values, others = figures(zeros=zeros), figures(zeros=True)
    body = LAYOUTS[layout](Page(values)) + "五、问题\n" + TITLE.replace("2023", "2022")
    found = extract(f"{TITLE}{body}{LAYOUTS[layout](Page(others))}".encode())
    assert len(found) == 2
    for extraction, year, printed in zip(found, ("2023", "2022"), (values, others), strict=True):
        assert extraction.header.year is not None
        assert extraction.header.year.value == year
        for row, texts in printed.items():
            cells = [
                cell for cell in extraction.cells if cell.address.rpartition(".")[0] == f"requests.{row}"
            ]
            assert [cell.printed for cell in cells] == texts, row
            assert {cell.status for cell in cells} == {Status.CONFIRMED}, row


# --- what can't be told apart ------------------------------------------------------------------------

SECOND = "某市人民政府2022年政府信息公开工作年度报告\n"


def parts(case: Case) -> dict[str, str]:
    """The tables of a case as text: rows on lines, cells between pipes."""
    found = {}
    for name, (heading, table) in zip("DRP", tables(case), strict=True):
        lines = [" | ".join(cell.text.replace("<br>", "") for cell in row) for row in repeated(table)]
        found[name] = f"{heading}\n" + "\n".join(lines) + "\n"
    return found


def mixed(order: str) -> str:
    """Tables of two reports in this order: what stands twice, or below /, its title, is the second's."""
    text, seen = "某县人民政府2023年政府信息公开工作年度报告\n", ""
    for letter in order:
        tables_of = parts(YIYUAN if "/" in seen or letter in seen else LUOZHUANG)
        text += SECOND if letter == "/" else tables_of[letter]
        seen += letter
    return text


def test_of_two_sets_of_tables_under_one_title_nothing_is_settled_that_differs() -> None:
    """A draft and the final report, or last year's tables: no word says which of them is the report's."""
    first, second = extract(mixed("DRPDRP").encode())
    for extraction, other in ((first, second), (second, first)):
        for cell in extraction.cells:
            is_same = cell.printed == other.cell(cell.address).printed
            assert is_same or cell.status in FLAGGED, cell.address


@pytest.mark.parametrize("order", ["DRP/DRP", "DRP/RP", "DR/DRP"])
def test_tables_in_the_order_of_the_form_are_told_apart(order: str) -> None:
    first, second = extract(mixed(order).encode())
    for case, extraction in ((LUOZHUANG, first), (YIYUAN, second)):
        for gold in case.cells:
            cell = extraction.cell(gold.address)
            if cell.status not in FLAGGED:
                assert cell.printed == gold.printed, gold.address
        requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
        assert {cell.status for cell in requests} == {Status.CONFIRMED}


@pytest.mark.parametrize(
    "order", ["DRDRP", "DR/PDRP", "DRP/RD", "DRDR/P", "RDP/RDP", "RR/DP", "D/DRRP", "DRPD/RP", "DRPP/DRP"]
)
def test_tables_in_any_other_order_are_in_doubt(order: str) -> None:
    (found,) = extract(mixed(order).encode())
    assert {cell.status for cell in found.cells} <= set(FLAGGED)
    assert any("两份报告" in finding.message.zh for finding in found.findings)


def test_a_second_report_that_ends_in_the_middle_of_its_table_is_in_doubt() -> None:
    text = mixed("DRP/DR")
    end = text.index("4.保护第三方", text.index(SECOND))
    (found,) = extract(text[:end].encode())
    assert {cell.status for cell in found.cells if cell.address.startswith("requests.")} <= set(FLAGGED)


# --- side by side ------------------------------------------------------------------------------------


def beside(one: Case, other: Case, between: str) -> str:
    """Two reports whose lines stand side by side."""
    left, right = (parts(case)["D"] + parts(case)["R"] + parts(case)["P"] for case in (one, other))
    pairs = zip(left.splitlines(), right.splitlines(), strict=True)
    titles = (
        f"甲县人民政府2023年政府信息公开工作年度报告{between}乙县人民政府2022年政府信息公开工作年度报告\n"
    )
    return titles + "".join(f"{a}{between}{b}\n".replace(" | ", between) for a, b in pairs)


@pytest.mark.parametrize("between", [" | ", "\t", "    "], ids=["pipes", "tabs", "blanks"])
def test_rows_that_stand_twice_on_a_line_are_two_reports(between: str) -> None:
    first, second = extract(beside(LUOZHUANG, YIYUAN, between).encode(), name="x")
    for extraction, case in ((first, LUOZHUANG), (second, YIYUAN)):
        assert_says(extraction, case)
    facts = [(x.report, x.header.organ and x.header.organ.value, x.header.year) for x in (first, second)]
    assert [one[:2] for one in facts] == [("x#1", "甲县人民政府"), ("x#2", "乙县人民政府")]
    assert [one[2].value for one in facts if one[2]] == ["2023", "2022"]


def test_a_title_above_both_is_of_neither() -> None:
    text = beside(LUOZHUANG, YIYUAN, "\t").partition("\n")[2]
    found = extract(f"{TITLE}{text}".encode())
    assert [(x.header.organ, x.header.year) for x in found] == [(None, None)] * 2
    assert_says(found[1], YIYUAN)


def test_tables_side_by_side_in_a_page() -> None:
    rows = "".join(
        f"<tr><td>{line.replace(chr(9), '</td><td>')}</td></tr>"
        for line in beside(LUOZHUANG, YIYUAN, "\t").splitlines()
    )
    first, second = extract(f"<html><body><table>{rows}</table></body></html>".encode())
    assert_says(first, LUOZHUANG)
    assert_says(second, YIYUAN)


ONE, OTHER = figures(), {row: [str(2 * int(text)) for text in texts] for row, texts in figures().items()}
HEADER = [column.label for column in BLOCK.columns]
UNCLEAR: dict[str, Callable[[str], list[list[str]]]] = {
    "the header once": lambda row: [HEADER, [LABELS[row], *ONE[row], LABELS[row], *OTHER[row]]],
    "the label once": lambda row: [[*HEADER, *HEADER], [LABELS[row], *ONE[row], *OTHER[row]]],
    "header and label once": lambda row: [HEADER, [LABELS[row], *ONE[row], *OTHER[row]]],
    "figures in pairs": lambda row: [
        HEADER,
        [LABELS[row], *(text for pair in zip(ONE[row], OTHER[row], strict=True) for text in pair)],
    ],
    "a label apart": lambda row: [
        [*HEADER, *HEADER],
        *([[LABELS[row]], [*ONE[row], *OTHER[row]]] if row == "granted" else []),
        *([] if row == "granted" else [[LABELS[row], *ONE[row], LABELS[row], *OTHER[row]]]),
    ],
    "a label on one side": lambda row: [
        [*HEADER, *HEADER],
        [LABELS[row], *ONE[row], "" if row == "granted" else LABELS[row], *OTHER[row]],
    ],
}


@pytest.mark.parametrize("separator", [" | ", "\t", "    ", " "])
@pytest.mark.parametrize("written", UNCLEAR.values(), ids=UNCLEAR)
def test_what_stands_side_by_side_otherwise_is_told(
    written: Callable[[str], list[list[str]]], separator: str
) -> None:
    lines = [written("received")[0], *(line for row in ONE for line in written(row)[1:])]
    body = "".join(f"{separator.join(line)}\n" for line in lines)
    (found,) = extract(f"{TITLE}{body}".encode())
    assert {cell.status for cell in found.cells} <= set(FLAGGED)
    assert any("左右并排" in finding.message.zh for finding in found.findings)
    assert any("side by side" in finding.message.en for finding in found.findings)


# --- what is told ------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> str:
    wrong = with_figures(LUOZHUANG, {"requests.granted.total": "116"})
    path = tmp_path / "两份.txt"
    path.write_text(f"{YIYUAN.text}\n{wrong}", encoding="utf-8")
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout


def test_check_tells_the_findings_of_both_at_their_lines_of_the_file(two: str) -> None:
    status, output = run("check", two, "--lang", "zh")
    lines = output.splitlines()
    (granted,) = (gold.line for gold in LUOZHUANG.cells if gold.address == "requests.granted.total")
    place = f"{two}:{len(YIYUAN.lines) + granted}:"
    assert status == 1
    assert [line.split("  ")[1] for line in lines] == [
        "several-reports",
        "narrative-same-as-cell",
        "requests-handled-total, requests-row-total",
        "several-reports",
    ]
    assert lines[2].startswith(place)


def test_the_formats_hold_both_and_tell_them_apart(two: str) -> None:
    _, table = run("extract", two, "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(table)))
    for number, case in enumerate((YIYUAN, LUOZHUANG), 1):
        own = [row for row in rows if row["report"] == f"{two}#{number}"]
        assert [row["address"] for row in own] == [gold.address for gold in case.cells]
        assert {row["organ"] for row in own} == {case.facts["organ"].value}
    _, objects = run("extract", two, "--to", "json")
    assert [json.loads(line)["report"] for line in objects.splitlines()] == [f"{two}#1", f"{two}#2"]
    _, text = run("extract", two, "--lang", "en")
    assert text.count("verdict verified") == text.count("verdict the page contradicts itself") == 1


# --- the same twice ----------------------------------------------------------------------------------


def test_a_report_printed_twice_is_one() -> None:
    (found,) = extract(f"{YIYUAN.text}\n打印版\n{YIYUAN.text}".encode(), name="x")
    assert found.report == "x"
    assert [finding.rule for finding in found.findings] == ["printed-twice"]
    assert (found.verdict, found.edition) == ("verified", "2021")
    for gold in YIYUAN.cells:
        assert found.cell(gold.address).printed == gold.printed


def test_versions_of_a_report_that_differ_are_both_told() -> None:
    granted = {"requests.granted.natural_person": "9", "requests.granted.total": "9"}
    found = extract(f"{YIYUAN.text}\n{with_figures(YIYUAN, granted)}".encode())
    for extraction, expected in zip(found, (None, "9"), strict=True):
        total = extraction.cell("requests.granted.total")
        assert (total.status, total.printed == "9") == (Status.DISPUTED, expected == "9")
        assert extraction.cell("requests.received.total").status not in FLAGGED
        (told,) = (f for f in extraction.findings if f.rule == "disputed")
        assert "两处的数字不同" in told.message.zh
        assert extraction.verdict == "needs_review"


def test_reports_with_the_same_figures_are_two_if_they_say_so() -> None:
    found = extract(f"{YIYUAN.text}\n{YIYUAN.text.replace('2023年', '2022年')}".encode())
    assert [x.header.year.value for x in found if x.header.year] == ["2023", "2022"]
    assert {x.verdict for x in found} == {"verified"}


def test_empty_reports_are_one_only_if_both_say_whose_they_are() -> None:
    first, tables_of_first = mixed("DRP").split("\n", 1)
    empty = re.sub(r"(?<=[ \n])[1-9][\d.]*(?=\n| \|)", "0", tables_of_first)
    (once,) = extract(f"{first}\n{empty}{first}\n{empty}".encode())
    assert "printed-twice" in [finding.rule for finding in once.findings]
    for title in (SECOND, "一、总体情况\n"):
        assert len(extract(f"{first}\n{empty}{title}{empty}".encode())) == 2


def table_3(case: Case) -> tuple[str, str, str]:
    """The text of a case before its table 3, the table, and the text behind it."""
    lines = [cell.line for cell in case.cells if cell.address.startswith("requests.")]
    labels = [label.line for label in case.labels if label.row.startswith("requests.")]
    first = max(i for i in range(min(labels)) if case.lines[i - 1].strip().startswith("三、收到"))
    cut = [case.lines[:first], case.lines[first : max(lines) + 1], case.lines[max(lines) + 1 :]]
    return "\n".join(cut[0]), "\n".join(cut[1]), "\n".join(cut[2])


@pytest.mark.parametrize("case", [LONGTING, YIYUAN], ids=lambda case: case.name)
def test_a_table_printed_twice_is_read_once(case: Case) -> None:
    above, table, below = table_3(case)
    (found,) = extract(f"{above}\n{table}\n附件：打印版\n{table}\n{below}".encode(), name="x")
    assert [finding.rule for finding in found.findings] == ["printed-twice"]
    assert found.verdict == "verified"
    for gold in case.cells:
        assert found.cell(gold.address).printed == gold.printed, gold.address


def test_a_table_printed_twice_with_other_figures_is_in_doubt_where_they_differ() -> None:
    above, table, below = table_3(LONGTING)
    values = {gold.address: gold for gold in LONGTING.cells}
    other = with_figures(LONGTING, {"requests.carried_in.total": "8"})
    line = values["requests.carried_in.total"].line - 1
    changed = table.replace(LONGTING.lines[line], other.split("\n")[line])
    assert changed != table
    (found,) = extract(f"{above}\n{table}\n{changed}\n{below}".encode())
    for gold in LONGTING.cells:
        cell = found.cell(gold.address)
        assert cell.printed == gold.printed
        assert (cell.status in FLAGGED) == gold.address.startswith("requests.carried_in."), gold.address
    assert found.verdict == "needs_review"

"""One line for one wrong cell, under the name that people have for it, with every rule that suspects it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.integration.commands.test_cli import run

PLANTED = "tests/data/planted.txt"
CASES = "eval/cases"
PDF = f"{CASES}/hongze-2023/hongze-2023.pdf"
PAGE = f"{CASES}/shanghai-office-2019/shanghai-office-2019.html"
# 33 was printed as 60: the sum of its row and that of its column are both 27 too large.
BY_ROW = "“(一)予以公开”的总计为106，各类申请人之和为133，相差27。"
BY_COLUMN = "“自然人”一列的办理结果总计为153，各项办理结果之和为180，相差27。"
SUSPECTED = "可能有误：“(一)予以公开·自然人”。"


def lines(*arguments: str) -> list[str]:
    return run("check", *arguments, "--lang", "zh")[1].splitlines()


def test_a_wrong_cell_has_one_line_with_every_rule_that_suspects_it() -> None:
    (line,) = lines(PLANTED)
    where, rules, message = line.split("  ")
    assert where == f"{PLANTED}:76:1"
    assert rules == "requests-handled-total, requests-row-total"
    assert message == f"表三“（一）予以公开”×自然人：{BY_COLUMN}{BY_ROW}{SUSPECTED}"


def test_in_full_every_rule_has_its_line() -> None:
    told = [line.split("  ") for line in lines(PLANTED, "--full")]
    assert {rule: message for _, rule, message in told} == {
        "requests-handled-total": f"表三“（一）予以公开”×自然人：{BY_COLUMN}{SUSPECTED}",
        "requests-row-total": f"表三“（一）予以公开”×自然人：{BY_ROW}{SUSPECTED}",
    }


def test_of_a_page_the_form_s_place_comes_first_and_the_file_s_last() -> None:
    """The third table of the PDF is the form's fourth."""
    first, second = (line.split("  ") for line in lines(PDF))
    assert first[0] == f"{PDF}:表四“行政复议”×总计，第4页"
    assert first[2].endswith("相差11。可能有误：“行政复议·总计”。（文件中的表3第4行第5列）")
    assert second[0] == f"{PDF}:表四“复议后起诉”×总计、“复议后起诉”×结果维持，第4页"


def test_a_rule_that_suspects_many_cells_says_how_many() -> None:
    told = [line.split("  ")[:2] for line in lines(PAGE) if "requests-handled-total" in line]
    assert told == [[f"{PAGE}:表三“（一）予以公开”×总计等19格", "requests-handled-total"]]


@pytest.mark.parametrize("how", [(), ("--full",)])
def test_other_formats_hold_every_rule_and_the_same_name(how: tuple[str, ...]) -> None:
    _, printed, _ = run("check", PLANTED, PDF, "--output-format", "json", *how)
    told = json.loads(printed)
    named = {"zh": "表三“（一）予以公开”×自然人", "en": "table 3 “granted” × natural person"}
    assert [one["named"] for one in told[:2]] == [named, named]
    assert len({tuple(one["suspects"]) for one in told[:2]}) == 1
    _, printed, _ = run("check", PLANTED, PDF, "--output-format", "csv", "--lang", "en", *how)
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [row["named"] for row in rows] == [one["named"]["en"] for one in told]


def test_what_suspects_no_cell_has_no_name() -> None:
    _, printed, _ = run("check", PAGE, "--select", "section", "--output-format", "json")
    assert {one["named"] for one in json.loads(printed)} == {None}

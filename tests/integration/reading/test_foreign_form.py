"""Adding a form is writing one YAML file: a library's yearly lending table, with no code changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import extract, load_form_file
from extractor.commands.app import app

FORM = """
format: 1
family: library
edition: "7"
title: {zh: 图书馆年报, en: Library report}
prescribed_by: 馆务会
marks: [图书馆年度统计]
edition_from: lending
tables:
  - id: lending
    title: {zh: 借阅情况, en: Lending}
    blocks:
      - id: lending
        corner: [项目]
        columns:
          - {id: books, label: 图书册数, en: books}
          - {id: journals, label: 期刊册数, en: journals}
        rows:
          - {id: lent, number: 一、, label: 借出, en: lent}
          - {id: returned, number: 二、, label: 归还, en: returned, variants: [还回]}
          - {id: all, number: 三、, label: 合计, en: in all}
rules:
  - id: lending-total
    kind: balance
    severity: hard
    each: lending.all.@
    expression: lending.all.@ = lending.lent.@ + lending.returned.@
    citation: 馆务会
    message: {zh: "“{column}”合计{left}，应为{right}。", en: "{column}: {left} in all, {right} by row."}
"""
PAGE = """本馆年度概况：全年开放300天。
项目 | 图书册数 | 期刊册数
一、借出 | 120 | 30
二、还回 | 80 | 25
三、合计 | {total} | 55
完。
"""


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    path = tmp_path / "library.yaml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_extract_and_check_by_it(form_file: Path) -> None:
    (extraction,) = extract(PAGE.format(total=200).encode(), forms=[load_form_file(form_file)])
    assert (extraction.edition, extraction.verdict) == ("7", "verified")
    assert extraction.nested() == {
        "lending": {
            "lent": {"books": 120, "journals": 30},
            "returned": {"books": 80, "journals": 25},
            "all": {"books": 200, "journals": 55},
        }
    }
    assert {cell.status for cell in extraction.cells} == {"confirmed"}


def test_its_own_totals_are_checked(form_file: Path) -> None:
    (extraction,) = extract(PAGE.format(total=210).encode(), forms=[load_form_file(form_file)])
    assert extraction.verdict == "source_error"
    (finding,) = extraction.findings
    assert finding.message.zh.startswith("“图书册数”合计210，应为200。")
    assert finding.suspects == ("lending.all.books", "lending.lent.books", "lending.returned.books")


def test_from_the_command_line(form_file: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.format(total=210), encoding="utf-8")
    run = CliRunner().invoke(app, ["check", str(page), "--form", str(form_file), "--lang", "en"])
    assert run.exit_code == 1
    assert "lending-total  table 1 “in all” × books, " in run.stdout
    assert "books: 210 in all, 200 by row." in run.stdout
    run = CliRunner().invoke(app, ["extract", str(page), "--form", str(form_file), "--to", "json"])
    assert json.loads(run.stdout)["cells"][0]["address"] == "lending.lent.books"
    run = CliRunner().invoke(app, ["extract", str(page), "--form", str(form_file), "--lang", "zh"])
    assert "借阅情况" in run.stdout


def test_national_reports_are_still_read_beside_it(form_file: Path) -> None:
    report = Path("eval/cases/longting-2023/longting-2023.txt").read_bytes()
    (extraction,) = extract(report, forms=[load_form_file(form_file)])
    assert (extraction.edition, extraction.verdict) == ("2021", "verified")


def test_a_row_whose_place_is_doubtful_is_suspected_before_a_certain_one(form_file: Path) -> None:
    lines = PAGE.format(total=210).split("\n")
    # What has lost its label may be any row's.
    lines[3:5] = [lines[4], lines[3], " | 7 | 1"]
    (extraction,) = extract("\n".join(lines).encode(), forms=[load_form_file(form_file)])
    finding = next(one for one in extraction.findings if one.rule == "lending-total")
    # 合计 and 还回 stand in each other's place; 借出 is where the form has it.
    assert finding.suspects == ("lending.all.books", "lending.returned.books")
    assert finding.cause == "unresolved"
    assert extraction.cell("lending.all.books").status == "disputed"

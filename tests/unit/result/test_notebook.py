"""A result shows itself in a notebook: form, statuses, findings, and nothing that runs."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from extractor.pipeline import read_reports
from rules.words import Bilingual
from tests.helpers.import_graph import ROOT

HONGZE = ROOT / "eval/cases/hongze-2023/hongze-2023.pdf"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"><b>"


def test_it_shows_the_form_its_statuses_and_the_findings() -> None:
    (report,) = read_reports(HONGZE)
    shown = html.fromstring(report._repr_html_())
    assert len(shown.xpath("//td")) == 186
    text = shown.text_content()
    assert "洪泽区人民政府" in text
    assert "source_error" in text
    assert "✓ confirmed 166" in text
    assert "“行政复议”的总计为0，四种结果之和为11，相差11" in text
    (row,) = shown.xpath("//tr[th='(二)部分公开(区分处理的，只计这一情形，不计其他情形)']")
    assert [cell.text_content().split()[0] for cell in row.xpath("td")] == ["4", "0", "0", "0", "0", "0", "4"]
    (total,) = shown.xpath("//td[@title='disputes.reconsideration.total as_printed']")
    assert total.text_content().split() == ["0", "!"]


def test_what_a_report_says_is_escaped() -> None:
    (report,) = read_reports(HONGZE)
    extraction = report.extraction
    finding = extraction.findings[0].model_copy(update={"message": Bilingual(zh=HOSTILE, en="-")})
    cells = (replace(extraction.cells[0], printed=HOSTILE, address=HOSTILE), *extraction.cells[1:])
    more = {"cells": cells, "findings": (finding,) * 60, "report": HOSTILE, "verdict": extraction.verdict}
    shown = html.fromstring(extraction.model_copy(update=more)._repr_html_())
    assert not shown.xpath("//script | //img | //@onerror")
    assert shown.text_content().count(HOSTILE) > 50
    assert "… 10" in shown.text_content()

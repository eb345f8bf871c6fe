"""Reports are taken for their own form: cases, reports of no known form, inputs from sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.zoo import forms
from eval.zoo.forms import LISTS, NATIONAL, Mistaken, mistaken, reports
from tests.helpers.indicator_lists import LAYOUTS, school

if TYPE_CHECKING:
    import pytest

ALL = list(reports(0))


def test_no_report_is_taken_for_another_form_than_its_own() -> None:
    assert {expected for _, _, expected in ALL} == {NATIONAL, LISTS, None}
    assert [found for report in ALL if (found := mistaken(*report)) is not None] == []


def test_one_that_is_taken_for_another_form_is_told() -> None:
    page = LAYOUTS["commas"](school())
    assert mistaken("school", page, NATIONAL) == Mistaken("school", NATIONAL, None)
    assert mistaken("letter", "致全体职工的一封信\n".encode(), None) == Mistaken("letter", None, "no report")


def test_the_run_fails_if_one_is_or_sums_come_about_by_accident(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = LAYOUTS["commas"](school())
    for expected, accidents, status in ((None, 0, 0), (NATIONAL, 0, 1), (None, 2, 1)):
        monkeypatch.setattr(forms, "reports", lambda _, family=expected: [("school", page, family)])
        monkeypatch.setattr(forms, "adopted", lambda _, found=accidents: found)
        assert forms.main(["1", "1000"]) == status
    assert "1 reports: 1 taken for another form than their own" in capsys.readouterr().out

"""A batch honours what people decided beside the reports, and reads anew what they have decided since."""

from __future__ import annotations

from pathlib import Path

from eval.gold.cases import load_case
from extractor.batch.journal import FOLDER
from extractor.decisions.kept import add
from extractor.decisions.record import digest_of
from tests.helpers.batches import RIGHT, batch, rows
from tests.helpers.deciding import decision

TORN = load_case("shanghai-sci-2024").path
ADDRESS = "disputes.reconsideration.upheld"


def test_decisions_are_honoured_when_they_come_and_reports_without_new_ones_left(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for path in (TORN, RIGHT):
        (reports / path.name).write_bytes(path.read_bytes())
    report = reports / TORN.name

    def status() -> str:
        ended = batch("reports", "-o", "out", folder=tmp_path)
        assert ended.code == 0, ended.err
        # What lies beside a report is no report.
        assert not rows(tmp_path / "out" / "failures.csv")
        (cell,) = [
            row
            for row in rows(tmp_path / "out" / "cells.csv")
            if row["address"] == ADDRESS and row["report"].endswith(TORN.name)
        ]
        return cell["status"]

    assert status() == "disputed"
    made = decision(ADDRESS, read="1", source=digest_of(TORN.read_bytes()))
    add(report, [made])
    assert status() == "accepted"
    journal = tmp_path / "out" / FOLDER
    before = {path: path.read_bytes() for path in journal.iterdir()}
    assert status() == "accepted"
    assert {path: path.read_bytes() for path in journal.iterdir()} == before
    add(report, [decision(ADDRESS, "undone", undoes=made.id, source=made.source)])
    assert status() == "disputed"

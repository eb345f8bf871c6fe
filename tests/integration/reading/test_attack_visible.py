"""Pages on which a person sees other figures than stand in their source: nothing wrong is settled.

The gold was read off the pages as a browser, Word or a PDF viewer shows them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.output.presentation import Presentation
from extractor.output.text import to_text
from extractor.output.tidy import to_csv, to_json
from extractor.pipeline import ReadReport, read_reports
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.loader import built_in_forms

ATTACK = Path(__file__).parents[2] / "data" / "attack"
GOLD: dict[str, Any] = json.loads((ATTACK / "gold.json").read_text(encoding="utf-8"))
FILES = tuple(GOLD["files"])
SETTLED = {Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED}
# Those on which the zeros are no text.
ZEROS = ("zeros-as-img.html", "zeros-as-input.html")
# Upon a figure of which stands a comment with another one.
COMMENT = "free-text.pdf"


def gold(name: str) -> dict[str, str | None]:
    """What a person sees in each cell of a page; None for one that isn't there."""
    stated = GOLD["files"][name]
    rows = GOLD["pages"][stated["page"]]
    cells: dict[str, str | None] = {
        f"{row}.{column}": seen for row, columns in rows.items() for column, seen in columns.items()
    }
    cells.update(stated["but"])
    return cells


@cache
def reports(name: str) -> tuple[ReadReport, ...]:
    return read_reports(ATTACK / name)


def read(name: str) -> Extraction:
    (report,) = reports(name)
    return report.extraction


@pytest.mark.parametrize("name", FILES)
def test_nothing_wrong_is_settled_and_what_is_plain_is(name: str) -> None:
    seen = gold(name)
    for cell in read(name).cells:
        if cell.status in SETTLED:
            assert cell.printed == seen[cell.address], cell
            assert cell.state is (State.NUMBER if seen[cell.address] else State.BLANK)
        elif cell.status is Status.ABSENT:
            assert seen[cell.address] is None, cell
        else:
            assert name in (*ZEROS, COMMENT), cell
            assert (cell.state, cell.value) == (State.UNREAD, None)
            assert seen[cell.address] == ("0" if name in ZEROS else "555")
    is_whole = name not in (*ZEROS, COMMENT) and "hidden-by-class" not in name
    expected = Verdict.VERIFIED if is_whole else Verdict.NEEDS_REVIEW
    assert read(name).verdict is expected


@pytest.mark.parametrize(
    ("name", "remarks"),
    [
        ("css-hidden.html", ("hidden: 77",)),
        ("line-through.html", ("struck: 77",)),
        ("strike.docx", ("struck: 77",)),
        ("superscript.docx", ("note: 1",)),
        ("superscript.pdf", ("note: 1",)),
    ],
)
def test_what_is_no_part_of_a_figure_is_told(name: str, remarks: tuple[str, ...]) -> None:
    told = {cell.address: cell.remarks for cell in read(name).cells if cell.remarks}
    assert told == {"disclosure.licences.decisions": remarks, "requests.granted.natural_person": remarks}


@pytest.mark.parametrize(
    ("name", "zh", "en"), [(ZEROS[0], "图片", "a picture"), (ZEROS[1], "控件", "control")]
)
def test_cells_that_cannot_be_read_say_so(name: str, zh: str, en: str) -> None:
    extraction = read(name)
    unread = [cell for cell in extraction.cells if cell.state is State.UNREAD]
    assert len(unread) == 115
    assert all(cell.remarks and cell.remarks[0].endswith(": 0") for cell in unread)
    (finding,) = (finding for finding in extraction.findings if finding.severity == "hard")
    assert finding.rule == "unread"
    assert zh in finding.message.zh
    assert "115" in finding.message.zh
    assert en in finding.message.en
    assert finding.places == tuple(cell.address for cell in unread)
    report, shown = reports(name), Presentation(built_in_forms(), "zh")
    assert ",unread,disputed" in to_csv(report, shown).decode()
    assert Extraction.model_validate_json(to_json(report, shown)) == extraction
    assert "▨?" in to_text(report, shown).decode()

"""Replies that a language model really gave: none of them is an expected value, all go the whole way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval.gold.cases import all_cases
from eval.gold.planting import with_figures
from extractor import Extraction, Status
from extractor.asking.options import WhoReads
from extractor.llm.scripted import ScriptedModel
from extractor.result.steps import Action
from tests.helpers.answering import read
from tests.helpers.torn import TORN

FOLDER = Path(__file__).parents[2] / "data" / "replies"
MANUAL = (Path(__file__).parents[3] / "docs/models.md").read_text(encoding="utf-8")
KEPT = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CASES = {case.name: case for case in [*all_cases(), TORN]}


def reading(kept: dict[str, Any]) -> tuple[Extraction, ScriptedModel]:
    model = ScriptedModel(kept["replies"])
    text = with_figures(CASES[kept["case"]], kept["printed"])
    return read(text, model, WhoReads(kept["reader"])), model


@pytest.mark.parametrize("name", KEPT)
def test_every_answer_was_right_and_taken(name: str) -> None:
    kept = KEPT[name]
    extraction, model = reading(kept)
    assert model.left == 0
    gold = {
        cell.address: kept["printed"].get(cell.address, cell.printed) for cell in CASES[kept["case"]].cells
    }
    assert {cell.address: cell.printed for cell in extraction.cells} == gold
    actions = {step.action for step in extraction.trace}
    assert actions.isdisjoint({Action.REFUSED, Action.DIFFERS, Action.FAILED, Action.STOPPED})


def test_the_repair_in_the_readme_is_a_real_one() -> None:
    kept = KEPT["torn-contradiction"]
    extraction, _ = reading(kept)
    (shown,) = re.findall(r"^```text\n(.*?)^```$", MANUAL, re.M | re.S)
    lines = [f"{step.round}  {step.message.en}" for step in extraction.trace]
    position = 0
    for line in shown.splitlines():
        if line != "…":
            assert line in lines[position:], line
            position = lines.index(line, position) + 1
    address = "requests.unavailable.not_held.natural_person"
    assert extraction.cell(address).printed == "5"
    assert extraction.cell(address).status is Status.AS_PRINTED

"""Labels torn from their figures: what order, blanks and a list of zeros can't tell is flagged."""

from __future__ import annotations

import json

from eval.cases import load_case
from extractor import Status, extract
from extractor.layout.reading import Reader
from extractor.llm.scripted import ScriptedModel
from tests.integration.answering import read
from tests.integration.pages import LABELS, Page, document, figures, lines

TORN = load_case("shanghai-sci-2024")
BLANKS = "|  |  |  |  |  |  |  |\n|---|---|---|---|---|---|---|\n"


def page(*, zeros: bool, blank: bool = False) -> str:
    values = figures(zeros=zeros)
    if blank:
        values = {row: ["" if text == "0" else text for text in texts] for row, texts in values.items()}
    return lines(" | ", outer=True)(Page(values, with_groups=False)).replace("|(", "| (")


def statuses(body: str, row: str) -> set[Status]:
    (extraction,) = extract(document(body))
    return {cell.status for cell in extraction.cells if cell.address.startswith(f"requests.{row}.")}


def line_of(body: str, row: str) -> str:
    return next(line for line in body.splitlines(keepends=True) if LABELS[row] in line)


def test_a_row_of_blanks_keeps_its_own_slots() -> None:
    """A line of blanks below it is another row's, whose label was torn off."""
    body = page(zeros=False, blank=True)
    line = line_of(body, "refused.state_secret")
    text = document(body.replace(line, line + BLANKS)).decode()
    (extraction,) = extract(text.encode())
    cell = extraction.cell("requests.refused.state_secret.natural_person")
    place = text.index(line)
    assert cell.span is not None
    assert place < cell.span.start < place + len(line)


def test_a_row_of_blanks_below_a_label_needn_t_be_its_own() -> None:
    """The label of the next row may be lost, and these figures be that row's."""
    body = page(zeros=False, blank=True)
    torn = body.replace(line_of(body, "refused.state_secret"), f"{LABELS['refused.state_secret']}\n")
    torn = torn.replace(line_of(body, "refused.prohibited_by_law"), BLANKS)
    assert statuses(torn, "refused.state_secret") == {Status.DISPUTED}


def test_a_list_of_zeros_says_nothing_of_rows_torn_from_their_labels() -> None:
    """Which rows they are, it takes from the layout reading, which would then agree with itself."""
    everything = json.dumps({"rows": [], "zeros": list(range(1, 200))})
    extraction = read(TORN.text, ScriptedModel([everything] * 12), Reader.AUTO)
    torn = {cell.row for cell in TORN.cells if cell.torn}
    found = {cell.status for cell in extraction.cells if cell.address.rpartition(".")[0] in torn}
    assert found <= {Status.DISPUTED, Status.ABSENT}

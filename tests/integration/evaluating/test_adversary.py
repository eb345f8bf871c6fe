"""The adversary: every mutation changes its page, gold is what the page shows, wrong readers are caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from eval.adversary.documents import Adversarial, adversarial, drawn_page, mutated, unchanged_page
from eval.adversary.mutations import all_mutations, mutations_named
from eval.adversary.page import Medium, Page, grid_of, rows_of
from eval.adversary.registry import Mutation, Stage
from eval.commands import commands
from eval.report.adversary import is_silently_wrong, is_untold, mutation_lines, wrong_cells
from eval.runs import running
from eval.runs.running import Work, do
from eval.runs.suites import adversary_batches
from eval.scoring.run import Run, Setup
from eval.zoo.drawing import COLUMNS
from eval.zoo.tables import Rows, Shape, expanded
from extractor.documents.document import Document
from extractor.errors import SelectionError
from extractor.pipeline import extract
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from rules.confront import State
from tests.helpers.sweeps import times

ALL = all_mutations()
TRIES = 200
# Table 4 has so many lines where its header is merged.
MERGED_LINES = 4


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # no secret


def page_with(name: str, medium: Medium | None = None, shape: Shape | None = None) -> tuple[Page, Page]:
    """A page that a mutation was done to, and the same one without."""
    (mutation,) = mutations_named([name])
    own = medium or sorted(mutation.media)[-1]
    for seed in range(TRIES):
        changed, unchanged = (unchanged_page(seeded(seed), own) for _ in range(2))
        if shape is Shape.MERGED:
            if len(changed.wide()) < MERGED_LINES:
                continue
            changed.shape = unchanged.shape = shape
        if mutated(changed, [mutation], seeded(seed)):
            mutated(unchanged, [], seeded(seed))
            return changed, unchanged
    raise AssertionError(f"{name} never changed anything")


def shown(page: Page) -> tuple[object, ...]:
    """All that a page shows."""
    report = page.result()
    return report.before, report.beside, report.on_pages, report.sections, report.after


@pytest.mark.parametrize("mutation", ALL, ids=[one.name for one in ALL])
def test_every_mutation_changes_its_page_and_says_what_it_does(mutation: Mutation) -> None:
    changed, unchanged = page_with(mutation.name)
    assert shown(changed) != shown(unchanged)
    assert mutation.about.endswith(".")


def test_there_are_many_of_every_stage() -> None:
    assert len(ALL) >= 60
    assert {one.stage for one in ALL} == set(Stage)


def test_the_same_number_gives_the_same() -> None:
    numbers = [n for n in range(times(12, 40)) if drawn_page(n)[0].medium is not Medium.PDF]
    first, second = list(adversarial(numbers)), list(adversarial(numbers))
    # A Word file has the time in it.
    assert [content(one) for one in first] == [content(one) for one in second]


def content(page: Adversarial) -> tuple[object, ...]:
    data = page.data
    if page.medium is Medium.DOCX:
        with ZipFile(BytesIO(data)) as file:
            data = file.read("word/document.xml")
    return page.name, page.layout, page.edition, page.gold, data


def test_an_unknown_mutation_is_told() -> None:
    with pytest.raises(SelectionError, match="columns-leaves"):
        mutations_named(["columns-leafs"])


def test_a_grid_gives_back_its_rows() -> None:
    page = unchanged_page(seeded(3), Medium.HTML)
    for part, section in zip(page.parts, page.report.sections, strict=True):
        assert [rows_of(grid) for grid in part.grids] == section.tables
        assert [rows_of(grid_of(rows)) for rows in section.tables] == section.tables


# --- gold is what the page shows -------------------------------------------------------------------

# These leave every figure below the header word of its column and beside the label of its row.
FOLLOWED = (
    *("columns-leaves", "columns-group-first", "columns-total-first", "columns-scattered"),
    *("litigation-first", "direct-after-exchanged", "outcomes-exchanged"),
    *("column-last-year", "column-share", "column-number", "column-remark", "spacer-columns", "years-beside"),
    *("rows-exchanged", "groups-exchanged", "sub-row", "local-row", "row-doubled", "row-lost"),
)


def named_places(rows: Rows) -> Iterator[tuple[str, list[str], list[str]]]:
    """The address of every figure, the words above it and the words before it."""
    places = {place: cell for place, (cell, _) in expanded(rows).items()}
    for (row, column), cell in places.items():
        if cell.address is not None:
            above = [places[r, column] for r in range(row) if (r, column) in places]
            before = [places[row, c].text for c in range(column) if places[row, c].address is None]
            yield cell.address, [one.text for one in above if one.address is None], before


@pytest.mark.parametrize("name", FOLLOWED)
def test_gold_follows_the_words_beside_and_above(name: str) -> None:
    changed, _ = page_with(name, Medium.HTML, Shape.MERGED)
    columns = {a: column.label for a, (*_, column) in changed.form.places.items()}
    labels = {a: row.label for a, (_, _, row, _) in changed.form.places.items()}
    groups = {a: str(row.under) for a, (_, _, row, _) in changed.form.places.items()}
    for part in changed.parts:
        for address, above, before in (one for grid in part.grids for one in named_places(rows_of(grid))):
            if part.table == "requests":
                # An inserted row of figures may stand between.
                assert columns[address] in above[-3:] or not {"其他", "总计"}.isdisjoint(above), name
                assert any(word.endswith(labels[address]) for word in before), name
            elif part.table == "disputes":
                assert columns[address] in above, name
                assert labels[address] in above or groups[address] in above, name


def test_a_row_that_means_another_thing_is_not_on_the_page() -> None:
    changed, unchanged = page_with("label-stranger", Medium.ROWS)
    lost = {address.rpartition(".")[0] for address in unchanged.gold().keys() - changed.gold().keys()}
    assert len(lost) == 1


def test_two_labels_beside_one_row_leave_neither() -> None:
    changed, unchanged = page_with("two-labels", Medium.HTML)
    assert len(unchanged.gold()) - len(changed.gold()) == 2 * len(COLUMNS)


@pytest.mark.parametrize("name", ["struck-beside", "hidden-beside", "footnote-on-figure", "tiny-beside"])
def test_what_is_seen_stays_what_it_was(name: str) -> None:
    changed, unchanged = page_with(name, Medium.DOCX)
    assert changed.gold() == unchanged.gold()


@pytest.mark.parametrize("name", ["figure-image", "figure-input"])
def test_a_picture_or_a_control_is_unread(name: str) -> None:
    changed, unchanged = page_with(name)
    others = {a for a, cell in changed.gold().items() if cell != unchanged.gold()[a]}
    assert others
    assert {changed.gold()[address].state for address in others} == {State.UNREAD}


def test_a_hidden_row_is_not_on_the_page() -> None:
    changed, unchanged = page_with("row-hidden", Medium.HTML)
    assert len({a.rpartition(".")[0] for a in unchanged.gold().keys() - changed.gold().keys()}) == 1


@pytest.mark.parametrize("name", ["columns-unheaded", "header-lost", "column-unheaded"])
def test_columns_without_their_words_are_told_by_nothing(name: str) -> None:
    changed, unchanged = page_with(name, Medium.ROWS)
    assert {a: cell.printed for a, cell in changed.gold().items()} == {
        a: cell.printed for a, cell in unchanged.gold().items()
    }
    is_wide = any(not cell.is_on_page for a, cell in changed.gold().items() if a.startswith("disputes."))
    table = "disputes." if is_wide else "requests."
    assert not any(cell.is_on_page for a, cell in changed.gold().items() if a.startswith(table))


def test_a_blank_that_leaves_no_trace_opens_its_table() -> None:
    page = unchanged_page(seeded(1), Medium.LINES)
    figure = next(atom for atom in page.figures() if (atom.address or "").startswith("requests."))
    figure.text = ""
    told = {a for a, cell in page.gold().items() if cell.is_on_page}
    assert told
    assert not any(address.startswith("requests.") for address in told)


# --- readers ---------------------------------------------------------------------------------------


def by_order_alone(document: Document) -> tuple[Extraction, ...]:
    """A reader that takes the figures of a row in the form's order, whatever the header says."""
    (own,) = extract(document)
    cells = []
    for cell in own.cells:
        row, _, column = cell.address.rpartition(".")
        if row.startswith("requests."):
            beside = [one for one in own.cells if one.address.rpartition(".")[0] == row]
            placed = sorted(
                (one for one in beside if one.span is not None), key=lambda one: one.span or (0, 0)
            )
            if len(placed) == len(COLUMNS):
                source = placed[COLUMNS.index(column)]
                cells.append(replace(source, address=cell.address, status=Status.CONFIRMED))
                continue
        cells.append(cell)
    return (own.model_copy(update={"cells": tuple(cells)}),)


def run_of(count: int, *only: str) -> Run:
    done = [do(Work(batch, Setup(), None)) for batch in adversary_batches(count, 0, only)]
    return Run({"setups": []}, done[0].orders, [result for one in done for result in one.results])


def test_a_reader_that_ignores_the_header_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_silently_wrong(run_of(6, "columns-group-first"))
    monkeypatch.setattr(running, "extract", by_order_alone)
    run = run_of(6, "columns-group-first")
    assert is_silently_wrong(run)
    assert sum(len(wrong_cells(run, result)) for result in run.results) > 300
    lines = list(mutation_lines(run, show=1))
    assert any(line.startswith("columns-group-first") for line in lines)
    assert any("confirmed" in line and line.startswith("adversary-") for line in lines)


def test_what_nobody_can_tell_is_counted_apart_unless_it_is_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = run_of(10, "columns-unheaded")
    wrong = [cell for result in run.results for cell in wrong_cells(run, result)]
    assert wrong
    assert all(is_untold(cell) for cell in wrong)
    monkeypatch.setattr(running, "extract", by_order_alone)
    run = run_of(10, "columns-unheaded")
    confirmed = [cell for result in run.results for cell in wrong_cells(run, result)]
    assert any(not is_untold(cell) for cell in confirmed)


def test_the_command_reads_tells_and_draws(tmp_path: Path) -> None:
    arguments = ["adversary", "--count", "3", "--jobs", "1", "--only", "rows-exchanged", "--lang", "en"]
    done = CliRunner().invoke(commands, [*arguments, "-o", str(tmp_path / "run")], catch_exceptions=False)
    assert done.exit_code == 0
    assert "rows-exchanged" in done.stdout
    again = CliRunner().invoke(commands, [*arguments, "-o", str(tmp_path / "run")], catch_exceptions=False)
    assert again.stdout == done.stdout
    drawn = ["adversary", "--draw", "2", "--only", "rows-exchanged", "-o", str(tmp_path / "drawn")]
    assert CliRunner().invoke(commands, drawn, catch_exceptions=False).exit_code == 0
    assert {path.name.partition(".")[0] for path in (tmp_path / "drawn").iterdir()} == {"adversary-2"}
    wrong = CliRunner().invoke(commands, ["adversary", "--only", "nothing"])
    assert wrong.exit_code == 2

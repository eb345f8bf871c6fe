"""The zoo of layouts: its documents are what their gold says, and one of each is read right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image

from eval.report.results import RESULTS
from eval.runs.running import Work, do
from eval.runs.suites import Batch, batches, items, left_out
from eval.scoring.run import Run, Setup
from eval.scoring.totals import Totals, everything
from eval.zoo import LAYOUTS, GoldCell, Kind, Layout, ZooDocument, documents, missing
from eval.zoo.captures import FAX, PHOTOGRAPH, SCREENSHOT, SCRIBBLE, STAMP
from eval.zoo.drawing import contradictions
from eval.zoo.generation import HEADINGS
from eval.zoo.gold import Line, ambiguous
from extractor.errors import SelectionError
from extractor.result.cells import Status
from tests.helpers.stated import block_of
from tests.helpers.sweeps import times

# Of one of them, labels on the second page stand apart from their figures, and are left open.
LEAST_RIGHT = {Layout.OFD_PLAIN: 0.9}
# Pictures take long to read, and office files to write: `gongkai eval` measures them, and one is read here.
SLOW = (Kind.SCAN, Kind.PICTURE, Kind.OFFICE)
READ = [*(one for one in Layout if one.kind not in SLOW), Layout.OFFICE_ODT]
layouts = pytest.mark.parametrize("layout", READ)
written = pytest.mark.parametrize("layout", [one for one in Layout if not LAYOUTS[one].needs])
WITH_LOSSES = (Layout.TEXT_TORN, Layout.TEXT_SHIFTED, Layout.TEXT_HEADER_LOST, Layout.HTML_HEADER_LOST)


def made(layout: Layout, count: int, seed: int = 1) -> list[ZooDocument]:
    if reason := missing(LAYOUTS[layout].needs):
        pytest.skip(reason)
    return list(documents(layout, seed, count))


def read(layout: Layout, count: int, seed: int = 1, first: int = 0) -> tuple[Totals, Run]:
    if reason := missing(LAYOUTS[layout].needs):
        pytest.skip(reason)
    done = do(Work(Batch("zoo", layout, seed, first, count), Setup(), None))
    run = Run({"setups": []}, done.orders, done.results)
    return everything(run), run


# --- one of each -----------------------------------------------------------------------------------


@layouts
def test_one_of_each_is_read_right(layout: Layout) -> None:
    total, run = read(layout, times(3 if layout in LEAST_RIGHT else 1, 5))
    assert (total.silent, total.unflagged) == (0, 0)
    assert total.share_right > LEAST_RIGHT.get(layout, 0.98)
    assert not [one.error for one in run.results if one.error]


def test_a_label_cut_where_each_part_is_one_is_put_together() -> None:
    """2.其他, which can name a column, and 法律行政法规禁止公开: its blanks were once confirmed."""
    (document,) = documents(Layout.TEXT_LABELS_CUT, 0, 1, first=165)
    assert "|2.其他|7|0|0|0|10333|0|10340|\n|||法律行政法规禁止公开||" in document.data.decode()
    total, run = read(Layout.TEXT_LABELS_CUT, 1, seed=0, first=165)
    assert (total.silent, total.share_right, run.results[0].misses) == (0, 1, ())


# --- the documents ---------------------------------------------------------------------------------


def number(gold: GoldCell) -> Decimal:
    """A printed figure, read by nothing of the program's."""
    digits = re.sub(r"[^\d.]", "", gold.printed) or "0"
    return Decimal(digits)


@written
def test_what_is_printed_adds_up(layout: Layout) -> None:
    for document in made(layout, 4):
        if layout not in WITH_LOSSES:
            cells = {a: number(cell) for a, cell in document.gold.items() if not a.startswith("disclosure.")}
            lost = any(not cell.is_recoverable for cell in document.gold.values())
            assert lost or not contradictions(cells), document.name


@pytest.mark.parametrize("layout", [one for one in Layout if one.kind in (Kind.TEXT, Kind.HTML)])
def test_what_is_printed_is_in_the_file(layout: Layout) -> None:
    for document in made(layout, 3):
        text = document.data.decode("gb18030" if "gbk" in layout else "utf-8")
        for address, cell in document.gold.items():
            if isinstance(cell.place, int):
                assert text[cell.place : cell.place + len(cell.printed)] == cell.printed, address
            elif cell.is_recoverable:
                assert cell.printed in text, address


@written
def test_the_same_seed_gives_the_same_document(layout: Layout) -> None:
    first = made(layout, 2)
    (again,) = documents(layout, 1, 1, first=1)
    assert (again.name, again.gold) == (first[1].name, first[1].gold)
    if layout.kind is not Kind.WORD:
        # A Word file holds the time at which it was made.
        assert again.data == first[1].data
    assert first[0].data != first[1].data


def test_pictures_of_every_kind_are_taken_of_the_same_print() -> None:
    page = Image.new("L", (300, 400), 255)
    page.paste(0, (50, 100, 250, 104))
    for capture in (PHOTOGRAPH, FAX, STAMP, SCRIBBLE, SCREENSHOT):
        taken = capture.take(page, capture.scanner, 1)
        assert taken.tobytes() == capture.take(page, capture.scanner, 1).tobytes() != page.tobytes()
    assert FAX.take(page, FAX.scanner, 1).mode == "1"
    red, green, _ = STAMP.take(page, STAMP.scanner, 1).split()
    assert any(r > 150 > 110 > g for r, g in zip(red.tobytes(), green.tobytes(), strict=True))


@pytest.mark.parametrize("layout", WITH_LOSSES)
def test_what_is_lost_is_said_to_be_lost(layout: Layout) -> None:
    shares = [one.is_recoverable for document in made(layout, 30) for one in document.gold.values()]
    assert 0.5 < sum(shares) / len(shares) < 1


def test_rows_that_may_be_one_with_a_line_of_figures_without_a_label_are_said_to_be_lost() -> None:
    lines = [
        Line("above", frozenset(), has_label=True),
        Line("lost", frozenset({0, 1, 2, 6}), has_label=False),
        Line("blanks", frozenset(), has_label=False),
        Line("below", frozenset({1, 2}), has_label=True),
        Line("beyond", frozenset(), has_label=True),
    ]
    assert ambiguous(lines, 7) == {"above", "below"}
    for shared, expected in (({1, 2, 6}, {"above", "below"}), ({0, 1, 2, 6}, {"below"})):
        filled = frozenset(shared)
        both = [line._replace(filled=filled) if line.row == "above" else line for line in lines]
        assert ambiguous(both, 7) == expected


def has_label(line: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]{2}", line) is not None


def filled(line: str) -> set[int]:
    """In which of the last seven cells something is printed."""
    return {i for i, cell in enumerate(line.split("|")[-8:-1]) if cell.strip()}


def test_which_rows_of_torn_pages_are_lost_can_be_seen_on_the_page() -> None:
    """Of the rows with a label: those that share few columns with figures without one beside them."""
    seen = set()
    for document in made(Layout.TEXT_TORN, 60):
        text = document.data.decode()
        table = text[: text.index(HEADINGS["disputes"])]
        known = {cell.place: cell.is_recoverable for a, cell in document.gold.items() if "requests." in a}
        found = re.finditer(r"^(\|[^|\n]*){8,}$", table, re.MULTILINE)
        lines = [(one.start(), one[0]) for one in found if re.search(r"[^-| ]", one[0])]
        lines = lines[next(i for i, (_, line) in enumerate(lines) if "自然人" in line) :]
        for (_, above), (start, line), (_, below) in zip(
            lines, lines[1:], [*lines[2:], (0, "标签")], strict=False
        ):
            if has_label(line):
                beside = [other for other in (above, below) if not has_label(other)]
                is_lost = any(len(filled(line) & filled(other)) < 4 for other in beside)
                own = {known[place] for place in range(start, start + len(line)) if place in known}
                assert own == {not is_lost}, (document.name, line)
                seen.add((bool(beside), is_lost))
    assert seen == {(False, False), (True, False), (True, True)}


@written
def test_both_forms_are_there(layout: Layout) -> None:
    drawn = (document.edition for document in documents(layout, 1, 12))
    first = next(drawn)
    assert {first, next(edition for edition in drawn if edition != first)} == {"2019", "2021"}


# --- the score -------------------------------------------------------------------------------------


def test_a_reading_that_is_wrong_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A score that can't fall would show nothing: every figure is held against the one of the next column."""
    others = [replace(one, gold=shifted(one.gold)) for one in made(Layout.HTML_MERGED, 6)]
    monkeypatch.setattr("eval.runs.suites.documents", lambda *_: others)
    total, _ = read(Layout.HTML_MERGED, 6)
    assert total.unflagged > 500
    assert total.silent > 0


def shifted(gold: Mapping[str, GoldCell]) -> dict[str, GoldCell]:
    """Every cell as the next one of its row, the last one as the first."""
    rows: dict[str, list[str]] = {}
    for address in gold:
        rows.setdefault(address.rpartition(".")[0], []).append(address)
    return {a: gold[b] for row in rows.values() for a, b in zip(row, [*row[1:], row[0]], strict=True)}


def test_a_figure_from_another_place_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is the same: a zero of the row above."""
    (document,) = made(Layout.HTML_MERGED, 1)
    address = next(a for a, cell in document.gold.items() if cell.printed == "0")
    row, column = document.gold[address].place  # type: ignore[misc]
    moved = {**document.gold, address: GoldCell("0", (row - 1, column))}
    other = ZooDocument(document.name, document.data, moved, document.layout, document.edition)
    monkeypatch.setattr("eval.runs.suites.documents", lambda *_: [other])
    total, run = read(Layout.HTML_MERGED, 1)
    assert [one.address for one in run.results[0].misses] == [address]
    assert total.unflagged == 1


def test_what_cannot_be_read_counts_as_omitted(monkeypatch: pytest.MonkeyPatch) -> None:
    (document,) = made(Layout.HTML_MERGED, 1)
    other = ZooDocument("x", b"<html>", document.gold, document.layout, document.edition)
    monkeypatch.setattr("eval.runs.suites.documents", lambda *_: [other])
    total, run = read(Layout.HTML_MERGED, 1)
    assert (total.right, total.statuses) == (0, {Status.ABSENT: len(document.gold)})
    assert (run.results[0].verdict, total.unflagged) == ("unread", 0)
    assert run.results[0].error


# --- the suites ------------------------------------------------------------------------------------


def test_a_layout_is_a_suite_and_its_turn_comes_with_every_part() -> None:
    parts = batches(["zoo:text-tabs"], seed=7, limit=30, is_full=False)
    assert parts == [
        Batch("zoo:text-tabs", "text-tabs", 7, 0, 25),
        Batch("zoo:text-tabs", "text-tabs", 7, 25, 5),
    ]
    assert [one.name for one in items(parts[1])] == list(parts[1].names)
    turns = [one.layout for one in batches(["zoo"], seed=0, limit=30, is_full=False)]
    turns = [layout for layout in turns if not LAYOUTS[Layout(layout)].needs]
    assert turns[: len(turns) // 2] == turns[len(turns) // 2 :]


@pytest.mark.parametrize(
    ("limit", "is_full", "count"),
    [(None, False, 200), (None, True, 2000), (30, False, 30), (300, False, 200), (300, True, 300)],
)
def test_how_many_are_drawn_and_how_many_there_are(limit: int | None, *, is_full: bool, count: int) -> None:
    own = batches(["zoo:word-merged"], seed=0, limit=limit, is_full=is_full)
    assert sum(one.size for one in own) == count


def test_what_takes_long_is_drawn_only_where_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.runs.suites.missing", lambda _: "")
    drawn = {one.layout for one in batches(["zoo"], seed=0, limit=None, is_full=False)}
    slow = {layout for layout in Layout if LAYOUTS[layout].kind in (Kind.OFFICE, Kind.SCAN, Kind.PICTURE)}
    assert drawn == set(Layout) - slow
    for layout in slow:
        assert sum(one.size for one in batches([f"zoo:{layout}"], seed=0, limit=None, is_full=False)) == 5


def test_layouts_whose_programs_are_missing_are_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.zoo.programs.path_of", lambda _: None)
    told = dict(left_out(["zoo"]))
    assert told[Layout.PDF_BROWSER].startswith("chromium, chromedriver, a Chinese font not installed")
    assert {one.layout for one in batches(["zoo"], seed=0, limit=1, is_full=False)} == {
        layout for layout in Layout if not LAYOUTS[layout].needs
    }
    assert batches(["zoo:doc"], seed=0, limit=1, is_full=False) == []


def test_a_layout_that_is_not_there_is_told() -> None:
    with pytest.raises(SelectionError):
        batches(["zoo:text-nonsense"], seed=0, limit=1, is_full=False)


# --- the figures in docs/results.md ----------------------------------------------------------------


# Of other layouts 99.9 %; of these more is left open than a person would leave, as docs/results.md says.
LEAST_STATED = {
    "text: figures torn from labels": 95.0,
    "text: shifted rows": 99.8,
    "HTML: shifted rows": 99.8,
    "text: figures in lists": 99.0,
    "OFD: OFD, no lines": 95.0,
}


def test_the_stated_figures_keep_the_promise() -> None:
    layouts_of_table = block_of(RESULTS.read_text(encoding="utf-8")).split("\n\n")[1].splitlines()[2:]
    assert layouts_of_table
    for line in layouts_of_table:
        title, _, right, *_, confirmed, _ = (cell.strip() for cell in line.strip("|").split("|"))
        assert confirmed == "0", title
        # Much of pictures is left open, and docs/results.md says so.
        least = 0.0 if title.startswith(("scan: ", "picture: ")) else LEAST_STATED.get(title, 99.9)
        assert float(right.removesuffix(" %")) >= least, title

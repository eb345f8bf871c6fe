"""The zoo of layouts: its documents are what their gold says, and a handful of each is read right."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from eval.drawing import contradictions
from eval.zoo import LAYOUTS, Kind, Layout, Score, ZooDocument, documents, missing, score
from eval.zoo.__main__ import main
from eval.zoo.gold import GoldCell
from eval.zoo.running import Part, parts_of, run
from eval.zoo.telling import READMES, is_good, markdown, row, with_table
from extractor import Status
from extractor.layout.fitting import Fit, fit

ROOT = Path(__file__).parent.parent.parent
HANDFUL = {Kind.TEXT: 6, Kind.HTML: 6, Kind.WORD: 3, Kind.OFFICE: 1, Kind.PDF: 1, Kind.SCAN: 1}
# Where too much is left open as yet; that nothing wrong is confirmed holds for them, too.
FALL_SHORT = (
    Layout.TEXT_PIPE_AFTER,
    Layout.PDF_BROWSER_PLAIN,
    Layout.PDF_BROWSER_BREAKS,
    Layout.PDF_OFFICE_PLAIN,
    Layout.PDF_OFFICE_BREAKS,
    Layout.SCAN_150,
    Layout.SCAN_200,
)
layouts = pytest.mark.parametrize("layout", Layout)
written = pytest.mark.parametrize("layout", [one for one in Layout if not LAYOUTS[one].needs])
WITH_LOSSES = (Layout.TEXT_TORN, Layout.TEXT_SHIFTED, Layout.TEXT_HEADER_LOST, Layout.HTML_HEADER_LOST)


def made(layout: Layout, count: int, seed: int = 1) -> list[ZooDocument]:
    if reason := missing(LAYOUTS[layout].needs):
        pytest.skip(reason)
    return list(documents(layout, seed, count))


# --- a handful of each -----------------------------------------------------------------------------


@layouts
def test_a_handful_is_read_right(layout: Layout) -> None:
    total = Score()
    for document in made(layout, HANDFUL[layout.kind]):
        total.add(score(document))
    assert not total.wrong[Status.CONFIRMED]
    if layout not in FALL_SHORT:
        assert not total.wrong
        assert total.share_right > 0.99
        assert total.unread == 0


# --- the documents ---------------------------------------------------------------------------------


def number(gold: GoldCell) -> Decimal:
    """A printed figure, read by nothing of the program's."""
    digits = re.sub(r"[^\d.]", "", gold.printed) or "0"
    return Decimal(digits)


@written
def test_what_is_printed_adds_up(layout: Layout) -> None:
    for document in made(layout, 12):
        if layout not in WITH_LOSSES:
            cells = {a: number(cell) for a, cell in document.gold.items() if not a.startswith("disclosure.")}
            lost = any(not cell.is_recoverable for cell in document.gold.values())
            assert lost or not contradictions(cells), document.name


@written
def test_what_is_printed_is_in_the_file(layout: Layout) -> None:
    if layout.kind not in (Kind.TEXT, Kind.HTML):
        pytest.skip("only what can be read as it is")
    for document in made(layout, 12):
        text = document.data.decode("gb18030" if "gbk" in layout else "utf-8")
        for address, cell in document.gold.items():
            if isinstance(cell.place, int):
                assert text[cell.place : cell.place + len(cell.printed)] == cell.printed, address
            elif cell.is_recoverable:
                assert cell.printed in text, address


@written
def test_the_same_seed_gives_the_same_document(layout: Layout) -> None:
    first = made(layout, 3)
    assert [(one.name, one.gold) for one in first] == [(one.name, one.gold) for one in made(layout, 3)]
    (again,) = documents(layout, 1, 1, first=2)
    assert (again.name, again.gold) == (first[2].name, first[2].gold)
    if layout.kind is not Kind.WORD:
        # A Word file holds the time at which it was made.
        assert again.data == first[2].data
    assert len({one.data for one in first}) == 3


@pytest.mark.parametrize("layout", WITH_LOSSES)
def test_what_is_lost_is_said_to_be_lost(layout: Layout) -> None:
    shares = [one.is_recoverable for document in made(layout, 30) for one in document.gold.values()]
    assert 0.5 < sum(shares) / len(shares) < 1


@written
def test_both_forms_are_there(layout: Layout) -> None:
    assert {document.edition for document in made(layout, 12)} == {"2019", "2021"}


# --- the score -------------------------------------------------------------------------------------


def test_a_reader_that_is_wrong_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A score that can't fall would show nothing."""

    def shifted(*arguments: object) -> Fit | None:
        found = fit(*arguments)  # type: ignore[arg-type]
        return found and Fit((*found.slots[1:], found.slots[0]), sure=True)

    monkeypatch.setattr("extractor.layout.placement.fit", shifted)
    total = Score()
    for document in made(Layout.HTML_MERGED, 6):
        total.add(score(document))
    assert total.wrong.total() > 500
    assert total.wrong[Status.CONFIRMED] > 0
    assert not is_good(total)


def test_a_figure_from_another_place_is_wrong() -> None:
    """Though it is the same: a zero of the row above."""
    (document,) = made(Layout.HTML_MERGED, 1)
    address = next(a for a, cell in document.gold.items() if cell.printed == "0")
    row_, column = document.gold[address].place  # type: ignore[misc]
    moved = {**document.gold, address: GoldCell("0", (row_ - 1, column))}
    result = score(ZooDocument(document.name, document.data, moved, document.layout, document.edition))
    assert [one.address for one in result.mistakes] == [address]
    assert result.wrong.total() == 1


def test_what_cannot_be_read_counts_as_left_open() -> None:
    (document,) = made(Layout.HTML_MERGED, 1)
    result = score(ZooDocument("x", b"<html>", document.gold, document.layout, document.edition))
    assert (result.unread, result.right, result.disputed) == (1, 0, len(document.gold))
    assert not result.wrong


# --- the program -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("eval.zoo.running.FOLDER", tmp_path)
    return tmp_path


def test_a_run_goes_on_where_it_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = list(parts_of([(Layout.TEXT_TABS, 30), (Layout.TEXT_PIPES, 10)], 0))
    assert [(one.layout, one.first, one.size) for one in parts] == [
        (Layout.TEXT_TABS, 0, 25),
        (Layout.TEXT_PIPES, 0, 10),
        (Layout.TEXT_TABS, 25, 5),
    ]
    first = dict(run(parts[:1], 1))
    (kept,) = folder.iterdir()
    kept.write_text(kept.read_text(encoding="utf-8") + '[["text-pipes", 0,', encoding="utf-8")
    assert len(dict(run(parts, 2))) == 3
    # Now nothing is left to do; a worker would fail.
    monkeypatch.setattr("eval.zoo.running.get_context", None)
    again = dict(run(parts, 2))
    assert again[parts[0]] == first[parts[0]]
    assert sum(own.documents for own in again.values()) == 40


@pytest.mark.usefixtures("folder")
def test_the_program_prints_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.zoo.programs.path_of", lambda _: None)
    arguments = ["--layout", "text-tabs", "--layout", "pdf-browser", "--count", "2", "--jobs", "1"]
    monkeypatch.setattr("sys.argv", ["zoo", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    output = capsys.readouterr()
    assert ended.value.code == 0
    assert "text: tabs" in output.out
    assert "pdf-browser is left out: chromium, chromedriver, a Chinese font not installed" in output.err


def test_a_part_is_of_one_layout_and_seed() -> None:
    assert list(parts_of([(Layout.TEXT_TABS, 1)], 7)) == [Part(Layout.TEXT_TABS, 7, 0, 1)]


# --- the table in the READMEs ----------------------------------------------------------------------


def table(readme: str) -> list[list[str]]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    block = text.partition("<!-- zoo -->\n")[2].partition("<!-- /zoo -->")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()][2:]


def test_the_readmes_name_the_same_layouts_and_figures() -> None:
    english, chinese = (table(readme) for readme in READMES)
    nothing = Score(documents=1)
    for rows, language in ((english, "en"), (chinese, "zh")):
        titles = [row(layout, nothing, language)[0] for layout in Layout]  # type: ignore[arg-type]
        assert rows
        assert [one[0] for one in rows] == [title for title in titles if title in {one[0] for one in rows}]
    assert [one[1:] for one in english] == [one[1:] for one in chinese]


def test_the_figures_in_the_readmes_keep_the_promise() -> None:
    short = {row(layout, Score(documents=1), "en")[0] for layout in FALL_SHORT}
    for title, _, right, *_, confirmed, _ in table("README.md"):
        assert confirmed == "0", title
        assert float(right.removesuffix(" %")) >= 99.9 or title in short, title


def test_a_table_takes_the_place_of_the_one_before() -> None:
    scores = {Layout.TEXT_TABS: Score(documents=2, cells=9, on_page=9, right=8, disputed=1, verified=1)}
    text = with_table("a\n<!-- zoo -->\nold\n<!-- /zoo -->\nb\n", scores, "en")
    assert text == f"a\n<!-- zoo -->\n{markdown(scores, 'en')}<!-- /zoo -->\nb\n"
    assert "| text: tabs | 2 | 88.889 % | 50.000 % | 11.111 % | 0 | 0 |" in text

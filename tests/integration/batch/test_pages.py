"""A batch's pages to look at: the workbook leads to them, and they are made again only of what changed."""

from __future__ import annotations

from pathlib import Path
from shutil import move

import openpyxl

from eval.gold.cases import load_case
from extractor.batch.file_results import results_of
from extractor.batch.files import FileToRead
from extractor.batch.outcome import Limits
from extractor.batch.result_folder import ResultFolder
from extractor.batch.run import BatchRun, Plan
from extractor.decisions.kept import add
from extractor.decisions.record import digest_of
from extractor.review.batch_pages import PagePlan, write_batch_pages
from tests.helpers.batches import RIGHT, batch, result_bytes
from tests.helpers.deciding import decision

TORN = load_case("shanghai-sci-2024").path


def make_pile(folder: Path) -> None:
    """A report that is right, and one that a person should look at, whose name is no address as it is."""
    folder.mkdir()
    (folder / "right.txt").write_bytes(RIGHT.read_bytes())
    (folder / "科委 #1 100%.txt").write_bytes(TORN.read_bytes())


def links(book: Path, sheet: str) -> dict[str, set[str]]:
    """By what a sheet calls each report, the addresses that its rows lead to."""
    found: dict[str, set[str]] = {}
    for row in openpyxl.load_workbook(book)[sheet].iter_rows(min_row=2):
        for entry in row:
            if entry.hyperlink is not None:
                target = str(entry.hyperlink.target).replace("\\", "/")
                found.setdefault(str(row[2].value), set()).add(target)
    return found


def test_the_workbook_leads_to_a_page_of_each_report_to_look_at(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile")
    ended = batch("pile", "-o", "out", "--review", folder=tmp_path)
    assert (ended.code, ended.err.splitlines()[-1]) == (
        0,
        "1 report to look at, each with its page: out/review.html",
    )
    # Whoever gets the folder can follow them.
    sent = Path(move(tmp_path / "out", tmp_path / "sent"))
    torn = "pile/科委 #1 100%.txt"
    (page,) = links(sent / "panel.xlsx", "What to look at").pop(torn)
    assert links(sent / "panel.xlsx", "Reports") == {
        "pile/right.txt": {"../pile/right.txt"},
        torn: {page, "../pile/科委%20%231%20100%25.txt"},
    }
    text = (sent / page).read_text(encoding="utf-8")
    assert "上海市科委" in text
    assert 'href="../review.html"' in text
    assert page in (sent / "review.html").read_text(encoding="utf-8")
    assert [path.name for path in (sent / "review-pages").glob("*.html")] == [Path(page).name]

    move(sent, tmp_path / "out")
    batch("pile", "-o", "out", folder=tmp_path)
    assert links(tmp_path / "out/panel.xlsx", "What to look at") == {
        torn: {"../pile/科委%20%231%20100%25.txt"}
    }


def test_only_pages_of_what_changed_are_made_again(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    # In the order of their names.
    kept, decided, lost = (tmp_path / f"pile/{name}.txt" for name in "abc")
    for path, organ in ((kept, "上海市科委"), (decided, "上海市教委"), (lost, "上海市交委")):
        path.write_bytes(TORN.read_bytes().replace("上海市科委".encode(), organ.encode()))

    def pages() -> dict[str, tuple[int, int]]:
        assert batch("pile", "-o", "out", "--review", folder=tmp_path).code == 0
        states = {path: path.stat() for path in (tmp_path / "out/review-pages").glob("*.html")}
        return {path.name: (state.st_ino, state.st_mtime_ns) for path, state in states.items()}

    first = pages()
    assert len(first) == 3
    before = result_bytes(tmp_path / "out")
    assert pages() == first
    assert result_bytes(tmp_path / "out") == before

    names = links(tmp_path / "out/panel.xlsx", "What to look at")
    (of_kept,), (of_decided,), (of_lost,) = (names[f"pile/{name}.txt"] for name in "abc")
    made = decision("disputes.reconsideration.upheld", source=digest_of(decided.read_bytes()))
    add(decided, [made])
    # As if a run had ended before that page was there.
    (tmp_path / "out" / of_lost).unlink()
    second = pages()
    assert {name for name in second if second[name] != first[name]} == {
        Path(of_decided).name,
        Path(of_lost).name,
    }
    assert Path(of_kept).name in second
    assert made.id in (tmp_path / "out" / of_decided).read_text(encoding="utf-8")


def test_a_file_that_has_changed_since_it_was_read_gets_no_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TORN.read_bytes())
    out, limits = tmp_path / "out", Limits(60, 2000)
    with BatchRun([FileToRead(str(path))], ResultFolder(str(out)), Plan(1, limits)) as run:
        run.read(lambda: None)
        results = list(results_of(run.files, run.journal))
        path.write_bytes(TORN.read_bytes() + b"\n")
        pages = write_batch_pages(
            out, results, run.journal, PagePlan(1, limits, (), (), "en"), lambda *_: None
        )
    assert pages.addresses == {}
    (failure,) = pages.failures
    assert failure.message.en == f"{path} has changed since it was read; run the same command again"


def test_a_page_shows_no_other_files_content(tmp_path: Path) -> None:
    """A file that has become another's, of which pages are made, too, is told from it."""
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_bytes(TORN.read_bytes())
    other.write_bytes(TORN.read_bytes() + b"\n")
    out, limits = tmp_path / "out", Limits(60, 2000)
    with BatchRun(
        [FileToRead(str(one)), FileToRead(str(other))], ResultFolder(str(out)), Plan(1, limits)
    ) as run:
        run.read(lambda: None)
        results = list(results_of(run.files, run.journal))
        one.write_bytes(other.read_bytes())
        plan = PagePlan(1, limits, (), (), "en")
        pages = write_batch_pages(out, results, run.journal, plan, lambda *_: None)
    assert list(pages.addresses) == [str(other)]
    assert [failure.message.en.partition(" ")[0] for failure in pages.failures] == [str(one)]


def test_parts_have_their_pages_when_they_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "torn.txt").write_bytes(TORN.read_bytes())
    refused = batch("torn.txt", "-o", "out", "--review", "--shard", "1/2", folder=tmp_path)
    assert refused.code == 2
    assert "gongkai batch merge" in refused.err
    for part in ("1/2", "2/2"):
        assert batch("torn.txt", "-o", "parts", "--shard", part, folder=tmp_path).code == 0
    ended = batch("merge", "parts", "-o", "merged", "--review", folder=tmp_path)
    assert ended.code == 0, ended.err
    (page,) = links(tmp_path / "merged/panel.xlsx", "What to look at")["torn.txt"]
    assert (tmp_path / "merged" / page).exists()

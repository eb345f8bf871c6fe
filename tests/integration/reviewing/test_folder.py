"""A folder of reports becomes a list, what to look at first, and a page each; it goes on where it stopped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import extractor.review.writing as writing
from extractor.commands.app import app
from extractor.decisions.kept import add
from extractor.decisions.record import digest_of
from extractor.review.listing import Entry, listing
from rules.words import Bilingual
from tests.helpers.deciding import decision
from tests.helpers.import_graph import ROOT

CASES = ROOT / "eval" / "cases"
RIGHT = CASES / "longting-2023" / "longting-2023.txt"
TORN = CASES / "shanghai-sci-2024" / "shanghai-sci-2024.txt"
WRONG = CASES / "shanghai-office-2019" / "shanghai-office-2019.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of each verdict, a file that is none, and one in a folder below."""
    made = tmp_path / "reports"
    (made / "区").mkdir(parents=True)
    for report in (RIGHT, TORN):
        (made / report.name).write_bytes(report.read_bytes())
    (made / "区" / WRONG.name).write_bytes(WRONG.read_bytes())
    (made / "信.txt").write_text("您好，附件请查收。", encoding="utf-8")
    (made / ".hidden.txt").write_bytes(RIGHT.read_bytes())
    return made


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments), "--lang", "zh"])
    return result.exit_code, result.output


def sources(page: Path) -> list[str]:
    """What the list has, in its order, with the pages that it leads to."""
    text = page.read_text(encoding="utf-8")
    for link in re.findall('<a href="([^"]+)"', text):
        assert (page.parent / link).is_file(), link
    rows = re.findall('<tr><th scope="row">(.*?)</th>', text, re.S)
    return [re.sub("<[^>]+>", " ", row).split()[-1] for row in rows]


def test_a_list_has_what_to_look_at_first(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "list.html"
    status, told = run("review", folder, "-o", page)
    assert status == 2
    assert "3 份报告，1 个文件无法读取" in told
    assert sources(page) == [TORN.name, "信.txt", f"区/{WRONG.name}", RIGHT.name]


def test_pages_of_files_that_are_the_same_are_left_and_others_made_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, read = tmp_path / "list.html", list[str]()
    original = writing.Reviewing.read

    def counted(self: writing.Reviewing, file: Path) -> writing.ReviewedFile:
        read.append(file.name)
        return original(self, file)

    monkeypatch.setattr(writing.Reviewing, "read", counted)
    run("review", folder, "-o", page)
    assert sorted(read) == sorted([TORN.name, "信.txt", WRONG.name, RIGHT.name])
    first = page.read_bytes()
    read.clear()
    run("review", folder, "-o", page)
    assert read == ["信.txt"]
    assert page.read_bytes() == first
    # Broken off while a line was written; a page gone; decisions made.
    kept = tmp_path / "list-pages" / "written.jsonl"
    lines = kept.read_text(encoding="utf-8").splitlines()
    kept.write_text("\n".join([lines[0][:50], *lines[1:]]), encoding="utf-8")
    torn = folder / TORN.name
    add(torn, [decision("requests.received.total", source=digest_of(torn.read_bytes()), read="34")])
    read.clear()
    run("review", folder, "-o", page)
    assert len(read) == 3
    assert TORN.name in read


def test_a_report_among_others_is_never_written_over(folder: Path) -> None:
    report = folder / RIGHT.name
    status, told = run("review", report, "-o", report)
    assert status == 2
    assert "就是要读取的报告" in told
    assert report.read_bytes() == RIGHT.read_bytes()


def test_several_reports_in_a_file_are_listed(tmp_path: Path) -> None:
    both = tmp_path / "both.txt"
    other = CASES / "yiyuan-2023" / "yiyuan-2023.txt"
    both.write_bytes(RIGHT.read_bytes() + b"\n\n" + other.read_bytes())
    page = tmp_path / "list.html"
    assert run("review", both, "-o", page)[0] == 0
    assert sorted(sources(page)) == ["both.txt#1", "both.txt#2"]


def test_a_list_of_a_thousand_reports_is_small() -> None:
    zh, en = "“总计”一列的办理结果总计为805，相差805。" * 3, "Column total: 805, a difference. " * 6
    message = Bilingual(zh=zh, en=en)
    usual = Entry(
        source="", organ="某县人民政府办公室", year="2023", verdict="source_error", open=3, message=message
    )
    entries = [
        usual.model_copy(
            update={"source": f"省/市/县{number}/报告.pdf", "page": f"list-pages/{number:016x}.html"}
        )
        for number in range(1000)
    ]
    assert len(listing(entries, "reports", "zh").encode()) <= 2_000_000


@pytest.mark.parametrize("arguments", [(), ("--serve", "-o", "x.html")])
def test_a_page_is_written_or_served(folder: Path, arguments: tuple[str, ...]) -> None:
    status, told = run("review", folder / RIGHT.name, *arguments)
    assert status == 2
    assert "--serve" in told
    status, told = run("review", folder, "--previous", folder / RIGHT.name, "-o", "x.html")
    assert status == 2
    assert "一份报告" in told

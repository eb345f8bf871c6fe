"""Files made to cost time or memory: each costs little, or is refused. Seconds are of this process's CPU."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import pytest
from PIL import Image

from eval.gold.cases import load_case
from extractor import Extraction, TooLargeError, UnreadableError, extract
from extractor.documents import source
from extractor.platforms.here import HERE
from tests.helpers.packages import paragraph, with_parts, word

PATH = load_case("longting-2023").path
TEXT = PATH.read_text(encoding="utf-8")
# A report takes a fiftieth of a second; what is quadratic in these takes ten seconds and more.
MOST_SECONDS = 5.0


@contextmanager
def soon() -> Iterator[None]:
    """What stands within takes little time."""
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < MOST_SECONDS


@pytest.mark.parametrize(
    "run",
    [
        "一二三四五六七八九十" * 4000,
        "一" * 40_000,
        "十万" * 20_000,
        "百分之" + "三" * 40_000,
        "-" * 60_000,
        "—" * 60_000,
        "联系邮箱：" + "a" * 60_000 + "@",
        "联系邮箱：" + "a." * 60_000 + "@",
        "@" + "a" * 60_000 + "@b" * 20_000,
        "1,234" * 20_000,
    ],
    ids=[
        "numerals",
        "ones",
        "myriads",
        "per-cent",
        "hyphens",
        "dashes",
        "letters",
        "dots",
        "signs",
        "digits",
    ],
)
@pytest.mark.parametrize("is_before", [True, False], ids=["before", "behind"])
def test_a_long_run_of_characters_costs_little_and_changes_nothing(run: str, *, is_before: bool) -> None:
    """It stands in the free text: of the overview, before the tables, or behind them."""
    place = "一、总体情况" if is_before else "六、其他需要报告的事项"
    assert TEXT.count(place) == 1
    (plain,) = extract(PATH)
    with soon():
        (report,) = extract(TEXT.replace(place, f"{place}\n{run}\n").encode())
    assert figures(report) == figures(plain)
    assert report.verdict == plain.verdict


def figures(report: Extraction) -> list[tuple[str, str, str]]:
    """What was read of the tables."""
    return [(cell.address, cell.printed, cell.status) for cell in report.cells]


@pytest.mark.parametrize(
    "line",
    [
        "自然 总计 甲",
        "人 商业 科研 社会 法律 其他",
        "一、本年新收政府信息公开申请数量   1   2   3   4   5   6   21",
        "1.属于  1  2  3  4  5  6  21\n国家",
    ],
    ids=["pieces", "header", "rows", "labels-around-figures"],
)
def test_a_header_or_a_table_of_very_many_lines_costs_little(line: str) -> None:
    header = (
        "三、收到和处理政府信息公开申请情况\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
    )
    with soon():
        extract(("甲局2024年政府信息公开工作年度报告\n" + header + f"{line}\n" * 1500).encode())


STATISTICS = (
    "东海大学2016年信息公开工作年度报告\n信息公开情况统计表\n1.收到申请数：47件\n2.答复申请数：45件\n"
)


@pytest.mark.parametrize("is_with_figure", [True, False], ids=["figure", "bare"])
@pytest.mark.parametrize(
    "run",
    ["(a)" * 24, "(" * 40_000, " " * 40_000, "\u3000" * 40_000, "…" * 40_000, "a…… " * 8000, "甲-" * 20_000],
    ids=["brackets", "open-brackets", "blanks", "wide-blanks", "leaders", "many-leaders", "hyphens"],
)
def test_a_run_of_characters_in_a_line_of_a_form_that_is_not_known_costs_little(
    run: str, *, is_with_figure: bool
) -> None:
    with soon():
        (report,) = extract(f"{STATISTICS}甲{run}{'：3件' if is_with_figure else '乙'}\n".encode())
    assert "47" in {cell.printed.removesuffix("件") for cell in (*report.cells, *report.extra)}


@pytest.mark.parametrize("number", ["1件、", "12件"])
def test_a_text_of_numbers_is_refused(number: str) -> None:
    with soon(), pytest.raises(TooLargeError, match="holds more than an annual report can"):
        extract((TEXT + number * 30_000).encode())


def test_a_text_of_very_many_numbers_takes_no_memory() -> None:
    """Four megabytes of them took a gigabyte and a half."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError):
        extract((TEXT + "1件、" * 800_000).encode())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_word_file_of_very_many_pages_inside_it_is_refused() -> None:
    page = "<html><body>" + "<p>段落</p>" * 200 + "</body></html>"
    body = "".join(map(paragraph, map(escape, TEXT.splitlines())))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    links = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="c.html"/>' for n in range(900))
    chunks = "".join(f'<w:altChunk r:id="r{n}"/>' for n in range(900))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}">{links}</Relationships>'
    parts = {"word/_rels/document.xml.rels": relations, "word/c.html": page}
    data = with_parts(word(body + chunks), parts)
    with soon(), pytest.raises(TooLargeError):
        extract(data)


def test_a_pipe_that_nobody_writes_to_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PATIENCE", 0.05)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Whoever opens it waits forever.
    with HERE.alarm(20, TimeoutError), pytest.raises(UnreadableError, match="no program writes to"):
        extract(pipe)


def test_a_pipe_is_read_to_its_end_however_slowly_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, data = tmp_path / "pipe", PATH.read_bytes()
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb", buffering=0) as stream:
            # Longer than one waits for somebody to begin.
            time.sleep(0.3)
            stream.write(data[:100])
            time.sleep(0.3)
            stream.write(data[100:])

    monkeypatch.setattr(source, "PATIENCE", 0.2)
    writer = threading.Thread(target=write)
    writer.start()
    assert source.read_file(pipe) == data
    writer.join()


def wait_until_it_has_loaded(library: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for a state that is the program's own: before its first line, Python itself tells of Ctrl-C."""
    maps = Path(f"/proc/{process.pid}/maps")
    while process.poll() is None and library not in maps.read_text():
        time.sleep(0.005)


# The command line imports the one first, the command that is called the other.
@pytest.mark.parametrize("library", ["pydantic_core", "_yaml"])
def test_an_interrupt_while_the_program_starts_says_nothing(library: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "extract", str(PATH)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_until_it_has_loaded(library, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert b"extractor" not in err
    assert process.returncode in (130, -signal.SIGINT, 0)


def test_an_interrupt_while_the_ocr_loads_says_nothing(tmp_path: Path) -> None:
    Image.new("L", (600, 800), 255).save(tmp_path / "page.png")
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "extract", str(tmp_path / "page.png")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_until_it_has_loaded("onnxruntime", process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


def test_a_program_that_is_told_to_end_leaves_no_folder_behind(tmp_path: Path) -> None:
    """An old Word file is converted in a folder for temporary files, by a program that is ended, too."""
    programs, temporary = tmp_path / "bin", tmp_path / "tmp"
    for folder in (programs, temporary):
        folder.mkdir()
    soffice = programs / "soffice"
    soffice.write_text("#!/bin/sh\nexec sleep 1000\n")
    soffice.chmod(0o755)
    report = tmp_path / "report.rtf"
    report.write_bytes(b"{\\rtf1 x}")
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "check", str(report)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(temporary), "PATH": f"{programs}:{os.environ['PATH']}"},
    )
    until = time.monotonic() + 60
    while not list(temporary.glob("gongkai-*/profile/user/*.xcu")):
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 143
    assert list(temporary.iterdir()) == []

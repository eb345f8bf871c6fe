"""Pages that are meant to break the reader: they end in bounded time and memory, and are told so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest

from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from extractor.errors import TooLargeError
from tests.helpers.sweeps import times

HOSTILE = {
    "nested divs": "'<div>' * 100_000",
    "nested tables": "'<table><tr><td>' * 100_000",
    "30 MB of tags": "'<div>' * 6_000_000",
    "30 MB of lines": "'<pre>' + '1\\n' * 15_000_000",
    "attributes": "'<p ' + ' '.join(f'a{i}=1' for i in range(300_000)) + '>x'",
    "ends of nothing": "'<div>' * 900 + '</x></p>' * 100_000",
    "inline tags across blocks": "'<p>' + ''.join(f'<b id={i}>' for i in range(900)) + '</p><p>x' * 90_000",
    "comments": "'<!---->' * 250_000 + '<p>x'",
    "NULs": "'<p>' + '\\0' * 30_000_000",
    "nested parts": "'MIME-Version: 1.0\\n' + ''.join("
    "f'Content-Type: multipart/mixed; boundary=b{i}\\n\\n--b{i}\\n' for i in range(300_000))",
    "empty parts": "'MIME-Version: 1.0\\nContent-Type: multipart/x; boundary=a\\n\\n' + '--a\\n' * 7_000_000",
}

# What is read to its end takes time and memory in proportion: a third of a page may take a third of them,
# besides what the reader itself takes. `make sweeps` reads thirds, `make test` sixths.
PART = times(6, 3)
HOSTILE_PARTS = {
    "30 MB of text": f"'<p>' + '政府信息 12 ' * {1_500_000 // PART}",
    "30 MB of style": f"'<p style=\"' + 'display:none;' * {2_300_000 // PART} + '\">x'",
    "an endless comment": f"'<!--' + '-' * {30_000_000 // PART}",
    "an endless tag": f"'<p ' + 'x' * {30_000_000 // PART}",
    "references": f"'<p>' + '&amp;' * {6_000_000 // PART}",
    "columns": f"'<table>' + '<tr><td colspan=1000000000>1<td>2' * {90_000 // PART}",
    "rows": "'<table>' + '<tr>' + '<td rowspan=1000000000>1' * 199 + " + f"'<tr><td>2' * {141_000 // PART}",
}
SECONDS, MEGABYTES, OF_THE_READER = 60, 1536, 60

Status: TypeAlias = Callable[[int, int, str], tuple[int, str]]

# Each page is read in a process of its own, a copy of one that has imported the reader and read nothing: a
# crash, or a limit of the system that is reached, has an exit status of its own.
READER = """
import os, resource, sys, traceback
from extractor.errors import GongkaiError
from extractor.reports.opening import open_document

def read(seconds, megabytes, page):
    data = eval(page).encode()
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    try:
        open_document(data, "page")
    except GongkaiError as error:
        assert error.message.zh and "page" in str(error) or "no text" in str(error)

for line in iter(sys.stdin.readline, ""):
    process = os.fork()
    if not process:
        try:
            read(*line.split(maxsplit=2))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def status_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Status]:
    """What comes of a page read within so many seconds and MB: the exit status, and complaints."""
    path = tmp_path_factory.mktemp("reader") / "stderr"
    with (
        path.open("w", encoding="utf-8") as complaints,
        path.open(encoding="utf-8") as complained,
        subprocess.Popen(
            [sys.executable, "-c", READER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as reader,
    ):

        def status(seconds: int, megabytes: int, page: str) -> tuple[int, str]:
            assert reader.stdin is not None
            assert reader.stdout is not None
            print(seconds, megabytes, page, file=reader.stdin, flush=True)
            return int(reader.stdout.readline()), complained.read()

        yield status


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_ends_in_bounded_time_and_memory(page: str, status_of: Status) -> None:
    assert status_of(SECONDS, MEGABYTES, page) == (0, "")


@pytest.mark.parametrize("page", HOSTILE_PARTS.values(), ids=HOSTILE_PARTS)
def test_a_part_of_a_hostile_page_takes_that_part_at_most(page: str, status_of: Status) -> None:
    megabytes = OF_THE_READER + (MEGABYTES - OF_THE_READER) // PART
    assert status_of(SECONDS // PART, megabytes, page) == (0, "")


@pytest.mark.parametrize(
    ("page", "zh", "en"),
    [
        ("<div>" * 1001, "嵌套超过 1000 层", "1000 deep"),
        ("<br>" * 300_001, "超过 300000", "300000 tags"),
        ("<pre>" + "1\r" * 300_001, "超过 300000", "300000 tags or lines"),
    ],
)
def test_a_page_beyond_a_limit_is_told_so(page: str, zh: str, en: str) -> None:
    with pytest.raises(TooLargeError, match=en) as caught:
        read_html(Source(page.encode(), "x"))
    assert zh in caught.value.message.zh

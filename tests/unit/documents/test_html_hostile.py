"""Pages that are meant to break the reader: they end in bounded time and memory, and are told so."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from extractor.errors import TooLargeError

HOSTILE = {
    "nested divs": "'<div>' * 100_000",
    "nested tables": "'<table><tr><td>' * 100_000",
    "30 MB of tags": "'<div>' * 6_000_000",
    "30 MB of text": "'<p>' + '政府信息 12 ' * 1_500_000",
    "30 MB of lines": "'<pre>' + '1\\n' * 15_000_000",
    "30 MB of style": "'<p style=\"' + 'display:none;' * 2_300_000 + '\">x'",
    "attributes": "'<p ' + ' '.join(f'a{i}=1' for i in range(300_000)) + '>x'",
    "ends of nothing": "'<div>' * 900 + '</x></p>' * 100_000",
    "inline tags across blocks": "'<p>' + ''.join(f'<b id={i}>' for i in range(900)) + '</p><p>x' * 90_000",
    "columns": "'<table>' + '<tr><td colspan=1000000000>1<td>2' * 90_000",
    "rows": "'<table>' + '<tr>' + '<td rowspan=1000000000>1' * 199 + '<tr><td>2' * 140_000",
    "comments": "'<!---->' * 250_000 + '<p>x'",
    "an endless comment": "'<!--' + '-' * 30_000_000",
    "an endless tag": "'<p ' + 'x' * 30_000_000",
    "references": "'<p>' + '&amp;' * 6_000_000",
    "NULs": "'<p>' + '\\0' * 30_000_000",
    "nested parts": "'MIME-Version: 1.0\\n' + ''.join("
    "f'Content-Type: multipart/mixed; boundary=b{i}\\n\\n--b{i}\\n' for i in range(300_000))",
    "empty parts": "'MIME-Version: 1.0\\nContent-Type: multipart/x; boundary=a\\n\\n' + '--a\\n' * 7_000_000",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_ends_in_bounded_time_and_memory(page: str) -> None:
    # A crash, or a limit of the system that is reached, has an exit status of its own.
    program = f"""
        import resource
        from extractor.errors import GongkaiError
        from extractor.reports.opening import open_document
        data = ({page}).encode()
        resource.setrlimit(resource.RLIMIT_AS, (1536 * 1024 * 1024,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        try:
            open_document(data, "page")
        except GongkaiError as error:
            assert error.message.zh and "page" in str(error) or "no text" in str(error)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


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

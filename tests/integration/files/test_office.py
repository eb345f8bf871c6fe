"""LibreOffice as a converter: found, bounded, cut off from the network; a script stands in for it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractor import MissingProgramError, UnreadableError, extract
from extractor.documents.source import Source
from extractor.documents.word import libreoffice
from extractor.documents.word.libreoffice import read_by_libreoffice
from extractor.platforms.here import HERE
from tests.helpers.packages import archive, paragraph, word

RTF = b"{\\rtf1\\ansi report}"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What stands for LibreOffice; a test writes what it does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    # Nothing may be left of a conversion, however it ends.
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder / "soffice"


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def refused(words: str) -> UnreadableError:
    with pytest.raises(UnreadableError, match=words) as caught:
        extract(RTF, name="报告.rtf")
    assert "无法转换 报告.rtf" in caught.value.message.zh
    return caught.value


def test_what_it_writes_is_read(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    result = tmp_path / "result.docx"
    result.write_bytes(word(paragraph("某县2023年政府信息公开工作年度报告")))
    log = tmp_path / "log"
    write(
        program,
        f'env > {log}; printf "%s\\n" "$@" "$PWD" >> {log}\n'
        f'while [ "$1" != --outdir ]; do shift; done\n'
        f'mkdir "$2"; cp {result} "$2/report.docx"; cat "$3" > {tmp_path}/given; cp -r profile {tmp_path}',
    )
    document = read_by_libreoffice(Source(RTF, "报告.doc"), "rtf")
    assert (document.name, document.encoding) == ("报告.doc", "RTF")
    assert document.text == "某县2023年政府信息公开工作年度报告\n"
    assert (tmp_path / "given").read_bytes() == RTF
    told = log.read_text(encoding="utf-8")
    assert "sk-secret" not in told
    assert "--headless" in told
    folder = told.splitlines()[-1]
    assert f"-env:UserInstallation=file://{folder}/profile" in told
    assert not Path(folder).exists()
    settings = (tmp_path / "profile/user/registrymodifications.xcu").read_text(encoding="utf-8")
    for name in ("BlockUntrustedRefererLinks", "DisableMacrosExecution", "ooInetHTTPSProxyName"):
        assert f'oor:name="{name}"' in settings


def test_without_it_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(type(HERE), "office_programs", lambda _: [])
    with pytest.raises(MissingProgramError, match="apt install libreoffice-writer") as caught:
        extract(RTF, name="报告.rtf")
    assert "读取 报告.rtf 需要 LibreOffice" in caught.value.message.zh


def test_the_other_name_is_found(program: Path) -> None:
    write(program.with_name("libreoffice"), "exit 0")
    if shutil.which("soffice") is None:
        refused("LibreOffice gave no result")


@pytest.mark.parametrize(
    "script",
    [
        "exit 0",
        "exit 77",
        "kill -SEGV $$",
        'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2/report.docx"',
    ],
    ids=["no output", "failure", "crash", "a folder"],
)
def test_no_result_is_told(program: Path, tmp_path: Path, script: str) -> None:
    write(program, script)
    refused("LibreOffice gave no result")
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("content", ["", "not a Word file"])
def test_a_broken_result_is_told(program: Path, content: str) -> None:
    write(
        program,
        f'while [ "$1" != --outdir ]; do shift; done; mkdir "$2"; printf "{content}" > "$2/report.docx"',
    )
    with pytest.raises(UnreadableError, match="damaged or incomplete"):
        extract(RTF)


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "_MOST_SECONDS", 1)
    write(program, f"sleep 600 & echo $! > {tmp_path}/pid; trap '' TERM; wait; sleep 600")
    start = time.monotonic()
    refused("not converted in 1 seconds")
    assert time.monotonic() - start < 10
    assert not is_running(int((tmp_path / "pid").read_text()))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_it_leaves_running_is_ended(program: Path, tmp_path: Path) -> None:
    write(program, f"sleep 600 & echo $! > {tmp_path}/pid")
    refused("LibreOffice gave no result")
    assert not is_running(int((tmp_path / "pid").read_text()))


def is_running(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be reaped doesn't."""
    for _ in range(50):
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_its_memory_and_its_files_are_limited(program: Path, tmp_path: Path) -> None:
    write(program, f"(ulimit -v; ulimit -f) > {tmp_path}/limits")
    refused("LibreOffice gave no result")
    assert "unlimited" not in (tmp_path / "limits").read_text(encoding="utf-8")


def test_no_room_for_the_copy_is_told(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(program, "exit 0")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert "磁盘已满" in refused("No space left on device").message.zh


# --- the real one ----------------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" xlink:href="{url}/{what}"'
_SIZE = 'svg:width="5cm" svg:height="5cm" text:anchor-type="as-char"'
_FRAME = f"<text:p><draw:frame {_SIZE}>{{}}</draw:frame></text:p>"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_FILES = {"/": "application/vnd.oasis.opendocument.text", "content.xml": "text/xml", "meta.xml": "text/xml"}
_ENTRIES = "".join(
    f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in _FILES.items()
)


def open_document(url: str) -> bytes:
    """A report that asks for a picture, a background, an object, a section and a template from elsewhere."""

    def link(what: str) -> str:
        return _LINK.format(url=url, what=what)

    framed = [f"<draw:{kind} {link(kind)}/>" for kind in ("image", "object", "floating-frame")]
    section = f'<text:section text:name="s"><text:section-source {link("section")}/></text:section>'
    body = "".join(map(_FRAME.format, framed)) + section
    style = (
        '<style:style style:name="p" style:family="paragraph"><style:paragraph-properties>'
        f"<style:background-image {link('background')}/></style:paragraph-properties></style:style>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {_NAMES} office:version="1.2">'
            f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:text>"
            f'<text:p text:style-name="p">正文</text:p>{body}'
            "</office:text></office:body></office:document-content>",
            "meta.xml": f'<office:document-meta {_NAMES} office:version="1.2"><office:meta>'
            f"<meta:template {link('template')}/></office:meta></office:document-meta>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_OPEN}" m:version="1.2">{_ENTRIES}</m:manifest>',
        }
    )


def rich_text(url: str) -> bytes:
    """The same in the words of RTF."""
    fields = (
        f'INCLUDEPICTURE "{url}/picture" \\\\d',
        f'INCLUDETEXT "{url}/text"',
        f'LINK Word "{url}/link" "" \\\\a',
    )
    shown = "".join(f"{{\\field{{\\*\\fldinst {field}}}{{\\fldrslt x}}}}" for field in fields)
    return f"{{\\rtf1\\ansi{{\\*\\template {url}/template}}{shown}}}".encode()


class _Listener(BaseHTTPRequestHandler):
    requests: list[str]

    def handle_one_request(self) -> None:
        self.requests.append(self.rfile.readline().decode("ascii", "replace"))
        self.close_connection = True


@pytest.fixture
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and what it is asked for."""
    requests: list[str] = []
    handler = type("Handler", (_Listener,), {"requests": requests})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", requests
        server.shutdown()


@needs_office
@pytest.mark.parametrize(("write_file", "kind"), [(open_document, "odt"), (rich_text, "rtf")])
def test_nothing_is_fetched_because_a_file_asks_for_it(
    listening: tuple[str, list[str]], write_file: object, kind: str
) -> None:
    url, requests = listening
    assert callable(write_file)
    document = read_by_libreoffice(Source(write_file(url), "report"), kind)
    assert document.text.startswith("正文" if kind == "odt" else "x")
    assert requests == []


@needs_office
def test_without_its_profile_it_would_be_fetched(
    listening: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, requests = listening
    monkeypatch.setattr(libreoffice, "_PROFILE", ())
    read_by_libreoffice(Source(open_document(url), "report"), "odt")
    assert any("/background" in request for request in requests)


@needs_office
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("doc", bytes(range(256)) * 9),
        ("odt", b"0 1 2 3\n" * 99),
        ("odt", bytes(range(256)) * 9),
        ("xml", b"0 1 2 3\n" * 99),
    ],
)
def test_what_it_cannot_read_is_not_taken_for_a_text(data: bytes, kind: str) -> None:
    # What an ODT hides is looked up in it before.
    told = "x is damaged or incomplete" if kind == "odt" else "can't convert x: LibreOffice gave no result"
    with pytest.raises(UnreadableError, match=told):
        read_by_libreoffice(Source(data, "x"), kind)

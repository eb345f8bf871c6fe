"""What the manual shows to be typed is run as it stands there, in the folder of a stranger."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from eval.zoo import Layout, documents
from extractor.commands.wishes import forget_files
from tests.helpers.import_graph import ROOT
from tests.helpers.loopback import Loopback, completion
from tests.helpers.manual import MANUAL, blocks, read
from tests.helpers.phone import PHONE
from tests.integration.commands.test_cli import run

# `make integration` runs those of a cluster.
CLUSTER = ("docs/cluster.md", "docs/zh/cluster.md")
SERVICE = ("docs/service.md", "docs/zh/service.md")
# Both languages mostly show the same, but for comments: what is the same is run once.
TYPED = {
    re.sub("  #.*", "", block): (page, number)
    for page in MANUAL
    if page not in (*CLUSTER, *SERVICE)
    for number, block in enumerate(blocks(page, "sh"))
}
WRITES = {"-o", "--annotate"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the manual speaks of."""
    folder = tmp_path_factory.mktemp("stranger")
    page, other = (one.data for one in documents(Layout.HTML_MERGED, 1, 2))
    (word,) = (one.data for one in documents(Layout.WORD_MERGED, 1, 1))
    (text,) = (one.data for one in documents(Layout.TEXT_PIPES, 1, 1))
    for name in ("reports", "more", "2024"):
        (folder / name).mkdir()
    (folder / "reports" / "a.html").write_bytes(page)
    (folder / "2024" / "a.docx").write_bytes(word)
    (folder / "report.docx").write_bytes(word)
    (folder / "report.txt").write_bytes(text)
    # The layout leaves some of it open: there is something to ask a model.
    (folder / "FILE").write_text(PHONE, encoding="utf-8")
    (folder / "reports" / "open.txt").write_text(PHONE, encoding="utf-8")
    with ZipFile(folder / "more" / "packed.zip", "w") as packed:
        packed.writestr("b.html", other)
    (example,) = blocks("docs/own-rules.md", "yaml")
    (folder / "my.yaml").write_text(example, encoding="utf-8")
    return folder


@pytest.fixture
def folder(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of them, where one is; an empty cache of replies."""
    copy = shutil.copytree(files, tmp_path / "folder")
    monkeypatch.chdir(copy)
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path / "cache"))
    return copy


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A model that finds nothing, in place of any that the manual names."""
    with Loopback(completion("{}")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "key")
        yield server


def own(text: str, model: Loopback) -> str:
    """With a key, and a server on this machine, where the manual leaves them to the reader."""
    return re.sub(r"https?://[^\s\"]+/v1", model.url, text).replace("sk-…", "key")


def lines_of(block: str) -> Iterator[str]:
    """The lines of a block without their comments."""
    for line in block.replace("\\\n", " ").splitlines():
        typed = line.partition("  #")[0].strip()
        if typed:
            yield typed


@pytest.mark.parametrize(("page", "number"), TYPED.values())
def test_what_is_to_be_typed_does_what_it_must(
    page: str, number: int, folder: Path, model: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in lines_of(own(blocks(page, "sh")[number], model)):
        program, *words = shlex.split(line)
        if program == "export":
            for name, _, value in (word.partition("=") for word in words):
                monkeypatch.setenv(name, value)
            continue
        assert program == "gongkai"
        for typed in of_each_machine(words):
            code, _, err = run(*expanded(typed))
            assert code in (0, 1), err
            assert all((folder / name).exists() for name in written(typed))
        assert "--model" not in words or len(model.seen) > 0


def of_each_machine(words: list[str]) -> Iterator[list[str]]:
    """What is typed on each of two machines, where the manual shows one of eight."""
    if "--shard" not in words:
        yield [word for word in words if word not in ("…", "part8")]
        return
    for one in "12":
        yield [word.replace("2/8", f"{one}/2").replace("part2", f"part{one}") for word in words]


def expanded(words: list[str]) -> Iterator[str]:
    """The words as a shell hands them on."""
    for word in words:
        yield from sorted(map(str, Path().glob(word))) if "*" in word else [word]


def written(words: list[str]) -> Iterator[str]:
    """The files and folders that a command is told to write."""
    yield from (name for option, name in pairwise(words) if option in WRITES)
    if "--accept" in words:
        yield words[words.index("--baseline") + 1]


@pytest.mark.usefixtures("folder")
def test_the_service_answers_what_it_is_sent() -> None:
    shown = [block.splitlines() for page in SERVICE for block in blocks(page, "sh")]
    # The same service, and what is sent to it in each language.
    ((program, *words),) = {tuple(served.split()) for served, _ in shown}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = [str(port) if word.isdecimal() else word for word in words]
    assert program == "gongkai"
    with subprocess.Popen([sys.executable, "-m", "gongkai", *own], stderr=subprocess.PIPE) as process:
        try:
            for _, sent in shown:
                _, option, body, address = shlex.split(sent)
                asked = urlsplit(address)
                assert (option, body[0], str(asked.port) in words) == ("--data-binary", "@", True)
                status, answer = ask(port, f"{asked.path}?{asked.query}", Path(body[1:]).read_bytes())
                assert (status, len(answer["reports"][0]["cells"]) > 100) == (200, True)
        finally:
            process.terminate()
            process.communicate()


def ask(port: int, path: str, body: bytes) -> tuple[int, Any]:
    """Send a file to the service, as soon as it is there."""
    end = time.monotonic() + 60
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", path, body)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)
        finally:
            connection.close()


SCRIPTS = {
    blocks(page, language)[0].replace('"zh"', '"en"'): (page, language)
    for page in MANUAL
    for language in ("py", "python")
    # The first README's has a test of its own; rules are no script.
    if page != "README.md" and "own-rules" not in page and blocks(page, language)
}


@pytest.mark.parametrize(("page", "language"), SCRIPTS.values())
def test_a_program_in_the_manual_runs(
    page: str, language: str, folder: Path, model: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = blocks(page, language)
    # An example may read a report that lies in the clone.
    (folder / "eval").symlink_to(ROOT / "eval")
    exec(own(program, model), {"__name__": "__main__"})  # noqa: S102 - it is the project's own
    said = [line.partition("# ")[2] for line in program.splitlines() if line.startswith("print")]
    assert capsys.readouterr().out.splitlines() == said
    assert ("Settings(" in program) == (len(model.seen) > 0)
    assert ("write_tables" in program) == (folder / "results" / "panel.xlsx").exists()


@pytest.mark.parametrize("page", ["docs/own-rules.md", "docs/zh/own-rules.md"])
def test_a_package_of_rules_as_the_manual_has_it_offers_them(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,), (module,) = blocks(page, "toml"), blocks(page, "python")
    ((group, offered),) = tomllib.loads(project)["project"]["entry-points"].items()
    ((name, target),) = offered.items()
    (folder / f"{target.partition(':')[0]}.py").write_text(module, encoding="utf-8")
    information = folder / "ours-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[{group}]\n{name} = {target}\n")
    monkeypatch.syspath_prepend(folder)
    # What is imported and read by then is no other test's.
    forget_files()
    monkeypatch.delitem(sys.modules, target.partition(":")[0], raising=False)
    assert "ours-group" in run("check", "FILE", "--rules", name)[1]


@pytest.mark.parametrize("page", ["docs/rules/section-missing.md", "docs/zh/rules/section-missing.md"])
def test_what_the_page_of_a_rule_says_leaves_it_out(page: str, folder: Path) -> None:
    """Each page says the same of its own rule."""
    shutil.copy(ROOT / "tests/data/checks/16-sec6-missing.html", folder / "FILE")
    assert "section-missing" in run("check", "FILE")[1]
    (typed,) = re.findall(r"`gongkai (check FILE [^`]+)`", read(page))
    assert run(*typed.split())[0] == 0
    assert "section-missing" not in run("check", "FILE", "--baseline", "accepted.json")[1]
    (configuration,) = blocks(page, "toml")
    (folder / "gongkai.toml").write_text(configuration, encoding="utf-8")
    forget_files()
    assert "section-missing" not in run("check", "FILE")[1]

"""Every option of every command is typed here, or in the test that is named for it, and does what it says."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.main import get_command
from typer.testing import CliRunner

from eval.commands import commands as evaluations
from eval.gold.cases import load_case
from extractor.commands.app import app
from extractor.decisions.kept import add
from extractor.decisions.record import digest_of
from tests.helpers.deciding import decision
from tests.helpers.import_graph import ROOT
from tests.helpers.loopback import Loopback, completion
from tests.helpers.manual import blocks, read
from tests.helpers.phone import PHONE

# The tests that type what isn't typed here: it runs until it is ended, or is compared with something.
ELSEWHERE = {
    "gongkai check --watch": "tests/integration/checking/test_watch.py",
    "gongkai review --serve --port": "tests/integration/reviewing/test_server.py",
    "gongkai eval adversary --draw --only": "tests/integration/evaluating/test_adversary.py",
    "gongkai eval compare --show --tolerance": "tests/integration/commands/test_eval_commands.py",
    "gongkai eval run --reference": "tests/integration/evaluating/test_reference.py",
}
# As every command takes them that asks a model; of two that exclude each other the last counts.
MODEL = (
    "--model m --base-url URL --api-key k --profile plain --parameters '{\"top_k\": 1}' --max-tokens 90000 "
    "--max-requests 2 --max-rounds 0 --window 30000 --max-output 512 --price-input 1 --price-output 2 "
    "--cache off --text --no-text --reader model"
)
OWN = "--form own.yaml --rules rules.yaml --lang en"
# Behind each line, what it then says.
LINES = {
    f"extract open.txt --to json -o out.json {OWN} --previous right.txt --trace {MODEL} --timeout 9": "asked",
    f"check open.txt {OWN} --previous right.txt --select own --ignore section --strict --full "
    f"--output-format text --config none.toml {MODEL} --timeout 9": "A rule.",
    "check right.txt --statistics --exit-zero": "",
    "check wrong.html --write-baseline --baseline all.json --reason why --person who": "accepted",
    "check wrong.html --accept section --baseline some.json --reason why --person who": "accepted",
    "check report.pdf --annotate marked.pdf": "marked.pdf",
    f"review open.txt -o page.html {OWN} --previous right.txt {MODEL} --timeout 9": "page.html",
    "batch run --manifest list.csv -o p1 --jobs 1 --timeout 60 --memory 2000 --shard 1/2 --retry "
    f"--engine processes {OWN} && batch run --manifest list.csv -o p2 --jobs 1 --shard 2/2 {OWN} && "
    "batch merge p1 p2 -o all --jobs 1 --organs organs.csv --form own.yaml --review --lang en": "2 files",
    "batch run open.txt -o asked --jobs 1 --organs organs.csv --review --max-cost 5 --rate 9 --concurrency 2 "
    f"{MODEL} --request-timeout 9": "a model was asked about 1 file",
    "panel right.txt -o panel.csv --organs organs.csv --form own.yaml --lang en --confirmed": "panel.csv",
    "sum report.pdf right.txt -o sum.csv --organs organs.csv --form own.yaml --lang en --all": "sum.csv",
    f"rules {OWN} --to json": "own-rule",
    "form draft right.txt -o draft.yaml --family drafted --edition 2022 --lang en": "draft.yaml",
    "form check own.yaml --lang en": "lending",
    "form diff own.yaml own.yaml --lang en": "",
    "cache path": "cache",
    "cache info --lang en": "cache",
    "cache clear --yes --lang en": "",
    f"serve --host 192.0.2.1 --port 81 --jobs 1 --timeout 9 --memory 512 --max-size 3 {OWN}": "192.0.2.1 can",
    f"eval run zoo:text-pipes --limit 1 --seed 2 --jobs 1 --repeat 1 --full -o run --lang en {MODEL} "
    "--timeout 9 && eval report run -o run.md --lang en && eval compare run run --lang en": "0 better",
    "eval adversary --count 2 --seed 3 --jobs 1 --show 1 -o adversary --lang en": "confirmed",
    f"eval models flattened --limit 1 --full --seed 2 --jobs 1 -o models --lang en {MODEL} "
    "--timeout 9": "settled",
    "eval new right.txt --name mine --from-decisions --lang en": "mine",
}
RULES = """format: 1
rules:
  - id: own-rule
    severity: soft
    expression: requests.received.total ≥ 1000000
    title: {zh: 规则。, en: A rule.}
    message: {zh: 规则。, en: A rule.}
"""


def test_every_option_is_typed() -> None:
    typed: dict[str, set[str]] = {}
    for line in chain(*(line.split(" && ") for line in LINES), ELSEWHERE):
        words = shlex.split(line.removeprefix("gongkai "))
        typed.setdefault(name_of(["gongkai", *words]), set()).update(words)
    missing = [
        f"{name} {option}"
        for name, command in known().items()
        for parameter in command.params
        for option in (max(parameter.opts, key=len), *parameter.secondary_opts)
        if option.startswith("-") and typed.get(name, set()).isdisjoint(ways(parameter, option))
    ]
    assert missing == []
    for line, test in ELSEWHERE.items():
        assert all(f'"{word}' in read(test) for word in line.split() if word.startswith("--")), line


@cache
def known() -> dict[str, Any]:
    """Every command, as it is typed."""
    return dict(
        chain(commands("gongkai", get_command(app)), commands("gongkai eval", get_command(evaluations)))
    )


def commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    for below, one in command.commands.items():
        if hasattr(one, "commands"):
            yield from commands(f"{name} {below}", one)
        elif below != "eval":
            yield f"{name} {below}", one


def name_of(words: list[str]) -> str:
    """The command that words begin with."""
    return max((name for name in known() if words[: len(name.split())] == name.split()), key=len)


def ways(parameter: Any, option: str) -> set[str]:
    """All ways to type an option."""
    return set(parameter.opts if option in parameter.opts else parameter.secondary_opts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the lines read."""
    folder = tmp_path_factory.mktemp("options")
    shutil.copy(load_case("luozhuang-2023").path, folder / "right.txt")
    shutil.copy(load_case("hongze-2023").path, folder / "report.pdf")
    shutil.copy(ROOT / "tests/data/checks/16-sec6-missing.html", folder / "wrong.html")
    (folder / "open.txt").write_text(PHONE, encoding="utf-8")
    (form,) = blocks("rules/forms/README.md", "yaml")
    written = {
        "own.yaml": form,
        "rules.yaml": RULES,
        "none.toml": "",
        "list.csv": "file\nright.txt\nwrong.html\n",
        "organs.csv": "机关,上级\n罗庄区人民政府,洪泽区人民政府\n",
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    source = digest_of((folder / "right.txt").read_bytes())
    add(folder / "right.txt", [decision("requests.received.total", source=source)])
    return folder


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The host and the port at which the service would have listened."""
    served: list[tuple[str, int]] = []

    def listening(host: str, port: int) -> socket.socket:
        served.append((host, port))
        return socket.create_server(("127.0.0.1", 0))

    monkeypatch.setattr("extractor.commands.serve._listening", listening)
    monkeypatch.setattr(uvicorn.Server, "run", lambda _server, _sockets: None)
    return served


@pytest.mark.parametrize(("line", "told"), LINES.items(), ids=range(len(LINES)))
def test_a_command_takes_its_options(
    line: str, told: str, folder: Path, served: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setattr("eval.gold.drafting.draft.__defaults__", (folder / "cases",))
    with Loopback(completion("{}")) as server:
        for command in line.replace("URL", server.url).split(" && "):
            words = shlex.split(command)
            is_evaluation = words[0] == "eval"
            result = CliRunner().invoke(evaluations if is_evaluation else app, words[is_evaluation:])
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            assert result.exit_code in (0, 1), result.stderr
    seen = server.seen
    assert told in result.stdout + result.stderr
    assert all((folder / name).exists() for name in re.findall(r"(?:-o|--annotate|--baseline) (\S+)", line))
    assert bool(seen) == ("--model" in line)
    for request in seen:
        assert request.headers["authorization"] == "Bearer k"
        assert (request.body["model"], request.body["top_k"], request.body["max_tokens"]) == ("m", 1, 512)
        assert "response_format" not in request.body
    assert served == [("192.0.2.1", 81)] * line.startswith("serve")

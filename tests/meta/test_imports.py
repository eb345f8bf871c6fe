"""Imports point one way: eval → extractor → rules, prompts, cache, and in each from station to station."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.import_graph import (
    ROOMS,
    ROOT,
    circles,
    edges,
    imports,
    imports_at_start,
    inside,
    modules,
    paths,
    tree,
)

LOWEST = {"rules", "prompts", "cache"}
MAY_IMPORT = {
    **{room: {room} for room in LOWEST},
    "extractor": {"extractor", *LOWEST},
    "eval": {"eval", "extractor", *LOWEST},
}
# The stations of a report's way, and what serves it: each imports those before it, and none after it.
STATIONS = {
    "extractor": (
        *(
            "errors",
            "platforms",
            "processes",
            "extras",
            "text",
            "documents",
            "result",
            "statistics",
            "layout",
            "verify",
            "additions",
            "forms",
            "reports",
            "narrative",
            "decisions",
        ),
        *(
            "pipeline",
            "drafting",
            "llm",
            "asking",
            "organs",
            "panel",
            "checking",
            "output",
            "annotating",
            "batch",
            "review",
            "serving",
            "commands",
            "__init__",
            "__main__",
            "frozen",
        ),
    ),
    "eval": (
        *(
            "__init__",
            "gold",
            "zoo",
            "adversary",
            "scoring",
            "simulation",
            "sentences",
            "runs",
            "servers",
            "bench",
            "fuzz",
            "release",
        ),
        *("checks", "report", "chinese", "commands", "__main__"),
    ),
}
# The same within the layout, from what words may be to the rows of a form; `reading` is what all of it makes.
LAYOUT = ("reading", "words", "items", "headers", "rows", "scope", "placing")
# The command `eval` hands over to its room, when it is called.
LOADS_EVAL = ("extractor.commands.app", "eval.commands")
# The form files of its own, found through the package, are the only files that rules reads.
NOT_IN_RULES = {"os", "pathlib", "io", "socket", "urllib", "subprocess", "httpx", "openai"}
LONGEST_MODULE, LONGEST_FUNCTION = 500, 80
# They take most of a second to import, and everything about them that may change is in one place.
MODEL_LIBRARIES = {"openai", "instructor", "httpx2", "tenacity"}
MAY_IMPORT_MODEL_LIBRARIES = {
    "extractor/llm/client.py": {"openai", "instructor", "httpx2"},
    "extractor/llm/retrying.py": {"tenacity"},
    "eval/simulation/reference.py": {"openai", "instructor"},  # stands beside our figures
    "eval/bench/client.py": {"openai", "instructor", "httpx2"},  # compares with them
}


@cache
def imported(path: Path) -> set[str]:
    """The first parts of the names of everything that a module imports, of ours or not."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(str(node.module).partition(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_what_they_may(room: str) -> None:
    for name, path in modules().items():
        if name.partition(".")[0] == room:
            allowed = MAY_IMPORT[room] | ({"eval"} if name == LOADS_EVAL[0] else set())
            assert imported(path) & {*ROOMS, "gongkai", "tests"} <= allowed, path
    assert {name for name in imports()[LOADS_EVAL[0]] if name.startswith("eval")} == {LOADS_EVAL[1]}


@pytest.mark.parametrize("room", STATIONS)
def test_no_station_imports_a_later_one(room: str) -> None:
    order = STATIONS[room]
    assert set(inside(room, imports())) == set(order), "where does it stand among the stations?"
    upward = {
        (name, other)
        for name, others in imports().items()
        for other in others
        if name.partition(".")[0] == other.partition(".")[0] == room
        and order.index(_station(name)) < order.index(_station(other))
    }
    assert not upward


def test_no_room_of_the_layout_imports_a_later_one() -> None:
    graph = inside("extractor.layout", imports())
    assert {room for room in graph if (ROOT / "extractor/layout" / room).is_dir()} == {*LAYOUT[1:]}
    for room, place in zip(LAYOUT, range(len(LAYOUT)), strict=True):
        assert graph[room] <= {*LAYOUT[:place], "__init__"}, room


def test_what_reads_the_text_knows_nothing_of_the_rules_that_it_is_put_to() -> None:
    for name, others in imports().items():
        if name.startswith(("extractor.narrative.text", "extractor.narrative.claims")):
            assert not [other for other in others if other.startswith("extractor.narrative.checks")], name


def _station(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def test_there_are_no_circles() -> None:
    graph = imports()
    packages = sorted(name for name, path in modules().items() if path.name == "__init__.py")
    found = circles(graph)
    for package in packages:
        found += [_within(package, circle) for circle in circles(inside(package, graph))]
    told = "\n".join(line for circle in found for line in ("", *edges(graph, circle)))
    assert not found, f"{told}\n\nmove what both need below both, or one of them up"


def _within(package: str, circle: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{package}.{child}" for child in circle)


def test_the_modules_that_close_a_circle_are_named() -> None:
    graph = {"a.x": {"a.b.y", "a.c"}, "a.b.y": {"a.b.z"}, "a.b.z": {"a.x", "a.c"}, "a.c": set[str]()}
    (circle,) = circles(inside("a", graph))
    assert edges(graph, _within("a", circle)) == ["a.b.z imports a.x", "a.x imports a.b.y"]


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set[str](), "e": {"e2"}, "e2": {"e", "a"}}
    assert set(circles(graph)) == {frozenset("abc"), frozenset({"e", "e2"})}


def test_every_folder_says_what_it_holds() -> None:
    folders = {path.parent for path in paths(*ROOMS, "tests")}
    for folder in folders:
        own = folder / "__init__.py"
        assert own.exists(), folder
        assert ast.get_docstring(tree(own)), folder


def test_every_room_of_eval_stands_in_its_map_in_order() -> None:
    told = re.findall(r"^\| `(\w+)/` \|", (ROOT / "eval/README.md").read_text(encoding="utf-8"), re.M)
    folders = [name for name in STATIONS["eval"] if (ROOT / "eval" / name).is_dir()]
    assert [name for name in told if name in folders] == folders
    assert {*told} - {*folders} == {"cases", "baselines"}


def test_rules_touches_no_files_and_no_network() -> None:
    for path in paths("rules"):
        assert not imported(path) & NOT_IN_RULES, path


def test_one_module_imports_the_libraries_that_ask_models() -> None:
    for path in paths(*ROOMS, "tests"):
        allowed = MAY_IMPORT_MODEL_LIBRARIES.get(path.relative_to(ROOT).as_posix(), set())
        assert imported(path) & MODEL_LIBRARIES <= allowed, path


def test_they_are_not_imported_before_a_model_is_asked() -> None:
    program = (
        "import pkgutil, sys, extractor, extractor.llm, extractor.commands.app\n"
        "for module in pkgutil.iter_modules(extractor.llm.__path__, 'extractor.llm.'):\n"
        "    if module.name not in ('extractor.llm.client', 'extractor.llm.retrying'):\n"
        "        __import__(module.name)\n"
        f"print(*sorted({MODEL_LIBRARIES!r} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_a_command_does_not_wait_for_the_modules_of_another() -> None:
    program = (
        "import sys\n"
        "from typer.main import get_command\n"
        "from extractor.commands.app import COMMANDS, app\n"
        "check = get_command(app).commands['check']\n"
        "others = {COMMANDS[name].partition(':')[0] for name in ('batch', 'review', 'panel', 'sum')}\n"
        "print(check.name, *(others & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["check"]


@pytest.mark.parametrize(
    ("command", "for_later"),
    [
        ("extract", {"extractor.documents.web.page", "extractor.documents.pdf.reader"}),
        ("batch", {"extractor.pipeline", "rules.form", "extractor.output.tables.writing"}),
    ],
)
def test_a_command_does_not_wait_for_what_many_of_its_runs_do_without(
    command: str, for_later: set[str]
) -> None:
    """A text needs no reader of pages; a batch in which nothing is new reads and writes nothing."""
    for module in for_later:
        assert module in modules()
    assert not imports_at_start(f"extractor.commands.{command}") & for_later


def test_modules_and_functions_stay_short() -> None:
    for path in paths(*ROOMS, "tests"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, path
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{path}: {node.name}"


def test_no_module_is_imported_by_all_others() -> None:
    own = {name: others for name, others in imports().items() if name.startswith("extractor.")}
    for name in own:
        assert sum(name in others for others in own.values()) < len(own) / 2, name

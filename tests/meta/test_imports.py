"""Imports point one way: eval → extractor → rules, prompts, cache, which know none of the others."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LOWEST = {"rules", "prompts", "cache"}
MAY_IMPORT = {
    **{room: {room} for room in LOWEST},
    "extractor": {"extractor", *LOWEST},
    "eval": {"eval", "extractor", *LOWEST},
}
ROOMS = tuple(sorted(MAY_IMPORT))
# The command `eval` hands over to its room, when it is called.
LOADS_EVAL = ROOT / "extractor/commands/app.py"
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


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(str(node.module).partition(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_what_they_may(room: str) -> None:
    paths = modules(room)
    assert paths
    for path in paths:
        allowed = MAY_IMPORT[room] | ({"eval"} if path == LOADS_EVAL else set())
        assert imported(path) & {*ROOMS, "tests"} <= allowed, path


def test_rules_touches_no_files_and_no_network() -> None:
    for path in modules("rules"):
        assert not imported(path) & NOT_IN_RULES, path


def test_one_module_imports_the_libraries_that_ask_models() -> None:
    for path in modules(*ROOMS, "tests"):
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


def test_modules_and_functions_stay_short() -> None:
    for path in modules(*ROOMS, "tests"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= LONGEST_MODULE, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{path}: {node.name}"


def test_no_module_is_imported_by_all_others() -> None:
    paths = modules("extractor")
    for path in paths:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        others = [p for p in paths if p != path and f"from {name} import" in p.read_text(encoding="utf-8")]
        assert len(others) < len(paths) / 2, name

"""The public face: what it names, that type checkers know the same, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import extractor
import gongkai

ROOT = Path(__file__).parent.parent.parent
# A change here is a change for everyone who calls gongkai: it belongs in CHANGELOG.md.
NAMES = """
    extract read_reports ReadReport read_previous load_form_file Form FormSet

    Extraction Verdict Cell Status State Grounding Finding Cause Header Fact
    Narrative Section Passage Claim Measure Approximation Relation RelationKind Outcome
    Step Action Usage Bilingual
    Document Span Locator Grid GridCell

    Asking Settings Profile WhoReads Limits Prices Mode Traffic Problem
    CompletesReports AskingReader BlockingReader

    GongkaiError FormFileError SelectionError OutputError InternalError
    InputError UnreadableError TooLargeError UnknownFormatError MissingProgramError NoReportError
    ModelError SettingsError TooLongError UnavailableError RefusalError EmptyReplyError TruncatedError
    MalformedReplyError Misfit BudgetError NotCachedError
"""
PUBLIC = NAMES.split()


def run(*arguments: str, cwd: Path = ROOT) -> str:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("package", [extractor, gongkai])
def test_the_public_names_are_these(package: object) -> None:
    assert sorted(package.__all__) == sorted(PUBLIC)  # type: ignore[attr-defined]
    assert set(PUBLIC) <= set(dir(package))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_what_its_module_defines(name: str) -> None:
    value = getattr(extractor, name)
    assert getattr(gongkai, name) is value
    assert value.__name__ == name
    assert getattr(sys.modules[value.__module__], name) is value


@pytest.mark.parametrize("package", [extractor, gongkai])
def test_an_unknown_name_is_an_attribute_error(package: object) -> None:
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'extrakt'"):  # type: ignore[attr-defined]
        _ = package.extrakt  # type: ignore[attr-defined]


def test_type_checkers_are_told_the_same_modules() -> None:
    told = {
        alias.name: node.module
        for node in ast.walk(ast.parse(Path(extractor.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module not in ("__future__", "importlib", "typing")
    }
    assert told.keys() == set(PUBLIC)
    for name, module in told.items():
        assert getattr(extractor, name).__module__ == module, name


@pytest.mark.parametrize("package", ["extractor", "gongkai"])
def test_importing_it_imports_nothing_else_of_ours(package: str) -> None:
    program = f"import sys, {package}; print(*sys.modules)"
    rooms = {"extractor", "rules", "prompts", "cache"}
    assert {name for name in run("-c", program).split() if name.partition(".")[0] in rooms} == {"extractor"}
    assert "pydantic" not in run("-c", program).split()


@pytest.mark.parametrize("module", ["extractor", "gongkai"])
def test_it_is_the_program(module: str, tmp_path: Path) -> None:
    assert run("-m", module, "--version") == f"{version('gongkai')}\n"
    report = tmp_path / "empty.txt"
    report.write_text("no report", encoding="utf-8")
    check = subprocess.run(
        [sys.executable, "-m", module, "check", str(report)], cwd=ROOT, capture_output=True, check=False
    )
    assert check.returncode == 2

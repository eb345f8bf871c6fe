"""The public face: what it names, that type checkers know the same, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import extractor
import gongkai

ROOT = Path(__file__).parent.parent.parent
# A change here is a change for everyone who calls gongkai: it belongs in CHANGELOG.md.
NAMES = """
    extract read_reports ReadReport read_previous load_form_file Form FormSet Additions RuleFunction Violation

    Extraction Verdict Cell TablePosition Status Basis State Grounding Finding Cause Header Fact
    Narrative Section Passage Claim Measure Approximation Relation RelationKind Outcome
    Decision Decisions Decided Choice Record record_beside
    Step Action Usage Bilingual
    Document Span Locator Grid GridCell Sureness

    Asking Settings Profile WhoReads Limits Prices Mode Traffic Problem
    CompletesReports AskingReader BlockingReader

    GongkaiError FormFileError AddedRulesError ConfigurationError SelectionError OutputError InternalError
    InputError UnreadableError TooLargeError UnknownFormatError MissingProgramError NoReportError
    ModelError SettingsError TooLongError UnavailableError RefusalError EmptyReplyError TruncatedError
    MalformedReplyError Misfit BudgetError NotCachedError
"""
PUBLIC = NAMES.split()
ROOMS = {"extractor", "rules", "prompts", "cache"}
# What lies in a form, or in a file of rules, is written in YAML, and nobody's to make in Python.
OPAQUE = {extractor.Form, extractor.Additions}


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


def classes_in(hint: object) -> Iterator[type]:
    """The classes that an annotation names, however deep."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


def test_what_the_functions_take_and_give_is_public_whatever_lies_in_it() -> None:
    functions = [getattr(extractor, name) for name in PUBLIC if name[0].islower()]
    hints = [hint for function in functions for hint in get_type_hints(function).values()]
    new = {extractor.Asking, *(found for hint in hints for found in classes_in(hint))}
    seen: set[type] = set()
    while new:
        ours = {found for found in new if found.__module__.partition(".")[0] in ROOMS}
        seen |= ours
        hints = [hint for found in ours - OPAQUE for hint in get_type_hints(found).values()]
        new = {found for hint in hints for found in classes_in(hint)} - seen
    assert {
        extractor.Document,
        extractor.Locator,
        extractor.Relation,
        extractor.Usage,
        extractor.Form,
    } <= seen
    assert {found.__name__ for found in seen} - set(PUBLIC) == set()


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
    imported = run("-c", program).split()
    assert {name for name in imported if name.partition(".")[0] in ROOMS} == {"extractor"}
    assert "pydantic" not in imported


@pytest.mark.parametrize("module", ["extractor", "gongkai"])
def test_it_is_the_program(module: str, tmp_path: Path) -> None:
    report = tmp_path / "empty.txt"
    report.write_text("no report", encoding="utf-8")
    check = subprocess.run(
        [sys.executable, "-m", module, "check", str(report)], cwd=ROOT, capture_output=True, check=False
    )
    assert check.returncode == 2

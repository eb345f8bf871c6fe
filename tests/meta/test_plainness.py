"""Modules and functions stay plain enough to be read; none is left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from radon.metrics import h_visit_ast, mi_compute, mi_visit
from radon.visitors import Class, ComplexityVisitor

from tests.helpers.import_graph import ROOMS, ROOT, paths, tree

# Cyclomatic complexity (McCabe) of a function, comprehensions and nested functions counted; maintainability
# index (radon) of a module.
MOST_COMPLEX, LEAST_MAINTAINABLE = 15, 20


@cache
def visited(path: Path) -> ComplexityVisitor:
    """A module, its branches counted; a test's assertions are free."""
    return ComplexityVisitor.from_ast(tree(path), no_assert=True)


def complexities(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module, nested ones with the one that holds them."""
    for block in visited(path).blocks:
        if not isinstance(block, Class):
            yield f"{path.relative_to(ROOT)}: {block.fullname}", block.complexity


def test_no_function_is_more_complex_than_one_can_follow() -> None:
    found = {
        name
        for path in paths(*ROOMS, "tests")
        for name, complexity in complexities(path)
        if complexity > MOST_COMPLEX
    }
    assert found == set()


def maintainability(path: Path) -> float:
    """A module's index; or less, where that is enough: comments raise it, and take long to count."""
    text = path.read_text(encoding="utf-8")
    volume = h_visit_ast(tree(path)).total.volume
    least: float = mi_compute(volume, visited(path).total_complexity, len(text.splitlines()), 0)
    return least if least >= LEAST_MAINTAINABLE else float(mi_visit(text, multi=True))


def test_no_module_is_hard_to_maintain() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in paths(*ROOMS)
        if maintainability(path) < LEAST_MAINTAINABLE
    }
    assert found == set()

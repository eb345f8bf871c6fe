"""Modules and functions stay plain enough to be read; none is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit
from radon.metrics import mi_visit
from radon.visitors import Class

from tests.helpers.import_graph import ROOMS, ROOT, paths

# Cyclomatic complexity (McCabe) of a function, comprehensions and nested functions counted; maintainability
# index (radon) of a module.
MOST_COMPLEX, LEAST_MAINTAINABLE = 15, 20


def complexities(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module, nested ones with the one that holds them; a test's assertions are free."""
    for block in cc_visit(path.read_text(encoding="utf-8"), no_assert=True):
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


def test_no_module_is_hard_to_maintain() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in paths(*ROOMS)
        if mi_visit(path.read_text(encoding="utf-8"), multi=True) < LEAST_MAINTAINABLE
    }
    assert found == set()

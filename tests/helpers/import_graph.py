"""Which module imports which: read from the source, so that lazy and type-only imports count like others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("rules", "prompts", "cache", "extractor", "eval")
# Modules by what they import.
Graph = Mapping[str, set[str]]


def paths(*rooms: str) -> list[Path]:
    """The modules of top-level folders, as files."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of a module; of a package's ``__init__``, that of the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax; what looks at all modules shares it, as to parse them takes seconds."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules() -> dict[str, Path]:
    """Every module that is no test, by dotted name."""
    return {name_of(path): path for path in paths(*ROOMS, "gongkai")}


@cache
def imports() -> Graph:
    """The modules that each module imports, wherever in it, or names in a string to have them run."""
    return {name: set(_imported(path)) - {name} for name, path in modules().items()}


@cache
def imports_at_start(name: str) -> set[str]:
    """The modules that are imported with one: those that it names outside of functions, and theirs."""
    found: set[str] = set()
    waiting = {name}
    while waiting:
        found |= waiting
        trees = [tree(modules()[one]) for one in waiting]
        waiting = {other for own in trees for other in _named_in(_at_start(own))} - found
    return found


def _at_start(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported; not what only type checkers read."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _at_start(child)


def _imported(path: Path) -> Iterator[str]:
    return _named_in(ast.walk(tree(path)))


def _named_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    known = modules()
    for node in nodes:
        names: Iterable[str] = ()
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else str(node.module) for name in within]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            names = [node.value]
        yield from (name for name in names if name in known)


def inside(package: str, graph: Graph) -> dict[str, set[str]]:
    """What the modules and folders that lie directly in a package import of each other.

    A folder imports what any module in it does. The package's own ``__init__`` is ``__init__``.
    """
    found: dict[str, set[str]] = {}
    for name, imported in graph.items():
        child = _child(package, name)
        if child is not None:
            others = {_child(package, other) for other in imported}
            found.setdefault(child, set()).update(other for other in others if other not in (None, child))
    return found


def _child(package: str, name: str) -> str | None:
    if name == package:
        return "__init__"
    if not name.startswith(f"{package}."):
        return None
    return name.removeprefix(f"{package}.").partition(".")[0]


def circles(graph: Graph) -> list[frozenset[str]]:
    """Everything that imports itself by way of others: the strongly connected components (Tarjan 1972)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[frozenset[str]] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        path.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in path:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            first = path.index(name)
            if len(path) - first > 1:
                found.append(frozenset(path[first:]))
            del path[first:]

    for name in sorted(graph):
        if name not in number:
            visit(name)
    return found


def edges(graph: Graph, circle: frozenset[str]) -> list[str]:
    """The imports between the modules or folders of a circle, as ``a imports b``: those that close it."""

    def part(name: str) -> str | None:
        """What of the circle a module is, or lies in."""
        ways = ((one, one.removesuffix(".__init__")) for one in circle)
        return next((one for one, own in ways if name == own or name.startswith(f"{one}.")), None)

    return sorted(
        f"{name} imports {other}"
        for name, others in graph.items()
        for other in others
        if (one := part(name)) and (another := part(other)) and one != another
    )

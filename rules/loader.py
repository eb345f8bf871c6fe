"""Files of rules: YAML in, :class:`rules.form.Form` or the like out; any mistake is fatal, with its line.

Those that ship with gongkai are put to the same checks by tests, and not again whenever it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from rules.form import Form
from rules.model import SHIPPED, MistakeInsideError

M = TypeVar("M", bound=BaseModel)
_Path: TypeAlias = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The families of the forms that ship with gongkai, and of each its editions, newest first.
ANNUAL_REPORT, STATISTICS_TABLE = "cn-annual-report", "cn-statistics-table"
BUILT_IN = {ANNUAL_REPORT: ("2021", "2019"), STATISTICS_TABLE: ("2014", "2008")}


class FormError(ValueError):
    """A form file with a mistake; ``str()`` is ``file:line: cause`` for each."""


def load_form(text: str, name: str) -> Form:
    """Read a form file.

    Args:
        text: its content.
        name: how error messages call the file.

    Raises:
        FormError: with file, line and cause of every mistake that was found.
    """
    return load_yaml(text, name, Form)


def load_yaml(text: str, name: str, model: type[M], check: Callable[[M], None] | None = None) -> M:
    """Read a YAML file that mirrors a model.

    Args:
        text: its content.
        name: how error messages call the file.
        model: what it must be.
        check: what else must hold of it; what doesn't raises a MistakeInsideError.

    Raises:
        FormError: with file, line and cause of every mistake that was found.
    """
    lines: dict[_Path, int] = {}
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise FormError(f"{name}:1: the file is empty")
        for path, node in _walk(root, (), name):
            lines.setdefault(path, node.start_mark.line + 1)
        # The nodes become values: to parse the text a second time would take as long again.
        data = loader.construct_document(root)
    except RecursionError as error:
        raise FormError(f"{name}:1: it is nested too deeply") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        cause = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise FormError(f"{name}:{line}: not YAML: {cause}") from error
    try:
        loaded = model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        locations = [one["loc"] for one in errors]
        mistakes = [
            _mistake(one, lines, name)
            for one in errors
            # A list whose only item is wrong is also called too short: say the cause only.
            if one["type"] != "too_short" or not any(_below(loc, one["loc"]) for loc in locations)
        ]
        raise FormError("\n".join(dict.fromkeys(mistakes))) from error
    if check is not None:
        try:
            check(loaded)
        except MistakeInsideError as error:
            line = lines.get(_in_file(error.path, lines), 1)
            raise FormError(f"{name}:{line}: {error}") from error
    return loaded


def load_shipped(path: str, model: type[M]) -> M:
    """Read a YAML file that ships with gongkai.

    Args:
        path: below the folder of this module.
        model: what it must be.
    """
    text = (files("rules") / path).read_text(encoding="utf-8")
    return model.model_validate(_Loader(text).get_single_data(), context=SHIPPED)


def _below(path: _Path, ancestor: _Path) -> bool:
    return len(path) > len(ancestor) and path[: len(ancestor)] == ancestor


def _walk(
    node: yaml.Node, path: _Path, name: str, above: tuple[yaml.Node, ...] = ()
) -> Iterator[tuple[_Path, yaml.Node]]:
    if any(node is ancestor for ancestor in above):
        raise FormError(f"{name}:{node.start_mark.line + 1}: an alias stands inside what it names")
    above = (*above, node)
    yield path, node
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index), name, above)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise FormError(f"{name}:{key.start_mark.line + 1}: the key {key.value!r} stands twice")
            seen.add(key.value)
            yield (*path, key.value), key
            yield from _walk(value, (*path, key.value), name, above)


def _mistake(error: Any, lines: dict[_Path, int], name: str) -> str:
    """One of pydantic's errors with the line of the node that it is about."""
    inside = error.get("ctx", {}).get("error")
    path: _Path = (*error["loc"], *(inside.path if isinstance(inside, MistakeInsideError) else ()))
    cause: str = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        cause = f"unknown key {path[-1]!r}"
    elif error["type"] == "missing":
        cause = f"the key {path[-1]!r} is missing"
    key = cause.split(" ", 1)[0]
    if (*path, key) in lines:
        path = (*path, key)
    return f"{name}:{lines.get(_in_file(path, lines), 1)}: {cause}"


def _in_file(path: _Path, lines: dict[_Path, int]) -> _Path:
    """A path as far as the file has it; pydantic puts the kind of a rule into it, which is no key."""
    known: _Path = ()
    for part in path:
        if (*known, part) in lines:
            known = (*known, part)
    return known


def built_in_forms(family: str = ANNUAL_REPORT) -> tuple[Form, ...]:
    """The forms of one family that ship with gongkai, newest edition first.

    Args:
        family: a key of :data:`BUILT_IN`; unless given, the family of the forms in force.
    """
    return _built_in(family)


@cache
def _built_in(family: str) -> tuple[Form, ...]:
    return tuple(load_shipped(f"forms/{edition}.yaml", Form) for edition in BUILT_IN[family])


def all_built_in_forms() -> tuple[Form, ...]:
    """The forms of all families that ship with gongkai, those in force first."""
    return tuple(form for family in BUILT_IN for form in _built_in(family))

"""What is wanted of a check, from a file beside the reports: ``gongkai.toml`` or a ``pyproject.toml``.

The nearest file at or above a report holds for it, and no other one; paths in it are relative to its folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.documents.source import read_file
from extractor.errors import ConfigurationError
from rules.words import Language

_OWN_FILE, _SHARED_FILE, _TABLE = "gongkai.toml", "pyproject.toml", "gongkai"
# What a value of the wrong type should be, in Chinese and in English, as one writes it in TOML.
_WANTED = {
    "tuple_type": ('列表，如 ["…"]', 'a list, as in ["…"]'),
    "bool_type": (" true 或 false", "true or false"),
    "string_type": ("加引号的文字", "words in quotes"),
    "literal_error": (' "zh" 或 "en"', '"zh" or "en"'),
    "dict_type": ("一个表（[…]）", "a table ([…])"),
}
#: The names of files of configuration.
CONFIGURATION_FILES = frozenset({_OWN_FILE, _SHARED_FILE})


class Configuration(BaseModel):
    """What stands in a file.

    Attributes:
        select: ids of rules, or beginnings of them; all rules, unless given.
        ignore: likewise, of those that aren't wanted.
        per_file_ignores: likewise, by a pattern of paths relative to the file's folder, or of names.
        language: of messages.
        forms: files of forms, relative to the file's folder.
        rules: files of rules that are added to those of the forms, likewise. Rules in Python are never named
            here: a file that lies beside reports decides nothing about what code runs.
        strict: whether warnings fail a report, too.
        folder: where the file lies.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Annotated[
        Mapping[str, tuple[str, ...]], Field(alias="per-file-ignores", default_factory=dict)
    ]
    language: Language | None = None
    forms: tuple[str, ...] = ()
    rules: tuple[Annotated[str, Field(pattern=r"\.ya?ml$")], ...] = ()
    strict: bool = False
    folder: Annotated[Path, Field(exclude=True)] = Path()

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """Rules that aren't wanted of a file, besides those of ``ignore``.

        Args:
            path: of the file.
        """
        absolute, folder = path.absolute(), self.folder.absolute()
        relative = absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute
        return tuple(
            rule
            for pattern, rules in self.per_file_ignores.items()
            if fnmatchcase(relative.as_posix(), pattern) or fnmatchcase(relative.name, pattern)
            for rule in rules
        )

    @property
    def form_files(self) -> tuple[Path, ...]:
        """The files of forms, by paths that lead to them."""
        return tuple(self.folder / form for form in self.forms)

    @property
    def rule_files(self) -> tuple[Path, ...]:
        """The files of rules, likewise."""
        return tuple(self.folder / rules for rules in self.rules)


def configuration_for(path: Path) -> Configuration:
    """What holds for a file: what the nearest file of configuration at or above it says.

    Args:
        path: of the file; of standard input, the folder that the program runs in stands for it.

    Raises:
        ConfigurationError: if that has a mistake.
        InputError: if it can't be read.
    """
    return _in_folder(path.absolute() if path.is_dir() else path.absolute().parent)


def forget_configurations() -> None:
    """Read files of configuration anew when they are next needed."""
    _in_folder.cache_clear()


@cache
def _in_folder(folder: Path) -> Configuration:
    own, shared = folder / _OWN_FILE, folder / _SHARED_FILE
    if own.is_file():
        return load_configuration(own)
    if shared.is_file() and _TABLE in _parsed(shared).get("tool", {}):
        return load_configuration(shared)
    return (
        Configuration.model_validate({"folder": folder})
        if folder.parent == folder
        else _in_folder(folder.parent)
    )


def load_configuration(path: Path) -> Configuration:
    """Read a file of configuration.

    Args:
        path: of the file; of one called ``pyproject.toml``, the table ``tool.gongkai`` counts.

    Raises:
        ConfigurationError: if it is no TOML, has a key that there isn't, or a value that can't be.
        InputError: if it can't be read.
    """
    data = _parsed(path)
    if path.name == _SHARED_FILE:
        data = data.get("tool", {}).get(_TABLE, {})
    try:
        return Configuration.model_validate({**_tupled(data), "folder": path.parent})
    except ValidationError as error:
        told = [_mistake(one) for one in error.errors(include_url=False)]
        raise ConfigurationError(
            f"{path} 有误：{'；'.join(zh for zh, _ in told)}。",
            f"{path} has a mistake: {'; '.join(en for _, en in told)}",
        ) from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_file(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} 不是 TOML：{error}。", f"{path} is no TOML: {error}") from error


def _tupled(data: Any) -> Any:
    """Arrays of TOML as the tuples that the model has."""
    if isinstance(data, dict):
        return {key: _tupled(value) for key, value in data.items()}
    return tuple(map(_tupled, data)) if isinstance(data, list) else data


def _mistake(error: Any) -> tuple[str, str]:
    """What is wrong, in Chinese and in English; of an unknown key, which one may be meant."""
    key = ".".join(map(str, error["loc"]))
    if error["type"] in _WANTED:
        zh, en = _WANTED[error["type"]]
        return f"{key} 应为{zh}", f"{key}: this should be {en}"
    if error["type"] != "extra_forbidden":
        return f"{key} 的值不符合要求（{error['msg']}）", f"{key}: {error['msg']}"
    known = [field.alias or name for name, field in Configuration.model_fields.items() if name != "folder"]
    if meant := get_close_matches(key, known, n=1, cutoff=0.5):
        return f"没有“{key}”这一项，是否指 {meant[0]}？", f"there is no key {key!r}; is {meant[0]} meant?"
    return (
        f"没有“{key}”这一项，可用的有 {'、'.join(known)}",
        f"no key is called {key!r}; there are {', '.join(known)}",
    )

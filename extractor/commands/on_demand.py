"""Commands whose modules are imported when they are called or listed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from extractor.commands.speaking import SpeakingContext, language_asked, run_in_chinese, speaking, spoken

#: How each of gongkai's applications of typer looks: one way of help and errors for all.
APPEARANCE: Mapping[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}


class _Loading(MutableMapping[str, Any]):
    """Commands by their names; one that is given as ``module:attribute`` is loaded when it is taken."""

    def __init__(self, addresses: Mapping[str, str], loaded: Mapping[str, Any]) -> None:
        self._commands: dict[str, Any] = {**addresses, **loaded}

    def __getitem__(self, name: str) -> Any:
        command = self._commands[name]
        if isinstance(command, str):
            command = self._commands[name] = _load(name, command)
        return command

    def __setitem__(self, name: str, command: Any) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def _load(name: str, address: str) -> Any:
    module, _, attribute = address.partition(":")
    registered: typer.Typer | Callable[..., None] = getattr(import_module(module), attribute)
    if not isinstance(registered, typer.Typer):
        application = typer.Typer(**APPEARANCE)
        application.command(name)(registered)
        registered = application
    return speaking(get_command(registered))


def group_on_demand(addresses: Mapping[str, str]) -> type[TyperGroup]:
    """A class of groups that has commands beside those that are registered with it, imported on demand.

    Args:
        addresses: the name of each command: ``module:attribute`` of its function, or of its application of
            typer where it has commands itself. A module that isn't there ends in an ImportError when its
            command is called.

    Returns:
        The class, for ``cls`` of an application of typer.
    """

    class GroupOnDemand(TyperGroup):
        context_class = SpeakingContext

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = _Loading(addresses, self.commands)

        def main(self, *args: Any, **settings: Any) -> Any:
            given = args[0] if args else settings.get("args")
            language = language_asked(sys.argv[1:] if given is None else given)
            with spoken(language):
                if language == "en" or not settings.get("standalone_mode", True):
                    return super().main(*args, **settings)
                return run_in_chinese(partial(super().main, *args, **settings))

    return GroupOnDemand

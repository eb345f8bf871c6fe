"""Help and usage errors in the language that was asked for; in English they are typer's own."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple, NoReturn

import typer

from extractor.commands.language import Lang, language_of
from rules.words import Language


class ChineseWords(NamedTuple):
    """What help says in Chinese.

    Attributes:
        commands: of commands, by their path.
        options: of options and arguments, by what they say in English.
    """

    commands: Mapping[str, str]
    options: Mapping[str, str]


_LANGUAGE: ContextVar[Language] = ContextVar("language", default="en")
# Those of a program that isn't gongkai's own, such as its evaluation.
_WORDS: ContextVar[ChineseWords | None] = ContextVar("words", default=None)
# As wide as the help of typer is: no wider than is easily read.
_WIDEST, _NARROWEST = 80, 50
_INDENT, _NAMES = 2, 30
# No line begins with one of these.
_NOT_FIRST = frozenset("，。；：、？！）」』”’》]")


def language_asked(arguments: Sequence[str]) -> Language:
    """The language of ``--lang`` on a command line that isn't parsed yet; else the locale's.

    Args:
        arguments: of the program.
    """
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        name, equals, value = argument.partition("=")
        if name == "--lang" and (value if equals else following) in set(Lang):
            return language_of(Lang(value if equals else following))
    return language_of(None)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Within it, help is in this language."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


class SpeakingContext(typer.Context):
    """What a command is called with; it writes help in the language that was asked for."""

    def get_help(self) -> str:
        """The help of the command."""
        return super().get_help() if _LANGUAGE.get() == "en" else "\n".join(_chinese_help(self))

    def get_usage(self) -> str:
        """How it is called, in a line."""
        return super().get_usage() if _LANGUAGE.get() == "en" else _usage(self)


def run_speaking(command: Any, arguments: Sequence[str], name: str, words: ChineseWords) -> None:
    """Run a command whose help and usage errors are in the language that was asked for, and exit.

    Args:
        command: of typer.
        arguments: of it.
        name: what it is called by.
        words: what it says in Chinese.
    """
    language = language_asked(arguments)
    run = partial(speaking(command).main, list(arguments), prog_name=name)
    token = _WORDS.set(words)
    try:
        with spoken(language):
            run() if language == "en" else run_in_chinese(run)
    finally:
        _WORDS.reset(token)


def speaking(command: Any) -> Any:
    """A command of typer, and all below it that are loaded, with help in both languages.

    Args:
        command: which.
    """
    command.context_class = SpeakingContext
    for below in getattr(command, "commands", {}).values():
        speaking(below)
    return command


def tell_usage_error(error: Any) -> None:
    """Tell in Chinese what is wrong with a command line.

    Args:
        error: typer's.
    """
    from extractor.commands.chinese import ERRORS

    context, english = getattr(error, "ctx", None), error.format_message()
    if context is not None:
        typer.echo(f"{_usage(context)}\n用 {context.command_path} --help 查看说明。\n", err=True)
    for pattern, chinese in ERRORS:
        if match := re.fullmatch(pattern, english, re.S):
            # Names of one option: '-o' / '--output'.
            english = chinese.format(*(group.replace("' / '", " / ") for group in match.groups()))
            break
    typer.echo(f"gongkai: {english}", err=True)


def _words() -> ChineseWords:
    """All that help says in Chinese."""
    from extractor.commands.chinese import COMMANDS, OPTIONS

    more = _WORDS.get()
    if more is None:
        return ChineseWords(COMMANDS, OPTIONS)
    return ChineseWords({**COMMANDS, **more.commands}, {**OPTIONS, **more.options})


def _usage(context: typer.Context) -> str:
    from extractor.commands.chinese import META, USAGE

    pieces = [META.get(piece, _plain(piece)) for piece in context.command.collect_usage_pieces(context)]
    return f"{USAGE}{' '.join([context.command_path, *pieces])}"


def _plain(piece: str) -> str:
    """An argument in a line of usage: typer has braces around what must be given."""
    return re.sub(r"^\{(.+)\}", r"\1", piece).replace("...", "…")


def _chinese_help(context: typer.Context) -> Iterator[str]:
    """The lines of a command's help."""
    from extractor.commands.chinese import ARGUMENTS, SETTINGS, SUBCOMMANDS

    width = max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST)
    yield _usage(context)
    yield ""
    for paragraph in _words().commands.get(context.command_path, context.command.help or "").split("\n"):
        yield from (" " * _INDENT + line if line else "" for line in _wrapped(paragraph, width - _INDENT))
    yield from _listed(ARGUMENTS, _parameters(context, "argument"), width)
    yield from _listed(SETTINGS, _parameters(context, "option"), width)
    yield from _listed(SUBCOMMANDS, _commands(context), width)


def _parameters(context: typer.Context, kind: str) -> list[tuple[str, str]]:
    """The names of arguments, or of options, and what they say of themselves."""
    command: Any = context.command
    wanted = [one for one in command.get_params(context) if one.param_type_name == kind]
    records = [(one, one.get_help_record(context)) for one in wanted]
    return [(record[0], _told_of(one.help or "", record[1])) for one, record in records if record is not None]


def _commands(context: typer.Context) -> list[tuple[str, str]]:
    """The names of the commands of a group, and the first line of what they say."""
    words = _words().commands
    command: Any = context.command
    names = command.list_commands(context) if hasattr(command, "list_commands") else []
    below = {name: command.get_command(context, name) for name in names}
    return [
        (name, words.get(f"{context.command_path} {name}", one.get_short_help_str()).partition("\n")[0])
        for name, one in below.items()
        if one is not None and not one.hidden
    ]


def _told_of(english: str, text: str) -> str:
    """What an option says of itself, and what typer puts behind that."""
    from extractor.commands.chinese import NOTES

    behind = text.removeprefix(english).strip()
    for old, new in NOTES:
        behind = behind.replace(old, new)
    return _words().options.get(english, english) + behind.replace("; ", "；")


def _listed(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    column = min(max(len(name) for name, _ in rows), _NAMES) + 2
    yield f"\n{heading}："
    for name, text in rows:
        lines = _wrapped(text, width - _INDENT - column)
        is_beside = len(name) <= column - 2
        if not is_beside:
            yield " " * _INDENT + name
        yield (" " * _INDENT + (name if is_beside else "").ljust(column) + lines[0]).rstrip()
        yield from (" " * (_INDENT + column) + line for line in lines[1:])


def _wrapped(text: str, width: int) -> list[str]:
    """Lines no wider than that on a terminal, where a Chinese character takes two columns."""
    lines, used = [""], 0
    # Words of Latin letters stay whole.
    for piece in re.findall(r"[!-~]+|.", text):
        columns = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in piece)
        if used + columns > width and piece[0] not in _NOT_FIRST:
            lines.append("")
            used = 0
        lines[-1] += piece
        used += columns
    return [line.strip() for line in lines]


def run_in_chinese(run: Callable[..., Any]) -> NoReturn:
    """Run the program and exit; what typer has to say of the command line is told in Chinese.

    Args:
        run: runs it, with ``standalone_mode`` as typer has it.
    """
    from typer.exceptions import TyperException

    try:
        status = run(standalone_mode=False)
    except TyperException as error:
        tell_usage_error(error)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("已取消。", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)

"""The commands on the cache of replies: ``gongkai cache``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.language import language_of, note
from extractor.commands.on_demand import APPEARANCE
from extractor.commands.options import LangOption
from extractor.errors import reason
from rules.words import Bilingual, Language

if TYPE_CHECKING:  # a command that asks no model starts without the cache
    from cache.problems import Problem
    from cache.replies import ReplyCache

cache_commands = typer.Typer(
    name="cache",
    help="Look at the kept replies of language models, or remove them.",
    no_args_is_help=True,
    **APPEARANCE,
)


def cache_warning(language: Language) -> Callable[[Problem], None]:
    """What tells the user of a problem with the cache, on standard error.

    Args:
        language: to tell it in.
    """

    def warn(problem: Problem) -> None:
        from cache.problems import Trouble

        folder, error = problem.folder, problem.error
        zh, en = reason(error) if isinstance(error, OSError) else (str(error), str(error))
        messages = {
            Trouble.REPLY: (
                f"缓存 {folder} 中有损坏的答复（{zh}），视为没有。",
                f"a kept reply in {folder} is damaged ({en}); it counts as missing",
            ),
            Trouble.DATABASE: (
                f"缓存 {folder} 已损坏（{zh}），不予使用。可用 gongkai cache clear 清除。",
                f"the cache {folder} is damaged ({en}) and left out; gongkai cache clear removes it",
            ),
            Trouble.UNUSABLE: (
                f"无法使用缓存 {folder}：{zh}。可用 GONGKAI_CACHE_DIR 指定其他文件夹。",
                f"can't use the cache {folder}: {en}; GONGKAI_CACHE_DIR names another folder",
            ),
            Trouble.BUSY: (
                f"缓存 {folder} 一直被其他进程占用。",
                f"another process doesn't let go of the cache {folder}",
            ),
        }
        chinese, english = messages[problem.trouble]
        note(language, f"gongkai: {chinese}", f"gongkai: {english}")

    return warn


@cache_commands.command("path")
def show_path() -> None:
    """Print the folder of the cache; it may not exist yet."""
    from cache.replies import default_folder

    typer.echo(default_folder())


@cache_commands.command("info")
def show_info(lang: LangOption = None) -> None:
    """Print where the kept replies are, how many, and how large.

    Exit status: 0; 2 if the cache can't be read.
    """
    language = language_of(lang)
    cache, problems = _open(language)
    info = cache.info()
    for name, value in (
        (Bilingual(zh="文件夹", en="folder "), info.folder),
        (Bilingual(zh="答复数", en="replies"), info.entries),
        (Bilingual(zh="大小　", en="size   "), _size(info.bytes)),
    ):
        typer.echo(f"{name.in_language(language)}  {value}")
    raise typer.Exit(2 if problems else 0)


@cache_commands.command("clear")
def remove_replies(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove them without asking.")] = False,  # noqa: FBT002
    lang: LangOption = None,
) -> None:
    """Remove all kept replies, or a damaged cache.

    Exit status: 0 if they are removed; 1 if you said no; 2 if they can't be, or nobody can be asked.
    """
    from cache.problems import Trouble

    language = language_of(lang)
    cache, problems = _open(language)
    if not yes:
        if not sys.stdin.isatty():
            note(language, "gongkai: 清除缓存请加 --yes。", "gongkai: to remove the cache, add --yes")
            raise typer.Exit(2)
        folder = cache.info().folder
        question = Bilingual(zh=f"清除 {folder} 中的全部答复？", en=f"Remove all replies in {folder}?")
        if not typer.confirm(question.in_language(language), err=True):
            raise typer.Exit(1)
    removed = cache.clear()
    if any(problem.trouble is not Trouble.DATABASE for problem in problems):
        raise typer.Exit(2)
    note(language, f"已清除 {removed} 条答复", f"removed {removed} {'reply' if removed == 1 else 'replies'}")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _open(language: Language) -> tuple[ReplyCache, list[Problem]]:
    """The cache, and a list that its problems are added to after they are told."""
    from cache.mode import Mode
    from cache.replies import ReplyCache, default_folder

    problems: list[Problem] = []
    warn = cache_warning(language)

    def tell(problem: Problem) -> None:
        warn(problem)
        problems.append(problem)

    return ReplyCache(default_folder(), Mode.REPLAY, tell), problems

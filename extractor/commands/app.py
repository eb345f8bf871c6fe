"""The command line: ``gongkai``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extractor.commands.batch import batch_commands
from extractor.commands.cache import cache_commands
from extractor.commands.check import check
from extractor.commands.error_reporter import ErrorReporter, exit_on_error
from extractor.commands.extract import extract
from extractor.commands.language import language_of
from extractor.commands.panel import panel
from extractor.commands.review import review
from extractor.commands.rules import show_rules
from extractor.commands.streams import guard_standard_streams
from extractor.commands.sum import sum_units
from extractor.commands.termination import terminated_in_order
from extractor.errors import InputError

app = typer.Typer(
    name="gongkai",
    help="Read annual open-government-information reports; prove every figure, or flag it.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(extract)
app.command()(check)
app.command()(review)
app.command()(panel)
app.command("sum")(sum_units)
app.command("rules")(show_rules)
app.add_typer(batch_commands)
app.add_typer(cache_commands)


def main() -> None:
    """Run the program and exit."""
    guard_standard_streams()
    with terminated_in_order(), ErrorReporter(language_of(None)):
        app(prog_name="gongkai")
    sys.exit(2)


@app.callback(invoke_without_command=True)
def _gongkai(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("gongkai"))
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    name="eval",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Evaluate against gold: run suites, compare runs, draft cases; needs a checkout."""
    with exit_on_error(language_of(None)):
        try:
            # Never in a wheel: the package's name is a generic one, and its cases are many megabytes.
            from eval.commands import commands
        except ModuleNotFoundError as error:
            if error.name is not None and error.name.partition(".")[0] != "eval":
                raise
            raise InputError(
                "gongkai eval 需要源代码目录。请克隆项目，在其中运行 make demo 后再试。",
                "gongkai eval needs a checkout; clone the project and run it there",
            ) from error
        commands(context.args, prog_name="gongkai eval")

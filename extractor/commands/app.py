"""The command line: ``gongkai``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extractor.commands.error_reporter import ErrorReporter, exit_on_error
from extractor.commands.language import language_of
from extractor.commands.on_demand import APPEARANCE, group_on_demand
from extractor.commands.streams import guard_standard_streams
from extractor.commands.termination import terminated_in_order
from extractor.errors import InputError

#: Every command but ``eval``, in the order of the help: where its function stands, or its group.
COMMANDS = {
    "extract": "extractor.commands.extract:extract",
    "check": "extractor.commands.check:check",
    "review": "extractor.commands.review:review",
    "panel": "extractor.commands.panel:panel",
    "sum": "extractor.commands.sum:sum_units",
    "rules": "extractor.commands.rules:show_rules",
    "form": "extractor.commands.form:form_commands",
    "batch": "extractor.commands.batch:batch_commands",
    "serve": "extractor.commands.serve:serve",
    "cache": "extractor.commands.cache:cache_commands",
}

app = typer.Typer(
    name="gongkai",
    cls=group_on_demand(COMMANDS),
    help="Read annual open-government-information reports; prove every figure, or flag it.",
    **APPEARANCE,
)


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
            from eval.commands import main as run_eval
        except ModuleNotFoundError as error:
            if error.name is not None and error.name.partition(".")[0] != "eval":
                raise
            raise InputError(
                "gongkai eval 需要源代码目录。请克隆项目，在其中运行 make demo 后再试。",
                "gongkai eval needs a checkout; clone the project and run it there",
            ) from error
        run_eval(context.args)

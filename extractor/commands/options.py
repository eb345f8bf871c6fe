"""The options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.language import Lang

_RULES = "rule ids or beginnings of them, with commas; may be given several times."

FormOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--form", help="A form of your own, as a YAML file, or a folder of them; may be given several times."
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rules", help="Rules to add: a YAML file, or what an installed package offers."),
]


def absolute_rules(names: Sequence[str]) -> list[str]:
    """What ``--rules`` gives, for another process: files by their whole path, other names as they are.

    Args:
        names: of files of rules, and by which installed packages offer some.
    """
    return [os.path.abspath(name) if os.path.exists(name) else name for name in names]


LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of messages and tables.  [default: from the locale]"),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option("--previous", help="Last year's report, or the JSON made of it, to compare with."),
]
SelectOption = Annotated[list[str] | None, typer.Option("--select", help=f"Only these: {_RULES}")]
IgnoreOption = Annotated[list[str] | None, typer.Option("--ignore", help=f"Not these: {_RULES}")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings, too.")]
OrgansOption = Annotated[
    Path | None,
    typer.Option(
        "--organs", help="A list of organs of your own, as CSV or xlsx, that says whose reports are."
    ),
]

"""A group of commands of which one, ``run``, is meant where none is named."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

#: The name of the command that is meant.
RUN = "run"


class RunByDefault(TyperGroup):
    """``gongkai batch reports`` is ``gongkai batch run reports``, ``gongkai eval cases`` likewise."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``run`` before arguments that name no command.

        Args:
            ctx: of the command line.
            args: behind the group's name.
        """
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = [RUN, *args]
        return super().parse_args(ctx, args)

"""``python -m eval`` is ``gongkai eval``."""

from eval.commands import commands

commands(prog_name="gongkai eval")

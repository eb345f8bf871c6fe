"""``python -m eval`` is ``gongkai eval``."""

import sys

from eval.commands import main

main(sys.argv[1:])

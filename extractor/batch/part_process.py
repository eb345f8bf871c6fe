"""The process that makes parts of the results of a batch, until the other side closes.

Both sides are ours, and what it opens is the journal that we wrote: so messages are pickles.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress

from extractor.batch.result_parts import ResultPart, ResultPartMaker, Task
from extractor.errors import GongkaiError
from extractor.platforms.here import HERE


def main() -> None:
    """Make the parts that are asked for."""
    # Rows are made and dropped by the ten thousand, and none of them is part of a cycle.
    gc.disable()
    with HERE.connection(int(sys.argv[1])) as connection, suppress(EOFError, ConnectionError):
        maker: ResultPartMaker = connection.recv()
        while True:
            connection.send(_answer(maker, connection.recv()))


def _answer(maker: ResultPartMaker, task: Task) -> ResultPart | GongkaiError:
    try:
        return maker.part(task)
    except GongkaiError as error:
        return error


if __name__ == "__main__":
    main()

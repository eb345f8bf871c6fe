"""What a model was asked about a report, what came of it, and what it cost."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from extractor.result.frozen import FrozenModel
from rules.words import Bilingual


class Action(StrEnum):
    """What happened in one step of reading with a model."""

    ASKED = "asked"
    TAKEN = "taken"
    AGREED = "agreed"
    PROPOSED = "proposed"
    REFUSED = "refused"
    DIFFERS = "differs"
    SUSPECTED = "suspected"
    REREAD = "reread"
    KEPT = "kept"
    FAILED = "failed"
    STOPPED = "stopped"


class Step(FrozenModel):
    """One step of reading with a model.

    Attributes:
        round: 0 for the first reading; then counted from 1.
        action: ``asked``: a question was put; ``taken``: an answer is grounded, and the page's labels leave
            no doubt; ``agreed``: it is grounded, and settles what the layout reading had found without
            being certain; ``proposed``: it is grounded, and settles nothing; ``refused``: it isn't
            grounded; ``differs``: it isn't what the layout reading has; ``suspected``: a rule is
            violated, and the rows are to be read again; ``reread``: they stand as before; ``kept``: they
            were read otherwise, which is no better, so that what was read before is kept; ``failed``: no
            usable answer; ``stopped``: nothing more is asked.
        rows: that the step is about.
        lines: of the file, counted from 1, that were shown or cited.
        message: what happened, for a person.
    """

    round: int
    action: Action
    rows: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    message: Bilingual


class Usage(FrozenModel):
    """What asking a model about one report cost: the replies used, whenever they were made.

    Attributes:
        model: its name.
        requests: failed attempts included.
        input_tokens, output_tokens: of all requests.
        cached_tokens: how many of the input tokens the server had in its own prefix cache.
        counted_by: ``server``; else the vocabulary, or ``estimate``, that some of it was counted with.
        cost: by the prices that the user gave, in their currency; None without prices.
    """

    model: str
    requests: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    counted_by: str
    cost: Decimal | None

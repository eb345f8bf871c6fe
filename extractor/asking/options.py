"""What may be chosen when a model is asked: who reads, what may be spent on it, and what that costs."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class WhoReads(StrEnum):
    """Who reads the tables.

    ``auto``: the layout reader, and a model what it can't read; ``model``: a model; ``both``: each of
    them everything, and where they differ the cell is disputed.
    """

    AUTO = "auto"
    MODEL = "model"
    BOTH = "both"


class Limits(NamedTuple):
    """What may be spent on one report; checked before each request.

    Attributes:
        tokens: of input and output together, failed attempts and kept replies included; None is no limit.
            Where it is reached, what was read so far is kept, and the rest is left to a person.
        requests: likewise, transport's retries included; None is no limit.
        rounds: how often what was refused or is suspected is read again, 0 for never. A round is of a few
            rows, some hundred tokens; reading ends earlier where a round brings nothing new.
        window: the longest question and answer together that the model can take, in tokens. Longer reports
            are sent in parts. Too large a number here costs refused requests; some servers (Ollama) cut off
            the beginning of a longer question without a word; where they count what they read, it is noticed.
        output: the longest answer, in tokens, a reasoning model's thoughts included.
    """

    tokens: int | None = None
    requests: int | None = None
    rounds: int = 2
    window: int = 32768
    output: int = 8192


class Prices(NamedTuple):
    """What tokens cost.

    Attributes:
        input: a million tokens that are sent, in any currency.
        output: a million tokens that are received, in the same currency.
    """

    input: Decimal
    output: Decimal

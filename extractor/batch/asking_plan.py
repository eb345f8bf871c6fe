"""How a batch asks a model: a value, and what makes it a setting of the run."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from extractor.asking.options import WhoReads
from extractor.asking.plan import Asking
from extractor.batch.outcome import Outcome
from extractor.result.verdict import Verdict


class AskingPlan(NamedTuple):
    """How a batch asks a model.

    Attributes:
        asking: which model, for what, within which limits a report.
        cost: the most that the run may cost; None for no limit.
        rate: the most requests a second; None for no limit.
        concurrency: how many files are asked about at once.
    """

    asking: Asking
    cost: Decimal | None = None
    rate: float | None = None
    concurrency: int = 8

    @property
    def key(self) -> str:
        """What tells one way of asking from another: what an answer depends on, and nothing else."""
        asking = self.asking
        settings = replace(asking.settings, api_key=None, timeout=1.0, base_url=asking.settings.address)
        parts = [
            repr(settings),
            asking.who_reads,
            repr(asking.limits),
            repr(asking.prices),
            repr(asking.text),
        ]
        content = sha256("\0".join(parts).encode())
        for prompt in sorted(files("prompts").iterdir(), key=lambda path: path.name):
            if prompt.is_file():
                content.update(prompt.read_bytes() + b"\0")
        return content.hexdigest()[:16]

    def is_wanted(self, outcome: Outcome) -> bool:
        """Whether the model has anything to be asked about the reports of a file.

        Args:
            outcome: of reading it by its layout.
        """
        if outcome.failure is not None:
            return False
        is_open = any(facts.verdict == Verdict.NEEDS_REVIEW for facts in outcome.reports)
        return is_open or self.asking.text or self.asking.who_reads is not WhoReads.AUTO

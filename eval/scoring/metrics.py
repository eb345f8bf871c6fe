"""What is to be found in a report besides its cells: the list of metrics, and what their counts mean.

What is to be found, a contradiction of the page or a claim, is **found**; or **left open**: no finding names
it, as cells of its balance are disputed or absent, so that nobody can say whether it holds, and the report is
``needs_review``; or **missed**: nothing is told of it. What is told and isn't so is **false**. Precision is
found / (found + false), recall found / (found + left open + missed). **Micro** adds up the counts of all
reports, **macro** takes the mean of the reports that have any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.gold.expected import ExpectedFinding, Gold
from eval.scoring.claims import ClaimScore, score_claims
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Finding
from extractor.result.narrative import Narrative
from extractor.result.verdict import Verdict


class Tried(NamedTuple):
    """Counts of what was to be found; see the module."""

    found: int
    missed: int
    false: int
    left_open: int = 0

    def __add__(self, other: object) -> Tried:
        return (
            Tried(*(a + b for a, b in zip(self, other, strict=True)))
            if isinstance(other, Tried)
            else NotImplemented
        )

    @property
    def precision(self) -> float:
        """The share of what was told that is so; 1 if nothing was told."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that was told; 1 if nothing is so."""
        wanted = self.found + self.left_open + self.missed
        return self.found / wanted if wanted else 1.0

    @property
    def told(self) -> str:
        """The counts, as words."""
        left_open = f"{self.left_open} left open, " if self.left_open else ""
        return f"{self.found} found, {left_open}{self.missed} missed, {self.false} false"


@dataclass(frozen=True)
class Metric:
    """One kind of thing that is to be found.

    Attributes:
        name: what results, their files, comparisons and tables call it.
        count: of an extraction (None if the file couldn't be read) against gold; None where nobody has
            written down what is to be found.
    """

    name: str
    count: Callable[[Extraction | None, Gold], Tried | None]


def _findings(extraction: Extraction | None, gold: Gold) -> Tried | None:
    """The contradictions that were reported; defects of the reading (missing, disputed) are none."""
    if gold.findings is None:
        return None
    told = set(_contradictions(extraction.findings if extraction is not None else ()))
    wanted = {(one.rule, one.place): one for one in gold.findings}
    untold = [one for key, one in wanted.items() if key not in told]
    left_open = sum(_is_left_open(extraction, one) for one in untold)
    return Tried(
        len(wanted) - len(untold), len(untold) - left_open, len(told - wanted.keys()), left_open=left_open
    )


def _contradictions(findings: Sequence[Finding]) -> Iterator[tuple[str, str | int]]:
    """The rule and the place of each."""
    for finding in findings:
        start = finding.span.start if finding.span is not None else -1
        if finding.severity != "hard":
            continue
        if finding.rule.startswith("narrative-"):
            yield finding.rule, start
        elif finding.left is not None:
            yield finding.rule, finding.place or start


def _is_left_open(extraction: Extraction | None, untold: ExpectedFinding) -> bool:
    """Whether a person is asked to look at a cell without which nobody can say whether the balance holds."""
    if extraction is None or extraction.verdict is not Verdict.NEEDS_REVIEW:
        return False
    # An alternative that isn't recognised has no cells; the other one's are absent, and that is told.
    unsettled = (Status.DISPUTED, Status.ABSENT)
    settled = {cell.address for cell in extraction.cells if cell.status not in unsettled}
    return not settled.issuperset(untold.cells)


def _claims(extraction: Extraction | None, gold: Gold) -> Tried | None:
    """The numbers that the free text states."""
    own = _claim_score(extraction, gold)
    return None if own is None else Tried(own.right, len(own.missed), len(own.spurious))


def _relations(extraction: Extraction | None, gold: Gold) -> Tried | None:
    """What these numbers say of each other and of cells."""
    own = _claim_score(extraction, gold)
    return None if own is None else Tried(own.related, len(own.unrelated), len(own.misrelated))


def _claim_score(extraction: Extraction | None, gold: Gold) -> ClaimScore | None:
    if gold.claims is None:
        return None
    return score_claims(extraction.narrative if extraction is not None else Narrative(), gold.claims)


# In the order in which they are told. A metric that is added here is scored, kept in the files of runs, added
# up, compared and reported; results of runs made before don't have it.
METRICS = (Metric("findings", _findings), Metric("claims", _claims), Metric("relations", _relations))

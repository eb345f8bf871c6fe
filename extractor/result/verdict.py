"""What is to be done with a report."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What is to be done with a report as a whole."""

    NEEDS_REVIEW = "needs_review"
    SOURCE_ERROR = "source_error"
    VERIFIED = "verified"

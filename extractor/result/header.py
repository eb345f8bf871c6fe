"""What a report says about itself."""

from __future__ import annotations

from extractor.documents.document import Span
from extractor.result.frozen import FrozenModel


class Fact(FrozenModel):
    """Something that the head or the foot of a report states.

    ``value`` is normalised (dates are ISO 8601); None if what is printed can't be (2月31日).
    """

    printed: str
    value: str | None
    span: Span


class Header(FrozenModel):
    """What the report says about itself; None where it doesn't.

    The value of ``scope`` is ``own`` if it says that its figures are those of the organ's own office alone,
    ``whole`` if those of the departments and places below it, too.
    """

    organ: Fact | None = None
    year: Fact | None = None
    period_start: Fact | None = None
    period_end: Fact | None = None
    publication_date: Fact | None = None
    address: Fact | None = None
    postcode: Fact | None = None
    telephone: Fact | None = None
    email: Fact | None = None
    site: Fact | None = None
    scope: Fact | None = None

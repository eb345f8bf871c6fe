"""All kinds of rules on a document; a new one is a module beside this, a line here, and a class in rules/."""

from __future__ import annotations

from typing import Any

from extractor.narrative.checks.document import contact, figures, header, sections, topics, words
from extractor.narrative.checks.document.contract import Check

DOCUMENT_CHECKS: tuple[Check[Any], ...] = (
    *sections.CHECKS,
    *topics.CHECKS,
    *header.CHECKS,
    *contact.CHECKS,
    *figures.CHECKS,
    *words.CHECKS,
)
# The check of each rule, by the name that rules have for it.
CHECK_NAMED: dict[str, Check[Any]] = {name: check for check in DOCUMENT_CHECKS for name in check.names}

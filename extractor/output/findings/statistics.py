"""How often each rule is violated in the files that were checked."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractor.checking.catalogue import ListedRule, listed_rules
from extractor.checking.checked import CheckedFile
from rules.words import SEVERITIES, Language


class RuleCount(NamedTuple):
    """How often a rule is violated.

    Attributes:
        rule: which.
        findings: that name it.
        files: that have one.
    """

    rule: ListedRule
    findings: int
    files: int


def counted(files: Sequence[CheckedFile]) -> tuple[RuleCount, ...]:
    """Every rule that is violated, the most frequent first.

    Args:
        files: that were checked.
    """
    found = Counter(one.finding.rule for file in files for one in file.told)
    in_files = Counter(rule for file in files for rule in {one.finding.rule for one in file.told})
    known: dict[str, ListedRule] = {}
    for forms in dict.fromkeys(file.forms for file in files):
        for rule in listed_rules(forms):
            known.setdefault(rule.id, rule)
    counts = [RuleCount(known[rule], count, in_files[rule]) for rule, count in found.items()]
    return tuple(sorted(counts, key=lambda one: (-one.findings, one.rule.id)))


def statistics_to_text(counts: Sequence[RuleCount], language: Language) -> str:
    """``count  rule  severity  text``, a rule a line."""
    width = len(str(max((one.findings for one in counts), default=0)))
    return "".join(
        f"{one.findings:{width}}  {one.rule.id}  {SEVERITIES[one.rule.severity].in_language(language)}  "
        f"{one.rule.text.in_language(language)}\n"
        for one in counts
    )


def statistics_to_json(counts: Sequence[RuleCount], _language: Language) -> str:
    """An array with an object a rule; the same in every language."""
    objects = [
        {
            "rule": one.rule.id,
            "severity": one.rule.severity,
            "count": one.findings,
            "files": one.files,
            "text": one.rule.text.model_dump(),
        }
        for one in counts
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def statistics_to_csv(counts: Sequence[RuleCount], language: Language) -> str:
    """A head and a row a rule."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(("rule", "severity", "count", "files", "text"))
    writer.writerows(
        (one.rule.id, one.rule.severity, one.findings, one.files, one.rule.text.in_language(language))
        for one in counts
    )
    return buffer.getvalue()

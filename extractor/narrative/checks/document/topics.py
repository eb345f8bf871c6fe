"""What a report must tell of: the aspects of its overview, what a government adds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told
from extractor.verify.words import in_each
from rules.document import TopicsRule


def _judge(report: CheckedReport, rule: TopicsRule) -> Iterator[Told]:
    sections = [one for one in report.sections if not rule.sections or one.number in rule.sections]
    if not sections or (rule.levels and report.level not in rule.levels):
        return
    text = "".join(report.key(report.below_title(section)) for section in sections)
    missing = [topic for topic in rule.topics if re.search(topic.words, text) is None]
    named = sum(topic.name.zh in text for topic in rule.topics)
    if missing and named >= rule.at_least:
        words = in_each(
            lambda language: {
                "names": ("、" if language == "zh" else ", ").join(
                    topic.name.in_language(language) for topic in missing
                )
            }
        )
        section = sections[0]
        start = section.span.start
        yield Told(Span(start, max(start, report.below_title(section).start)), words)


CHECKS = (Check(TopicsRule, ("topics-missing",), _judge),)

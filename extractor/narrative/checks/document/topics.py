"""What a report must tell of: the aspects of its overview, what a government adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told
from extractor.result.narrative import Section
from extractor.verify.words import in_each
from rules.document import Topic, TopicsRule

# （四）平台建设。 at the beginning of a line or a sentence.
_HEADING = re.compile(
    r"(?:^|[\n。；;])[ \t\u3000#*]*[(（][一二三四五六七八九][)）][ ]*(?P<words>[^\n。，,；;：:]{2,16})"
)
# Of fewer topics one without a heading is told of under another.
_ENOUGH = 4


def _without_heading(topics: Sequence[Topic], text: str) -> list[Topic]:
    """The one topic that has no heading where all others have; else nothing.

    Args:
        topics: that headings may name.
        text: of the sections in which they are told of.
    """
    headings = [match["words"] for match in _HEADING.finditer(text)]
    missing = [topic for topic in topics if not any(re.search(topic.words, one) for one in headings)]
    is_alone = len(missing) == 1 and len(topics) >= _ENOUGH and len(headings) == len(topics) - 1
    return missing if is_alone else []


def _missing(report: CheckedReport, rule: TopicsRule, sections: Sequence[Section]) -> list[Topic]:
    """The topics that no section tells of, or that has no heading where all others have."""
    spans = [report.below_title(section) for section in sections]
    keys = "".join(map(report.key, spans))
    missing = [topic for topic in rule.topics if re.search(topic.words, keys) is None]
    return missing or _without_heading(rule.topics, "\n".join(report.text[a:b] for a, b in spans))


def _judge(report: CheckedReport, rule: TopicsRule) -> Iterator[Told]:
    sections = [one for one in report.sections if not rule.sections or one.number in rule.sections]
    if not sections or (rule.levels and report.level not in rule.levels):
        return
    text = "".join(report.key(report.below_title(section)) for section in sections)
    missing = _missing(report, rule, sections)
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

"""Findings as lines, as linters print them; this module is all that ``gongkai check`` needs to write."""

from __future__ import annotations

from extractor.documents.document import Locator
from extractor.result.findings import Finding
from extractor.result.steps import Usage
from rules.words import Language, Severity

# What the message of a finding begins with, in Chinese and in English.
_SEVERITIES: dict[Severity, tuple[str, str]] = {
    "hard": ("", ""),
    "soft": ("提示：", "warning: "),
    "hint": ("建议：", "hint: "),
}


def finding_line(finding: Finding, path: str, language: Language) -> str:
    """``path:line:column  rule  message``; what has no place is said to be at the beginning.

    In a file that isn't text, the page, and the table's row and column, stand for line and column.

    Args:
        finding: what to tell.
        path: of the file that it was found in; empty to leave it out.
        language: of the message.
    """
    severity = _SEVERITIES[finding.severity][language == "en"]
    position = position_text(finding.line, finding.column, finding.locator, language)
    where = f"{path}:{position}".lstrip(":")
    return f"{where}  {finding.rule}  {severity}{finding.message.in_language(language)}"


def position_text(line: int | None, column: int | None, locator: Locator | None, language: Language) -> str:
    """Where something stands: 12:3, or 第2页表3第5行第2列 in a file that isn't text.

    Args:
        line: of the text, counted from 1; None stands for the first.
        column: of the line, likewise.
        locator: in a file that isn't text.
        language: of the words.
    """
    if locator is None:
        return f"{line or 1}:{column or 1}"
    names = {"page": ("第{}页", "page {}"), "table": ("表{}", "table {}")}
    names |= {"row": ("第{}行", "row {}"), "column": ("第{}列", "column {}")}
    parts = [
        name[language == "en"].format(number)
        for part, name in names.items()
        if (number := getattr(locator, part)) is not None
    ]
    return (", " if language == "en" else "").join(parts)


def spent_lines(spent: Usage) -> tuple[str, str]:
    """What a model cost, in Chinese and in English."""
    zh, en = {"server": ("", ""), "estimate": ("（估计）", " (estimated)")}.get(
        spent.counted_by, (f"（按 {spent.counted_by} 计）", f" (counted by {spent.counted_by})")
    )
    if spent.cost is not None:
        zh, en = f"{zh}，费用 {spent.cost:f}", f"{en}, cost {spent.cost:f}"
    requests, sent, received = spent.requests, spent.input_tokens, spent.output_tokens
    return (
        f"{spent.model}：{requests} 次请求，输入 {sent}、输出 {received} 个 token{zh}",
        f"{spent.model}: {requests} requests, {sent} tokens sent, {received} received{en}",
    )

"""Findings as lines, as linters print them; this module is all that ``gongkai check`` needs to write."""

from __future__ import annotations

from extractor.extraction import Finding
from rules.form import Bilingual, Language


def say(words: Bilingual, language: Language) -> str:
    """One of the two languages."""
    return words.zh if language == "zh" else words.en


def finding_line(finding: Finding, path: str, language: Language) -> str:
    """``path:line:column  rule  message``; what has no place is said to be at the beginning."""
    warning = "" if finding.severity == "hard" else ("提示：" if language == "zh" else "warning: ")
    where = f"{path}:{finding.line or 1}:{finding.column or 1}".lstrip(":")
    return f"{where}  {finding.rule}  {warning}{say(finding.message, language)}"

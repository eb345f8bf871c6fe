"""Findings as lines, as linters print them; this module is all that ``gongkai check`` needs to write."""

from __future__ import annotations

from extractor.extraction import Finding, Spent
from rules.form import Bilingual, Language


def say(words: Bilingual, language: Language) -> str:
    """One of the two languages."""
    return words.zh if language == "zh" else words.en


def finding_line(finding: Finding, path: str, language: Language) -> str:
    """``path:line:column  rule  message``; what has no place is said to be at the beginning."""
    warning = "" if finding.severity == "hard" else ("提示：" if language == "zh" else "warning: ")
    where = f"{path}:{finding.line or 1}:{finding.column or 1}".lstrip(":")
    return f"{where}  {finding.rule}  {warning}{say(finding.message, language)}"


def spent_lines(spent: Spent) -> tuple[str, str]:
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

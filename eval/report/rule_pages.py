"""The pages of all rules, as docs/rules and docs/zh/rules have them: made of the rules' own data.

``python -m eval.report.rule_pages`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from extractor.checking.catalogue import ListedRule, listed_rules
from extractor.checking.rule_page import rule_page
from rules.loader import all_built_in_forms
from rules.words import SEVERITIES, Language

ROOT = Path(__file__).parents[2]
_FOLDERS: dict[Language, str] = {"en": "docs/rules", "zh": "docs/zh/rules"}
_INDEX: dict[Language, str] = {
    "en": "# All rules\n\n[中文](../zh/rules/README.md) · [what findings are](../findings.md)\n\n"
    "`gongkai rules` lists them, `gongkai rules NAME` prints the page of one.\n\n"
    "| rule | | what must hold |\n|---|---|---|\n",
    "zh": "# 全部规则\n\n[English](../../rules/README.md) · [问题说明](../findings.md)\n\n"
    "`gongkai rules` 列出全部规则，`gongkai rules 名称` 显示其中一条的说明。\n\n"
    "| 规则 | 名称 | 内容 |\n|---|---|---|\n",
}


def pages() -> dict[str, str]:
    """The text of each page, by its path from the root."""
    rules = sorted(listed_rules(all_built_in_forms()), key=lambda rule: rule.id)
    of_each = [tuple(same) for _, same in groupby(rules, key=lambda rule: rule.id)]
    result = {}
    for language, folder in _FOLDERS.items():
        result[f"{folder}/README.md"] = _INDEX[language] + "".join(_rows(of_each, language))
        for same in of_each:
            result[f"{folder}/{same[0].id}.md"] = rule_page(same, language)
    return result


def _rows(of_each: list[tuple[ListedRule, ...]], language: Language) -> Iterator[str]:
    for rule, *_ in of_each:
        second = rule.name.zh if language == "zh" else SEVERITIES[rule.severity].en
        yield f"| [`{rule.id}`]({rule.id}.md) | {second} | {rule.text.in_language(language)} |\n"


def write_pages() -> None:
    """Write all pages, and remove those of rules that there are no more."""
    made = pages()
    for folder in _FOLDERS.values():
        (ROOT / folder).mkdir(parents=True, exist_ok=True)
        for path in (ROOT / folder).glob("*.md"):
            if path.relative_to(ROOT).as_posix() not in made:
                path.unlink()
    for name, text in made.items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()

"""The page of a rule: what must hold, why, an example of each, where it is laid down, how to leave it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checking.catalogue import ListedRule, RuleSource
from rules.explanations import Explanation, explanations
from rules.words import SEVERITIES, Bilingual, Language

_KINDS: dict[RuleSource, Bilingual] = {
    "form": Bilingual(zh="表格规则", en="rule on the tables"),
    "document": Bilingual(zh="文本规范规则", en="rule on the document"),
    "narrative": Bilingual(zh="正文数字规则", en="rule on the numbers of the text"),
    "previous": Bilingual(zh="两年衔接规则（需给出 --previous）", en="rule on two years (needs --previous)"),
    "defect": Bilingual(zh="页面或读取的缺陷", en="defect of a page, or of its reading"),
    "added": Bilingual(zh="自行添加的规则", en="rule that was added"),
}
_WHY = Bilingual(zh="为什么", en="Why")
_WRONG = Bilingual(zh="错误示例", en="Wrong")
_RIGHT = Bilingual(zh="正确示例", en="Right")
_CITATION = Bilingual(zh="依据", en="Laid down in")
_OFF = Bilingual(zh="如何关闭", en="To leave it out")
_FORM = Bilingual(zh="{}年表样", en="form {}")
_FROM = Bilingual(zh="（{}年表样）", en=" (form {})")
_OFF_TEXT = Bilingual(
    zh="命令行上用 `--ignore {id}`，或在报告旁的 `gongkai.toml` 中写：\n\n"
    '```toml\nignore = ["{id}"]\n```\n\n'
    "只放过已发现的，写明理由和认可人："
    "`gongkai check FILE --accept {id} --baseline accepted.json --reason 理由 --person 姓名`。",
    en="`--ignore {id}` on the command line, or in a `gongkai.toml` beside the reports:\n\n"
    '```toml\nignore = ["{id}"]\n```\n\n'
    "To let what was found pass and nothing else, with a reason and a person: "
    "`gongkai check FILE --accept {id} --baseline accepted.json --reason WHY --person NAME`.",
)


def rule_page(rules: Sequence[ListedRule], language: Language) -> str:
    """What is to be known of a rule, as Markdown.

    Args:
        rules: it, as each form has it that has it.
        language: of the page.
    """
    return "\n\n".join(_parts(rules, language)) + "\n"


def _parts(rules: Sequence[ListedRule], language: Language) -> Iterator[str]:
    rule, explanation = rules[0], explanations().get(rules[0].id)
    # In either language both names stand there: findings have the one, people speak of the other.
    yield f"# {rule.id}" + (f" {rule.name.zh}" if rule.name.zh != rule.id else "")
    editions = [_FORM.in_language(language).format(one.edition) for one in rules if one.edition is not None]
    facts = (SEVERITIES[rule.severity], _KINDS[rule.source])
    yield " · ".join([*(fact.in_language(language) for fact in facts), *editions])
    yield from dict.fromkeys(one.text.in_language(language) for one in rules)
    if explanation is not None:
        yield from _explained(explanation, language)
    if cited := list(_citations(rules, language)):
        yield _heading(_CITATION, language)
        yield "\n".join(cited)
    yield _heading(_OFF, language)
    yield _OFF_TEXT.in_language(language).replace("{id}", rule.id)


def _explained(explanation: Explanation, language: Language) -> Iterator[str]:
    yield _heading(_WHY, language)
    yield explanation.why.in_language(language)
    cases = explanation.cases
    for heading, text, case in (
        (_WRONG, explanation.wrong, cases.wrong if cases is not None else None),
        (_RIGHT, explanation.right, cases.right if cases is not None else None),
    ):
        yield _heading(heading, language)
        yield case.in_language(language) if case is not None else f"```text\n{text}\n```"


def _citations(rules: Sequence[ListedRule], language: Language) -> Iterator[str]:
    """Where it is laid down, by form where these say it differently."""
    cited = [(one.citation, one.edition) for one in rules if one.citation is not None]
    is_one = len({citation for citation, _ in cited}) == 1
    for citation, edition in cited[:1] if is_one else cited:
        yield f"- {citation}" + ("" if is_one else _FROM.in_language(language).format(edition))


def _heading(words: Bilingual, language: Language) -> str:
    return f"## {words.in_language(language)}"

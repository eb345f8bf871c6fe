"""All rules that a report is put to, and the choice of some of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extractor.additions import RuleFunction
from extractor.errors import SelectionError
from extractor.forms import AnyForms, FormSet
from extractor.verify.defect_words import DEFECTS, SOFT_DEFECTS
from rules.claims import narrative_rules
from rules.explanations import explanations
from rules.words import Bilingual, Severity

if TYPE_CHECKING:
    from rules.added import AddedRule

RuleSource: TypeAlias = Literal["form", "document", "narrative", "previous", "defect", "added"]


class ListedRule(NamedTuple):
    """A rule, for people to read.

    Attributes:
        id: that findings name.
        source: ``form``: an edit rule of a form; ``document``: a form's rule on the report as a document;
            ``narrative``: on the free text; ``previous``: on last year's report; ``defect``: of the reading;
            ``added``: an expression or a function that a user has added.
        name: what it is called: in English as findings name it.
        severity: ``hard``, an error; ``soft``, a warning; ``hint``, worth a look.
        edition: of its form; None for a rule that no form has.
        text: what must hold, or, of a rule that doesn't say that, what is told where it doesn't.
        citation: where it is laid down, if it is.
    """

    id: str
    source: RuleSource
    name: Bilingual
    severity: Severity
    edition: str | None
    text: Bilingual
    citation: str | None


def listed_rules(forms: AnyForms) -> tuple[ListedRule, ...]:
    """All rules there are.

    Args:
        forms: whose edit rules are listed, and then those on documents, before those on the free text, on
            last year's report, the defects of a reading, and what a user has added to a set of forms.
    """
    result = [
        _listed(rule.id, "form", rule.severity, rule.title or rule.message, form.edition, rule.citation)
        for form in forms
        for rule in form.rules
    ]
    result += [
        _listed(rule.id, "document", rule.severity, rule.title, form.edition, rule.citation)
        for form in forms
        for rule in (form.document.rules if form.document is not None else ())
    ]
    for rule_id, rule in narrative_rules().items():
        source: RuleSource = "previous" if rule_id.startswith("previous") else "narrative"
        result.append(_listed(rule_id, source, rule.severity, rule.title, None, rule.citation))
    for defect, text in DEFECTS.items():
        severity: Severity = "soft" if defect in SOFT_DEFECTS else "hard"
        result.append(_listed(defect, "defect", severity, explanations()[defect].title or text))
    for added in _added(forms):
        result.append(_listed(added.id, "added", added.severity, added.title, None, added.citation))
    return tuple(result)


def _added(forms: AnyForms) -> tuple[AddedRule | RuleFunction, ...]:
    """The rules that a user has added to a set of forms, but for those on documents, which the forms have."""
    if not isinstance(forms, FormSet):
        return ()
    files, functions = forms.additions
    return (*(rule for file in files for rule in file.rules), *functions)


def _listed(
    rule_id: str,
    source: RuleSource,
    severity: Severity,
    text: Bilingual,
    edition: str | None = None,
    citation: str | None = None,
) -> ListedRule:
    explanation = explanations().get(rule_id)
    name = Bilingual(zh=explanation.name if explanation is not None else rule_id, en=rule_id)
    return ListedRule(rule_id, source, name, severity, edition, text, citation)


def _ids(forms: AnyForms) -> frozenset[str]:
    """The ids of all rules, without reading what explains them."""
    documents = [form.document for form in forms if form.document is not None]
    return frozenset(
        {rule.id for form in forms for rule in form.rules}
        | {rule.id for document in documents for rule in document.rules}
        | narrative_rules().keys()
        | DEFECTS.keys()
        | {rule.id for rule in _added(forms)}
    )


def rules_named(rules: Sequence[ListedRule], name: str) -> tuple[ListedRule, ...]:
    """One rule, of all forms that have it.

    Args:
        rules: to look among.
        name: its id, or its name in Chinese.

    Raises:
        SelectionError: if none is called so; it says which may be meant.
    """
    if found := tuple(rule for rule in rules if name in (rule.id, rule.name.zh)):
        return found
    names = dict.fromkeys(one for rule in rules for one in (rule.id, rule.name.zh))
    meant = get_close_matches(name, names, n=3) or [one for one in names if name in one][:3]
    zh = f"是否指 {'、'.join(meant)}？" if meant else "gongkai rules 列出全部规则。"
    en = f"is {' or '.join(meant)} meant?" if meant else "gongkai rules lists all of them"
    raise SelectionError(f"没有规则“{name}”。{zh}", f"no rule is called “{name}”; {en}")


def chosen_rules(forms: AnyForms, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """The ids of the rules whose findings are wanted.

    Args:
        forms: whose rules there are, besides those of no form.
        select: ids, beginnings of ids, or names in Chinese, with commas between them; none for all.
        ignore: likewise, of rules that aren't wanted, though they are selected.

    Returns:
        None for all, if neither was given.

    Raises:
        SelectionError: if no id begins so.
    """
    if not select and not ignore:
        return None
    known = _ids(forms)
    return frozenset((_named(select, known) if select else known) - _named(ignore, known))


def _named(given: Sequence[str], known: frozenset[str]) -> set[str]:
    named: set[str] = set()
    for name in (name.strip() for names in given for name in names.split(",")):
        matching = {rule_id for rule_id in known if name and rule_id.startswith(name)}
        matching = matching or {
            rule for rule in known & explanations().keys() if explanations()[rule].name == name
        }
        if not matching:
            raise SelectionError(
                f"没有以“{name}”开头的规则。gongkai rules 列出全部规则。",
                f"no rule begins with “{name}”; gongkai rules lists all of them",
            )
        named |= matching
    return named

"""Every rule on the free text is in the registry, and has its words; every relation has one check."""

from __future__ import annotations

from pathlib import Path

from extractor.narrative.checks import registry
from extractor.result.narrative import RelationKind
from rules.claims import narrative_rules

CHECKS = Path(registry.__file__).parent
# What the rules are made with.
TOOLS = {"__init__", "bearing_out", "contract", "messages", "numbers", "registry"}


def test_no_rule_lacks_an_entry_and_no_entry_a_rule() -> None:
    assert sorted(registry.RULES) == sorted(narrative_rules())


def test_every_kind_of_relation_is_asked_about_in_one_module() -> None:
    kinds = [kind for check in registry.RELATION_CHECKS for kind in check.kinds]
    assert sorted(kinds) == sorted(RelationKind)


def test_every_module_of_a_rule_is_in_the_registry() -> None:
    modules = {path.stem for path in CHECKS.glob("*.py")} - TOOLS
    assert modules == {name for name in vars(registry) if (CHECKS / f"{name}.py").exists()}

"""What is wanted of a check: by the command line, and by a file of configuration beside a report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.checking.catalogue import chosen_rules
from extractor.checking.configuration import (
    configuration_for,
    forget_configurations,
    load_configuration,
)
from extractor.forms import FormSet
from rules.words import Language, Severity


class Wanted(NamedTuple):
    """What is wanted of a file: forms, rules (all if None), what fails it, the language if one is set."""

    forms: FormSet
    rules: frozenset[str] | None
    failing: frozenset[Severity]
    language: Language | None


class Wishes(NamedTuple):
    """What was given on the command line, which goes before what a file of configuration says.

    Attributes:
        config: the file of configuration; None for the nearest one.
        form: files of forms.
        rules: files of rules, and names by which installed packages offer some.
        select: ids of rules, or beginnings of them.
        ignore: likewise, of those that aren't wanted.
        strict: whether warnings fail a report, too.
    """

    config: Path | None
    form: Sequence[Path] | None
    rules: Sequence[str] | None
    select: Sequence[str] | None
    ignore: Sequence[str] | None
    strict: bool

    def of(self, path: Path | None) -> Wanted:
        """What is wanted of a file.

        Args:
            path: of the file; None for standard input, which has what its folder says.

        Raises:
            GongkaiError: if a file of configuration, forms or rules has a mistake, or no rule is called so.
        """
        path = path or Path()
        found = configuration_for(path) if self.config is None else load_configuration(self.config)
        forms = _forms(tuple(self.form or found.form_files), tuple(self.rules or found.rule_files))
        ignored = (*(self.ignore or found.ignore), *found.ignored_in(path))
        rules = _rules(forms, tuple(self.select or found.select), ignored)
        failing: frozenset[Severity] = frozenset(
            {"hard", "soft"} if self.strict or found.strict else {"hard"}
        )
        return Wanted(forms, rules, failing, found.language)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the command line names."""
        named = (self.config, *(self.form or ()), *map(Path, self.rules or ()))
        return tuple(path for path in named if path is not None)


@lru_cache(maxsize=16)
def _forms(paths: tuple[Path, ...], rules: tuple[str | Path, ...]) -> FormSet:
    return FormSet.from_files(paths, rules)


@lru_cache(maxsize=256)
def _rules(forms: FormSet, select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str] | None:
    return chosen_rules(forms, select, ignore)


def forget_files() -> None:
    """Read files of forms, rules and configuration anew when they are next needed."""
    _forms.cache_clear()
    forget_configurations()

"""The forms that reports are read by: one's own, from files, and those that ship with gongkai."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from extractor.additions import NO_ADDITIONS, Additions, load_additions
from extractor.documents.source import read_file
from extractor.errors import FormFileError
from rules.form import Form
from rules.loader import FormError, all_built_in_forms, load_form

# The editions of one form: their tables and blocks have the same ids, and a page may mix them.
Family: TypeAlias = tuple[Form, ...]


@dataclass(frozen=True)
class FormSet:
    """Forms to read reports by.

    Attributes:
        forms: all of them; of two that name one cell otherwise, the first is followed.
        additions: rules that a user has added to those of the forms.

    Raises:
        FormFileError: if two are the same edition of one family.
    """

    forms: tuple[Form, ...]
    additions: Additions = NO_ADDITIONS

    def __post_init__(self) -> None:
        for family in self.families:
            editions = [form.edition for form in family]
            for edition in editions:
                if editions.count(edition) > 1:
                    raise FormFileError(
                        f"{family[0].family} 的 {edition} 版表样有两份。请改用另一个 edition 或 family。",
                        f"two forms are edition {edition} of {family[0].family}; "
                        "give one another edition or family",
                    )

    @classmethod
    def of(cls, forms: AnyForms = ()) -> FormSet:
        """The forms given and the built-in ones.

        Args:
            forms: one's own forms, which come before the built-in ones; a set of forms stays as it is.

        Raises:
            FormFileError: if two are the same edition of one family.
        """
        return forms if isinstance(forms, FormSet) else cls((*forms, *all_built_in_forms()))

    @classmethod
    def from_files(
        cls, paths: Sequence[str | os.PathLike[str]], rules: Sequence[str | os.PathLike[str]] = ()
    ) -> FormSet:
        """The forms in some files and the built-in ones, with rules that are added to theirs.

        Args:
            paths: of form files, or of folders; of a folder, all ``.yaml`` files in it, by name.
            rules: files of rules, or names by which installed packages offer some.

        Raises:
            FormFileError: if a form has a mistake, two are the same edition of one family, or a folder has no
                form.
            AddedRulesError: if a file of rules has a mistake, or no package offers rules of a name.
            InputError: if a file can't be read.
        """
        known = cls.of([load_form_file(file) for path in paths for file in _form_files(Path(path))])
        if not rules:
            return known
        additions = load_additions(rules, known.forms)
        return cls(tuple(map(additions.to_form, known.forms)), additions)

    def made_of(self) -> tuple[str, ...]:
        """What tells this set from others: what is read by another is another's result."""
        return (*(form.model_dump_json() for form in self.forms), *self.additions.made_of())

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms)

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """All forms, those of one family together, families and editions in the order of ``forms``."""
        families: dict[str, list[Form]] = {}
        for form in self.forms:
            families.setdefault(form.family, []).append(form)
        return tuple(tuple(family) for family in families.values())


def _form_files(path: Path) -> list[Path]:
    """The form files that a path names: itself, or those in a folder."""
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.yaml"))
    if not files:
        raise FormFileError(
            f"文件夹 {path} 中没有 .yaml 表样文件。", f"the folder {path} has no .yaml form file"
        )
    return files


# What functions take that read by forms: a set of them, or one's own, to read by besides the built-in ones.
AnyForms: TypeAlias = FormSet | Sequence[Form]


def load_form_file(path: str | os.PathLike[str]) -> Form:
    """Read a form of one's own.

    Args:
        path: a YAML file; ``rules/forms/README.md`` says what stands in it.

    Raises:
        FormFileError: with file, line and cause of every mistake.
        InputError: if it can't be read.
    """
    try:
        return load_form(read_file(path).decode("utf-8"), os.fspath(path))
    except FormError as error:
        raise FormFileError(f"表格定义有误：\n{error}", f"the form file has a mistake:\n{error}") from error
    except UnicodeDecodeError as error:
        raise FormFileError(f"{path} 不是 UTF-8 文本。", f"{path} is not UTF-8 text") from error

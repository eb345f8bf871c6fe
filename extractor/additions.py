"""Rules that a user adds to those of the forms: files of expressions, and functions of installed packages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.documents.document import Document, Span
from extractor.documents.source import read_file
from extractor.errors import AddedRulesError
from extractor.result.extraction import Extraction
from rules.form import Form
from rules.words import Bilingual, Severity

if TYPE_CHECKING:
    from rules.added import AddedRules

#: The group of entry points by which an installed package offers rules.
ENTRY_POINTS = "gongkai.rules"
_ENDINGS = (".yaml", ".yml")


class Violation(NamedTuple):
    """What a rule function tells.

    Attributes:
        message: for the reader.
        span: where to look, in the text of the document; None if it isn't on the page.
        place: the address of the cell that it is about, if it is about one.
    """

    message: Bilingual
    span: Span | None = None
    place: str | None = None


class RuleFunction(NamedTuple):
    """A rule written in Python, for what expressions can't say.

    Attributes:
        id: that findings name.
        severity: ``hard``, an error; ``soft``, a warning; ``hint``, worth a look.
        title: what must hold.
        check: what violates it, of a document, what was read of it, and last year's result (None without).
        citation: where it is laid down, if it is.
    """

    id: str
    severity: Severity
    title: Bilingual
    check: Callable[[Document, Extraction, Extraction | None], Iterable[Violation]]
    citation: str | None = None


class Additions(NamedTuple):
    """Rules that a user has added.

    Attributes:
        files: of expressions, and of rules on the document.
        functions: written in Python.
    """

    files: tuple[AddedRules, ...] = ()
    functions: tuple[RuleFunction, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.files or self.functions)

    def to_form(self, form: Form) -> Form:
        """A form with the rules on the document that the files have for it; the same if they have none.

        Args:
            form: of a report.
        """
        for file in self.files:
            if file.document is not None and file.is_for(form):
                form = form.model_copy(update={"document": file.document.before(form.document)})
        return form

    def made_of(self) -> tuple[str, ...]:
        """What tells these rules from others: what files say, names of functions, text of their modules."""
        modules = {sys.modules.get(one.check.__module__) for one in self.functions}
        paths = sorted(path for one in modules if (path := getattr(one, "__file__", None)) is not None)
        return (
            *(file.model_dump_json() for file in self.files),
            *(f"{one.id} {one.severity} {one.check.__qualname__}" for one in self.functions),
            *(Path(path).read_text(encoding="utf-8") for path in paths),
        )


NO_ADDITIONS = Additions()


def load_additions(names: Sequence[str | os.PathLike[str]], forms: Sequence[Form]) -> Additions:
    """Read rules that a user adds.

    Args:
        names: of YAML files, or of entry points that installed packages have in the group ``gongkai.rules``.
        forms: that the rules of files must fit.

    Raises:
        AddedRulesError: with file, line and cause of every mistake, or if no package has such an entry point.
        InputError: if a file can't be read.
    """
    files: list[AddedRules] = []
    functions: list[RuleFunction] = []
    for name in names:
        if Path(name).suffix.lower() in _ENDINGS or Path(name).is_file():
            files.append(_load_file(name, forms))
        else:
            functions += _load_functions(os.fspath(name))
    return Additions(tuple(files), tuple(functions))


def _load_file(path: str | os.PathLike[str], forms: Sequence[Form]) -> AddedRules:
    from rules.added import load_added_rules  # its models take a while to build, and few checks need them
    from rules.loader import FormError

    try:
        return load_added_rules(read_file(path).decode("utf-8"), os.fspath(path), forms)
    except FormError as error:
        raise AddedRulesError(
            f"规则文件有误：\n{error}", f"the file of rules has a mistake:\n{error}"
        ) from error
    except UnicodeDecodeError as error:
        raise AddedRulesError(f"{path} 不是 UTF-8 文本。", f"{path} is not UTF-8 text") from error


def _load_functions(name: str) -> list[RuleFunction]:
    from importlib.metadata import entry_points

    offered = list(entry_points(group=ENTRY_POINTS, name=name))
    if not offered:
        others = "、".join(sorted(entry_points(group=ENTRY_POINTS).names)) or "-"
        raise AddedRulesError(
            f"没有规则文件“{name}”，已安装的软件包也没有提供这个名称的规则（有：{others}）。",
            f"there is no file of rules “{name}”, nor does an installed package offer rules of that name "
            f"(there are: {others.replace('、', ', ')})",
        )
    try:
        loaded = [one.load() for one in offered]
    except Exception as error:
        kind = type(error).__name__
        raise AddedRulesError(
            f"规则“{name}”无法载入（{kind}：{error}）。请告知其作者。",
            f"the rules “{name}” can't be loaded ({kind}: {error}); tell their author",
        ) from error
    groups = [
        one if isinstance(one, list | tuple) and not isinstance(one, RuleFunction) else [one]
        for one in loaded
    ]
    functions = [one for group in groups for one in group]
    if not all(isinstance(one, RuleFunction) for one in functions):
        raise AddedRulesError(
            f"规则“{name}”不是 RuleFunction 或其列表。请告知其作者。",
            f"the rules “{name}” are no RuleFunction, nor a list of them; tell their author",
        )
    return functions

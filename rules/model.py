"""What the models of rule files have in common: frozen, strict, and no key that they don't know."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

Identifier: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
DottedIdentifier: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]

#: The context in which a file that ships with gongkai is validated: what takes long to check, tests check.
SHIPPED = "shipped"


class RuleModel(BaseModel):
    """A mapping of a rule file; an unknown key or a wrong type is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MistakeInsideError(ValueError):
    """A mistake that a check of the whole finds in a part of it.

    Attributes:
        path: the keys and indexes that lead from what was checked to the part.
        cause: what is wrong there.
    """

    def __init__(self, path: tuple[str | int, ...], cause: str) -> None:
        super().__init__(path, cause)
        self.path = path
        self.cause = cause

    def __str__(self) -> str:
        return self.cause


def as_tuple(value: object) -> object:
    """A list of YAML, and the lists in it, as the tuples that the models have.

    Args:
        value: of a key, as YAML has it.
    """
    return tuple(as_tuple(item) for item in value) if isinstance(value, list) else value


def _compiling(pattern: str, info: ValidationInfo) -> str:
    if info.context == SHIPPED:
        # It is compiled when it is first looked for: no report needs half of them.
        return pattern
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    if not pattern:
        raise ValueError("an empty regular expression matches everything")
    return pattern


RegularExpression: TypeAlias = Annotated[str, AfterValidator(_compiling)]

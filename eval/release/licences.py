"""Under which licence each package is that gongkai installs, with all its extras."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, distributions
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eval.release.building import ROOT

# Of programs that may only be given on with the source of all that they are part of.
_STRONG = re.compile(
    r"\bAGPL|Affero|(?<!L)(?<!Lesser )\bGPL|(?<!Lesser )General Public Licen[sc]e", re.IGNORECASE
)
_CLASSIFIER = "License :: OSI Approved :: "


class Package(NamedTuple):
    """A package.

    Attributes:
        name, version: of it.
        licence: as it states it; empty if it states none.
    """

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether it states a licence, and none that asks for the source of the whole."""
        return bool(self.licence) and not _STRONG.search(self.licence)


def packages() -> list[Package]:
    """What gongkai installs with all its extras, by name; what isn't installed here is passed over."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    found: dict[str, Package] = {}
    waiting = [Requirement(one) for one in asked]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        try:
            metadata = distribution(name).metadata
        except PackageNotFoundError:
            continue
        if name not in found or requirement.extras:
            waiting += _requirements(name, requirement.extras)
        found[name] = Package(name, metadata["Version"], _licence(metadata))
    return [found[name] for name in sorted(found)]


def packages_in(folder: Path) -> list[Package]:
    """What is installed in an environment, by name.

    Args:
        folder: of its packages.
    """
    found = distributions(path=[str(folder)])
    return sorted(
        Package(canonicalize_name(one.metadata["Name"]), one.version, _licence(one.metadata)) for one in found
    )


def _requirements(name: str, extras: Iterable[str]) -> Iterator[Requirement]:
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def _licence(metadata: PackageMetadata) -> str:
    expression, stated = (metadata.get_all(name) or [""] for name in ("License-Expression", "License"))
    classifiers = metadata.get_all("Classifier") or []
    names = [one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)]
    # Some put the whole text there.
    text = stated[0].strip().partition("\n")[0]
    return expression[0] or ", ".join(names) or text

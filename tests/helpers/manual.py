"""The Markdown files of the project: their headings, links, blocks of code, and the paths that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.import_graph import ROOMS, ROOT

MAPS = (
    *("extractor/README.md", "prompts/README.md", "eval/README.md", "rules/forms/README.md"),
    *("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"),
)
READMES = ("README.md", "README.zh-CN.md")
PAGES = tuple(
    sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "docs").glob("**/*.md")
        # Those of the rules are made, not written.
        if path.parent.name != "rules"
    )
)
MANUAL = (*READMES, *PAGES)
EVERY = (*MANUAL, *MAPS)

_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
# A path, or a folder's; what stands for any name is in capitals (NAME, tests/unit/ROOM).
_PATH = re.compile(r"\.?[\w-][\w.-]*(?:/[\w.-]+)+/?|[\w-]+/|[\w-]+\.(?:py|md|yaml|toml)")
_ANY = re.compile(r"(?:^|[/_-])(?:NAME|ROOM|ERRAND|FILE|RUN)(?:$|[/._-])")

# A file that users have, and the project hasn't.
_OF_USERS = "gongkai.toml"


def read(name: str) -> str:
    """A file of the project, by its path."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", read(name), re.M | re.S)


def links(name: str) -> list[str]:
    """Where its links lead, but for those to other sites."""
    return [link for link in _LINK.findall(_FENCED.sub("", read(name))) if "://" not in link]


def anchors(text: str) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(name: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level or above."""
    level = heading.partition(" ")[0]
    _, _, below = read(name).partition(f"\n{heading}\n")
    assert below, heading
    return re.split(rf"^#{{1,{len(level)}}} ", below, maxsplit=1, flags=re.M)[0]


def paths_in(text: str) -> Iterator[str]:
    """The paths of files and folders that a text names in backticks, that of a word before its colon, too."""
    for code in _CODE.findall(_FENCED.sub("", text)):
        path = code.partition(": ")[0]
        if _PATH.fullmatch(path) and not _ANY.search(path) and path != _OF_USERS:
            yield path


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """The modules, and names in them, that a text has in backticks as ``path.py: Name, Name``."""
    for code in _CODE.findall(text):
        path, colon, names = code.partition(".py: ")
        if colon:
            yield from ((path.replace("/", "."), name.strip()) for name in names.split(","))


def found(path: str, name: str) -> bool:
    """Whether a path is there, from the root or where the file that names it lies; a bare name, anywhere."""
    if any((folder / path).exists() for folder in (ROOT, (ROOT / name).parent)):
        return True
    return "/" not in path and any(any((ROOT / top).rglob(path)) for top in ROOMS)


def folders(top: Path) -> set[str]:
    """The folders with modules below one."""
    return {path.parent.relative_to(ROOT).as_posix() for path in top.glob("*/**/__init__.py")}

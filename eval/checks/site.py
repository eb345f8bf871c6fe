"""Build the site of documentation, offline: the project's Markdown files, and the reference of Python names.

Its pages lie as in the project, so that their links lead from one to the other there as here, and nothing is
written twice. Then every link of the pages that were built is followed, and the contents are looked at.
"""

from __future__ import annotations

import ast
import posixpath
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import extractor

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "zensical.toml"
_PAGES, _BUILT = ROOT / ".site" / "pages", ROOT / ".site" / "html"
_REFERENCE = "reference/python.md"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
# In the order of the page: the beginning of the module that a name is of.
_GROUPS = {
    "Reading": ("extractor.pipeline", "extractor.forms", "extractor.documents", "rules.form"),
    "Results": ("extractor.result", "rules", "extractor.decisions"),
    "Language models": ("extractor.asking", "extractor.llm", "cache"),
    "Errors": ("extractor.errors",),
    "More": ("",),
}


def main() -> None:
    """Build it; exits other than 0 if a page, a link, an anchor or a line of the contents is missing."""
    shutil.rmtree(ROOT / ".site", ignore_errors=True)
    gather(_PAGES)
    build = subprocess.run(  # noqa: S603 - the program of our own environment
        [
            sys.executable,
            "-m",
            "zensical",
            "build",
            "--strict",
            "--clean",
            "--config-file",
            str(CONFIGURATION),
        ],
        cwd=ROOT,
        check=False,
    )
    dead = sorted(dead_links(_BUILT))
    for link in dead:
        print(f"dead link: {link}", file=sys.stderr)
    untold = sorted(untold_pages(_BUILT))
    for title in untold:
        print(f"not in the contents: {title}", file=sys.stderr)
    pages = sum(1 for _ in _BUILT.rglob("*.html"))
    print(f"{pages} pages in {_BUILT.relative_to(ROOT)}, {len(dead)} dead links")
    sys.exit(build.returncode or bool(dead or untold))


def gather(target: Path) -> None:
    """Put the pages where the site is built from, and the files that they link to.

    Args:
        target: a folder that isn't there yet.
    """
    waiting = [page for page in navigated() if page != _REFERENCE]
    found: set[str] = set()
    while waiting:
        page = waiting.pop()
        if page not in found:
            found.add(page)
            waiting += _linked(page) if page.endswith(".md") else ()
    for name in sorted(found):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    (target / _REFERENCE).parent.mkdir(parents=True)
    (target / _REFERENCE).write_text(reference(), encoding="utf-8")


def navigated() -> list[str]:
    """The pages that the site's contents name, by their paths."""
    return [page for _, page in _contents()]


def _contents() -> list[tuple[str, str]]:
    """The titles and the paths of these pages."""
    return list(_leaves("", tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["project"]["nav"]))


def _leaves(title: str, node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield title, node
    else:
        for name, one in node.items() if isinstance(node, dict) else ((title, one) for one in node):
            yield from _leaves(name, one)


def _linked(page: str) -> Iterator[str]:
    """The files of the project that a page links to."""
    text = _FENCED.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link.partition("#")[0]))
        if "://" not in link and (ROOT / path).is_file():
            yield path


def reference() -> str:
    """The page of the Python names: what their docstrings say, in groups."""
    homes = _homes()
    parts = [
        "# Python\n",
        "Everything is a name of `gongkai`, and of `extractor`, where it is documented: "
        "`from gongkai import extract`. [An example](../README.md#from-python).\n",
    ]
    left = set(extractor.__all__)
    for title, starts in _GROUPS.items():
        own = sorted(name for name in left if homes[name].startswith(starts))
        left -= set(own)
        if own:
            parts += [f"## {title}\n", *(f"::: {homes[name]}.{name}\n" for name in own)]
    return "\n".join(parts)


def _homes() -> dict[str, str]:
    """The module of each public name, as the package imports it."""
    source = ast.parse(Path(extractor.__file__).read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: str(node.module)
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


class _Links(HTMLParser):
    """The links and the anchors of a page, and what stands on its links."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors = {""}
        self.texts: list[str] = []
        self._is_within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what the element links to, and its own name."""
        found = dict(attrs)
        self.anchors |= {value for name in ("id", "name") if (value := found.get(name))}
        if tag in ("a", "link", "img", "script") and (link := found.get("href") or found.get("src")):
            self.links.append(link)
        if tag == "a":
            self._is_within = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        """What follows a link is none of its text."""
        self._is_within = self._is_within and tag != "a"

    def handle_data(self, data: str) -> None:
        """Take the text of a link."""
        if self._is_within:
            self.texts[-1] += data


def dead_links(site: Path) -> Iterator[str]:
    """The links of a site's pages that lead nowhere, or to other sites for what a page is made of.

    Args:
        site: the folder that it is built to.
    """
    pages = {path: _Links() for path in sorted(site.rglob("*.html"))}
    for path, links in pages.items():
        links.feed(path.read_text(encoding="utf-8"))
    for path, links in pages.items():
        for link in links.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            is_there = target.is_file()
            if not is_there or (target in pages and unquote(parts.fragment) not in pages[target].anchors):
                yield f"{path.relative_to(site)}: {link}"


def untold_pages(site: Path) -> set[str]:
    """The titles of the contents that no link of the first page has.

    Args:
        site: the folder that it is built to.
    """
    page = _Links()
    page.feed((site / "index.html").read_text(encoding="utf-8"))
    return {title for title, _ in _contents()} - {text.strip() for text in page.texts}


if __name__ == "__main__":
    main()

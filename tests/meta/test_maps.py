"""The maps of the project lead somewhere: folders, paths, names, links."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from tests.helpers.import_graph import ROOT, paths
from tests.helpers.manual import (
    EVERY,
    PAGES,
    anchors,
    folders,
    found,
    links,
    paths_in,
    read,
    section,
    words_in,
)
from tests.meta.test_imports import STATIONS

MAP = "extractor/README.md"
RECIPES = (
    "a format",
    "an output",
    "a rule on tables",
    "a rule on the text",
    "a rule on the document",
    "a form",
    "a command",
    "a prompt",
)


def stops() -> list[str]:
    """The paths in the first column of the map of folders, in their order."""
    return re.findall(r"^\| `(.+?)` \|", section(MAP, "## A line a folder"), re.M)


def test_every_folder_stands_in_the_map_and_the_map_has_no_other() -> None:
    told = {path.rstrip("/") for path in stops() if path.endswith("/")}
    assert len(told) > 20
    assert told == folders(ROOT / "extractor")


def test_the_map_has_the_stations_in_their_order() -> None:
    stations = dict.fromkeys(path.split("/")[1].removesuffix(".py") for path in stops())
    assert list(stations) == [name for name in STATIONS["extractor"] if not name.startswith("__")]


def test_the_drawing_shows_the_stations() -> None:
    drawing = section(MAP, "## The way in one drawing")
    assert all(f"{name}" in drawing for name in STATIONS["extractor"] if not name.startswith("__"))


def test_every_recipe_is_there_and_names_files() -> None:
    for recipe in RECIPES:
        named = list(paths_in(section(MAP, f"### Add {recipe}")))
        assert len(named) >= 3, recipe
    assert section(MAP, "## Recipes").count("\n### ") == len(RECIPES)


@pytest.mark.parametrize("name", EVERY)
def test_the_paths_that_a_file_names_exist(name: str) -> None:
    assert [path for path in paths_in(read(name)) if not found(path, name)] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_links_of_a_file_lead_somewhere(name: str) -> None:
    for link in links(name):
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.resolve().exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("name", EVERY)
def test_the_targets_that_a_file_names_are_made(name: str) -> None:
    known = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    assert {"docs", "dist", "bundle"} <= known
    assert set(re.findall(r"`make ([a-z]+)", read(name))) <= known


def test_a_dead_path_and_a_dead_link_are_seen() -> None:
    code = "```\n`x/y.py`\n```\n"
    text = (
        f"`extractor/text/` `extractor/gone.py: Gone` `gone/` `gone.md` `pipe/NAME.py` `a|b` `--to`\n{code}"
    )
    assert list(paths_in(text)) == ["extractor/text/", "extractor/gone.py", "gone/", "gone.md"]
    assert [found(path, MAP) for path in paths_in(text)] == [True, False, False, False]
    assert found("2021.yaml", MAP)
    assert found("scoring/score.py", "eval/README.md")
    assert anchors("# A b\n## `gongkai` check: 一、二\n") == {"a-b", "gongkai-check-一二"}


def environment_variables(text: str) -> set[str]:
    """Those that are ours, or our model's server's, in capitals."""
    return set(re.findall(r"\b(?:GONGKAI|OPENAI)_[A-Z_]+\b", text))


@pytest.mark.parametrize("page", ["docs/cli.md", "docs/zh/cli.md"])
def test_the_manual_tells_every_environment_variable_and_no_other(page: str) -> None:
    told = environment_variables(read(page))
    assert "GONGKAI_DEBUG" in told
    assert told == set().union(
        *(environment_variables(path.read_text(encoding="utf-8")) for path in paths("extractor", "cache"))
    )


def test_every_word_of_the_glossary_lives_where_it_says() -> None:
    words = list(words_in(section(MAP, "## The words")))
    assert len(words) > 40
    for module, name in words:
        assert hasattr(import_module(module), name), f"{module}: {name}"


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("docs/zh/")])
def test_every_page_is_there_in_both_languages_and_in_the_readme(page: str) -> None:
    assert page in links("README.md")
    chinese = page.replace("docs/", "docs/zh/")
    assert chinese in PAGES
    assert chinese in links("README.zh-CN.md")
    assert chinese.removeprefix("docs/") in links(page)
    assert f"../{page.removeprefix('docs/')}" in links(chinese)


@pytest.mark.parametrize(
    ("page", "chinese"), {"SECURITY.md": "security", "rules/forms/README.md": "forms"}.items()
)
def test_a_page_that_lies_elsewhere_is_there_in_both_languages(page: str, chinese: str) -> None:
    """What it names, files, options and keys, is the same in both."""
    other = f"docs/zh/{chinese}.md"
    assert other in links("README.zh-CN.md")
    assert f"../../{page}" in links(other)
    codes, others = (
        [sorted(re.findall(r"`([^`\n]+)`", line)) for line in read(one).splitlines() if line.startswith("| ")]
        for one in (page, other)
    )
    assert codes == others
